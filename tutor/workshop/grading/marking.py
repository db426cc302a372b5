"""Written arguments: a page to read them with the rubric, and a table for the points.

The instructor writes points (and a comment, if she likes) into `marking.csv` and runs the command
again: points go into the gradebook and the results, points and comment into the pages of feedback.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from tutor.interaction.verdict import plain
from tutor.workshop.grading.gradebook import armed, write_csv
from tutor.workshop.grading.results import Results, StudentResult, TaskResult

FILE_NAME = "marking.csv"
_HEADER = ("Student", "Task", "Of", "Words", "What the check sees", "Text", "Points", "Comment")

Key = tuple[str, str]
"""Name of the student and id of the task."""


@dataclass(frozen=True)
class Mark:
    """What a human gave a written argument: points (None: not yet), a comment, and for which text."""

    points: float | None
    comment: str
    text: str


def text_key(text: str) -> str:
    """Give a short key of a text, so that a mark stays with the text that was marked."""
    return f"t{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def read_marks(folder: Path) -> tuple[dict[Key, Mark], list[str]]:
    """Read the marks that an instructor entered, and say which rows cannot be used and why.

    Takes what spreadsheets write: commas, semicolons or tabs, UTF-8 or the old Windows letters, a comma
    in a number.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return {}, []
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    first = text.splitlines()[0] if text else ""
    separator = max(",;\t", key=first.count)
    marks: dict[Key, Mark] = {}
    problems: list[str] = []
    for count, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=separator), 2):
        cells = {name: armed((row.get(name) or "").strip()) for name in _HEADER}
        key = (cells["Student"], cells["Task"].removeprefix("task "))
        points, problem = _points(cells["Points"], cells["Of"])
        if problem:
            problems.append(f"{FILE_NAME}, row {count} ({cells['Student']}, {key[1]}): {problem}")
        marks[key] = Mark(points, cells["Comment"], cells["Text"])
    return marks, problems


def _points(given: str, possible: str) -> tuple[float | None, str]:
    if not given:
        return None, ""
    try:
        points = float(given.replace(",", "."))
        most = float(possible)
    except ValueError:
        return None, f"{given!r} is not a number; write points such as 4 or 4.5, or leave it empty."
    if not 0 <= points <= most:
        return None, f"{given} points were given; from 0 to {possible} are possible."
    return (int(points) if points == int(points) else points), ""


def with_marks(
    results: Results, marks: Mapping[Key, Mark], texts: Mapping[Key, str]
) -> tuple[Results, list[str]]:
    """Put the marks into the results; say whose text has changed since it was marked."""
    changed: list[str] = []

    def marked(result: StudentResult, task: TaskResult) -> TaskResult:
        key = (result.student, task.task)
        mark = marks.get(key)
        if task.status != "to read" or mark is None or mark.points is None:
            return task
        if mark.text and mark.text != text_key(texts.get(key, "")):
            changed.append(
                f"{result.student} has changed the text of {task.task} since you gave it "
                f"{mark.points} points: please mark it again."
            )
            return task
        return replace(task, points=mark.points)

    students = tuple(
        replace(result, tasks=tuple(marked(result, task) for task in result.tasks))
        for result in results.students
    )
    return replace(results, students=students), changed


def write_marking(
    folder: Path,
    results: Results,
    marks: Mapping[Key, Mark],
    texts: Mapping[Key, str],
    separator: str = ",",
) -> Path | None:
    """Write the table for the points, with all that was entered so far; None if nothing is to be read."""
    rows = []
    for result, task in to_read(results):
        key = (result.student, task.task)
        mark = marks.get(key, Mark(None, "", ""))
        text = texts.get(key, "")
        comment = mark.comment
        if task.points is None and mark.points is not None and "(before:" not in comment:
            comment = f"{comment} (before: {mark.points} points)".strip()
        form = "complete" if not task.mistake else plain(task.message)
        rows.append(
            [
                *(result.student, f"task {task.task}", task.possible, len(text.split()), form),
                *(text_key(text), task.points, comment),
            ]
        )
    if not rows and not (folder / FILE_NAME).exists():
        return None
    return write_csv(folder / FILE_NAME, _HEADER, rows, separator)


def to_read(results: Results) -> Sequence[tuple[StudentResult, TaskResult]]:
    """Give all written arguments that were handed in, task by task."""
    found = [
        (result, task)
        for result in results.students
        for task in result.tasks
        if task.status == "to read"
    ]
    return sorted(
        found, key=lambda pair: (pair[0].exercise, pair[1].task, pair[0].student.casefold())
    )
