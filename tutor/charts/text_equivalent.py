"""The text equivalent of a chart: its words and its table, folded up below the picture.

Who cannot see a chart should not have to know that ``.describe()`` and ``.table()`` exist: one key opens
both where the chart stands. It is plain HTML, so that it works in a saved notebook and on a page too.
"""

from __future__ import annotations

import html
import math
from typing import TYPE_CHECKING, Any

from tutor.charts.keys import KEEPS_KEYS

if TYPE_CHECKING:
    import pandas

MOST_ROWS = 60
"""Rows of a table that stand on the page; nobody listens to more, and each costs space in the notebook."""

SUMMARY = "This chart in words and as a table"
"""What the folded line says."""


def text_equivalent(words: str, table: pandas.DataFrame) -> str:
    """Write the words and the table of a chart as a folded piece of HTML.

    Parameters
    ----------
    words : str
        What the chart shows and what to know about it; an empty line stands between paragraphs.
    table : pandas.DataFrame
        The table behind the chart; at most `MOST_ROWS` of its rows are written.

    Returns
    -------
    str
        An HTML ``details`` element: a line that opens by Enter, Space or a click.
    """
    paragraphs = "".join(
        f'<p style="max-width:46em">{html.escape(part)}</p>' for part in words.split("\n\n")
    )
    more = (
        f"<p>These are the first {MOST_ROWS} of {len(table)} rows; <code>.table()</code> after the "
        "chart's call gives all.</p>"
        if len(table) > MOST_ROWS
        else ""
    )
    return (
        "<style>.tumen-equivalent :is(td,th){text-align:left}</style>"
        f'<details class="tumen-equivalent" style="line-height:1.5" onkeydown="{KEEPS_KEYS}">'
        f'<summary style="padding:.2em 0;width:fit-content;cursor:pointer">{SUMMARY}</summary>'
        f"{paragraphs}"
        '<div role="region" aria-label="Table behind the chart" tabindex="0" '
        f'style="overflow:auto;max-height:24em">{_table(table)}</div>{more}</details>'
    )


def _table(table: pandas.DataFrame) -> str:
    head = "".join(f'<th scope="col">{_name(column)}</th>' for column in table.columns)
    rows = "".join(
        f'<tr><th scope="row">{_cell(first)}</th>'
        + "".join(f"<td>{_cell(value)}</td>" for value in rest)
        + "</tr>"
        for first, *rest in table.head(MOST_ROWS).itertuples(index=False, name=None)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _name(column: Any) -> str:
    return html.escape(str(column).replace("_", " "))


def _cell(value: Any) -> str:
    """Write a value as a reader says it: few digits, yes and no, nothing where nothing is known."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        whole = float(value).is_integer() or abs(value) >= 10_000
        return f"{value:.0f}" if whole else f"{value:.4g}"
    return html.escape(str(value))
