"""The gradebook, as CSV that spreadsheets open rightly.

`gradebook.csv` has one row a student, as a teacher enters it elsewhere; `tasks.csv` one row a student
and task, with the misunderstanding that the answer shows; `collected.csv` one row a file found.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tutor.interaction.verdict import plain
from tutor.workshop.grading.collect import Collection
from tutor.workshop.grading.files import write_text
from tutor.workshop.grading.results import GradedExercise, Results, StudentResult, score

Cell = str | int | float | None

# Also the wide forms of these signs, which spreadsheets in Japanese and Chinese take for the others.
_SIGNS = "=+\\-@|%\uff1d\uff0b\uff0d\uff20"
# A spreadsheet that expects another separator begins a cell after this one. Numbers below zero are left.
_FORMULA = re.compile(
    rf"(^|[;,]\s*)(?=[{_SIGNS}])(?!(?<=[, ])-[\d.]+(?:e[+-]?\d+)?\s*(?:[,\])}}]|$))"
)
_DISARMED = re.compile(rf"(^|[;,]\s*)'(?=[{_SIGNS}])")


def safe(cell: Cell) -> Cell:
    """Give a cell that no spreadsheet takes for a formula.

    A name such as ``=HYPERLINK(...)`` would be run on the instructor's machine when she opens the file.
    An apostrophe before it makes it a text everywhere; so does one after each sign that some spreadsheet
    takes for the end of a cell.
    """
    if not isinstance(cell, str):
        return cell
    text = " ".join(cell.replace("\0", "").split())
    return _FORMULA.sub(r"\1'", text)


def armed(cell: str) -> str:
    """Give the text again of which `safe` made a cell."""
    return _DISARMED.sub(r"\1", cell)


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Cell]], separator: str = ",") -> str:
    """Write rows as CSV; an empty cell stands for what is not known yet."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=separator, lineterminator="\r\n")
    writer.writerow([safe(cell) for cell in header])
    writer.writerows([["" if cell is None else safe(cell) for cell in row] for row in rows])
    return buffer.getvalue()


def write_csv(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]], separator: str = ","
) -> Path:
    """Write a CSV file; the mark at its beginning tells spreadsheets that it is UTF-8."""
    return write_text(path, csv_text(header, rows, separator), encoding="utf-8-sig")


def gradebook_rows(results: Results) -> tuple[list[str], list[list[Cell]]]:
    """Give header and rows of the gradebook: one row a student, five columns an exercise.

    Points of the written argument, and with them the total, stay empty until somebody has marked it.
    Stretch tasks are a bonus: they stand in a column of their own and count in no total.
    """
    header = ["Student"]
    for exercise in results.exercises:
        number = exercise.number
        possible = {kind: sum(points) for kind, points in _possible(exercise).items()}
        header += [
            f"{number} checked (of {possible['checked']})",
            f"{number} written (of {possible['written']})",
            f"{number} total (of {possible['checked'] + possible['written']})",
            f"{number} bonus (of {possible['bonus']})",
            f"{number} remarks",
        ]
    by_student: dict[str, dict[str, StudentResult]] = {}
    for result in results.students:
        by_student.setdefault(result.student, {})[result.exercise] = result
    rows = []
    for student in sorted(by_student, key=str.casefold):
        row: list[Cell] = [student]
        for exercise in results.exercises:
            result = by_student[student].get(exercise.number)
            if result is None:
                row += [None, None, None, None, "nothing handed in"]
                continue
            points = score(result, exercise)
            row += [points.checked, points.written, points.total, points.bonus, result.trouble]
        rows.append(row)
    return header, rows


def _possible(exercise: GradedExercise) -> dict[str, list[int]]:
    points: dict[str, list[int]] = {"checked": [], "written": [], "bonus": []}
    for task in exercise.tasks:
        kind = "bonus" if task.stretch else "written" if task.kind == "argue" else "checked"
        points[kind].append(task.points)
    return points


def task_rows(
    results: Results, given: Mapping[tuple[str, str], str], misconceptions: Mapping[str, str]
) -> tuple[list[str], list[list[Cell]]]:
    """Give header and rows of the second file: one row a student and task.

    Parameters
    ----------
    results : Results
        What grading found.
    given : mapping of (str, str) to str
        By student and task, the answer in a line.
    misconceptions : mapping of str to str
        By id, what a misconception says.
    """
    header = [
        *("Student", "Exercise", "Task", "Title", "Status", "Points", "Of", "Bonus"),
        *("Answer", "Mistake", "Misunderstanding", "Reply"),
    ]
    rows: list[list[Cell]] = []
    for result in results.students:
        tasks = {task.id: task for task in results.exercise(result.exercise).tasks}
        for each in result.tasks:
            task = tasks[each.task]
            answer = given.get((result.student, each.task), "")
            rows.append(
                [
                    result.student,
                    result.exercise,
                    # A spreadsheet would read 01.10 as the number 1.1.
                    f"task {each.task}",
                    task.title,
                    each.status,
                    each.points,
                    each.possible,
                    "bonus" if task.stretch else "",
                    answer[:300],
                    each.mistake,
                    plain(misconceptions.get(each.misconception, "")),
                    plain(each.message),
                ]
            )
    return header, rows


def collected_rows(collection: Collection) -> tuple[list[str], list[list[Cell]]]:
    """Give header and rows of the list of all files found, and what became of each."""
    rows: list[list[Cell]] = [
        [each.file, each.student, f"exercise {each.exercise}", each.trouble or "graded"]
        for each in collection.submissions
    ]
    rows += [[each.file, each.student, "", each.why] for each in collection.leftovers]
    return ["File", "Student", "Exercise", "What became of it"], sorted(
        rows, key=lambda row: row[0]
    )
