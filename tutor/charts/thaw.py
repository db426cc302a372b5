"""The thaw: bridges across the divide, the calendar of 1986 to 1993, world trade, and the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import ACCENT, BORDER, INK, QUIET, WATER, country_scale
from tutor.charts.timeline import COUNTRIES, _label_expression
from tutor.data.schema import MONTHS
from tutor.derived.thaw import (
    FIRST_YEAR,
    HEAVIEST,
    LAST_YEAR,
    PAIRS,
    READERS,
    WANTS,
    as_ledger,
    lines,
    open_pairs,
    reading_of,
    wants_of,
)
from tutor.models.ledger import Balance, Ledger, balance, deciding_lines, disagreement

_SIX = COUNTRIES[:6]
NOBODY = "nobody"
"""The setting of the ledger in which no other reading stands beside the learner's."""

_NAMES = MappingProxyType(
    {
        "CHN": "China",
        "SUN": "the Soviet Union",
        "KOR": "South Korea",
        "PRK": "North Korea",
        "JPN": "Japan",
        "MNG": "Mongolia",
    }
)
_SHORT = MappingProxyType({**_NAMES, "SUN": "Soviet Union"})


# ------------------------------------------------------------------ bridges across the divide


def recognition_bridges() -> Figure:
    """Draw since when each pair across the divide has had diplomatic relations.

    Returns
    -------
    Figure
        One row for each pair of Japan or South Korea with China, the Soviet Union, Mongolia or North
        Korea; a bar from the year of recognition to 1993.
    """
    before, after = len(open_pairs(FIRST_YEAR)), len(open_pairs(LAST_YEAR))
    pairs = [
        {
            "pair": f"{_SHORT[row['a']]} and {_SHORT[row['b']]}",
            "since": row["date"],
            "year": int(row["date"][:4]) if row["date"] else None,
            "end": LAST_YEAR + 1,
            "said": row["date"][:4] if row["date"] else "no relations",
            "thaw": bool(row["date"]) and int(row["date"][:4]) >= FIRST_YEAR,
            "order": order,
            "id": row["id"],
        }
        for order, row in enumerate(data.rows("recognition"))
    ]
    rows = pd.DataFrame(pairs)
    x = alt.Scale(domain=[1950, LAST_YEAR + 1])
    y = alt.Y(
        "pair:N",
        sort=alt.SortField("order"),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelPadding=8, labelLimit=260, grid=False),
    )
    years = alt.X("year:Q", title=None, scale=x, axis=alt.Axis(format="d", grid=False))
    base = alt.Chart(rows).encode(y=y)
    bars = (
        base.transform_filter("isValid(datum.year)")
        .mark_bar(height=16)
        .encode(
            x=years,
            x2=alt.X2("end"),
            color=alt.condition("datum.thaw", alt.value(ACCENT), alt.value(QUIET)),
            tooltip=[alt.Tooltip("pair"), alt.Tooltip("since"), alt.Tooltip("id")],
        )
    )
    labels = (
        base.transform_filter("isValid(datum.year)")
        .mark_text(align="right", dx=-5, color=INK)
        .encode(x=years, text=alt.Text("said"))
    )
    none = (
        base.transform_filter("!isValid(datum.year)")
        .mark_text(align="right", color=QUIET, fontStyle="italic")
        .encode(x=alt.value(410), text=alt.Text("said"))
    )
    chart = completed(
        alt.layer(bars, labels, none),
        width=420,
        height=alt.Step(28),
        title=f"{before} of {len(pairs)} bridges stood in {FIRST_YEAR}, {after} in {LAST_YEAR}",
    )
    missing = " and ".join(pair["pair"] for pair in pairs if not pair["since"])
    opened = ", ".join(f"{pair['pair']} ({pair['said']})" for pair in pairs if pair["since"])
    alternative = (
        f"Eight pairs across the divide as rows, a bar from the year of diplomatic relations to "
        f"{LAST_YEAR}. In order: {opened}. Without relations: {missing}."
    )
    table = rows[["id", "pair", "since"]]
    note = (
        "Opened or restored after 1945; in colour: from 1985 on. "
        'Sources: cite("RE01") and so on, the ids from .table().'
    )
    return Figure(chart, alternative, table, note)


