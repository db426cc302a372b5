"""Lesson 04: who has what, what pairs could do for each other, and who gains from trade."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

import altair as alt
import numpy as np
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, INK, QUIET, country_colour
from tutor.derived.comparative_advantage import (
    CHAIN,
    COUNTRY_OF,
    REGIONS,
    TWO,
    basket,
    gain_in_percent,
    labour_of_six,
    pairs,
    requirements_of_six,
    requirements_of_two,
    strengths,
    teaching_value,
    trade_of_six,
    trade_of_two,
    turning_point,
)
from tutor.models.ricardian_trade import Equilibrium, opportunity_costs

MEASURES = ("jaccard", "matching")
SHARES = tuple(round(0.1 * step, 1) for step in range(1, 10))
"""Shares of income spent on the first good, as the sliders offer them."""
ENGLAND = tuple(range(4000, 20001, 1000))
"""Hours of labour in England."""
JAPAN = (5, 35, 65, 95, 125)
"""Japan's workforce in millions."""
MONGOLIA = tuple(range(4, 21, 4))
"""Hours for a unit of raw materials in Mongolia, the way to a port included."""
SAVED = tuple(range(13))
"""Hours that North Korea saves on a machine."""

MEASURE_WORDS = {
    "jaccard": "Jaccard distance",
    "matching": "matching distance",
}
"""The two measures of complementarity, in words."""

_FACTORS = (
    "labor",
    "labor-intensive production",
    "agriculture",
    "natural resources",
    "minerals",
    "coal",
    "oil",
    "gas",
    "copper",
    "gold",
    "timber",
    "fishing",
    "marine construction",
    "ship repair and shipbuilding",
    "joint-venture sites",
    "marine resources",
    "technology",
    "capital",
    "capital-intensive production",
    "knowledge-intensive production",
    "human capital",
    "economic efficiency/institutions",
    "physical capital per worker",
    "market-size scale economies",
)
_LINES = {
    "Northeast China": ["Northeast", "China"],
    "North Korea": ["North", "Korea"],
    "Mongolia": ["Mongolia"],
    "Russian Far East": ["Russian", "Far East"],
    "South Korea": ["South", "Korea"],
    "Japan": ["Japan"],
}
_TABLE_SOURCE = (
    'The 1993 Tumen study, section 1.2. Sources: cite("CA001") and so on, ids from .table().'
)
_FULL, _LIGHT = "#17505E", "#EEF3F3"


# ------------------------------------------------------------------ who has what


def comparative_advantage_table() -> Figure:
    """Draw the study's table of factors as a heat map.

    Returns
    -------
    Figure
        One row a factor, one column a region. A filled square stands for the printed table, an open
        one for what only the prose grants, a cross for what it denies.
    """
    rows = pd.DataFrame([dict(row) for row in data.rows("comparative_advantage")])
    rows["has"] = rows["has"].astype(int)
    rows["colour"] = rows["region"].map(lambda region: country_colour(COUNTRY_OF[region]))
    most = max(pairs(), key=lambda pair: pair.shared)
    counts = {region: len(factors) for region, factors in strengths().items()}
    x = alt.X(
        "region:N",
        sort=list(REGIONS),
        title=None,
        scale=alt.Scale(domain=list(REGIONS)),
        axis=alt.Axis(
            orient="top",
            labelAngle=0,
            ticks=False,
            domain=False,
            labelPadding=22,
            labelExpr=_as_lines(_LINES),
            labelLineHeight=15,
        ),
    )
    y = alt.Y(
        "factor:N",
        sort=list(_FACTORS),
        title=None,
        axis=alt.Axis(labelLimit=240, ticks=False, domain=False, labelPadding=8),
    )
    tooltip = [
        alt.Tooltip("region", title="Region"),
        alt.Tooltip("factor", title="Factor"),
        alt.Tooltip("basis", title="Basis"),
        alt.Tooltip("note", title="Note"),
        alt.Tooltip("id", title="Cite"),
    ]
    base = alt.Chart(rows).encode(x=x, y=y, tooltip=tooltip)
    colour = alt.Color("colour:N", scale=None, legend=None)
    grid = base.mark_rect(color="#F6F4EF", stroke="white", strokeWidth=2)
    filled = base.transform_filter("datum.basis == 'table'").mark_square(size=330, opacity=1)
    hollow = base.transform_filter("datum.basis == 'prose_only'").mark_square(
        size=250, filled=False, strokeWidth=2.5, opacity=1
    )
    denied = base.transform_filter("datum.basis == 'prose_denies'").mark_text(
        text="×", fontSize=20, color=QUIET, fontWeight=700
    )
    chart = completed(
        alt.layer(grid, filled.encode(color=colour), hollow.encode(color=colour), denied),
        width=400,
        height=alt.Step(23),
        title=alt.Title(
            f"{most.a} and {most.b} share the most strengths: {most.shared}",
            subtitle=[
                "Filled: in the study's table. Open: only in its prose. ×: denied by its prose.",
                _TABLE_SOURCE,
            ],
        ),
    )
    listed = "; ".join(
        f"{region}: {', '.join(f for f in _FACTORS if f in strengths()[region])}"
        for region in REGIONS
    )
    prose = rows[rows["basis"] == "prose_only"]
    said = "; ".join(f"{region}: {', '.join(part)}" for region, part in _grouped(prose))
    no = "; ".join(
        f"{region}: {', '.join(part)}"
        for region, part in _grouped(rows[rows["basis"] == "prose_denies"])
    )
    alternative = (
        f"Heat map of {len(_FACTORS)} factors by six regions. In the printed table: {listed}. "
        f"Granted only in the prose: {said}. Denied by the prose: {no}. "
        f"Factors a region has by the table: {_listed(f'{r} {n}' for r, n in counts.items())}."
    )
    return Figure(
        chart, alternative, rows[["id", "region", "factor", "has", "basis", "note"]], _TABLE_SOURCE
    )


