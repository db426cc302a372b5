"""Lesson 08: the five steps and their evidence, the circle they make, its curve, pushes, six countries."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from tutor import baselines, data
from tutor.baselines import SIX, teaching_value
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, BORDER, INK, QUIET, WATER, country_colour
from tutor.derived import tradp_model as derived
from tutor.derived.tradp_model import RELUCTANCES, STARTS, STEPS, SUPPORTS, gap

REFORMS = tuple(round(0.1 * step, 1) for step in range(7))
PULLS = tuple(round(0.05 * step, 2) for step in range(1, 7))
FEEDBACKS = tuple(round(0.1 * step, 1) for step in range(6))
COMPLEMENTARITIES = tuple(round(0.1 * step, 1) for step in range(11))
HOSTILITIES = tuple(round(0.2 * step, 1) for step in range(5))
STEP_SUPPORTS = tuple(round(0.1 * step, 1) for step in range(6))
UNWILLING = tuple(range(7))
ROUNDS = 40
"""Rounds for which step 1.1 alone is followed."""

LEVEL_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "hesitates": "hesitates",
        "nearly refuses": "nearly refuses",
        "refuses": "refuses",
    }
)
START_WORDS: Mapping[str, str] = MappingProxyType(
    {"nothing": "from nothing", "full": "from a full circle"}
)
ASSUMPTION_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "study": "the study: all five steps",
        "functionalism": "functionalism: regions need no permission",
        "neofunctionalism": "neofunctionalism: stronger feedback",
        "intergovernmentalism": "intergovernmentalism: no feedback",
        "realism": "realism: ties weigh nothing",
        "toloraya": "Toloraya: disputes stay open",
        "reluctant": "one capital is very reluctant",
        "veto": "one capital refuses",
    }
)
CHANGE_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "none": "nothing: as about 1993",
        "koreas": "the two Koreas make peace",
        "islands": "Russia and Japan settle the islands",
        "keen": "Tokyo is as keen as Beijing",
        "moscow": "Moscow takes autonomy back",
        "five": "Japan is not asked",
        "river": "only the three on the river decide",
        "feedback": "nothing comes back to the regions",
        "refusal": "Pyongyang refuses",
        "minimum": "the least willing capital decides",
        "matching": "complementarity by the other measure",
    }
)
PARAMETER_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "reluctance": "reluctance of the capitals",
        "central_interest": "what capitals see in it themselves",
        "tie_weight": "weight of ties",
        "steepness": "how sharply capitals decide",
        "complementarity": "complementarity",
        "tie_decay": "decay of ties",
        "domestic_autonomy": "autonomy from reform",
        "support": "outside support",
        "tie_sensitivity": "how fast ties grow",
        "feedback": "feedback",
        "hostility": "hostility",
        "recentralization": "recentralization",
    }
)
CAPITALS: Mapping[str, str] = MappingProxyType(
    {
        "CHN": "Beijing",
        "RUS": "Moscow",
        "JPN": "Tokyo",
        "KOR": "Seoul",
        "PRK": "Pyongyang",
        "MNG": "Ulaanbaatar",
    }
)

_GRADE_WORDS = {
    "strong": "a case",
    "some": "a case with gaps",
    "hint": "a hint",
    "none": "nothing",
}
_OURS = "An interpretation for teaching: the numbers are ours, TV801 to TV832, and measure nothing."
_UNIT = alt.Scale(domain=[0, 1])


def _names() -> dict[str, str]:
    return {row["id"]: row["name"] for row in data.rows("actors")}


def _offered(name: str, value: Any, values: Iterable[Any]) -> None:
    allowed = list(values)
    if isinstance(value, bool) or value not in allowed:
        if isinstance(allowed[0], str):
            told = "one of " + ", ".join(repr(each) for each in allowed)
        else:
            told = f"{allowed[0]} to {allowed[-1]} in steps of {allowed[1] - allowed[0]:g}"
        raise ValueError(f"{name} is {value!r}; it can be {told}.")


_ROWS = alt.NamedData("settings")
"""The rows of all settings, kept once for all layers of a chart."""


def _kept(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    return {"settings": [dict(row) for row in rows]}


def _rounded(values: Iterable[float], digits: int = 3) -> list[float]:
    return [round(float(value), digits) for value in values]


def _said(value: float) -> str:
    """Write an agreement: two decimals, more where these would hide it."""
    if value >= 0.01 or value == 0:
        return f"{value:.2f}"
    return f"{value:.3f}" if value >= 0.0005 else "less than 0.001"


# The circle and its evidence ---------------------------------------------------------------------


def five_steps() -> Figure:
    """Draw the five steps of the study's model as a circle.

    Returns
    -------
    Figure
        Five steps around a circle, with arrows between them; each says where it happens.
    """
    labels = {
        "1.1": ("1.1 Regions win", "freedom at home"),
        "1.2": ("1.2 They tie themselves", "to their neighbours"),
        "2.1": ("2.1 They draw", "their capitals in"),
        "2.2": ("2.2 Capitals", "negotiate"),
        "2.3": ("2.3 What is agreed", "strengthens the regions"),
    }
    turn = 2 * math.pi / len(STEPS)
    angles = {step: math.pi / 2 - place * turn for place, step in enumerate(STEPS)}
    nodes, arrows, heads = [], [], []
    where = {
        "1.1": "inside each country",
        "1.2": "across borders",
        "2.1": "inside each country",
        "2.2": "across borders",
        "2.3": "back inside each country",
    }
    for step, angle in angles.items():
        nodes.append(
            {
                "x": 1.5 * math.cos(angle),
                "y": math.sin(angle),
                "line_1": labels[step][0],
                "line_2": labels[step][1],
                "where": where[step],
                "colour": WATER if "across" in where[step] else ACCENT,
            }
        )
        here, there = ((1.5 * math.cos(at), math.sin(at)) for at in (angle, angle - turn))
        (x, y), (x2, y2) = (
            tuple(a + part * (b - a) for a, b in zip(here, there, strict=True))
            for part in (0.4, 0.6)
        )
        arrows.append({"x": x, "y": y, "x2": x2, "y2": y2})
        # Symbols are turned clockwise from pointing up; the picture is 620 by 360 pixels.
        heading = math.degrees(math.atan2((x2 - x) * 620 / 4.9, (y2 - y) * 360 / 2.7))
        heads.append({"x": x2, "y": y2, "angle": heading})
    x_scale, y_scale = alt.Scale(domain=[-2.45, 2.45]), alt.Scale(domain=[-1.25, 1.45])

    def at(name: str) -> dict[str, Any]:
        return {
            "x": alt.X(f"{name}:Q", axis=None, scale=x_scale),
            "y": alt.Y("y:Q", axis=None, scale=y_scale),
        }

    base = alt.Chart(pd.DataFrame(nodes)).encode(**at("x"))
    chart = completed(
        alt.layer(
            alt.Chart(pd.DataFrame(arrows))
            .mark_rule(color=QUIET, strokeWidth=3)
            .encode(**at("x"), x2=alt.X2("x2"), y2=alt.Y2("y2")),
            alt.Chart(pd.DataFrame(heads))
            .mark_point(shape="triangle-up", filled=True, color=QUIET, size=160, opacity=1)
            .encode(**at("x"), angle=alt.Angle("angle:Q", scale=None)),
            base.mark_text(fontSize=15, fontWeight=600, dy=-18).encode(text=alt.Text("line_1")),
            base.mark_text(fontSize=15, fontWeight=600, dy=1).encode(text=alt.Text("line_2")),
            base.mark_text(fontSize=13, dy=21).encode(
                text=alt.Text("where"), color=alt.Color("colour:N", scale=None)
            ),
        ),
        width=620,
        height=360,
        title="Regions pull, capitals agree, and the regions come out stronger",
    )
    table = pd.DataFrame(
        [{"step": step, "name": name, "where": where[step]} for step, name in STEPS.items()]
    )
    steps = "; ".join(f"{' '.join(labels[step])}, {where[step]}" for step in STEPS)
    alternative = (
        "The five steps of the study's model in a circle, each with an arrow to the next and the last with "
        f"an arrow back to the first: {steps}."
    )
    return Figure(chart, alternative, table)


def step_evidence() -> Figure:
    """Draw what the study shows for each step in each country.

    Returns
    -------
    Figure
        Five columns and six rows: a full dot for a case, a small one for a case with gaps, a ring
        for a hint, a dash for nothing.
    """
    names = _names()
    rows = [
        {
            "step": step,
            "country": names[row["country"]],
            "grade": row["grade"],
            "colour": country_colour(row["country"]),
            "says": row["says"],
            "id": row["id"],
        }
        for step in STEPS
        for row in derived.evidence(step)
    ]
    frame = pd.DataFrame(rows)
    heads = {
        "1.1": ["1.1", "freedom"],
        "1.2": ["1.2", "ties"],
        "2.1": ["2.1", "capitals drawn in"],
        "2.2": ["2.2", "negotiation"],
        "2.3": ["2.3", "feedback"],
    }
    x = alt.X(
        "step:N",
        title=None,
        axis=alt.Axis(
            orient="top",
            domain=False,
            ticks=False,
            labelAngle=0,
            labelFontSize=13,
            labelPadding=22,
            labelExpr=f"{json.dumps(heads)}[datum.value]",
        ),
    )
    y = alt.Y(
        "country:N",
        sort=[names[code] for code in SIX],
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelFontSize=13, labelPadding=10),
    )
    base = alt.Chart(frame).encode(
        x=x,
        y=y,
        tooltip=[
            alt.Tooltip("country", title="Country"),
            alt.Tooltip("step", title="Step"),
            alt.Tooltip("says", title="The study"),
            alt.Tooltip("id", title="Cite"),
        ],
    )
    colour = alt.Color("colour:N", scale=None)
    chart = completed(
        alt.layer(
            base.transform_filter("datum.grade == 'strong'")
            .mark_circle(size=420, opacity=1)
            .encode(color=colour),
            base.transform_filter("datum.grade == 'some'")
            .mark_circle(size=150, opacity=1)
            .encode(color=colour),
            base.transform_filter("datum.grade == 'hint'")
            .mark_point(size=130, opacity=1, strokeWidth=2)
            .encode(color=colour),
            base.transform_filter("datum.grade == 'none'").mark_text(
                text="–", fontSize=18, color=QUIET
            ),
        ),
        width=500,
        height=250,
        title=alt.Title(
            f"Ties in {derived.shown('1.2')} countries, a capital drawn in by its region in "
            f"{derived.shown('2.1')}, feedback in {_none(derived.shown('2.3'))}",
            fontSize=15,
            subtitle=[
                "Large dot: a case. Small dot: a case with gaps. Ring: a hint. Dash: nothing.",
                'What stands behind each, and where the study has it: cite("SE01") to cite("SE30").',
            ],
        ),
    )
    alternative = "Grid of six countries and five steps, by what the 1993 study shows. " + " ".join(
        f"Step {step}: "
        + ", ".join(
            f"{names[row['country']]} {_GRADE_WORDS[row['grade']]}"
            for row in derived.evidence(step)
        )
        + "."
        for step in STEPS
    )
    table = frame[["id", "step", "country", "grade", "says"]]
    return Figure(chart, alternative, table)


def _none(count: int) -> str:
    return str(count) if count else "none"


def _evidence_panel(step: str) -> alt.LayerChart:
    """List what the study shows for one step, a line a country."""
    names = _names()
    rows = [
        {
            "y": 38 + 22 * place,
            "country": names[row["country"]],
            "colour": country_colour(row["country"]),
            "grade": row["grade"],
            "says": row["says"],
        }
        for place, row in enumerate(derived.evidence(step))
    ]
    base = alt.Chart(pd.DataFrame(rows)).encode(y=alt.Y("y:Q", axis=None, scale=None))
    dot = {"x": alt.value(6), "color": alt.Color("colour:N", scale=None)}
    head = (
        alt.Chart(pd.DataFrame([{"y": 12, "says": "What the study shows"}]))
        .mark_text(align="left", fontWeight=600, fontSize=13)
        .encode(y=alt.Y("y:Q", axis=None, scale=None), x=alt.value(0), text=alt.Text("says"))
    )
    return completed(
        alt.layer(
            head,
            base.transform_filter("datum.grade == 'strong'")
            .mark_circle(size=170, opacity=1)
            .encode(**dot),
            base.transform_filter("datum.grade == 'some'")
            .mark_circle(size=70, opacity=1)
            .encode(**dot),
            base.transform_filter("datum.grade == 'hint'")
            .mark_point(size=60, opacity=1, strokeWidth=2)
            .encode(**dot),
            base.transform_filter("datum.grade == 'none'")
            .mark_text(text="–", fontSize=15, color=QUIET)
            .encode(x=alt.value(6)),
            base.mark_text(align="left", fontWeight=600).encode(
                x=alt.value(20), text=alt.Text("country")
            ),
            base.mark_text(align="left").encode(x=alt.value(118), text=alt.Text("says")),
        ),
        width=560,
        height=160,
    )


def _step_figure(
    step: str,
    upper: alt.TopLevelMixin,
    start: Mapping[str, Any],
    title: str,
    words: str,
    table: pd.DataFrame,
    x_says: str,
) -> Figure:
    chart = completed(
        alt.vconcat(upper, _evidence_panel(step), spacing=16),
        *(alt.param(name=name, value=value) for name, value in start.items()),
        title=alt.Title(
            title,
            subtitle=[
                _OURS,
                "Large dot: a case. Small dot: with gaps. Ring: a hint. Dash: nothing.",
            ],
        ),
    )
    names = _names()
    listed = " ".join(f"{names[row['country']]}: {row['says']}" for row in derived.evidence(step))
    return Figure(
        chart,
        f"{x_says} {words} Below, what the study shows. {listed}",
        table,
        controls=tuple(start),
    )


# Step 1.1 ----------------------------------------------------------------------------------------


def step_autonomy(reform: float = 0.1, pull: float = 0.1) -> Figure:
    """Draw how autonomy won in a crisis wears off (step 1.1 alone); parameters as in `describe_autonomy`."""
    words = describe_autonomy(reform, pull)
    rows = [
        {
            "reform": each,
            "pull": force,
            "round": list(range(ROUNDS + 1)),
            "a": _rounded(derived.autonomy_path(each, force, ROUNDS)),
        }
        for each in REFORMS
        for force in PULLS
    ]
    base = alt.Chart(pd.DataFrame(rows)).transform_filter(
        "datum.reform == reform && datum.pull == pull"
    )
    x = alt.X("round:Q", title="Rounds after the crisis", axis=alt.Axis(grid=False, tickCount=5))
    y = alt.Y("a:Q", title="Autonomy of a region", scale=_UNIT, axis=alt.Axis(tickCount=5))
    line = (
        base.transform_flatten(["round", "a"])
        .mark_line(color=WATER, strokeWidth=3)
        .encode(x=x, y=y)
    )
    law = base.mark_rule(color=ACCENT, strokeWidth=2, strokeDash=[6, 4]).encode(
        y=alt.Y("reform:Q", scale=_UNIT)
    )
    label = base.mark_text(align="left", dy=-8, color=ACCENT, fontSize=13).encode(
        y=alt.Y("reform:Q", scale=_UNIT),
        x=alt.value(6),
        text=alt.value("what reform alone gives"),
    )
    upper = completed(alt.layer(law, line, label), width=560, height=200)
    table = pd.DataFrame(
        {"round": range(ROUNDS + 1), "autonomy": derived.autonomy_path(reform, pull, ROUNDS)}
    )
    return _step_figure(
        "1.1",
        upper,
        {"reform": reform, "pull": pull},
        "Step 1.1: autonomy won in a crisis falls back to what reform has made safe",
        words,
        table,
        "A line over forty rounds falls from the autonomy won in a crisis towards a dashed line.",
    )


def describe_autonomy(reform: float = 0.1, pull: float = 0.1) -> str:
    """Say what is left of autonomy won in a crisis.

    Parameters
    ----------
    reform
        Autonomy from domestic reform alone, one of `REFORMS`.
    pull
        Recentralization in each round, one of `PULLS`.

    Raises
    ------
    ValueError
        A value is not one that the slider offers.
    """
    _offered("reform", reform, REFORMS)
    _offered("pull", pull, PULLS)
    path = derived.autonomy_path(reform, pull, ROUNDS)
    return (
        f"Reform alone gives {reform:g}; the centre takes back {pull:g} of the rest in each round. Autonomy "
        f"starts at {path[0]:g}. After 10 rounds it is {path[10]:.2f}, after 20 rounds {path[20]:.2f}, and "
        f"after {ROUNDS} rounds {path[ROUNDS]:.2f}."
    )


# Step 1.2 ----------------------------------------------------------------------------------------

_FREEDOMS = tuple(round(0.1 * step, 1) for step in range(11))


def step_ties(complementarity: float = 0.7, hostility: float = 0.2) -> Figure:
    """Draw the ties of two regions over their autonomy (step 1.2 alone); parameters as in `describe_ties`."""
    words = describe_ties(complementarity, hostility)
    rows = [
        {
            "complementarity": fit,
            "hostility": quarrel,
            "a": list(_FREEDOMS),
            "n": _rounded(derived.ties_at(freedom, fit, quarrel) for freedom in _FREEDOMS),
        }
        for fit in COMPLEMENTARITIES
        for quarrel in HOSTILITIES
    ]
    line = (
        alt.Chart(pd.DataFrame(rows))
        .transform_filter(
            "datum.complementarity == complementarity && datum.hostility == hostility"
        )
        .transform_flatten(["a", "n"])
        .mark_line(color=WATER, strokeWidth=3, interpolate="monotone")
        .encode(
            x=alt.X("a:Q", title="Autonomy of both regions", axis=alt.Axis(grid=False)),
            y=alt.Y("n:Q", title="Ties in the long run", scale=_UNIT, axis=alt.Axis(tickCount=5)),
        )
    )
    table = pd.DataFrame(
        {
            "autonomy": _FREEDOMS,
            "ties": [derived.ties_at(each, complementarity, hostility) for each in _FREEDOMS],
        }
    )
    return _step_figure(
        "1.2",
        completed(line, width=560, height=200),
        {"complementarity": complementarity, "hostility": hostility},
        "Step 1.2: ties need freedom, something to exchange, and a quiet border",
        words,
        table,
        "A curve of ties over autonomy rises from nothing, ever less steeply.",
    )


def describe_ties(complementarity: float = 0.7, hostility: float = 0.2) -> str:
    """Say which ties two regions keep in the long run.

    Parameters
    ----------
    complementarity
        Of the two, one of `COMPLEMENTARITIES`.
    hostility
        Between their states, one of `HOSTILITIES`.

    Raises
    ------
    ValueError
        A value is not one that the slider offers.
    """
    _offered("complementarity", complementarity, COMPLEMENTARITIES)
    _offered("hostility", hostility, HOSTILITIES)
    low, high = (derived.ties_at(each, complementarity, hostility) for each in (0.1, 0.8))
    return (
        f"Complementarity {complementarity:g}, hostility {hostility:g}. Two regions with little autonomy "
        f"(0.1) keep ties of {low:.2f}, two with much (0.8) ties of {high:.2f}."
    )


# Step 2.1 ----------------------------------------------------------------------------------------


def step_bargaining(capital: str = "CHN", support: float = 0.1) -> Figure:
    """Draw commitment over ties (step 2.1 alone); parameters as in `describe_bargaining`."""
    words = describe_bargaining(capital, support)
    rows = []
    for each in STEP_SUPPORTS:
        ties, commitments = derived.commitments_at(each)
        rows += [
            {
                "capital": code,
                "support": each,
                "n": _rounded(ties, 2),
                "c": _rounded(commitments[place]),
                "colour": country_colour(code),
            }
            for place, code in enumerate(SIX)
        ]
    base = alt.Chart(pd.DataFrame(rows)).transform_filter("datum.support == support")
    x = alt.X(
        "n:Q", title="Ties of its region, mean over the neighbours", axis=alt.Axis(grid=False)
    )
    y = alt.Y("c:Q", title="Commitment of the capital", scale=_UNIT, axis=alt.Axis(tickCount=5))
    others = (
        base.transform_flatten(["n", "c"])
        .mark_line(color=BORDER, strokeWidth=1.5, interpolate="monotone")
        .encode(x=x, y=y, detail=alt.Detail("capital:N"))
    )
    line = (
        base.transform_filter("datum.capital == capital")
        .transform_flatten(["n", "c"])
        .mark_line(strokeWidth=4, interpolate="monotone")
        .encode(x=x, y=y, color=alt.Color("colour:N", scale=None))
    )
    half = (
        alt.Chart(pd.DataFrame([{"c": 0.5}]))
        .mark_rule(color=QUIET, strokeDash=[4, 4])
        .encode(y=alt.Y("c:Q", scale=_UNIT))
    )
    ties, commitments = derived.commitments_at(support)
    table = pd.DataFrame(
        {"ties": ties, **{CAPITALS[code]: commitments[i] for i, code in enumerate(SIX)}}
    )
    return _step_figure(
        "2.1",
        completed(alt.layer(half, others, line), width=560, height=200),
        {"capital": capital, "support": support},
        "Step 2.1: for a long time ties change nothing, and then a capital turns",
        words,
        table,
        "S-shaped curves of commitment over ties, one for each of six capitals, one of them thick.",
    )


def describe_bargaining(capital: str = "CHN", support: float = 0.1) -> str:
    """Say at which ties a capital is won over.

    Parameters
    ----------
    capital
        Code of its country, one of the six.
    support
        Of an international organization, one of `STEP_SUPPORTS`.

    Raises
    ------
    ValueError
        A value is not one that the control offers.
    """
    _offered("capital", capital, SIX)
    _offered("support", support, STEP_SUPPORTS)
    ties, commitments = derived.commitments_at(support)
    own = commitments[SIX.index(capital)]
    turn = float(np.interp(0.5, own, ties))
    last = (
        f"It turns, past one half, at ties of {turn:.2f}."
        if own[0] < 0.5
        else "It needs no ties at all."
    )
    return (
        f"{CAPITALS[capital]} with outside support of {support:g}: without ties its commitment is "
        f"{_said(float(own[0]))}, with ties of 0.5 it is {_said(float(np.interp(0.5, ties, own)))}. {last}"
    )


# Step 2.2 ----------------------------------------------------------------------------------------


def step_negotiation(unwilling: int = 1, level: str = "nearly refuses") -> Figure:
    """Draw the agreement of six capitals (step 2.2 alone); parameters as in `describe_negotiation`."""
    words = describe_negotiation(unwilling, level)
    bars, agreed = [], []
    for count in UNWILLING:
        for kind in LEVEL_WORDS:
            low = teaching_value(derived.LEVELS[kind]) if kind in derived.LEVELS else 0.0
            bars += [
                {
                    "unwilling": count,
                    "level": kind,
                    "capital": f"capital {place + 1}",
                    "c": low if place >= len(SIX) - count else teaching_value("TV822"),
                }
                for place in range(len(SIX))
            ]
            agreed += [
                {
                    "unwilling": count,
                    "level": kind,
                    "rule": rule,
                    "F": round(derived.agreement_of(count, kind, model_rule), 4),
                }
                for rule, model_rule in _RULES.items()
            ]
    chosen = "datum.unwilling == unwilling && datum.level == level"
    y = alt.Y("capital:N", title=None, axis=alt.Axis(domain=False, ticks=False, labelFontSize=12))
    base = alt.Chart(pd.DataFrame(bars)).transform_filter(chosen)
    left = completed(
        base.mark_bar(color=BORDER).encode(
            x=alt.X("c:Q", title="Commitment", scale=_UNIT, axis=alt.Axis(tickCount=5)), y=y
        ),
        width=230,
        height=160,
    )
    results = alt.Chart(pd.DataFrame(agreed)).transform_filter(chosen)
    y_rule = alt.Y(
        "rule:N",
        sort=list(_RULES),
        title=None,
        axis=alt.Axis(
            domain=False,
            ticks=False,
            labelFontSize=12,
            labelLimit=200,
            labelExpr=f"{json.dumps(_RULE_LINES)}[datum.value]",
        ),
    )
    x_f = alt.X("F:Q", title="Agreement", scale=_UNIT, axis=alt.Axis(tickCount=5))
    right = completed(
        alt.layer(
            results.mark_bar(color=WATER, height=26).encode(x=x_f, y=y_rule),
            results.mark_text(align="left", dx=5, fontWeight=700, fontSize=13).encode(
                x=x_f, y=y_rule, text=alt.Text("F:Q", format=".2f")
            ),
        ),
        width=170,
        height=160,
    )
    upper = alt.hconcat(left, right, spacing=20)
    table = pd.DataFrame([row for row in agreed if row["level"] == level])
    return _step_figure(
        "2.2",
        upper,
        {"unwilling": unwilling, "level": level},
        "Step 2.2: one reluctant capital pulls the agreement down, and only a refusal ends it",
        words,
        table,
        "Six bars of commitment and two bars of the agreement that comes of them, by two rules.",
    )


_RULES = {"all weigh in": "geometric mean", "the least willing decides": "minimum"}
_RULE_LINES = {
    "all weigh in": ["all weigh in"],
    "the least willing decides": ["the least", "willing decides"],
}


def describe_negotiation(unwilling: int = 1, level: str = "nearly refuses") -> str:
    """Say what six capitals agree on.

    Parameters
    ----------
    unwilling
        How many of the six are unwilling, 0 to 6.
    level
        What each of these does, one of `LEVEL_WORDS`.

    Raises
    ------
    ValueError
        A value is not one that the control offers.
    """
    _offered("unwilling", unwilling, UNWILLING)
    _offered("level", level, LEVEL_WORDS)
    soft = derived.agreement_of(unwilling, level)
    hard = derived.agreement_of(unwilling, level, "minimum")
    who = f"{len(SIX) - unwilling} willing, {unwilling} that {level if unwilling == 1 else _PLURAL[level]}"
    if not unwilling:
        who = "All six willing"
    elif unwilling == len(SIX):
        who = f"All six {_PLURAL[level]}"
    return f"{who}. If all weigh in, the agreement is {soft:.2f}; if the least willing decides, {hard:.2f}."


_PLURAL = {"hesitates": "hesitate", "nearly refuses": "nearly refuse", "refuses": "refuse"}


# Step 2.3 ----------------------------------------------------------------------------------------


def step_feedback(feedback: float = 0.3, pull: float = 0.1) -> Figure:
    """Draw autonomy over the agreement (step 2.3 into 1.1); parameters as in `describe_feedback`."""
    words = describe_feedback(feedback, pull)
    held = np.round(np.linspace(0, 1, 21), 2)
    rows = [
        {
            "feedback": lift,
            "pull": force,
            "f": held.tolist(),
            "a": _rounded(derived.autonomy_at(held, lift, force)),
        }
        for lift in FEEDBACKS
        for force in PULLS
    ]
    line = (
        alt.Chart(pd.DataFrame(rows))
        .transform_filter("datum.feedback == feedback && datum.pull == pull")
        .transform_flatten(["f", "a"])
        .mark_line(color=WATER, strokeWidth=3)
        .encode(
            x=alt.X("f:Q", title="Agreement between the capitals", axis=alt.Axis(grid=False)),
            y=alt.Y("a:Q", title="Autonomy of a region", scale=_UNIT, axis=alt.Axis(tickCount=5)),
        )
    )
    table = pd.DataFrame({"agreement": held, "autonomy": derived.autonomy_at(held, feedback, pull)})
    return _step_figure(
        "2.3",
        completed(line, width=560, height=200),
        {"feedback": feedback, "pull": pull},
        "Step 2.3: what is agreed lifts the regions, unless nothing of it reaches them",
        words,
        table,
        "A curve of the autonomy of regions over the agreement that is held.",
    )


def describe_feedback(feedback: float = 0.3, pull: float = 0.1) -> str:
    """Say what an agreement does for the regions.

    Parameters
    ----------
    feedback
        How much of the agreement reaches them, one of `FEEDBACKS`.
    pull
        Recentralization in each round, one of `PULLS`.

    Raises
    ------
    ValueError
        A value is not one that the slider offers.
    """
    _offered("feedback", feedback, FEEDBACKS)
    _offered("pull", pull, PULLS)
    none, some, full = derived.autonomy_at(np.array([0.0, 0.2, 1.0]), feedback, pull)
    return (
        f"Feedback {feedback:g}, recentralization {pull:g}. Without an agreement a region's autonomy is "
        f"{none:.2f}, with a weak one (0.2) {some:.2f}, with a full one {full:.2f}."
    )


# Round by round ----------------------------------------------------------------------------------

_EVERY = 4


def rounds(reluctance: float = 1.25, start: str = "nothing") -> Figure:
    """Draw the cycle round by round; parameters as in `describe_rounds`."""
    words = describe_rounds(reluctance, start)
    rows = []
    for each in RELUCTANCES:
        for begin in STARTS:
            run = derived.paths(each, begin)
            rows.append(
                {
                    "reluctance": each,
                    "start": begin,
                    "round": list(range(0, len(run.agreement), _EVERY)),
                    "autonomy": _rounded(run.autonomy[::_EVERY, 0]),
                    "ties": _rounded(run.ties[::_EVERY, 0]),
                    "agreement": _rounded(run.agreement[::_EVERY]),
                }
            )
    base = alt.Chart(_ROWS).transform_filter("datum.reluctance == reluctance")
    mine = base.transform_filter("datum.start == start")
    x = alt.X("round:Q", title="Round", axis=alt.Axis(grid=False, tickCount=6))

    def line(source: alt.Chart, what: str, **how: Any) -> alt.Chart:
        return (
            source.transform_flatten(["round", what])
            .mark_line(**how)
            .encode(
                x=x,
                y=alt.Y(
                    f"{what}:Q",
                    title="Agreement, ties, autonomy",
                    scale=_UNIT,
                    axis=alt.Axis(tickCount=5),
                ),
            )
        )

    ends = (
        mine.transform_calculate(
            a="datum.autonomy[datum.autonomy.length - 1]",
            n="datum.ties[datum.ties.length - 1]",
            f="datum.agreement[datum.agreement.length - 1]",
        )
        .transform_fold(["a", "n", "f"], as_=["what", "end"])
        .transform_calculate(
            says="datum.what == 'a' ? 'autonomy' : datum.what == 'n' ? 'ties' : 'agreement'",
            at="datum.what != 'a' || abs(datum.a - datum.n) > 0.06 ? datum.end : datum.n + 0.06",
        )
    )
    labels = ends.mark_text(align="left", dx=6, fontSize=13, fontWeight=600).encode(
        x=alt.value(560),
        y=alt.Y("at:Q", scale=_UNIT),
        text=alt.Text("says:N"),
        color=alt.Color(
            "what:N",
            scale=alt.Scale(domain=["f", "n", "a"], range=[ACCENT, WATER, QUIET]),
            legend=None,
        ),
    )
    chart = completed(
        alt.layer(
            line(mine, "autonomy", color=QUIET, strokeWidth=2, strokeDash=[2, 3]),
            line(mine, "ties", color=WATER, strokeWidth=2.5, strokeDash=[8, 4]),
            line(mine, "agreement", color=ACCENT, strokeWidth=4),
            labels,
        ),
        alt.param(name="reluctance", value=reluctance),
        alt.param(name="start", value=start),
        width=560,
        height=260,
        title=alt.Title(
            "The same rules can end in two ways: it depends on where the circle starts",
            subtitle=[_OURS, "A round is one turn of the circle, not a year."],
        ),
    )
    run = derived.paths(reluctance, start)
    table = pd.DataFrame(
        {
            "round": range(len(run.agreement)),
            "autonomy": run.autonomy[:, 0],
            "ties": run.ties[:, 0],
            "agreement": run.agreement,
        }
    )
    alternative = (
        "Three lines over two hundred rounds: agreement, ties and autonomy of six equal actors. "
        + words
    )
    return Figure(chart, alternative, table, controls=("reluctance", "start"), rows=_kept(rows))


def describe_rounds(reluctance: float = 1.25, start: str = "nothing") -> str:
    """Say where the rounds lead.

    Parameters
    ----------
    reluctance
        Of every centre, one of the sliders' values from 1 to 1.5.
    start
        ``"nothing"`` or ``"full"``.

    Raises
    ------
    ValueError
        A value is not one that the control offers.
    """
    _offered("reluctance", reluctance, RELUCTANCES)
    _offered("start", start, STARTS)
    run = derived.paths(reluctance, start)
    first, last = float(run.agreement[10]), float(run.agreement[-1])
    verdict = "The circle keeps turning." if last > 0.5 else "The circle has stalled."
    return (
        f"Reluctance {reluctance:g}, {START_WORDS[start]}. The agreement is {_said(first)} after 10 rounds "
        f"and {_said(last)} after {len(run.agreement) - 1}; ties end at {run.ties[-1, 0]:.2f}, autonomy at "
        f"{run.autonomy[-1, 0]:.2f}. {verdict}"
    )


# The curve ---------------------------------------------------------------------------------------


def cycle_curve(
    assumption: str = "study", reluctance: float = 1.25, support: float = 0.1
) -> Figure:
    """Draw the circle as one curve, with where it can rest; parameters as in `describe_curve`."""
    words = describe_curve(assumption, reluctance, support)
    gaps = sorted({gap(each, help_) for each in RELUCTANCES for help_ in SUPPORTS})
    rows = []
    for each in derived.ASSUMPTIONS:
        for distance in gaps:
            curve = derived.cycle_curve(each, distance)
            rows.append(
                {
                    "assumption": each,
                    "gap": round(100 * distance),
                    "g": _rounded(curve.levels),
                    "p": _rounded((point.agreement for point in curve.crossings), 3),
                    "k": ["rest" if point.is_stable else "threshold" for point in curve.crossings],
                    "t": [
                        f"{'can rest at' if point.is_stable else 'threshold at'} "
                        f"{_said(point.agreement)}"
                        for point in curve.crossings
                    ],
                }
            )

    held = [{"f": value, "place": place} for place, value in enumerate(derived.HELD)]
    base = alt.Chart(_ROWS).transform_filter(
        "datum.assumption == assumption && datum.gap == round(100 * (reluctance - support))"
    )
    x = alt.X(
        "f:Q",
        title="Agreement that is held: F",
        scale=alt.Scale(domain=[-0.02, 1.02], nice=False),
        axis=alt.Axis(grid=False, values=[0, 0.2, 0.4, 0.6, 0.8, 1]),
    )
    y_scale = alt.Scale(domain=[-0.12, 1.02], nice=False)
    y_axis = alt.Axis(values=[0, 0.2, 0.4, 0.6, 0.8, 1])
    y = alt.Y("g:Q", title="Agreement that comes out: G(F)", scale=y_scale, axis=y_axis)
    points = (
        base.transform_flatten(["g"])
        .transform_window(place="row_number()")
        .transform_calculate(place="datum.place - 1")
        .transform_lookup(
            "place", from_=alt.LookupData(pd.DataFrame(held), key="place", fields=["f"])
        )
    )
    line = points.mark_line(color=WATER, strokeWidth=3.5, interpolate="monotone").encode(
        x=x, y=y, order=alt.Order("place:Q")
    )
    flow = (
        points.transform_filter("datum.place % 3 == 1 && abs(datum.g - datum.f) > 0.004")
        .transform_calculate(arrow="datum.g > datum.f ? '▶' : '◀'")
        .mark_text(fontSize=13)
        .encode(
            x=x,
            y=alt.Y(datum=-0.07, scale=y_scale, axis=y_axis),
            text=alt.Text("arrow:N"),
            color=alt.condition("datum.g > datum.f", alt.value(WATER), alt.value(ACCENT)),
        )
    )
    diagonal = (
        alt.Chart(pd.DataFrame([{"f": 0, "g": 0}, {"f": 1, "g": 1}]))
        .mark_line(color=QUIET, strokeDash=[5, 4])
        .encode(x=x, y=y)
    )
    crossings = base.transform_flatten(["p", "k", "t"])
    at = {
        "x": alt.X("p:Q", scale=alt.Scale(domain=[-0.02, 1.02], nice=False)),
        "y": alt.Y("p:Q", scale=y_scale, axis=y_axis),
    }
    rests = crossings.transform_filter("datum.k == 'rest'").mark_point(
        filled=True, size=190, color=INK, opacity=1
    )
    edges = crossings.transform_filter("datum.k == 'threshold'").mark_point(
        filled=True, fill="white", stroke=ACCENT, strokeWidth=3, size=190, opacity=1
    )
    labels = crossings.mark_text(fontSize=13, fontWeight=600).encode(
        **at,
        text=alt.Text("t:N"),
        color=alt.condition("datum.k == 'rest'", alt.value(INK), alt.value(ACCENT)),
    )
    right = labels.transform_filter("datum.p < 0.6").mark_text(
        align="left", dx=18, fontSize=13, fontWeight=600
    )
    left = labels.transform_filter("datum.p >= 0.6").mark_text(
        align="right", dx=-14, dy=-11, fontSize=13, fontWeight=600
    )
    right = right.encode(y=alt.Y("q:Q", scale=y_scale, axis=y_axis)).transform_calculate(
        q="datum.k == 'rest' ? datum.p - 0.03 : datum.p - 0.02"
    )
    chart = completed(
        alt.layer(
            diagonal,
            line,
            flow,
            rests.encode(**at),
            edges.encode(**at),
            left,
            right,
        ),
        alt.param(name="assumption", value=assumption),
        alt.param(name="reluctance", value=reluctance),
        alt.param(name="support", value=support),
        width=520,
        height=430,
        title=alt.Title(
            "The circle rests where the curve crosses the dashed line",
            subtitle=[
                "Arrows below: where the curve lies above the dashed line, agreement grows.",
                _OURS,
            ],
        ),
    )
    curve = derived.cycle_curve(assumption, gap(reluctance, support))
    table = pd.DataFrame({"F": derived.HELD, "G": curve.levels})
    alternative = (
        "Curve of the agreement that comes out of one turn of the circle, over the agreement that is held, "
        f"with the diagonal. {words}"
    )
    return Figure(
        chart,
        alternative,
        table,
        controls=("assumption", "reluctance", "support"),
        rows=_kept(rows),
    )


def describe_curve(
    assumption: str = "study", reluctance: float = 1.25, support: float = 0.1
) -> str:
    """Say where the circle can rest, and what divides the outcomes.

    Parameters
    ----------
    assumption
        One of `ASSUMPTION_WORDS`.
    reluctance
        Of every centre, 1 to 1.5 in steps of 0.05.
    support
        Of an international organization, 0 to 0.4 in tenths.

    Raises
    ------
    ValueError
        A value is not one that the control offers.
    """
    _offered("assumption", assumption, derived.ASSUMPTIONS)
    _offered("reluctance", reluctance, RELUCTANCES)
    _offered("support", support, SUPPORTS)
    curve = derived.cycle_curve(assumption, gap(reluctance, support))
    low, high = curve.outcomes[0], curve.outcomes[-1]
    if curve.thresholds:
        said = (
            f"Two outcomes: from nothing the circle stalls at {_said(low)}; beyond the threshold at "
            f"{_said(curve.thresholds[0])} it climbs to {_said(high)}."
        )
    elif low >= 0.5:
        said = f"One outcome: wherever it starts, the circle takes off to {_said(low)}."
    elif low >= 0.1:
        said = (
            f"One outcome: wherever it starts, the circle comes to rest half-way, at {_said(low)}."
        )
    else:
        said = f"One outcome: wherever it starts, the circle stalls at {_said(low)}."
    crossings = len(curve.crossings)
    times = {1: "once", 2: "twice", 3: "three times"}[crossings]
    return (
        f"{_upper_first(ASSUMPTION_WORDS[assumption])}. Reluctance {reluctance:g}, support {support:g}. The "
        f"curve meets the dashed line {times}. {said}"
    )


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


# Pushes ------------------------------------------------------------------------------------------

_DRAWN = (*range(51), *range(60, 161, 10))
"""The rounds drawn: each one while pushes last and fade, then every tenth."""


def push(amount: float = 0.3, duration: int = 10) -> Figure:
    """Draw a push that lasts for some rounds; parameters as in `describe_push`."""
    words = describe_push(amount, duration)
    rows = []
    for each in derived.AMOUNTS:
        agreement, ties = derived.pushed(each)
        rows += [
            {
                "amount": each,
                "duration": rounds_,
                "F": _rounded(agreement[list(_DRAWN), rounds_]),
                "n": _rounded(ties[list(_DRAWN), rounds_]),
            }
            for rounds_ in derived.LENGTHS
        ]
    base = alt.Chart(_ROWS).transform_filter("datum.amount == amount && datum.duration == duration")
    x = alt.X(
        "round:Q",
        title="Round",
        scale=alt.Scale(domain=[0, 160]),
        axis=alt.Axis(grid=False, values=list(range(0, 161, 20))),
    )

    def line(what: str, **how: Any) -> alt.Chart:
        return (
            base.transform_flatten([what])
            .transform_window(place="row_number()")
            .transform_calculate(
                round="datum.place <= 51 ? datum.place - 1 : 10 * (datum.place - 46)"
            )
            .mark_line(**how)
            .encode(
                x=x,
                y=alt.Y(
                    f"{what}:Q",
                    title="Agreement and ties",
                    scale=_UNIT,
                    axis=alt.Axis(tickCount=5),
                ),
            )
        )

    spell = base.transform_calculate(begin="0", end="datum.duration").mark_rect(
        color=BORDER, opacity=0.45
    )
    edge = round(derived.threshold_ties(), 2)
    mark = alt.Chart(pd.DataFrame([{"n": edge}]))
    ends = (
        base.transform_calculate(f="datum.F[datum.F.length - 1]", t="datum.n[datum.n.length - 1]")
        .transform_fold(["f", "t"], as_=["what", "end"])
        .transform_calculate(says="datum.what == 'f' ? 'agreement' : 'ties'")
        .mark_text(align="left", dx=6, fontSize=13, fontWeight=600)
        .encode(
            x=alt.value(540),
            y=alt.Y("end:Q", scale=_UNIT),
            text=alt.Text("says:N"),
            color=alt.Color(
                "what:N", scale=alt.Scale(domain=["f", "t"], range=[ACCENT, WATER]), legend=None
            ),
        )
    )
    chart = completed(
        alt.layer(
            spell.encode(x=alt.X("begin:Q", scale=alt.Scale(domain=[0, 160])), x2=alt.X2("end:Q")),
            mark.mark_rule(color=WATER, strokeDash=[2, 3]).encode(y=alt.Y("n:Q", scale=_UNIT)),
            mark.mark_text(
                align="right", dy=-8, color=WATER, text="ties at the threshold", fontSize=12
            ).encode(y=alt.Y("n:Q", scale=_UNIT), x=alt.value(538)),
            line("n", color=WATER, strokeWidth=2.5, strokeDash=[8, 4]),
            line("F", color=ACCENT, strokeWidth=4),
            ends,
        ),
        alt.param(name="amount", value=amount),
        alt.param(name="duration", value=duration),
        width=540,
        height=260,
        title=alt.Title(
            "A push is enough only if the ties it leaves behind go on growing",
            subtitle=["Grey: the rounds with extra support. A round is not a year.", _OURS],
        ),
    )
    agreement, ties = derived.pushed(amount)
    table = pd.DataFrame(
        {
            "round": range(len(agreement)),
            "agreement": agreement[:, duration],
            "ties": ties[:, duration],
        }
    )
    alternative = (
        "Two lines over 160 rounds, agreement and ties, with a grey band for the rounds of extra support. "
        + words
    )
    return Figure(chart, alternative, table, controls=("amount", "duration"), rows=_kept(rows))


def describe_push(amount: float = 0.3, duration: int = 10) -> str:
    """Say whether a push of this size and length carries the circle over.

    Parameters
    ----------
    amount
        Extra support, 0.1 to 0.6 in tenths.
    duration
        For how many rounds, 0 to 30.

    Raises
    ------
    ValueError
        A value is not one that the slider offers.
    """
    _offered("amount", amount, derived.AMOUNTS)
    _offered("duration", duration, derived.LENGTHS)
    agreement, ties = derived.pushed(amount)
    least = derived.least_length(amount)
    lasts = least is not None and duration >= least
    verdict = (
        "It is enough: the circle goes on by itself." if lasts else "It is not enough: all fades."
    )
    if not duration:
        return "No push: the circle stays where it was."
    spell = "1 round" if duration == 1 else f"{duration} rounds"
    reached, tied = float(agreement[duration, duration]), float(ties[duration, duration])
    return (
        f"Extra support of {amount:g} for {spell}. When it ends the agreement is {_said(reached)} and "
        f"ties are {tied:.2f}. {verdict}"
    )


def way_there_and_back() -> Figure:
    """Draw where the circle rests while reluctance rises, and while it falls again.

    Returns
    -------
    Figure
        Two lines over the reluctance of the capitals, with arrows; between the folds they differ.
    """
    path = derived.there_and_back()
    base_value = teaching_value(baselines.CYCLE_VALUES["reluctance"])
    level = [round(float(base_value + change), 3) for change in path.change]
    rows = [
        {"reluctance": at, "way": way, "F": round(float(value), 3)}
        for way, values in (("rises", path.rising), ("falls", path.falling))
        for at, value in zip(level, values, strict=True)
    ]
    frame = pd.DataFrame(rows)
    x = alt.X(
        "reluctance:Q",
        title="Reluctance of the capitals",
        scale=alt.Scale(domain=[level[0], level[-1]], nice=False),
        axis=alt.Axis(grid=False, format=".1f", tickCount=6),
    )
    y = alt.Y(
        "F:Q",
        title="Agreement at rest",
        scale=alt.Scale(domain=[0, 1.08]),
        axis=alt.Axis(tickCount=5),
    )
    low, high = derived.folds()
    between = (
        alt.Chart(pd.DataFrame([{"reluctance": low, "end": high}]))
        .mark_rect(color=BORDER, opacity=0.35)
        .encode(x=x, x2=alt.X2("end"))
    )
    lines = [
        alt.Chart(frame)
        .transform_filter(f"datum.way == '{way}'")
        .mark_line(color=colour, strokeWidth=3)
        .encode(x=x, y=y)
        for way, colour in (("rises", ACCENT), ("falls", WATER))
    ]
    words = pd.DataFrame(
        [
            {"reluctance": 1.405, "F": 0.82, "text": "reluctance rises ▶", "colour": ACCENT},
            {"reluctance": 1.025, "F": 0.2, "text": "◀ reluctance falls", "colour": WATER},
            {
                "reluctance": (low + high) / 2,
                "F": 1.05,
                "text": "both are possible",
                "colour": QUIET,
            },
        ]
    )
    labels = (
        alt.Chart(words)
        .mark_text(fontSize=13, fontWeight=600, align="left")
        .encode(x=x, y=y, text=alt.Text("text"), color=alt.Color("colour:N", scale=None))
    )
    chart = completed(
        alt.layer(
            between,
            *lines,
            labels.transform_filter("datum.text != 'both are possible'"),
            labels.transform_filter("datum.text == 'both are possible'").mark_text(
                align="center", fontSize=13, fontWeight=600
            ),
        ),
        width=560,
        height=260,
        title=alt.Title(
            f"Lost at a reluctance of {high:.2f}, won back only at {low:.2f}",
            subtitle=[_OURS],
        ),
    )
    alternative = (
        "Two lines of the agreement at rest. While reluctance rises, the agreement stays high up to "
        f"{high:.2f} and then drops to almost nothing. While it falls again, the agreement stays at "
        f"almost nothing down to {low:.2f}, and then jumps back up. Between the two both are possible."
    )
    table = frame.pivot_table(index="reluctance", columns="way", values="F").reset_index()
    table.columns.name = None
    return Figure(chart, alternative, table)


# Six countries -----------------------------------------------------------------------------------


def six_countries(change: str = "none", start: str = "nothing", support: float = 0.1) -> Figure:
    """Draw where the six capitals come to rest; parameters as in `describe_six`."""
    words = describe_six(change, start, support)
    rows, agreed = [], []
    for each in derived.CHANGES:
        for level in SUPPORTS:
            for begin, outcome in derived.outcomes(each, level).items():
                key = {"change": each, "support": level, "start": begin}
                agreed.append({**key, "F": round(outcome.agreement, 3)})
                rows.append({**key, "c": _rounded(outcome.commitments)})
    chosen = "datum.change == change && datum.support == support && datum.start == start"
    names = [
        {"place": i, "capital": CAPITALS[c], "colour": country_colour(c)} for i, c in enumerate(SIX)
    ]
    bars = (
        alt.Chart(pd.DataFrame(rows))
        .transform_filter(chosen)
        .transform_flatten(["c"])
        .transform_window(place="row_number()")
        .transform_calculate(place="datum.place - 1")
        .transform_lookup(
            "place",
            from_=alt.LookupData(pd.DataFrame(names), key="place", fields=["capital", "colour"]),
        )
    )
    x = alt.X("c:Q", title="Commitment", scale=_UNIT, axis=alt.Axis(tickCount=5))
    y = alt.Y(
        "capital:N",
        sort=[CAPITALS[code] for code in SIX],
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelFontSize=13, labelPadding=8),
    )
    result = alt.Chart(pd.DataFrame(agreed)).transform_filter(chosen)
    line = result.mark_rule(color=INK, strokeWidth=3).encode(x=alt.X("F:Q", scale=_UNIT))
    label = (
        result.transform_calculate(
            says="'agreement ' + (datum.F < 0.01 ? format(datum.F, '.3f') : format(datum.F, '.2f'))"
        )
        .mark_text(fontSize=14, fontWeight=700, baseline="bottom", dy=-4)
        .encode(
            x=alt.X("F:Q", scale=_UNIT),
            y=alt.value(0),
            text=alt.Text("says:N"),
        )
    )
    chart = completed(
        alt.layer(
            bars.mark_bar(height=20).encode(x=x, y=y, color=alt.Color("colour:N", scale=None)),
            line,
            label,
        ),
        alt.param(name="change", value=change),
        alt.param(name="start", value=start),
        alt.param(name="support", value=support),
        width=500,
        height=230,
        title=alt.Title(
            "As read from the sources, the six stand close to an edge",
            offset=30,
            subtitle=[
                "Where six capitals come to rest after as many rounds as it takes.",
                'An interpretation for teaching; each grade with its reason: cite("BE001").',
            ],
        ),
    )
    table = pd.DataFrame(
        [
            {
                "change": CHANGE_WORDS[each],
                "start": START_WORDS[begin],
                "support": support,
                "agreement": round(outcome.agreement, 4),
                **{
                    CAPITALS[code]: round(outcome.commitments[place], 4)
                    for place, code in enumerate(SIX)
                },
            }
            for each in derived.CHANGES
            for begin, outcome in derived.outcomes(each, support).items()
        ]
    )
    alternative = f"Bars of the commitment of six capitals, and a line for their agreement. {words}"
    return Figure(chart, alternative, table, controls=("change", "start", "support"))


def describe_six(change: str = "none", start: str = "nothing", support: float = 0.1) -> str:
    """Say where the six come to rest, and who holds back most.

    Parameters
    ----------
    change
        What is changed in the baseline, one of `CHANGE_WORDS`.
    start
        ``"nothing"`` or ``"full"``.
    support
        Of an international organization, 0 to 0.4 in tenths.

    Raises
    ------
    ValueError
        A value is not one that the control offers.
    """
    _offered("change", change, derived.CHANGES)
    _offered("start", start, STARTS)
    _offered("support", support, SUPPORTS)
    outcome = derived.outcomes(change, support)[start]
    least = int(np.argmin(outcome.commitments))
    most = int(np.argmax(outcome.commitments))
    return (
        f"Changed: {CHANGE_WORDS[change]}. Support {support:g}, {START_WORDS[start]}: the agreement comes to "
        f"rest at {_said(outcome.agreement)}. Most willing: {CAPITALS[SIX[most]]}, "
        f"{_said(outcome.commitments[most])}. Least willing: {CAPITALS[SIX[least]]}, "
        f"{_said(outcome.commitments[least])}."
    )


# What matters ------------------------------------------------------------------------------------


def sensitivity(start: str = "nothing") -> Figure:
    """Draw which numbers move the outcome most; `start` is ``"nothing"`` or ``"full"``."""
    words = describe_sensitivity(start)
    found = derived.sensitivity()
    order = sorted(PARAMETER_WORDS, key=lambda name: -abs(found["nothing"][name]))
    rows = [
        {
            "start": begin,
            "name": PARAMETER_WORDS[name],
            "strength": round(abs(found[begin][name]), 2),
            "direction": "helps" if found[begin][name] > 0 else "hinders",
        }
        for begin in STARTS
        for name in order
    ]
    base = alt.Chart(pd.DataFrame(rows)).transform_filter("datum.start == start")
    x = alt.X(
        "strength:Q",
        title="How closely the outcome follows it (rank correlation, without its sign)",
        scale=_UNIT,
        axis=alt.Axis(tickCount=5),
    )
    y = alt.Y(
        "name:N",
        sort=[PARAMETER_WORDS[name] for name in order],
        title=None,
        axis=alt.Axis(domain=False, ticks=False, labelFontSize=13, labelLimit=260),
    )
    colour = alt.Color(
        "direction:N",
        scale=alt.Scale(domain=["helps", "hinders"], range=[WATER, ACCENT]),
        legend=alt.Legend(title="more of it", orient="bottom-right"),
    )
    chart = completed(
        alt.layer(
            base.mark_bar().encode(x=x, y=y, color=colour),
            base.mark_text(align="left", dx=4).encode(
                x=x, y=y, text=alt.Text("strength:Q", format=".2f")
            ),
        ),
        alt.param(name="start", value=start),
        width=360,
        height=300,
        title=alt.Title(
            f"Nothing moves the outcome as much as the {PARAMETER_WORDS[order[0]]}",
            subtitle=[
                "1,500 runs; every number drawn within a fifth of its value (TV832).",
                _OURS,
            ],
        ),
    )
    table = pd.DataFrame(rows)
    alternative = f"Bars for twelve parameters of the cycle, the longest at the top. {words}"
    return Figure(chart, alternative, table, controls=("start",))


def describe_sensitivity(start: str = "nothing") -> str:
    """Say which numbers move the outcome most, from a start.

    Raises
    ------
    ValueError
        `start` is neither ``"nothing"`` nor ``"full"``.
    """
    _offered("start", start, STARTS)
    found = derived.sensitivity()[start]
    order = sorted(PARAMETER_WORDS, key=lambda name: -abs(found[name]))
    first = ", ".join(f"{PARAMETER_WORDS[name]} ({abs(found[name]):.2f})" for name in order[:3])
    last = ", ".join(PARAMETER_WORDS[name] for name in order[-2:])
    verb = "take off" if start == "nothing" else "stay up"
    return (
        f"{_upper_first(START_WORDS[start])}: {100 * found['share']:.0f} % of the runs {verb}. What matters "
        f"most: {first}. What matters least: {last}."
    )
