"""Run the cells of notebooks as a learner may: again, in any order, from the middle; say what was raised.

A program of its own, so that a restart is a restart and pytest's process stays clean. It does not start
a kernel for each notebook, which would take seconds: cells run in IPython's shell, with every value shown
in all its forms, as a kernel would.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import sys
import traceback
import warnings
from dataclasses import asdict, dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
PACKAGE = REPOSITORY / "tutor"


@dataclass(frozen=True)
class Raised:
    """An exception that a learner would see.

    `inside` is the innermost place in the course's own code, or empty if the exception is all the cell's own.
    """

    notebook: str
    cell: int
    kind: str
    message: str
    inside: str


def code_cells(path: Path) -> list[tuple[int, str]]:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return [
        (place, "".join(cell["source"]))
        for place, cell in enumerate(cells)
        if cell["cell_type"] == "code"
    ]


def in_order(cells: list, how: str, seed: str) -> list:
    """Give the cells in the order in which they are run."""
    middle = len(cells) // 2
    if how == "twice":
        return cells + cells
    if how == "first half":
        return cells[:middle]
    if how == "second half":
        # After a restart the first cell, with the imports, comes first.
        return [*cells[:1], *cells[middle:]]
    if how == "random":
        # Some cells run twice and some never, as when somebody jumps about in a page.
        return random.Random(seed).choices(cells, k=len(cells))
    if how == "backwards":
        return cells[::-1]
    raise ValueError(how)


def run(path: Path, how: str, seed: str) -> list[Raised]:
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.reset(new_session=True)
    raised = []
    for place, source in in_order(code_cells(path), how, f"{seed} {path.name}"):
        shown = io.StringIO()
        with contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
            result = shell.run_cell(source, store_history=False)
        error = result.error_before_exec or result.error_in_exec
        if error is not None:
            raised.append(told(path, place, error))
        elif "Traceback" in shown.getvalue():
            # IPython prints what goes wrong while a value is shown, and goes on.
            text = shown.getvalue()
            raised.append(Raised(path.name, place, "while shown", text[-1500:], str(PACKAGE)))
    return raised


def told(path: Path, place: int, error: BaseException) -> Raised:
    files = [frame.filename for frame in traceback.extract_tb(error.__traceback__)]
    inside = [file for file in files if Path(file).is_relative_to(PACKAGE)]
    message = str(error)[:300]
    return Raised(path.name, place, type(error).__name__, message, inside[-1] if inside else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("how")
    parser.add_argument("seed")
    parser.add_argument("notebooks", nargs="+", type=Path)
    arguments = parser.parse_args()
    # A kernel shows warnings and goes on; what the course warns of has tests of its own.
    warnings.simplefilter("ignore")
    found = [
        raised
        for path in arguments.notebooks
        for raised in run(path, arguments.how, arguments.seed)
    ]
    json.dump([asdict(raised) for raised in found], sys.stdout)


if __name__ == "__main__":
    main()
