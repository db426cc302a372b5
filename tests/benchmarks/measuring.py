"""Measure in turns, and write tables.

Others may use the machine at the same time. So what is compared takes turns in one run, the least of
several turns counts, and targets are ratios wherever a ratio says it.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbclient import NotebookClient

from tutor.interaction.record import FOLDER_VARIABLE
from tutor.workshop.bootstrap import ROOT


def head() -> str:
    """Say with what the report was made."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("jupyterlab", "altair", "pandas"))
    return (
        "# How fast and how large the course is\n\n"
        "Made by `python3 -m tutor benchmark`; every number below is from one run of it on one machine "
        f"({os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, {packages}). "
        "Seconds differ from machine to machine, ratios hardly do. A target that was missed says so."
    )


def in_turns(turns: int, calls: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Call each function once a turn and give the least that each returned."""
    seen: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(turns):
        for name, call in calls.items():
            seen[name].append(call())
    return {name: min(values) for name, values in seen.items()}


def seconds_of_notebook(path: Path | None, code: str = "1 + 1") -> float:
    """Run a notebook in a kernel of its own, and tell how long start, run and end took.

    Without a path, a notebook with one cell of code; as it stands, what any notebook costs.
    """
    if path is None:
        notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    else:
        notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        where = {"metadata": {"path": str(path.parent if path else folder)}}
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where)
        own = {FOLDER_VARIABLE: folder, "IPYTHONDIR": str(Path(folder) / "ipython")}
        start = time.perf_counter()
        client.execute(env=os.environ | own)
        return time.perf_counter() - start


def seconds_of_statement(statement: str) -> float:
    """Tell how long a statement takes in a Python of its own, which has just started."""
    code = (
        f"import time; start = time.perf_counter()\n{statement}\nprint(time.perf_counter() - start)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


def table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Write a table as Markdown: numbers to the right, words to the left."""
    marks = ["---:" if str(cell)[:1].isdigit() else "---" for cell in rows[0]]
    lines = [columns, marks, *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def target(words: str, met: bool) -> str:
    """Say a target and whether it was met in this run."""
    return f"Target: {words}. {'Met' if met else '**Missed**'} in this run."
