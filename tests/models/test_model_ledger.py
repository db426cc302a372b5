"""The ledger: sums, which lines decide, and how far two readers are apart."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.models.ledger import Balance, Ledger, balance, deciding_lines, disagreement

weights = st.integers(0, 3)
ledgers = st.builds(
    Ledger, st.tuples(weights, weights, weights), st.tuples(weights, weights, weights, weights)
)


def without(ledger: Ledger, place: int) -> Ledger:
    values = list(ledger.weights)
    values[place] = 0
    return Ledger(tuple(values[:3]), tuple(values[3:]))


def test_counting_lines_favours_the_longer_side():
    outcome = balance(Ledger((1, 1, 1), (1, 1, 1, 1)))
    assert outcome == Balance(3, 4)
    assert (outcome.difference, outcome.heavier) == (1, "signs")


@pytest.mark.parametrize(
    ("obstacles", "signs", "heavier"),
    [((2, 0, 0), (1, 1, 0, 0), "neither"), ((3,), (2,), "obstacles"), ((0,), (0.5,), "signs")],
)
def test_heavier_side(obstacles, signs, heavier):
    assert balance(Ledger(obstacles, signs)).heavier == heavier


@given(ledgers)
def test_a_line_decides_exactly_when_the_side_loses_its_lead_without_it(ledger):
    heavier = balance(ledger).heavier
    assume(heavier != "neither")
    expected = tuple(p for p in range(7) if balance(without(ledger, p)).heavier != heavier)
    assert deciding_lines(ledger) == expected


def test_nothing_decides_a_draw():
    assert deciding_lines(Ledger((2,), (2,))) == ()


@given(ledgers, ledgers)
def test_disagreement_is_a_distance_from_0_to_1(one, other):
    assume(sum(one.weights) and sum(other.weights))
    apart = disagreement(one, other)
    assert 0 <= apart <= 1 + 1e-12
    assert apart == pytest.approx(disagreement(other, one))
    assert disagreement(one, one) == 0


@given(ledgers)
def test_doubling_every_weight_is_no_disagreement(one):
    assume(sum(one.weights))
    double = Ledger(tuple(2 * w for w in one.obstacles), tuple(2 * w for w in one.signs))
    assert disagreement(one, double) == pytest.approx(0)


def test_readers_without_a_common_line_disagree_wholly():
    assert disagreement(Ledger((1, 0), (0,)), Ledger((0, 0), (3,))) == 1


@pytest.mark.parametrize("bad", [(-1,), ("2",), (float("nan"),), ()])
def test_bad_weights_are_named(bad):
    with pytest.raises(ValueError, match="obstacles"):
        Ledger(bad, (1,))


def test_ledgers_of_other_lines_cannot_be_compared():
    with pytest.raises(ValueError, match="it must have 1 and 1"):
        disagreement(Ledger((1,), (1,)), Ledger((1, 1), (1,)))
    with pytest.raises(ValueError, match="other has no weight"):
        disagreement(Ledger((1,), (1,)), Ledger((0,), (0,)))
