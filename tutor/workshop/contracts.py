"""The contract of a notebook: what stands under `course` in its metadata, read and checked.

The shape is said by the two JSON schemas in `schemas/`; what a schema cannot say (sums, headings,
references to other notebooks and to the data) is checked here, rule by rule. Each rule takes a
notebook and returns sentences that say what is wrong; an empty list means that it holds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tutor.workshop.notebooks import COURSE_NUMBERS, Notebook, glossary_ids

_SCHEMAS = Path(__file__).parent / "schemas"
_SCHEMA_OF_KIND = {
    "lesson": "lesson_contract.json",
    "exercise": "exercise_contract.json",
    "solution": "exercise_contract.json",
}

# An objective begins with something that can be seen done; "understand" and "know" cannot.
# fmt: off
CHECKABLE_VERBS = frozenset((
    "Apply", "Argue", "Arrange", "Assess", "Calculate", "Choose", "Cite", "Classify", "Compare",
    "Compute", "Connect", "Construct", "Contrast", "Correct", "Criticize", "Decide", "Defend",
    "Define", "Derive", "Describe", "Design", "Distinguish", "Draw", "Estimate", "Evaluate",
    "Explain", "Find", "Formulate", "Give", "Identify", "Interpret", "Judge", "Justify", "List",
    "Locate", "Measure", "Name", "Negotiate", "Order", "Place", "Plan", "Predict", "Propose",
    "Rank", "Read", "Recall", "Reconstruct", "Relate", "Reproduce", "Set", "Show", "Sketch",
    "Solve", "State", "Summarize", "Support", "Tell", "Test", "Trace", "Use", "Weigh", "Write",
))
# fmt: on


@dataclass(frozen=True)
class Section:
    """A section of a lesson and the minutes it takes alone."""

    title: str
    minutes: int


@dataclass(frozen=True)
class Misconception:
    """A misunderstanding that the lesson expects: its id (``"01.m1"``) and what it says."""

    id: str
    text: str


@dataclass(frozen=True)
class Lesson:
    """The contract of a lesson; minutes are integers, paths start at the repository's root."""

    number: str
    title: str
    question: str
    objectives: tuple[str, ...]
    minutes_to_teach: int
    minutes_to_do: int
    sections: tuple[Section, ...]
    requires: tuple[str, ...]
    terms: tuple[str, ...]
    key_points: tuple[str, ...]
    misconceptions: tuple[Misconception, ...]
    teaches: tuple[str, ...]
    exercise: str | None
    path: str


@dataclass(frozen=True)
class Task:
    """One task of an exercise; `teaches` names constructs of Python it introduces."""

    id: str
    title: str
    kind: str
    stretch: bool
    points: int
    teaches: tuple[str, ...]


@dataclass(frozen=True)
class Exercise:
    """The contract of an exercise or of the solution it is made from."""

    number: str
    title: str
    minutes: int
    lesson: str
    tasks: tuple[Task, ...]
    path: str


def lesson_of(notebook: Notebook) -> Lesson:
    """Read the contract of a lesson.

    Raises
    ------
    ValueError
        If the contract does not fit its schema; the message names every place.
    """
    contract = _valid_contract(notebook)
    return Lesson(
        number=contract["number"],
        title=contract["title"],
        question=contract["question"],
        objectives=tuple(contract["objectives"]),
        minutes_to_teach=contract["minutes"]["teach"],
        minutes_to_do=contract["minutes"]["do"],
        sections=tuple(Section(**section) for section in contract["sections"]),
        requires=tuple(contract["requires"]),
        terms=tuple(contract["terms"]),
        key_points=tuple(contract["key_points"]),
        misconceptions=tuple(Misconception(**item) for item in contract["misconceptions"]),
        teaches=tuple(contract.get("teaches", ())),
        exercise=contract["exercise"],
        path=notebook.name,
    )


def exercise_of(notebook: Notebook) -> Exercise:
    """Read the contract of an exercise or a solution.

    Raises
    ------
    ValueError
        If the contract does not fit its schema; the message names every place.
    """
    contract = _valid_contract(notebook)
    return Exercise(
        number=contract["number"],
        title=contract["title"],
        minutes=contract["minutes"],
        lesson=contract["lesson"],
        tasks=tuple(
            Task(**task | {"teaches": tuple(task["teaches"])}) for task in contract["tasks"]
        ),
        path=notebook.name,
    )


def _valid_contract(notebook: Notebook) -> dict[str, Any]:
    problems = fits_schema(notebook)
    if problems:
        raise ValueError(f"The contract of {notebook.name} cannot be read. " + " ".join(problems))
    return notebook.contract


@cache
def schema(kind: str) -> dict[str, Any]:
    """Return the JSON schema for the contract of a lesson, an exercise or a solution."""
    return json.loads((_SCHEMAS / _SCHEMA_OF_KIND[kind]).read_text(encoding="utf-8"))


def fits_schema(notebook: Notebook) -> list[str]:
    """Hold the contract to the schema of its kind."""
    from jsonschema import Draft202012Validator

    if not notebook.contract:
        return ['There is no contract: the notebook\'s metadata has no key "course".']
    if notebook.kind not in _SCHEMA_OF_KIND:
        return [f"A notebook of the course lies in one of its folders, not in {notebook.name}."]
    errors = Draft202012Validator(schema(notebook.kind)).iter_errors(notebook.contract)
    return [
        f"At {error.json_path}: {error.message}."
        for error in sorted(errors, key=lambda error: error.json_path)
    ]


