"""Contracts: the schemas and the rules that they cannot say, each broken once."""

from copy import deepcopy

import pytest
from jsonschema import Draft202012Validator
from made_up import LESSON_CONTRACT, SOLUTION_CONTRACT, changed

from tutor.workshop import contracts
from tutor.workshop.notebooks import Notebook


@pytest.mark.parametrize("kind", ["lesson", "exercise", "solution"])
def test_schemas_are_schemas(kind):
    Draft202012Validator.check_schema(contracts.schema(kind))


def test_contracts_are_read(lesson, solution):
    read = contracts.lesson_of(lesson)
    assert sum(section.minutes for section in read.sections) == read.minutes_to_do == 30
    assert read.misconceptions[0].id == "01.m1"
    assert contracts.exercise_of(solution).tasks[0].teaches[0] == "assignment"


def test_unreadable_contract_is_named(lesson):
    with pytest.raises(ValueError, match=r"01_a_river.*question"):
        contracts.lesson_of(changed(lesson, question="No question"))


BAD_LESSONS = [
    {"kind": "exercise"},
    {"number": "1"},
    {"question": "No question."},
    {"objectives": ["Name one.", "Name two."]},
    {"objectives": [f"Name {number}." for number in range(6)]},
    {"minutes": {"teach": 90}},
    {"minutes": {"teach": 90, "do": 7.5}},
    {"sections": []},
    {"sections": [{"title": "The bank"}]},
    {"requires": ["0"]},
    {"misconceptions": [{"id": "m1", "text": "A text."}]},
    {"exercise": "solutions/01_a_river.ipynb"},
    {"answer": 1860},
    {"title": " A river"},
]


@pytest.mark.parametrize("change", BAD_LESSONS)
def test_schema_turns_down_lesson(lesson, change):
    assert contracts.fits_schema(lesson) == []
    assert contracts.fits_schema(changed(lesson, **change))


@pytest.mark.parametrize("key", LESSON_CONTRACT)
def test_schema_wants_every_key_of_lesson(lesson, key):
    broken = deepcopy(lesson)
    del broken.content["metadata"]["course"][key]
    assert contracts.fits_schema(broken)


@pytest.mark.parametrize("key", SOLUTION_CONTRACT)
def test_schema_wants_every_key_of_solution(solution, key):
    broken = deepcopy(solution)
    del broken.content["metadata"]["course"][key]
    assert contracts.fits_schema(broken)


def tasks(**change: object) -> list[dict]:
    first, *rest = deepcopy(SOLUTION_CONTRACT["tasks"])
    return [first | change, *rest]


@pytest.mark.parametrize(
    "change",
    [
        {"tasks": tasks()[:5]},
        {"tasks": tasks() + tasks()[:5]},
        {"tasks": tasks(kind="guess")},
        {"tasks": tasks(points=0)},
        {"tasks": tasks(answer=1860)},
        {"made": "0123456789abcdef"},
        {"kind": "exercise"},  # an exercise carries a digest
        {"minutes": 0},
    ],
)
def test_schema_turns_down_solution(solution, change):
    assert contracts.fits_schema(solution) == []
    assert contracts.fits_schema(changed(solution, **change))


def test_notebook_without_contract_or_elsewhere(lesson):
    assert "no contract" in contracts.fits_schema(Notebook(lesson.path, {"cells": []}))[0]
    elsewhere = Notebook(lesson.root / "notes" / "01_x.ipynb", lesson.content, lesson.root)
    assert "folder" in contracts.fits_schema(elsewhere)[0]


BROKEN_LESSONS = [
    (contracts.kind_and_number_match_file, {"number": "02"}),
    (contracts.kind_and_number_match_file, {"kind": "solution"}),
    (contracts.minutes_are_sum_of_sections, {"minutes": {"teach": 90, "do": 31}}),
    (contracts.sections_are_headings, {"sections": [{"title": "Elsewhere", "minutes": 30}]}),
    (contracts.sections_are_headings, {"sections": [{"title": "Its depth", "minutes": 30}]}),
    (contracts.sections_are_headings, {"sections": LESSON_CONTRACT["sections"][::-1]}),
    (contracts.title_is_in_first_heading, {"title": "A sea"}),
    (contracts.objectives_begin_with_verb, {"objectives": ["Understand rivers."]}),
    (contracts.requirements_come_before, {"requires": ["01"]}),
    (contracts.requirements_come_before, {"requires": ["11"]}),
    (contracts.terms_are_in_glossary, {"terms": ["G99"]}),
    (contracts.misconception_ids_are_unique, {"misconceptions": [{"id": "02.m1"}]}),
    (contracts.misconception_ids_are_unique, {"misconceptions": [{"id": "01.m1"}] * 2}),
    (contracts.partner_exists, {"exercise": "exercises/01_no_such.ipynb"}),
    (contracts.partner_exists, {"exercise": "tutor/data/tables/glossary.csv"}),
]


@pytest.mark.parametrize(("rule", "change"), BROKEN_LESSONS)
def test_rule_turns_down_lesson(lesson, rule, change):
    assert rule(lesson) == []
    assert rule(changed(lesson, **change))


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        (contracts.partner_exists, {"lesson": "lessons/01_no_such.ipynb"}),
        (contracts.task_ids_count_up, {"tasks": tasks()[1:]}),
        (contracts.tasks_hold_argument_and_stretch, {"tasks": tasks()[:4]}),
    ],
)
def test_rule_turns_down_solution(solution, rule, change):
    assert rule(solution) == []
    assert rule(changed(solution, **change))


def test_problems_of_shape_come_alone(lesson):
    assert contracts.contract_problems(lesson) == []
    assert contracts.contract_problems(changed(lesson, minutes=3, number="02")) == (
        contracts.fits_schema(changed(lesson, minutes=3))
    )
