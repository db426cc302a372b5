"""Running copies of notebooks, and reading the verdicts of their checks."""

import os

import pytest
from made_up import CHECK, code, content, with_cell

from tutor.workshop import running
from tutor.workshop.notebooks import Notebook
from tutor.workshop.pairs import exercise_of_solution


def test_verdicts_of_solution_and_exercise(solution):
    before = solution.path.read_bytes()
    right = running.verdicts(running.run(solution))
    assert set(right) == {f"01.{number}" for number in range(1, 7)}
    assert all(text.startswith(running.PASSED) for said in right.values() for text in said)
    missing = running.verdicts(running.run(exercise_of_solution(solution)))
    assert all(text.startswith(running.UNANSWERED) for said in missing.values() for text in said)
    assert solution.path.read_bytes() == before


def test_record_is_of_its_own_and_folder_is_the_notebooks(solution):
    where = 'import os\n(os.environ["TUMEN_COURSE_RECORD"], os.getcwd())'
    ran = running.run(Notebook(solution.path, content({}, [code(where)]), solution.root))
    shown = running.shown_text(ran.cells[0].content["outputs"])
    assert shown.endswith(f"{str(solution.path.parent)!r})")
    assert repr(os.environ.get(running.FOLDER_VARIABLE, "")) not in shown


def test_cell_that_raises(solution):
    from nbclient.exceptions import CellExecutionError

    with pytest.raises(CellExecutionError, match="ZeroDivisionError"):
        running.run(with_cell(solution, code("1 / 0")))


@pytest.mark.parametrize(
    ("outputs", "text"),
    [
        ([], ""),
        ([{"output_type": "stream", "name": "stdout", "text": "Right"}], ""),
        ([{"output_type": "execute_result", "data": {"text/plain": ["Ri", "ght"]}}], "Right"),
        ([{"data": {"text/plain": "a"}}, {"data": {"text/plain": "b"}}], "b"),
    ],
)
def test_shown_text(outputs, text):
    assert running.shown_text(outputs) == text


def test_stand_in_says_what_the_course_says():
    from tutor.interaction.verdict import OPENING

    assert OPENING["right"].startswith(running.PASSED)
    assert OPENING["missing"].startswith(running.UNANSWERED)
    assert all(running.PASSED not in OPENING[other] for other in OPENING if other != "right")
    assert OPENING["missing"] in CHECK
