"""Charts of lesson 03: the revenue contract, border trade, doubtful figures and avenues."""

from __future__ import annotations

import json
from collections.abc import Iterable

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, BORDER, INK, QUIET, WATER, country_scale
from tutor.derived import soft_regionalism as numbers
from tutor.models.revenue_contract import local_gain

SHARES = tuple(range(0, 101, 5))
"""Retained shares, in percent, that the contract's slider can choose."""
YEARS = tuple(range(1, 6))
"""Lengths of the contract that its slider can choose."""
RATES = tuple(range(0, 41))
"""Growth rates, in percent a year, that the trade's slider can choose."""

_CONTRACT_NOTE = (
    "Costs, revenues and terms are numbers of ours, chosen to teach with: TV301 to TV311. Money in "
    "million yuan over the whole contract."
)
_TRADE_NOTE = (
    "The two points are figures of the 1993 Tumen study, F009 and F010: all border trade of China and "
    "the Soviet Union, Xinjiang included. The years between are not known."
)
_DOUBT_NOTE = (
    "Figures as the 1993 Tumen study prints them, each beside a second figure. Scale: how many times "
    "larger; dollars and francs are not converted."
)
_AVENUE_NOTE = (
    "Grey and orange: pairs of states in Toloraya's chapter. Dashed: ties of regions and firms, with "
    "their number, mostly from the 1993 Tumen study. Rows AV01 to AV21."
)

# ------------------------------------------------------------------ revenue contract


def revenue_contract(share: int = 50, years: int = 3) -> Figure:
    """Draw what five projects leave a county under a revenue contract, and what the centre receives.

    Parameters
    ----------
    share : int
        Percent of the added revenue that the county keeps, 0 to 100 in steps of 5.
    years : int
        Length of the contract, 1 to 5.

    Returns
    -------
    Figure
        Gain of each project above, receipts of county and centre by share below; parameters
        ``share`` and ``years``.

    Raises
    ------
    ValueError
        The share or the years are none of those.
    """
    _require("share", share, SHARES)
    _require("years", years, YEARS)
    rows = pd.DataFrame(
        [
            {
                "share": percent,
                "years": length,
                "project": f"{project.name} (costs {project.cost:g})",
                "gain": round(local_gain(project, percent / 100, length), 2),
            }
            for percent in SHARES
            for length in YEARS
            for project in numbers.projects()
        ]
    )
    chart = completed(
        alt.vconcat(_gains(rows), _receipts(), spacing=24),
        alt.param(name="share", value=share),
        alt.param(name="years", value=years),
    )
    chart = completed(chart, title=alt.Title(text=alt.expr(_contract_title())))
    here = rows[(rows["share"] == share) & (rows["years"] == years)]
    alternative = (
        "Bars: the gain of the county from each of five projects. Below, two lines over the retained "
        f"share: what the county gains and what the centre receives. {describe_contract(share, years)}"
    )
    return Figure(
        chart, alternative, here.reset_index(drop=True), _CONTRACT_NOTE, ("share", "years")
    )


def describe_contract(share: int, years: int) -> str:
    """Say what officials start at a retained share and length, and what county and centre get."""
    result = numbers.outcome_of(share / 100, years)
    started = ", ".join(result.started) or "nothing"
    length = "1 year" if years == 1 else f"{years} years"
    return (
        f"The county keeps {share} percent for {length}. It starts: {started}. "
        f"It gains {result.local_gain:.2f} and the centre receives {result.centre_receipts:.2f} "
        "million yuan."
    )


def _contract_title() -> str:
    counts = {
        f"{share}|{years}": len(numbers.outcome_of(share / 100, years).started)
        for share in SHARES
        for years in YEARS
    }
    return (
        f"'Of five projects the county starts ' + {json.dumps(counts)}[share + '|' + years]"
        " + ' when it keeps ' + share + ' percent'"
    )


def _gains(rows: pd.DataFrame) -> alt.LayerChart:
    base = (
        alt.Chart(rows)
        .transform_filter("datum.share == share && datum.years == years")
        .encode(
            y=alt.Y(
                "project:N",
                sort=None,
                title=None,
                axis=alt.Axis(labelLimit=240, ticks=False, domain=False, labelPadding=8),
            ),
            x=alt.X(
                "gain:Q",
                title="Gain of the county, million yuan",
                scale=alt.Scale(domain=[-20, 26]),
            ),
        )
    )
    bars = base.mark_bar(height=18).encode(
        color=alt.condition("datum.gain > 0", alt.value(ACCENT), alt.value(QUIET)),
        tooltip=[alt.Tooltip("project"), alt.Tooltip("gain", title="gain of the county")],
    )
    texts = [
        base.transform_filter(test)
        .mark_text(align=align, dx=dx, color=INK)
        .encode(text=alt.Text("gain:Q", format="+.2~f"))
        for test, align, dx in (("datum.gain > 0", "left", 5), ("datum.gain <= 0", "right", -5))
    ]
    zero = alt.Chart(pd.DataFrame([{"gain": 0}])).mark_rule(color=INK).encode(x=alt.X("gain:Q"))
    return completed(alt.layer(bars, *texts, zero), width=430, height=150)


