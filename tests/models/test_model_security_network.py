"""The network of security ties: Freeman's published cases, dates, successors, bad input."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models import security_network as model


def star(count):
    matrix = np.zeros((count, count), dtype=int)
    matrix[0, 1:] = matrix[1:, 0] = 1
    return matrix


def ring(count):
    matrix = np.zeros((count, count), dtype=int)
    for i in range(count):
        matrix[i, (i + 1) % count] = matrix[(i + 1) % count, i] = 1
    return matrix


def actor(code, camp="US-led", **more):
    return {"id": code, "name": code.title(), "camp": camp, **more}


def tie(a, b, start, end="", kind="alliance"):
    return {"a": a, "b": b, "kind": kind, "start": start, "end": end}


ACTORS = [
    actor("USA"),
    actor("JPN"),
    actor("ROC"),
    actor("SUN", "socialist", end="1991-12-26"),
    actor("RUS", "socialist", successor_of="SUN", start="1991-12-26"),
    actor("CHN", "socialist", start="1949-10-01"),
]


@pytest.mark.parametrize("count", [3, 4, 5, 12])
def test_freemans_star_ring_and_complete_graph(count):
    complete = np.ones((count, count), dtype=int) - np.eye(count, dtype=int)
    assert model.degree_centralization(star(count)) == 1
    assert model.degree_centralization(ring(count)) == 0
    assert model.degree_centralization(complete) == 0
    assert model.density(complete) == 1
    assert model.density(star(count)) == pytest.approx(2 / count)


def test_a_path_of_five_worked_by_hand():
    # Degrees 1, 2, 2, 2, 1: the sum of the differences is 2, the divisor 4 x 3.
    path = np.diag([1, 1, 1, 1], 1) + np.diag([1, 1, 1, 1], -1)
    assert model.degree_centralization(path) == pytest.approx(2 / 12)
    assert model.density(path) == pytest.approx(8 / 20)


@given(st.integers(3, 9).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, 2**32 - 1))))
def test_relabelling_changes_nothing_and_measures_stay_in_range(case):
    count, seed = case
    generator = np.random.default_rng(seed)
    upper = np.triu(generator.integers(0, 2, (count, count)), 1)
    matrix = upper + upper.T
    order = generator.permutation(count)
    shuffled = matrix[np.ix_(order, order)]
    assert 0 <= model.degree_centralization(matrix) <= 1
    assert 0 <= model.density(matrix) <= 1
    assert model.degree_centralization(shuffled) == model.degree_centralization(matrix)
    assert model.density(shuffled) == model.density(matrix)


def test_in_force_on_the_last_day_of_the_year():
    ties = [
        tie("USA", "JPN", "1952-04-28", "1960-06-23"),
        tie("USA", "JPN", "1960-06-23"),
        tie("USA", "ROC", "1955", "1980-01"),
        tie("SUN", "CHN", "1945-08", "1955", kind="basing"),
        tie("SUN", "ROC", "1945-08-24", "1992-12-31"),
    ]

    def starts(year):
        return [record["start"] for record in model.ties_in_force(ties, year)]

    assert starts(1944) == []
    assert starts(1945) == ["1945-08", "1945-08-24"]
    assert starts(1954) == ["1952-04-28", "1945-08", "1945-08-24"]
    # A tie known to end in a year has ended by its last day; one replaced that day leaves one.
    assert starts(1955) == ["1952-04-28", "1955", "1945-08-24"]
    assert starts(1960) == ["1960-06-23", "1955", "1945-08-24"]
    assert starts(1980) == ["1960-06-23", "1945-08-24"]
    # On the very day of its end a tie no longer holds.
    assert starts(1992) == ["1960-06-23"]


def test_several_treaties_between_a_pair_count_once():
    ties = [tie("USA", "JPN", "1952"), tie("JPN", "USA", "1952", kind="basing")]
    network = model.security_network(ties, ACTORS, 1960)
    assert network.pairs == (("USA", "JPN"),)
    assert network.degrees["USA"] == 1


def test_the_successor_inherits_ties_and_is_one_actor():
    ties = [tie("SUN", "CHN", "1950", ""), tie("RUS", "JPN", "1992", "", kind="friendship")]
    before = model.security_network(ties, ACTORS, 1990)
    after = model.security_network(ties, ACTORS, 1991)
    assert before.actors == after.actors == ("USA", "JPN", "ROC", "RUS", "CHN")
    assert before.names[3] == "Sun"
    assert after.names[3] == "Rus"
    assert before.pairs == after.pairs == (("RUS", "CHN"),)


def test_a_state_not_yet_founded_has_no_ties():
    ties = [tie("SUN", "CHN", "1945-08-22", "1955-05-26", kind="basing")]
    assert model.security_network(ties, ACTORS, 1948).pairs == ()
    assert model.security_network(ties, ACTORS, 1949).pairs == (("RUS", "CHN"),)


def test_other_kinds_count_only_when_switched_on():
    ties = [tie("JPN", "CHN", "1972-09-29", kind="normalization")]
    assert model.security_network(ties, ACTORS, 1980).pairs == ()
    switched_on = model.security_network(ties, ACTORS, 1980, ["alliance", "normalization"])
    assert switched_on.pairs == (("JPN", "CHN"),)
    assert model.cross_camp_share(switched_on) == 1


def test_a_tie_with_somebody_outside_the_list_is_not_drawn():
    assert model.security_network([tie("USA", "AUS", "1952")], ACTORS, 1960).pairs == ()


def test_measures_by_year_watch_the_fan_open_and_fold():
    ties = [
        tie("USA", "JPN", "1952"),
        tie("USA", "ROC", "1955", "1980"),
        tie("USA", "CHN", "1979", "1985"),
    ]
    series = model.measures_by_year(ties, ACTORS, 1950, 1985)
    assert [measure.year for measure in series] == list(range(1950, 1986))
    by_year = {measure.year: measure for measure in series}
    assert math.isnan(by_year[1950].cross_camp_share)
    assert by_year[1950].hub == ""
    assert by_year[1950].centralization == 0
    # Two ties at one hub of five actors: degrees 2, 1, 1, 0, 0; sum of differences 6, divisor 12.
    assert by_year[1955].centralization == pytest.approx(0.5)
    assert by_year[1955].hub == "USA"
    assert by_year[1955].density == pytest.approx(0.2)
    assert by_year[1979].cross_camp_share == pytest.approx(1 / 3)
    assert by_year[1985].ties == 1
    assert by_year[1985].hub == "USA/JPN"


def test_questions_about_one_actor():
    network = model.security_network([tie("USA", "JPN", "1952")], ACTORS, 1960)
    assert network.neighbours("USA") == ("JPN",)
    assert network.neighbours("CHN") == ()
    assert network.crosses("USA", "CHN")
    with pytest.raises(KeyError, match="Did you mean 'JPN'"):
        network.neighbours("JPM")
    with pytest.raises(ValueError, match="read-only"):
        network.adjacency[0, 0] = True


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.zeros((2, 2)), "needs at least 3"),
        (np.zeros((3, 2)), "square"),
        (np.eye(3), "diagonal"),
        ([[0, 1, 0], [0, 0, 0], [0, 0, 0]], "symmetric"),
        ([[0, 2, 0], [2, 0, 0], [0, 0, 0]], "zeros and ones"),
        ([[0, math.nan, 0], [math.nan, 0, 0], [0, 0, 0]], "zeros and ones"),
        ([["a"]], "at least 3"),
    ],
)
def test_a_matrix_that_is_no_graph_is_refused(matrix, message):
    with pytest.raises(ValueError, match=message):
        model.degree_centralization(matrix)


def test_density_needs_two_actors():
    with pytest.raises(ValueError, match="at least 2"):
        model.density([[0]])


@pytest.mark.parametrize("year", [1955.5, "1955", None, math.nan, 0, True])
def test_a_bad_year_is_refused(year):
    with pytest.raises(ValueError, match=r"year is .* whole number"):
        model.ties_in_force([], year)


def test_bad_ties_kinds_and_actors_are_refused_with_the_reason():
    with pytest.raises(KeyError, match="Did you mean 'alliance'"):
        model.ties_in_force([], 1955, ["aliance"])
    with pytest.raises(ValueError, match="must be a list"):
        model.ties_in_force([], 1955, "alliance")
    with pytest.raises(ValueError, match=r"start is 'spring 1952'.*1951-09-08"):
        model.ties_in_force([tie("USA", "JPN", "spring 1952")], 1955)
    with pytest.raises(ValueError, match="without kind"):
        model.ties_in_force([{"a": "USA", "b": "JPN", "start": "1952"}], 1955)
    with pytest.raises(ValueError, match="with itself"):
        model.security_network([tie("SUN", "RUS", "1952")], ACTORS, 1960)
    with pytest.raises(ValueError, match="USA twice"):
        model.security_network([], [actor("USA"), actor("USA")], 1960)
    with pytest.raises(ValueError, match="at least 2"):
        model.security_network([], [actor("USA")], 1960)
    with pytest.raises(KeyError, match="successor_of is 'SUM'"):
        model.security_network([], [actor("SUN"), actor("RUS", successor_of="SUM")], 1960)
    with pytest.raises(ValueError, match="last_year is 1944"):
        model.measures_by_year([], ACTORS, 1945, 1944)
