"""Lesson 07: keenness and deeds of the six, theories against evidence, and win-sets on a line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

import altair as alt
import pandas as pd

from tutor import baselines, data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, BORDER, INK, QUIET, WATER, country_scale
from tutor.derived import two_level_games as derived
from tutor.models import win_sets
from tutor.models.win_sets import Bargain, WinSet

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
"""The centre of each country, by the name of its capital."""

REGIONS: Mapping[str, str] = MappingProxyType(
    {
        "CHN": "Jilin",
        "RUS": "Primorye",
        "JPN": "Niigata, Toyama",
        "KOR": "a South Korean region",
        "PRK": "Rajin-Sonbong",
        "MNG": "eastern Mongolia",
    }
)
"""The region of each country; for South Korea the study names none."""

THEORY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "functionalism": "functionalism",
        "neofunctionalism": "neofunctionalism",
        "realism": "realism",
        "intergovernmentalism": "intergovernmentalism",
        "study": "the 1993 study",
    }
)

UNTIL_WORDS: Mapping[str, str] = MappingProxyType(
    {"1993": "up to May 1993", "1996": "up to the end of 1996"}
)
COUNTING_WORDS: Mapping[str, str] = MappingProxyType(
    {"fits": "what it expected", "balance": "that, minus what went against it"}
)
READING_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "capitals": "capitals alone (realism)",
        "putnam": "capitals; regions ratify (Putnam)",
        "study": "regions; capitals ratify (the study)",
        "regions": "regions alone (functionalism)",
    }
)
MEMBER_WORDS: Mapping[str, str] = MappingProxyType(
    {"five": "the five members", "six": "all six, with Japan", "three": "the three on the river"}
)
RECIPIENT_WORDS: Mapping[str, str] = MappingProxyType(
    {"Pyongyang": "Pyongyang alone", "capitals": "every capital", "regions": "every region"}
)
AUTONOMY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "read": "as the evidence has it",
        "0": "none: 0",
        "0.25": "a quarter: 0.25",
        "0.5": "half: 0.5",
        "0.75": "three quarters: 0.75",
        "1": "full: 1",
    }
)
"""What the autonomy of the regions can be set to."""

COSTS = tuple(round(step / 10, 1) for step in range(8))
PAYMENTS = tuple(round(step / 10, 1) for step in range(7))
IDEALS = tuple(round(step / 10, 1) for step in range(11))
PAID = tuple(round(step / 10, 1) for step in range(5))

_FIT, _MISFIT, _NOTHING = WATER, ACCENT, "#E4E1DA"
_MARKS = {"expects": "✓", "silent": "–", "against": "✗"}
_PLACES = (
    "{'0': ['0: separate', 'zones'], '0.5': ['0.5: one zone,', 'three parts'], "
    "'1': ['1: one joint', 'authority']}"
)
_LINE_AXIS = alt.Axis(
    values=[0, 0.25, 0.5, 0.75, 1],
    labelExpr=f"{_PLACES}['' + datum.value] || format(datum.value, '.2f')",
    grid=True,
    domain=False,
    ticks=False,
    labelPadding=6,
    labelAlign="center",
)
_POSITIONS = (
    "Positions are read from the sources for teaching, not measured: "
    'cite("BG05") shows one with its reason.'
)


# Near the river and far from it ------------------------------------------------------------------


def distances_to_the_river() -> Figure:
    """Draw how far the capitals, and the regions' own cities, lie from the mouth of the Tumen.

    Returns
    -------
    Figure
        One row a country: a diamond for the region's city, a circle for the capital, in kilometres.
    """
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    rows = [
        {
            "code": code,
            "country": names[code],
            "level": level,
            "city": data.find(places[code])["name"],
            "kilometres": round(derived.distance_to_the_mouth(places[code]), -1),
        }
        for level, places in (("region", derived.REGION_PLACES), ("capital", baselines.CAPITALS))
        for code in baselines.SIX
        if code in places
    ]
    frame = pd.DataFrame(rows)
    codes, colours = country_scale(list(baselines.SIX))
    capital = frame[frame["level"] == "capital"].set_index("code")
    region = frame[frame["level"] == "region"].set_index("code")
    order = list(capital.sort_values("kilometres")["country"])
    gap = capital.join(region.add_suffix("_near"), how="inner")
    far = capital.loc["RUS"]
    base = alt.Chart(frame).encode(
        y=alt.Y(
            "country:N",
            sort=order,
            title=None,
            axis=alt.Axis(ticks=False, domain=False, labelFontSize=13),
        ),
        x=alt.X(
            "kilometres:Q",
            title="kilometres from the mouth of the Tumen (square-root scale)",
            scale=alt.Scale(type="sqrt", domain=[0, 8200]),
            axis=alt.Axis(
                values=[100, 500, 1000, 2000, 4000, 6000], labelExpr="format(datum.value, ',.0f')"
            ),
        ),
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
    )
    labels = base.encode(text=alt.Text("city"), color=alt.value(INK))
    chart = completed(
        alt.layer(
            alt.Chart(gap.reset_index())
            .mark_rule(strokeWidth=2, color=BORDER)
            .encode(
                y=alt.Y("country:N", sort=order),
                x=alt.X("kilometres_near:Q"),
                x2=alt.X2("kilometres:Q"),
            ),
            base.mark_point(filled=True, size=170, opacity=1).encode(
                shape=alt.Shape(
                    "level:N",
                    scale=alt.Scale(domain=["region", "capital"], range=["diamond", "circle"]),
                    legend=None,
                ),
                tooltip=[alt.Tooltip("city"), alt.Tooltip("kilometres", format=",")],
            ),
            labels.transform_filter("datum.level == 'capital'").mark_text(align="left", dx=11),
            labels.transform_filter("datum.level == 'region'").mark_text(dy=-14),
        ),
        width=540,
        height=270,
        title=f"Near the river the regions, far away the capitals: Moscow at {far['kilometres']:,.0f} km",
    )
    said = "; ".join(
        f"{row['city']} ({row['country']}, {row['level']}) {row['kilometres']:,.0f}" for row in rows
    )
    alternative = f"Distances to the mouth of the Tumen in kilometres. {said}."
    return Figure(
        chart,
        alternative,
        frame[["country", "level", "city", "kilometres"]],
        "Circle: the capital. Diamond: the main city of the region that the study names (for South "
        "Korea it names none). As the crow flies.",
    )


# The six and their keenness ----------------------------------------------------------------------


def enthusiasm() -> Figure:
    """Draw the study's ranks of enthusiasm beside the steps that each country took.

    Returns
    -------
    Figure
        One row a country in the order of the ranks; steps towards the scheme to the right, steps
        away from it to the left; round for a capital, a diamond for somebody below it.
    """
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    ranked = sorted(data.rows("national_considerations"), key=lambda r: int(r["enthusiasm_rank"]))
    countries, marks, table = [], [], []
    for place, row in enumerate(ranked):
        code = row["country"]
        first_draw = row["incentive_or_disincentive"].split(";")[0].replace(" (a disincentive)", "")
        countries.append(
            {
                "y": place,
                "name": f"{row['enthusiasm_rank']}  {names[code]}",
                "label": row["enthusiasm_label"].lower(),
                "draw": first_draw,
            }
        )
        for direction, sign in (("towards", 1), ("away", -1)):
            steps = [
                move
                for move in data.rows("national_moves")
                if (move["country"], move["direction"]) == (code, direction)
            ]
            steps.sort(key=lambda move: move["level"])
            marks += [
                {
                    "y": place,
                    "x": sign * number,
                    "code": code,
                    "who": "a capital" if move["level"] == "centre" else "a region, firms",
                    "says": move["says"],
                    "id": move["id"],
                }
                for number, move in enumerate(steps, 1)
            ]
            table += [
                {
                    "id": move["id"],
                    "country": names[code],
                    "rank": int(row["enthusiasm_rank"]),
                    "direction": direction,
                    "level": move["level"],
                    "step": move["says"],
                }
                for move in steps
            ]
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-9.6, 7.6]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[5.6, -1.1]))
    codes, colours = country_scale(list(baselines.SIX))
    heads = pd.DataFrame(
        [
            {"x": -9.5, "y": -0.8, "text": "rank, and what moves it"},
            {"x": -3.3, "y": -0.8, "text": "steps away"},
            {"x": 0.6, "y": -0.8, "text": "steps towards"},
        ]
    )
    text = alt.Chart(pd.DataFrame(countries)).encode(x=_x(-9.5), y=y)
    chart = completed(
        alt.layer(
            alt.Chart(heads)
            .mark_text(align="left", color=QUIET)
            .encode(x=x, y=y, text=alt.Text("text")),
            alt.Chart(pd.DataFrame([{"x": 0}])).mark_rule(color=BORDER, strokeWidth=2).encode(x=x),
            text.mark_text(align="left", fontWeight=600, fontSize=13, dy=-8).encode(
                text=alt.Text("name")
            ),
            text.mark_text(align="left", dx=115, dy=-8, color=QUIET).encode(text=alt.Text("label")),
            text.mark_text(align="left", dy=9, dx=16, color=QUIET).encode(text=alt.Text("draw")),
            alt.Chart(pd.DataFrame(marks))
            .mark_point(filled=True, size=210, opacity=1)
            .encode(
                x=x,
                y=y,
                color=alt.Color(
                    "code:N", scale=alt.Scale(domain=codes, range=colours), legend=None
                ),
                shape=alt.Shape(
                    "who:N",
                    scale=alt.Scale(
                        domain=["a capital", "a region, firms"], range=["circle", "diamond"]
                    ),
                    legend=alt.Legend(
                        title="step of", orient="bottom", symbolFillColor=INK, symbolStrokeColor=INK
                    ),
                ),
                tooltip=[alt.Tooltip("says", title="Step"), alt.Tooltip("id", title="Cite")],
            ),
        ),
        width=620,
        height=320,
        title=_enthusiasm_finding(),
    )
    counts = "; ".join(
        f"{names[row['country']]}, rank {row['enthusiasm_rank']}: "
        f"{derived.steps(row['country'], 'towards')} towards, "
        f"{derived.steps(row['country'], 'away')} away"
        for row in ranked
    )
    alternative = (
        "Rows for the six countries in the order in which the 1993 study ranks their enthusiasm, with "
        f"the steps each took up to May 1993. {counts}."
    )
    note = (
        'Ranks: the study\'s table, cite("NC01") and on. Steps up to May 1993: our choice and coding, '
        'cite("NM01") and on. A step counts one, large or small.'
    )
    return Figure(chart, alternative, pd.DataFrame(table), note)


def _enthusiasm_finding() -> str:
    """Say what sets South Korea's rank against its steps, out of the data."""
    towards, away = derived.steps("KOR", "towards"), derived.steps("KOR", "away")
    row = next(r for r in data.rows("national_considerations") if r["country"] == "KOR")
    ordinal = ("first", "second", "third", "fourth", "fifth", "last")[
        int(row["enthusiasm_rank"]) - 1
    ]
    return f"South Korea: ranked {ordinal}, yet {towards} steps towards and {away or 'none'} away"


