"""A chart on a page without a kernel: a picture at once, the live chart when the script has run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

VEGA_LITE_VERSION = "6.4"
"""The Vega-Lite that draws pictures and is bundled for pages.

JupyterLab brings Vega-Lite 5, and so a notebook's charts are labelled; Altair writes 6, and vl-convert
bundles the Vega that belongs to 6. What the course uses is the same in both.
"""
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

PlacePicture = Callable[[str], str]
"""Takes a picture as SVG, keeps it, and gives the address by which the page finds it."""

_SIZE = re.compile(r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"')


def as_data_uri(svg: str) -> str:
    """Keep a picture in the page itself."""
    import base64

    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def chart_html(specification: Mapping[str, Any], place_picture: PlacePicture = as_data_uri) -> str:
    """Write a chart as a figure: picture, specification for the script, and its words.

    Parameters
    ----------
    specification : mapping
        The chart in Vega-Lite 5, with its alternative text as ``description``.
    place_picture : callable
        Where the picture goes.

    Returns
    -------
    str
        HTML; ``course.js`` puts the live chart in the place of the picture.
    """
    specification = {**specification, "$schema": _SCHEMA}
    picture = draw(specification)
    words = escape(specification["description"])
    written = json.dumps(specification, ensure_ascii=False).replace("<", "\\u003c")
    return (
        '<figure class="tumen-chart"><div class="tumen-drawn">'
        f'<img src="{place_picture(picture.svg)}" alt="{words}" width="{picture.width}" '
        f'height="{picture.height}" loading="lazy"></div>'
        f'<script type="application/json">{written}</script></figure>'
    )


@dataclass(frozen=True)
class Picture:
    """A drawn chart: its SVG, and its width and height in pixels."""

    svg: str
    width: int
    height: int


def draw(specification: Mapping[str, Any]) -> Picture:
    """Draw a chart.

    Parameters
    ----------
    specification : mapping
        The chart in Vega-Lite.
    """
    import vl_convert

    svg = vl_convert.vegalite_to_svg(dict(specification), vl_version=f"v{VEGA_LITE_VERSION}")
    size = _SIZE.search(svg)
    if size is None:
        raise ValueError("the picture of a chart has no size: " + svg[:200])
    width, height = (round(float(number)) for number in size.groups())
    return Picture(svg, width, height)