def _receipts() -> alt.LayerChart:
    rows = pd.DataFrame(
        [
            {"share": share, "years": years, "who": who, "money": round(money, 2)}
            for share in SHARES
            for years in YEARS
            for who, money in _money(share, years)
        ]
    )
    base = (
        alt.Chart(rows)
        .transform_filter("datum.years == years")
        .encode(
            x=alt.X("share:Q", title="Retained share, percent", scale=alt.Scale(domain=[0, 125])),
            y=alt.Y("money:Q", title="million yuan"),
            color=alt.Color(
                "who:N",
                scale=alt.Scale(domain=["county gains", "centre receives"], range=[ACCENT, INK]),
                legend=None,
            ),
        )
    )
    base.encoding.x.axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], grid=False)
    lines = base.mark_line(strokeWidth=2.5)
    points = base.transform_filter("datum.share == share").mark_point(
        filled=True, opacity=1, size=90
    )
    names = (
        base.transform_filter("datum.share == 100")
        .mark_text(align="left", dx=8, dy=-7, fontWeight=600)
        .encode(text=alt.Text("who:N"))
    )
    rule = (
        alt.Chart(pd.DataFrame([{"one": 1}]))
        .transform_calculate(share="share")
        .mark_rule(color=QUIET, strokeDash=[3, 3])
        .encode(x=alt.X("share:Q"))
    )
    return completed(alt.layer(rule, lines, points, names), width=560, height=150)


def _money(share: int, years: int) -> Iterable[tuple[str, float]]:
    result = numbers.outcome_of(share / 100, years)
    return (("county gains", result.local_gain), ("centre receives", result.centre_receipts))


# ------------------------------------------------------------------ border trade


def border_trade(rate: int = 34) -> Figure:
    """Draw border trade of 1983 and 1989 with the path of one growth rate between them.

    Parameters
    ----------
    rate : int
        Growth in percent a year, 0 to 40.

    Returns
    -------
    Figure
        Two known points and a path; parameter ``rate``.

    Raises
    ------
    ValueError
        The rate lies outside 0 to 40 or is not a whole number.
    """
    _require("rate", rate, RATES)
    start = int(data.find("F009")["years"])
    known = pd.DataFrame(
        [
            {"year": int(data.find(row)["years"]), "trade": numbers.figure(row), "id": row}
            for row in ("F009", "F010")
        ]
    )
    paths = pd.DataFrame(
        [
            {"rate": percent, "year": start + step, "trade": round(value)}
            for percent in RATES
            for step, value in enumerate(numbers.after_growth(percent / 100))
        ]
    )
    x = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(format="d", values=sorted(set(paths["year"])), grid=False),
        scale=alt.Scale(domain=[start - 0.3, start + 7.2]),
    )
    y = alt.Y(
        "trade:Q", title="Border trade, million Swiss francs", scale=alt.Scale(domain=[0, 1500])
    )
    chosen = alt.Chart(paths).transform_filter("datum.rate == rate").encode(x=x, y=y)
    end = chosen.transform_filter(f"datum.year == {start + numbers.years_of_growth()}")
    points = alt.Chart(known).encode(x=x, y=y)
    end_of_path = "format(datum.trade, ',') + ' at ' + rate + ' percent a year'"
    chart = completed(
        alt.layer(
            chosen.mark_line(color=ACCENT, strokeWidth=2, strokeDash=[6, 4]),
            chosen.mark_point(filled=True, opacity=1, size=35, color=ACCENT),
            end.transform_calculate(text=end_of_path)
            .mark_text(align="right", dx=-10, dy=-10, color=ACCENT, fontWeight=600)
            .encode(text=alt.Text("text:N")),
            points.mark_point(filled=True, opacity=1, size=130, color=INK),
            points.mark_text(align="left", dx=10, dy=6, color=INK, fontWeight=600).encode(
                text=alt.Text("trade:Q")
            ),
        ),
        alt.param(name="rate", value=rate),
        width=600,
        height=280,
        title=f"Border trade of {known['year'][1]} is {numbers.growth_factor():.2f} times that of "
        f"{known['year'][0]}",
    )
    alternative = (
        f"Two points: {known['trade'][0]:g} million Swiss francs in {known['year'][0]} and "
        f"{known['trade'][1]:g} in {known['year'][1]}. A dashed path starts at the first. "
        + describe_growth(rate)
    )
    return Figure(chart, alternative, known, _TRADE_NOTE, ("rate",))


