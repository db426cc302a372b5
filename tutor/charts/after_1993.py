"""Lesson 10: members and stages after 1993, the scorecard, kinds of error, stall, and triangles."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.maps import BORDERS_NOTE, land, names_on_map, river
from tutor.charts.palette import ACCENT, BORDER, INK, QUIET, SEA, country_colour
from tutor.derived import after_1993 as derived

_CODE_OF = {
    "China": "CHN",
    "Mongolia": "MNG",
    "South Korea": "KOR",
    "Russia": "RUS",
    "North Korea": "PRK",
    "Japan": "JPN",
}
_DARK, _MIDDLE, _LIGHT = "#7A4A12", "#C99A5B", "#EBD9BE"
"""From heavy to light, for severity and for outcomes."""


# ------------------------------------------------------------------ who took part


def members_over_time() -> Figure:
    """Draw how long each state, and UNDP, took part in the Tumen programme and its successor.

    Returns
    -------
    Figure
        One bar a participant, 1991 to 2025.
    """
    rows = data.rows("programme_spans")
    last = derived.LAST_YEAR + 1
    bars = pd.DataFrame(
        [
            {
                "row": row["row"],
                "start": _time(row["start"]),
                "end": _time(row["end"]) if row["end"] else float(last),
                "role": row["role"],
                "label": row["label"] if row["label"] != row["role"] else "",
                "id": row["id"],
                "colour": country_colour(_CODE_OF.get(row["row"], "")),
            }
            for row in rows
        ]
    )
    moments = pd.DataFrame(
        [
            {"at": _time(data.find(event)["date"]), "text": text, "id": event}
            for event, text in (
                ("E109", "agreements signed"),
                ("E120", "Greater Tumen Initiative"),
            )
        ]
    )
    scale = alt.Scale(domain=[1991, last], nice=False, zero=False)
    x = alt.X(
        "start:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(format="d", values=[1991, 1995, 2000, 2005, 2010, 2015, 2020, 2025]),
    )
    y = alt.Y(
        "row:N",
        sort=[row["row"] for row in rows],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelPadding=8),
    )
    base = alt.Chart(bars).encode(y=y)
    at = alt.Chart(moments).encode(x=alt.X("at:Q", title=None, scale=scale))
    chart = completed(
        alt.layer(
            at.mark_rule(color=QUIET, strokeDash=[4, 3]),
            at.mark_text(align="left", dx=4, y=-8, color=QUIET).encode(text=alt.Text("text")),
            base.transform_filter("datum.role != 'observer'")
            .mark_bar(height=18)
            .encode(
                x=x,
                x2=alt.X2("end"),
                color=alt.Color("colour:N", scale=None),
                tooltip=[alt.Tooltip("role"), alt.Tooltip("id")],
            ),
            base.transform_filter("datum.role == 'observer'")
            .mark_bar(height=16, filled=False, strokeWidth=2, strokeDash=[5, 3])
            .encode(
                x=x,
                x2=alt.X2("end"),
                stroke=alt.Stroke("colour:N", scale=None),
                tooltip=[alt.Tooltip("role"), alt.Tooltip("id")],
            ),
            base.transform_filter(f"datum.label != '' && datum.end < {last}")
            .mark_text(align="left", dx=8)
            .encode(x=alt.X("end:Q", scale=scale), text=alt.Text("label")),
            base.transform_filter(f"datum.label != '' && datum.end == {last}")
            .mark_text(align="left", dx=95, fontStyle="italic")
            .encode(x=alt.X("start:Q", scale=scale), text=alt.Text("label")),
        ),
        width=500,
        height=alt.Step(32),
        title=alt.Title(
            f"{_number_word(len(derived.members_in(1996)))} members became "
            f"{_number_word(len(derived.members_in(derived.LAST_YEAR))).lower()}, "
            "and the body that began it left",
            offset=24,
        ),
    )
    alternative = "Bars from 1991 to 2025. " + " ".join(
        f"{row['row']}: {row['role']} since {row['start'][:4]}"
        + (f", until {row['end'][:4]}." if row["end"] else ".")
        for row in rows
    )
    table = bars[["id", "row", "role"]].assign(
        start=[row["start"] for row in rows], end=[row["end"] for row in rows]
    )
    note = 'Hollow: observer only. Where a bar comes from: cite("SN01") and on.'
    return Figure(chart, alternative, table, note)


def _time(date: str) -> float:
    year, month, day = [*(int(part) for part in date.split("-")), 1, 1][:3]
    return round(year + (month - 1) / 12 + (day - 1) / 365, 2)


def _number_word(number: int) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
    return words[number] if number < len(words) else str(number)


# ------------------------------------------------------------------ the map of the river

YEARS = tuple(range(derived.FIRST_YEAR, derived.LAST_YEAR + 1))
_CENTRE, _SCALE = [131.32, 42.76], 11000
_NAMES = (
    ("CHINA", 130.35, 43.12),
    ("RUSSIA", 132.2, 43.45),
    ("NORTH KOREA", 130.0, 42.5),
    ("Sea of Japan (East Sea)", 131.7, 42.35),
)
_STANDS = {
    "right": ("left", 11, 0),
    "left": ("right", -11, 0),
    "above": ("center", 0, -17),
    "below": ("center", 0, 18),
}
_COUNTRY_OF = {
    "Hunchun": "CHN",
    "Changchun-Jilin-Tumen": "CHN",
    "Nakhodka": "RUS",
    "Vladivostok free port": "RUS",
    "Rajin-Sonbong (Rason)": "PRK",
}
_MAP_NOTE = (
    "Squares: zones. Lines: railways; thick: trains run, thin and broken: stopped, dots: only planned "
    "or building. Railways older than the plans are left out. " + BORDERS_NOTE
)


def river_map(year: int = 1995) -> Figure:
    """Draw which zones and railways near the Tumen stood at the end of a year.

    Parameters
    ----------
    year : int
        1993 to 2025; the map shows 31 December.

    Returns
    -------
    Figure
        The map; parameter ``year``.

    Raises
    ------
    ValueError
        The year is none of these.
    """
    words = describe_river(year)
    shown = pd.DataFrame([_stage(row) for row in data.rows("river_stages")])
    base = alt.Chart(shown).transform_filter(
        "datum.first <= toNumber(year) && toNumber(year) <= datum.last"
    )
    at = {"longitude": "longitude:Q", "latitude": "latitude:Q"}
    tooltip = [
        alt.Tooltip("name", title="What"),
        alt.Tooltip("stage", title="Stage"),
        alt.Tooltip("what", title="In a sentence"),
        alt.Tooltip("id", title="Cite"),
    ]
    tracks = base.transform_filter("datum.kind == 'railway' && datum.longitude2 > 0").encode(
        **at,
        longitude2=alt.Longitude2("longitude2:Q"),
        latitude2=alt.Latitude2("latitude2:Q"),
        tooltip=tooltip,
    )
    looks = {
        "working": {"strokeWidth": 5, "color": INK},
        "stopped": {"strokeWidth": 2.5, "color": INK, "strokeDash": [7, 6]},
        "planned": {"strokeWidth": 3, "color": ACCENT, "strokeDash": [2, 4]},
    }
    zones = base.transform_filter("datum.kind == 'zone' && datum.stage == 'set up'")
    labels = base.encode(
        longitude=alt.Longitude("label_longitude:Q"),
        latitude=alt.Latitude("label_latitude:Q"),
        text=alt.Text("label"),
    )
    corners = _planned_triangle()
    chart = completed(
        alt.layer(
            land("lower_tumen"),
            river(),
            _country_names(),
            alt.Chart(corners)
            .transform_filter("toNumber(year) < datum.until")
            .mark_rule(color=ACCENT, strokeWidth=3, strokeDash=[2, 4])
            .encode(
                **at,
                longitude2=alt.Longitude2("longitude2:Q"),
                latitude2=alt.Latitude2("latitude2:Q"),
            ),
            *(
                tracks.transform_filter(f"datum.stage == '{stage}'").mark_rule(**look)
                for stage, look in looks.items()
            ),
            zones.mark_point(
                shape="square", filled=True, size=240, opacity=1, stroke="white", strokeWidth=1
            ).encode(**at, color=alt.Color("colour:N", scale=None), tooltip=tooltip),
            *(
                labels.transform_filter(f"datum.side == '{side}'")
                .mark_text(
                    align=align, dx=dx, dy=dy, color=INK, fontSize=12, fontWeight=600, **edge
                )
                .encode(text=alt.Text("label"))
                for edge in ({"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}, {})
                for side, (align, dx, dy) in _STANDS.items()
            ),
        ).project("mercator", center=_CENTRE, scale=_SCALE),
        alt.param(name="year", value=year),
        width=620,
        height=450,
        view=alt.ViewConfig(fill=SEA, stroke=BORDER),
        title=alt.Title(text=alt.expr(f"{json.dumps(_river_titles())}[year]")),
    )
    table = pd.DataFrame(
        [
            {"id": row["id"], "name": row["name"], "stage": row["stage"], "what": row["what"]}
            for row in derived.stages_in(year)
        ]
    )
    return Figure(chart, f"Map of the lower Tumen. {words}", table, _MAP_NOTE, ("year",))


def describe_river(year: int) -> str:
    """Say which zones and railways stand at the end of a year, and what changed in it."""
    rows = derived.stages_in(year)
    parts = [f"31 December {year}."]
    for stage, words in (
        ("set up", "Zones"),
        ("working", "Trains run"),
        ("stopped", "Trains have stopped"),
        ("planned", "Only planned or building"),
    ):
        names = [row["name"] for row in rows if row["stage"] == stage]
        if names:
            parts.append(f"{words}: {', '.join(names)}.")
    new = [row for row in rows if row["start"].startswith(str(year))]
    if new:
        parts.append("New this year: " + "; ".join(f"{r['name']}: {r['what']}" for r in new) + ".")
    return " ".join(parts)


def _river_titles() -> dict[str, str]:
    titles = {}
    for year in YEARS:
        rows = derived.stages_in(year)
        zones = sum(row["stage"] == "set up" for row in rows)
        running = sum(row["stage"] == "working" for row in rows)
        trains = (
            "no new track in use",
            "one line of new track in use",
            "two lines of new track in use",
        )[running]
        joint = any(row["name"] == "joint zone" for row in rows)
        plan = "the joint zone is still a plan" if joint else "none of the zones is joint"
        titles[str(year)] = f"End of {year}: {_number_word(zones).lower()} zones, {plan}; {trains}"
    return titles


def _stage(row: data.Row) -> dict[str, object]:
    line = bool(row["longitude2"])
    longitude, latitude = float(row["longitude"]), float(row["latitude"])
    other = (float(row["longitude2"]), float(row["latitude2"])) if line else (0.0, 0.0)
    state = "building" if row["start"] >= "2008" else "planned"
    words = {"set up": "", "working": "", "stopped": " (stopped)", "planned": f" ({state})"}
    return {
        "id": row["id"],
        "name": row["name"],
        "label": row["name"] + words[row["stage"]],
        "kind": row["kind"],
        "stage": row["stage"],
        "what": row["what"],
        "first": int(row["start"][:4]),
        "last": _last_shown(row),
        "longitude": longitude,
        "latitude": latitude,
        "longitude2": other[0],
        "latitude2": other[1],
        "label_longitude": round((longitude + other[0]) / 2, 3) if line else longitude,
        "label_latitude": round((latitude + other[1]) / 2, 3) if line else latitude,
        "side": row["side"],
        "colour": country_colour(_COUNTRY_OF.get(row["name"], "")),
    }


def _last_shown(row: data.Row) -> int:
    """Give the last year at whose end a stage holds."""
    held = [year for year in YEARS if row in derived.stages_in(year)]
    return held[-1] if held else 0


def _planned_triangle() -> pd.DataFrame:
    corners = [row for row in data.rows("triangles") if row["polygon"] == "TREZ"]
    until = int(data.find("AS04")["end"][:4])
    return pd.DataFrame(
        [
            {
                "longitude": float(a["longitude"]),
                "latitude": float(a["latitude"]),
                "longitude2": float(b["longitude"]),
                "latitude2": float(b["latitude"]),
                "until": until,
            }
            for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)
        ]
    )


def _country_names() -> alt.Chart:
    rows = pd.DataFrame([{"name": n, "longitude": lon, "latitude": lat} for n, lon, lat in _NAMES])
    return names_on_map(rows)


# ------------------------------------------------------------------ the scorecard

OPEN = "?"
CODE_WORDS: Mapping[str, str] = MappingProxyType({OPEN: "not coded yet", **derived.CODES})
CODE_PARAMETERS = tuple(f"p{place}" for place in range(1, 8))
"""Names of the chart's parameters for the learner's codes, in the order of the predictions."""
_COLUMNS = ("borne out", "undecided", "contradicted")
_SCORE_NOTE = (
    "Circles: your codes. Diamonds: the course's, which you may dispute. Predictions: "
    'cite("PP01") and on; evidence: cite("PV01") and on.'
)


def scorecard_chart(
    codes: Sequence[str] | str = OPEN * 7, reading: str = "none", beside: str = "no"
) -> Figure:
    """Draw the predictions of the 1993 study with the learner's codes.

    Parameters
    ----------
    codes : str
        Seven letters, one a prediction: ``"b"`` borne out, ``"c"`` contradicted, ``"u"`` undecided,
        ``"?"`` not coded yet.
    reading : str
        Id of the prediction to point out, ``"PP01"`` to ``"PP07"``, or ``"none"``.
    beside : str
        ``"yes"`` shows the course's codes, once all seven are coded.

    Returns
    -------
    Figure
        Predictions as rows, codes as columns; parameters `CODE_PARAMETERS`, ``reading``, ``beside``.

    Raises
    ------
    ValueError
        An argument is none of these.
    """
    own = as_codes(codes)
    if beside not in ("no", "yes"):
        raise ValueError(f'beside is {beside!r}; it must be "no" or "yes".')
    words = describe_prediction(reading)
    rows = derived.predictions()
    cells = pd.DataFrame(
        [
            {
                "y": place,
                "x": column,
                "key": CODE_PARAMETERS[place],
                "letter": coding[0],
                "course": row["coding"] == coding,
            }
            for place, row in enumerate(rows)
            for column, coding in enumerate(_COLUMNS)
        ]
    )
    labels = pd.DataFrame(
        [{"y": p, "id": r["id"], "label": r["label"]} for p, r in enumerate(rows)]
    )
    heads = pd.DataFrame([{"x": c, "y": -0.85, "text": t} for c, t in enumerate(_COLUMNS)])
    every = "[" + ", ".join(CODE_PARAMETERS) + "]"
    own_code = "{" + ", ".join(f"'{name}': {name}" for name in CODE_PARAMETERS) + "}[datum.key]"
    coded = " + ".join(f"({name} == '?' ? 0 : 1)" for name in CODE_PARAMETERS)
    same = " + ".join(
        f"({name} == '{row['coding'][0]}' ? 1 : 0)"
        for name, row in zip(CODE_PARAMETERS, rows, strict=True)
    )
    revealed = f"beside == 'yes' && indexof({every}, '?') < 0"
    x_scale = alt.Scale(domain=[-2.75, 2.6], nice=False, zero=False)
    x = alt.X("x:Q", axis=None, scale=x_scale)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[6.6, -1.2]))
    base = alt.Chart(cells).encode(x=x, y=y)
    names = alt.Chart(labels)
    chart = completed(
        alt.layer(
            names.transform_filter("datum.id == reading")
            .mark_rule(color="#F5E3CF", strokeWidth=30)
            .encode(
                x=alt.XDatum(-2.75, type="quantitative", axis=None, scale=x_scale),
                x2=alt.X2Datum(2.6),
                y=y,
            ),
            names.mark_text(align="left").encode(
                x=alt.XDatum(-2.7, type="quantitative", axis=None, scale=x_scale),
                y=y,
                text=alt.Text("label"),
            ),
            alt.Chart(heads).mark_text(fontWeight=600).encode(x=x, y=y, text=alt.Text("text")),
            base.mark_point(size=330, color=QUIET, strokeWidth=1, opacity=1),
            base.transform_filter(f"datum.letter == {own_code}").mark_point(
                size=330, filled=True, color=ACCENT, opacity=1
            ),
            base.transform_filter(f"datum.course && {revealed}").mark_point(
                shape="diamond", size=620, color=INK, strokeWidth=2.5, opacity=1
            ),
        ),
        *(alt.param(name=n, value=c) for n, c in zip(CODE_PARAMETERS, own, strict=True)),
        alt.param(name="reading", value=reading),
        alt.param(name="beside", value=beside),
        width=560,
        height=310,
        title=alt.Title(
            text=alt.expr(
                f"{revealed} ? 'You and the course agree on ' + ({same}) + ' of 7 predictions' : "
                f"'You have coded ' + ({coded}) + ' of 7 predictions'"
            )
        ),
    )
    table = pd.DataFrame(
        [
            {
                "id": row["id"],
                "prediction": row["label"],
                "yours": CODE_WORDS[code],
                "for": len(derived.evidence(row["id"], "for")),
                "against": len(derived.evidence(row["id"], "against")),
            }
            for row, code in zip(rows, own, strict=True)
        ]
    )
    alternative = (
        "Seven predictions of the 1993 study as rows, and three ways to code each as columns. "
        f"{describe_codes(own)} {words}"
    ).strip()
    return Figure(chart, alternative, table, _SCORE_NOTE, (*CODE_PARAMETERS, "reading", "beside"))


def as_codes(codes: Sequence[str] | str) -> tuple[str, ...]:
    """Read seven codes from a text such as ``"bcu bcub"`` or from a list of letters or words.

    Raises
    ------
    ValueError
        There are not seven letters out of b, c, u and ?.
    """
    wanted = (
        'give seven letters: b (borne out), c (contradicted) or u (undecided), such as "ucbuccb".'
    )
    given = [c for c in codes if c not in " ,-|."] if isinstance(codes, str) else list(codes)
    letters = [str(code).strip().lower()[:1] for code in given]
    if len(letters) != len(CODE_PARAMETERS) or not all(c in CODE_WORDS for c in letters):
        raise ValueError(f"The codes are {codes!r}; {wanted}")
    return tuple(letters)


def describe_codes(codes: Iterable[str]) -> str:
    """Say how many predictions were coded, and how."""
    given = list(codes)
    coded = [code for code in given if code != OPEN]
    if not coded:
        return "None is coded yet."
    counts = ", ".join(f"{coded.count(letter)} {words}" for letter, words in derived.CODES.items())
    return f"Coded: {len(coded)} of {len(given)}; {counts}."


def describe_prediction(reading: str) -> str:
    """Give a prediction with the evidence for and against it; ``"none"`` gives nothing.

    Raises
    ------
    ValueError
        There is no such prediction.
    """
    if reading == "none":
        return ""
    row = next((each for each in derived.predictions() if each["id"] == reading), None)
    if row is None:
        allowed = ", ".join(each["id"] for each in derived.predictions())
        raise ValueError(f"reading is {reading!r}; it must be none or one of {allowed}.")
    parts = [f"Step {row['step']}. The study: {row['says']}"]
    for side in ("for", "against"):
        said = [
            f"{piece['says'][:-1]} ({', '.join(_years(piece['rows']))})."
            for piece in derived.evidence(reading, side)
        ]
        parts.append(f"{side.capitalize()}: {' '.join(said)}")
    return " ".join(parts)


def _years(rows: str) -> list[str]:
    return sorted({data.find(row)["date"][:4] for row in rows.split(";")})


def compare_scorecard_chart(codes: Sequence[str] | str) -> Figure:
    """Set the learner's codes beside the course's, with the course's reasons.

    Parameters
    ----------
    codes : str
        Seven letters, none of them open.

    Returns
    -------
    Figure
        One row a prediction; the title says on how many the two agree.

    Raises
    ------
    ValueError
        Not all seven predictions are coded.
    """
    own = as_codes(codes)
    if OPEN in own:
        raise ValueError(
            f"You have coded {len(own) - own.count(OPEN)} of 7 predictions. Put a b, c or u in place "
            "of each ?, and the course's codes will stand beside yours."
        )
    rows = derived.predictions()
    same = [row["label"] for row, code in zip(rows, own, strict=True) if row["coding"][0] == code]
    other = [row for row, code in zip(rows, own, strict=True) if row["coding"][0] != code]
    table = pd.DataFrame(
        [
            {
                "id": row["id"],
                "prediction": row["label"],
                "yours": CODE_WORDS[code],
                "course": row["coding"],
                "reason": row["reason"],
            }
            for row, code in zip(rows, own, strict=True)
        ]
    )
    reasons = " ".join(
        f"{row['label']}: {row['coding']}. {row['reason']}" for row in (other or rows)
    )
    alternative = (
        f"You and the course agree on {len(same)} of {len(rows)} predictions. "
        + ("Where you differ, the course says: " if other else "The course's reasons: ")
        + reasons
    )
    return Figure(_compared(table, len(same)), alternative, table, _COMPARE_NOTE)


_COMPARE_NOTE = "Where you and the course differ, your code stands in colour. Either may be wrong."


def _compared(table: pd.DataFrame, agreed: int) -> alt.LayerChart:
    """Write each prediction with both codes, and the course's reason below it."""
    import textwrap

    rows = table.assign(
        y=range(len(table)),
        differs=table["yours"] != table["course"],
        why=["|".join(textwrap.wrap(reason, 88)) for reason in table["reason"]],
    )
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[len(rows) - 0.35, -0.75]))
    base = alt.Chart(rows).encode(y=y)

    def at(place: int) -> alt.XDatum:
        scale = alt.Scale(domain=[0, 100])
        return alt.XDatum(place, type="quantitative", axis=None, scale=scale)

    heads = alt.Chart(pd.DataFrame([{"y": -0.65}])).encode(y=y)
    return completed(
        alt.layer(
            *(
                heads.mark_text(align="left", color=QUIET).encode(
                    x=at(place), text=alt.value(words)
                )
                for place, words in ((38, "you"), (66, "the course"))
            ),
            base.mark_rule(color=BORDER, yOffset=-16).encode(x=at(0), x2=alt.X2Datum(100)),
            base.mark_text(align="left", fontWeight=600).encode(
                x=at(0), text=alt.Text("prediction")
            ),
            base.mark_text(align="left").encode(
                x=at(38),
                text=alt.Text("yours"),
                color=alt.condition("datum.differs", alt.value(ACCENT), alt.value(INK)),
            ),
            base.mark_text(align="left").encode(x=at(66), text=alt.Text("course")),
            base.mark_text(align="left", baseline="top", dy=11, lineBreak="|", color=QUIET).encode(
                x=at(0), text=alt.Text("why")
            ),
        ),
        width=580,
        height=64 * len(rows),
        title=f"You and the course agree on {agreed} of {len(rows)} predictions",
    )