# Theories against evidence -----------------------------------------------------------------------


def theory_table(until: str = "1996", counting: str = "fits", row: str = "none") -> Figure:
    """Draw which theory expects which observation at Tumen, and count.

    Parameters
    ----------
    until : str
        Evidence ``"1993"`` (up to May 1993) or ``"1996"``.
    counting : str
        ``"fits"`` (what a theory expected) or ``"balance"`` (that, minus what went against it).
    row : str
        Id of the observation to point out, such as ``"OB01"``, or ``"none"``.

    Returns
    -------
    Figure
        Observations as rows, theories as columns, with parameters ``until``, ``counting`` and ``row``.

    Raises
    ------
    ValueError
        If an argument is not one of those.
    """
    describe_theories(until, counting, row)
    cells, labels, sums, table = [], [], [], []
    early = {seen["id"] for seen in derived.observations("1993")}
    for place, seen in enumerate(derived.observations("1996")):
        since = 1993 if seen["id"] in early else 1996
        labels.append(
            {
                "y": place,
                "id": seen["id"],
                "since": since,
                "label": seen["label"],
                "year": seen["date"][:4],
            }
        )
        record = {"id": seen["id"], "date": seen["date"], "observation": seen["label"]}
        for column, theory in enumerate(derived.THEORIES):
            verdict = derived.verdicts()[seen["id"], theory]
            cells.append(
                {
                    "y": place,
                    "x": column,
                    "since": since,
                    "verdict": verdict["verdict"],
                    "mark": _MARKS[verdict["verdict"]],
                    "reason": verdict["reason"],
                    "id": verdict["id"],
                }
            )
            record[theory] = verdict["verdict"]
        table.append(record)
    for end in derived.UNTIL:
        for way in derived.COUNTING:
            for column, theory in enumerate(derived.THEORIES):
                count = derived.score(theory, end).counted(way)
                sums.append(
                    {
                        "until": end,
                        "counting": way,
                        "x": column,
                        "text": f"{count:+d}".replace("-", "−") if way == "balance" else str(count),
                        "best": theory in derived.best(end, way),
                    }
                )
    last = len(labels)
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-3.6, 4.5]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[last + 0.7, -2.1]))
    in_time = "datum.since <= toNumber(until)"
    base = alt.Chart(pd.DataFrame(cells)).transform_filter(in_time)
    heads = pd.DataFrame(
        [
            {"x": place, "y": -1.75, "text": words}
            for place, words in enumerate(
                (
                    "function-|alism",
                    "neo-|function-|alism",
                    "realism",
                    "inter-|govern-|mentalism",
                    "the 1993|study",
                )
            )
        ]
    )
    rows = alt.Chart(pd.DataFrame(labels))
    chart = completed(
        alt.layer(
            alt.Chart(heads)
            .mark_text(lineBreak="|", fontWeight=600, baseline="middle")
            .encode(x=x, y=y, text=alt.Text("text")),
            rows.transform_filter("datum.id == row && " + in_time)
            .mark_rule(color="#F5E3CF", strokeWidth=27)
            .encode(x=_x(-3.6), x2=alt.datum(4.5), y=y),
            rows.transform_filter(in_time)
            .mark_text(align="left", color=QUIET)
            .encode(x=_x(-3.55), y=y, text=alt.Text("year:N")),
            rows.transform_filter(in_time)
            .mark_text(align="left", dx=36)
            .encode(x=_x(-3.55), y=y, text=alt.Text("label")),
            rows.transform_filter("datum.since > toNumber(until)")
            .mark_text(align="left", dx=36, color=QUIET, fontStyle="italic")
            .encode(x=_x(-3.55), y=y, text=alt.value("(not yet known)")),
            base.mark_square(size=620, opacity=1).encode(
                x=x,
                y=y,
                color=alt.Color(
                    "verdict:N",
                    scale=alt.Scale(
                        domain=["expects", "silent", "against"], range=[_FIT, _NOTHING, _MISFIT]
                    ),
                    legend=None,
                ),
                tooltip=[alt.Tooltip("reason", title="Why"), alt.Tooltip("id", title="Cite")],
            ),
            base.mark_text(fontSize=16, fontWeight=700, baseline="middle").encode(
                x=x,
                y=y,
                text=alt.Text("mark"),
                color=alt.condition(
                    "datum.verdict == 'silent'", alt.value(INK), alt.value("white")
                ),
            ),
            alt.Chart(pd.DataFrame([{"y": last - 0.5}])).mark_rule(color=BORDER).encode(y=y),
            alt.Chart(pd.DataFrame(sums))
            .transform_filter("datum.until == until && datum.counting == counting")
            .mark_text(fontSize=18, baseline="middle")
            .encode(
                x=x,
                y=_y(last + 0.1),
                text=alt.Text("text"),
                color=alt.condition("datum.best", alt.value(INK), alt.value(QUIET)),
            ),
            alt.Chart(pd.DataFrame(sums))
            .transform_filter("datum.until == until && datum.counting == counting && datum.best")
            .mark_point(shape="circle", size=1000, color=INK, strokeWidth=2)
            .encode(x=x, y=_y(last + 0.1)),
            alt.Chart(pd.DataFrame([{"text": "count"}]))
            .mark_text(align="left", fontWeight=600)
            .encode(
                x=_x(-3.55),
                y=_y(last + 0.1),
                text=alt.Text("text"),
            ),
        ),
        alt.param(name="until", value=until),
        alt.param(name="counting", value=counting),
        alt.param(name="row", value=row),
        width=620,
        height=420,
        title=alt.Title(text=alt.expr(f"{json.dumps(_theory_findings())}[until + '|' + counting]")),
    )
    alternative = (
        f"Table of {last} observations by five accounts; each cell says whether the account expects "
        f"the observation (✓), has nothing to say on it (–) or is contradicted by it (✗). "
        f"{describe_theories(until, counting, row)}"
    )
    note = (
        "✓ expected, – nothing to say, ✗ contradicted. The coding is this course's reading: "
        'cite("VD01") and on. Disagree with it.'
    )
    return Figure(chart, alternative, pd.DataFrame(table), note, ("until", "counting", "row"))