def describe_growth(rate: int) -> str:
    """Say where a growth rate leads by 1989, and how that compares with the printed figure."""
    end, target = numbers.after_growth(rate / 100)[-1], numbers.figure("F010")
    gap = round(end) - round(target)
    if abs(gap) <= 0.03 * target:
        verdict = "The path meets the printed figure"
    else:
        verdict = f"That is {abs(gap):,} too {'much' if gap > 0 else 'little'}"
    return f"At {rate} percent a year, 196 million francs become {end:,.0f} million in 1989. {verdict}."


# ------------------------------------------------------------------ doubtful figures


def doubtful_figures() -> Figure:
    """Draw three figures of the 1993 study beside a second figure that they cannot agree with.

    Returns
    -------
    Figure
        Three pairs of points on a scale of ratios.
    """
    value = numbers.figure
    exports, mean = value("F017") + value("F020") + value("F023"), value("F011") / 4
    pairs = (
        (
            "Exports of the Northeast",
            exports,
            f"{exports:.1f} million dollars to Northeast Asia in 1990, as printed",
            value("F028"),
            f"{value('F028'):,.0f} million dollars: the target for all exports in 1995",
            "F017, F020, F023, F028",
        ),
        (
            "Heilongjiang and the Soviet side",
            value("F021"),
            f"{value('F021')} million dollars of exports in 1990, as printed",
            mean,
            f"{mean:.1f} million Swiss francs: its trade both ways, mean of 1988 to 1991",
            "F021, F011",
        ),
        (
            "Chinese workers in the Russian Far East",
            value("F053"),
            f"{value('F053'):,.0f}: the upper Russian estimate",
            value("F036"),
            f"{value('F036'):,.0f}: the study",
            "F053, F036",
        ),
    )
    rows = pd.DataFrame(
        [
            {
                "what": what,
                "ratio": round(large / small),
                "one": 1,
                "small": small,
                "large": large,
                "small_text": small_text,
                "large_text": large_text,
                "rows": ids,
            }
            for what, small, small_text, large, large_text, ids in pairs
        ]
    )
    y = alt.Y("what:N", sort=None, axis=None, scale=alt.Scale(padding=0.6))
    scale = alt.Scale(type="log", domain=[0.93, 420])
    x = alt.X(
        "ratio:Q",
        title=None,
        scale=scale,
        axis=alt.Axis(
            values=[1, 10, 100],
            labelExpr="datum.value == 1 ? 'the same' : datum.value + ' times'",
            grid=True,
        ),
    )
    base = alt.Chart(rows).encode(y=y)
    line = base.mark_rule(color=BORDER, strokeWidth=4).encode(x=x, x2=alt.X2("one"))
    small = base.mark_point(filled=True, opacity=1, size=120, color=QUIET).encode(
        x=alt.X("one:Q", scale=scale)
    )
    large = base.mark_point(filled=True, opacity=1, size=120, color=ACCENT).encode(x=x)
    head = base.mark_text(align="left", dy=-34, fontWeight=600, fontSize=13, color=INK).encode(
        x=alt.X("one:Q", scale=scale), text=alt.Text("what:N")
    )
    near = base.mark_text(align="left", dy=-16, color=INK).encode(
        x=alt.X("one:Q", scale=scale), text=alt.Text("small_text:N")
    )
    far = base.mark_text(align="left", dx=10, color=ACCENT, fontWeight=600).encode(
        x=x, text=alt.Text("far:N")
    )
    far = far.transform_calculate(far="datum.ratio + ' times'")
    below = base.mark_text(align="left", dy=18, color=INK).encode(
        x=alt.X("one:Q", scale=scale), text=alt.Text("large_text:N")
    )
    chart = completed(
        alt.layer(line, small, large, head, near, below, far),
        width=600,
        height=310,
        title=f"Figures that cannot stand together: {rows['ratio'].min()} to "
        f"{rows['ratio'].max()} times apart",
    )
    alternative = "Three pairs of figures on a scale of ratios. " + " ".join(
        f"{row.what}: {row.small_text}; {row.large_text}; {row.ratio} times apart."
        for row in rows.itertuples()
    )
    return Figure(chart, alternative, rows.drop(columns=["one"]), _DOUBT_NOTE)