# ------------------------------------------------------------------ kinds of error

SEVERITIES: Mapping[str, str] = MappingProxyType(
    {"all": "all", "major": "major only", "minor": "minor only"}
)
EVERY_TEST = "every test"
_ENOUGH = ("the text alone", "a map", "a calendar", "arithmetic")


def tests() -> tuple[str, ...]:
    """Name the tests by which an error can be found, after one word for all of them."""
    return (EVERY_TEST, *derived.kinds_by_test())


def errors_chart(test: str = EVERY_TEST, severity: str = "all") -> Figure:
    """Draw the errors of the 1993 study by kind, and point out those that one test can find.

    Parameters
    ----------
    test : str
        ``"every test"`` or one of `tests`.
    severity : str
        ``"all"``, ``"major"`` or ``"minor"``.

    Returns
    -------
    Figure
        Bars; parameters ``test`` and ``severity``.

    Raises
    ------
    ValueError
        An argument is none of these.
    """
    words = describe_errors(test, severity)
    kinds = sorted(data.rows("error_kinds"), key=lambda row: -len(derived.errata([row["kind"]])))
    order = [row["label"] for row in kinds]
    weights = ("major", "minor", "trivial")
    cells = []
    for row in kinds:
        start = 0
        for weight in weights:
            count = len(derived.errata([row["kind"]], weight))
            cells.append(
                {
                    "label": row["label"],
                    "test": row["test"],
                    "weight": weight,
                    "start": start,
                    "end": start + count,
                    "alone": count,
                }
            )
            start += count
    totals = [
        {
            "label": row["label"],
            "severity": severity_,
            "count": len(derived.errata([row["kind"]], severity_)),
        }
        for row in kinds
        for severity_ in SEVERITIES
    ]
    frame = pd.DataFrame([cell for cell in cells if cell["alone"]])
    y = alt.Y(
        "label:N",
        sort=order,
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(ticks=False, domain=False, labelPadding=8, labelLimit=200),
    )
    scale = alt.Scale(domain=[0, 15])
    x = alt.X("from:Q", title="errors", scale=scale, axis=alt.Axis(tickMinStep=1, grid=False))
    chart = completed(
        alt.layer(
            alt.Chart(frame)
            .transform_filter("severity == 'all' || datum.weight == severity")
            .transform_calculate(
                **{
                    "from": "severity == 'all' ? datum.start : 0",
                    "to": "severity == 'all' ? datum.end : datum.alone",
                }
            )
            .mark_bar(height=18, stroke=_DARK, strokeWidth=1)
            .encode(
                x=x,
                x2=alt.X2("to"),
                y=y,
                color=alt.Color(
                    "weight:N",
                    scale=alt.Scale(domain=list(weights), range=[_DARK, _MIDDLE, _LIGHT]),
                    legend=None,
                ),
                opacity=alt.condition(
                    "test == 'every test' || datum.test == test", alt.value(1), alt.value(0.22)
                ),
                tooltip=[alt.Tooltip("label"), alt.Tooltip("weight"), alt.Tooltip("alone")],
            ),
            alt.Chart(pd.DataFrame(totals))
            .transform_filter("datum.severity == severity && datum.count > 0")
            .mark_text(align="left", dx=6)
            .encode(x=alt.X("count:Q", scale=scale), y=y, text=alt.Text("count")),
        ),
        alt.param(name="test", value=test),
        alt.param(name="severity", value=severity),
        width=400,
        height=alt.Step(26),
        title=alt.Title(text=alt.expr(f"{json.dumps(_error_titles())}[test + '|' + severity]")),
    )
    table = pd.DataFrame(
        [
            {"id": row["id"], "claim": row["claim"], "kind": row["error_type"]}
            | {"severity": row["severity"]}
            for row in _errors_of(test, severity)
        ]
    )
    note = (
        "Dark: major, middle: minor, light: trivial. A kind counts with the test that finds it most "
        'easily: cite("EK01") and on. Errors: cite("X01") and on.'
    )
    alternative = f"Bars: errors of the 1993 study by kind. {words}"
    return Figure(chart, alternative, table, note, ("test", "severity"))