# ------------------------------------------------------------------ the calendar


_CALENDAR = (
    ("E051", "", "Gorbachev at Vladivostok"),
    ("E054", "", "Roh offers Nordpolitik"),
    ("E056", "", "Gorbachev at Krasnoyarsk"),
    ("E057", "CHN-SUN", "Gorbachev meets Deng"),
    ("RE04", "KOR-MNG", "relations open"),
    ("E060", "KOR-SUN", "Roh meets Gorbachev"),
    ("E063", "KOR-SUN", "relations open"),
    ("E064", "CHN-KOR", "trade offices agreed"),
    ("E067", "", "Soviet trade: hard currency"),
    ("E068", "JPN-PRK", "talks on relations open"),
    ("E070", "CHN-SUN", "border agreement"),
    ("E076", "", "two seats in the UN"),
    ("E080", "", "Basic Agreement"),
    ("E081", "", "Soviet Union dissolved"),
    ("E093", "CHN-KOR", "relations open"),
    ("E098", "", "basic treaty"),
    ("E100", "", "exit from the NPT announced"),
)
"""What stands in the calendar, to which pair of `PAIRS` it belongs, and what it is called there."""


def thaw_calendar(pair: str = "CHN-SUN", want: str = "capital") -> Figure:
    """Draw the calendar of the thaw, and whether a side of one pair wanted one thing.

    Parameters
    ----------
    pair : str
        One of `tutor.derived.thaw.PAIRS`, such as ``"KOR-SUN"``.
    want : str
        One of `tutor.derived.thaw.WANTS`, such as ``"capital"``.

    Returns
    -------
    Figure
        Events as rows and countries as columns, the pair's rows in colour; below them the want
        between the two sides, with a line to whoever wanted it. Parameters ``pair`` and ``want``.

    Raises
    ------
    ValueError
        `pair` or `want` is unknown.
    """
    for name, value, allowed in (("pair", pair, PAIRS), ("want", want, WANTS)):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    events = _calendar_rows()
    pairs = sum(";" in str(event["codes"]) for event in events)
    chart = completed(
        alt.vconcat(_calendar_chart(events), _want_chart(), spacing=18),
        alt.param(name="pair", value=pair),
        alt.param(name="want", value=want),
        title=f"Of {len(events)} steps of the thaw, {pairs} are between two countries",
    ).configure_view(stroke=None)
    alternative = (
        f"Table of dots: {len(events)} events from {events[0]['date']} to {events[-1]['date']} as "
        "rows, countries as columns. Below, one thing that a side may have wanted, with a line to "
        f"each side of the chosen pair that wanted it. {describe_want(pair, want)}"
    )
    table = pd.DataFrame(events)[["id", "date", "title", "codes"]]
    note = 'Dates: cite("E057") and so on. Wants: our summary; table("thaw_wants") has the sources.'
    return Figure(chart, alternative, table, note, ("pair", "want"))


def describe_want(pair: str, want: str) -> str:
    """Say whether a side of a pair wanted something, and why; or that neither did."""
    sides = pair.split("-")
    found = wants_of(pair, want)
    words = WANTS[want][0].upper() + WANTS[want][1:]
    both = f"{_NAMES[sides[0]]} and {_NAMES[sides[1]]}"
    if not found:
        return f"{words}: not a main want of {_NAMES[sides[0]]} or of {_NAMES[sides[1]]} here."
    reasons = " ".join(found[side] for side in sides if side in found)
    if len(found) == 2:
        return f"{words}: yes, {both} both did. {reasons}"
    wanted = next(iter(found))
    return f"{words}: yes, {_NAMES[wanted]} did. {reasons}"


def _calendar_rows() -> list[dict[str, object]]:
    rows = []
    for identifier, pair, title in _CALENDAR:
        record = data.find(identifier)
        sides = ("a", "b") if record.table == "recognition" else ()
        codes = [record[side] for side in sides] or record["actors"].split(";")
        codes = ["RUS" if code == "SUN" else code for code in codes]
        columns = [code for code in _SIX if code in codes]
        rows.append(
            {
                "id": identifier,
                "date": record["date"],
                "title": title,
                "codes": ";".join(columns),
                "pair": pair,
                "row": f"{_month(record['date'])}  {title}",
            }
        )
    return sorted(rows, key=lambda row: str(row["date"]))


