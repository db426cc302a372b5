"""Maps from real coordinates: the region, and the lower Tumen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import (
    ACCENT,
    BORDER,
    COUNTRY_COLOURS,
    INK,
    LAND,
    QUIET,
    SEA,
    WATER,
    country_scale,
)
from tutor.data.geo import names as geography_names
from tutor.models.gravity import great_circle_distance

BORDERS_NOTE = (
    "Coasts and borders: Natural Earth, simplified. A map shows who governs, not who is right."
)

_RIVER_PLACES = ("P08", "P04", "P05", "P10")
# Which side of its dot a name stands on, where the default (right) would collide.
_LEFT = frozenset({"P08", "P04", "P06", "P15", "P19"})


def region_map(places: Iterable[str] = ()) -> Figure:
    """Draw Northeast Asia with its six countries and the Tumen marked.

    Parameters
    ----------
    places : iterable of str
        Ids of places (table ``places``) to mark besides the mouth of the Tumen.

    Returns
    -------
    Figure
        The map.

    Raises
    ------
    KeyError
        A place is not in the table.
    """
    shown = place_rows(["P01", *places])
    names = pd.DataFrame(
        [
            {"name": name, "longitude": longitude, "latitude": latitude}
            for name, longitude, latitude in (
                ("CHINA", 114, 36.5),
                ("MONGOLIA", 104.5, 46.3),
                ("RUSSIA", 122.5, 55),
                ("JAPAN", 139.6, 38.6),
                ("NORTH KOREA", 126.6, 40.2),
                ("SOUTH KOREA", 127.9, 36.5),
                ("Sea of Japan", 134.6, 40.6),
                ("(East Sea)", 134.6, 39.8),
            )
        ]
    )
    labels = names_on_map(names, size=11)
    chart = completed(
        alt.layer(land("northeast_asia"), labels, *place_marks(shown)).project(
            "mercator", scale=620, center=[129.2, 43.5]
        ),
        width=620,
        height=460,
        view=alt.ViewConfig(fill=SEA),
        title="Six countries around one sea; the Tumen reaches it where three of them meet",
    )
    alternative = (
        "Map of Northeast Asia: China, Mongolia, Russia, North Korea, South Korea and Japan around the "
        "Sea of Japan (East Sea). Marked: " + _listed(shown) + "."
    )
    return Figure(chart, alternative, shown, BORDERS_NOTE)


def names_on_map(names: pd.DataFrame, size: int = 12) -> alt.Chart:
    """Write names of countries and seas on a map, quietly.

    Parameters
    ----------
    names : pandas.DataFrame
        Columns ``name``, ``longitude`` and ``latitude`` (degrees): the middle of each name.
    size : int
        Height of the letters in pixels.
    """
    return (
        alt.Chart(names)
        .mark_text(color=QUIET, fontSize=size)
        .encode(
            longitude=alt.Longitude("longitude:Q"),
            latitude=alt.Latitude("latitude:Q"),
            text=alt.Text("name"),
        )
    )


def lower_tumen_map(places: Iterable[str] = _RIVER_PLACES) -> Figure:
    """Draw the last stretch of the Tumen, where China ends short of the sea.

    Parameters
    ----------
    places : iterable of str
        Ids of places (table ``places``) to mark besides the mouth, the tripoint and the rail bridge.

    Returns
    -------
    Figure
        The map, with China's last village, the point where three borders meet, and the mouth.

    Raises
    ------
    KeyError
        A place is not in the table.
    """
    shown = place_rows(["P01", "P02", *places])
    names = pd.DataFrame(
        [
            {"name": "CHINA", "longitude": 130.42, "latitude": 42.77},
            {"name": "RUSSIA", "longitude": 130.70, "latitude": 42.54},
            {"name": "NORTH KOREA", "longitude": 130.35, "latitude": 42.42},
            {"name": "Sea of Japan (East Sea)", "longitude": 130.86, "latitude": 42.26},
        ]
    )
    labels = names_on_map(names)
    chart = completed(
        alt.layer(land("lower_tumen"), river(), labels, *place_marks(shown), *_scale_bar()).project(
            "mercator", scale=34000, center=[130.5, 42.6]
        ),
        width=620,
        height=520,
        view=alt.ViewConfig(fill=SEA),
        title="China's land ends some sixteen kilometres short of the sea",
    )
    alternative = (
        "Map of the lower Tumen. The river runs south-east between China on its left bank and North Korea "
        "on its right; at the tripoint China ends and Russia takes over the left bank, down to the mouth. "
        "A bar shows ten kilometres. Marked: " + _listed(shown) + "."
    )
    note = (
        BORDERS_NOTE + " The river is good to about 3 km, the tripoint is the one agreed in 1998."
    )
    return Figure(chart, alternative, shown, note)


def _scale_bar(kilometres: int = 10) -> list[alt.Chart]:
    """Draw a stretch of so many kilometres, in the south-west corner of the lower Tumen."""
    longitude, latitude = 130.17, 42.37
    one_degree = great_circle_distance(latitude, longitude, latitude, longitude + 1)
    ends = pd.DataFrame(
        [
            {
                "longitude": longitude,
                "end": longitude + kilometres / float(one_degree),
                "latitude": latitude,
                "text": f"{kilometres} km",
            }
        ]
    )
    bar = alt.Chart(ends).encode(
        longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q")
    )
    return [
        bar.mark_rule(color=INK, strokeWidth=2).encode(
            longitude2=alt.Longitude2("end:Q"), latitude2=alt.Latitude2("latitude:Q")
        ),
        bar.mark_text(align="left", dy=-9, color=INK, fontSize=12).encode(text=alt.Text("text")),
    ]


def river() -> alt.Chart:
    """Draw the Tumen as a line, for a map on which ``land("lower_tumen")`` is the base."""
    return shapes("lower_tumen", "datum.properties.kind === 'river'").mark_geoshape(
        filled=False, stroke=WATER, strokeWidth=2.5, clip=True
    )


def land(name: str, when: str = "true") -> alt.LayerChart:
    """Draw the countries, those of the course tinted in their own colours: the base of every map.

    Parameters
    ----------
    name : str
        ``"northeast_asia"`` or ``"lower_tumen"``.
    when : str
        Vega expression over the chart's parameters: the countries show while it is true.

    Returns
    -------
    altair.LayerChart
        Two layers without a projection; who draws on them chooses it.
    """
    codes, colours = country_scale([code for code in COUNTRY_COLOURS if code not in ("SUN", "ROC")])
    is_country = "datum.properties.kind === 'country'"
    is_tinted = f"indexof({codes}, datum.properties.id) >= 0"
    return alt.layer(
        shapes(name, is_country, when).mark_geoshape(
            fill=LAND, stroke=BORDER, strokeWidth=1, clip=True
        ),
        shapes(name, is_tinted, when)
        .mark_geoshape(fillOpacity=0.13, clip=True)
        .encode(
            fill=alt.Fill(
                "properties.id:N", scale=alt.Scale(domain=codes, range=colours), legend=None
            )
        ),
    )


def shapes(name: str, *conditions: str) -> alt.Chart:
    """Take the shapes of a map that fulfil all conditions; `Figure` puts the map's data beside it.

    Parameters
    ----------
    name : str
        Name of a map in ``tutor.data.geo``.
    *conditions : str
        Vega expressions over the shapes' properties and the chart's parameters.

    Raises
    ------
    KeyError
        There is no such map.
    """
    if name not in geography_names():
        raise KeyError(f"There is no map {name!r}; there are {', '.join(geography_names())}.")
    chart = alt.Chart(alt.NamedData(name=name))
    for condition in conditions:
        chart = chart if condition == "true" else chart.transform_filter(condition)
    return chart


def place_rows(
    identifiers: Iterable[str], sides: Mapping[str, str] = MappingProxyType({})
) -> pd.DataFrame:
    """Give the rows that `place_marks` draws.

    Parameters
    ----------
    identifiers : iterable of str
        Ids of places.
    sides : mapping
        For a place's id ``"left"`` or ``"right"``: where its name stands, when not as usual.

    Raises
    ------
    KeyError
        A place is not in the table.
    """
    wanted = list(dict.fromkeys(identifiers))
    rows = [data.find(identifier) for identifier in wanted]
    return pd.DataFrame(
        [
            {
                "id": row.id,
                "name": row["name"].split(" (")[0].split(" and ")[0],
                "longitude": float(row["longitude"]),
                "latitude": float(row["latitude"]),
                "side": sides.get(row.id, "left" if row.id in _LEFT else "right"),
                "note": row["note"],
                "confidence": row["confidence"],
            }
            for row in rows
        ]
    )


def place_marks(shown: pd.DataFrame) -> list[alt.Chart]:
    """Draw places as dots with their names beside them, from the rows of `place_rows`."""
    base = alt.Chart(shown).encode(
        longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q")
    )
    tooltip = [
        alt.Tooltip("name", title="Place"),
        alt.Tooltip("note", title="Note"),
        alt.Tooltip("id", title="Cite"),
    ]
    dots = base.mark_circle(size=60, color=ACCENT, opacity=1, stroke="white").encode(
        tooltip=tooltip
    )
    sides = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, color=INK, fontSize=12, fontWeight=600)
        .encode(text=alt.Text("name"))
        for side, align, dx in (("right", "left", 7), ("left", "right", -7))
    ]
    return [dots, *sides]


def _listed(shown: pd.DataFrame) -> str:
    return ", ".join(shown["name"])