def kind_and_number_match_file(notebook: Notebook) -> list[str]:
    """Require that kind and number are those of the folder and the file name."""
    contract, problems = notebook.contract, []
    if contract.get("kind") != notebook.kind:
        problems.append(f"The kind is {contract.get('kind')!r}, the folder says {notebook.kind!r}.")
    if contract.get("number") != notebook.number:
        problems.append(
            f"The number is {contract.get('number')!r}, the file name says {notebook.number!r}."
        )
    return problems


def minutes_are_sum_of_sections(notebook: Notebook) -> list[str]:
    """Require that the minutes to do a lesson alone are the sum of its sections'."""
    if notebook.kind != "lesson":
        return []
    total = sum(section["minutes"] for section in notebook.contract["sections"])
    stated = notebook.contract["minutes"]["do"]
    return [] if total == stated else [f"minutes.do is {stated}, its sections add up to {total}."]


def sections_are_headings(notebook: Notebook) -> list[str]:
    """Require that every section is a heading of level two, in the same order."""
    if notebook.kind != "lesson":
        return []
    headings = iter([heading.text for heading in notebook.headings if heading.level == 2])
    # `in` on the iterator goes on from where the last title was found, so order counts.
    return [
        f"The section {section['title']!r} is not a ## heading, or not in this order."
        for section in notebook.contract["sections"]
        if section["title"] not in headings
    ]


def title_is_in_first_heading(notebook: Notebook) -> list[str]:
    """Require that the notebook's first heading carries the title."""
    first = next((heading.text for heading in notebook.headings), "")
    title = notebook.contract.get("title", "")
    return [] if title in first else [f"The first heading {first!r} does not carry {title!r}."]


def objectives_begin_with_verb(notebook: Notebook) -> list[str]:
    """Require that every objective begins with a verb that can be checked."""
    if notebook.kind != "lesson":
        return []
    return [
        f"{objective!r} does not begin with a verb that can be checked (see CHECKABLE_VERBS)."
        for objective in notebook.contract["objectives"]
        if objective.split()[0] not in CHECKABLE_VERBS
    ]


def requirements_come_before(notebook: Notebook) -> list[str]:
    """Require that a lesson requires only lessons of the course with a lower number."""
    return [
        f"It requires lesson {number!r}, which does not come before lesson {notebook.number!r}."
        for number in notebook.contract.get("requires", [])
        if number not in COURSE_NUMBERS or number >= notebook.number
    ]


def terms_are_in_glossary(notebook: Notebook) -> list[str]:
    """Require that every term is the id of a row of the glossary."""
    known = glossary_ids(notebook.root)
    return [
        f"The glossary has no term {term!r}."
        for term in notebook.contract.get("terms", [])
        if term not in known
    ]


def misconception_ids_are_unique(notebook: Notebook) -> list[str]:
    """Require ids of misconceptions that begin with the lesson's number, each another."""
    ids = [item["id"] for item in notebook.contract.get("misconceptions", [])]
    foreign = [
        f"{id_!r} does not begin with {notebook.number!r}."
        for id_ in ids
        if not id_.startswith(f"{notebook.number}.")
    ]
    return foreign + [f"Two misconceptions are called {id_!r}." for id_ in _twice(ids)]


def partner_exists(notebook: Notebook) -> list[str]:
    """Require that the exercise named by a lesson, or the lesson by an exercise, is there."""
    partner = notebook.contract.get("exercise" if notebook.kind == "lesson" else "lesson")
    if partner is None:
        return []
    problems = []
    if not (notebook.root / partner).is_file():
        problems.append(f"There is no {partner}.")
    if Path(partner).name[:2] != notebook.number:
        problems.append(f"{partner} does not have the number {notebook.number!r}.")
    return problems


def task_ids_count_up(notebook: Notebook) -> list[str]:
    """Require that the tasks are called NN.1, NN.2 and so on."""
    ids = [task["id"] for task in notebook.contract.get("tasks", [])]
    expected = [f"{notebook.number}.{count}" for count in range(1, len(ids) + 1)]
    return [] if ids == expected else [f"The tasks are called {ids}, they should be {expected}."]


def tasks_hold_argument_and_stretch(notebook: Notebook) -> list[str]:
    """Require that among the tasks one is to argue in writing, and one is a stretch."""
    tasks = notebook.contract.get("tasks")
    if tasks is None:
        return []
    problems = []
    if not any(task["kind"] == "argue" for task in tasks):
        problems.append('No task is of the kind "argue".')
    if not any(task["stretch"] for task in tasks):
        problems.append("No task is a stretch.")
    return problems


def _twice(items: list[str]) -> list[str]:
    return sorted({item for item in items if items.count(item) > 1})


RULES = (
    kind_and_number_match_file,
    minutes_are_sum_of_sections,
    sections_are_headings,
    title_is_in_first_heading,
    objectives_begin_with_verb,
    requirements_come_before,
    terms_are_in_glossary,
    misconception_ids_are_unique,
    partner_exists,
    task_ids_count_up,
    tasks_hold_argument_and_stretch,
)


def contract_problems(notebook: Notebook) -> list[str]:
    """Say everything that is wrong with a notebook's contract."""
    problems = fits_schema(notebook)
    if problems:  # the other rules presume its shape
        return problems
    return [problem for rule in RULES for problem in rule(notebook)]
