"""The exercises that can be graded: their tasks and points, what a cell hands over, the rubrics.

All of it comes from the instructor's notebooks: the course's solutions, or a folder of her own. Nothing
comes from the metadata of a student's notebook.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tutor.workshop.exercises import RUBRIC_TAG
from tutor.workshop.grading.results import GradedExercise, GradedTask
from tutor.workshop.notebooks import REPOSITORY

CALL = re.compile(r"""\bcheck\s*\(\s*(?:identifier\s*=\s*)?[furbFURB]*(['"])(\d\d\.\d{1,2})\1""")
# Spaces and tabs, not ``\s``: over many empty lines that would take longer with the square of them.
HEADING = re.compile(r"^[ \t]*#{1,6}[ \t]*(\d\d\.\d{1,2})\b", re.MULTILINE)


class AssignmentError(Exception):
    """The instructor's own tasks cannot be used; the message says why and what to do."""


@dataclass(frozen=True)
class Assignment:
    """One exercise and what is needed to grade it.

    Parameters
    ----------
    exercise : GradedExercise
        Its tasks and points.
    checks : str
        Name of the module with its checks, or path of the file that holds the instructor's own.
    names : mapping of str to str
        By task, the name in the notebook that stands for the answer.
    cells : mapping of str to str
        By id of a cell, the task whose answer is handed over there.
    rubrics : mapping of str to str
        By task, the text (Markdown) of the rubric.
    inputs : mapping of str to list
        By task, the inputs on which a function is called, where a task asks for one.
    stem : str
        Name of its file, without the ending.
    """

    exercise: GradedExercise
    checks: str
    names: Mapping[str, str]
    cells: Mapping[str, str]
    rubrics: Mapping[str, str] = field(default_factory=dict)
    inputs: Mapping[str, list[Any]] = field(default_factory=dict)
    stem: str = ""

    @property
    def task_ids(self) -> tuple[str, ...]:
        """The ids of its tasks, in order."""
        return tuple(task.id for task in self.exercise.tasks)


def course_assignments(root: Path = REPOSITORY) -> dict[str, Assignment]:
    """Give the course's own exercises by number, from the notebooks in `solutions`."""
    found = {}
    for path in sorted((root / "solutions").glob("*.ipynb")):
        content = _notebook(path)
        number = content["metadata"]["course"]["number"]
        found[number] = _assignment(content, f"tutor.checks.lesson_{number}", path)
    return found


def own_assignments(folder: Path) -> dict[str, Assignment]:
    """Give the exercises in an instructor's folder: ``lesson_NN.py`` and a notebook for each.

    Raises
    ------
    AssignmentError
        The folder does not hold what is needed; the message says what is missing.
    """
    if not folder.is_dir():
        raise AssignmentError(f"{folder} is not a folder.")
    found = {}
    for path in sorted(folder.glob("*.ipynb")):
        content = _notebook(path)
        contract = content.get("metadata", {}).get("course", {})
        number = contract.get("number")
        if contract.get("kind") not in ("exercise", "solution") or not number:
            raise AssignmentError(
                f"{path} has no contract of an exercise in its metadata. Begin with a copy of a "
                "notebook from solutions/, and change that."
            )
        checks = folder / f"lesson_{number}.py"
        if not checks.is_file():
            raise AssignmentError(
                f"{path.name} is exercise {number}, but {folder} holds no {checks.name} with its checks. "
                f"Begin with a copy of tutor/checks/{checks.name}."
            )
        if number in found:
            raise AssignmentError(f"{folder} holds two notebooks of exercise {number}: leave one.")
        found[number] = _assignment(content, str(checks.resolve()), path)
    if not found:
        raise AssignmentError(
            f"{folder} holds no notebook. It needs the notebook of your exercise (a changed copy from "
            "solutions/) and its checks (a changed copy of tutor/checks/lesson_NN.py)."
        )
    return found


def _notebook(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as problem:
        raise AssignmentError(f"{path} cannot be read as a notebook: {problem}.") from problem
    if not isinstance(content, dict) or not isinstance(content.get("cells"), list):
        raise AssignmentError(f"{path} is not a notebook.")
    return content


def _assignment(content: dict[str, Any], checks: str, path: Path) -> Assignment:
    contract = content["metadata"]["course"]
    try:
        tasks = tuple(
            GradedTask(
                task["id"], task["title"], task["kind"], int(task["points"]), task["stretch"]
            )
            for task in contract["tasks"]
        )
        exercise = GradedExercise(contract["number"], contract["title"], tasks)
    except (KeyError, TypeError, ValueError) as problem:
        raise AssignmentError(f"The contract of {path} lacks or misstates {problem}.") from problem
    known = {task.id for task in tasks}
    names: dict[str, str] = {}
    cells: dict[str, str] = {}
    rubrics: dict[str, str] = {}
    current = ""
    for cell in content["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "code":
            for task, name in _handed_names(source):
                names[task] = name
                cells[cell.get("id", "")] = task
        elif RUBRIC_TAG in cell["metadata"].get("tags", ()):
            rubrics[current] = source
        else:
            current = next(iter(HEADING.findall(source)), current)
    missing = known - names.keys()
    if missing:
        raise AssignmentError(
            f"{path} has no cell that ends with check({min(missing)!r}, answer), so task "
            f"{min(missing)} could not be graded."
        )
    cells.pop("", None)
    return Assignment(exercise, checks, names, cells, rubrics, _inputs(checks), path.stem)


def _inputs(checks: str) -> dict[str, list[Any]]:
    """Read ``INPUTS = {"01.9": [[1, 2], [3, 4]]}`` out of an own module of checks, without running it."""
    if not checks.endswith(".py"):
        return {}
    try:
        tree = ast.parse(Path(checks).read_text(encoding="utf-8"))
        for node in tree.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "INPUTS":
                given = ast.literal_eval(node.value)
                return {
                    str(task): [
                        list(each) if isinstance(each, list | tuple) else [each] for each in all_
                    ]
                    for task, all_ in given.items()
                }
    except (SyntaxError, ValueError, AttributeError, TypeError) as problem:
        raise AssignmentError(f"{checks} cannot be read: {problem}.") from problem
    return {}


def _tupled(given: Any) -> list[Any]:
    """Give the arguments of one call as a list; a single value stands for itself."""
    return list(given) if isinstance(given, list | tuple) else [given]


def _handed_names(source: str) -> Iterable[tuple[str, str]]:
    """Find the calls ``check("01.1", answer)`` and give the task and the name for each."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "check"
            and len(node.args) == 2
            and isinstance(node.args[0], ast.Constant)
            and isinstance(node.args[1], ast.Name)
        ):
            yield str(node.args[0].value), node.args[1].id