def _grouped(rows: pd.DataFrame) -> list[tuple[str, list[str]]]:
    return [
        (region, list(rows.loc[rows["region"] == region, "factor"]))
        for region in REGIONS
        if (rows["region"] == region).any()
    ]


# ------------------------------------------------------------------ how different


def complementarity_map(measure: str = "jaccard") -> Figure:
    """Draw the complementarity of every pair as a triangle of numbers.

    Parameters
    ----------
    measure : str
        ``"jaccard"`` or ``"matching"``.

    Returns
    -------
    Figure
        One cell a pair, with a parameter ``measure``.
    """
    words = describe_complementarity(measure)
    rows = pd.DataFrame(
        [
            {
                "measure": name,
                "a": min(pair.a, pair.b, key=REGIONS.index),
                "b": max(pair.a, pair.b, key=REGIONS.index),
                "value": round(getattr(pair, name), 2),
                "shared": pair.shared,
                "either": pair.either,
                "full": getattr(pair, name) == 1,
            }
            for name in MEASURES
            for pair in pairs()
        ]
    )
    base = (
        alt.Chart(rows)
        .transform_filter("datum.measure == measure")
        .encode(
            x=alt.X(
                "a:N",
                sort=list(REGIONS),
                scale=alt.Scale(domain=list(REGIONS[:-1])),
                title=None,
                axis=alt.Axis(
                    labelAngle=0,
                    ticks=False,
                    domain=False,
                    labelExpr=_as_lines(_LINES),
                    labelPadding=6,
                ),
            ),
            y=alt.Y(
                "b:N",
                sort=list(REGIONS),
                scale=alt.Scale(domain=list(REGIONS[1:])),
                title=None,
                axis=alt.Axis(ticks=False, domain=False, labelPadding=8),
            ),
            tooltip=[
                alt.Tooltip("a", title="Region"),
                alt.Tooltip("b", title="Region"),
                alt.Tooltip("value", title="Complementarity", format=".2f"),
                alt.Tooltip("shared", title="Factors both have"),
                alt.Tooltip("either", title="Factors either has"),
            ],
        )
    )
    cells = base.mark_rect(stroke="white", strokeWidth=3).encode(
        color=alt.Color(
            "value:Q", scale=alt.Scale(domain=[0, 1], range=[_LIGHT, _FULL]), legend=None
        )
    )
    numbers = base.mark_text(fontSize=14, fontWeight=600).encode(
        text=alt.Text("value:Q", format=".2f"),
        color=alt.condition("datum.value > 0.62", alt.value("white"), alt.value(INK)),
    )
    titles = {name: _complementarity_finding(name) for name in MEASURES}
    chart = completed(
        alt.layer(cells, numbers),
        alt.param(name="measure", value=measure),
        width=440,
        height=alt.Step(48),
        title=alt.Title(text=alt.expr(f"{json.dumps(titles)}[measure]")),
    )
    alternative = (
        f"Triangle of fifteen cells, one for each pair of regions, darker for more. {words}"
    )
    table = rows.drop(columns="full").sort_values(["measure", "value"], ascending=[True, False])
    return Figure(chart, alternative, table.reset_index(drop=True), _TABLE_SOURCE, ("measure",))


