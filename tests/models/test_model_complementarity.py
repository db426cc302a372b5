"""Complementarity: both measures by hand, symmetry, bad input."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models import complementarity as model

FACTORS = tuple("abcdefgh")
sets = st.frozensets(st.sampled_from(FACTORS), min_size=1)


def test_jaccard_by_hand():
    assert model.jaccard_distance({"coal", "oil"}, {"oil", "gas"}) == pytest.approx(2 / 3)
    assert model.jaccard_distance({"coal"}, {"coal"}) == 0
    assert model.jaccard_distance({"coal"}, {"labour"}) == 1
    assert model.jaccard_distance(set(), {"labour"}) == 1


def test_the_second_measure_ranks_what_jaccard_cannot():
    few, many = {"a"}, {"a", "b", "c"}
    other, others = {"d"}, {"d", "e", "f"}
    assert model.jaccard_distance(few, other) == model.jaccard_distance(many, others) == 1
    assert model.matching_distance(few, other, FACTORS) == pytest.approx(2 / 8)
    assert model.matching_distance(many, others, FACTORS) == pytest.approx(6 / 8)
    assert model.matching_distance(FACTORS[:4], FACTORS[4:], FACTORS) == 1
    assert model.matching_distance(set(), set(), FACTORS) == 0


@given(sets, sets, sets)
def test_both_are_metrics(a, b, c):
    for distance in (
        model.jaccard_distance,
        lambda x, y: model.matching_distance(x, y, FACTORS),
    ):
        assert distance(a, b) == distance(b, a)
        assert 0 <= distance(a, b) <= 1
        assert (distance(a, b) == 0) == (a == b)
        assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-12


def test_every_pair_at_once():
    given_sets = {"one": {"a", "b"}, "two": {"b", "c"}, "three": {"d"}}
    result = model.complementarity(given_sets)
    assert result.regions == ("one", "two", "three")
    assert result.between("one", "two") == pytest.approx(2 / 3)
    assert result.between("two", "one") == pytest.approx(2 / 3)
    assert model.saturated_share(result) == pytest.approx(2 / 3)
    assert result.values.diagonal().tolist() == [0, 0, 0]
    matching = model.complementarity(given_sets, "matching")
    assert matching.between("one", "two") == pytest.approx(2 / 4)
    assert matching.between("one", "three") == pytest.approx(3 / 4)
    assert model.saturated_share(matching) == 0
    wider = model.complementarity(given_sets, "matching", FACTORS)
    assert wider.between("one", "three") == pytest.approx(3 / 8)
    for (i, a), (j, b) in itertools.permutations(enumerate(result.regions), 2):
        assert result.values[i, j] == result.between(b, a)


def test_sets_from_records():
    records = [
        {"region": "X", "factor": "coal", "has": "1", "basis": "table"},
        {"region": "X", "factor": "fish", "has": "0", "basis": "table"},
        {"region": "X", "factor": "iron", "has": 1, "basis": "prose_only"},
        {"region": "Y", "factor": "iron", "has": 0, "basis": "prose_only"},
    ]
    assert model.factor_sets(records) == {"X": {"coal"}, "Y": frozenset()}
    assert model.factor_sets(records, ["table", "prose_only"])["X"] == {"coal", "iron"}
    with pytest.raises(KeyError, match="Did you mean 'table'"):
        model.factor_sets(records, ["tabel"])
    with pytest.raises(ValueError, match="bases is 'table'"):
        model.factor_sets(records, "table")
    with pytest.raises(ValueError, match="records is empty"):
        model.factor_sets([])


def test_bad_input():
    with pytest.raises(ValueError, match="both empty"):
        model.jaccard_distance(set(), set())
    with pytest.raises(ValueError, match="a is 'coal'; it must be a set"):
        model.jaccard_distance("coal", {"oil"})
    with pytest.raises(ValueError, match="b is 3"):
        model.jaccard_distance({"coal"}, 3)
    with pytest.raises(ValueError, match="factors is empty"):
        model.matching_distance({"a"}, {"b"}, [])
    with pytest.raises(KeyError, match="Did you mean 'coal'"):
        model.matching_distance({"coa"}, {"coal"}, ["coal", "oil"])
    with pytest.raises(KeyError, match="Did you mean 'jaccard'"):
        model.complementarity({"X": {"a"}, "Y": {"b"}}, "jacard")
    with pytest.raises(ValueError, match="at least 2"):
        model.complementarity({"X": {"a"}})
    with pytest.raises(KeyError, match="b is 'Z'"):
        model.complementarity({"X": {"a"}, "Y": {"b"}}).between("X", "Z")
