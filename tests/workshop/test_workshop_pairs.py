"""Every rule for pairs must let the made-up pair pass, and must find what a test breaks in it."""

import json
from copy import deepcopy

import pytest
from made_up import SOLUTION_CELLS, SOLUTION_CONTRACT, changed, code, content, markdown

from tutor.workshop import pairs
from tutor.workshop.clean import to_text
from tutor.workshop.exercises import BEGIN, END, exercise_from, exercise_path
from tutor.workshop.notebooks import Notebook


def with_cells(solution: Notebook, cells: list[dict]) -> Notebook:
    """Return a solution with other cells, and write its exercise."""
    broken = Notebook(solution.path, content(SOLUTION_CONTRACT, cells), solution.root)
    exercise_path(solution.path).write_text(to_text(exercise_from(broken)), encoding="utf-8")
    return broken


def with_cells_changed(solution: Notebook, old: str, new: str) -> Notebook:
    cells = [
        cell | {"source": cell["source"].replace(old, new)} for cell in deepcopy(SOLUTION_CELLS)
    ]
    return with_cells(solution, cells)


def edit_exercise(solution: Notebook, old: str, new: str) -> None:
    path = exercise_path(solution.path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_made_up_pair_keeps_to_all_rules(solution):
    assert pairs.pair_problems(solution) == []
    assert pairs.course_problems(solution.root) == []


def test_missing_exercise(solution):
    exercise_path(solution.path).unlink()
    assert "no exercises/01_a_river.ipynb" in pairs.pair_problems(solution)[0]


def test_exercise_without_solution(solution):
    solution.path.rename(solution.path.with_name("01_another.ipynb"))
    assert any("no solution" in problem for problem in pairs.course_problems(solution.root))


def test_change_by_hand(solution):
    edit_exercise(solution, "answer_1 = ...", "answer_1 = None")
    assert pairs.exercise_is_up_to_date(solution)
    assert "answer_1 = None" in pairs.stubs_stand_in_solution(solution)[0]


def test_lines_in_another_order(solution):
    edit_exercise(
        solution,
        '"answer_1 = ...\\n",\n    "check(\\"01.1\\", answer_1)"',
        '"check(\\"01.1\\", answer_1)\\n",\n    "answer_1 = ..."',
    )
    assert pairs.stubs_stand_in_solution(solution)


@pytest.mark.parametrize(
    "leak",
    [
        {"cell": "answer_1 = 1841"},
        {"cell": "if True:\n    answer_1 = 1841"},
        {"cell": "# for example answer_2 = 1842 + 1"},
        {"cell": "It was closed by force."},
        {"cell": "Look for a reason beside the date."},
        {"metadata": {"key": "answer_1 = 1841"}},
        {"outputs": [{"output_type": "stream", "name": "stdout", "text": ["answer_1 = 1841\n"]}]},
    ],
)
def test_answer_left_in_exercise(solution, leak):
    assert pairs.no_answer_is_left(solution) == []
    path = exercise_path(solution.path)
    exercise = json.loads(path.read_text(encoding="utf-8"))
    exercise["cells"].append(code(leak.pop("cell", "x = 1")) | leak)
    path.write_text(json.dumps(exercise), encoding="utf-8")
    assert pairs.no_answer_is_left(solution)


@pytest.mark.parametrize("line", ["", ")", "else:", "return", "answer_6 = '''", '"""', "pass"])
def test_lines_that_tell_nothing_may_come_twice(line):
    assert pairs._tells_nothing(line)


@pytest.mark.parametrize("line", ["a = 1", "return 3", "x", "answer = '''three", "1860"])
def test_lines_that_tell_something(line):
    assert not pairs._tells_nothing(line)


def test_outputs_in_exercise(solution):
    edit_exercise(
        solution, '"outputs": []', '"outputs": [{"output_type": "stream", "text": ["1841"]}]'
    )
    assert pairs.exercise_has_no_outputs(solution)


def test_contract_of_exercise(solution):
    edit_exercise(solution, '"points": 2', '"points": 3')
    assert pairs.contracts_agree(solution)
    assert pairs.contracts_agree(changed(solution, title="A sea"))


def test_stub_that_is_no_python(solution):
    function = code(f"def f():\n    {BEGIN}\n    return 1\n    {END}")
    assert pairs.exercise_is_plain_python(with_cells(solution, [*SOLUTION_CELLS, function]))


@pytest.mark.parametrize(
    ("rule", "old", "new", "word"),
    [
        (pairs.tasks_have_headings, "## 01.3 Task number 3", "## Task number 3", "01.3 has no"),
        (pairs.tasks_have_headings, "## 01.3 Task number 3", "## 01.3 Another", "01.3 has no"),
        (pairs.tasks_have_something_to_do, f"{BEGIN}\nanswer_1 = 1841\n{END}\n", "", "01.1"),
        (pairs.tasks_are_checked, 'check("01.1", answer_1)', "answer_1", "01.1 is not checked"),
        (pairs.tasks_are_checked, 'check("01.1"', 'check("01.2"', "checks '01.2'"),
        (pairs.tasks_are_checked, "answer_1)", "answer_1)\nanswer_1", "not the last statement"),
        (pairs.tasks_are_checked, "    __repr__ = str.__str__", "    x = check('01.1')", "outside"),
    ],
)
def test_broken_tasks(solution, rule, old, new, word):
    assert rule(solution) == []
    broken = with_cells_changed(solution, old, new)
    assert any(word in problem for problem in rule(broken))


def test_order_of_tasks(solution):
    cells = deepcopy(SOLUTION_CELLS)
    cells[3:7] = cells[5:7] + cells[3:5]
    assert "order" in pairs.tasks_have_headings(with_cells(solution, cells))[0]


def test_argument_needs_rubric_and_model(solution):
    assert pairs.arguments_have_rubrics(solution) == []
    without_rubric = [cell for cell in SOLUTION_CELLS if "rubric" not in cell["metadata"]["tags"]]
    assert "rubric" in pairs.arguments_have_rubrics(with_cells(solution, without_rubric))[0]
    heading = next(cell for cell in SOLUTION_CELLS if "01.6" in cell["source"])
    without_model = [
        *SOLUTION_CELLS[: SOLUTION_CELLS.index(heading) + 1],
        markdown("One point.", "rubric"),
        code('answer_6 = ""'),
    ]
    assert "model" in pairs.arguments_have_rubrics(with_cells(solution, without_model))[0]


def test_hidden_rubric_does_not_count(solution):
    hidden = [
        markdown("One point.", "rubric", "solution")
        if "rubric" in cell["metadata"]["tags"]
        else cell
        for cell in SOLUTION_CELLS
    ]
    assert pairs.arguments_have_rubrics(with_cells(solution, hidden))