def _complementarity_finding(measure: str) -> str:
    full = [pair for pair in pairs() if pair.jaccard == 1]
    if measure == "jaccard":
        return f"Jaccard distance puts {len(full)} of {len(pairs())} pairs at exactly 1"
    low, high = min(pair.matching for pair in full), max(pair.matching for pair in full)
    return f"Matching distance spreads the same {len(full)} pairs from {low:.2f} to {high:.2f}"


def describe_complementarity(measure: str = "jaccard") -> str:
    """Say which pairs are most and least complementary by one measure.

    Raises
    ------
    ValueError
        The measure is not one of `MEASURES`.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is {measure!r}; it must be one of {', '.join(MEASURES)}.")
    ranked = sorted(pairs(), key=lambda pair: -getattr(pair, measure))
    top = getattr(ranked[0], measure)
    best = [pair.name for pair in ranked if getattr(pair, measure) == top]
    last = ranked[-1]
    said = "; ".join(best) if len(best) < 4 else f"{len(best)} of {len(ranked)} pairs"
    return (
        f"{MEASURE_WORDS[measure].capitalize()}. Highest, at {top:.2f}: {said}. "
        f"Lowest, at {getattr(last, measure):.2f}: {last.name}."
    )


# ------------------------------------------------------------------ and what grew


def complementarity_and_growth() -> Figure:
    """Draw the complementarity of every pair beside what is told of its ties.

    Returns
    -------
    Figure
        Fifteen rows in two groups: pairs whose ties grew, and the others. The pairs of North Korea are
        in its colour.
    """
    groups = {True: "Ties grew, or were new", False: "No growth is told"}
    rows = pd.DataFrame(
        [
            {
                "id": pair.id,
                "pair": pair.name,
                "matching": round(pair.matching, 2),
                "jaccard": round(pair.jaccard, 2),
                "growth": pair.growth,
                "group": groups[pair.grew],
                "north_korea": "North Korea" in (pair.a, pair.b),
            }
            for pair in sorted(pairs(), key=lambda pair: (-pair.matching, pair.name))
        ]
    )
    evidence = {row["id"]: row["evidence"] for row in data.rows("pair_growth")}
    rows["evidence"] = rows["id"].map(evidence)
    korean = rows[rows["north_korea"]]
    others = rows[~rows["north_korea"]]
    grown = [int((part["group"] == groups[True]).sum()) for part in (korean, others)]
    panels = []
    for group in groups.values():
        part = rows[rows["group"] == group]
        base = alt.Chart(part).encode(
            y=alt.Y(
                "pair:N",
                sort=list(part["pair"]),
                title=None,
                axis=alt.Axis(labelLimit=280, ticks=False, domain=False, grid=True, labelPadding=8),
            ),
            x=alt.X(
                "matching:Q",
                scale=alt.Scale(domain=[0, 0.85]),
                title="Complementarity (matching distance)" if group == groups[False] else None,
                axis=alt.Axis(grid=False, tickCount=4, format=".1f"),
            ),
            tooltip=[
                alt.Tooltip("pair", title="Pair"),
                alt.Tooltip("matching", title="Complementarity", format=".2f"),
                alt.Tooltip("evidence", title="What is told"),
                alt.Tooltip("id", title="Cite"),
            ],
        )
        colour = alt.condition(
            "datum.north_korea", alt.value(country_colour("PRK")), alt.value(_FULL)
        )
        # A ring where there are only words, a full dot where there is a figure.
        rings = base.mark_point(size=130, filled=False, opacity=1, strokeWidth=2.5).encode(
            color=colour
        )
        full = (
            base.transform_filter("datum.growth == 'figures'")
            .mark_point(size=170, filled=True, opacity=1)
            .encode(color=colour)
        )
        label = base.mark_text(align="left", dx=12, color=INK).encode(
            text=alt.Text("matching:Q", format=".2f")
        )
        panels.append(
            completed(
                alt.layer(rings, full, label),
                width=320,
                height=alt.Step(24),
                title=alt.Title(group, fontSize=13, color=QUIET, offset=4, frame="group"),
            )
        )
    chart = completed(
        alt.vconcat(*panels, spacing=18),
        title=alt.Title(
            f"Of North Korea's {len(korean)} pairs {_none(grown[0])} grew; "
            f"of the other {len(others)} pairs {grown[1]} did",
            subtitle=[
                "Full dot: growth with a figure. Ring: words only, or no growth. Violet: North Korea.",
                'What is told of each pair, and by whom: cite("RP01") to cite("RP15").',
            ],
        ),
    )
    top = rows.iloc[0]
    alternative = (
        f"Dot plot of complementarity for fifteen pairs in two groups. {grown[0] + grown[1]} pairs grew: "
        f"{_with_values(rows[rows['group'] == groups[True]])}. No growth is told of "
        f"{len(rows) - sum(grown)}: {_with_values(rows[rows['group'] == groups[False]])}. "
        f"North Korea is in {len(korean)} of these {len(rows) - sum(grown)}. "
        f"The highest value is {top['matching']:.2f}."
    )
    table = rows[["id", "pair", "matching", "jaccard", "growth", "evidence"]]
    return Figure(chart, alternative, table, 'What is told: cite("RP01") to cite("RP15").')


def _none(count: int) -> str:
    return "none" if count == 0 else str(count)


def _with_values(rows: pd.DataFrame) -> str:
    return _listed(
        f"{pair} ({value:.2f})" for pair, value in zip(rows["pair"], rows["matching"], strict=True)
    )


# ------------------------------------------------------------------ trade


def two_country_trade(england: int = 10_000, share: float = 0.5) -> Figure:
    """Draw both countries' own price of cloth and the world's, and what each gains.

    Parameters
    ----------
    england : int
        Hours of labour in England, one of `ENGLAND`; Portugal has those of TV401.
    share : float
        Share of income spent on cloth, one of `SHARES`.

    Returns
    -------
    Figure
        Two rows, a line for the world price; parameters ``england`` and ``share``.
    """
    words = describe_two(england, share)
    own = opportunity_costs(requirements_of_two())
    colours = {"England": "#7A4B00", "Portugal": "#0B6E4F"}
    rows = [
        row | {"england": hours, "share": b}
        for hours in ENGLAND
        for b in SHARES
        for row in _rows(
            trade_of_two(hours, b),
            own,
            ("cloth", "wine"),
            (hours, teaching_value("TV401")),
            colours,
        )
    ]
    frame = pd.DataFrame(rows)
    chart = completed(
        _price_chart(
            frame,
            "datum.england == england && datum.share == share",
            order=TWO,
            domain=(0.75, 1.25),
            ticks=(0.8, 0.9, 1.0, 1.1, 1.2),
            title_x="Price of one cloth in wine",
            row_height=62,
            price_format=".3~f",
            labels={name: [name] for name in TWO},
        ),
        alt.param(name="england", value=england),
        alt.param(name="share", value=share),
    )
    chart = completed(
        chart,
        title=alt.Title(
            "What a country gains is its distance from the world price",
            subtitle=["Dot: a country's own price, without trade. Orange line: the world price."],
        ),
    )
    alternative = (
        "Two rows, England and Portugal. A dot marks each country's own price of cloth in wine "
        f"({own[0]:.2f} and {own[1]:.3f}), an upright line the world price. {words}"
    )
    table = frame[(frame["england"] == england) & (frame["share"] == share)]
    return Figure(chart, alternative, _table(table), _RICARDO_NOTE, ("england", "share"))


def chain_of_advantage(share: float = 0.5, japan: int = 65, mongolia: int = 4) -> Figure:
    """Draw the chain of six regions: own prices, the world price, and what each gains.

    Parameters
    ----------
    share : float
        Share of income spent on raw materials, one of `SHARES`.
    japan : int
        Japan's workforce in millions, one of `JAPAN`.
    mongolia : int
        Hours for a unit of raw materials in Mongolia, the way to a port included, one of `MONGOLIA`.

    Returns
    -------
    Figure
        Six rows and a line for the world price; parameters ``share``, ``japan`` and ``mongolia``.
    """
    words = describe_chain(share, japan, mongolia)
    colours = {region: country_colour(COUNTRY_OF[region]) for region in CHAIN}
    rows = [
        row | {"share": b, "japan": workers, "mongolia": hours}
        for b in SHARES
        for workers in JAPAN
        for hours in MONGOLIA
        for row in _rows(
            trade_of_six(b, workers, hours),
            opportunity_costs(requirements_of_six(hours)),
            ("materials", "machines"),
            labour_of_six(workers),
            colours,
        )
    ]
    frame = pd.DataFrame(rows)
    chart = completed(
        _price_chart(
            frame,
            "datum.share == share && datum.japan == japan && datum.mongolia == mongolia",
            order=CHAIN,
            domain=(0.2, 2.6),
            ticks=(0.25, 0.5, 1.0, 2.0),
            title_x="Price of one unit of raw materials in machines (each step doubles it)",
            row_height=46,
            price_format=".2f",
            labels={region: [region] for region in CHAIN},
        ),
        alt.param(name="share", value=share),
        alt.param(name="japan", value=japan),
        alt.param(name="mongolia", value=mongolia),
    )
    chart = completed(
        chart,
        title=alt.Title(
            "What a region gains is its distance from the world price",
            subtitle=[
                "Dot: a region's own price, larger with more workers. Orange line: the world price.",
                "The labour for a unit is chosen for teaching: TV421 to TV436.",
            ],
        ),
    )
    alternative = (
        "Six rows, one a region, in the order of their own price of raw materials, lowest first; "
        f"an upright line marks the world price. {words}"
    )
    table = frame[
        (frame["share"] == share) & (frame["japan"] == japan) & (frame["mongolia"] == mongolia)
    ]
    return Figure(chart, alternative, _table(table), _CHAIN_NOTE, ("share", "japan", "mongolia"))


_RICARDO_NOTE = (
    'Labour for a unit: cite("RI01"). Hours and share of income: cite("TV401") and cite("TV402").'
)
_CHAIN_NOTE = "Labour and hours for a unit are chosen for teaching: TV411 to TV436."


def _rows(
    world: Equilibrium,
    own: np.ndarray,
    goods: tuple[str, str],
    labour: Sequence[float],
    colours: dict[str, str],
) -> list[dict[str, object]]:
    """Write an equilibrium as one row a region, rounded to what is shown."""
    return [
        {
            "region": region,
            "own": round(float(own[i]), 3),
            "price": round(world.price, 3),
            "gain": round(gain_in_percent(world.gain[i]), 1),
            "makes": _makes(world, i, goods),
            "labour": labour[i],
            "colour": colours[region],
        }
        for i, region in enumerate(world.regions)
    ]


def _makes(world: Equilibrium, region: int, goods: tuple[str, str]) -> str:
    first, second = world.production[region] > 1e-9
    return " and ".join(good for good, made in zip(goods, (first, second), strict=True) if made)


def _price_chart(
    frame: pd.DataFrame,
    wanted: str,
    *,
    order: Sequence[str],
    domain: tuple[float, float],
    ticks: Sequence[float],
    title_x: str,
    row_height: int,
    price_format: str,
    labels: dict[str, list[str]],
) -> alt.LayerChart:
    width = 330
    base = alt.Chart(frame).transform_filter(wanted)
    x = alt.X(
        "own:Q",
        scale=alt.Scale(type="log", domain=list(domain), nice=False),
        title=title_x,
        axis=alt.Axis(values=list(ticks), grid=True, format="~g"),
    )
    y = alt.Y(
        "region:N",
        sort=list(order),
        title=None,
        axis=alt.Axis(
            ticks=False,
            domain=False,
            labelPadding=10,
            labelFontSize=13,
            labelExpr=_as_lines(labels),
        ),
    )
    colour = alt.Color("colour:N", scale=None, legend=None)
    tooltip = [
        alt.Tooltip("region", title="Region"),
        alt.Tooltip("own", title="Own price", format=".2f"),
        alt.Tooltip("price", title="World price", format=".2f"),
        alt.Tooltip("makes", title="Makes"),
        alt.Tooltip("gain", title="Gain in percent"),
    ]
    distance = base.mark_rule(strokeWidth=4, opacity=1).encode(
        x=x, x2=alt.X2("price:Q"), y=y, color=colour
    )
    dots = base.mark_circle(opacity=1).encode(
        x=x,
        y=y,
        color=colour,
        size=alt.Size(
            "labour:Q",
            scale=alt.Scale(domain=[0, float(frame["labour"].max())], range=[50, 560]),
            legend=None,
        ),
        tooltip=tooltip,
    )
    one = base.transform_filter(f"datum.region == '{order[0]}'")
    line = one.mark_rule(color=ACCENT, strokeWidth=2.5).encode(
        x=alt.X("price:Q", scale=alt.Scale(type="log", domain=list(domain), nice=False))
    )
    price = one.mark_text(
        color=ACCENT, fontWeight=700, fontSize=13, baseline="bottom", dy=-4, align="center"
    ).encode(
        x=alt.X("price:Q", scale=alt.Scale(type="log", domain=list(domain), nice=False)),
        y=alt.value(0),
        text=alt.Text("price:Q", format=price_format),
    )
    words = (
        base.transform_calculate(
            said="['makes ' + datum.makes, datum.gain < 0.05 ? 'gains nothing' : "
            "'gains ' + format(datum.gain, datum.gain < 10 ? '.1f' : '.0f') + ' %']"
        )
        .mark_text(align="left", baseline="middle", color=INK, fontSize=12, lineHeight=15, dy=-7)
        .encode(y=y, x=alt.value(width + 14), text=alt.Text("said:N"))
    )
    return completed(
        alt.layer(distance, line, dots, price, words), width=width, height=row_height * len(order)
    )


def _table(frame: pd.DataFrame) -> pd.DataFrame:
    chosen = frame[["region", "own", "price", "makes", "gain", "labour"]].rename(
        columns={"own": "own_price", "price": "world_price", "gain": "gain_percent"}
    )
    return chosen.reset_index(drop=True)


def describe_two(england: int = 10_000, share: float = 0.5) -> str:
    """Say what each country makes and gains.

    Raises
    ------
    ValueError
        A value is not one that the slider offers.
    """
    _offered("england", england, ENGLAND)
    _offered("share", share, SHARES)
    world = trade_of_two(england, share)
    return (
        f"World price: {world.price:.3f} wine for a cloth. {_who_makes(world, ('cloth', 'wine'))}"
    )


def describe_chain(share: float = 0.5, japan: int = 65, mongolia: int = 4) -> str:
    """Say what each region makes, who gains most and who gains nothing.

    Raises
    ------
    ValueError
        A value is not one that the slider offers.
    """
    _offered("share", share, SHARES)
    _offered("japan", japan, JAPAN)
    _offered("mongolia", mongolia, MONGOLIA)
    world = trade_of_six(share, japan, mongolia)
    makes = [_makes(world, i, ("materials", "machines")) for i in range(len(CHAIN))]
    kinds = {
        "materials": "Materials come from",
        "machines": "Machines come from",
        "materials and machines": "Both goods are made in",
    }
    parts = [f"World price: {world.price:.2f} machines for a unit of materials."]
    for kind, said in kinds.items():
        regions = [region for region, made in zip(CHAIN, makes, strict=True) if made == kind]
        if regions:
            parts.append(f"{said} {_listed(regions)}.")
    best = int(np.argmax(world.gain))
    parts.append(f"Gains most: {CHAIN[best]}, {_percent(world.gain[best])}.")
    nothing = [region for region, gain in zip(CHAIN, world.gain, strict=True) if gain - 1 < 5e-4]
    if nothing:
        parts.append(f"Gains nothing: {_listed(nothing)}.")
    return " ".join(parts)


def _who_makes(world: Equilibrium, goods: tuple[str, str]) -> str:
    return " ".join(
        f"{region} makes {_makes(world, i, goods)} and "
        f"{'gains nothing' if world.gain[i] - 1 < 5e-4 else f'gains {_percent(world.gain[i])}'}."
        for i, region in enumerate(world.regions)
    )


def _percent(gain: float) -> str:
    value = gain_in_percent(gain)
    return f"{value:.1f} %" if value < 10 else f"{value:.0f} %"


def _offered(name: str, value: float, values: Sequence[float]) -> None:
    if isinstance(value, bool) or value not in values:
        step = values[1] - values[0]
        raise ValueError(
            f"{name} is {value!r}; it can be {values[0]} to {values[-1]} in steps of {step:g}."
        )


# ------------------------------------------------------------------ changing it


def changing_advantage(saved: int = 0) -> Figure:
    """Draw what North Korea works for one unit of each good while it learns to build machines.

    Parameters
    ----------
    saved : int
        Hours that North Korea saves on a machine, one of `SAVED`.

    Returns
    -------
    Figure
        Two lines, without trade and with it, over the hours for a machine; parameter ``saved``.
    """
    words = describe_change(saved)
    first = int(teaching_value("TV432"))
    steps = [first - step for step in SAVED]
    rows = pd.DataFrame(
        [
            {"hours": h, "way": way, "basket": round(value, 2)}
            for h in steps
            for way, value in zip(("without trade", "with trade"), basket(h), strict=True)
        ]
    )
    turn = turning_point()
    x = alt.X(
        "hours:Q",
        scale=alt.Scale(domain=[first, steps[-1]]),
        title="Hours for a machine in North Korea: better to the right",
        axis=alt.Axis(values=steps, format="d", grid=False),
    )
    y = alt.Y(
        "basket:Q",
        scale=alt.Scale(domain=[0, 30]),
        title="Hours for one machine and one unit of materials",
        axis=alt.Axis(tickCount=5),
    )
    base = alt.Chart(rows).encode(x=x, y=y)
    colours = {"without trade": QUIET, "with trade": country_colour("PRK")}
    lines = [
        base.transform_filter(f"datum.way == '{way}'").mark_line(
            color=colour, strokeWidth=3, strokeDash=[6, 4] if way == "without trade" else [1, 0]
        )
        for way, colour in colours.items()
    ]
    here = base.transform_filter(f"datum.hours == {first} - saved")
    dots = here.mark_point(filled=True, size=120, opacity=1).encode(
        color=alt.Color(
            "way:N",
            scale=alt.Scale(domain=list(colours), range=list(colours.values())),
            legend=None,
        ),
        tooltip=[
            alt.Tooltip("way", title="Way"),
            alt.Tooltip("hours", title="Hours for a machine"),
            alt.Tooltip("basket", title="Hours for one of each"),
        ],
    )
    rule = (
        alt.Chart(rows)
        .transform_filter(f"datum.hours == {first} - saved && datum.way == 'with trade'")
        .mark_rule(color=ACCENT, strokeWidth=2)
        .encode(x=x)
    )
    named = pd.DataFrame(
        [
            {"hours": 13.4, "basket": basket(13.4)[0] + 1.9, "text": "without trade"},
            {"hours": 13.4, "basket": basket(13.4)[1] - 1.9, "text": "with trade"},
        ]
    )
    labels = (
        alt.Chart(named)
        .mark_text(fontSize=13, fontWeight=600, color=INK, align="left")
        .encode(x=x, y=y, text=alt.Text("text"))
    )
    chart = completed(
        alt.layer(rule, *lines, dots, labels),
        alt.param(name="saved", value=saved),
        width=560,
        height=270,
        title=alt.Title(
            f"With trade, learning pays only below {turn:.1f} hours for a machine",
            subtitle=[
                "Shown: hours that a worker of North Korea gives for one unit of each good.",
                "The labour for a unit is chosen for teaching: TV421 to TV436.",
            ],
        ),
    )
    alternative = (
        "Two lines over the hours that a machine takes in North Korea, from fifteen to three. Without trade "
        f"the line falls all the way, from {basket(first)[0]:g} to {basket(steps[-1])[0]:g} hours. "
        f"With trade it is flat at {basket(first)[1]:.1f} hours until {turn:.1f} hours for a "
        "machine, where the two meet, and "
        f"falls after that to {basket(steps[-1])[1]:.1f}. {words}"
    )
    table = rows.pivot_table(index="hours", columns="way", values="basket").reset_index()
    table.columns.name = None
    return Figure(chart, alternative, table, _CHAIN_NOTE, ("saved",))


def describe_change(saved: int = 0) -> str:
    """Say what North Korea makes and what one unit of each good costs it.

    Raises
    ------
    ValueError
        `saved` is not one that the slider offers.
    """
    _offered("saved", saved, SAVED)
    hours = teaching_value("TV432") - saved
    world = trade_of_six(north_korea=hours)
    alone, traded = basket(hours)
    makes = _makes(world, CHAIN.index("North Korea"), ("materials", "machines"))
    return (
        f"{_hours(hours)} for a machine: North Korea makes {makes}. One unit of each good costs it "
        f"{_hours(alone)} without trade and {_hours(traded)} with trade. World price: {world.price:.2f}."
    )


def _hours(value: float) -> str:
    rounded = round(value, 1)
    return "1 hour" if rounded == 1 else f"{rounded:g} hours"


# ------------------------------------------------------------------ words


def _as_lines(lines: dict[str, list[str]]) -> str:
    """Write labels of several lines as a Vega expression."""
    return f"{json.dumps(lines)}[datum.value]"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
