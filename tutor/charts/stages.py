"""The ladder of integration, blocs on it, a market in a union, capital that moves, rival zones."""

from __future__ import annotations

import json
from collections.abc import Sequence

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, BORDER, INK, WATER, country_scale
from tutor.derived import stages as numbers
from tutor.models.integration_ladder import BALASSA, CHOU, COMMITMENTS, Stage

YES_NO = ("no", "yes")
PROMISES = ("trade", "tariff", "factors", "coordination", "authority")
"""Names of the five commitments as controls and arguments, in the order of the rungs."""

BEFORE_UNION = "#8A8A8A"
CREATION = "#1B7F5C"
"""Trade created; what is diverted has the accent's colour."""

_SHORT_COMMITMENTS = (
    "free internal trade",
    "common external tariff",
    "free labour and capital",
    "coordinated policy",
    "one authority",
)
_SHORT_BLOCS = {
    "BL01": "North American FTA (NAFTA)",
    "BL06": "Economic and Monetary Union",
    "BL08": "RCEP (Asia and the Pacific)",
    "BL09": "Gulf Cooperation Council",
    "BL10": "Gulf Cooperation Council",
    "BL12": "European Free Trade Assoc.",
    "BL14": "German Zollverein",
}


# ------------------------------------------------------------------ the ladder


def integration_ladder(
    trade: str = "no",
    tariff: str = "no",
    factors: str = "no",
    coordination: str = "no",
    authority: str = "no",
) -> Figure:
    """Draw the ladder of integration with the rungs that a bloc has climbed.

    Parameters
    ----------
    trade, tariff, factors, coordination, authority : str
        ``"yes"`` or ``"no"`` for each commitment: free internal trade, a common external tariff,
        free movement of labour and capital, coordinated fiscal and monetary policy, unified policy
        under a common authority.

    Returns
    -------
    Figure
        Five rungs: climbed, missing below another one, or not promised; a parameter of the name of
        each argument.

    Raises
    ------
    ValueError
        An argument is neither ``"yes"`` nor ``"no"``.
    """
    chosen = (trade, tariff, factors, coordination, authority)
    key = _key(chosen)
    rows = pd.DataFrame(
        [row for made, stage in numbers.combinations().items() for row in _rungs(made, stage)]
    )
    here = " + '|' + ".join(PROMISES)
    titles = {_made_key(made): stage_title(s) for made, s in numbers.combinations().items()}
    base = alt.Chart(rows).transform_filter(f"datum.key == {here}")
    y = alt.Y("rung:Q", axis=None, scale=alt.Scale(domain=[0.3, 5.7]))
    x = alt.X("left:Q", axis=None, scale=alt.Scale(domain=[-5.2, 6.6]))
    rails = (
        alt.Chart(pd.DataFrame([{"left": side, "rung": 0.35, "top": 5.65} for side in (0.0, 2.0)]))
        .mark_rule(color=BORDER, strokeWidth=7)
        .encode(x=x, y=y, y2=alt.Y2("top:Q"))
    )
    rungs = [
        base.transform_filter(f"datum.state == '{state}'")
        .mark_rule(strokeWidth=width, color=colour, strokeDash=dash, opacity=1)
        .encode(x=x, x2=alt.X2("right:Q"), y=y)
        for state, colour, width, dash in (
            ("not promised", BORDER, 2, [2, 4]),
            ("missing", ACCENT, 4, [7, 5]),
            ("above a gap", WATER, 12, [1, 0]),
            ("climbed", INK, 12, [1, 0]),
        )
    ]
    names = base.mark_text(align="right", color=INK, fontSize=14).encode(
        x=alt.X("name_at:Q", axis=None), y=y, text=alt.Text("name")
    )
    states = base.mark_text(align="left", fontSize=13, lineBreak="\n", lineHeight=16).encode(
        x=alt.X("words_at:Q", axis=None),
        y=y,
        text=alt.Text("words"),
        color=alt.condition("datum.state == 'missing'", alt.value(ACCENT), alt.value(INK)),
        opacity=alt.condition("datum.state == 'not promised'", alt.value(0.72), alt.value(1)),
    )
    standing = (
        base.transform_filter("datum.stands")
        .mark_circle(size=420, color="#FFFFFF", stroke=INK, strokeWidth=3, opacity=1)
        .encode(x=alt.X("middle:Q", axis=None), y=y)
    )
    figure_words = stage_words(numbers.combinations()[tuple(each == "yes" for each in chosen)])
    chart = completed(
        alt.layer(rails, *rungs, standing, names, states),
        *(alt.param(name=name, value=value) for name, value in zip(PROMISES, chosen, strict=True)),
        width=620,
        height=300,
        title=alt.Title(text=alt.expr(f"{json.dumps(titles)}[{here}]")),
    )
    table = rows[["key", "rung", "name", "commitment", "state"]].rename(
        columns={"key": "promises (trade|tariff|factors|coordination|authority)"}
    )
    alternative = (
        "A ladder of five rungs, from the free trade area at the bottom to complete integration at "
        f"the top. {figure_words}"
    )
    return Figure(
        chart,
        alternative,
        table[rows["key"] == key].reset_index(drop=True),
        "Names of the rungs: Balassa 1961. Chou calls the fourth a trading bloc and has no fifth.",
        PROMISES,
    )


