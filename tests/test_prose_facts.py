"""Every date and figure in the course's prose links to the row that holds it, and agrees with it.

Walks the Markdown of all notebooks, the question bank and what is written by hand in the instructor's
guide. What counts as a fact, and how a link is
compared with its row, is `tutor.workshop.prose`. The test in
tests/workshop/test_workshop_prose.py tries the verifier itself.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tutor.workshop.guide import anchors_of_page, without_parts
from tutor.workshop.prose import (
    bare_figures,
    check_reference,
    contested_names,
    headings,
    references,
)
from tutor.workshop.rules import GENERATED_TAG

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = [
    path
    for folder in ("lessons", "exercises", "solutions")
    for path in sorted((ROOT / folder).glob("*.ipynb"))
]
# Pages on the subject list the rows they link to; those on grading, links and the like do not.
GUIDE = [
    path
    for path in sorted((ROOT / "solutions").glob("**/*.md"))
    if "<!-- rows:begin -->" in path.read_text(encoding="utf-8") or path.parent.name == "solutions"
]
BANKS = sorted((ROOT / "tutor" / "data" / "questions").glob("*.toml"))

# Fields of a question that are prose. Options may name wrong dates on purpose, so their texts need
# no links; a link that stands in them is compared with its row all the same.
PROSE_FIELDS = ("prompt", "reply", "explanation", "hint", "feedback", "note")


def markdown_cells(path: Path) -> list[str]:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = (cell for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    # The index of lesson 00 is made out of the contracts: it holds titles and questions, not claims.
    written = (c for c in cells if GENERATED_TAG not in c.get("metadata", {}).get("tags", []))
    return ["".join(cell["source"]) for cell in written]


def strings(value: object, field: str = "") -> Iterator[tuple[str, str]]:
    """Yield field and text of every string in what a TOML file holds."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, field)


def fact_problems(
    texts: list[str], prose: list[str], anchors: frozenset[str] = frozenset()
) -> list[str]:
    """Report the links of all texts that disagree, and the bare figures of those that are prose."""
    anchors = anchors.union(*map(headings, texts))
    found = [
        problem
        for text in texts
        for shown, target in references(text)
        if target not in anchors and not target.startswith("cell-")
        for problem in check_reference(shown, target)
    ]
    for text in prose:
        for figure in bare_figures(text):
            start = " ".join(text.split())[:60]
            found.append(f"{figure!r} has no link to its row, in the text {start!r}")
    return found


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_agrees_with_the_data(path):
    cells = markdown_cells(path)
    assert fact_problems(cells, cells) == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_follows_the_policy_on_contested_names(path):
    assert contested_names("\n\n".join(markdown_cells(path))) == []


@pytest.mark.parametrize("path", BANKS, ids=lambda path: path.stem)
def test_question_bank_agrees_with_the_data(path):
    found = list(strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    prose = [text for field, text in found if field in PROSE_FIELDS]
    assert fact_problems([text for _, text in found], prose) == []
    assert contested_names("\n\n".join(text for _, text in found)) == []


@pytest.mark.parametrize("path", GUIDE, ids=lambda path: path.stem)
def test_guide_agrees_with_the_data(path):
    page = without_parts(path.read_text(encoding="utf-8"))  # the parts that are made hold elsewhere
    prose = page.split("\n## ")
    assert fact_problems([page], prose, anchors_of_page(page)) == []
    assert contested_names(page) == []


def test_the_walk_catches_what_is_wrong(tmp_path):
    notebook = {
        "cells": [
            {
                "cell_type": "markdown",
                "source": ["# The river\n", "\n", "In [1858](#E001) and 1860."],
            },
            {"cell_type": "code", "source": ["year = 1991"]},
            {"cell_type": "markdown", "source": "See [above](#The-river) and [1861](#E003)."},
        ]
    }
    path = tmp_path / "sample.ipynb"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    cells = markdown_cells(path)
    problems = fact_problems(cells, cells)
    assert len(problems) == 2
    assert "1861" in problems[0]
    assert "'1860' has no link" in problems[1]


def test_the_walk_reads_every_string_of_a_question():
    bank = tomllib.loads(
        '[[question]]\nid = "01.q1"\nprompt = "In 1858?"\n'
        'options = [{text = "1952", reply = "[1951](#E025)"}, {text = "[1949](#E025)"}]'
    )
    found = list(strings(bank))
    assert ("text", "1952") in found
    prose = [text for field, text in found if field in PROSE_FIELDS]
    problems = fact_problems([text for _, text in found], prose)
    # the summary of E025 speaks of 1951, so only the year 1949 disagrees
    assert [problem.split(":")[0] for problem in problems] == [
        "[1949](#E025)",
        "'1858' has no link to its row, in the text 'In 1858?'",
    ]
