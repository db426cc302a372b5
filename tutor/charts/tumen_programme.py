"""Charts of lesson 06: the river, the layers, the ways to run a zone, the seats, the money, gravity."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from types import MappingProxyType

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.maps import (
    BORDERS_NOTE,
    land,
    names_on_map,
    place_marks,
    place_rows,
    river,
    shapes,
)
from tutor.charts.palette import (
    ACCENT,
    BORDER,
    INK,
    SEA,
    country_colour,
    country_scale,
)
from tutor.derived import tumen_programme as derived
from tutor.derived.tumen_programme import FALLEN, PairTrade, predictions, river_at

# ------------------------------------------------------------------ the river

STEP = 5
"""Kilometres between two places of the boat."""

_RIVER_SIDES = {
    "P10": "right",
    "P08": "right",
    "P06": "right",
    "P07": "left",
    "P33": "right",
    "P03": "left",
}


def boat_stops() -> tuple[int, ...]:
    """Give the kilometres below Tumen city at which the boat can stand; the last is the sea."""
    whole = derived.river()[-1].travelled
    return tuple(range(0, round(whole / STEP) * STEP + 1, STEP))


def tumen_river_map(travelled: int = 0) -> Figure:
    """Draw the Tumen from Tumen city to the sea, with a boat and the owners of both banks.

    Parameters
    ----------
    travelled : int
        Where the boat stands: kilometres below Tumen city, 0 to 150 in steps of 5.

    Returns
    -------
    Figure
        The map, and below it the river drawn straight; parameter ``travelled``.

    Raises
    ------
    ValueError
        The boat cannot stand there.
    """
    words = describe_boat(travelled)
    shown = place_rows(("P01", "P02", "P10", "P08", "P06", "P04", "P31"), _RIVER_SIDES)
    stops = pd.DataFrame([_stop(at) for at in boat_stops()])
    boat = (
        alt.Chart(stops)
        .transform_filter("datum.travelled == travelled")
        .mark_point(shape="triangle-down", size=230, filled=True, color=INK, opacity=1, yOffset=-9)
        .encode(longitude=alt.Longitude("longitude:Q"), latitude=alt.Latitude("latitude:Q"))
    )
    last = alt.Chart(alt.Data(values=[_line(derived.travelled_to("P02"))])).mark_geoshape(
        filled=False, stroke=ACCENT, strokeWidth=4, clip=True
    )
    upper = completed(
        alt.layer(land("lower_tumen"), river(), last, _river_names(), *place_marks(shown), boat)
        # In a chart of two parts the middle of the view has to be said.
        .project("mercator", scale=23000, center=[130.42, 42.63], translate=[300, 220]),
        width=600,
        height=440,
        view=alt.ViewConfig(fill=SEA),
    )
    chart = completed(
        alt.vconcat(upper, _banks(stops)),
        alt.param(name="travelled", value=travelled),
        title=f"China holds a bank almost to the end; the last {_last_km()} km it does not",
    )
    alternative = (
        "Map of the Tumen from Tumen city to the sea, with the river drawn straight below it. The right "
        f"bank is North Korea's all the way. The left bank is China's to the tripoint and Russia's from "
        f"there on. {words}"
    )
    table = stops[["travelled", "to_sea", "left_bank", "right_bank"]]
    note = (
        "Orange: the last stretch. Left and right as you look downstream. The line is good to about 3 km "
        "and leaves out meanders. " + BORDERS_NOTE
    )
    return Figure(chart, alternative, table, note, ("travelled",))


def describe_boat(travelled: int) -> str:
    """Say where the boat stands and who owns the banks there."""
    if isinstance(travelled, bool) or travelled not in boat_stops():
        raise ValueError(
            f"travelled is {travelled!r}; the boat can stand at 0 to {boat_stops()[-1]} kilometres "
            f"below Tumen city, in steps of {STEP}."
        )
    stop = _stop(travelled)
    near = _landmark(travelled)
    if stop["to_sea"] == 0:
        return "The sea. Left bank: Russia. Right bank: North Korea. China is behind you."
    passed = " You have passed the last point of China." if stop["left_bank"] == "Russia" else ""
    return (
        f"{travelled} km below Tumen city, {stop['to_sea']} km from the sea{near}. Left bank: "
        f"{stop['left_bank']}. Right bank: {stop['right_bank']}.{passed}"
    )


def _stop(travelled: int) -> dict[str, object]:
    whole = derived.river()[-1].travelled
    last = travelled == boat_stops()[-1]
    point = river_at(whole if last else travelled)
    return {
        "travelled": travelled,
        "to_sea": 0 if last else round(whole - travelled),
        "longitude": round(point.longitude, 4),
        "latitude": round(point.latitude, 4),
        "left_bank": _name(point.left),
        "right_bank": _name(point.right),
    }


def _landmark(travelled: int) -> str:
    for place, words in (
        ("P10", ", at Tumen city"),
        ("P06", ", near the road bridge of Quanhe and Wonjong"),
        ("P04", ", near Fangchuan, the last Chinese village"),
        ("P02", ", at the point where three states meet"),
    ):
        if abs(derived.travelled_to(place) - travelled) <= STEP / 2:
            return words
    return ""


def _last_km() -> int:
    return round(derived.river()[-1].travelled - derived.travelled_to("P02"))


def _line(start: float) -> dict[str, object]:
    points = [[p.longitude, p.latitude] for p in derived.river() if p.travelled >= start]
    geometry = {"type": "LineString", "coordinates": points}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _river_names() -> alt.Chart:
    names = (
        ("CHINA", 130.62, 42.93),
        ("RUSSIA", 130.72, 42.73),
        ("NORTH KOREA", 130.05, 42.60),
        ("Sea of Japan (East Sea)", 130.93, 42.33),
    )
    return _map_names(names)


def _map_names(names: tuple[tuple[str, float, float], ...]) -> alt.Chart:
    rows = [{"name": n, "longitude": x, "latitude": y} for n, x, y in names]
    return names_on_map(pd.DataFrame(rows))


def _banks(stops: pd.DataFrame) -> alt.LayerChart:
    """Draw the river straight: who owns the left bank above, the right bank below."""
    whole, end = derived.river()[-1].travelled, derived.travelled_to("P02")
    rows = pd.DataFrame(
        [
            {"bank": bank, "code": code, "from": start, "to": stop, "name": _name(code)}
            for bank, code, start, stop in (
                ("left bank", "CHN", 0, end),
                ("left bank", "RUS", end, whole),
                ("right bank", "PRK", 0, whole),
            )
        ]
    )
    rows["middle"] = (rows["from"] + rows["to"]) / 2
    codes, colours = country_scale(["CHN", "RUS", "PRK"])
    base = alt.Chart(rows).encode(y=alt.Y("bank:N", title=None, axis=alt.Axis(ticks=False)))
    bars = base.mark_bar(height=22).encode(
        x=alt.X(
            "from:Q",
            title="kilometres below Tumen city",
            scale=alt.Scale(domain=[0, math.ceil(whole)], nice=False),
            axis=alt.Axis(grid=False, values=list(range(0, 151, 25))),
        ),
        x2=alt.X2("to:Q"),
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
    )
    names = base.mark_text(color="white", fontWeight=600, fontSize=12).encode(
        x=alt.X("middle:Q"), text=alt.Text("name:N")
    )
    here = (
        alt.Chart(stops)
        .transform_filter("datum.travelled == travelled")
        .mark_rule(color=INK, strokeWidth=3)
        .encode(x=alt.X("travelled:Q"))
    )
    return completed(alt.layer(bars, names, here), width=530, height=60)


def _name(code: str) -> str:
    return next(row["name"] for row in data.rows("country_names") if row["code"] == code)


# ------------------------------------------------------------------ the layers

LAYERS = {row["key"]: row["name"] for row in data.rows("programme_layers")}
"""The three layers, the smallest first, with their full names."""

CORNERS = {"Vladivostok": "the papers of 1991", "Nakhodka": "the plan of 1994"}
"""The eastern corner of TEDA, and who drew it so."""

_VIEWS = {
    "TREZ": ([130.58, 42.56], 25500),
    "TEDA": ([131.2, 42.5], 7700),
    "NEARDA": ([128.2, 45.5], 640),
}
_LAYER_NAMES = {
    "TREZ": (
        ("CHINA", 130.52, 42.86),
        ("RUSSIA", 130.95, 42.74),
        ("NORTH KOREA", 130.13, 42.42),
        ("Sea of Japan (East Sea)", 130.92, 42.36),
    ),
    "TEDA": (
        ("CHINA", 130.0, 43.4),
        ("RUSSIA", 132.3, 43.4),
        ("NORTH KOREA", 129.3, 41.6),
        ("Sea of Japan (East Sea)", 131.7, 42.0),
    ),
    "NEARDA": (
        ("Mongolia", 106.5, 46.4),
        ("Northeast China", 124.3, 46.0),
        ("Russian Far East", 131.0, 53.2),
        ("North Korea", 132.2, 40.2),
        ("South Korea", 132.6, 36.9),
        ("Japan: in no layer", 147.2, 37.4),
    ),
}
_LAYER_PLACES = {"TREZ": ("P08", "P31", "P44"), "TEDA": ("P11", "P48", "P27", "P28")}


def programme_layers(layer: str = "TREZ", corner: str = "Vladivostok") -> Figure:
    """Draw one of the three layers of the programme, with the smaller ones inside it.

    Parameters
    ----------
    layer : str
        ``"TREZ"``, ``"TEDA"`` or ``"NEARDA"``.
    corner : str
        The eastern corner of TEDA: ``"Vladivostok"`` or ``"Nakhodka"``.

    Returns
    -------
    Figure
        A map that zooms with the layer; parameters ``layer`` and ``corner``.

    Raises
    ------
    ValueError
        A setting is none of these.
    """
    words = describe_layer(layer, corner)
    centres = json.dumps({name: view[0] for name, view in _VIEWS.items()})
    scales = json.dumps({name: view[1] for name, view in _VIEWS.items()})
    near = "layer != 'NEARDA'"
    chart = completed(
        alt.layer(
            land("northeast_asia", "layer == 'NEARDA'"),
            land("lower_tumen", near),
            river().transform_filter(near),
            _whole_countries(),
            *_triangles(),
            *(_map_names(names).transform_filter(_at(key)) for key, names in _LAYER_NAMES.items()),
            *(
                mark.transform_filter(_at(key))
                for key, places in _LAYER_PLACES.items()
                for mark in place_marks(
                    place_rows(
                        places, {"P08": "right", "P48": "left", "P11": "left", "P28": "right"}
                    )
                )
            ),
        ).project(
            "mercator", center=alt.expr(f"{centres}[layer]"), scale=alt.expr(f"{scales}[layer]")
        ),
        alt.param(name="layer", value=layer),
        alt.param(name="corner", value=corner),
        width=620,
        height=440,
        view=alt.ViewConfig(fill=SEA),
        title=alt.Title(text=alt.expr(f"{json.dumps(_layer_titles())}[layer]")),
    )
    note = (
        "Orange: TREZ; dashed: TEDA; tinted: NEARDA. The map has no borders of provinces: the parts of "
        "China and Russia are named, not outlined. " + BORDERS_NOTE
    )
    alternative = f"Map of the layers of the Tumen programme. {words}"
    return Figure(chart, alternative, _layer_table(), note, ("layer", "corner"))


def describe_layer(layer: str, corner: str = "Vladivostok") -> str:
    """Say where a layer lies, how large it is, how many live there and how it was to work."""
    if layer not in LAYERS:
        raise ValueError(f"layer is {layer!r}; it must be one of {', '.join(LAYERS)}.")
    if corner not in CORNERS:
        raise ValueError(f"corner is {corner!r}; it must be one of {', '.join(CORNERS)}.")
    row = next(row for row in data.rows("programme_layers") if row["key"] == layer)
    works = f"It was to work by {row['works_by']}."
    if layer == "TREZ":
        return (
            f"TREZ lies {row['lies']}. The papers give it {int(row['planned_km2']):,} square kilometres; "
            f"the triangle on this map has {_hundreds('TREZ')}. Its people: not counted in any source "
            f"that the course has seen. {works}"
        )
    if layer == "TEDA":
        corners = f"Yanji, Chongjin and {corner}"
        return (
            f"TEDA lies between {corners}, so {CORNERS[corner]} draw it. The papers give it "
            f"{int(row['planned_km2']):,} square kilometres; this triangle, with the sea inside it, has "
            f"{_hundreds('TEDA_' + corner)}. Its people, by the plan of {row['people_year']}: "
            f"{row['people_million']} million. {works}"
        )
    return (
        f"NEARDA takes in {row['lies']}: {derived.hinterland_area() / 1e6:.1f} million square kilometres "
        f"and {derived.hinterland_people():.0f} million people, added up from its parts. TEDA is the dashed "
        f"speck by the sea. Japan is in no layer. {works}"
    )


def _hundreds(polygon: str) -> str:
    return f"{round(derived.triangle_area(polygon), -2):,.0f}"


def _layer_titles() -> dict[str, str]:
    parts = derived.hinterland_area() / float(data.find("LY01")["planned_km2"])
    return {
        "TREZ": f"TREZ: a triangle of {_hundreds('TREZ')} square kilometres, with one corner in each state",
        "TEDA": "TEDA: ports and railways around the zone in its middle",
        "NEARDA": f"NEARDA: some {round(parts, -3):,.0f} times as large as the zone in its middle",
    }


def _at(layer: str) -> str:
    return f"layer == '{layer}'"


def _triangles() -> list[alt.Chart]:
    """Draw TREZ in every view and TEDA in all but the nearest."""
    teda = [_polygon(f"TEDA_{corner}", corner) for corner in CORNERS]
    return [
        alt.Chart(alt.Data(values=teda))
        .transform_filter("datum.properties.corner == corner && layer != 'TREZ'")
        .mark_geoshape(
            fill=INK, fillOpacity=0.1, stroke=INK, strokeWidth=2, strokeDash=[6, 4], clip=True
        ),
        alt.Chart(alt.Data(values=[_polygon("TREZ", "")]))
        .transform_filter("layer != 'NEARDA'")
        .mark_geoshape(fill=ACCENT, fillOpacity=0.3, stroke=ACCENT, strokeWidth=2.5, clip=True),
    ]


def _polygon(name: str, corner: str) -> dict[str, object]:
    """Give a triangle as a feature; its corners run clockwise, as d3-geo wants them."""
    ring = [list(point) for point in derived.corners(name)]
    (x1, y1), (x2, y2), (x3, y3) = ring
    if (x2 - x1) * (y3 - y1) - (x3 - x1) * (y2 - y1) > 0:
        ring.reverse()
    geometry = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return {"type": "Feature", "properties": {"corner": corner}, "geometry": geometry}


def _whole_countries() -> alt.Chart:
    """Tint the states that lie in NEARDA as a whole."""
    whole = "indexof(['MNG', 'KOR', 'PRK'], datum.properties.id) >= 0"
    return shapes("northeast_asia", whole, "layer == 'NEARDA'").mark_geoshape(
        fill=ACCENT, fillOpacity=0.22, clip=True
    )


def _layer_table() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "layer": "TREZ",
                "part": "triangle Hunchun, Rajin, Posyet",
                "thousand_km2": round(derived.triangle_area("TREZ") / 1000, 1),
                "people_million": None,
            },
            *(
                {
                    "layer": "TEDA",
                    "part": f"triangle Yanji, Chongjin, {corner}",
                    "thousand_km2": round(derived.triangle_area(f"TEDA_{corner}") / 1000, 1),
                    "people_million": 3.0 if corner == "Nakhodka" else None,
                }
                for corner in CORNERS
            ),
            *(
                {
                    "layer": "NEARDA",
                    "part": row["name"],
                    "thousand_km2": float(row["area_thousand_km2"]),
                    "people_million": derived.part_people(row),
                }
                for row in data.rows("layer_parts")
            ),
        ]
    )


# ------------------------------------------------------------------ who decides

MATTERS = {row["matter"]: row["question"] for row in data.rows("zone_powers")}
"""The matters, each as a question."""

_WHO = {
    "each": "each state for itself",
    "in step": "each state, in step with the others",
    "together": "one common body",
    "open": "nobody has said",
}
_WEDGES = {"CHN": (-60, 60), "RUS": (60, 180), "PRK": (180, 300)}


def zone_options(matter: str = "land") -> Figure:
    """Draw the three ways to run the zone, coloured by who decides one matter.

    Parameters
    ----------
    matter : str
        ``"land"``, ``"area"``, ``"rules"``, ``"office"``, ``"ports"`` or ``"conflict"``.

    Returns
    -------
    Figure
        Three pictures side by side; parameter ``matter``.

    Raises
    ------
    ValueError
        There is no such matter.
    """
    words = describe_option(matter)
    options = data.rows("zone_options")
    titles = {m: _matter_title(m) for m in MATTERS}
    chart = completed(
        alt.hconcat(*(_picture(option["id"], option["key"], option["name"]) for option in options)),
        alt.param(name="matter", value=matter),
        title=alt.Title(text=alt.expr(f"{json.dumps(titles)}[matter]")),
    )
    alternative = (
        "Three pictures of the tri-border area, one for each way to run the zone: zones apart, one area "
        f"in three parts, one joint area. {words}"
    )
    table = pd.DataFrame(
        [
            {
                "matter": row["matter"],
                "way": data.find(row["option"])["name"],
                "who decides": _WHO[row["who"]],
                "basis": row["basis"],
                "id": row["id"],
            }
            for row in data.rows("zone_powers")
        ]
    )
    note = (
        "Sketches, not maps. Full colour: that state decides. Pale: it decides in step with the others. "
        "Orange: one common body decides. Grey: nobody has said."
    )
    return Figure(chart, alternative, table, note, ("matter",))


def describe_option(matter: str) -> str:
    """Say who decides a matter under each of the three ways, and whether the sources say so."""
    if matter not in MATTERS:
        raise ValueError(f"matter is {matter!r}; it must be one of {', '.join(MATTERS)}.")
    rows = [row for row in data.rows("zone_powers") if row["matter"] == matter]
    parts = [
        f"{data.find(row['option'])['name']}: {_WHO[row['who']]}. {row['why']}"
        + (" (Our reading.)" if row["basis"] == "inferred" else "")
        for row in rows
    ]
    return f"{MATTERS[matter]} " + " ".join(parts)


def _matter_title(matter: str) -> str:
    """Say in how many of the three ways something else than each state alone decides."""
    who = [row["who"] for row in data.rows("zone_powers") if row["matter"] == matter]
    joint = who.count("together")
    if "open" in who:
        return f"{MATTERS[matter]} In the joint zone, nobody has said"
    if joint:
        return f"{MATTERS[matter]} A common body in {joint} of 3 ways"
    return f"{MATTERS[matter]} The state, in all 3 ways"


def _picture(option: str, key: str, name: str) -> alt.LayerChart:
    size, outer, inner = 190, 92, 52
    pieces = pd.DataFrame(
        [
            {
                "matter": row["matter"],
                "who": row["who"],
                "code": code,
                "start": math.radians(start),
                "end": math.radians(stop),
                "x": 0.40 * math.sin(math.radians((start + stop) / 2)),
                "y": 0.40 * math.cos(math.radians((start + stop) / 2)),
                "fill": ACCENT
                if row["who"] == "together"
                else "#B9B9B9"
                if row["who"] == "open"
                else country_colour(code),
                "opacity": 0.45 if row["who"] == "in step" else 0.95,
            }
            for row in data.rows("zone_powers")
            if row["option"] == option
            for code, (start, stop) in _WEDGES.items()
        ]
    )
    states = pd.DataFrame(
        [
            {
                "code": code,
                "name": _name(code),
                "start": math.radians(start),
                "end": math.radians(stop),
                "x": 0.79 * math.sin(math.radians((start + stop) / 2)),
                "y": 0.79 * math.cos(math.radians((start + stop) / 2)),
            }
            for code, (start, stop) in _WEDGES.items()
        ]
    )
    codes, colours = country_scale(list(_WEDGES))
    wedge = {
        "theta": alt.Theta("start:Q", scale=None),
        "theta2": alt.Theta2("end:Q"),
    }
    ground = (
        alt.Chart(states)
        .mark_arc(outerRadius=outer, fillOpacity=0.14, stroke=BORDER, strokeWidth=1)
        .encode(
            **wedge,
            color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
        )
    )
    here = alt.Chart(pieces).transform_filter("datum.matter == matter")
    across = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1, 1]))
    upright = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1, 1]))
    filled = {
        "fill": alt.Fill("fill:N", scale=None),
        "fillOpacity": alt.FillOpacity("opacity:Q", scale=None),
    }
    if key == "separate":
        zone = here.mark_point(
            shape="circle", size=640, stroke=INK, strokeWidth=1, opacity=1
        ).encode(x=across, y=upright, **filled)
    else:
        zone = here.mark_arc(
            outerRadius=inner,
            stroke="white" if key == "adjoining" else None,
            strokeWidth=5 if key == "adjoining" else 0,
        ).encode(**wedge, **filled)
    labels = (
        alt.Chart(states)
        .mark_text(fontSize=12, color=INK, lineBreak=" ")
        .encode(x=across, y=upright, text=alt.Text("name:N"))
    )
    return completed(
        alt.layer(ground, zone, labels),
        width=size,
        height=size,
        title=alt.Title(text=name, fontSize=13, anchor="middle", offset=4),
    )


# ------------------------------------------------------------------ who sat where

_SEAT_ROWS = ("CHN", "MNG", "KOR", "PRK", "RUS", "JPN", "FIN")
_SEAT_MARKS = {"unclear": "?", "absent": "×", "not recorded": "·", "not a party": "–"}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def committee_seats() -> Figure:
    """Draw which state sat at which table of the programme, 1991 to 1995.

    Returns
    -------
    Figure
        Meetings as columns, states as rows, a mark for each seat.
    """
    meetings = data.rows("meetings")
    order = [_column(row) for row in meetings]
    columns = {row["id"]: _column(row) for row in meetings}
    rows = pd.DataFrame(
        [
            {
                "meeting": columns[row["meeting"]],
                "state": "Soviet Union, Russia" if row["actor"] == "RUS" else _name(row["actor"]),
                "code": row["actor"],
                "seat": row["seat"],
                "mark": _SEAT_MARKS.get(row["seat"], ""),
                "note": row["note"],
                "id": row["id"],
            }
            for row in data.rows("meeting_seats")
        ]
    )
    states = ["Soviet Union, Russia" if code == "RUS" else _name(code) for code in _SEAT_ROWS]
    codes, colours = country_scale(list(_SEAT_ROWS))
    base = alt.Chart(rows).encode(
        x=alt.X(
            "meeting:N",
            sort=order,
            title=None,
            axis=alt.Axis(
                orient="top",
                labelAngle=0,
                labelPadding=44,
                labelExpr="split(datum.label, '|')",
                ticks=False,
                domain=False,
            ),
        ),
        y=alt.Y(
            "state:N", sort=states, title=None, axis=alt.Axis(ticks=False, domain=False, grid=True)
        ),
        tooltip=[
            alt.Tooltip("state"),
            alt.Tooltip("seat"),
            alt.Tooltip("note"),
            alt.Tooltip("id", title="Cite"),
        ],
    )
    colour = alt.Scale(domain=codes, range=colours)
    members = (
        base.transform_filter("datum.seat == 'member'")
        .mark_circle(size=330, opacity=1)
        .encode(color=alt.Color("code:N", scale=colour, legend=None))
    )
    observers = (
        base.transform_filter("datum.seat == 'observer'")
        .mark_point(size=230, strokeWidth=2.5, opacity=1, fill="white")
        .encode(stroke=alt.Stroke("code:N", scale=colour, legend=None))
    )
    others = base.mark_text(fontSize=20, fontWeight=600, color=INK).encode(text=alt.Text("mark:N"))
    first, last = len(derived.seats("MT2")), len(derived.seats("MT4"))
    chart = completed(
        alt.layer(members, observers, others),
        width=8 * 62,
        height=7 * 34,
        title=f"From {first} full members in 1991 to {last} in 1992; Japan never took a full seat",
    )
    alternative = "Which state sat at which meeting of the Tumen programme. " + " ".join(
        f"{row['place']}, {_month(row['date'])}: {_seated(row)}." for row in meetings
    )
    note = (
        "Disc: full member or signatory. Ring: observer. ? sources disagree. × a member that stayed away. "
        "– did not sign. Dot: our sources do not say. UNDP took part in all."
    )
    table = rows[["meeting", "state", "seat", "note", "id"]].copy()
    table["meeting"] = table["meeting"].str.replace("|", " ")
    return Figure(chart, alternative, table, note)


def _month(date: str) -> str:
    return f"{_MONTHS[int(date[5:7]) - 1]} {date[:4]}"


def _column(row: Mapping[str, str]) -> str:
    return f"{row['place'].replace('Ulaanbaatar', 'Ulaan-|baatar')}|{_month(row['date']).replace(' ', '|')}"


def _seated(meeting: Mapping[str, str]) -> str:
    groups = [
        f"{word} {', '.join(_name_then(code, meeting['date']) for code in found)}"
        for seat, word in (
            ("member", "members"),
            ("observer", "observers"),
            ("unclear", "standing unclear"),
            ("absent", "absent"),
        )
        if (found := derived.seats(meeting["id"], seat))
    ]
    return "; ".join(groups)


def _name_then(code: str, date: str) -> str:
    return _name("SUN" if code == "RUS" and date < "1992" else code)


# ------------------------------------------------------------------ the money

ZOOMS = (1, 2, 3, 4, 5)
"""Steps of the zoom on the money: each shows ten times less."""

_KINDS = MappingProxyType(
    {
        "needed": ("white", INK),
        "talked about": ("white", ACCENT),
        "promised": ("#E7B08F", ACCENT),
        "spent": (ACCENT, ACCENT),
    }
)


def programme_money(zoom: int = 1) -> Figure:
    """Draw the sums of money named in connection with the programme, to one scale.

    Parameters
    ----------
    zoom : int
        1 shows 30 billion dollars across the chart, each further step ten times less, down to 5.

    Returns
    -------
    Figure
        One bar a sum; parameter ``zoom``.

    Raises
    ------
    ValueError
        The zoom is none of these.
    """
    words = describe_money(zoom)
    rows = pd.DataFrame(_sums())
    ends = json.dumps([_end(step) for step in ZOOMS])
    shown = (
        alt.Chart(rows)
        .transform_calculate(end=f"{ends}[zoom - 1]")
        .transform_calculate(
            drawn="min(datum.million, datum.end) / datum.end",
            beyond="datum.million > datum.end",
        )
        .transform_calculate(
            label="format(datum.million, ',') + (datum.beyond ? ' (far off this scale)' : '')"
        )
        .encode(
            y=alt.Y("name:N", sort=None, title=None, axis=alt.Axis(labelLimit=260, ticks=False))
        )
    )
    across = alt.X("drawn:Q", scale=alt.Scale(domain=[0, 1]), axis=None)
    bars = shown.mark_bar(height=17, strokeWidth=1.5).encode(
        x=across,
        fill=alt.Fill(
            "kind:N",
            scale=alt.Scale(domain=list(_KINDS), range=[k[0] for k in _KINDS.values()]),
            legend=None,
        ),
        stroke=alt.Stroke(
            "kind:N",
            scale=alt.Scale(domain=list(_KINDS), range=[k[1] for k in _KINDS.values()]),
            legend=None,
        ),
        strokeDash=alt.condition(
            "datum.kind == 'needed' || datum.kind == 'talked about'",
            alt.value([4, 3]),
            alt.value([1, 0]),
        ),
        tooltip=[
            alt.Tooltip("name"),
            alt.Tooltip("kind"),
            alt.Tooltip("payer"),
            alt.Tooltip("million", title="million dollars"),
            alt.Tooltip("note"),
        ],
    )
    inside = (
        shown.transform_filter("datum.drawn > 0.5")
        .mark_text(align="right", dx=-6, fontSize=12)
        .encode(color=alt.condition("datum.kind == 'spent'", alt.value("white"), alt.value(INK)))
    )
    beside = shown.transform_filter("datum.drawn <= 0.5").mark_text(
        align="left", dx=5, color=INK, fontSize=12
    )
    titles = {step: _money_title(step) for step in ZOOMS}
    chart = completed(
        alt.layer(
            bars,
            *(text.encode(x=across, text=alt.Text("label:N")) for text in (inside, beside)),
        ),
        alt.param(name="zoom", value=zoom),
        width=360,
        height=len(rows) * 28,
        title=alt.Title(text=alt.expr(f"{json.dumps(titles)}[zoom]")),
    )
    note = (
        "Millions of dollars. Dashed: needed or only talked about. Pale: promised. Full: reported as spent. "
        'Sources: cite("PM01") and so on.'
    )
    table = rows[["id", "name", "kind", "million", "payer", "note"]]
    alternative = f"Bars of money named in connection with the Tumen programme. {words}"
    return Figure(chart, alternative, table, note, ("zoom",))


def describe_money(zoom: int) -> str:
    """Say how much the whole width stands for and which sums can be seen at that scale."""
    if isinstance(zoom, bool) or zoom not in ZOOMS:
        raise ValueError(f"zoom is {zoom!r}; it must be a whole number from 1 to {ZOOMS[-1]}.")
    end = _end(zoom)
    # What takes less than a hundredth of the width is a line and no longer a bar.
    seen = [row for row in _sums() if row["million"] >= end / 100]
    off = [row["name"] for row in _sums() if row["million"] > end]
    fits = [f"{row['name']} ({row['million']:,g})" for row in seen if row["million"] <= end]
    said = f"The full width is {end:,} million dollars. Bars you can see: {'; '.join(fits)}."
    return said + (f" Off the scale: {'; '.join(off)}." if off else "")


def _end(zoom: int) -> int:
    return round(derived.sum_of("PM01") / 10 ** (zoom - 1))


def _money_title(zoom: int) -> str:
    seen = sum(row["million"] >= _end(zoom) / 100 for row in _sums())
    if zoom == 1:
        return f"At the scale of what was needed you can see {seen} of {len(_sums())} sums"
    times = f"{10 ** (zoom - 1):,}"
    return f"Magnified {times} times: {seen} of {len(_sums())} sums can be seen"


def _sums() -> list[dict[str, object]]:
    rows = [
        {
            "id": row["id"],
            "name": row["name"],
            "kind": row["kind"],
            "payer": row["payer"],
            "million": derived.sum_of(row["id"]),
            "note": row["note"],
        }
        for row in data.rows("programme_money")
    ]
    return sorted(rows, key=lambda row: -row["million"])


# ------------------------------------------------------------------ gravity

FALLEN_WORDS = {
    "none": "none of them",
    "closed border": "the closed border",
    "no relations": "the lack of relations",
    "planned economy": "the planned economy",
    "no direct link": "the lack of a direct link",
    "all": "all of them",
}
RUSSIA_WORDS = {"Moscow": "Moscow, its capital", "Vladivostok": "Vladivostok, its far east"}
OUTPUT_WORDS = {
    "bank": "20.5 billion (Bank of Korea)",
    "low": "14.7 billion (lowest figure)",
}


def hidden_trade(fallen: str = "none", russia_from: str = "Moscow", output: str = "bank") -> Figure:
    """Draw the trade that the gravity model predicts for each pair, before and after barriers fall.

    Parameters
    ----------
    fallen : str
        What falls: ``"none"``, ``"closed border"``, ``"no relations"``, ``"planned economy"``, ``"no
        direct link"`` or ``"all"``.
    russia_from : str
        Where Russia's distances are measured from: ``"Moscow"`` or ``"Vladivostok"``.
    output : str
        North Korea's output: ``"bank"`` (the Bank of Korea's estimate) or ``"low"``.

    Returns
    -------
    Figure
        One row a pair, on a scale on which each step is ten times more; parameters as above.

    Raises
    ------
    ValueError
        A setting is none of these.
    """
    words = describe_gravity(fallen, russia_from, output)
    rows = pd.DataFrame(_gravity_rows())
    order = [_pair_name(p) for p in sorted(predictions(), key=lambda p: -p.trade)]
    base = (
        alt.Chart(rows)
        .transform_filter(
            "datum.fallen == fallen && datum.russia_from == russia_from && datum.output == output"
        )
        .encode(
            y=alt.Y(
                "pair:N",
                sort=order,
                title=None,
                axis=alt.Axis(labelLimit=200, ticks=False, grid=True),
            ),
            tooltip=[
                alt.Tooltip("pair"),
                alt.Tooltip("trade:Q", title="predicted, million dollars", format=",.3~r"),
                alt.Tooltip("after:Q", title="after the fall", format=",.3~r"),
            ],
        )
    )
    scale = alt.Scale(type="log", domain=[0.05, 200_000])
    axis = alt.Axis(
        values=[0.1, 1, 10, 100, 1000, 10_000, 100_000],
        labelExpr="datum.value >= 1000 ? format(datum.value / 1000, ',') + ' bn' : datum.value + ' m'",
        grid=True,
    )
    across = alt.X(
        "trade:Q", scale=scale, axis=axis, title="dollars a year; each step is ten times more"
    )
    line = base.mark_rule(strokeWidth=3, color=ACCENT, opacity=1).encode(
        x=across, x2=alt.X2("after:Q")
    )
    before = base.mark_point(size=90, strokeWidth=2, stroke=INK, opacity=1).encode(
        x=across,
        fill=alt.Fill(
            "doubtful:N", scale=alt.Scale(domain=[True, False], range=["white", INK]), legend=None
        ),
    )
    after = (
        base.transform_filter("datum.after > datum.trade * 1.001")
        .mark_point(size=90, filled=True, color=ACCENT, opacity=1)
        .encode(x=alt.X("after:Q", scale=scale))
    )
    text = (
        base.transform_filter("datum.after > datum.trade * 1.001")
        .mark_text(align="left", dx=9, fontSize=12, color=INK)
        .encode(x=alt.X("after:Q", scale=scale), text=alt.Text("label:N"))
    )
    titles = json.dumps(_gravity_titles())
    chart = completed(
        alt.layer(line, before, after, text),
        alt.param(name="fallen", value=fallen),
        alt.param(name="russia_from", value=russia_from),
        alt.param(name="output", value=output),
        width=420,
        height=15 * 25,
        title=alt.Title(text=alt.expr(f"{titles}[fallen + '|' + russia_from + '|' + output]")),
    )
    note = (
        "Predicted trade of 1993, both ways. Hollow: pairs with North Korea, whose output nobody outside "
        "knows. Orange: what the barrier hid. A prediction, not a record."
    )
    alternative = f"Predicted trade of the fifteen pairs, on a logarithmic scale. {words}"
    return Figure(chart, alternative, _gravity_table(), note, ("fallen", "russia_from", "output"))


def describe_gravity(fallen: str, russia_from: str = "Moscow", output: str = "bank") -> str:
    """Say what falls, which pairs gain and how much."""
    pairs = predictions(fallen, russia_from, output)
    gaining = sorted((p for p in pairs if p.hidden > 0), key=lambda p: -p.hidden)
    start = f"Russia measured from {russia_from}, North Korea's output at {OUTPUT_WORDS[output]}."
    if not gaining:
        most, least = max(pairs, key=_trade), min(pairs, key=_trade)
        return (
            f"{start} No barrier falls. Most trade: {_pair_name(most)}, {_dollars(most.trade)}. Least: "
            f"{_pair_name(least)}, {_dollars(least.trade)}. The two Koreas: "
            f"{_dollars(next(p.trade for p in pairs if {p.a, p.b} == {'KOR', 'PRK'}))}."
        )
    told = "; ".join(
        f"{_pair_name(p)}, from {_dollars(p.trade)} to {_dollars(p.after)}" for p in gaining[:4]
    )
    gain = "One pair gains:" if len(gaining) == 1 else f"{len(gaining)} pairs gain, most of all"
    return f"{start} What falls: {FALLEN_WORDS[fallen]}. {gain} {told}."


def _trade(pair: PairTrade) -> float:
    return pair.trade


def _dollars(billions: float) -> str:
    """Write a sum to two figures: 5.4 billion, 110 million."""
    if billions >= 0.9995:
        return f"{billions:.0f} billion" if billions >= 9.95 else f"{billions:.1f} billion"
    millions = billions * 1000
    return f"{float(f'{millions:.2g}'):g} million"


def _pair_name(pair: PairTrade) -> str:
    return f"{_name(pair.a)} and {_name(pair.b)}"


def _gravity_titles() -> dict[str, str]:
    titles = {}
    for fallen in FALLEN:
        for russia_from in derived.RUSSIA_FROM:
            for output in derived.OUTPUTS:
                pairs = predictions(fallen, russia_from, output)
                most = max(pairs, key=lambda p: p.hidden)
                small = sum(p.trade < 1 for p in pairs)
                titles[f"{fallen}|{russia_from}|{output}"] = (
                    f"{small} of the 15 pairs are predicted to trade less than a billion dollars"
                    if fallen == "none"
                    else f"Most dollars hidden: {_pair_name(most)}, {_dollars(most.hidden)}"
                )
    return titles


def _gravity_rows() -> list[dict[str, object]]:
    return [
        {
            "fallen": fallen,
            "russia_from": russia_from,
            "output": output,
            "pair": _pair_name(p),
            "trade": float(f"{1000 * p.trade:.3g}"),
            "after": float(f"{1000 * p.after:.3g}"),
            "label": "+" + _dollars(p.hidden) if p.hidden else "",
            "doubtful": "PRK" in (p.a, p.b),
        }
        for fallen in FALLEN
        for russia_from in derived.RUSSIA_FROM
        for output in derived.OUTPUTS
        for p in predictions(fallen, russia_from, output)
    ]


def _gravity_table() -> pd.DataFrame:
    rows = []
    for pair in sorted(predictions("all"), key=lambda p: -p.trade):
        first, second = sorted((pair.a, pair.b))
        rows.append(
            {
                "a": first,
                "b": second,
                "kilometres": round(pair.distance),
                "barriers": ", ".join(pair.barriers) or "none",
                "trade_billion": float(f"{pair.trade:.3g}"),
                "hidden_billion": float(f"{pair.hidden:.3g}"),
            }
        )
    return pd.DataFrame(rows)
