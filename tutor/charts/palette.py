"""One colour for a country everywhere, told apart also by colour-blind eyes.

The colours were chosen by search: every pair keeps a distance of at least 15 in CIELAB under normal
vision and simulated protanopia, deuteranopia and tritanopia, and each has at least 3:1 contrast with
white (WCAG 2.2, 1.4.11). ``tests/charts/test_palette.py`` holds them to it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

INK = "#222222"
"""Text and axes."""
QUIET = "#6B6B6B"
"""Secondary text: still 4.5:1 on white."""
LAND = "#F1EEE6"
"""Land on maps."""
BORDER = "#B9B2A3"
"""Borders and coasts on maps, and hairlines."""
WATER = "#2B79AE"
"""Rivers, and the second colour beside `ACCENT`; words may stand in it."""
SEA = "#EAF1F6"
"""The sea on maps."""
ACCENT = "#B3450B"
"""The learner's own guess or choice, in every chart that shows one."""

COUNTRY_COLOURS: Mapping[str, str] = MappingProxyType(
    {
        "CHN": "#DE1507",
        "JPN": "#EE5A99",
        "KOR": "#324FD6",
        "PRK": "#4F2871",
        "RUS": "#1F582C",
        "SUN": "#1F582C",
        "MNG": "#B57F4A",
        "USA": "#656565",
        "ROC": "#0192D0",
    }
)
"""Actor code to colour; the USSR keeps the colour of its successor, Russia."""

OTHER = "#656565"
"""Every actor without a colour of its own."""


def country_colour(code: str) -> str:
    """Give the colour of a country or other actor.

    Parameters
    ----------
    code : str
        Actor code as in the table ``actors``, for example ``"CHN"``.

    Returns
    -------
    str
        A colour such as ``"#DE1507"``; a neutral grey for actors outside the six and their partners.
    """
    return COUNTRY_COLOURS.get(code, OTHER)


def country_scale(codes: list[str]) -> tuple[list[str], list[str]]:
    """Give the domain and range of a Vega-Lite colour scale for these actors.

    Parameters
    ----------
    codes : list of str
        Actor codes, in the order of the legend or labels.

    Returns
    -------
    tuple of (list of str, list of str)
        The codes and their colours.
    """
    return list(codes), [country_colour(code) for code in codes]
