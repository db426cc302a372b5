"""The palette: told apart by every eye, and readable on white."""

from itertools import combinations

import numpy as np
import pytest

from tutor import data
from tutor.charts import palette
from tutor.charts.palette import COUNTRY_COLOURS

# Machado, Oliveira and Fernandes (2009), severity 1.0, on linear RGB.
VISION = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# sRGB to XYZ, and the white point D65.
TO_XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = TO_XYZ @ np.ones(3)

DISTINCT = sorted(set(COUNTRY_COLOURS.values()))


def linear(colour: str) -> np.ndarray:
    values = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def lab(rgb: np.ndarray) -> np.ndarray:
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(colour: str, ground: str = "#FFFFFF") -> float:
    light, dark = sorted((TO_XYZ[1] @ linear(c) for c in (colour, ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_measures_agree_with_known_values():
    assert contrast("#000000") == pytest.approx(21, abs=0.01)
    assert contrast("#767676") == pytest.approx(4.54, abs=0.01)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize(("one", "other"), list(combinations(DISTINCT, 2)))
def test_two_countries_are_told_apart(one, other, vision):
    seen = [lab(VISION[vision] @ linear(colour)) for colour in (one, other)]
    assert np.linalg.norm(seen[0] - seen[1]) >= 15


@pytest.mark.parametrize("colour", [*DISTINCT, palette.OTHER, palette.ACCENT, palette.WATER])
def test_marks_stand_out_on_white(colour):
    assert contrast(colour) >= 3


@pytest.mark.parametrize("colour", [palette.INK, palette.QUIET, palette.ACCENT])
@pytest.mark.parametrize("ground", ["#FFFFFF", palette.SEA, palette.LAND])
def test_words_can_be_read(colour, ground):
    assert contrast(colour, ground) >= 4.5


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