def stage_title(stage: Stage) -> str:
    """Say in a few words where a combination of commitments stands."""
    if not stage.is_on_ladder:
        return "Off the ladder: a rung is missing below"
    if stage.rung == 0:
        return "On the ground: nothing is promised yet"
    return f"Rung {stage.rung}: {stage.balassa}"


def stage_words(stage: Stage) -> str:
    """Say where a combination stands, which rung is missing, and which real blocs did the same."""
    if stage.rung == 0 and stage.is_on_ladder:
        words = "Nothing is promised: this is the ground below the ladder."
    elif stage.is_on_ladder:
        words = f"Rung {stage.rung}: {stage.balassa}. {_chou_says(stage)}"
    else:
        words = (
            f"Off the ladder: {_joined(stage.beyond)} without {_joined(stage.missing)}. "
            f"Counted from below without a gap, it gets to: {stage.balassa}."
        )
    same = [bloc for bloc in numbers.blocs() if bloc.stage == stage]
    if not same:
        return f"{words} No bloc in the course's table did just this."
    return f"{words} In the table: " + "; ".join(f"{b.name} ({b.year})" for b in same) + "."


def _chou_says(stage: Stage) -> str:
    if stage.chou is None:
        return "Chou has no such stage."
    if stage.chou == stage.balassa:
        return "Balassa and Chou give it the same name."
    return f"Chou calls it a {stage.chou}."


