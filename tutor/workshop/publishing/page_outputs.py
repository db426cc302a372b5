"""Turn what a notebook shows into HTML that needs no kernel."""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from html import escape
from types import MappingProxyType
from typing import Any

from tutor.charts.figure import VEGA_LITE_MIME
from tutor.workshop.notebooks import Notebook, calls
from tutor.workshop.publishing.asked import asked_html, question_of
from tutor.workshop.publishing.charts import PlacePicture, as_data_uri, chart_html

WIDGET_MIME = "application/vnd.jupyter.widget-view+json"
_STATE_MIME = "application/vnd.jupyter.widget-state+json"

NEEDS_KERNEL: Mapping[str, str] = MappingProxyType(
    {
        "progress": "Here the course shows what you have done so far, and where to go on. It keeps no "
        "record of readers of this page.",
        "review": "Here the course brings back questions that you have answered before. It keeps no "
        "record of readers of this page.",
        "summit": "Here you sit down at the table and negotiate. The other delegations are played by "
        "the course, which this page cannot run.",
        "summit_debrief": "Here the course looks back on the game that you played.",
    }
)
"""What stands in the place of a cell that only a running course can fill, by the name of its call."""

# Said to a learner whose answers are kept: `begin` closes with it.
_ON_THE_RECORD = re.compile(r'<p role="status">[^<]*</p>(?=</div>$)')
# Keeps a link within its notebook where JupyterLab has several open: a page is only one.
_SCRIPT = re.compile(r"<script>.*?</script>", re.DOTALL)


def page_outputs(
    notebook: Notebook,
    place_picture: PlacePicture = as_data_uri,
    where_it_runs: str = "",
) -> dict[str, Any]:
    """Give an executed notebook with every output as HTML that needs no kernel.

    Parameters
    ----------
    notebook : Notebook
        A notebook that was run, with the state of its widgets (`tutor.workshop.running.run`).
    place_picture : callable
        Takes the SVG picture of a chart and gives the address under which the page finds it.
    where_it_runs : str
        Address where a reader can run the lesson, for cells that need it; may be empty.

    Returns
    -------
    dict
        The notebook's content. Each output has one media type, ``text/html`` or ``text/plain``.

    Raises
    ------
    ValueError
        A cell shows something that a page cannot; the message names the cell.
    """
    content = copy.deepcopy(dict(notebook.content))
    states = content["metadata"].pop("widgets", {}).get(_STATE_MIME, {}).get("state", {})
    called: dict[int, set[str]] = {}
    for call in calls(notebook):
        called.setdefault(call.cell, set()).add(call.name)
    for position, cell in enumerate(content["cells"], start=1):
        if cell["cell_type"] != "code":
            continue
        names = called.get(position, set())
        needs = next((NEEDS_KERNEL[name] for name in NEEDS_KERNEL if name in names), None)
        if needs is not None:
            cell["outputs"] = [_html_output(_needs_kernel(needs, where_it_runs))]
            continue
        try:
            cell["outputs"] = [
                _page_output(output, states, place_picture) for output in cell["outputs"]
            ]
        except (KeyError, ValueError) as problem:
            raise ValueError(f"{notebook.name}, cell {position}: {problem}") from problem
    return content


def _page_output(
    output: Mapping[str, Any], states: Mapping[str, Any], place_picture: PlacePicture
) -> dict[str, Any]:
    data = output.get("data", {})
    if VEGA_LITE_MIME in data:
        return _html_output(chart_html(data[VEGA_LITE_MIME], place_picture))
    if WIDGET_MIME in data:
        state = states[data[WIDGET_MIME]["model_id"]]["state"]
        return _html_output(
            asked_html(question_of(state), holds_back=state.get("holds_back", False))
        )
    if "text/html" in data:
        html = _SCRIPT.sub("", _joined(data["text/html"]))
        return _html_output(_ON_THE_RECORD.sub("", html))
    if "text/plain" in data:
        return _output({"text/plain": _joined(data["text/plain"])})
    if output["output_type"] == "stream":
        return _output({"text/plain": _joined(output["text"])})
    raise ValueError(f"an output of the kind {output['output_type']} has no form on a page.")


def _needs_kernel(words: str, where_it_runs: str) -> str:
    link = f' <a href="{escape(where_it_runs)}">Run it on Binder</a>.' if where_it_runs else ""
    return f'<p class="tumen-needs-kernel">{escape(words)}{link}</p>'


def _html_output(html: str) -> dict[str, Any]:
    return _output({"text/html": html})


def _output(data: dict[str, str]) -> dict[str, Any]:
    return {"output_type": "display_data", "metadata": {}, "data": data}


def _joined(text: str | list[str]) -> str:
    return text if isinstance(text, str) else "".join(text)