def _month(date: str) -> str:
    return f"{MONTHS[int(date[5:7]) - 1][:3]} {date[:4]}"


def _calendar_chart(events: list[dict[str, object]]) -> alt.LayerChart:
    marks = pd.DataFrame(
        [
            {**event, "code": code, "order": order, "shown_pair": event["pair"]}
            for order, event in enumerate(events)
            for code in str(event["codes"]).split(";")
        ]
    )
    codes, colours = country_scale(list(_SIX))
    y = alt.Y(
        "row:N",
        sort=alt.SortField("order"),
        title=None,
        axis=alt.Axis(labelLimit=260, labelPadding=10, grid=True, ticks=False, domain=False),
    )
    x = alt.X(
        "code:N",
        title=None,
        scale=alt.Scale(domain=list(_SIX)),
        axis=alt.Axis(
            orient="top",
            labelAngle=0,
            grid=False,
            ticks=False,
            domain=False,
            labelPadding=20,
            labelExpr=_label_expression(),
        ),
    )
    base = alt.Chart(marks)
    line = base.mark_line(color=BORDER, strokeWidth=3).encode(x=x, y=y, detail=alt.Detail("row:N"))
    chosen = (
        base.transform_filter("datum.shown_pair == pair")
        .mark_line(color=ACCENT, strokeWidth=7)
        .encode(x=x, y=y, detail=alt.Detail("row:N"))
    )
    dots = base.mark_circle(size=130, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
        tooltip=[
            alt.Tooltip("title", title="Event"),
            alt.Tooltip("date", title="Date"),
            alt.Tooltip("id", title="Cite"),
        ],
    )
    return completed(alt.layer(line, chosen, dots), width=380, height=alt.Step(21))


def _want_chart() -> alt.LayerChart:
    """Draw the want in the middle, the two sides left and right, a line to who wanted it."""
    sides = [
        {"pair": pair, "want": want, "side": side, "code": "RUS" if code == "SUN" else code}
        | {"name": _SHORT[code], "x": place, "wanted": code in wants_of(pair, want)}
        | {"inner": 0.24 * place, "outer": 0.93 * place}
        for pair in PAIRS
        for want in WANTS
        for side, (code, place) in enumerate(zip(pair.split("-"), (-1, 1), strict=True))
    ]
    words = [{"want": want, "words": said, "x": 0} for want, said in WANTS.items()]
    codes, colours = country_scale(list(_SIX))
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1.15, 1.15]))
    shown = alt.Chart(pd.DataFrame(sides)).transform_filter(
        "datum.pair == pair && datum.want == want"
    )
    scale = alt.Scale(domain=[-1.15, 1.15])
    lines_to = (
        shown.transform_filter("datum.wanted")
        .mark_rule(color=ACCENT, strokeWidth=4)
        .encode(x=alt.X("inner:Q", axis=None, scale=scale), x2=alt.X2("outer"), y=alt.value(34))
    )
    not_to = (
        shown.transform_filter("!datum.wanted")
        .mark_rule(color=BORDER, strokeWidth=2, strokeDash=[3, 5])
        .encode(x=alt.X("inner:Q", axis=None, scale=scale), x2=alt.X2("outer"), y=alt.value(34))
    )
    discs = shown.mark_circle(size=420, opacity=1).encode(
        x=x,
        y=alt.value(34),
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
    )
    names = shown.mark_text(fontSize=13, fontWeight=600, color=INK).encode(
        x=x, y=alt.value(62), text=alt.Text("name")
    )
    want = (
        alt.Chart(pd.DataFrame(words))
        .transform_filter("datum.want == want")
        .mark_text(fontSize=13, color=INK)
        .encode(x=x, y=alt.value(12), text=alt.Text("words"))
    )
    question = (
        alt.Chart(pd.DataFrame([{"x": 0, "words": "wanted by"}]))
        .mark_text(fontSize=12, color=QUIET)
        .encode(x=x, y=alt.value(34), text=alt.Text("words"))
    )
    return completed(
        alt.layer(not_to, lines_to, discs, names, want, question), width=380, height=76
    )