def _joined(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _key(chosen: tuple[str, ...]) -> str:
    for name, value in zip(PROMISES, chosen, strict=True):
        if value not in YES_NO:
            raise ValueError(f'{name} is {value!r}; it must be "yes" or "no".')
    return "|".join(chosen)


def _made_key(made: Sequence[bool]) -> str:
    return "|".join(YES_NO[each] for each in made)


def _rungs(made: tuple[bool, ...], stage: Stage) -> list[dict[str, object]]:
    rows = []
    for place, commitment in enumerate(COMMITMENTS):
        rung = place + 1
        if made[place]:
            state = "climbed" if rung <= stage.rung else "above a gap"
        else:
            state = "missing" if commitment in stage.missing else "not promised"
        other = CHOU[rung]
        name = BALASSA[rung] + (f" ({other})" if other not in (BALASSA[rung], None) else "")
        mark = {"missing": "MISSING: ", "above a gap": "yes, above a gap: ", "climbed": "yes: "}
        rows.append(
            {
                "key": _made_key(made),
                "rung": rung,
                "name": name,
                "commitment": commitment,
                "state": state,
                "words": mark.get(state, "no: ") + _SHORT_COMMITMENTS[place],
                "stands": rung == stage.rung,
                "left": 0.0,
                "right": 2.0,
                "middle": 1.0,
                "name_at": -0.35,
                "words_at": 2.35,
            }
        )
    return rows


# ------------------------------------------------------------------ blocs of the world


def blocs_of_the_world() -> Figure:
    """Draw what the members of real blocs had promised each other, and the rung this makes.

    Returns
    -------
    Figure
        One row a bloc at a date, one column a commitment; a ring marks a rung that was skipped.
    """
    placed = numbers.blocs()
    cells = [
        {
            "row": _bloc_label(bloc),
            "order": order,
            "promise": _SHORT_COMMITMENTS[place],
            "state": "made" if commitment in bloc.commitments else "skipped",
            "note": bloc.note,
            "id": bloc.id,
        }
        for order, bloc in enumerate(placed)
        for place, commitment in enumerate(COMMITMENTS)
        if commitment in bloc.commitments or commitment in bloc.stage.missing
    ]
    stages = [
        {
            "row": _bloc_label(bloc),
            "order": order,
            "promise": "rung",
            "text": bloc.stage.balassa if bloc.stage.is_on_ladder else "OFF THE LADDER",
            "off": not bloc.stage.is_on_ladder,
        }
        for order, bloc in enumerate(placed)
    ]
    columns = [*_SHORT_COMMITMENTS, "rung"]
    y = alt.Y(
        "row:N",
        sort=alt.SortField("order"),
        title=None,
        axis=alt.Axis(labelLimit=250, labelPadding=8, grid=True, ticks=False, domain=False),
    )
    heads = (
        ["free", "trade"],
        ["common", "tariff"],
        ["labour,", "capital"],
        ["policies", "agreed"],
    )
    lines = dict(zip(columns, (*heads, ["one", "authority"], ["", "so it is"]), strict=True))
    x = alt.X(
        "promise:N",
        sort=columns,
        title=None,
        scale=alt.Scale(domain=columns),
        axis=alt.Axis(
            orient="top",
            labelAngle=0,
            grid=False,
            ticks=False,
            domain=False,
            labelPadding=22,
            labelExpr=f"{json.dumps(lines)}[datum.value]",
        ),
    )
    tooltip = [
        alt.Tooltip("row", title="Bloc"),
        alt.Tooltip("promise", title="Promise"),
        alt.Tooltip("state", title="State"),
        alt.Tooltip("note", title="Note"),
        alt.Tooltip("id", title="Cite"),
    ]
    base = alt.Chart(pd.DataFrame(cells)).encode(x=x, y=y, tooltip=tooltip)
    made = base.transform_filter("datum.state == 'made'").mark_circle(
        size=150, opacity=1, color=INK
    )
    skipped = base.transform_filter("datum.state == 'skipped'").mark_point(
        size=150, color=ACCENT, strokeWidth=2.5
    )
    stage_text = alt.Chart(pd.DataFrame(stages)).encode(x=x, y=y, text=alt.Text("text"))
    # The white edge keeps the row's line from crossing the words.
    edge = stage_text.mark_text(
        align="left", dx=-28, fontSize=12, stroke="white", strokeWidth=6, color="white"
    )
    names = stage_text.mark_text(align="left", dx=-28, fontSize=12).encode(
        color=alt.condition("datum.off", alt.value(ACCENT), alt.value(INK))
    )
    off = sum(not bloc.stage.is_on_ladder for bloc in placed)
    top = max(placed, key=lambda bloc: bloc.stage.rung)
    chart = completed(
        alt.layer(edge, names, made, skipped),
        width=370,
        height=alt.Step(22),
        title=f"Of {len(placed)} blocs {off} skipped a rung, and one reached the top as one state",
    ).configure_view(stroke=None)
    table = pd.DataFrame(
        [
            {
                "id": bloc.id,
                "bloc": bloc.name,
                "date": bloc.date,
                **{each: YES_NO[each in bloc.commitments] for each in COMMITMENTS},
                "stage": str(bloc.stage),
            }
            for bloc in placed
        ]
    )
    alternative = (
        f"Table of dots: {len(placed)} blocs from {placed[0].year} to {placed[-1].year} as rows, the "
        "five commitments as columns. "
        + " ".join(f"{bloc.name} ({bloc.year}): {bloc.stage}." for bloc in placed)
        + f" The highest is {top.name}."
    )
    return Figure(
        chart,
        alternative,
        table,
        "Counted is what members had bound themselves to in law by the date, not what they do. A "
        "ring marks a promise that was skipped. Hold the mouse on a mark, or use .table().",
    )


def _bloc_label(bloc: numbers.PlacedBloc) -> str:
    return f"{bloc.year}  {_SHORT_BLOCS.get(bloc.id, bloc.name)}"


# ------------------------------------------------------------------ one market in a union


def customs_union(tariff: int = 10, partner_price: int = 12) -> Figure:
    """Draw the market for boots before and after a customs union, and who gains.

    Parameters
    ----------
    tariff : int
        Dollars a pair, 0 to 20.
    partner_price : int
        Price of the partner's boots in dollars, 6 to 24.

    Returns
    -------
    Figure
        Demand and supply with the areas of trade creation and diversion above, gains and losses
        below; parameters ``tariff`` and ``partner_price``. The table behind it holds one row for
        each setting; money in thousands of dollars a year, boots in thousands of pairs.

    Raises
    ------
    ValueError
        A number lies outside what can be chosen.
    """
    words = describe_union(tariff, partner_price)
    rows = _union_rows()
    gains = sum(row["welfare"] > 0 for row in rows)
    losses = sum(row["welfare"] < 0 for row in rows)
    base = alt.Chart(pd.DataFrame(rows)).transform_filter(
        "datum.tariff == tariff && datum.partner_price == partner_price"
    )
    diagram = completed(
        alt.layer(*_areas(base), *_curves(), *_prices(base), *_area_labels(base)),
        width=560,
        height=300,
    )
    chart = completed(
        alt.vconcat(diagram, _accounts(base, rows), spacing=14),
        alt.param(name="tariff", value=tariff),
        alt.param(name="partner_price", value=partner_price),
        title=f"A union can pay or cost: of {len(rows)} settings {gains} gain, {losses} lose",
    )
    table = pd.DataFrame(rows)[
        [
            "tariff",
            "partner_price",
            "price_before",
            "price_after",
            "demand_before",
            "supply_before",
            "imports_before",
            "demand_after",
            "supply_after",
            "imports_after",
            "creation",
            "diversion",
            "buyers",
            "home_producers",
            "treasury",
            "welfare",
        ]
    ]
    alternative = (
        "Demand falls and home supply rises with the price of boots. Two triangles between the price "
        "before and the price after are trade created; a rectangle over the old imports, between the "
        f"world's price and the partner's, is trade diverted. {words}"
    )
    note = (
        "An example made up for this course. Boots in thousands of pairs a year, prices in dollars, "
        "areas in thousands of dollars a year; the outside world sells at "
        f"{numbers.given('TV505'):g} dollars."
    )
    return Figure(chart, alternative, table, note, ("tariff", "partner_price"))


def describe_union(tariff: int, partner_price: int) -> str:
    """Say what a union does in the market for boots, at a tariff and a partner's price."""
    key = (tariff, partner_price)
    if key not in numbers.unions():
        raise ValueError(
            f"tariff is {tariff!r} and partner_price is {partner_price!r}; the tariff can be a whole "
            f"number from {numbers.TARIFFS[0]} to {numbers.TARIFFS[-1]}, the partner's price one "
            f"from {numbers.PARTNER_PRICES[0]} to {numbers.PARTNER_PRICES[-1]}."
        )
    effect = numbers.unions()[key]
    before = _bought(effect.imports_before, effect.source_before)
    after = _bought(effect.imports_after, effect.source_after)
    parts = [
        f"Price {effect.price_before:g} before, {effect.price_after:g} after.",
        f"Imports {before}, then {after}.",
        f"Creation {effect.creation:g}, diversion {effect.diversion:g}: "
        f"the country {_verdict(effect.welfare)}.",
        f"Buyers {effect.consumer_surplus:+g}, home producers {effect.producer_surplus:+g}, treasury "
        f"{effect.tariff_revenue:+g}.".replace("+0", "0").replace("-0,", "0,"),
    ]
    return " ".join(parts)


def _bought(quantity: float, source: str) -> str:
    return "none" if source == "nowhere" else f"{quantity:g} from the {source}"


def _verdict(welfare: float) -> str:
    if welfare > 0:
        return f"gains {welfare:g}"
    return f"loses {-welfare:g}" if welfare < 0 else "neither gains nor loses"


def _union_rows() -> list[dict[str, float]]:
    market = numbers.boots()
    rows = []
    for (tariff, price), effect in numbers.unions().items():
        old, new = effect.price_before, effect.price_after
        rows.append(
            {
                "tariff": tariff,
                "partner_price": price,
                "price_before": old,
                "price_after": new,
                "demand_before": market.demand(old),
                "supply_before": market.supply(old),
                "demand_after": market.demand(new),
                "supply_after": market.supply(new),
                "imports_before": effect.imports_before,
                "imports_after": effect.imports_after,
                "creation": effect.creation,
                "diversion": effect.diversion,
                "world": numbers.given("TV505"),
                "diverted_low": numbers.given("TV505"),
                "diverted_high": price if effect.diversion else numbers.given("TV505"),
                "buyers": effect.consumer_surplus,
                # Adding nothing makes a negative zero a plain one.
                "home_producers": effect.producer_surplus + 0.0,
                "treasury": effect.tariff_revenue + 0.0,
                "welfare": effect.welfare,
            }
        )
    return rows


_QUANTITY = alt.Scale(domain=[0, 104])
_PRICE = alt.Scale(domain=[0, 36])


def _at(field: str) -> alt.X:
    return alt.X(field, type="quantitative", scale=_QUANTITY, title="Boots, thousand pairs a year")


def _price(field: str) -> alt.Y:
    return alt.Y(
        field,
        type="quantitative",
        scale=_PRICE,
        title="Dollars a pair",
        axis=alt.Axis(tickCount=6, grid=False),
    )


def _areas(base: alt.Chart) -> list[alt.Chart]:
    """Draw the two triangles of creation and the rectangle of diversion."""

    def triangle(narrow: str, wide: str) -> alt.Chart:
        # The triangle opens from the quantity after the union to the one before it.
        return (
            base.transform_fold([narrow, wide], as_=["corner", "quantity"])
            .transform_calculate(
                top=f"datum.corner == '{wide}' ? datum.price_before : datum.price_after"
            )
            .mark_area(color=CREATION, opacity=0.85)
            .encode(x=_at("quantity"), y=_price("price_after"), y2=alt.Y2("top:Q"))
        )

    rectangle = base.mark_rect(color=ACCENT, opacity=0.85).encode(
        x=_at("supply_before"),
        x2=alt.X2("demand_before:Q"),
        y=_price("diverted_low"),
        y2=alt.Y2("diverted_high:Q"),
    )
    return [
        rectangle,
        triangle("supply_after", "supply_before"),
        triangle("demand_after", "demand_before"),
    ]


def _curves() -> list[alt.Chart]:
    market = numbers.boots()
    ends = pd.DataFrame(
        [
            {"curve": name, "price": price, "quantity": quantity(price)}
            for name, quantity in (("demand", market.demand), ("home supply", market.supply))
            for price in (5, 33)
        ]
    )
    lines = (
        alt.Chart(ends)
        .mark_line(color=INK, strokeWidth=2)
        .encode(x=_at("quantity"), y=_price("price"), detail=alt.Detail("curve"))
    )
    labels = (
        alt.Chart(
            pd.DataFrame(
                [
                    {"text": "demand", "quantity": market.demand(28.6), "price": 28.6, "side": "l"},
                    {
                        "text": "home supply",
                        "quantity": market.supply(25.5),
                        "price": 25.5,
                        "side": "r",
                    },
                ]
            )
        )
        .mark_text(color=INK, fontSize=13, dx=0)
        .encode(x=_at("quantity"), y=_price("price"), text=alt.Text("text"))
    )
    right = labels.transform_filter("datum.side == 'l'")
    right.mark = alt.MarkDef("text", align="left", dx=8, color=INK, fontSize=13)
    left = labels.transform_filter("datum.side == 'r'")
    left.mark = alt.MarkDef("text", align="right", dx=-8, color=INK, fontSize=13)
    return [lines, left, right]


def _prices(base: alt.Chart) -> list[alt.Chart]:
    """Draw the world's price, and the prices at home before and after.

    The label of the lower of two lines stands below it, so that labels do not meet.
    """
    world = numbers.given("TV505")
    lines = [
        base.mark_rule(color=colour, strokeDash=dash, strokeWidth=2).encode(y=_price(field))
        for field, colour, dash in (
            ("world", BORDER, [3, 4]),
            ("price_before", BEFORE_UNION, [7, 4]),
            ("price_after", INK, [1, 0]),
        )
    ]
    cheap, dear = f"datum.price_after < {world:g}", f"datum.price_after >= {world:g}"
    labels = [
        layer
        for field, words, wanted, quantity, mark in (
            ("price_before", "price before: ", "true", 1, {"align": "left", "dy": -9}),
            ("price_after", "price after: ", dear, 104, {"align": "right", "dy": -9}),
            ("price_after", "price after: ", cheap, 104, {"align": "right", "dy": 11}),
            ("world", "world's price: ", dear, 104, {"align": "right", "dy": 11}),
            ("world", "world's price: ", cheap, 104, {"align": "right", "dy": -9}),
        )
        for layer in _haloed(
            base.transform_filter(wanted)
            .transform_calculate(words=f'"{words}" + datum.{field}')
            .encode(
                x=alt.datum(quantity, scale=_QUANTITY), y=_price(field), text=alt.Text("words:N")
            ),
            **mark,
        )
    ]
    return lines + labels


def _haloed(text: alt.Chart, *, colour: object = INK, **mark: object) -> list[alt.Chart]:
    """Draw a text on a white edge, so that a line that passes below leaves it readable."""
    edge = text.mark_text(stroke="white", strokeWidth=5, color="white", fontSize=12, **mark)
    return [edge, text.mark_text(color=colour, fontSize=12, **mark)]


def _area_labels(base: alt.Chart) -> list[alt.Chart]:
    """Say the areas in words in the corner that stays empty."""
    return [
        base.transform_calculate(words=words)
        .mark_text(align="left", color=colour, fontSize=14, fontWeight=600)
        .encode(
            x=alt.datum(2, scale=_QUANTITY),
            y=alt.datum(height, scale=_PRICE),
            text=alt.Text("words:N"),
        )
        for words, colour, height in (
            ("'trade created: ' + datum.creation", CREATION, 34.6),
            ("'trade diverted: ' + datum.diversion", ACCENT, 32.4),
        )
    ]


_PARTIES = {
    "buyers": "buyers",
    "home_producers": "home producers",
    "treasury": "treasury",
    "welfare": "the country",
}


def _accounts(base: alt.Chart, rows: list[dict[str, float]]) -> alt.LayerChart:
    """Draw what buyers, home producers and the treasury gain or lose, and the sum."""
    low = min(min(row[party] for party in _PARTIES) for row in rows)
    high = max(max(row[party] for party in _PARTIES) for row in rows)
    folded = base.transform_fold(list(_PARTIES), as_=["party", "change"]).transform_calculate(
        who=f"{json.dumps(_PARTIES)}[datum.party]",
        words="(datum.change > 0 ? '+' : '') + replace('' + datum.change, '-', '\u2212')",
    )
    x = alt.X(
        "change:Q",
        scale=alt.Scale(domain=[low * 1.35, high * 1.1]),
        axis=None,
    )
    y = alt.Y(
        "who:N",
        sort=list(_PARTIES.values()),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelFontSize=13, labelPadding=6),
    )
    bars = folded.mark_bar(height=15).encode(
        x=x,
        y=y,
        color=alt.condition("datum.change < 0", alt.value(ACCENT), alt.value(CREATION)),
        opacity=alt.condition("datum.party == 'welfare'", alt.value(1), alt.value(0.6)),
    )
    above = (
        folded.transform_filter("datum.change >= 0")
        .mark_text(align="left", dx=5, color=INK, fontSize=13)
        .encode(x=x, y=y, text=alt.Text("words:N"))
    )
    below = (
        folded.transform_filter("datum.change < 0")
        .mark_text(align="right", dx=-5, color=INK, fontSize=13)
        .encode(x=x, y=y, text=alt.Text("words:N"))
    )
    zero = alt.Chart(pd.DataFrame([{"change": 0}])).mark_rule(color=INK).encode(x=x)
    return completed(alt.layer(bars, zero, above, below), width=490, height=96)


