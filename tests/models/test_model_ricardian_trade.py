"""Ricardo's model: his own numbers, the two kinds of equilibrium, identities, bad input."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models import ricardian_trade as model

PAIR = ("England", "Portugal")
HOURS = [[100, 120], [90, 80]]  # Cloth and wine.


@st.composite
def worlds(draw):
    count = draw(st.integers(1, 6))
    positive = st.floats(0.1, 100)
    return (
        tuple(f"region {i}" for i in range(count)),
        draw(st.lists(positive, min_size=count, max_size=count)),
        draw(st.lists(st.lists(positive, min_size=2, max_size=2), min_size=count, max_size=count)),
        draw(st.floats(0.05, 0.95)),
    )


def test_ricardos_cloth_and_wine():
    assert model.opportunity_costs(HOURS) == pytest.approx([100 / 120, 90 / 80])
    result = model.free_trade(PAIR, [10_000, 10_000], HOURS, 0.5)
    assert result.price == pytest.approx(1.125)
    assert result.gain == pytest.approx([1.162, 1], abs=5e-4)
    assert result.gain[1] == 1
    assert result.dividing == ("Portugal",)
    # World income in wine: 112.5 + 125; half of it buys 237.5 / 2.25 = 105.56 of cloth, 100 of
    # which England makes; Portugal makes 5.56 of its 111.11.
    assert result.labour_share == pytest.approx([1, 0.05])
    assert result.production == pytest.approx(np.array([[100, 0], [5.5556, 118.75]]), rel=1e-4)
    assert result.exports[0] == pytest.approx([50, -56.25])


def test_with_more_labour_in_england_both_gain():
    # Both specialize: cloth 120, wine 125, p = 125 / 120, between 0.833 and 1.125.
    result = model.free_trade(PAIR, [12_000, 10_000], HOURS, 0.5)
    assert result.price == pytest.approx(125 / 120)
    assert result.dividing == ()
    assert (result.gain > 1.03).all()
    assert result.gain == pytest.approx(
        [math.sqrt(125 / 120 / (100 / 120)), math.sqrt(1.125 / (125 / 120))]
    )


def test_labour_costs_take_the_cheaper_way():
    # At one cloth for one wine England buys wine for 100 hours, Portugal cloth for 80.
    assert model.labour_costs(HOURS, 1) == pytest.approx(np.array([[100, 100], [80, 80]]))
    # At her own price Portugal is indifferent: buying costs her what making does.
    assert model.labour_costs([[90, 80]], 1.125) == pytest.approx(np.array([[90, 80]]))
    with pytest.raises(ValueError, match="price"):
        model.labour_costs(HOURS, 0)


def test_the_chain_of_comparative_advantage():
    chain = model.world_frontier(
        ("A", "B", "C", "D"), [6, 6, 6, 6], [[1, 1], [3, 1], [1, 2], [2, 4]]
    )
    assert [segment.regions for segment in chain] == [("C", "D"), ("A",), ("B",)]
    assert [segment.opportunity_cost for segment in chain] == [0.5, 1, 3]
    # Of good 2: 6 + 6 + 3 + 1.5; of good 1: C and D 6 + 3, A 6, B 2.
    assert chain[0].start == (0, 16.5)
    assert chain[0].end == pytest.approx((9, 12))
    assert chain[1].end == pytest.approx((15, 6))
    assert chain[2].end == pytest.approx((17, 0))


def test_ties_in_cost_divide_in_proportion():
    # 100/120, 50/60 and 1/1.2 are one opportunity cost.
    result = model.free_trade(("A", "B", "C"), [100, 50, 1], [[100, 120], [50, 60], [1, 1.2]], 0.4)
    assert result.price == pytest.approx(100 / 120)
    assert result.labour_share == pytest.approx([0.4, 0.4, 0.4])
    assert result.gain.tolist() == [1, 1, 1]
    assert result.exports == pytest.approx(np.zeros((3, 2)), abs=1e-12)


def test_a_region_alone_is_in_autarky():
    result = model.free_trade(("A",), [12], [[2, 3]], 0.25)
    assert result.price == pytest.approx(2 / 3)
    assert result.production[0] == pytest.approx([1.5, 3])
    assert result.gain.tolist() == [1]


@given(worlds())
def test_identities_of_free_trade(world):
    regions, labour, requirements, share = world
    result = model.free_trade(regions, labour, requirements, share)
    assert (result.gain >= 1).all()
    scale = result.production.sum(axis=0)
    assert result.exports.sum(axis=0) == pytest.approx([0, 0], abs=1e-9 * scale.max())
    used = (result.production * np.array(requirements)).sum(axis=1)
    assert used == pytest.approx(labour, rel=1e-9)
    value = result.exports @ [result.price, 1]
    assert value == pytest.approx(
        np.zeros(len(regions)), abs=1e-9 * scale.max() * (1 + result.price)
    )
    demand = share / ((1 - share) * result.price)
    assert scale[0] / scale[1] == pytest.approx(demand, rel=1e-9)


@given(worlds())
def test_gain_is_utility_over_autarky_utility(world):
    regions, labour, requirements, share = world
    result = model.free_trade(regions, labour, requirements, share)
    hours, needed = np.array(labour), np.array(requirements)
    alone = np.stack([share * hours / needed[:, 0], (1 - share) * hours / needed[:, 1]], axis=1)
    exponents = np.array([share, 1 - share])
    utility = np.prod(result.consumption**exponents, axis=1)
    assert result.gain == pytest.approx(utility / np.prod(alone**exponents, axis=1), rel=1e-9)


@given(worlds())
def test_who_gains_most_has_the_price_farthest_from_the_worlds(world):
    regions, labour, requirements, _ = world
    result = model.free_trade(regions, labour, requirements, 0.5)
    distance = np.abs(np.log(result.price / model.opportunity_costs(requirements)))
    assert result.gain == pytest.approx(np.exp(distance / 2), rel=1e-6)


@given(worlds(), st.randoms(use_true_random=False))
def test_relabelling_changes_nothing(world, random):
    regions, labour, requirements, share = world
    order = list(range(len(regions)))
    random.shuffle(order)
    first = model.free_trade(regions, labour, requirements, share)
    second = model.free_trade(
        [regions[i] for i in order],
        [labour[i] for i in order],
        [requirements[i] for i in order],
        share,
    )
    assert second.price == pytest.approx(first.price, rel=1e-9)
    assert second.gain == pytest.approx(first.gain[order], rel=1e-9)


@given(worlds())
def test_the_frontier_is_concave_and_holds_the_equilibrium(world):
    regions, labour, requirements, share = world
    chain = model.world_frontier(regions, labour, requirements)
    costs = [segment.opportunity_cost for segment in chain]
    assert costs == sorted(costs)
    assert chain[-1].end[1] == 0
    result = model.free_trade(regions, labour, requirements, share)
    made = result.production.sum(axis=0)
    value = result.price * made[0] + made[1]
    corners = [segment.start for segment in chain] + [chain[-1].end]
    best = max(result.price * x + y for x, y in corners)
    assert value == pytest.approx(best, rel=1e-9)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((PAIR, [1, 0], HOURS, 0.5), r"labour\[1\] is 0; it must be a number above 0"),
        ((PAIR, [1], HOURS, 0.5), "labour has the shape 1; it must hold 2"),
        ((PAIR, [1, 1], [[1, 2], [-1, 2]], 0.5), r"requirements\[1, 0\] is -1"),
        ((PAIR, [1, 1], [1, 2], 0.5), "2 x 2"),
        ((PAIR, [1, math.nan], HOURS, 0.5), r"labour\[1\] is nan"),
        ((PAIR, [1, 1], HOURS, 0), "share is 0; it must be a number above 0 and below 1"),
        ((PAIR, [1, 1], HOURS, 1), "share is 1"),
        ((("A", "A"), [1, 1], HOURS, 0.5), "A twice"),
        (((), [], [], 0.5), "holds 0 names"),
        ((PAIR, "ab", HOURS, 0.5), "labour is 'ab'"),
    ],
)
def test_bad_input(arguments, message):
    with pytest.raises(ValueError, match=message):
        model.free_trade(*arguments)


def test_bad_requirements_for_costs_and_frontier():
    with pytest.raises(ValueError, match="any number of x 2"):
        model.opportunity_costs([[1, 2, 3]])
    with pytest.raises(ValueError, match="labour"):
        model.world_frontier(PAIR, [1, -1], HOURS)
