"""Win-sets: hand-worked cases, the properties the model promises, bad input."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor.models import win_sets as model
from tutor.models.win_sets import Actor, Country

unit = st.floats(0, 1, allow_subnormal=False)
amount = st.floats(0, 2, allow_subnormal=False)


def actors(name):
    return st.builds(
        Actor,
        name=st.just(name),
        ideal_point=unit,
        salience=st.floats(0.1, 5),
        side_payment=amount,
        agreement_cost=amount,
    )


groups = st.integers(2, 4).flatmap(lambda n: st.tuples(*(actors(f"actor {i}") for i in range(n))))


def test_a_win_set_worked_by_hand():
    # From q = 0 with ideal 0.3, salience 2, payment 0.4, cost 0.2: radius 0.3 + 0.2 / 2 = 0.4.
    actor = Actor("Jilin", 0.3, salience=2, side_payment=0.4, agreement_cost=0.2)
    assert model.radius(actor, 0) == pytest.approx(0.4)
    assert model.win_set(actor, 0).lower == 0
    assert model.win_set(actor, 0).upper == pytest.approx(0.7)
    assert model.gain(actor, 0.3, 0) == pytest.approx(0.8)
    assert model.gain(actor, [0.0, 0.7], 0) == pytest.approx([0.2, 0.0])
    assert 0.5 in model.win_set(actor, 0)
    assert 0.71 not in model.win_set(actor, 0)


def test_an_empty_win_set():
    dear = Actor("dear", 0.1, agreement_cost=0.2)
    assert model.win_set(dear, 0.0).is_empty
    assert model.win_set(dear, 0.0).length == 0
    assert 0.1 not in model.win_set(dear, 0.0)
    result = model.bargain([dear, Actor("keen", 0.9)], 0.0)
    assert result.point is None
    assert result.conflicts == (("dear",),)
    assert result.gains == {"dear": 0, "keen": 0}


def test_two_actors_split_by_hand():
    # Radii 0.5 (ideal 0.5) and 0.7 (ideal 0.7) from q = 0; between the ideals the product
    # (0.5 - (x - 0.5)) (0.7 - (0.7 - x)) = (1 - x) x is largest at 0.5, the first actor's ideal.
    first, second = Actor("first", 0.5), Actor("second", 0.7)
    assert model.bargain([first, second], 0).point == 0.5
    # With a payment of 0.3 to the first: (1.3 - x) x, largest at 0.65.
    paid = replace(first, side_payment=0.3)
    result = model.bargain([paid, second], 0)
    assert result.point == pytest.approx(0.65, abs=1e-12)
    assert result.gains["first"] == pytest.approx(0.65)
    assert result.gains["second"] == pytest.approx(0.65)


def test_win_sets_that_do_not_meet_are_named():
    # Around q = 0.5 nobody gains from the other's direction.
    low, high, free = Actor("low", 0.4), Actor("high", 0.6), Actor("free", 0.5, side_payment=1)
    sure = replace(low, agreement_cost=0.05), replace(high, agreement_cost=0.05), free
    result = model.bargain(sure, 0.5)
    assert result.point is None
    assert result.zone.is_empty
    assert result.conflicts == (("low", "high"),)


def test_a_ratifier_pulls_the_deal_without_counting_in_it():
    dealers = [Actor("a", 0.8), Actor("b", 0.8)]
    assert model.bargain(dealers, 0).point == 0.8
    assert model.bargain(dealers, 0, [Actor("c", 0.3)]).point == pytest.approx(0.6)


def test_both_orders_by_hand():
    countries = [
        Country("east", Actor("E", 0.2), Actor("e", 0.6), autonomy=0.5),
        Country("west", Actor("W", 0.3), Actor("w", 0.8), autonomy=0.0),
    ]
    # Putnam: centres accept up to 0.4 and 0.6; slopes 1/(0.2-..) push to the ideal point of E.
    putnam = model.two_level_game(countries, 0.0, "putnam")
    assert putnam.zone.upper == pytest.approx(0.4)
    assert putnam.point == pytest.approx(0.2)
    # Study: E moves to 0.4 and accepts up to 0.8, W stays and accepts up to 0.6; the regions
    # (x)(x) below 0.6 want as much as they get.
    study = model.two_level_game(countries, 0.0, "study")
    assert countries[0].persuaded_centre.ideal_point == pytest.approx(0.4)
    assert study.zone.upper == pytest.approx(0.6)
    assert study.point == pytest.approx(0.6)


def test_without_autonomy_the_zone_is_the_same_in_both_orders():
    countries = [
        Country("east", Actor("E", 0.2), Actor("e", 0.6)),
        Country("west", Actor("W", 0.3), Actor("w", 0.8)),
    ]
    assert (
        model.two_level_game(countries, 0.1, "putnam").zone
        == model.two_level_game(countries, 0.1, "study").zone
    )


@given(groups, unit)
def test_the_nash_point_beats_a_fine_grid(group, status_quo):
    result = model.bargain(group, status_quo)
    if result.point is None:
        grid = np.linspace(0, 1, 2001)
        least = np.min([model.gain(actor, grid, status_quo) for actor in group], axis=0)
        assert least.max() < 1e-9
        assert result.conflicts
        return
    assert result.point in result.zone
    grid = np.linspace(result.zone.lower, result.zone.upper, 2001)
    product = np.prod([model.gain(actor, grid, status_quo) for actor in group], axis=0)
    best = math.prod(max(value, 0.0) for value in result.gains.values())
    assert best >= product.max() * (1 - 1e-9) - 1e-12
    assert all(value >= -1e-12 for value in result.gains.values())


@given(groups, unit)
def test_the_order_of_the_actors_changes_nothing(group, status_quo):
    points = {
        None if (point := model.bargain(order, status_quo).point) is None else round(point, 9)
        for order in itertools.permutations(group)
    }
    assert len(points) == 1 or max(points) - min(points) < 2e-9


@given(groups, unit, st.data())
def test_a_larger_win_set_never_removes_an_agreement(group, status_quo, data):
    assume(not model.zone_of_agreement(group, status_quo).is_empty)
    chosen = data.draw(st.integers(0, len(group) - 1))
    more = data.draw(st.floats(0, 3))
    larger = list(group)
    larger[chosen] = replace(group[chosen], side_payment=group[chosen].side_payment + more)
    before = model.zone_of_agreement(group, status_quo)
    after = model.zone_of_agreement(larger, status_quo)
    assert after.lower <= before.lower
    assert after.upper >= before.upper
    assert model.bargain(larger, status_quo).point is not None


@given(actors("a"), actors("b"), unit)
def test_of_two_the_smaller_radius_comes_nearer_to_its_ideal(a, b, status_quo):
    point = model.bargain([a, b], status_quo).point
    assume(point is not None)
    if model.radius(a, status_quo) > model.radius(b, status_quo):
        a, b = b, a
    assert abs(point - a.ideal_point) <= abs(point - b.ideal_point) + 1e-9


@given(groups, unit, st.data())
def test_a_higher_cost_never_moves_the_deal_away_from_its_bearer(group, status_quo, data):
    chosen = data.draw(st.integers(0, len(group) - 1))
    more = data.draw(st.floats(0, 1))
    dearer = list(group)
    dearer[chosen] = replace(group[chosen], agreement_cost=group[chosen].agreement_cost + more)
    before, after = model.bargain(group, status_quo), model.bargain(dearer, status_quo)
    assume(before.point is not None)
    assume(after.point is not None)
    ideal = group[chosen].ideal_point
    assert abs(after.point - ideal) <= abs(before.point - ideal) + 1e-9


@given(groups, unit)
def test_side_payments_to_all_large_enough_open_a_zone(group, status_quo):
    enough = [replace(actor, side_payment=actor.agreement_cost + actor.salience) for actor in group]
    zone = model.zone_of_agreement(enough, status_quo)
    assert (zone.lower, zone.upper) == pytest.approx((0, 1))


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("ideal_point", 1.1, "from 0 to 1"),
        ("ideal_point", math.nan, "from 0 to 1"),
        ("salience", 0, "above 0"),
        ("side_payment", -1, "of at least 0"),
        ("agreement_cost", "2", "of at least 0"),
    ],
)
def test_bad_values_of_an_actor(field, value, allowed):
    with pytest.raises(ValueError, match=rf"{field} of Jilin is .*{allowed}"):
        Actor(**{"name": "Jilin", "ideal_point": 0.5, field: value})


def test_other_bad_input():
    actor = Actor("a", 0.5)
    with pytest.raises(ValueError, match="name holds ''"):
        Actor("", 0.5)
    with pytest.raises(ValueError, match="autonomy of east"):
        Country("east", actor, Actor("b", 0.5), autonomy=2)
    with pytest.raises(ValueError, match=r"x\[1\] is 1.5"):
        model.gain(actor, [0.5, 1.5], 0)
    for call in (model.win_set, model.radius):
        with pytest.raises(ValueError, match="status_quo is -1"):
            call(actor, -1)
    with pytest.raises(ValueError, match="status_quo"):
        model.gain(actor, 0.5, 2)
    with pytest.raises(ValueError, match="a twice"):
        model.zone_of_agreement([actor, actor], 0)
    with pytest.raises(ValueError, match="holds 0 names"):
        model.bargain([], 0)
    with pytest.raises(ValueError, match="must be an Actor"):
        model.bargain(["a"], 0)
    with pytest.raises(KeyError, match="Did you mean 'putnam'"):
        model.two_level_game([Country("c", actor, Actor("b", 0.5))], 0, "Putman")