def _theory_findings() -> dict[str, str]:
    findings = {}
    for until, when in UNTIL_WORDS.items():
        for counting in derived.COUNTING:
            first = derived.best(until, counting)
            names = " and ".join(THEORY_WORDS[theory] for theory in first)
            does = "fits" if len(first) == 1 else "fit"
            findings[f"{until}|{counting}"] = f"On the evidence {when}, {names} {does} best"
    return findings


def describe_theories(until: str = "1996", counting: str = "fits", row: str = "none") -> str:
    """Say how the theories fare, and why they do so on one observation; parameters as in `theory_table`.

    Raises
    ------
    ValueError
        If an argument is not known.
    """
    known = {seen["id"]: seen for seen in derived.observations("1996")}
    if (
        until not in derived.UNTIL
        or counting not in derived.COUNTING
        or row not in (*known, "none")
    ):
        raise ValueError(
            f"until is {until!r}, counting {counting!r}, row {row!r}; allowed are "
            f"{', '.join(derived.UNTIL)}; {', '.join(derived.COUNTING)}; none, {', '.join(known)}."
        )
    if row == "none":
        counts = "; ".join(
            f"{THEORY_WORDS[theory]} {_count_in_words(derived.score(theory, until), counting)}"
            for theory in derived.THEORIES
        )
        return f"{_theory_findings()[f'{until}|{counting}']}. {_capital(counts)}."
    seen = known[row]
    if seen["date"] > derived.UNTIL[until]:
        return f"“{_capital(seen['label'])}” came later than that. Set the evidence to 1996."
    words = {"expects": "expects it", "silent": "has nothing to say", "against": "is contradicted"}
    reasons = " ".join(
        f"{_capital(THEORY_WORDS[theory])} {words[verdict['verdict']]}: {_lower(verdict['reason'])}"
        for theory in derived.THEORIES
        for verdict in (derived.verdicts()[row, theory],)
    )
    return f"{seen['says']} {reasons}"


