"""Run copies of notebooks, and read what their checks said.

A copy runs in the folder of its original, in a kernel of its own, and with a record of its own, so
that nobody's progress is touched.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from tutor.interaction.record import FOLDER_VARIABLE
from tutor.workshop.notebooks import Notebook, first_argument
from tutor.workshop.pairs import check_calls

PASSED = "Right"
UNANSWERED = "Not answered yet"

_SECONDS_PER_CELL = 120


class NotebookFailed(RuntimeError):
    """A notebook has a cell that raises; the text names the notebook and says what was raised."""


def run(notebook: Notebook) -> Notebook:
    """Run a copy of a notebook from top to bottom and return it with its outputs.

    Raises
    ------
    nbclient.exceptions.CellExecutionError
        If a cell raises.
    """
    client = _client(notebook)
    with tempfile.TemporaryDirectory() as folder:
        client.execute(env=_variables(folder))
    return Notebook(notebook.path, client.nb, notebook.root)


def run_several(
    notebooks: Sequence[Notebook],
    at_once: int = 2,
    done: Callable[[Notebook], None] = lambda _: None,
) -> list[Notebook]:
    """Run copies of notebooks, some at the same time, and return them in the order given.

    Parameters
    ----------
    notebooks : sequence of Notebook
        What to run.
    at_once : int
        How many kernels run at the same time, from 1.
    done : callable
        Called with each notebook as it is done.

    Raises
    ------
    NotebookFailed
        If a cell raises; what has not begun by then is not run.
    """
    from nbclient.exceptions import CellExecutionError

    failed: list[NotebookFailed] = []

    async def one(notebook: Notebook, gate: asyncio.Semaphore) -> Notebook | None:
        async with gate:
            if failed:
                return None
            client = _client(notebook)
            with tempfile.TemporaryDirectory() as folder:
                try:
                    await client.async_execute(env=_variables(folder))
                except CellExecutionError as problem:
                    failed.append(NotebookFailed(f"{notebook.name} does not run.\n{problem}"))
                    return None
        ran = Notebook(notebook.path, client.nb, notebook.root)
        done(ran)
        return ran

    async def everything() -> list[Notebook]:
        gate = asyncio.Semaphore(at_once)
        ran = await asyncio.gather(*(one(notebook, gate) for notebook in notebooks))
        # Only now: a kernel that is cancelled while it starts would be left running.
        if failed:
            raise failed[0]
        return [notebook for notebook in ran if notebook is not None]

    # In a thread of its own, since the caller may stand in a running loop; in one for all, since
    # what nbclient leaves to a thread's own loop is never closed.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(everything())).result()


def _client(notebook: Notebook) -> Any:
    import nbformat
    from nbclient import NotebookClient

    return NotebookClient(
        nbformat.reads(json.dumps(notebook.content), as_version=4),
        timeout=_SECONDS_PER_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(notebook.path.parent)}},
    )


def _variables(folder: str) -> dict[str, str]:
    """Give the environment of a kernel whose record and history are in a folder of their own."""
    own = {FOLDER_VARIABLE: folder, "IPYTHONDIR": str(Path(folder) / "ipython")}
    return dict(os.environ) | own


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
