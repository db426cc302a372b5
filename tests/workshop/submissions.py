"""Made-up submissions of exercise 01 for the tests of grading."""

from __future__ import annotations

import copy
import json
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tutor.workshop.grading.assignments import Assignment, course_assignments
from tutor.workshop.grading.collect import SubmittedCell
from tutor.workshop.notebooks import REPOSITORY

NAME = "01_cold_war_history.ipynb"
IMPORT = "from tutor import centralization_over_time, check, cite, explore_security_network, hint"


@cache
def assignment() -> Assignment:
    return course_assignments()["01"]


@cache
def _notebook(folder: str) -> dict:
    return json.loads((REPOSITORY / folder / NAME).read_text(encoding="utf-8"))


def solution() -> dict:
    """The solution as a student might hand it in."""
    return copy.deepcopy(_notebook("solutions"))


def exercise(answers: Mapping[str, str] | None = None, handed_out: dict | None = None) -> dict:
    """The exercise (or what was handed out in its place) with some cells of code written over.

    By task, the whole text of its cell.
    """
    content = copy.deepcopy(handed_out or _notebook("exercises"))
    cell_of = {task: cell for cell, task in assignment().cells.items()}
    for task, source in (answers or {}).items():
        next(cell for cell in content["cells"] if cell["id"] == cell_of[task])["source"] = source
    return content


def answer(task: str, value: str) -> str:
    return f'answer = {value}\ncheck("{task}", answer)'


def answers(**values: str) -> dict:
    """The exercise with answers, by task without its number: ``answers(t1="1860")``."""
    tasks = {f"01.{name[1:]}": value for name, value in values.items()}
    return exercise({task: answer(task, value) for task, value in tasks.items()})


def save(path: Path, content: dict | str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def solved() -> dict[str, str]:
    """By task, its cell as a student writes it who knows the answer."""
    cell_of = {cell: task for cell, task in assignment().cells.items()}
    return {
        cell_of[cell["id"]]: "\n".join(
            line for line in "".join(cell["source"]).splitlines() if "SOLUTION" not in line
        )
        for cell in solution()["cells"]
        if cell["id"] in cell_of
    }


def moodle(path: Path, submitted: Mapping[str, dict]) -> Path:
    """Save what Moodle gives for one assignment: one zip file with a folder for each student."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as file:
        for place, content in submitted.items():
            student, name = place.split("/")
            file.writestr(f"{student}_assignsubmission_file_/{name}", json.dumps(content))
    return path


def code(*sources: str) -> Sequence[SubmittedCell]:
    """A notebook of cells of code only."""
    return [SubmittedCell("", True, source) for source in sources]