def _count_in_words(score: derived.Score, counting: str) -> str:
    if counting == "fits":
        return f"expected {score.expects}, contradicted by {score.against}"
    return f"{score.expects} minus {score.against} is {score.counted(counting)}"


def _x(place: float, **more: Any) -> alt.XDatum:
    return alt.XDatum(place, type="quantitative", **{"axis": None, **more})


def _y(place: float) -> alt.YDatum:
    return alt.YDatum(place, type="quantitative", axis=None)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    first = text.split(" ", 1)[0]
    proper = first in {"Beijing", "Tokyo", "UNDP", "I"}
    return text if proper else text[:1].lower() + text[1:]


# Two capitals on a line --------------------------------------------------------------------------


def win_sets_of_two(moscow: float = 0.4, beijing_cost: float = 0.0, payment: float = 0.0) -> Figure:
    """Draw the win-sets of Beijing and Moscow on the issue line, and where the two agree.

    Parameters
    ----------
    moscow : float
        Moscow's ideal point, 0 to 1 in tenths.
    beijing_cost : float
        What signing costs Beijing at home, 0 to 0.7 in tenths.
    payment : float
        What Moscow receives for signing, 0 to 0.6 in tenths.

    Returns
    -------
    Figure
        Two bars, the overlap and the agreement; parameters ``moscow``, ``beijing_cost``, ``payment``.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    bars, outcomes = _grid_of_two()
    words = describe_two(moscow, beijing_cost, payment)
    setting = (
        "abs(datum.moscow - moscow) < 0.01 && abs(datum.beijing_cost - beijing_cost) < 0.01 && "
        "abs(datum.payment - payment) < 0.01"
    )
    own = (
        "datum.row == 0 ? abs(datum.beijing_cost - beijing_cost) < 0.01 : "
        "(abs(datum.moscow - moscow) < 0.01 && abs(datum.payment - payment) < 0.01)"
    )
    chart = completed(
        _line_chart(
            alt.Chart(pd.DataFrame(bars)).transform_filter(own).transform_calculate(y="datum.row"),
            alt.Chart(_without_words(outcomes)).transform_filter(setting),
            lowest=1.75,
            highest=-1.35,
            left=-0.24,
        ),
        alt.param(name="moscow", value=moscow),
        alt.param(name="beijing_cost", value=beijing_cost),
        alt.param(name="payment", value=payment),
        width=620,
        height=190,
        title=alt.Title(
            text=alt.expr(
                f"{json.dumps({o['key']: o['finding'] for o in outcomes})}"
                "[format(moscow, '.1f') + '|' + format(beijing_cost, '.1f') + '|' + "
                "format(payment, '.1f')]"
            )
        ),
    )
    table = pd.DataFrame(
        [
            {
                "capital": actor.name,
                "ideal point": actor.ideal_point,
                "accepts from": round(each.lower, 2),
                "to": round(each.upper, 2),
            }
            for actor in derived.game_of_two(moscow, beijing_cost, payment)
            for each in (win_sets.win_set(actor, derived.status_quo()),)
        ]
    )
    alternative = (
        "Line from separate zones (0) to one joint authority (1) with two bars: what Beijing and what "
        f"Moscow could accept. {words}"
    )
    note = (
        "Bar: what a capital accepts. Dot: what it would like best. Grey: where the bars overlap. "
        "No agreement leaves things at 0."
    )
    return Figure(chart, alternative, table, note, ("moscow", "beijing_cost", "payment"))


@cache
def _grid_of_two() -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    """Compute both win-sets and the agreement for everything that the sliders can be set to."""
    bars: list[dict[str, object]] = []
    for cost in COSTS:
        beijing, _ = derived.game_of_two(beijing_cost=cost)
        bars.append({"row": 0, "beijing_cost": cost, **_bar(beijing, "CHN", "Beijing")})
    for ideal in IDEALS:
        for payment in PAYMENTS:
            _, moscow = derived.game_of_two(moscow=ideal, payment=payment)
            bars.append(
                {"row": 1, "moscow": ideal, "payment": payment, **_bar(moscow, "RUS", "Moscow")}
            )
    outcomes = []
    for ideal in IDEALS:
        for cost in COSTS:
            for payment in PAYMENTS:
                found = win_sets.bargain(
                    derived.game_of_two(ideal, cost, payment), derived.status_quo()
                )
                outcomes.append(
                    {
                        "moscow": ideal,
                        "beijing_cost": cost,
                        "payment": payment,
                        "key": f"{ideal:.1f}|{cost:.1f}|{payment:.1f}",
                        "finding": _finding_of_two(found, ideal),
                        **_place(found),
                    }
                )
    return bars, outcomes


def _finding_of_two(found: Bargain, moscow: float) -> str:
    if found.point is None:
        return "No agreement: the two win-sets do not meet"
    beijing = derived.capital("CHN").ideal_point
    near = sorted((("Beijing", beijing), ("Moscow", moscow)), key=lambda c: abs(c[1] - found.point))
    if abs(near[0][1] - found.point) < 0.005 <= abs(near[1][1] - found.point):
        return f"Agreement at {found.point:.2f}, just where {near[0][0]} wants it"
    if abs(near[0][1] - found.point) < 0.005:
        return f"Agreement at {found.point:.2f}, where both want it"
    return f"Agreement at {found.point:.2f}, between what the two want"


def describe_two(moscow: float = 0.4, beijing_cost: float = 0.0, payment: float = 0.0) -> str:
    """Say what the two accept and where they agree; parameters as in `win_sets_of_two`.

    Raises
    ------
    ValueError
        If a number is out of range.
    """
    pair = derived.game_of_two(moscow, beijing_cost, payment)
    quo = derived.status_quo()
    found = win_sets.bargain(pair, quo)
    parts = [f"{actor.name} accepts {_span(win_sets.win_set(actor, quo))}." for actor in pair]
    if found.point is None:
        parts.append("There is nothing that both accept: no agreement.")
    else:
        parts.append(f"Both accept {_span(found.zone)}. They agree at {found.point:.2f}.")
    return " ".join(parts)


def _span(each: WinSet) -> str:
    if each.is_empty:
        return "nothing"
    if each.length < 0.005:
        return f"only {each.lower:.2f}"
    return f"{each.lower:.2f} to {each.upper:.2f}"


# The six on a line -------------------------------------------------------------------------------


def two_level_game(
    reading: str = "putnam",
    members: str = "five",
    autonomy: str = "read",
    recipient: str = "Pyongyang",
    paid: float = 0.0,
    *,
    money: bool = False,
) -> Figure:
    """Draw who bargains, who ratifies, what each accepts and where they agree.

    Parameters
    ----------
    reading : str
        ``"capitals"``, ``"putnam"``, ``"study"`` or ``"regions"``.
    members : str
        ``"five"``, ``"six"`` or ``"three"``.
    autonomy : str
        How far each region moves its centre in the study's order: ``"read"`` (as the evidence has it,
        country by country), ``"0"``, ``"0.25"``, ``"0.5"``, ``"0.75"`` or ``"1"``.
    recipient : str
        Whom an outside body pays: ``"Pyongyang"``, ``"capitals"`` or ``"regions"``.
    paid : float
        How much each recipient gets, 0 to 0.4 in tenths.
    money : bool
        Whether the chart holds every payment, for controls that choose it.

    Returns
    -------
    Figure
        Two blocks of bars on the issue line, with parameters ``reading``, ``members``, ``autonomy``
        and, with money, ``recipient`` and ``paid``.

    Raises
    ------
    ValueError
        If an argument is not one of those.
    """
    words = describe_game(reading, members, autonomy, recipient, paid)
    outcomes = _outcomes(money)
    order = json.dumps({key: list(codes) for key, codes in derived.MEMBERS.items()})
    # Centres sit at the table in two of the readings, and behind it in the other two.
    at_table = "((reading == 'capitals' || reading == 'putnam') == (datum.level == 'centre'))"
    mine = (
        "(recipient == 'capitals' && datum.level == 'centre') || "
        "(recipient == 'regions' && datum.level == 'region') || "
        "(recipient == 'Pyongyang' && datum.level == 'centre' && datum.code == 'PRK')"
    )
    bars = (
        alt.Chart(pd.DataFrame(_actors_on_the_line(money)))
        .transform_calculate(place=f"indexof({order}[members], datum.code)")
        .transform_filter("datum.place >= 0")
        .transform_filter(f"abs(datum.paid - (({mine}) ? paid : 0)) < 0.01")
        # A centre is persuaded only in the study's order.
        .transform_filter(
            "datum.level == 'region' || datum.autonomy == (reading == 'study' ? autonomy : '0')"
        )
        .transform_calculate(
            y=f"{at_table} ? datum.place : datum.place + length({order}[members]) + 1.2",
            asked=f"{at_table} || reading == 'putnam' || reading == 'study'",
        )
    )
    setting = (
        "datum.reading == reading && datum.members == members && datum.autonomy == autonomy && "
        "datum.recipient == recipient && abs(datum.paid - paid) < 0.01"
    )
    heads = pd.DataFrame(
        [
            {"reading": reading_, "members": members_, "y": -0.85, "text": "AT THE TABLE"}
            for reading_ in derived.READINGS
            for members_ in derived.MEMBERS
        ]
        + [
            {
                "reading": reading_,
                "members": members_,
                "y": len(derived.MEMBERS[members_]) + 0.35,
                "text": "MUST RATIFY" if reading_ in ("putnam", "study") else "NOT ASKED",
            }
            for reading_ in derived.READINGS
            for members_ in derived.MEMBERS
        ]
    )
    left = -0.3
    captions = (
        alt.Chart(heads)
        .transform_filter("datum.reading == reading && datum.members == members")
        .mark_text(align="left", fontWeight=600, color=QUIET)
        .encode(
            x=_x(left, title=None, axis=_LINE_AXIS),
            y=alt.Y("y:Q", axis=None),
            text=alt.Text("text"),
        )
    )
    title: object = "Money moves the bargain only where it widens a win-set that binds"
    if not money:
        findings = {
            "|".join((o["reading"], o["members"], o["autonomy"])): o["finding"] for o in outcomes
        }
        title = alt.expr(f"{json.dumps(findings)}[reading + '|' + members + '|' + autonomy]")
    chart = completed(
        _line_chart(
            bars,
            alt.Chart(_without_words(outcomes)).transform_filter(setting),
            lowest=13.0,
            highest=-2.3,
            left=left,
            captions=captions,
        ),
        *(
            alt.param(name=name, value=value)
            for name, value in (
                ("reading", reading),
                ("members", members),
                ("autonomy", autonomy),
                ("recipient", recipient),
                ("paid", paid),
            )
        ),
        width=620,
        height=400,
        title=alt.Title(text=title),
    )
    alternative = (
        "Line from separate zones (0) to one joint authority (1). Above, bars for those at the table; "
        f"below, bars for those who must ratify or are not asked. {words}"
    )
    controls = ("reading", "members", "autonomy")
    return Figure(
        chart,
        alternative,
        _game_table(reading, members, autonomy, recipient, paid),
        "Bar: what somebody accepts; dot: what they would like best; grey: what all who are asked "
        f"accept. {_POSITIONS}",
        (*controls, "recipient", "paid") if money else controls,
    )


def _autonomy(value: str) -> float:
    if value not in AUTONOMY_WORDS:
        raise ValueError(
            f"autonomy is {value!r}; it must be one of "
            f"{', '.join(repr(each) for each in AUTONOMY_WORDS)}."
        )
    return derived.AS_READ if value == "read" else float(value)


def _game_table(
    reading: str, members: str, autonomy: str, recipient: str, paid: float
) -> pd.DataFrame:
    nations = derived.countries(members, _autonomy(autonomy), recipient, paid)
    bargainers, ratifiers = derived.at_the_table(reading, nations)
    records = []
    for role, actors in (("bargains", bargainers), ("ratifies", ratifiers)):
        for nation, actor in zip(nations, actors, strict=bool(actors)):
            each = win_sets.win_set(actor, derived.status_quo())
            records.append(
                {
                    "who": _seat(nation.name, actor.name.rpartition(": ")[2]),
                    "country": nation.name,
                    "role": role,
                    "ideal point": round(actor.ideal_point, 2),
                    "accepts from": round(each.lower, 2),
                    "to": round(each.upper, 2),
                }
            )
    return pd.DataFrame(records)


def _seat(code: str, level: str) -> str:
    return (CAPITALS if level == "centre" else REGIONS)[code]


@cache
def _actors_on_the_line(money: bool) -> list[dict[str, object]]:
    """Compute every bar that the controls can ask for."""
    rows: list[dict[str, object]] = []
    for paid in PAID if money else PAID[:1]:
        for value in AUTONOMY_WORDS:
            nations = derived.countries("six", _autonomy(value), "capitals", paid)
            rows += [
                {
                    "level": "centre",
                    "autonomy": value,
                    "paid": paid,
                    **_bar(n.persuaded_centre, n.name, CAPITALS[n.name]),
                }
                for n in nations
            ]
        rows += [
            {"level": "region", "paid": paid, **_bar(n.region, n.name, REGIONS[n.name])}
            for n in derived.countries("six", 0, "regions", paid)
        ]
    return rows


@cache
def _outcomes(money: bool) -> list[dict[str, object]]:
    """Compute the agreement for everything that the controls can be set to."""
    rows = []
    for reading in derived.READINGS:
        for members in derived.MEMBERS:
            for autonomy in AUTONOMY_WORDS:
                for recipient in derived.RECIPIENTS if money else derived.RECIPIENTS[:1]:
                    for paid in PAID if money else PAID[:1]:
                        found = derived.outcome(
                            reading, members, _autonomy(autonomy), recipient, paid
                        )
                        rows.append(
                            {
                                "reading": reading,
                                "members": members,
                                "autonomy": autonomy,
                                "recipient": recipient,
                                "paid": paid,
                                "finding": _finding_of_game(
                                    found, reading, members, autonomy, recipient, paid
                                ),
                                **_place(found),
                            }
                        )
    return rows


def _finding_of_game(
    found: Bargain, reading: str, members: str, autonomy: str, recipient: str, paid: float
) -> str:
    if found.point is None:
        return "No agreement: some win-sets do not meet"
    limit = _limit(reading, members, autonomy, recipient, paid)
    if found.zone.upper - found.point < 0.005:
        return f"Agreement at {found.point:.2f}, as far as {limit} goes"
    return f"Agreement at {found.point:.2f}; all would accept up to {found.zone.upper:.2f}"


def _limit(reading: str, members: str, autonomy: str, recipient: str, paid: float) -> str:
    """Name the seat whose win-set ends first."""
    name = derived.limits(reading, members, _autonomy(autonomy), recipient, paid)
    country, _, level = name.rpartition(": ")
    codes = {row["name"]: row["id"] for row in data.rows("actors")}
    return _seat(codes[country], level)


def describe_game(
    reading: str = "putnam",
    members: str = "five",
    autonomy: str = "read",
    recipient: str = "Pyongyang",
    paid: float = 0.0,
) -> str:
    """Say who bargains, where they agree and what stops them; parameters as in `two_level_game`.

    Raises
    ------
    ValueError
        If an argument is not known.
    """
    found = derived.outcome(reading, members, _autonomy(autonomy), recipient, paid)
    tables = {
        "capitals": "The capitals bargain; nobody ratifies.",
        "putnam": "The capitals bargain; each needs its region's yes.",
        "study": "The regions bargain; each needs its capital's yes.",
        "regions": "The regions bargain; nobody ratifies.",
    }
    parts = [tables[reading]]
    if paid:
        whom = {"Pyongyang": "Pyongyang gets", "capitals": "Every capital gets"}
        parts.append(f"{whom.get(recipient, 'Every region gets')} {paid:.1f} for signing.")
    if found.point is None:
        parts.append("Nothing is acceptable to all: no agreement.")
        return " ".join(parts)
    limit = _limit(reading, members, autonomy, recipient, paid)
    parts.append(f"They agree at {found.point:.2f}.")
    if found.zone.length < 0.005:
        parts.append("It is the only point that all accept.")
    else:
        parts.append(f"All accept {_span(found.zone)}.")
    if found.zone.upper - found.point < 0.005:
        parts.append(f"{limit} says no to anything further.")
    else:
        parts.append(
            f"They could go on to {found.zone.upper:.2f}, where {limit} says no, but they stop here."
        )
    return " ".join(parts)


# What both games draw ----------------------------------------------------------------------------


def _bar(actor: win_sets.Actor, code: str, name: str) -> dict[str, object]:
    each = win_sets.win_set(actor, derived.status_quo())
    return {
        "code": code,
        "name": name,
        "ideal": round(actor.ideal_point, 3),
        "lower": None if each.is_empty else round(each.lower, 3),
        "upper": None if each.is_empty else round(each.upper, 3),
    }


def _place(found: Bargain) -> dict[str, object]:
    agreed = found.point is not None
    return {
        "zone_from": round(found.zone.lower, 3) if agreed else None,
        "zone_to": round(found.zone.upper, 3) if agreed else None,
        "point": round(found.point, 3) if found.point is not None else None,
        "at": f"agreed: {found.point:.2f}" if found.point is not None else "",
    }


def _without_words(outcomes: list[dict[str, object]]) -> pd.DataFrame:
    """Make the table that the page needs: the findings stand in the title."""
    return pd.DataFrame(outcomes).drop(columns=["finding", "key"], errors="ignore")


def _line_chart(
    bars: alt.Chart,
    outcome: alt.Chart,
    *,
    lowest: float,
    highest: float,
    left: float,
    captions: alt.Chart | None = None,
) -> alt.LayerChart:
    """Draw win-sets as bars on the issue line, with the zone of agreement and the point behind them."""
    scale = alt.Scale(domain=[left, 1.04], nice=False)
    axis = _LINE_AXIS
    x = alt.X("lower:Q", scale=scale, axis=axis, title=None)
    up = alt.Scale(domain=[lowest, highest], nice=False)
    y = alt.Y("y:Q", scale=up, axis=None)
    codes, colours = country_scale(list(baselines.SIX))
    colour = alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None)
    faint = alt.condition("datum.asked === false", alt.value(0.12), alt.value(0.42))
    solid = alt.condition("datum.asked === false", alt.value(0.3), alt.value(1))
    layers: list[alt.Chart] = [
        outcome.mark_rect(color="#D9D4C7", opacity=0.75).encode(
            x=alt.X("zone_from:Q", scale=scale, axis=axis, title=None), x2=alt.X2("zone_to:Q")
        ),
        outcome.mark_rule(color="#D9D4C7", strokeWidth=3).encode(
            x=alt.X("zone_from:Q", scale=scale, axis=axis, title=None)
        ),
        bars.transform_filter("isValid(datum.lower)")
        .mark_rule(strokeWidth=14)
        .encode(x=x, x2=alt.X2("upper:Q"), y=y, color=colour, opacity=faint),
        # The bar is pale, so that the dot stands out; a line in it says where it ends.
        bars.transform_filter("isValid(datum.lower)")
        .mark_rule(strokeWidth=2)
        .encode(x=x, x2=alt.X2("upper:Q"), y=y, color=colour, opacity=solid),
        bars.transform_filter("!isValid(datum.lower)")
        .mark_text(align="left", dx=12, color=INK, text="accepts nothing")
        .encode(x=alt.X("ideal:Q", scale=scale, axis=axis, title=None), y=y),
        bars.mark_point(filled=True, size=110, stroke="white", strokeWidth=1).encode(
            x=alt.X("ideal:Q", scale=scale, axis=axis, title=None),
            y=y,
            color=colour,
            opacity=solid,
            tooltip=[
                alt.Tooltip("name", title="Who"),
                alt.Tooltip("ideal", title="would like best"),
                alt.Tooltip("lower", title="accepts from"),
                alt.Tooltip("upper", title="to"),
            ],
        ),
        bars.mark_text(align="right", dx=-10).encode(
            x=alt.XDatum(0, type="quantitative", scale=scale, axis=axis, title=None),
            y=y,
            text=alt.Text("name"),
            color=alt.condition("datum.asked === false", alt.value(QUIET), alt.value(INK)),
        ),
        outcome.mark_rule(color=ACCENT, strokeWidth=3).encode(
            x=alt.X("point:Q", scale=scale, axis=axis, title=None)
        ),
        outcome.mark_text(
            align="left", dx=6, color=ACCENT, fontWeight=700, fontSize=13, baseline="top"
        ).encode(
            x=alt.X("point:Q", scale=scale, axis=axis, title=None),
            y=alt.YDatum(highest + 0.15, type="quantitative", scale=up, axis=None),
            text=alt.Text("at:N"),
        ),
    ]
    if captions is not None:
        layers.append(captions)
    return alt.layer(*layers)