def describe_errors(test: str = EVERY_TEST, severity: str = "all") -> str:
    """Say how many errors a test finds, how to go about it, and give three of them.

    Raises
    ------
    ValueError
        The test or the severity is unknown.
    """
    if test not in tests():
        raise ValueError(f"test is {test!r}; it must be one of {', '.join(tests())}.")
    if severity not in SEVERITIES:
        raise ValueError(f"severity is {severity!r}; it must be one of {', '.join(SEVERITIES)}.")
    found = _errors_of(test, severity)
    title = _error_titles()[f"{test}|{severity}"]
    hows = " ".join(row["how"] for row in data.rows("error_kinds") if row["test"] == test)
    parts = [f"{title}.", hows]
    if test == EVERY_TEST:
        counts = {
            row["label"]: sum(each["error_type"] == row["kind"] for each in found)
            for row in data.rows("error_kinds")
        }
        most = sorted(counts, key=lambda label: -counts[label])[:3]
        parts.append("Most often: " + ", ".join(f"{m} ({counts[m]})" for m in most) + ".")
    elif found:
        some = "; ".join(f"{row['claim']} ({row['id']})" for row in found[:3])
        parts.append(f"For example: {some}.")
    return " ".join(filter(None, parts))


@functools.cache
def _error_titles() -> dict[str, str]:
    titles = {}
    for test in tests():
        for severity in SEVERITIES:
            count = len(_errors_of(test, severity))
            every = len(_errors_of(EVERY_TEST, severity))
            kind = "" if severity == "all" else f" {severity}"
            needs = "is enough to find" if test in _ENOUGH else "is needed to find"
            titles[f"{test}|{severity}"] = (
                f"The study has {every} known{kind} errors, of many kinds"
                if test == EVERY_TEST
                else f"{test[0].upper()}{test[1:]} {needs} {count} of {every}{kind} errors"
            )
    return titles