# ------------------------------------------------------------------ capital that moves


SHOWN = {
    "inflow": "capital that comes in",
    "wages": "wages",
    "income": "national income",
    "returns": "return to capital before",
}
"""What the chart of moving capital can show, in words."""

_UNITS = {
    "inflow": "billions of dollars",
    "wages": "change in percent",
    "income": "change in percent",
    "returns": "percent a year",
}


def capital_mobility(part: int = 40, shown: str = "inflow") -> Figure:
    """Draw what free movement of capital would have changed in the six economies of 1993.

    Parameters
    ----------
    part : int
        How much of the gap in income per head is laid to lack of capital: 25 to 50 percent, in
        steps of 5.
    shown : str
        ``"inflow"``, ``"wages"``, ``"income"`` or ``"returns"``.

    Returns
    -------
    Figure
        One bar an economy; parameters ``part`` and ``shown``.

    Raises
    ------
    ValueError
        `part` or `shown` is not among what can be chosen.
    """
    words = describe_capital(part, shown)
    rows = pd.DataFrame(
        [
            row
            for each in numbers.CAPITAL_PARTS
            for kind in SHOWN
            for row in _capital_rows(each, kind)
        ]
    )
    limits = rows.groupby("shown")["value"].agg(["min", "max"])
    low = {kind: min(0.0, float(limits.loc[kind, "min"])) * 1.45 for kind in SHOWN}
    high = {kind: max(0.0, float(limits.loc[kind, "max"])) * 1.25 for kind in SHOWN}
    base = alt.Chart(rows).transform_filter("datum.part == part && datum.shown == shown")
    x = alt.X(
        "value:Q",
        title=None,
        axis=None,
        scale=alt.Scale(
            domainMin=alt.expr(f"{json.dumps(low)}[shown]"),
            domainMax=alt.expr(f"{json.dumps(high)}[shown]"),
            nice=False,
        ),
    )
    y = alt.Y(
        "country:N",
        sort=[row["country"] for row in capital_table(part)],
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelFontSize=13, labelPadding=6),
    )
    codes, colours = country_scale(list(numbers.SIX))
    bars = base.mark_bar(height=24).encode(
        x=x,
        y=y,
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
    )
    above = (
        base.transform_filter("datum.value >= 0")
        .mark_text(align="left", dx=5, color=INK, fontSize=13)
        .encode(x=x, y=y, text=alt.Text("words:N"))
    )
    below = (
        base.transform_filter("datum.value < 0")
        .mark_text(align="right", dx=-5, color=INK, fontSize=13)
        .encode(x=x, y=y, text=alt.Text("words:N"))
    )
    zero = (
        base.transform_calculate(nothing="0")
        .mark_rule(color=INK)
        .encode(x=alt.X("nothing:Q", axis=None))
    )
    heading = (
        base.transform_filter("datum.order == 0")
        .mark_text(align="left", fontSize=14, fontWeight=600, color=INK, dy=-12)
        .encode(x=alt.value(0), y=alt.value(0), text=alt.Text("heading:N"))
    )
    titles = {str(each): _flow_title(each) for each in numbers.CAPITAL_PARTS}
    chart = completed(
        alt.layer(bars, zero, above, below, heading),
        alt.param(name="part", value=part),
        alt.param(name="shown", value=shown),
        width=500,
        height=230,
        title=alt.Title(text=alt.expr(f"{json.dumps(titles)}['' + part]")),
    )
    table = pd.DataFrame([row for each in numbers.CAPITAL_PARTS for row in capital_table(each)])
    alternative = (
        "Bars of six economies of 1993, from the highest output per head to the lowest, if capital "
        f"could move freely among them. {words}"
    )
    return Figure(
        chart,
        alternative,
        table,
        "Output and population of 1993 are data (North Korea's output is an outside estimate). How "
        "much capital each had is reckoned, not counted.",
        ("part", "shown"),
    )