# ------------------------------------------------------------------ world trade


_SPANS = (
    ("European Community", "W01", "W08", "single market: signed {0}, open {1}", WATER),
    ("North America", "W03", "W07", "two free trade, {0}; three sign NAFTA, {1}", WATER),
    ("World (GATT)", "W02", "E103", "Uruguay Round: opens {0}, ends {1}", INK),
)


def world_trade_calendar() -> Figure:
    """Draw what went on in world trade while the six opened relations, 1985 to 1994.

    Returns
    -------
    Figure
        A row each for Europe, North America, the world's trade talks and Northeast Asia.
    """
    spans = []
    for row, first, last, words, colour in _SPANS:
        a, b = data.find(first)["date"], data.find(last)["date"]
        spans.append(
            {"row": row, "start": _time(a), "end": _time(b), "colour": colour}
            | {"words": words.format(a[:4], b[:4]), "ids": f"{first}, {last}"}
        )
    points = [
        {
            "row": "World (GATT)",
            "start": _time(data.find("W05")["date"]),
            "words": "breaks down, 1990",
        }
        | {"colour": ACCENT, "ids": "W05"},
        {
            "row": "Asia-Pacific",
            "start": _time(data.find("W04")["date"]),
            "words": "first APEC meeting, 1989",
        }
        | {"colour": WATER, "ids": "W04"},
    ] + [
        {"row": "The six", "start": _time(row["date"]), "words": _partners(row), "colour": ACCENT}
        | {"ids": row["id"]}
        for row in open_pairs(LAST_YEAR)
        if int(row["date"][:4]) >= FIRST_YEAR
    ]
    names = [*(span[0] for span in _SPANS), "Asia-Pacific", "The six"]
    x = alt.Scale(domain=[FIRST_YEAR, LAST_YEAR + 1.2])
    y = alt.Y(
        "row:N",
        sort=names,
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelPadding=8, grid=False),
    )
    years = alt.X(
        "start:Q",
        title=None,
        scale=x,
        axis=alt.Axis(format="d", grid=True, values=list(range(FIRST_YEAR, LAST_YEAR + 2))),
    )
    bars = alt.Chart(pd.DataFrame(spans)).encode(x=years, y=y)
    dots = alt.Chart(pd.DataFrame(points)).encode(x=years, y=y)
    steps = {"words": "Mongolia, Soviet Union, China"}
    six = pd.DataFrame([{"row": "The six", "start": 1989.9, **steps}])
    chart = completed(
        alt.layer(
            bars.mark_bar(height=8, yOffset=8).encode(
                x2=alt.X2("end"), color=alt.Color("colour:N", scale=None)
            ),
            bars.mark_text(align="left", dy=-9, color=INK).encode(text=alt.Text("words")),
            dots.mark_point(filled=True, size=110, opacity=1, yOffset=8).encode(
                color=alt.Color("colour:N", scale=None),
                tooltip=[alt.Tooltip("words"), alt.Tooltip("ids")],
            ),
            dots.transform_filter("datum.row == 'Asia-Pacific'")
            .mark_text(align="left", dy=-9, color=INK)
            .encode(text=alt.Text("words")),
            dots.transform_filter("datum.row == 'World (GATT)'")
            .mark_text(align="left", dx=9, dy=21, color=ACCENT)
            .encode(text=alt.Text("words")),
            alt.Chart(six)
            .mark_text(align="left", dy=-9, color=INK)
            .encode(x=years, y=y, text=alt.value("Seoul: Mongolia, Soviet Union, China")),
        ),
        width=470,
        height=alt.Step(54),
        title="While the world's talks stalled, Europe and North America built blocs",
    )
    alternative = (
        "Calendar of five rows, 1985 to 1994. "
        + " ".join(f"{span['row']}: {span['words']}." for span in spans)
        + " The world's talks break down in 1990. Asia-Pacific: first APEC meeting, 1989. The six: "
        + ", ".join(str(point["words"]) for point in points if point["row"] == "The six")
        + "."
    )
    table = pd.DataFrame([*spans, *points])[["row", "words", "ids"]]
    note = 'Sources: cite("W01") and so on, the ids from .table().'
    return Figure(chart, alternative, table, note)


