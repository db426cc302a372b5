"""The two fans: security ties among the states of the region, year by year (model 1)."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, BORDER, INK, QUIET, country_scale
from tutor.derived.cold_war import TIES_COUNTED, measures, network_of, networks
from tutor.models.security_network import measure

FIRST_YEAR, LAST_YEAR = 1945, 1995

# The two hubs face each other; the partners of each stand on an arc around it, north to south.
_HUBS = {"RUS": (-2.9, 0.0), "USA": (2.9, 0.0)}
_ARCS = {
    "RUS": ("MNG", "CHN", "PRK", "VNM"),
    "USA": ("KOR", "JPN", "ROC", "PHL", "THA", "AUS", "NZL"),
}
_RADIUS = 1.5
_SHORT = {"ROC": "Taiwan (ROC)", "RUS": "USSR, Russia", "USA": "United States"}
_SOURCE = 'Ties in force on 31 December. Sources: cite("T001") and so on, the ids from .table().'


COUNTED_WORDS = {
    "security": "alliances and bases",
    "alliance": "alliances alone",
    "every": "every kind of tie",
}
"""What may count as a tie, in words."""

_FINDINGS = {
    "security": "Two fans, no bridge: from 1950 on no security tie crosses the divide",
    "alliance": "Alliances alone: the same two fans, a little thinner",
    "every": "Count every tie, and bridges appear: recognition crosses where alliance does not",
}


def security_network(year: int = 1955, counted: str = "security") -> Figure:
    """Draw the network of ties with its centralization through the years.

    Parameters
    ----------
    year : int
        The year to show at first, 1945 to 1995.
    counted : str
        What counts as a tie: ``"security"`` (alliances and bases), ``"alliance"`` or ``"every"``.

    Returns
    -------
    Figure
        Two fans of ties above, Freeman's degree centralization 1945 to 1995 below; parameters
        ``year`` and ``counted``.

    Raises
    ------
    ValueError
        The year lies outside 1945 to 1995, or `counted` is unknown.
    """
    words = describe_year(year, counted)
    params = (alt.param(name="year", value=year), alt.param(name="counted", value=counted))
    fans = completed(alt.layer(*_ties(), *_actors(), _year_mark()), width=620, height=330)
    chart = completed(
        alt.vconcat(fans, completed(_centralization_line(at_year=True), width=560, height=120)),
        *params,
        title=alt.Title(text=alt.expr(f"{json.dumps(_FINDINGS)}[counted]")),
    )
    alternative = (
        "Network of security ties. The Soviet Union stands left with its partners on an arc, the "
        f"United States right with its own; a line is a treaty or base in force. {words}"
    )
    return Figure(chart, alternative, _tie_table(), _SOURCE, ("year", "counted"))


def centralization_over_time() -> Figure:
    """Draw Freeman's degree centralization of the security network, 1945 to 1995.

    Returns
    -------
    Figure
        One line, with its peak and its later low named.
    """
    rows = pd.DataFrame([vars(values) for values in measures()])
    peak = max(measures(), key=lambda values: values.centralization)
    folded = next(
        v for v in measures() if v.year > peak.year and v.centralization < peak.centralization / 2
    )
    named = pd.DataFrame(
        [
            {
                "year": values.year,
                "centralization": values.centralization,
                "label_at": values.centralization + shift,
                "text": f"{words}: {values.year}",
            }
            for values, words, shift in ((peak, "fan widest", 0.03), (folded, "half folded", -0.04))
        ]
    )
    marks = alt.Chart(named).encode(x=alt.X("year:Q"), y=alt.Y("centralization:Q"))
    chart = completed(
        alt.layer(
            _centralization_line(at_year=False),
            marks.mark_point(filled=True, size=70, color=ACCENT),
            alt.Chart(named)
            .mark_text(align="left", dx=6, color=INK, fontSize=12)
            .encode(x=alt.X("year:Q"), y=alt.Y("label_at:Q"), text=alt.Text("text")),
        ),
        width=620,
        height=220,
        title=f"The fan opens by {peak.year} and is half folded by {folded.year}",
    )
    alternative = (
        f"Line of degree centralization, 1945 to 1995. It starts at {measures()[0].centralization:.2f}, "
        f"jumps after 1951, peaks at {peak.centralization:.2f} in {peak.year}, and falls in steps to "
        f"{folded.centralization:.2f} in {folded.year}."
    )
    return Figure(chart, alternative, rows, _SOURCE)


def describe_year(year: int, counted: str = "security") -> str:
    """Say in words what the network of a year looks like, and what is new since the year before."""
    network = network_of(year, counted)
    values = measure(network)
    names = dict(zip(network.actors, network.names, strict=True))
    most = network.degrees[values.hub.split("/")[0]]
    hubs = " and ".join(names[code] for code in values.hub.split("/"))
    crossing = [pair for pair in network.pairs if network.crosses(*pair)]
    parts = [
        f"31 December {year}: {values.ties} ties.",
        f"Most belong to {hubs}: {most}{' each' if '/' in values.hub else ''}.",
        f"Degree centralization {values.centralization:.2f}.",
        f"Across the divide: {_pairs(crossing, names) or 'none'}.",
    ]
    if year > FIRST_YEAR:
        before = set(network_of(year - 1, counted).pairs)
        new = [pair for pair in network.pairs if pair not in before]
        gone = [pair for pair in sorted(before - set(network.pairs))]
        parts += [f"New this year: {_pairs(new, names)}."] if new else []
        parts += [f"Gone: {_pairs(gone, names)}."] if gone else []
    return " ".join(parts)


def _pairs(pairs: Sequence[tuple[str, str]], names: dict[str, str]) -> str:
    return ", ".join(f"{names[a]} and {names[b]}" for a, b in pairs)


def _positions() -> dict[str, tuple[float, float]]:
    places = dict(_HUBS)
    for hub, partners in _ARCS.items():
        x, y = _HUBS[hub]
        towards = 1 if hub == "RUS" else -1
        for step, code in enumerate(partners):
            angle = math.radians(68 - 136 * step / (len(partners) - 1))
            places[code] = (x + towards * _RADIUS * math.cos(angle), y + _RADIUS * math.sin(angle))
    return places


def _spans(counted: str) -> list[dict[str, object]]:
    """Give each tied pair once for every unbroken run of years in which it was tied."""
    spans: dict[tuple[str, str], list[list[int]]] = {}
    for network in networks(counted):
        for pair in network.pairs:
            runs = spans.setdefault(pair, [])
            if runs and runs[-1][1] == network.year - 1:
                runs[-1][1] = network.year
            else:
                runs.append([network.year, network.year])
    crossing = {pair: networks()[0].crosses(*pair) for pair in spans}
    return [
        {
            "counted": counted,
            "a": a,
            "b": b,
            "first": first,
            "last": last,
            "crosses": crossing[a, b],
        }
        for (a, b), runs in spans.items()
        for first, last in runs
    ]


def _ties() -> list[alt.Chart]:
    places = _positions()
    rows = [
        {
            **span,
            "x": places[span["a"]][0],
            "y": places[span["a"]][1],
            "x2": places[span["b"]][0],
            "y2": places[span["b"]][1],
            "pair": f"{_SHORT.get(span['a'], span['a'])} and {_SHORT.get(span['b'], span['b'])}",
        }
        for counted in TIES_COUNTED
        for span in _spans(counted)
    ]
    divide = (
        alt.Chart(pd.DataFrame([{"x": 0.0}]))
        .mark_rule(color=BORDER, strokeDash=[3, 5], strokeWidth=2)
        .encode(x=_across("x"))
    )
    lines = (
        alt.Chart(pd.DataFrame(rows))
        .transform_filter("datum.counted == counted && datum.first <= year && year <= datum.last")
        .mark_rule(strokeWidth=3)
        .encode(
            x=_across("x"),
            x2=alt.X2("x2"),
            y=_upright("y"),
            y2=alt.Y2("y2"),
            color=alt.condition("datum.crosses", alt.value(ACCENT), alt.value(QUIET)),
            tooltip=[
                alt.Tooltip("pair", title="Tie"),
                alt.Tooltip("first", title="from"),
                alt.Tooltip("last", title="to (or later)"),
            ],
        )
    )
    return [divide, lines]


def _across(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(domain=[-3.75, 3.75]))


def _upright(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", axis=None, scale=alt.Scale(domain=[-1.75, 1.85]))


def _actors() -> list[alt.Chart]:
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    rows = pd.DataFrame(
        [
            {
                "code": code,
                "name": _SHORT.get(code, names[code]),
                "x": x,
                "y": y,
                "side": "hub" if code in _HUBS else "left" if x < 0 else "right",
            }
            for code, (x, y) in _positions().items()
        ]
    )
    codes, colours = country_scale(list(rows["code"]))
    base = alt.Chart(rows).encode(x=_across("x"), y=_upright("y"))
    dots = base.mark_circle(size=240, opacity=1, stroke="white", strokeWidth=2).encode(
        color=alt.Color("code", scale=alt.Scale(domain=codes, range=colours), legend=None),
        tooltip=alt.Tooltip("name", title="Actor"),
    )
    # The hubs' names stand outside the fans, where no line runs.
    hubs = [
        base.transform_filter(f"datum.code == '{code}'")
        .mark_text(align=align, dx=dx, fontWeight=600, color=INK, fontSize=13, lineBreak=" ")
        .encode(text=alt.Text("name"))
        for code, align, dx in (("RUS", "right", -14), ("USA", "left", 14))
    ]
    # Labels of the partners stand outside the arc, in the empty middle, one column a side.
    left = (
        base.transform_filter("datum.side == 'left'")
        .mark_text(align="left", dx=12, color=INK)
        .encode(text=alt.Text("name"))
    )
    right = (
        base.transform_filter("datum.side == 'right'")
        .mark_text(align="right", dx=-12, color=INK)
        .encode(text=alt.Text("name"))
    )
    return [dots, *(layer for label in (*hubs, left, right) for layer in _with_halo(label))]


def _with_halo(label: alt.Chart) -> list[alt.Chart]:
    """Put a white edge behind a label, so that a line that passes below leaves it readable.

    Two layers beside each other, not one in another: Altair copies what lies inside at each level.
    """
    halo = label.copy()
    halo.mark = halo.mark.copy()
    halo.mark.stroke, halo.mark.strokeWidth, halo.mark.strokeJoin = "white", 5, "round"
    return [halo, label]


def _year_mark() -> alt.Chart:
    return (
        alt.Chart(pd.DataFrame([{"x": 0.0, "y": 1.7}]))
        .mark_text(fontSize=28, fontWeight=700, color=INK)
        .encode(x=_across("x"), y=_upright("y"), text=alt.Text(value=alt.expr("'' + year")))
    )


def _centralization_line(*, at_year: bool) -> alt.LayerChart | alt.Chart:
    rows = pd.DataFrame(
        [
            {"counted": counted, "year": v.year, "centralization": v.centralization, "ties": v.ties}
            for counted in (TIES_COUNTED if at_year else ("security",))
            for v in measures(counted)
        ]
    )
    base = alt.Chart(rows).encode(
        x=alt.X(
            "year:Q",
            title=None,
            axis=alt.Axis(format="d", grid=False),
            scale=alt.Scale(domain=[FIRST_YEAR, LAST_YEAR]),
        ),
        y=alt.Y(
            "centralization:Q",
            title="Degree centralization",
            scale=alt.Scale(domain=[0, 0.7]),
            axis=alt.Axis(tickCount=4),
        ),
    )
    line = base.mark_line(color=INK, strokeWidth=2, interpolate="step-after").encode(
        tooltip=[
            alt.Tooltip("year"),
            alt.Tooltip("centralization", format=".2f"),
            alt.Tooltip("ties"),
        ]
    )
    if not at_year:
        return line
    line = line.transform_filter("datum.counted == counted")
    here = base.transform_filter("datum.counted == counted && datum.year == year")
    rule = (
        alt.Chart(rows)
        .transform_filter("datum.counted == counted && datum.year == year")
        .mark_rule(color=ACCENT, strokeWidth=2)
        .encode(x=alt.X("year:Q"))
    )
    return alt.layer(
        line,
        rule,
        here.mark_point(filled=True, size=90, color=ACCENT),
        here.mark_text(align="left", dx=8, dy=-8, color=INK, fontSize=12).encode(
            text=alt.Text("centralization:Q", format=".2f")
        ),
    )


def _tie_table() -> pd.DataFrame:
    ties = data.table("ties")
    return ties[["id", "a", "b", "name", "kind", "start", "end", "camp", "confidence"]].reset_index(
        drop=True
    )
