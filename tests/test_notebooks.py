"""All notebooks of the course keep to all rules; each rule has its own tests in tests/workshop."""

import subprocess

import pytest

from tutor.workshop import contracts, index, pairs, rules, running
from tutor.workshop.notebooks import FOLDERS, REPOSITORY, Notebook, course_notebooks

NOTEBOOKS = course_notebooks()
SOLUTIONS = course_notebooks(REPOSITORY, "solutions")


def name(item: object) -> str:
    return item.name if isinstance(item, Notebook) else getattr(item, "__name__", str(item))


def test_course_is_there():
    numbers = {(notebook.kind, notebook.number) for notebook in NOTEBOOKS}
    assert {("lesson", "00"), ("lesson", "01"), ("exercise", "01"), ("solution", "01")} <= numbers


def test_no_number_is_given_twice():
    given = [(notebook.kind, notebook.number) for notebook in NOTEBOOKS]
    assert sorted(set(given)) == sorted(given)


def test_notebooks_lie_only_in_their_folders():
    if not (REPOSITORY / ".git").exists():
        pytest.skip("this copy of the course is not a clone")
    listed = subprocess.run(
        ["git", "ls-files", "*.ipynb"], cwd=REPOSITORY, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert {path.partition("/")[0] for path in listed} <= set(FOLDERS)


@pytest.mark.parametrize("rule", rules.RULES, ids=name)
@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=name)
def test_notebook_keeps_to_rule(notebook, rule):
    assert rule(notebook) == []


@pytest.mark.parametrize("rule", pairs.RULES, ids=name)
@pytest.mark.parametrize("solution", SOLUTIONS, ids=name)
def test_solution_and_exercise_keep_to_rule(solution, rule):
    assert rule(solution) == []


def test_every_exercise_has_its_solution():
    assert pairs.every_exercise_has_solution() == []


def test_lessons_and_exercises_name_each_other():
    lessons = [contracts.lesson_of(item) for item in course_notebooks(REPOSITORY, "lessons")]
    exercises = [contracts.exercise_of(item) for item in course_notebooks(REPOSITORY, "exercises")]
    named = {(lesson.path, lesson.exercise) for lesson in lessons if lesson.exercise}
    assert named == {(exercise.lesson, exercise.path) for exercise in exercises}


def test_misconceptions_have_ids_of_their_own():
    ids = [
        misconception.id
        for lesson in course_notebooks(REPOSITORY, "lessons")
        for misconception in contracts.lesson_of(lesson).misconceptions
    ]
    assert sorted(set(ids)) == sorted(ids)


def test_python_is_taught_before_it_is_needed():
    assert pairs.problems_of_teaching() == []


def test_syllabus_and_map_fit_the_contracts():
    assert index.index_problems() == []


@pytest.mark.parametrize("solution", SOLUTIONS, ids=name)
def test_solution_passes_all_its_checks(solution):
    said = running.verdicts(running.run(solution))
    assert {task: texts for task, texts in said.items() if not passed(texts)} == {}
    assert said


@pytest.mark.parametrize("solution", SOLUTIONS, ids=name)
def test_exercise_as_handed_out_runs_and_is_unanswered(solution):
    said = running.verdicts(running.run(pairs.exercise_of_solution(solution)))
    answered = {
        task: texts
        for task, texts in said.items()
        if not all(text.startswith(running.UNANSWERED) for text in texts)
    }
    assert answered == {}
    assert said


def passed(texts: list[str]) -> bool:
    return all(text.startswith(running.PASSED) for text in texts)