def _errors_of(test: str, severity: str) -> tuple[data.Row, ...]:
    kinds = () if test == EVERY_TEST else derived.kinds_by_test()[test]
    return derived.errata(kinds, severity)


# ------------------------------------------------------------------ explanations and stall


def stall_chart(explanation: str = "short push", duration: int = 10) -> Figure:
    """Draw where a programme goes under a rival explanation, after a push of some rounds.

    Parameters
    ----------
    explanation : str
        ``"short push"``, ``"realist"``, ``"intergovernmental"``, ``"markets"``, ``"design"`` or
        ``"timing"``.
    duration : int
        Rounds of extra support of 0.3: 0 to 40 in steps of 5.

    Returns
    -------
    Figure
        Agreement round by round; parameters ``explanation`` and ``duration``.

    Raises
    ------
    ValueError
        An argument is none of these.
    """
    words = describe_stall(explanation, duration)
    step = 2
    paths = pd.DataFrame(
        [
            {
                "explanation": row["key"],
                "duration": duration_,
                "round": number,
                "agreement": round(float(derived.pushed(row["key"])[number, place]), 3),
            }
            for row in derived.explanations()
            for place, duration_ in enumerate(derived.LENGTHS)
            for number in range(0, derived.ROUNDS + 1, step)
        ]
    )
    spans = pd.DataFrame(
        [
            {"duration": duration_, "from": 0, "to": duration_}
            for duration_ in derived.LENGTHS
            if duration_
        ]
    )
    x = alt.X(
        "round:Q",
        title="Round",
        scale=alt.Scale(domain=[0, derived.ROUNDS]),
        axis=alt.Axis(grid=False),
    )
    y = alt.Y("agreement:Q", title="Agreement F", scale=alt.Scale(domain=[0, 1]))
    push = alt.Chart(spans).transform_filter("datum.duration == toNumber(duration)")
    chart = completed(
        alt.layer(
            push.mark_rect(color=_LIGHT, opacity=0.7).encode(
                x=alt.X("from:Q", scale=alt.Scale(domain=[0, derived.ROUNDS])), x2=alt.X2("to")
            ),
            push.mark_text(align="left", dx=5, y=12, color=_DARK).encode(
                x=alt.X("from:Q"), text=alt.value("push")
            ),
            alt.Chart(paths)
            .transform_filter(
                "datum.explanation == explanation && datum.duration == toNumber(duration)"
            )
            .mark_line(color=ACCENT, strokeWidth=3.5)
            .encode(x=x, y=y),
        ),
        alt.param(name="explanation", value=explanation),
        alt.param(name="duration", value=duration),
        width=540,
        height=240,
        title=alt.Title(
            text=alt.expr(f"{json.dumps(_stall_titles())}[explanation + '|' + duration]")
        ),
    )
    table = pd.DataFrame(
        [
            {
                "id": row["id"],
                "explanation": row["key"],
                "change": row["change"],
                "from_nothing": round(found.from_nothing, 3),
                "from_full": round(found.from_full, 3),
                "least_push": "none helps" if found.least_push is None else str(found.least_push),
            }
            for row in derived.explanations()
            for found in (derived.verdict(row["key"]),)
        ]
    )
    note = (
        "Model of lesson 08 with equal actors; every number is a teaching value. Explanations: "
        'cite("RX01") and on. No series of the real F exists.'
    )
    return Figure(chart, f"Line. {words}", table, note, ("explanation", "duration"))


