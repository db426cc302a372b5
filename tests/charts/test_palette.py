"""The palette: told apart by every eye, and readable on white."""

from itertools import combinations

import numpy as np
import pytest
from sight import TOLD_APART, VISION, contrast, distance, lab, linear

from tutor import data
from tutor.charts import palette
from tutor.charts.palette import COUNTRY_COLOURS

DISTINCT = sorted(set(COUNTRY_COLOURS.values()))


def test_measures_agree_with_known_values():
    assert contrast("#000000") == pytest.approx(21, abs=0.01)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("one", "other"), list(combinations(DISTINCT, 2)))
def test_two_countries_are_told_apart(one, other, vision):
    seen = [lab(VISION[vision] @ linear(colour)) for colour in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= TOLD_APART


def test_own_choice_and_rivers_are_told_apart():
    assert distance(palette.ACCENT, palette.WATER) >= TOLD_APART
    assert distance(palette.ACCENT, palette.QUIET) >= TOLD_APART


@pytest.mark.parametrize("colour", [*DISTINCT, palette.OTHER, palette.ACCENT, palette.WATER])
def test_marks_stand_out_on_white(colour):
    assert contrast(colour) >= 3


@pytest.mark.parametrize("colour", [palette.INK, palette.QUIET, palette.ACCENT])
@pytest.mark.parametrize("ground", ["#FFFFFF", palette.SEA, palette.LAND])
def test_words_can_be_read(colour, ground):
    assert contrast(colour, ground) >= 4.5


def test_words_in_the_colour_of_rivers_can_be_read():
    assert contrast(palette.WATER) >= 4.5


def test_rivers_and_dots_stand_out_on_land_and_sea():
    assert contrast(palette.WATER, palette.LAND) >= 3
    assert contrast(palette.ACCENT, palette.SEA) >= 3


def test_a_country_keeps_its_colour():
    assert palette.country_colour("SUN") == palette.country_colour("RUS")
    assert palette.country_colour("nowhere") == palette.OTHER
    codes, colours = palette.country_scale(["JPN", "CHN"])
    assert codes == ["JPN", "CHN"]
    assert colours == [COUNTRY_COLOURS["JPN"], COUNTRY_COLOURS["CHN"]]


def test_every_coloured_actor_is_in_the_data():
    assert set(COUNTRY_COLOURS) <= {row["id"] for row in data.rows("actors")}
