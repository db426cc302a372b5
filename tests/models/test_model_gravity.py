"""Gravity: distances against published ones, predictions by hand, recovery of known numbers."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models import gravity as model


def test_distances_against_geometry():
    quarter = math.pi / 2 * model.EARTH_RADIUS
    assert model.great_circle_distance(0, 0, 90, 0) == pytest.approx(quarter)
    assert model.great_circle_distance(0, -90, 0, 90) == pytest.approx(2 * quarter)
    assert model.great_circle_distance(42.4, 130.6, 42.4, 130.6) == 0
    # One degree along a meridian is 111.195 km on this sphere.
    assert model.great_circle_distance(42, 130, 43, 130) == pytest.approx(111.195, abs=1e-3)


def test_a_published_distance():
    # Nashville to Los Angeles airport, the usual haversine example: 2887 km with R = 6372.8.
    found = model.great_circle_distance(36.12, -86.67, 33.94, -118.40)
    assert found * 6372.8 / model.EARTH_RADIUS == pytest.approx(2887.26, abs=0.01)


points = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(points, points, points)
def test_distance_is_a_metric(a, b, c):
    ab, bc, ac = (float(model.great_circle_distance(*x, *y)) for x, y in ((a, b), (b, c), (a, c)))
    assert ab == pytest.approx(float(model.great_circle_distance(*b, *a)), abs=1e-6)
    assert ac <= ab + bc + 1e-3
    assert 0 <= ab <= math.pi * model.EARTH_RADIUS * (1 + 1e-12)


def test_prediction_by_hand():
    # 10 x 20 x e^2 / 100 with elasticity 1, halved by a barrier of log 2.
    trade = model.predicted_trade(10, 20, 100, 2, 1)
    assert trade == pytest.approx(2 * math.exp(2))
    assert model.predicted_trade(10, 20, 100, 2, 1, math.log(2)) == pytest.approx(math.exp(2))
    matrix = model.predicted_trade([[10], [20]], [10, 20], 100, 0, 0)
    assert matrix == pytest.approx(np.array([[100, 200], [200, 400]]))


def test_what_a_barrier_hides():
    assert model.hidden_trade(50, math.log(3)) == pytest.approx(100)
    assert model.hidden_trade([50], 0) == pytest.approx([0])
    with_both = model.predicted_trade(10, 20, 100, 2, 1, 0.7 + 0.4)
    without_first = model.predicted_trade(10, 20, 100, 2, 1, 0.4)
    assert model.hidden_trade(with_both, 0.7) == pytest.approx(without_first - with_both)


def test_barriers_in_force():
    sizes = {"closed border": 2.0, "no railway": 0.5, "no relations": 1.0}
    assert model.barriers_in_force(sizes, ["closed border", "no railway"]) == pytest.approx(2.5)
    assert model.barriers_in_force(sizes, []) == 0
    assert model.barriers_in_force(sizes, ["no railway", "no railway"]) == 0.5
    with pytest.raises(KeyError, match="Did you mean 'no railway'"):
        model.barriers_in_force(sizes, ["no railways"])
    with pytest.raises(ValueError, match="must be a list"):
        model.barriers_in_force(sizes, "no railway")
    with pytest.raises(ValueError, match="no railway is -1"):
        model.barriers_in_force({"no railway": -1}, ["no railway"])


def test_least_squares_by_hand():
    # Sizes 1 and log distances 0, 1, 2 with log trade 3, 1, 2: slope -0.5, so θ = 0.5; mean 2
    # gives k = 2.5; residuals 0.5, -1, 0.5; variance 1.5; spread 2.
    result = model.estimate(np.exp([3, 1, 2]), [1] * 3, [1] * 3, np.exp([0, 1, 2]))
    assert (result.constant, result.elasticity) == pytest.approx((2.5, 0.5))
    assert result.residuals == pytest.approx([0.5, -1, 0.5])
    assert result.elasticity_error == pytest.approx(math.sqrt(1.5 / 2))
    assert result.constant_error == pytest.approx(math.sqrt(1.5 * (1 / 3 + 1 / 2)))
    assert not result.is_enough


def test_errors_agree_with_the_textbook_matrix_formula():
    generator = np.random.default_rng(6)
    size = generator.uniform(1, 100, (2, 20))
    distance = generator.uniform(100, 3000, 20)
    barriers = generator.uniform(0, 2, 20)
    trade = model.predicted_trade(*size, distance, -3, 1.1, barriers)
    trade = trade * np.exp(generator.normal(0, 0.3, 20))
    result = model.estimate(trade, *size, distance, barriers)
    design = np.stack([np.ones(20), -np.log(distance)], axis=1)
    outcome = np.log(trade / size[0] / size[1]) + barriers
    coefficients, squares, *_ = np.linalg.lstsq(design, outcome)
    covariance = squares[0] / 18 * np.linalg.inv(design.T @ design)
    assert [result.constant, result.elasticity] == pytest.approx(coefficients)
    assert [result.constant_error, result.elasticity_error] == pytest.approx(
        np.sqrt(covariance.diagonal())
    )
    assert result.is_enough


@given(st.floats(-5, 5), st.floats(0, 3), st.integers(0, 2**32 - 1))
def test_exact_data_give_back_what_made_them(constant, elasticity, seed):
    generator = np.random.default_rng(seed)
    first, second = generator.uniform(1, 100, (2, 8))
    distance = np.linspace(100, 3000, 8)
    barriers = generator.uniform(0, 3, 8)
    trade = model.predicted_trade(first, second, distance, constant, elasticity, barriers)
    result = model.estimate(trade, first, second, distance, barriers)
    assert result.constant == pytest.approx(constant, abs=1e-7)
    assert result.elasticity == pytest.approx(elasticity, abs=1e-8)
    assert result.residuals == pytest.approx(np.zeros(8), abs=1e-7)


def test_two_pairs_have_no_standard_error():
    result = model.estimate([1, 2], [1, 1], [1, 1], [10, 20])
    assert math.isnan(result.elasticity_error)
    assert math.isnan(result.constant_error)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((91, 0, 0, 0), "latitude_a is 91"),
        ((0, 181, 0, 0), "longitude_a is 181"),
        ((0, 0, [0, -91], 0), r"latitude_b\[1\] is -91"),
        ((0, 0, 0, math.nan), "longitude_b is nan"),
    ],
)
def test_bad_coordinates(arguments, message):
    with pytest.raises(ValueError, match=message):
        model.great_circle_distance(*arguments)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"product_a": 0}, "product_a is 0"),
        ({"product_b": [1, -1]}, r"product_b\[1\] is -1"),
        ({"distance": 0}, "distance is 0"),
        ({"constant": math.inf}, "constant is inf"),
        ({"elasticity": "one"}, "elasticity is 'one'"),
        ({"barriers": -0.1}, "barriers is -0.1"),
    ],
)
def test_bad_predictions(change, message):
    good = {"product_a": 1, "product_b": 1, "distance": 1, "constant": 0, "elasticity": 1}
    with pytest.raises(ValueError, match=message.replace("0.1", r"0\.1")):
        model.predicted_trade(**{**good, **change})


def test_bad_estimates():
    with pytest.raises(ValueError, match=r"trade\[0\] is 0"):
        model.estimate([0, 1], [1, 1], [1, 1], [1, 2])
    with pytest.raises(ValueError, match="distance has the shape 3"):
        model.estimate([1, 1], [1, 1], [1, 1], [1, 2, 3])
    with pytest.raises(ValueError, match="do not differ"):
        model.estimate([1, 2], [1, 1], [1, 1], [5, 5])
    with pytest.raises(ValueError, match="do not differ"):
        model.estimate([1], [1], [1], [5])
    with pytest.raises(ValueError, match="barriers has 3 values"):
        model.estimate([1, 1], [1, 1], [1, 1], [1, 2], [0, 0, 0])
    with pytest.raises(ValueError, match="trade is 0"):
        model.hidden_trade(0, 1)
    with pytest.raises(ValueError, match="barrier is -1"):
        model.hidden_trade(1, -1)
