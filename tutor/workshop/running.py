"""Run copies of notebooks, and read what their checks said.

A copy runs in the folder of its original, in a kernel of its own, and with a record of its own, so
that nobody's progress is touched.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

from tutor.interaction.record import FOLDER_VARIABLE
from tutor.workshop.notebooks import Notebook, first_argument
from tutor.workshop.pairs import check_calls

PASSED = "Right"
UNANSWERED = "Not answered yet"

_SECONDS_PER_CELL = 120


def run(notebook: Notebook) -> Notebook:
    """Run a copy of a notebook from top to bottom and return it with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises.
    """
    import nbformat
    from nbclient import NotebookClient

    content = nbformat.reads(json.dumps(notebook.content), as_version=4)
    client = NotebookClient(
        content,
        timeout=_SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(notebook.path.parent)}},
    )
    with tempfile.TemporaryDirectory() as folder:
        own = {FOLDER_VARIABLE: folder, "IPYTHONDIR": str(Path(folder) / "ipython")}
        client.execute(env=os.environ | own)
    return Notebook(notebook.path, content, notebook.root)


def verdicts(notebook: Notebook) -> dict[str, list[str]]:
    """Return what each task's checks said, in order, in a notebook that was run."""
    said: dict[str, list[str]] = {}
    for call in check_calls(notebook, notebook.cells):
        outputs = notebook.cells[call.cell - 1].content["outputs"]
        said.setdefault(first_argument(call), []).append(shown_text(outputs))
    return said


def shown_text(outputs: list[dict[str, Any]]) -> str:
    """Return the plain text of what a cell shows as its value.

    This is all that is presumed about `check`: the text of its verdict begins with `PASSED` for a
    right answer, and with `UNANSWERED` for none.
    """
    for output in reversed(outputs):
        text = output.get("data", {}).get("text/plain")
        if text is not None:
            return text if isinstance(text, str) else "".join(text)
    return ""