# ------------------------------------------------------------------ avenues

AVENUES = {
    "old": "old: each on its side of the divide",
    "states": "old and new avenues of states",
    "all": "with the ties of regions and firms",
}
"""How much of the network to show."""

# West and north-west the socialist side, east the American: the divide runs between them.
_POSITIONS = {
    "MNG": (-3.0, 0.55),
    "RUS": (-0.75, 1.35),
    "CHN": (-2.3, -1.05),
    "PRK": (-0.2, 0.0),
    "KOR": (1.35, -1.05),
    "JPN": (2.9, 0.35),
}
_SIDES = {"MNG": "above", "RUS": "above", "JPN": "above", "PRK": "left"}
_NAME_STANDS = {
    "above": ("center", 0, -22),
    "below": ("center", 0, 24),
    "left": ("right", -15, -2),
}


def avenues(shown: str = "old") -> Figure:
    """Draw the avenues of exchange between the six countries, old and new.

    Parameters
    ----------
    shown : str
        ``"old"``, ``"states"`` (old and new pairs of states) or ``"all"`` (ties of regions and
        firms too).

    Returns
    -------
    Figure
        The network; parameter ``shown``.

    Raises
    ------
    ValueError
        `shown` is none of these.
    """
    _require("shown", shown, tuple(AVENUES))
    titles = {
        "old": f"Before: {len(_pairs('state', 'old'))} avenues, none across the divide",
        "states": f"Then {len(_pairs('state', 'new'))} new ones, and not one ends in Russia or "
        "North Korea",
        "all": "Regions and firms also reach Russia: "
        f"{len(numbers.pairs_only_local())} pairs that the states' list lacks",
    }
    chart = completed(
        alt.layer(_divide(), *_state_lines(), *_local_lines(), *_countries()),
        alt.param(name="shown", value=shown),
        width=620,
        height=360,
        title=alt.Title(text=alt.expr(f"{json.dumps(titles)}[shown]")),
    )
    table = data.table("avenues")[["id", "name", "level", "age", "start", "carries", "confidence"]]
    alternative = (
        "Network of the six countries; a dotted line between the two Koreas and on marks the old "
        f"divide. {describe_avenues(shown)}"
    )
    return Figure(chart, alternative, table, _AVENUE_NOTE, ("shown",))


def describe_avenues(shown: str) -> str:
    """Name the pairs that the network shows."""
    old, new = _pairs("state", "old"), _pairs("state", "new")
    parts = [f"Old: {_listed(old)}."]
    if shown != "old":
        parts.append(f"New: {_listed(new)}.")
    if shown == "all":
        ties = _ties_by_pair()
        local = "; ".join(f"{_named(pair)} {count}" for pair, count in ties.items())
        parts.append(f"Ties of regions and firms: {local}.")
        parts.append(f"Without any: {_listed(numbers.pairs_without_avenue())}.")
    return " ".join(parts)


def _pairs(level: str, age: str = "") -> tuple[tuple[str, str], ...]:
    return numbers.avenue_pairs(level, age)


def _ties_by_pair() -> dict[tuple[str, str], int]:
    local = [row for row in data.rows("avenues") if row["level"] == "local"]
    return {
        pair: sum({row["a"], row["b"]} == set(pair) for row in local) for pair in _pairs("local")
    }


def _listed(pairs: Iterable[tuple[str, str]]) -> str:
    return "; ".join(_named(pair) for pair in pairs)


def _named(pair: tuple[str, str]) -> str:
    return " and ".join(_name(code) for code in pair)


def _name(code: str) -> str:
    return next(row["name"] for row in data.rows("country_names") if row["code"] == code)


def _state_lines() -> list[alt.Chart]:
    rows = [
        {**_ends(pair), "age": age, "pair": _named(pair)}
        for age in ("old", "new")
        for pair in _pairs("state", age)
    ]
    base = (
        alt.Chart(pd.DataFrame(rows))
        .transform_filter("datum.age == 'old' || shown != 'old'")
        .mark_rule(strokeWidth=4)
        .encode(
            **_along(),
            color=alt.condition("datum.age == 'new'", alt.value(ACCENT), alt.value(QUIET)),
            tooltip=[alt.Tooltip("pair", title="Avenue"), alt.Tooltip("age", title="Age")],
        )
    )
    return [base]