def describe_stall(explanation: str, duration: int) -> str:
    """Say what an explanation holds, what it changes, and where the push leads."""
    rows = {row["key"]: row for row in derived.explanations()}
    if explanation not in rows:
        raise ValueError(f"explanation is {explanation!r}; it must be one of {', '.join(rows)}.")
    if duration not in derived.LENGTHS:
        raise ValueError(f"duration is {duration!r}; it must be 0 to 40 in steps of 5.")
    row, found = rows[explanation], derived.verdict(explanation)
    full = (
        f"A full circle would keep going, at {found.from_full:.2f}."
        if found.holds
        else "Even a full circle would fall apart."
    )
    return (
        f"{row['says']} In the model: {_change(row['change'])}. "
        f"{_stall_titles()[f'{explanation}|{duration}']}. {full}"
    )


def _change(words: str) -> str:
    return words[0].lower() + words[1:]


@functools.cache
def _stall_titles() -> dict[str, str]:
    titles = {}
    for row in derived.explanations():
        for place, duration in enumerate(derived.LENGTHS):
            end = float(derived.pushed(row["key"])[-1, place])
            push = f"A push of {duration} rounds" if duration else "Without a push it"
            ends = (
                "takes off" if end > 0.5 else "stalls" if not duration else "is not enough: stall"
            )
            if duration and end > 0.5:
                ends = "is enough: take-off"
            titles[f"{row['key']}|{duration}"] = f"{row['label']}. {push} {ends}"
    return titles