def _partners(row: dict[str, str]) -> str:
    return f"{_SHORT[row['a']]} and {_SHORT[row['b']]}, {row['date'][:4]}"


def _time(date: str) -> float:
    year, month, day = [*(int(part) for part in date.split("-")), 1][:3]
    return round(year + (month - 1) / 12 + (day - 1) / 365, 2)


# ------------------------------------------------------------------ the ledger


PARAMETERS = ("o1", "o2", "o3", "s1", "s2", "s3", "s4")
"""Names of the chart's parameters for the weights: obstacles first."""

_SUM = {
    side: " + ".join(f"toNumber({name})" for name in PARAMETERS if name[0] == side) for side in "os"
}
_DIFFERENCE = f"({_SUM['s']}) - ({_SUM['o']})"
_LEDGER_NOTE = (
    "Lines: Toloraya's chapter. Weights from 0 (does not count) to 3 are not his: yours, or the "
    'course\'s for teaching (table("teaching_values")).'
)


def ledger_chart(weights: Sequence[float] = (1,) * 7, beside: str = NOBODY) -> Figure:
    """Draw Toloraya's ledger as a balance, with the learner's weights.

    Parameters
    ----------
    weights : sequence of int
        Seven whole numbers from 0 to 3: three obstacles, then four signs, in the order of the table
        ``ledger_items``.
    beside : str
        Another reading to show beside it: ``"nobody"``, ``"course"``, ``"realist"`` or
        ``"functionalist"``.

    Returns
    -------
    Figure
        A beam that tips to the heavier side, and each line's weight as dots; parameters `PARAMETERS`
        and ``beside``.

    Raises
    ------
    ValueError
        There are not seven whole numbers from 0 to 3, or `beside` is unknown.
    """
    own = as_ledger(weights)
    if beside != NOBODY and beside not in READERS:
        allowed = ", ".join((NOBODY, *READERS))
        raise ValueError(f"beside is {beside!r}; it must be one of {allowed}.")
    params = [
        alt.param(name=name, value=int(weight))
        for name, weight in zip(PARAMETERS, own.weights, strict=True)
    ]
    title = (
        f"{_DIFFERENCE} > 0 ? 'With these weights the signs weigh more' : {_DIFFERENCE} < 0 ? "
        "'With these weights the obstacles weigh more' : 'With these weights the ledger is level'"
    )
    chart = completed(
        alt.vconcat(_beam(), _line_dots(), spacing=10),
        *params,
        alt.param(name="beside", value=beside),
        title=alt.Title(text=alt.expr(title)),
    ).configure_view(stroke=None)
    alternative = (
        "A balance with three obstacles on the left and four signs on the right, and the weight of "
        f"each line as up to three dots. {describe_ledger(own)}"
    )
    return Figure(
        chart, alternative, _ledger_table({"weight": own}), _LEDGER_NOTE, (*PARAMETERS, "beside")
    )


