"""Areas on the globe against shapes whose area is known."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models.globe import polygon_area
from tutor.models.gravity import EARTH_RADIUS


def test_an_eighth_of_the_globe():
    eighth = 4 * math.pi * EARTH_RADIUS**2 / 8
    assert polygon_area([0, 0, 90], [0, 90, 0]) == pytest.approx(eighth)


def test_a_small_square_is_nearly_flat():
    side = math.radians(0.1) * EARTH_RADIUS
    area = polygon_area([-0.05, -0.05, 0.05, 0.05], [130.0, 130.1, 130.1, 130.0])
    assert area == pytest.approx(side**2, rel=1e-5)


@given(
    st.lists(st.tuples(st.floats(40, 45), st.floats(128, 134)), min_size=3, max_size=6),
    st.integers(0, 5),
)
def test_area_does_not_depend_on_where_the_walk_begins_or_which_way_it_goes(corners, start):
    start %= len(corners)
    turned = corners[start:] + corners[:start]
    area = polygon_area(*zip(*corners, strict=True))
    assert polygon_area(*zip(*turned, strict=True)) == pytest.approx(area, abs=1e-3)
    assert polygon_area(*zip(*corners[::-1], strict=True)) == pytest.approx(area, abs=1e-3)


@pytest.mark.parametrize(
    ("latitudes", "longitudes", "words"),
    [
        ([0, 1], [0, 1], "at least three"),
        ([0, 1, 91], [0, 1, 0], "latitudes"),
        ([0, 1, 2], [0, 1, 181], "longitudes"),
        ([0, 1, 2], [0, 1], "longitudes"),
    ],
)
def test_what_cannot_be_an_area_is_said(latitudes, longitudes, words):
    with pytest.raises(ValueError, match=words):
        polygon_area(latitudes, longitudes)