_OUTCOME_LOOKS = {"take-off": _LIGHT, "it depends": _MIDDLE, "stall": _DARK}
_OUTCOME_WORDS = {
    "take-off": "takes off by itself",
    "it depends": "stalls from nothing, holds if once full",
    "stall": "stalls from anywhere",
}


def stall_field_chart(support: float = 0.1) -> Figure:
    """Draw which settings of the cycle stall, over recentralization and reluctance.

    Parameters
    ----------
    support : float
        Support of an outside body: 0 to 0.4 in tenths.

    Returns
    -------
    Figure
        One square a setting; parameter ``support``.

    Raises
    ------
    ValueError
        The support is none of these.
    """
    words = describe_field(support)
    cells = pd.DataFrame(
        [
            {"support": s, "pull": pull, "reluctance": reluctance, "outcome": outcome}
            for s in derived.SUPPORTS
            for (pull, reluctance), outcome in derived.field(s).items()
        ]
    )
    labels = pd.DataFrame([label for s in derived.SUPPORTS for label in _field_labels(s)])
    x = alt.X(
        "reluctance:O",
        title="Reluctance of the capitals",
        axis=alt.Axis(labelAngle=0, format=".2f", ticks=False, domain=False),
    )
    y = alt.Y(
        "pull:O",
        sort="descending",
        title="Recentralization",
        axis=alt.Axis(format=".2f", ticks=False, domain=False),
    )
    now = "datum.support == toNumber(support)"
    chart = completed(
        alt.layer(
            alt.Chart(cells)
            .transform_filter(now)
            .mark_rect(stroke="white", strokeWidth=2)
            .encode(
                x=x,
                y=y,
                color=alt.Color(
                    "outcome:N",
                    scale=alt.Scale(
                        domain=list(_OUTCOME_LOOKS), range=list(_OUTCOME_LOOKS.values())
                    ),
                    legend=None,
                ),
                tooltip=[alt.Tooltip("pull"), alt.Tooltip("reluctance"), alt.Tooltip("outcome")],
            ),
            alt.Chart(labels)
            .transform_filter(now)
            .mark_text(fontSize=13, fontWeight=600, lineBreak="|")
            .encode(
                x=x,
                y=y,
                text=alt.Text("text"),
                color=alt.condition("datum.outcome == 'stall'", alt.value("white"), alt.value(INK)),
            ),
        ),
        alt.param(name="support", value=support),
        width=520,
        height=290,
        title=alt.Title(text=alt.expr(f"{json.dumps(_field_titles())}[format(support, '.1f')]")),
    )
    table = cells[cells["support"] == support].drop(columns="support").reset_index(drop=True)
    note = (
        "Light: takes off by itself. Middle: stalls from nothing, but would hold if it were once in "
        "full swing. Dark: stalls from anywhere. Teaching values; nothing here is measured."
    )
    return Figure(chart, f"Field of squares. {words}", table, note, ("support",))