def compare_chart(mine: Sequence[float], other: Sequence[float] | str) -> Figure:
    """Draw two ledgers line by line, the larger differences of share told by longer lines.

    Parameters
    ----------
    mine : sequence of int
        Weights as in `ledger_chart`.
    other : sequence of int or str
        Weights of somebody else, or ``"course"``, ``"realist"`` or ``"functionalist"``.

    Returns
    -------
    Figure
        One row a line with a dot for each reader; the title says how far they are apart.

    Raises
    ------
    ValueError
        Weights are not seven whole numbers from 0 to 3, all are 0, or the reader is unknown.
    """
    own = as_ledger(mine)
    named = isinstance(other, str) and other in READERS
    others = reading_of(str(other)) if named else as_ledger(other)
    name = READERS[str(other)] if named else "the other ledger"
    apart = disagreement(own, others)
    table = _ledger_table({"yours": own, "other": others})
    for column in ("yours", "other"):
        table[f"share_{column}"] = (100 * table[column] / table[column].sum()).round(1)
    gaps = (table["share_yours"] - table["share_other"]).abs()
    most = str(table["line"][int(gaps.idxmax())])
    rows = table.assign(order=range(len(table)))
    y = alt.Y(
        "line:N",
        sort=alt.SortField("order"),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelPadding=8, labelLimit=220, grid=True),
    )
    scale = alt.Scale(
        domain=[0, max(40.0, float(table[["share_yours", "share_other"]].max().max()))]
    )

    def share(column: str) -> alt.X:
        return alt.X(f"{column}:Q", title="Percent of all weight", scale=scale)

    base = alt.Chart(rows).encode(y=y)
    chart = completed(
        alt.layer(
            base.mark_rule(color=BORDER, strokeWidth=4).encode(
                x=share("share_yours"), x2=alt.X2("share_other")
            ),
            base.mark_point(filled=True, size=170, color=ACCENT, opacity=1, shape="circle").encode(
                x=share("share_yours"),
                tooltip=[alt.Tooltip("line"), alt.Tooltip("yours"), alt.Tooltip("share_yours")],
            ),
            base.mark_point(
                size=170, color=INK, opacity=1, shape="diamond", strokeWidth=2.5
            ).encode(
                x=share("share_other"),
                tooltip=[alt.Tooltip("line"), alt.Tooltip("other"), alt.Tooltip("share_other")],
            ),
        ),
        width=400,
        height=alt.Step(30),
        title=alt.Title(
            text=f"You and {name} differ over {100 * apart:.0f} percent of the weight",
            subtitle=[
                f"Filled circles: your weights. Diamonds: {name}.",
                f"The widest gap: {most.lower()}." if apart else "There is no gap.",
            ],
        ),
    )
    alternative = (
        f"Two ledgers line by line, in percent of all weight. They differ over {100 * apart:.0f} "
        f"percent; the widest gap is {most.lower()}. Yours: {describe_ledger(own)} The other: "
        f"{describe_ledger(others)}"
    )
    return Figure(chart, alternative, table, _LEDGER_NOTE)


def describe_ledger(ledger: Ledger) -> str:
    """Say in words how a ledger stands, and which lines decide."""
    outcome = balance(ledger)
    verdict = {
        "signs": "The signs weigh more.",
        "obstacles": "The obstacles weigh more.",
        "neither": "The ledger is level.",
    }[outcome.heavier]
    deciding = deciding_lines(ledger)
    names = [line["name"].lower() for side in ("obstacle", "sign") for line in lines(side)]
    said = (
        " It hangs on: " + ", ".join(names[place] for place in deciding) + "." if deciding else ""
    )
    return (
        f"{say_side('obstacle', ledger.obstacles)} {say_side('sign', ledger.signs)} {verdict}{said}"
    )


def say_side(side: str, weights: Sequence[float]) -> str:
    """Say what one side weighs and what each of its lines gives."""
    parts = ", ".join(
        f"{line['name'].lower()} {weight:g}"
        for line, weight in zip(lines(side), weights, strict=True)
    )
    return f"{side.title()}s weigh {sum(weights):g}: {parts}."


def say_beside(beside: str) -> str:
    """Say how the reading beside the learner's stands."""
    if beside == NOBODY:
        return ""
    outcome: Balance = balance(reading_of(beside))
    return (
        f"In {READERS[beside]} the obstacles weigh {outcome.obstacles:g} and the signs "
        f"{outcome.signs:g}."
    )


def _ledger_table(ledgers: dict[str, Ledger]) -> pd.DataFrame:
    rows = [
        {"id": line["id"], "side": line["side"], "line": line["name"]}
        for side in ("obstacle", "sign")
        for line in lines(side)
    ]
    table = pd.DataFrame(rows)
    for column, ledger in ledgers.items():
        table[column] = [int(weight) for weight in ledger.weights]
    return table


def _beam_rows(readers: Sequence[tuple[str, float]]) -> pd.DataFrame:
    """Give the ends of a beam for each difference of the two sides: the heavier side hangs lower."""
    return pd.DataFrame(
        [
            {"key": key, "difference": difference, "x": -1.0, "x2": 1.0}
            | {"y": round(0.07 * difference, 3), "y2": round(-0.07 * difference, 3)}
            for key, difference in readers
        ]
    )