def describe_capital(part: int, shown: str) -> str:
    """Say where capital moves and what that changes, at one assumption."""
    if part not in numbers.CAPITAL_PARTS or isinstance(part, bool):
        raise ValueError(
            f"part is {part!r}; it can be "
            f"{', '.join(map(str, numbers.CAPITAL_PARTS[:-1]))} or {numbers.CAPITAL_PARTS[-1]}."
        )
    if shown not in SHOWN:
        raise ValueError(f"shown is {shown!r}; it can be {', '.join(map(repr, SHOWN))}.")
    listed = ", ".join(f"{row['country']} {row['words']}" for row in _capital_rows(part, shown))
    moved = numbers.capital(part)
    gain = moved.world_gain / float(moved.output_before.sum()) * 100
    return (
        f"{_flow_title(part)}. {SHOWN[shown].capitalize()}, {_UNITS[shown]}: {listed}. "
        f"Output of all six together: {gain:+.1f} percent.".replace("+0.0", "0.0")
    )


def _flow_title(part: int) -> str:
    inflow = dict(zip(numbers.SIX, numbers.capital(part).inflow, strict=True))
    if abs(inflow["JPN"]) < 0.5:
        return "Nothing moves: capital earns the same everywhere"
    if inflow["JPN"] < 0:
        return "Capital leaves Japan for the five others"
    return "Capital leaves the five others for Japan"


