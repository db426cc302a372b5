"""What grading finds, as values, and the file `results.json` in which other commands read it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.grading.files import write_text

FORMAT = 1
FILE_NAME = "results.json"

STATUSES = ("right", "wrong", "missing", "unreadable", "not run", "to read")
"""What a task can be: ``"to read"`` is a written argument, whose points a human gives."""


@dataclass(frozen=True)
class GradedTask:
    """One task of an exercise as the exercise's contract has it.

    Parameters
    ----------
    id : str
        For example ``"01.3"``.
    title : str
        Its title.
    kind : str
        ``"read"``, ``"compute"`` or ``"argue"``; an argument is read by a human.
    points : int
        The most points it can bring.
    stretch : bool
        Whether its points are a bonus, counted apart.
    """

    id: str
    title: str
    kind: str
    points: int
    stretch: bool


@dataclass(frozen=True)
class GradedExercise:
    """An exercise: its number (``"01"``), its title and its tasks."""

    number: str
    title: str
    tasks: tuple[GradedTask, ...]


@dataclass(frozen=True)
class TaskResult:
    """What one student did in one task.

    Parameters
    ----------
    task : str
        Id of the task.
    status : str
        One of `STATUSES`.
    points : int, float or None
        Points given (halves too, where a human gives them); None for an argument that nobody has marked yet.
    possible : int
        The most points of the task.
    mistake : str
        Name of the mistake that the answer shows, or ``""``.
    misconception : str
        Id of the misconception behind it, or ``""``.
    message, hint : str
        What the course says to the answer.
    """

    task: str
    status: str
    points: float | None
    possible: int
    mistake: str = ""
    misconception: str = ""
    message: str = ""
    hint: str = ""


@dataclass(frozen=True)
class StudentResult:
    """What one student handed in for one exercise.

    Parameters
    ----------
    student : str
        Name, as the file or its folder says it.
    exercise : str
        Number of the exercise.
    file : str
        The file graded, from the folder of submissions.
    trouble : str
        What went wrong with the notebook as a whole, in a sentence; or ``""``.
    tasks : tuple of TaskResult
        One for every task of the exercise, in its order.
    """

    student: str
    exercise: str
    file: str
    trouble: str
    tasks: tuple[TaskResult, ...]


@dataclass(frozen=True)
class Results:
    """Everything that one run of grading found."""

    exercises: tuple[GradedExercise, ...]
    students: tuple[StudentResult, ...]

    def exercise(self, number: str) -> GradedExercise:
        """Give the exercise with a number."""
        return next(each for each in self.exercises if each.number == number)


def write(results: Results, folder: Path) -> Path:
    """Write the results into a folder, as a whole or not at all, and give the file."""
    return write_text(
        folder / FILE_NAME,
        json.dumps({"format": FORMAT, **asdict(results)}, ensure_ascii=False, indent=1) + "\n",
    )


def read(folder: Path) -> Results:
    """Read the results in a folder.

    Raises
    ------
    ValueError
        There is no such file, or it is of another format; the message says what to do.
    """
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ValueError(
            f"There are no results in {folder}: run {COURSE} grade first."
        ) from problem
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise ValueError(
            f"{path} was written by another version of the course: run {COURSE} grade again."
        )
    return Results(
        tuple(_exercise(each) for each in content["exercises"]),
        tuple(student_result(each) for each in content["students"]),
    )


def _exercise(content: dict[str, Any]) -> GradedExercise:
    tasks = tuple(GradedTask(**task) for task in content["tasks"])
    return GradedExercise(content["number"], content["title"], tasks)


def student_result(content: dict[str, Any]) -> StudentResult:
    """Build the result of one student from its JSON."""
    tasks = tuple(TaskResult(**task) for task in content["tasks"])
    return StudentResult(**content | {"tasks": tasks})


@dataclass(frozen=True)
class Score:
    """Points of one student in one exercise, summed up.

    Parameters
    ----------
    checked : int
        Points of the tasks that the course judges, without the stretch.
    written : int, float or None
        Points of the written arguments; None while one of them is not marked.
    bonus : int, float or None
        Points of stretch tasks, which count on top; None while one of them is not marked.
    possible : int
        The most points, without the bonus.
    """

    checked: int
    written: float | None
    bonus: float | None
    possible: int

    @property
    def total(self) -> float | None:
        """All points without the bonus; None while an argument is not marked."""
        return None if self.written is None else self.checked + self.written


def score(result: StudentResult, exercise: GradedExercise) -> Score:
    """Sum up the points of one student in one exercise."""
    given = {each.task: each for each in result.tasks}

    def total(tasks: Sequence[GradedTask]) -> float | None:
        points = [given[task.id].points for task in tasks if task.id in given]
        return None if None in points else sum(each or 0 for each in points)

    plain = [task for task in exercise.tasks if not task.stretch]
    return Score(
        total([task for task in plain if task.kind != "argue"]) or 0,
        total([task for task in plain if task.kind == "argue"]),
        total([task for task in exercise.tasks if task.stretch]),
        sum(task.points for task in plain),
    )
