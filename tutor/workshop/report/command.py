"""Write the class report: what was understood, what was not, and who may want a word.

`python -m tutor report FOLDER` takes the folder that the grader wrote and puts two pages into it, which
any browser opens: `class_report.html` for the instructor, with names, and `class_report_projector.html`
to show to the class, in which nobody can be recognized.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.report import results
from tutor.workshop.report.lessons import treated
from tutor.workshop.report.page import instructor_page
from tutor.workshop.report.projector import projector_page

FOR_INSTRUCTOR = "class_report.html"
FOR_PROJECTOR = "class_report_projector.html"


def main(arguments: Sequence[str]) -> int:
    """Write the pages and say where they are."""
    parser = argparse.ArgumentParser(prog=f"{COURSE} report", description=__doc__)
    parser.add_argument("results", type=Path, help="the folder that the grader wrote")
    parser.add_argument("--output", type=Path, help="another folder for the pages")
    parser.add_argument(
        "--projector", action="store_true", help="write only the page without names"
    )
    options = parser.parse_args(arguments)
    try:
        found = results.read(options.results)
    except results.ResultsError as problem:
        print(problem, file=sys.stderr)
        return 1
    folder = options.output or results.folder_of(options.results)
    known = treated()
    pages = {FOR_PROJECTOR: projector_page(found, known)}
    if not options.projector:
        pages = {FOR_INSTRUCTOR: instructor_page(found, known)} | pages
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
    except OSError as problem:
        print(
            f"The report could not be written to {folder} ({problem.strerror}).\n"
            "What to do: name another folder: --output FOLDER",
            file=sys.stderr,
        )
        return 1
    if not options.projector:
        print(f"For you, with names:     {folder / FOR_INSTRUCTOR}")
    print(f"For the class, no names: {folder / FOR_PROJECTOR}")
    return 0
