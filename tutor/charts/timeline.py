"""Who met whom: events as rows, countries as columns."""

from __future__ import annotations

import altair as alt
import pandas as pd

from tutor import data
from tutor.charts.composing import completed
from tutor.charts.figure import Figure
from tutor.charts.palette import BORDER, country_scale

EVERY = "all"
COUNTRIES = ("CHN", "RUS", "JPN", "KOR", "PRK", "MNG", "USA")
"""The six countries and their weightiest neighbour, in the order of the columns."""

_COLUMN = {"SUN": "RUS", "KRE": "KOR"}
_SOURCE = 'Dates and actors: table of events. cite("E001") shows where the row E001 comes from.'


def timeline(
    periods: tuple[tuple[int, int], ...], lesson_events: pd.DataFrame | None = None
) -> Figure:
    """Draw the events as a table of dots: one row an event, one column a country.

    Parameters
    ----------
    periods : tuple of (int, int)
        The stretches of years the learner can choose, each from its first to its last year.
    lesson_events : pandas.DataFrame, optional
        Rows of the table ``events`` to show; all within the periods unless told.

    Returns
    -------
    Figure
        The events with parameters ``country``, ``kind`` and ``period`` (each ``"all"`` for no filter).

    Raises
    ------
    ValueError
        No event lies in the periods.
    """
    events = event_rows(periods, lesson_events)
    if not events:
        raise ValueError(f"periods: no event lies in {periods}; give years between 1858 and 2025.")
    marks = pd.DataFrame(
        [{**event, "code": code} for event in events for code in event["columns"]]
    ).drop(columns="columns")
    wanted = (
        "(country == 'all' || indexof(datum.codes, country) >= 0) && "
        "(kind == 'all' || datum.kind == kind) && (period == 'all' || datum.period == period)"
    )
    codes, colours = country_scale(list(COUNTRIES))
    pairs = sum(len(event["columns"]) == 2 for event in events)
    y = alt.Y(
        "row:N",
        sort=alt.SortField("order"),
        title=None,
        axis=alt.Axis(labelLimit=360, labelPadding=10, grid=True, ticks=False, domain=False),
    )
    x = alt.X(
        "code:N",
        sort=list(COUNTRIES),
        title=None,
        scale=alt.Scale(domain=list(COUNTRIES)),
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
    base = alt.Chart(marks).transform_filter(wanted)
    line = base.mark_line(color=BORDER, strokeWidth=3).encode(x=x, y=y, detail=alt.Detail("row:N"))
    dots = base.mark_circle(size=130, opacity=1).encode(
        x=x,
        y=y,
        color=alt.Color("code:N", scale=alt.Scale(domain=codes, range=colours), legend=None),
        tooltip=[
            alt.Tooltip("title", title="Event"),
            alt.Tooltip("date", title="Date"),
            alt.Tooltip("summary", title="What happened"),
            alt.Tooltip("id", title="Cite"),
        ],
    )
    chart = completed(
        alt.layer(line, dots),
        *(alt.param(name=name, value=EVERY) for name in ("country", "kind", "period")),
        width=430,
        height=alt.Step(21),
        title=f"Of all {len(events)} events, {pairs} are between two of these countries",
    ).configure_view(stroke=None)
    table = pd.DataFrame(events)[["id", "date", "title", "codes", "kind"]].rename(
        columns={"codes": "actors"}
    )
    alternative = (
        f"Table of dots: {len(events)} events from {events[0]['date']} to {events[-1]['date']} as rows, "
        f"seven countries as columns; a dot marks a country that took part. {describe(events)}"
    )
    return Figure(chart, alternative, table, _SOURCE, ("country", "kind", "period"))


def event_rows(
    periods: tuple[tuple[int, int], ...], lesson_events: pd.DataFrame | None = None
) -> list[dict[str, object]]:
    """List the events of the periods with the columns that each touches, oldest first."""
    chosen = None if lesson_events is None else set(lesson_events["id"])
    rows = []
    for event in data.rows("events"):
        year = int(event["date"][:4])
        period = next((p for p in periods if p[0] <= year <= p[1]), None)
        if period is None or (chosen is not None and event["id"] not in chosen):
            continue
        actors = [_COLUMN.get(code, code) for code in event["actors"].split(";")]
        columns = [code for code in COUNTRIES if code in actors]
        if columns:
            rows.append(
                {
                    **{name: event[name] for name in ("id", "date", "kind", "title", "summary")},
                    "columns": columns,
                    "codes": ";".join(columns),
                    "period": period_value(period),
                }
            )
    rows.sort(key=lambda row: (row["date"], row["id"]))
    return [
        {**row, "order": order, "row": f"{row['date'][:4]}  {row['title']}"}
        for order, row in enumerate(rows)
    ]


def period_value(period: tuple[int, int]) -> str:
    """Write a period as the control does: ``"1945-1960"``."""
    return f"{period[0]}-{period[1]}"


def select(
    events: list[dict[str, object]], country: str = EVERY, kind: str = EVERY, period: str = EVERY
) -> list[dict[str, object]]:
    """Choose the events that a setting of the three filters shows."""
    return [
        event
        for event in events
        if (country == EVERY or country in event["columns"])
        and (kind == EVERY or event["kind"] == kind)
        and (period == EVERY or event["period"] == period)
    ]


def describe(events: list[dict[str, object]]) -> str:
    """Say how many events are shown, the first and last, and how many join just two of the countries."""
    if not events:
        return "No event fits. Widen one of the filters."
    pairs = sum(len(event["columns"]) == 2 for event in events)
    one = "1 event" if len(events) == 1 else f"{len(events)} events"
    first = f"{events[0]['title']} ({events[0]['date'][:4]})"
    last = f"{events[-1]['title']} ({events[-1]['date'][:4]})"
    span = f"From {first} to {last}" if len(events) > 1 else first
    return f"{one}. {span}. {pairs} of them {'is' if pairs == 1 else 'are'} between two of the countries."


def _label_expression() -> str:
    """Write the columns' names as a Vega expression; long ones break in two lines."""
    lines = {
        "CHN": ["China"],
        "RUS": ["Russia,", "USSR"],
        "JPN": ["Japan"],
        "KOR": ["South", "Korea"],
        "PRK": ["North", "Korea"],
        "MNG": ["Mongolia"],
        "USA": ["United", "States"],
    }
    return "{" + ",".join(f"'{code}':{lines[code]!r}" for code in COUNTRIES) + "}[datum.value]"
