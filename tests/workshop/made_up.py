"""A made-up course of one lesson and one solution that keeps to every rule; tests break it."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path

from tutor.workshop import clean, exercises
from tutor.workshop.notebooks import Notebook

LESSON_NAME = "01_a_river.ipynb"


def markdown(source: str, *tags: str) -> dict:
    return {"cell_type": "markdown", "metadata": {"tags": list(tags)}, "source": source}


def code(source: str, *tags: str) -> dict:
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {"tags": list(tags)},
        "outputs": [],
        "source": source,
    }


def on_slide(slide_type: str, cell: dict) -> dict:
    """Give a cell the slide type that a lesson's cells need."""
    return cell | {"metadata": cell["metadata"] | {"slideshow": {"slide_type": slide_type}}}


def content(contract: dict, cells: list[dict]) -> dict:
    return clean.clean({"metadata": {"course": contract}, "cells": cells})


LESSON_CONTRACT = {
    "contract": 1,
    "kind": "lesson",
    "number": "01",
    "title": "A river",
    "question": "Who closed the river?",
    "objectives": ["Name three banks.", "Place the closing in time.", "Explain why it lasted."],
    "minutes": {"teach": 90, "do": 30},
    "sections": [{"title": "The bank", "minutes": 10}, {"title": "The mouth", "minutes": 20}],
    "requires": ["00"],
    "terms": ["G01"],
    "key_points": ["A river can be closed."],
    "misconceptions": [{"id": "01.m1", "text": "Rivers are always open."}],
    "exercise": f"exercises/{LESSON_NAME}",
}

LESSON_CELLS = [
    on_slide(
        "slide",
        markdown(
            "# Lesson 01: A river\n\n[The bank](#The-bank), [1860](#E001), [mouth](#The-mouth)."
        ),
    ),
    on_slide("skip", code("from tutor import explore_river, predict, quiz, recall")),
    on_slide("slide", markdown("## The bank\n\n![A bank](picture.svg)")),
    *(on_slide("subslide", code(f'predict("01.p{number}")')) for number in (1, 2, 3)),
    on_slide("subslide", code("explore_river(\n    year=1860,\n)")),
    on_slide(
        "slide",
        markdown(
            "## The mouth\n\n### Its depth\n\nRead [the exercise](../exercises/01_a_river.ipynb)."
        ),
    ),
    *(on_slide("subslide", code(f'quiz("01.q{number}")')) for number in range(1, 6)),
    on_slide("subslide", code('recall("01")')),
]


def task(number: int, kind: str = "compute", teaches: tuple[str, ...] = (), **rest: object) -> dict:
    return {
        "id": f"01.{number}",
        "title": f"Task number {number}",
        "kind": kind,
        "stretch": False,
        "points": 2,
        "teaches": list(teaches),
    } | rest


SOLUTION_CONTRACT = {
    "contract": 1,
    "kind": "solution",
    "number": "01",
    "title": "A river",
    "minutes": 60,
    "lesson": f"lessons/{LESSON_NAME}",
    "tasks": [
        task(1, "read", ("assignment", "call", "string", "number")),
        task(2, teaches=("arithmetic",)),
        task(3),
        task(4),
        task(5, stretch=True, teaches=("list",)),
        task(6, "argue", ("text block",)),
    ],
}


# Stands in for the course's own check, which has other tests.
CHECK = """
class Verdict(str):
    __repr__ = str.__str__

def check(task, answer):
    missing = answer is ... or "..." in str(answer)
    return Verdict("Not answered yet." if missing else "Right. That is so.")
"""


def computing(number: int, stub: str, answer: str) -> list[dict]:
    return [
        markdown(f"## 01.{number} Task number {number}\n\nWrite `width = 12 - 3`, or `[12, 3]`."),
        code(
            f"answer_{number} = {stub}\n"
            "### BEGIN SOLUTION\n"
            f"answer_{number} = {answer}\n"
            "### END SOLUTION\n"
            f'check("01.{number}", answer_{number})'
        ),
    ]


SOLUTION_CELLS = [
    markdown("# Exercise 01: A river"),
    markdown("These are the answers.", "solution"),
    code(CHECK),
    *(
        cell
        for number in range(1, 6)
        for cell in computing(number, "...", f"184{number} + 1" if number == 2 else f"184{number}")
    ),
    markdown("## 01.6 Task number 6 (argue)"),
    markdown("One point for a reason.", "rubric"),
    code(
        'answer_6 = """\n...\n"""\n'
        '### BEGIN SOLUTION\nanswer_6 = """\nIt was closed by force.\n"""\n### END SOLUTION\n'
        'check("01.6", answer_6)'
    ),
    markdown("Look for a reason beside the date.", "solution"),
]


def write_course(root: Path) -> tuple[Notebook, Notebook]:
    """Write the made-up course into an empty folder; return its lesson and its solution."""
    for folder in ("lessons", "solutions", "exercises", "tutor/data/tables"):
        (root / folder).mkdir(parents=True)
    (root / "tutor/data/tables/glossary.csv").write_text("id,term\nG01,Closed river\n")
    (root / "tutor/data/tables/events.csv").write_text("id,date\nE001,1860\n")
    (root / "lessons/picture.svg").write_text("<svg/>")
    lesson = write(root, "lessons", content(LESSON_CONTRACT, LESSON_CELLS))
    solution = write(root, "solutions", content(SOLUTION_CONTRACT, SOLUTION_CELLS))
    write(root, "exercises", exercises.exercise_from(solution))
    return lesson, solution


def write(root: Path, folder: str, notebook: dict) -> Notebook:
    path = root / folder / LESSON_NAME
    path.write_bytes(clean.to_text(notebook).encode())
    return Notebook(path, json.loads(path.read_text(encoding="utf-8")), root)


def changed(notebook: Notebook, **contract: object) -> Notebook:
    """Return a copy of a notebook with some keys of its contract replaced."""
    copy = deepcopy(notebook.content)
    copy["metadata"]["course"] |= contract
    return Notebook(notebook.path, copy, notebook.root)


def with_cell(notebook: Notebook, cell: dict, position: int | None = None) -> Notebook:
    """Return a copy with a cell added at the end, or put in place of the one at a position."""
    copy = deepcopy(notebook.content)
    cell = clean.clean({"cells": [cell]})["cells"][0]
    if position is None:
        copy["cells"].append(cell | {"id": "added"})
    else:
        copy["cells"][position - 1] = cell | {"id": copy["cells"][position - 1]["id"]}
    return Notebook(notebook.path, copy, notebook.root)