def capital_table(part: int) -> list[dict[str, object]]:
    """Give what free capital changes, one row an economy, at one assumption."""
    moved = numbers.capital(part)
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    return [
        {
            "part": part,
            "code": code,
            "country": names[code],
            "inflow": round(float(moved.inflow[place]), 1) + 0.0,
            "wages": round(float(moved.wage_after[place] / moved.wage_before[place] - 1) * 100, 1)
            + 0.0,
            "income": round(float(moved.income_gain[place] / moved.income_before[place]) * 100, 2)
            + 0.0,
            "returns": round(float(moved.return_before[place]) * 100, 1),
            "returns_after": round(moved.return_after * 100, 1),
        }
        for place, code in enumerate(moved.economies)
    ]


def _capital_rows(part: int, shown: str) -> list[dict[str, object]]:
    signed = shown != "returns"
    rows = []
    for order, row in enumerate(capital_table(part)):
        value = float(row[shown])
        decimals = 0 if shown == "inflow" and abs(value) >= 10 else 1
        words = f"{value:+,.{decimals}f}" if signed and value else f"{value:.{decimals}f}"
        rows.append(
            {
                "part": part,
                "shown": shown,
                "code": row["code"],
                "country": row["country"],
                "order": order,
                "value": value,
                "heading": f"{SHOWN[shown]}, {_UNITS[shown]}",
                "words": words.replace("-", "\u2212"),
            }
        )
    return rows


