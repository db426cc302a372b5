"""Maps of lesson 03: zones, ports and crossings year by year, and the three names of the region."""

from __future__ import annotations

import itertools
import json

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.maps import BORDERS_NOTE, land, names_on_map
from tutor.charts.palette import BORDER, INK, QUIET, SEA, country_colour
from tutor.derived.soft_regionalism import FIRST_YEAR, KINDS, LAST_YEAR, Place, places, places_of

ZONE_YEARS = tuple(range(FIRST_YEAR, LAST_YEAR + 1))
KIND_WORDS = {
    "all": "everything",
    "zone": "zones",
    "port": "ports",
    "crossing": "crossings",
}
AREAS = {"wide": "the whole region", "near": "around the Tumen"}
"""The two views: centre and scale of each stand in `_VIEWS`."""

_VIEWS = {"wide": ([127.4, 43.2], 1120), "near": ([131.35, 43.1], 7000)}
_SHAPES = {"zone": "square", "port": "circle", "crossing": "diamond"}
_SIZES = {"zone": 240, "port": 90, "crossing": 130}
_NEAR_BOX = (129.2, 133.4, 41.5, 44.7)
_MAP_NOTE = (
    "Square: zone. Circle: port. Diamond: crossing. Filled: set up; hollow: only planned. Grey: of "
    "several states. " + BORDERS_NOTE
)

# Where a name stands beside its mark, when right of it would collide.
_SIDES = {
    "ZS04": "left",
    "ZS05": "above",
    "ZS07": "left",
    "ZS08": "above",
    "ZS09": "above",
    "ZS10": "left",
    "ZS12": "above",
    "ZS13": "above",
    "ZS14": "above",
    "ZS16": "below",
    "ZS17": "left",
    "ZS18": "left",
    "ZS21": "below",
    "ZS25": "left",
    "ZS26": "below",
    "ZS27": "below",
    "ZS28": "below",
    "ZS31": "above",
}
_STANDS = {
    "right": ("left", 11, 0),
    "left": ("right", -11, 0),
    "above": ("center", 0, -16),
    "below": ("center", 0, 17),
}
_COUNTRY_NAMES = (
    ("wide", "CHINA", 119.5, 44.3),
    ("wide", "MONGOLIA", 115.6, 46.6),
    ("wide", "RUSSIA", 134.6, 49.2),
    ("wide", "JAPAN", 138.9, 36.1),
    ("wide", "NORTH KOREA", 127.3, 40.9),
    ("wide", "SOUTH KOREA", 127.9, 36.4),
    ("wide", "Sea of Japan (East Sea)", 134.3, 39.7),
    ("near", "CHINA", 130.0, 43.7),
    ("near", "RUSSIA", 132.4, 43.9),
    ("near", "NORTH KOREA", 129.3, 42.02),
    ("near", "Sea of Japan (East Sea)", 131.8, 42.0),
)


def zones_map(year: int = 1989, kind: str = "all", area: str = "wide") -> Figure:
    """Draw the zones, ports and crossings of a year.

    Parameters
    ----------
    year : int
        1983 to 1993; the map shows 31 December.
    kind : str
        ``"all"``, ``"zone"``, ``"port"`` or ``"crossing"``.
    area : str
        ``"wide"`` for the whole region, ``"near"`` for the lands around the Tumen.

    Returns
    -------
    Figure
        The map; parameters ``year``, ``kind`` and ``area``.

    Raises
    ------
    ValueError
        A setting is none of these.
    """
    words = describe_zones(year, kind, area)
    view = json.dumps({name: centre for name, (centre, _) in _VIEWS.items()})
    scale = json.dumps({name: scale for name, (_, scale) in _VIEWS.items()})
    shown = pd.DataFrame([_row(place) for place in places()])
    chart = completed(
        alt.layer(
            land("northeast_asia", "area == 'wide'"),
            land("lower_tumen", "area == 'near'"),
            _names(),
            *_box(),
            *_marks(shown),
        ).project("mercator", center=alt.expr(f"{view}[area]"), scale=alt.expr(f"{scale}[area]")),
        alt.param(name="year", value=year),
        alt.param(name="kind", value=kind),
        alt.param(name="area", value=area),
        width=620,
        height=520,
        view=alt.ViewConfig(fill=SEA),
        title=alt.Title(text=alt.expr(f"{json.dumps(_titles())}[year]")),
    )
    table = pd.DataFrame(
        [
            {"id": p.id, "name": p.name, "kind": p.kind, "stage": p.stage, "what": p.what}
            for p in places_of(year, kind)
        ]
    )
    return Figure(chart, f"Map. {words}", table, _MAP_NOTE, ("year", "kind", "area"))


