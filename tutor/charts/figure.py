"""What every chart of the course is: a picture, its words, and the table behind it.

A function that draws returns a `Figure`. Nobody has to remember alternative text or a table: a `Figure`
cannot be made without them.

Altair 6 writes Vega-Lite 6, which JupyterLab 4.6 cannot paint by itself; the marks that the course uses
are the same in Vega-Lite 5, which it can, without a network. `vega_lite` therefore relabels the
specification.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tutor.charts.palette import BORDER, INK, QUIET
from tutor.charts.text_equivalent import text_equivalent
from tutor.data.geo import geography
from tutor.data.geo import names as geography_names

if TYPE_CHECKING:
    import altair
    import pandas

VEGA_LITE_MIME = "application/vnd.vegalite.v5+json"
VEGA_LITE_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.6.1.json"

_FONT = "system-ui, 'Noto Sans', 'Noto Sans CJK SC', sans-serif"

THEME: dict[str, Any] = {
    "background": "white",
    "font": _FONT,
    "padding": 8,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "fontSize": 16,
        "fontWeight": 600,
        "color": INK,
        "subtitleColor": QUIET,
        "subtitleFontSize": 13,
        "subtitlePadding": 6,
        "offset": 12,
    },
    "axis": {
        "labelColor": INK,
        "titleColor": INK,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": "#E4E1DA",
        "domainColor": BORDER,
        "tickColor": BORDER,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12},
    "text": {"color": INK, "fontSize": 12, "font": _FONT},
    # A screen reader hears the alternative text, not "x: 2.338; y: 1.516" for each of a hundred marks.
    "aria": False,
    "mark": {"aria": False},
}
"""The one theme: quiet axes, text of at least 12 pixels, the finding as the title."""

_EMBEDDING: dict[str, Any] = {"actions": False, "renderer": "svg"}
"""How the page embeds a chart: Vega-Embed's own options."""

METADATA: dict[str, Any] = {
    VEGA_LITE_MIME: {
        "embed_options": {
            # The lab moves a chart 8 pixels to the right without making it narrower.
            "defaultStyle": ".vega-embed{display:block;position:relative;margin-right:8px}"
            ".vega-embed svg{max-width:100%;min-width:300px;height:auto}"
        }
    }
}
"""What goes with a chart's output: a narrow page makes the picture smaller and cuts nothing off.

Below 300 pixels nothing in it could be read, and it scrolls in its box.

Vega-Embed takes a style from whoever embeds, never from the chart itself: so it stands here.
"""


class Words(str):
    """A text that a notebook shows as prose, not as a quoted string."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        paragraphs = html.escape(self).replace("\n\n", "</p><p>")
        return f'<div style="max-width:46em"><p>{paragraphs}</p></div>'


@dataclass(frozen=True)
class Figure:
    """A chart with its words and its data.

    Parameters
    ----------
    chart : altair chart
        Any Altair chart, layered or concatenated.
    alternative : str
        What the chart shows, for readers who cannot see it.
    data : pandas.DataFrame
        The small table behind the chart: what its marks show, in readable columns.
    note : str, optional
        Where the data come from and what to be careful about; shown below the chart.
    controls : tuple of str
        Names of chart parameters that controls outside the chart may drive.
    rows : mapping, optional
        Rows that the chart draws on by name (``altair.NamedData``), as plain numbers and texts. Altair would
        walk through each value at every step; here they are written once.
    """

    chart: altair.TopLevelMixin
    alternative: str
    data: pandas.DataFrame
    note: str = ""
    controls: tuple[str, ...] = field(default=())
    rows: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.alternative.strip():
            raise ValueError("alternative: a chart needs a text that says what it shows; got ''.")
        if len(self.data) == 0:
            raise ValueError("data: a chart needs the table behind it; got a table without rows.")

    def table(self) -> pandas.DataFrame:
        """Give the table behind the chart (a copy; change it as you like)."""
        return self.data.copy()

    def describe(self) -> Words:
        """Give the chart in words: its alternative text and its note."""
        return Words(self.alternative + (f"\n\n{self.note}" if self.note else ""))

    def __repr__(self) -> str:
        return f"[Chart] {self.describe()}"

    def _ipython_display_(self) -> None:
        self.show(self.mimebundle())

    def show(self, bundle: dict[str, Any]) -> None:
        """Show the chart, and below it its words and its table, folded up.

        Parameters
        ----------
        bundle : dict
            What `mimebundle` gave.
        """
        from IPython.display import display

        display(bundle, raw=True, metadata=METADATA)
        equivalent = text_equivalent(self.describe(), self.data)
        display({"text/html": equivalent, "text/plain": ""}, raw=True)

    def mimebundle(self, specification: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give everything that a page may show of the chart, by media type.

        Parameters
        ----------
        specification : dict, optional
            What `vega_lite` gave, where it was changed since; writing it takes longer than all else.
        """
        shown = vega_lite(self) if specification is None else specification
        bundle: dict[str, Any] = {VEGA_LITE_MIME: shown, "text/plain": repr(self)}
        return bundle


def vega_lite(figure: Figure) -> dict[str, Any]:
    """Write a figure as a Vega-Lite 5 specification with the theme and its alternative text.

    Parameters
    ----------
    figure : Figure
        The figure to write.

    Returns
    -------
    dict
        A specification that JupyterLab paints offline.
    """
    # Tests draw every chart; checking its grammar again on a learner's machine costs her seconds.
    specification = figure.chart.to_dict(validate=False)
    for name in _maps_in(specification):
        specification.setdefault("datasets", {})[name] = geography(name)["features"]
    for name, rows in figure.rows.items():
        specification.setdefault("datasets", {})[name] = list(rows)
    specification["$schema"] = VEGA_LITE_SCHEMA
    specification["description"] = figure.alternative
    specification["config"] = {**specification.get("config", {}), **THEME}
    specification["usermeta"] = {"embedOptions": dict(_EMBEDDING)}
    if figure.note:
        _add_note(specification, figure.note)
    return specification


def _maps_in(node: Any) -> set[str]:
    """Find which maps of the course a specification draws on.

    A chart names a map and does not hold its thousands of points: Altair would copy them at nearly
    every step, and write them once a layer.
    """
    if isinstance(node, list):
        return set().union(*map(_maps_in, node)) if node else set()
    if not isinstance(node, dict):
        return set()
    named = node.get("data")
    here = {named["name"]} if isinstance(named, dict) and "name" in named else set()
    inner = (value for key, value in node.items() if key not in ("datasets", "data"))
    return set(geography_names()) & here.union(*map(_maps_in, inner))


def _add_note(specification: dict[str, Any], note: str) -> None:
    """Put the note under the title, where it is read before the marks."""
    title = specification.get("title")
    if isinstance(title, str):
        title = {"text": title}
    if isinstance(title, dict) and "subtitle" not in title:
        specification["title"] = {**title, "subtitle": _wrap(note)}


def _wrap(text: str, width: int = 95) -> list[str]:
    import textwrap

    return textwrap.wrap(text, width)
