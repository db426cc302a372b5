"""Write what follows from the contracts: the syllabus in the README and the map in lesson 00.

`python -m tutor index` replaces what stands between the two markers in ``README.md`` and the cell
with the tag ``generated-index`` in lesson 00; with ``--check`` it only says whether they fit.
"""

from __future__ import annotations

import argparse
import copy
import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tutor.workshop.clean import clean, to_text
from tutor.workshop.contracts import Exercise, Lesson, exercise_of, lesson_of
from tutor.workshop.notebooks import COURSE_NUMBERS, REPOSITORY, course_notebooks, read
from tutor.workshop.rules import GENERATED_TAG

BEGIN = "<!-- syllabus:begin -->"
END = "<!-- syllabus:end -->"


@dataclass(frozen=True)
class Course:
    """The contracts of all lessons and exercises that are there, in order."""

    lessons: tuple[Lesson, ...]
    exercises: tuple[Exercise, ...]

    def exercise_for(self, lesson: Lesson) -> Exercise | None:
        """Return the exercise of a lesson, or `None`."""
        return next((item for item in self.exercises if item.path == lesson.exercise), None)


def read_course(root: Path = REPOSITORY) -> Course:
    """Read the contracts of the course.

    Raises
    ------
    ValueError
        If a contract does not fit its schema.
    """
    return Course(
        tuple(lesson_of(notebook) for notebook in course_notebooks(root, "lessons")),
        tuple(exercise_of(notebook) for notebook in course_notebooks(root, "exercises")),
    )


def syllabus(course: Course) -> str:
    """Return the table for the README, with links from the repository's root."""
    rows = [
        (
            lesson.number,
            f"[{lesson.title}]({lesson.path})",
            lesson.question,
            f"{lesson.minutes_to_do} min",
            f"{lesson.minutes_to_teach} min",
            _exercise_cell(course.exercise_for(lesson)),
            ", ".join(lesson.requires) or "-",
        )
        for lesson in course.lessons
    ]
    header = ("No.", "Lesson", "The question", "Alone", "In class", "Exercise", "Builds on")
    return _with_outlook(_table(header, rows), course)


def course_map(course: Course) -> str:
    """Return the table for lesson 00, with links from the folder of the lessons."""
    rows = [
        (
            lesson.number,
            f"[{lesson.title}]({Path(lesson.path).name})",
            lesson.question,
            f"{lesson.minutes_to_do} min",
            _exercise_cell(course.exercise_for(lesson), above="../"),
        )
        for lesson in course.lessons
        if lesson.number != "00"
    ]
    header = ("No.", "Lesson", "The question", "Time", "Exercise")
    return _with_outlook(_table(header, rows), course)


def _exercise_cell(exercise: Exercise | None, above: str = "") -> str:
    if exercise is None:
        return "-"
    return f"[{len(exercise.tasks)} tasks]({above}{exercise.path}), {exercise.minutes} min"


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    escaped = ((cell.replace("|", "\\|") for cell in line) for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)


def _with_outlook(table: str, course: Course) -> str:
    present = {lesson.number for lesson in course.lessons}
    missing = [number for number in COURSE_NUMBERS if number not in present]
    if not missing:
        return table
    lessons = "Lesson" if len(missing) == 1 else "Lessons"
    verb = "is" if len(missing) == 1 else "are"
    return f"{table}\n\n{lessons} {_enumerate(missing)} {verb} in preparation."


def _enumerate(numbers: list[str]) -> str:
    """Return ``"02 to 08 and 10"`` for a list of numbers in ascending order."""
    runs: list[list[str]] = []
    for number in numbers:
        if runs and int(number) == int(runs[-1][-1]) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [part for run in runs for part in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run)]
    return " and ".join(part for part in (", ".join(parts[:-1]), parts[-1]) if part)


def with_syllabus(readme: str, table: str) -> str:
    """Return the README with the table between its markers.

    Raises
    ------
    ValueError
        If the README does not have both markers, once each and in order.
    """
    if (readme.count(BEGIN), readme.count(END)) != (1, 1) or readme.index(BEGIN) > readme.index(
        END
    ):
        raise ValueError(f"README.md needs the lines {BEGIN} and {END}, once each, in this order.")
    between = re.compile(f"{re.escape(BEGIN)}.*{re.escape(END)}", re.DOTALL)
    return between.sub(lambda _: f"{BEGIN}\n{table}\n{END}", readme)


def with_course_map(content: dict, table: str) -> dict:
    """Return lesson 00 with the table in its generated cell; the given one is not changed.

    Raises
    ------
    ValueError
        If not exactly one cell of text has the tag ``generated-index``.
    """
    result = copy.deepcopy(content)
    places = [
        cell
        for cell in result["cells"]
        if cell["cell_type"] == "markdown"
        and GENERATED_TAG in cell.get("metadata", {}).get("tags", [])
    ]
    if len(places) != 1:
        raise ValueError(
            f"Lesson 00 needs one cell of text with the tag {GENERATED_TAG!r}; "
            f"it has {len(places)}."
        )
    places[0]["source"] = table
    return clean(result)


def updated_files(root: Path = REPOSITORY) -> dict[Path, str]:
    """Return what each file with a generated part should hold, if the file is there.

    Raises
    ------
    ValueError
        If a contract cannot be read, or a file has no place for its generated part.
    """
    course = read_course(root)
    files = {}
    readme = root / "README.md"
    if readme.is_file():
        files[readme] = with_syllabus(readme.read_text(encoding="utf-8"), syllabus(course))
    for path in sorted((root / "lessons").glob("00_*.ipynb")):
        files[path] = to_text(with_course_map(read(path, root).content, course_map(course)))
    return files


def index_problems(root: Path = REPOSITORY) -> list[str]:
    """Say which files do not fit the contracts."""
    return [
        f"{path.relative_to(root)} does not fit the contracts: run python -m tutor index."
        for path, text in updated_files(root).items()
        if path.read_bytes() != text.encode()
    ]


def main(argv: list[str] | None = None) -> int:
    """Write the syllabus in the README and the map of the course in lesson 00."""
    parser = argparse.ArgumentParser(prog="python -m tutor index", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on differences")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    root = arguments.root.resolve()
    try:
        problems = index_problems(root)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if arguments.check:
        print("\n".join(problems) or "The syllabus and the map of the course fit the contracts.")
        return int(bool(problems))
    for path, text in updated_files(root).items():
        if path.read_bytes() != text.encode():
            path.write_bytes(text.encode())
            print(f"{path} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