def describe_field(support: float) -> str:
    """Count the settings that stall at a support."""
    if support not in derived.SUPPORTS:
        raise ValueError(f"support is {support!r}; it must be 0 to 0.4 in tenths.")
    counts = {outcome: derived.count_in_field(support, outcome) for outcome in derived.OUTCOMES}
    return (
        f"Support {support:g}. Of {sum(counts.values())} settings {counts['take-off']} take off by "
        f"themselves, {counts['it depends']} stall from nothing but would hold if once full, and "
        f"{counts['stall']} stall from anywhere."
    )


def _field_titles() -> dict[str, str]:
    titles = {}
    for support in derived.SUPPORTS:
        every = len(derived.field(support))
        stall = derived.count_in_field(support, "stall", "it depends")
        titles[f"{support:.1f}"] = f"{stall} of {every} settings stall when they begin from nothing"
    return titles


def _field_labels(support: float) -> list[dict[str, object]]:
    """Put a name into the middle of each part of the field that is large enough."""
    short = {"take-off": "take-off", "it depends": "depends", "stall": "stall"}
    found = []
    for outcome in derived.OUTCOMES:
        cells = [cell for cell, each in derived.field(support).items() if each == outcome]
        if len(cells) < 6:
            continue
        middle = [sum(cell[axis] for cell in cells) / len(cells) for axis in (0, 1)]
        pull, reluctance = min(
            cells,
            key=lambda c: ((c[0] - middle[0]) / 0.04) ** 2 + ((c[1] - middle[1]) / 0.05) ** 2,
        )
        found.append(
            {
                "support": support,
                "pull": pull,
                "reluctance": reluctance,
                "outcome": outcome,
                "text": short[outcome],
            }
        )
    return found


