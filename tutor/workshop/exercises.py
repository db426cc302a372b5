"""Make the exercises out of the solutions: `python -m tutor exercises`.

A solution is the only source of its exercise. What the student must not see is marked in it:

- in a cell of code, the lines from ``### BEGIN SOLUTION`` to ``### END SOLUTION`` are left out, and
  with them the markers. What stands outside stays as it is, so a cell is written like this::

      answer_1 = ...
      ### BEGIN SOLUTION
      answer_1 = 3
      ### END SOLUTION
      check("01.1", answer_1)

  and for an argument in writing the first lines are a text over three lines, with ``...`` in it;
- a cell with the tag ``solution`` (a model answer, notes on marking) is left out whole.

Only what a student needs goes over from the metadata. The exercise carries a digest of itself: a
file whose digest still fits has nobody's work in it and is written anew; any other is not
overwritten, unless the command is told ``--force``.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Any

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.clean import clean, to_text
from tutor.workshop.notebooks import REPOSITORY, Notebook, course_paths, read

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
SOLUTION_TAG = "solution"
RUBRIC_TAG = "rubric"

# What goes over from the contract of a solution; anything else could tell an answer.
_CONTRACT_KEYS = ("contract", "number", "title", "minutes", "lesson")
_TASK_KEYS = ("id", "title", "kind", "stretch", "points", "teaches")


def without_solution(source: str) -> str:
    """Return a cell's code without the lines between the markers.

    Raises
    ------
    ValueError
        If a marker has no partner, or stands inside another pair.
    """
    kept: list[str] = []
    inside = just_ended = False
    for line in source.splitlines():
        marker = line.strip()
        if marker == (END if inside else BEGIN):
            inside, just_ended = not inside, inside
        elif marker in (BEGIN, END):
            raise ValueError(f"{marker!r} stands where its partner was expected.")
        elif not inside:
            # A blank line before the cut and one after it would be two.
            if not (just_ended and not marker and (not kept or not kept[-1].strip())):
                kept.append(line)
            just_ended = False
    if inside:
        raise ValueError(f"{BEGIN!r} has no {END!r}.")
    return "\n".join(kept).strip("\n")


def exercise_from(solution: Notebook) -> dict[str, Any]:
    """Return the exercise of a solution, as the content of its notebook.

    Raises
    ------
    ValueError
        If a marker in one of its cells has no partner; the message names the cell.
    """
    content = clean(solution.content)
    cells = []
    for cell, original in zip(content["cells"], solution.cells, strict=True):
        if SOLUTION_TAG in original.tags:
            continue
        if original.kind == "code":
            try:
                source = without_solution("".join(cell["source"]))
            except ValueError as error:
                place = f"{solution.name}, cell {original.position}"
                raise ValueError(f"{place}: {error}") from error
            cell = cell | {"source": source.splitlines(keepends=True)}
        cells.append(cell)
    metadata = content["metadata"] | {"course": _exercise_contract(solution.contract)}
    exercise = content | {"cells": cells, "metadata": metadata}
    exercise["metadata"]["course"]["made"] = digest(exercise)
    return exercise


def _exercise_contract(contract: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {key: contract[key] for key in _CONTRACT_KEYS if key in contract}
    kept["kind"] = "exercise"
    kept["tasks"] = [
        {key: task[key] for key in _TASK_KEYS if key in task} for task in contract.get("tasks", [])
    ]
    return kept


def digest(content: dict[str, Any]) -> str:
    """Return the digest of a notebook's cells and contract; outputs do not count."""
    cleaned = clean(content)
    contract = {
        key: value for key, value in cleaned["metadata"].get("course", {}).items() if key != "made"
    }
    cleaned["metadata"] = {"course": contract}
    return hashlib.sha256(to_text(cleaned).encode()).hexdigest()[:16]


def holds_work(path: Path) -> bool:
    """Say whether the file of an exercise holds anything that the command did not write."""
    if not path.exists():
        return False
    try:
        content = read(path).content
    except ValueError:
        return True
    return content.get("metadata", {}).get("course", {}).get("made") != digest(content)


def exercise_path(solution: Path) -> Path:
    """Return where the exercise of a solution lies: same name, folder `exercises`."""
    return solution.parent.parent / "exercises" / solution.name


def _write(path: Path, text: str, *, check: bool, force: bool) -> bool:
    """Bring one exercise up to date, and say what was done; return whether all is well."""
    if path.exists() and path.read_bytes() == text.encode():
        return True
    if check:
        state = "differs from its solution" if path.exists() else "has not been made"
        print(f"{path} {state}: run python -m tutor exercises")
        return False
    if holds_work(path) and not force:
        print(
            f"{path} was left alone: it holds changes that this command did not write, perhaps a "
            "student's work. Save it under another name first, or say --force."
        )
        return False
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(text.encode())
    print(f"{path} written")
    return True


def main(argv: list[str] | None = None) -> int:
    """Write the exercises out of the solutions."""
    parser = argparse.ArgumentParser(prog=f"{COURSE} exercises", description=main.__doc__)
    parser.add_argument("solutions", nargs="*", type=Path, help="default: all in solutions/")
    parser.add_argument("--check", action="store_true", help="change nothing; fail on differences")
    parser.add_argument(
        "--force", action="store_true", help="overwrite even an exercise that somebody worked in"
    )
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    root = arguments.root.resolve()
    well = True
    for solution in arguments.solutions or course_paths(root, "solutions"):
        solution = solution.resolve()
        try:
            text = to_text(exercise_from(read(solution, root)))
        except (OSError, ValueError) as error:
            print(error, file=sys.stderr)
            return 2
        path = exercise_path(solution)
        well &= _write(path, text, check=arguments.check, force=arguments.force)
    return int(not well)


if __name__ == "__main__":
    sys.exit(main())