def _local_lines() -> list[alt.Chart]:
    ties = _ties_by_pair()
    states = set(_pairs("state"))
    rows = []
    for pair, count in ties.items():
        ends = _ends(pair, aside=0.09 if pair in states else 0.0)
        rows.append(
            {
                **ends,
                "pair": _named(pair),
                "ties": count,
                # Not in the middle, where other lines and names cross.
                "count_x": round(0.7 * ends["x"] + 0.3 * ends["x2"], 3),
                "count_y": round(0.7 * ends["y"] + 0.3 * ends["y2"], 3),
            }
        )
    table = pd.DataFrame(rows)
    base = alt.Chart(table).transform_filter("shown == 'all'")
    lines = base.mark_rule(strokeWidth=3, strokeDash=[6, 5], color=WATER).encode(
        **_along(), tooltip=[alt.Tooltip("pair", title="Pair"), alt.Tooltip("ties", title="Ties")]
    )
    counts = base.encode(x=_across("count_x"), y=_upright("count_y"))
    return [
        lines,
        counts.mark_circle(size=220, color="white", opacity=1),
        counts.mark_text(fontWeight=700, fontSize=13, color=WATER).encode(text=alt.Text("ties:Q")),
    ]


def _ends(pair: tuple[str, str], aside: float = 0.0) -> dict[str, float]:
    """Give the ends of a line between two countries, moved sideways so that two lines can be told apart."""
    (x, y), (x2, y2) = _POSITIONS[pair[0]], _POSITIONS[pair[1]]
    length = ((x2 - x) ** 2 + (y2 - y) ** 2) ** 0.5
    dx, dy = -(y2 - y) / length * aside, (x2 - x) / length * aside
    return {
        "x": round(x + dx, 3),
        "y": round(y + dy, 3),
        "x2": round(x2 + dx, 3),
        "y2": round(y2 + dy, 3),
    }


def _divide() -> alt.LayerChart:
    line = pd.DataFrame([{"x": 0.75, "y": 1.75}, {"x": 0.45, "y": -1.6}])
    names = pd.DataFrame(
        [
            {"x": -3.5, "y": 1.75, "text": "socialist side", "align": "left"},
            {"x": 3.5, "y": 1.75, "text": "American side", "align": "right"},
        ]
    )
    texts = [
        alt.Chart(names[names["align"] == align])
        .mark_text(align=align, color=QUIET, fontStyle="italic")
        .encode(x=_across("x"), y=_upright("y"), text=alt.Text("text"))
        for align in ("left", "right")
    ]
    rule = alt.Chart(line).mark_line(color=BORDER, strokeDash=[3, 5], strokeWidth=2)
    return alt.layer(rule.encode(x=_across("x"), y=_upright("y")), *texts)


def _countries() -> list[alt.Chart]:
    rows = pd.DataFrame(
        [
            {"code": code, "name": _name(code), "x": x, "y": y, "side": _SIDES.get(code, "below")}
            for code, (x, y) in _POSITIONS.items()
        ]
    )
    codes, colours = country_scale(list(_POSITIONS))
    base = alt.Chart(rows).encode(x=_across("x"), y=_upright("y"))
    dots = base.mark_circle(size=420, opacity=1, stroke="white", strokeWidth=2).encode(
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None)
    )
    texts = [
        base.transform_filter(f"datum.side == '{side}'")
        .mark_text(align=align, dx=dx, dy=dy, fontWeight=600, fontSize=13, color=INK, **edge)
        .encode(text=alt.Text("name"))
        for edge in ({"stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}, {})
        for side, (align, dx, dy) in _NAME_STANDS.items()
    ]
    return [dots, *texts]


def _along() -> dict[str, object]:
    return {"x": _across("x"), "y": _upright("y"), "x2": "x2:Q", "y2": "y2:Q"}


def _across(field: str) -> alt.X:
    return alt.X(field, type="quantitative", axis=None, scale=alt.Scale(domain=[-3.7, 3.7]))


def _upright(field: str) -> alt.Y:
    return alt.Y(field, type="quantitative", axis=None, scale=alt.Scale(domain=[-1.75, 1.95]))


def _require(name: str, value: object, allowed: tuple[object, ...]) -> None:
    """Raise ValueError unless a setting is one of those that a control can choose."""
    if isinstance(value, bool) or value not in allowed:
        if isinstance(allowed[0], str):
            words = "one of " + ", ".join(map(repr, allowed))
        else:
            step = allowed[1] - allowed[0]
            words = f"from {allowed[0]} to {allowed[-1]}, in steps of {step}"
        raise ValueError(f"{name} is {value!r}; it must be {words}.")