# ------------------------------------------------------------------ growth triangles

_MARKS = {"yes": "✓", "partly": "~", "no": "✗"}


def growth_triangles() -> Figure:
    """Draw four growth triangles with what each of them had to build on.

    Returns
    -------
    Figure
        Triangles as rows, features as columns.
    """
    rows = data.rows("triangle_features")
    triangles = list(dict.fromkeys((row["triangle"], row["began"]) for row in rows))
    features = list(dict.fromkeys((row["feature"], row["label"]) for row in rows))
    cells = pd.DataFrame(
        [
            {
                "y": [t for t, _ in triangles].index(row["triangle"]),
                "x": [f for f, _ in features].index(row["feature"]),
                "holds": row["holds"],
                "mark": _MARKS[row["holds"]],
                "why": row["why"],
                "id": row["id"],
            }
            for row in rows
        ]
    )
    names = pd.DataFrame(
        [{"y": p, "text": f"{name}, {began}"} for p, (name, began) in enumerate(triangles)]
    )
    heads = pd.DataFrame(
        [{"x": p, "y": -0.95, "text": _two_lines(label)} for p, (_, label) in enumerate(features)]
    )
    x_scale = alt.Scale(domain=[-3.3, 3.5], nice=False, zero=False)
    x = alt.X("x:Q", axis=None, scale=x_scale)
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[3.6, -1.4]))
    base = alt.Chart(cells).encode(x=x, y=y)
    lacking = sum(row["holds"] == "no" for row in rows if row["triangle"] == "Tumen")
    chart = completed(
        alt.layer(
            alt.Chart(names)
            .mark_text(align="left")
            .encode(
                x=alt.XDatum(-3.25, type="quantitative", axis=None, scale=x_scale),
                y=y,
                text=alt.Text("text"),
            ),
            alt.Chart(heads)
            .mark_text(lineBreak="|", baseline="middle")
            .encode(x=x, y=y, text=alt.Text("text")),
            base.mark_square(size=900, opacity=1, stroke=_DARK, strokeWidth=1).encode(
                color=alt.Color(
                    "holds:N",
                    scale=alt.Scale(domain=["yes", "partly", "no"], range=[_DARK, _MIDDLE, _LIGHT]),
                    legend=None,
                ),
                tooltip=[alt.Tooltip("why"), alt.Tooltip("id")],
            ),
            base.mark_text(fontSize=17, fontWeight=700, baseline="middle").encode(
                text=alt.Text("mark"),
                color=alt.condition("datum.holds == 'yes'", alt.value("white"), alt.value(INK)),
            ),
        ),
        width=600,
        height=270,
        title=f"Of four things to build on, Tumen lacked {_number_word(lacking).lower()}",
    )
    alternative = "Table of four growth triangles by four features. " + " ".join(
        f"{name}: "
        + ", ".join(f"{r['label']}: {r['holds']}" for r in rows if r["triangle"] == name)
        + "."
        for name, _ in triangles
    )
    table = pd.DataFrame(rows)[["id", "triangle", "began", "label", "holds", "why"]]
    note = '✓ yes, ~ partly, ✗ no. Our reading of each case: cite("GF01") and on.'
    return Figure(chart, alternative, table, note)


def _two_lines(label: str) -> str:
    words = label.split()
    half = (len(words) + 1) // 2
    return " ".join(words[:half]) + "|" + " ".join(words[half:])
