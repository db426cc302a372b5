"""What the grader wrote, read and checked: exercises, and each student's answers to their tasks."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = "results.json"
FORMAT = 1

STATUSES = ("right", "wrong", "missing", "unreadable", "not run", "to read")


class ResultsError(ValueError):
    """The results cannot be read; the text says what was found and what to do."""


@dataclass(frozen=True)
class Task:
    """One task of an exercise.

    Parameters
    ----------
    id, title, kind : str
        As in the exercise's contract; `kind` is ``"read"``, ``"compute"`` or ``"argue"``.
    points : float
        Most points that it can bring.
    stretch : bool
        Whether it is for those who have time left.
    """

    id: str
    title: str
    kind: str
    points: float
    stretch: bool = False


@dataclass(frozen=True)
class Exercise:
    """One exercise with its tasks."""

    number: str
    title: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class Answer:
    """What came of one student's answer to one task.

    Parameters
    ----------
    task : str
        Id of the task.
    status : str
        One of `STATUSES`.
    points : float or None
        Points; None while somebody has to read the answer.
    possible : float
        Most points that the task can bring.
    mistake, misconception : str
        Name of the mistake and id of the misunderstanding that it shows, or ``""``.
    message : str
        What the student was told.
    """

    task: str
    status: str
    points: float | None
    possible: float
    mistake: str = ""
    misconception: str = ""
    message: str = ""

    @property
    def given(self) -> bool:
        """Whether there is an answer at all, readable or not."""
        return self.status in ("right", "wrong", "unreadable", "to read")

    @property
    def marked(self) -> bool:
        """Whether it is an argument that somebody has read and given points."""
        return self.status == "to read" and self.points is not None


@dataclass(frozen=True)
class Submission:
    """One student's notebook for one exercise.

    Parameters
    ----------
    student : str
        Her name, as the grader found it.
    exercise : str
        Number of the exercise.
    answers : tuple of Answer
        One for each task.
    file : str
        The file she handed in.
    trouble : str
        Why the notebook could not be run as it should, or ``""``.
    """

    student: str
    exercise: str
    answers: tuple[Answer, ...]
    file: str = ""
    trouble: str = ""

    @property
    def graded(self) -> bool:
        """Whether anything in it could be run and looked at."""
        return any(answer.status != "not run" for answer in self.answers)

    @property
    def points(self) -> float:
        """All points so far."""
        return sum(answer.points or 0.0 for answer in self.answers)


@dataclass(frozen=True)
class Results:
    """What a class handed in.

    Parameters
    ----------
    exercises : tuple of Exercise
        In the order of their numbers.
    submissions : tuple of Submission
        Each student at most once for each exercise.
    doubled : tuple of Submission
        Left out: a second notebook under the same name for the same exercise.
    """

    exercises: tuple[Exercise, ...]
    submissions: tuple[Submission, ...]
    doubled: tuple[Submission, ...] = ()

    def of_exercise(self, number: str) -> tuple[Submission, ...]:
        """Give what was handed in for one exercise and could be graded."""
        return tuple(one for one in self.submissions if one.exercise == number and one.graded)

    @property
    def in_trouble(self) -> tuple[Submission, ...]:
        """Give what could not be run as it should."""
        return tuple(one for one in self.submissions if one.trouble or not one.graded)


def find(place: Path) -> Path:
    """Find the file of results in the folder that the grader wrote, or take the file itself.

    Raises
    ------
    ResultsError
        It is not there.
    """
    path = place / FILE if place.is_dir() else place
    if not path.is_file():
        raise ResultsError(
            f"There are no results in {place}: it holds no {FILE}.\n"
            "What to do: grade what was handed in first (python -m tutor grade), and give the folder "
            "that it wrote."
        )
    return path


def read(place: Path) -> Results:
    """Read the grader's results.

    Parameters
    ----------
    place : pathlib.Path
        The folder that the grader wrote, or its file ``results.json``.

    Raises
    ------
    ResultsError
        There are none, or they are damaged; the message says where.
    """
    path = find(place)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise ResultsError(f"{path} cannot be read ({problem}).\n{_GRADE_AGAIN}") from problem
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        found = content.get("format") if isinstance(content, dict) else None
        raise ResultsError(
            f"{path} is not a file of results of format {FORMAT} (it says {found!r}).\n{_GRADE_AGAIN}"
        )
    try:
        return results_of(content)
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise ResultsError(
            f"{path} is damaged: {_what_is_wrong(problem)}.\n{_GRADE_AGAIN}"
        ) from problem


_GRADE_AGAIN = "What to do: grade again with this version of the course (python -m tutor grade)."


def _what_is_wrong(problem: Exception) -> str:
    return f"{problem.args[0]!r} is missing" if isinstance(problem, KeyError) else str(problem)


def results_of(content: Mapping[str, Any]) -> Results:
    """Make the values out of the content of ``results.json``.

    Raises
    ------
    KeyError, TypeError, ValueError
        Something is missing or is not what it should be.
    """
    exercises = tuple(
        Exercise(
            str(one["number"]),
            str(one["title"]),
            tuple(
                Task(
                    str(task["id"]),
                    str(task["title"]),
                    str(task["kind"]),
                    float(task["points"]),
                    bool(task["stretch"]),
                )
                for task in one["tasks"]
            ),
        )
        for one in content["exercises"]
    )
    known = {exercise.number: {task.id for task in exercise.tasks} for exercise in exercises}
    submissions = [_submission(one, known) for one in content["students"]]
    kept, doubled = _each_once(submissions)
    return Results(tuple(sorted(exercises, key=lambda one: one.number)), kept, doubled)


def _submission(values: Mapping[str, Any], known: Mapping[str, set[str]]) -> Submission:
    exercise = str(values["exercise"])
    if exercise not in known and values["tasks"]:
        raise ValueError(f"there is no exercise {exercise!r}")
    answers = tuple(_answer(one) for one in values["tasks"])
    for answer in answers:
        if answer.task not in known[exercise]:
            raise ValueError(f"exercise {exercise} has no task {answer.task!r}")
    return Submission(
        str(values["student"]),
        exercise,
        answers,
        str(values.get("file", "")),
        str(values.get("trouble", "")),
    )


def _answer(values: Mapping[str, Any]) -> Answer:
    status = values["status"]
    if status not in STATUSES:
        raise ValueError(f"{status!r} is no status of a task ({', '.join(STATUSES)})")
    return Answer(
        str(values["task"]),
        status,
        None if values["points"] is None else float(values["points"]),
        float(values["possible"]),
        str(values.get("mistake", "")),
        str(values.get("misconception", "")),
        str(values.get("message", "")),
    )


def _each_once(
    submissions: list[Submission],
) -> tuple[tuple[Submission, ...], tuple[Submission, ...]]:
    """Keep the better of two notebooks under one name for one exercise; the first of two alike."""
    best: dict[tuple[str, str], Submission] = {}
    left_out: list[Submission] = []
    for one in submissions:
        key = (one.student, one.exercise)
        before = best.get(key)
        if before is None:
            best[key] = one
        elif one.points > before.points or (one.graded and not before.graded):
            best[key] = one
            left_out.append(before)
        else:
            left_out.append(one)
    return tuple(best.values()), tuple(left_out)