def describe_zones(year: int, kind: str = "all", area: str = "wide") -> str:
    """Name what is set up and what is planned in a year, and what is new in it.

    Parameters
    ----------
    year, kind, area
        As in `zones_map`; the close view names only what it shows.

    Returns
    -------
    str
        Some sentences.

    Raises
    ------
    ValueError
        A setting is none of these.
    """
    if area not in AREAS:
        raise ValueError(f"area is {area!r}; it must be one of {', '.join(AREAS)}.")
    chosen = [p for p in places_of(year, kind) if area == "wide" or _is_near(p)]
    parts = [f"31 December {year}{', around the Tumen' if area == 'near' else ''}."]
    for each in KINDS if kind == "all" else (kind,):
        # "Crossings: Heihe, ..." reads better than the names that stand on the map.
        names = {p: p.name.removesuffix(" crossing") for p in chosen if p.kind == each}
        done = [name for place, name in names.items() if place.stage == "set up"]
        plans = [name for place, name in names.items() if place.stage == "planned"]
        words = f"{KIND_WORDS[each].capitalize()}: {', '.join(done) or 'none'}"
        parts.append(words + (f"; only planned: {', '.join(plans)}." if plans else "."))
    new = [p for p in chosen if p.first == year and year > FIRST_YEAR]
    if new:
        parts.append("New this year: " + "; ".join(f"{p.name} ({p.stage})" for p in new) + ".")
    return " ".join(parts)


def _titles() -> dict[str, str]:
    return {
        str(year): f"End of {year}: {_zones(year, 'set up')} zones set up in the region, "
        f"{_zones(year, 'planned')} only planned"
        for year in ZONE_YEARS
    }


def _zones(year: int, stage: str) -> int:
    return len(places_of(year, "zone", stage))


def _is_near(place: Place) -> bool:
    west, east, south, north = _NEAR_BOX
    return west < place.longitude < east and south < place.latitude < north


def _row(place: Place) -> dict[str, object]:
    return {
        "id": place.id,
        "name": place.name,
        "kind": place.kind,
        "stage": place.stage,
        "what": place.what,
        "colour": country_colour(place.code),
        "longitude": place.longitude,
        "latitude": place.latitude,
        "first": place.first,
        "last": place.last,
        "near": _is_near(place),
        "side": _SIDES.get(place.id, "right"),
    }


def _marks(shown: pd.DataFrame) -> list[alt.Chart]:
    """Draw the marks, the largest kind lowest, and their names."""
    in_year = (
        "datum.first <= year && year <= datum.last && (kind == 'all' || datum.kind == kind) && "
        "(area == 'wide' || datum.near)"
    )
    base = (
        alt.Chart(shown)
        .transform_filter(in_year)
        .encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
    )
    tooltip = [
        alt.Tooltip("name", title="Place"),
        alt.Tooltip("what", title="What began"),
        alt.Tooltip("first", title="Since (or before)"),
        alt.Tooltip("id", title="Cite"),
    ]
    # Colours stand in the rows, so that they cannot mix with the scale of the land below.
    colour = alt.Color("colour:N", scale=None)
    marks = []
    for kind, shape in _SHAPES.items():
        of_kind = base.transform_filter(f"datum.kind == '{kind}'")
        look = {"shape": shape, "size": _SIZES[kind], "opacity": 1, "clip": True}
        planned = of_kind.transform_filter("datum.stage == 'planned'")
        done = of_kind.transform_filter("datum.stage == 'set up'")
        marks += [
            planned.mark_point(filled=False, fill="white", strokeWidth=2.5, **look).encode(
                color=colour, tooltip=tooltip
            ),
            done.mark_point(filled=True, stroke="white", strokeWidth=1, **look).encode(
                color=colour, tooltip=tooltip
            ),
        ]
    named = base.transform_filter("area == 'near' || !datum.near")
    names = [
        named.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, dy=dy, color=INK, fontSize=12, fontWeight=600, **edge)
        .encode(text=alt.Text("name"))
        for edge in ({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}, {})
        for side, (align, dx, dy) in _STANDS.items()
    ]
    return [*marks, *names]


def _names() -> alt.Chart:
    rows = pd.DataFrame(
        [
            {"view": view, "name": name, "longitude": longitude, "latitude": latitude}
            for view, name, longitude, latitude in _COUNTRY_NAMES
        ]
    )
    return names_on_map(rows).transform_filter("datum.view == area")


def _box() -> list[alt.Chart]:
    """Draw the frame of the near view on the wide one, with a word on what it is."""
    west, east, south, north = _NEAR_BOX
    corners = [(west, south), (west, north), (east, north), (east, south), (west, south)]
    lines = pd.DataFrame(
        [
            {"longitude": a[0], "latitude": a[1], "longitude2": b[0], "latitude2": b[1]}
            for a, b in itertools.pairwise(corners)
        ]
    )
    word = pd.DataFrame(
        [{"longitude": east, "latitude": north, "text": "closer: around the Tumen"}]
    )
    at = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
    return [
        alt.Chart(lines)
        .transform_filter("area == 'wide'")
        .mark_rule(color=QUIET, strokeDash=[4, 3])
        .encode(
            **at, longitude2=alt.Longitude2("longitude2:Q"), latitude2=alt.Latitude2("latitude2:Q")
        ),
        alt.Chart(word)
        .transform_filter("area == 'wide'")
        .mark_text(align="left", dx=6, dy=10, color=QUIET, fontSize=12, fontStyle="italic")
        .encode(**at, text=alt.Text("text")),
    ]