def _beam() -> alt.LayerChart:
    low, high = -3 * HEAVIEST, 4 * HEAVIEST
    own = _beam_rows([("own", d) for d in range(low, high + 1)])
    beside = _beam_rows([(r, balance(reading_of(r)).difference) for r in READERS])
    x = alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-1, 1]))
    y = alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-1, 1]))
    mine = alt.Chart(own).transform_filter(f"datum.difference == {_DIFFERENCE}")
    theirs = alt.Chart(beside).transform_filter("datum.key == beside")
    pivot = alt.Chart(pd.DataFrame([{"x": 0.0, "y": -0.16}]))
    total = {"x": "o", "x2": "s"}
    ends = []
    for end, side in total.items():
        words = "obstacles" if side == "o" else "signs"
        ends.append(
            mine.mark_text(
                fontSize=14,
                fontWeight=600,
                color=INK,
                align="right" if end == "x" else "left",
                dx=-14 if end == "x" else 14,
            ).encode(
                x=alt.X(f"{end}:Q", axis=None, scale=alt.Scale(domain=[-1, 1])),
                y=alt.Y(
                    "y:Q" if end == "x" else "y2:Q", axis=None, scale=alt.Scale(domain=[-1, 1])
                ),
                text=alt.Text(value=alt.expr(f"'{words} ' + ({_SUM[side]})")),
            )
        )
        ends.append(
            mine.mark_point(filled=True, size=150, color=ACCENT, opacity=1).encode(
                x=alt.X(f"{end}:Q", axis=None, scale=alt.Scale(domain=[-1, 1])),
                y=alt.Y(
                    "y:Q" if end == "x" else "y2:Q", axis=None, scale=alt.Scale(domain=[-1, 1])
                ),
            )
        )
    return completed(
        alt.layer(
            pivot.mark_point(
                shape="triangle-up", size=700, filled=True, color=QUIET, opacity=1
            ).encode(x=x, y=y),
            theirs.mark_rule(color=QUIET, strokeWidth=3, strokeDash=[7, 5]).encode(
                x=x, x2=alt.X2("x2"), y=y, y2=alt.Y2("y2")
            ),
            mine.mark_rule(color=ACCENT, strokeWidth=5).encode(
                x=x, x2=alt.X2("x2"), y=y, y2=alt.Y2("y2")
            ),
            *ends,
        ),
        width=300,
        height=130,
    )


def _line_dots() -> alt.LayerChart:
    names = dict(
        zip(PARAMETERS, (ln for s in ("obstacle", "sign") for ln in lines(s)), strict=True)
    )
    steps = pd.DataFrame(
        [
            {"key": key, "order": order, "step": step, "line": f"{line['side']}: {line['name']}"}
            for order, (key, line) in enumerate(names.items())
            for step in range(1, HEAVIEST + 1)
        ]
    )
    readings = pd.DataFrame(
        [
            {
                "reader": reader,
                "order": order,
                "step": weight,
                "line": f"{line['side']}: {line['name']}",
            }
            for reader in READERS
            for order, (line, weight) in enumerate(
                zip(names.values(), reading_of(reader).weights, strict=True)
            )
        ]
    )
    weight = "{" + ",".join(f"'{name}':toNumber({name})" for name in PARAMETERS) + "}[datum.key]"
    y = alt.Y(
        "line:N",
        sort=alt.SortField("order"),
        title=None,
        axis=alt.Axis(ticks=False, domain=False, labelPadding=12, labelLimit=300),
    )
    x = alt.X("step:Q", axis=None, scale=alt.Scale(domain=[-0.3, HEAVIEST + 0.6]))
    base = alt.Chart(steps).encode(x=x, y=y)
    return completed(
        alt.layer(
            base.mark_point(size=190, color=QUIET, strokeWidth=1, opacity=1),
            base.transform_filter(f"datum.step <= {weight}").mark_point(
                size=190, filled=True, color=ACCENT, opacity=1
            ),
            alt.Chart(readings)
            .transform_filter("datum.reader == beside")
            .mark_point(shape="diamond", size=420, color=INK, strokeWidth=2.5)
            .encode(x=x, y=y),
        ),
        width=300,
        height=alt.Step(26),
    )