# ------------------------------------------------------------------ rival zones


_COUNTS = ("One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
SITES = {"own": "each zone has a site of its own", "shared": "the zones divide one site"}
"""What zones may stand on, in words."""


def zone_competition(zones: int = 3, readiness: int = 50, site: str = "own") -> Figure:
    """Draw the tax of rival zones and what they earn, beside one authority for all of them.

    Parameters
    ----------
    zones : int
        How many zones, 1 to 10.
    readiness : int
        Millions of outside dollars that come for each percentage point of return: 25, 50, 100, 200
        or 400.
    site : str
        ``"own"`` if each zone brings a site, ``"shared"`` if they divide one.

    Returns
    -------
    Figure
        Tax and revenue by the number of zones; parameters ``zones``, ``readiness`` and ``site``.

    Raises
    ------
    ValueError
        An argument is not among what can be chosen.
    """
    words = describe_zones(zones, str(readiness), site)
    rows = pd.DataFrame(
        [
            {
                "zones": count,
                "readiness": str(eager),
                "site": each,
                "authority": authority,
                "tax": round(tax, 2),
                "revenue": round(revenue, 1),
                "investment": round(investment * 100),
            }
            for each in SITES
            for eager in numbers.READINESS
            for count in numbers.ZONES
            for authority, tax, revenue, investment in _both(count, eager, each)
        ]
    )
    titles = {
        f"{count}|{eager}|{each}": _loss_title(count, eager, each)
        for each in SITES
        for eager in numbers.READINESS
        for count in numbers.ZONES
    }
    base = alt.Chart(rows).transform_filter("datum.readiness == readiness && datum.site == site")
    panels = [
        _by_number_of_zones(base, field, title, decimals, _tops(rows, field))
        for field, title, decimals in (
            ("tax", "Tax, percent of what is invested a year", ".1f"),
            ("revenue", "Revenue of all, million dollars a year", ".0f"),
        )
    ]
    chart = completed(
        completed(
            alt.hconcat(*panels, spacing=30),
            alt.param(name="zones", value=zones),
            alt.param(name="readiness", value=str(readiness)),
            alt.param(name="site", value=site),
        ).resolve_scale(y="independent"),
        title=alt.Title(
            text=alt.expr(f"{json.dumps(titles)}[zones + '|' + readiness + '|' + site]")
        ),
    )
    alternative = (
        "Two panels over the number of zones. In each a line for rival zones and one for a single "
        f"authority: the tax on the left, the revenue of all zones on the right. {words}"
    )
    return Figure(
        chart,
        alternative,
        rows.rename(columns={"authority": "who sets the tax"}),
        "An example made up for this course. A zone's first investor earns "
        f"{numbers.given('TV521'):g} percent a year, and can have {numbers.given('TV522'):g} "
        "elsewhere.",
        ("zones", "readiness", "site"),
    )


def describe_zones(zones: int, readiness: str, site: str) -> str:
    """Say what rival zones tax and earn beside one authority, at one setting."""
    if zones not in numbers.ZONES or isinstance(zones, bool):
        raise ValueError(
            f"zones is {zones!r}; it can be a whole number from {numbers.ZONES[0]} to "
            f"{numbers.ZONES[-1]}."
        )
    if str(readiness) not in map(str, numbers.READINESS):
        raise ValueError(
            f"readiness is {readiness!r}; it can be {', '.join(map(str, numbers.READINESS))}."
        )
    if site not in SITES:
        raise ValueError(f"site is {site!r}; it can be {', '.join(map(repr, SITES))}.")
    rival, joint = _both(zones, int(readiness), site)
    return (
        f"{_loss_title(zones, int(readiness), site)}. Tax {rival[1]:.1f} percent under rivalry, "
        f"{joint[1]:.1f} under one authority; revenue {rival[2]:.0f} and {joint[2]:.0f} million "
        f"dollars a year; investment {rival[3] * 100:.0f} and {joint[3] * 100:.0f} million."
    )


def _both(zones: int, readiness: int, site: str) -> tuple[tuple[str, float, float, float], ...]:
    found = numbers.rivals(zones, readiness, site == "shared")
    # Revenue is percent times hundreds of millions, so it comes out in millions.
    return (
        ("rival zones", found.rival_tax, found.rival_revenue, found.rival_investment),
        ("one authority", found.joint_tax, found.joint_revenue, found.joint_investment),
    )


def _loss_title(zones: int, readiness: int, site: str) -> str:
    loss = numbers.rivals(zones, readiness, site == "shared").loss
    if zones == 1:
        return "One zone has no rival: it taxes as an authority would"
    return f"{_COUNTS[zones - 1]} rival zones earn {loss * 100:.0f} percent less than one authority"


def _tops(rows: pd.DataFrame, field: str) -> str:
    """Write, as an expression, the top of the scale at each setting, with room for a label."""
    highest = rows.groupby(["readiness", "site"])[field].max()
    tops = {"|".join(key): round(float(value) * 1.14, 2) for key, value in highest.items()}
    return f"{json.dumps(tops)}[readiness + '|' + site]"


def _by_number_of_zones(
    base: alt.Chart, field: str, title: str, form: str, top: str
) -> alt.LayerChart:
    x = alt.X(
        "zones:Q",
        title="Number of zones",
        scale=alt.Scale(domain=[1, numbers.ZONES[-1]]),
        axis=alt.Axis(grid=False, tickCount=numbers.ZONES[-1], format="d"),
    )
    y = alt.Y(
        f"{field}:Q",
        title=None,
        scale=alt.Scale(domainMin=0, domainMax=alt.expr(top), nice=False),
        axis=alt.Axis(tickCount=5),
    )
    colour = alt.Color(
        "authority:N",
        scale=alt.Scale(domain=["rival zones", "one authority"], range=[ACCENT, INK]),
        legend=None,
    )
    lines = base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=colour)
    here = base.transform_filter("datum.zones == zones")
    rule = here.mark_rule(color=BORDER, strokeWidth=2, strokeDash=[4, 4]).encode(x=x)
    dots = here.mark_point(filled=True, size=80, opacity=1).encode(x=x, y=y, color=colour)
    # A single zone is the authority itself, so it needs no second number.
    values = [
        layer
        for who, mark, wanted in (
            ("one authority", {"dy": -13, "color": INK}, "true"),
            ("rival zones", {"dy": 13, "dx": -4, "align": "right", "color": ACCENT}, "zones > 1"),
        )
        for layer in _number_at(
            here.transform_filter(f"datum.authority == '{who}' && {wanted}").encode(
                x=x, y=y, text=alt.Text(f"{field}:Q", format=form)
            ),
            mark,
        )
    ]
    last = base.transform_filter(f"datum.zones == {numbers.ZONES[-1]}")
    names = [
        last.transform_filter(f"datum.authority == '{who}'")
        .mark_text(align="right", dx=0, dy=shift, fontSize=12)
        .encode(x=x, y=y, text=alt.Text("authority:N"), color=colour)
        for who, shift in (("one authority", -9), ("rival zones", 12))
    ]
    return completed(
        alt.layer(rule, lines, dots, *values, *names),
        width=262,
        height=220,
        title=alt.Title(text=title, fontSize=13, fontWeight="normal"),
    )


def _number_at(here: alt.Chart, mark: dict[str, object]) -> list[alt.Chart]:
    white = {**mark, "color": "white"}
    edge = here.mark_text(fontSize=13, stroke="white", strokeWidth=5, **white)
    return [edge, here.mark_text(fontSize=13, fontWeight=600, **mark)]