# ------------------------------------------------------------------ three names

_COUNTS = {2: "Two", 3: "Three", 4: "Four"}
_NAME_POINTS = {"RN01": (121.3, 46.6), "RN02": (134.6, 40.2), "RN03": (121.6, 36.9)}
_PLACE_SIDES = {
    "P61": "right",
    "P62": "below",
    "P16": "left",
    "P13": "left",
    "P17": "left",
    "P08": "below",
    "P27": "above",
}


def region_names_map(name: str = "all") -> Figure:
    """Draw the three rival names of the region, each around the places that its authors have in mind.

    Parameters
    ----------
    name : str
        ``"all"``, or the code of the country behind a name: ``"CHN"``, ``"JPN"`` or ``"KOR"``.

    Returns
    -------
    Figure
        The map; parameter ``name``.

    Raises
    ------
    ValueError
        `name` is none of these.
    """
    words = describe_region_name(name)
    rows = data.rows("region_names")
    spokes = pd.DataFrame([spoke for row in rows for spoke in _spokes(row)])
    titles = pd.DataFrame(
        [
            {
                "owner": row["owner"],
                "text": [*_broken(row["name"]), row["native_name"]],
                "longitude": _NAME_POINTS[row["id"]][0],
                "latitude": _NAME_POINTS[row["id"]][1],
                "colour": country_colour(row["owner"]),
            }
            for row in rows
        ]
    )
    at = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
    colour = alt.Color("colour:N", scale=None)
    shown = "name == 'all' || name == datum.owner"
    base = alt.Chart(spokes).transform_filter(shown).encode(**at)
    lines = base.mark_rule(strokeWidth=2.5, opacity=1).encode(
        longitude2=alt.Longitude2("longitude2:Q"),
        latitude2=alt.Latitude2("latitude2:Q"),
        color=colour,
    )
    dots = base.mark_circle(size=110, opacity=1, stroke="white").encode(color=colour)
    texts = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, dy=dy, color=INK, fontSize=12)
        .encode(text=alt.Text("place"))
        for side, (align, dx, dy) in _STANDS.items()
    ]
    big = [
        alt.Chart(titles)
        .transform_filter(shown)
        .mark_text(fontSize=14, fontWeight=700, lineHeight=17, **edge)
        .encode(**at, text=alt.Text("text"))
        for edge in ({"stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}, {})
    ]
    centre, scale = _VIEWS["wide"]
    chart = completed(
        alt.layer(land("northeast_asia"), lines, dots, *texts, *big).project(
            "mercator", center=centre, scale=scale
        ),
        alt.param(name="name", value=name),
        width=620,
        height=470,
        view=alt.ViewConfig(fill=SEA, stroke=BORDER),
        title=f"{_COUNTS[len(rows)]} names for one region, each with a different country in the middle",
    )
    table = data.table("region_names")[["id", "name", "native_name", "owner", "stands_behind"]]
    note = "Rows RN01 to RN03. Places are examples of those that each plan names. " + BORDERS_NOTE
    return Figure(chart, f"Map with three names. {words}", table, note, ("name",))


def describe_region_name(name: str) -> str:
    """Say who stands behind a name and what they hope for; ``"all"`` says it of each."""
    rows = [row for row in data.rows("region_names") if name in ("all", row["owner"])]
    if not rows:
        owners = ", ".join(row["owner"] for row in data.rows("region_names"))
        raise ValueError(f"name is {name!r}; it must be one of all, {owners}.")
    return " ".join(
        f"{row['name']}: {row['stands_behind']}. They look for: "
        f"{row['stress'][0].lower()}{row['stress'][1:]}."
        for row in rows
    )


def _spokes(row: data.Row) -> list[dict[str, object]]:
    """Give a line from the middle of a name's places to each of them."""
    sites = [data.find(place) for place in row["places"].split(";")]
    middle = [
        sum(float(site[column]) for site in sites) / len(sites)
        for column in ("longitude", "latitude")
    ]
    return [
        {
            "owner": row["owner"],
            "colour": country_colour(row["owner"]),
            "place": site["name"],
            "longitude": float(site["longitude"]),
            "latitude": float(site["latitude"]),
            "longitude2": middle[0],
            "latitude2": middle[1],
            "side": _PLACE_SIDES.get(site.id, "right"),
        }
        for site in sites
    ]


def _broken(name: str) -> list[str]:
    """Break a name in two lines before its last two words."""
    words = name.split()
    return [" ".join(words[:-2]), " ".join(words[-2:])]
