"""What the grader wrote, as the report takes it: each student once for each exercise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.grading import results as graded_results
from tutor.workshop.grading.results import STATUSES, GradedExercise, StudentResult, TaskResult


class ResultsError(ValueError):
    """The results cannot be read; the text says what was found and what to do."""


@dataclass(frozen=True)
class ClassResults:
    """What a class handed in.

    Parameters
    ----------
    exercises : tuple of GradedExercise
        In the order of their numbers.
    submissions : tuple of StudentResult
        Each student at most once for each exercise.
    doubled : tuple of StudentResult
        Left out: a second notebook under the same name for the same exercise.
    """

    exercises: tuple[GradedExercise, ...]
    submissions: tuple[StudentResult, ...]
    doubled: tuple[StudentResult, ...] = ()

    def of_exercise(self, number: str) -> tuple[StudentResult, ...]:
        """Give what was handed in for one exercise and could be graded."""
        return tuple(
            one for one in self.submissions if one.exercise == number and could_be_graded(one)
        )

    @property
    def in_trouble(self) -> tuple[StudentResult, ...]:
        """Give what could not be run as it should."""
        return tuple(one for one in self.submissions if one.trouble or not could_be_graded(one))


def is_given(answer: TaskResult) -> bool:
    """Tell whether there is an answer at all, readable or not."""
    return answer.status in ("right", "wrong", "unreadable", "to read")


def is_marked(answer: TaskResult) -> bool:
    """Tell whether it is an argument that somebody has read and given points."""
    return answer.status == "to read" and answer.points is not None


def could_be_graded(submission: StudentResult) -> bool:
    """Tell whether anything in a notebook could be run and looked at."""
    return any(answer.status != "not run" for answer in submission.tasks)


def points_so_far(answers: Iterable[TaskResult]) -> float:
    """Add up the points that there are; an argument that nobody has read counts nothing yet."""
    return sum(answer.points or 0 for answer in answers)


def read(place: Path) -> ClassResults:
    """Read the grader's results.

    Parameters
    ----------
    place : pathlib.Path
        The folder that the grader wrote, or the file ``results.json`` in it.

    Raises
    ------
    ResultsError
        There are none, or they are damaged; the message says where.
    """
    folder = folder_of(place)
    try:
        found = graded_results.read(folder)
    except (KeyError, TypeError, AttributeError) as problem:
        raise _damaged(folder, "something in it is missing or out of place") from problem
    except ValueError as problem:
        raise ResultsError(str(problem)) from problem
    for problem in _problems(found):
        raise _damaged(folder, problem)
    kept, doubled = _each_once(found.students)
    exercises = tuple(sorted(found.exercises, key=lambda one: one.number))
    return ClassResults(exercises, kept, doubled)


def folder_of(place: Path) -> Path:
    """Give the grader's folder, named by itself or by its file of results."""
    return place.parent if place.name == graded_results.FILE_NAME else place


def _damaged(folder: Path, problem: str) -> ResultsError:
    return ResultsError(
        f"{folder / graded_results.FILE_NAME} is damaged: {problem}.\n"
        f"What to do: grade again ({COURSE} grade)."
    )


def _problems(found: graded_results.Results) -> Iterable[str]:
    """Say what is not as the grader writes it."""
    known = {one.number: {task.id for task in one.tasks} for one in found.exercises}
    for one in found.students:
        if not all(isinstance(word, str) for word in (one.student, one.file, one.trouble)):
            yield f"{one.student!r} is no name, or the file or the trouble beside it are no words"
        if one.exercise not in known:
            yield f"there is no exercise {one.exercise!r}"
            continue
        for answer in one.tasks:
            if answer.status not in STATUSES:
                yield f"{answer.status!r} is no status of a task ({', '.join(STATUSES)})"
            if not isinstance(answer.points, int | float | None):
                yield f"{answer.points!r} are no points"
            if answer.task not in known[one.exercise]:
                yield f"exercise {one.exercise} has no task {answer.task!r}"


def _each_once(
    submissions: Iterable[StudentResult],
) -> tuple[tuple[StudentResult, ...], tuple[StudentResult, ...]]:
    """Keep the better of two notebooks under one name for one exercise; the first of two alike."""
    best: dict[tuple[str, str], StudentResult] = {}
    left_out: list[StudentResult] = []
    for one in submissions:
        key = (one.student, one.exercise)
        before = best.get(key)
        if before is None:
            best[key] = one
        elif _worth(one) > _worth(before):
            best[key] = one
            left_out.append(before)
        else:
            left_out.append(one)
    return tuple(best.values()), tuple(left_out)


def _worth(submission: StudentResult) -> tuple[bool, float]:
    return could_be_graded(submission), points_so_far(submission.tasks)
