"""Running copies of notebooks, and reading the verdicts of their checks."""

import gc
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


def test_several_at_once_keep_their_order_and_their_own_records(solution):
    where = 'import os, time\ntime.sleep({})\nos.environ["TUMEN_COURSE_RECORD"]'
    cells = [code(where.format(seconds)) for seconds in (1, 0)]
    given = [Notebook(solution.path, content({}, [cell]), solution.root) for cell in cells]
    done = []
    ran = running.run_several(given, done=done.append)
    assert [one.cells[0].source for one in ran] == [one.cells[0].source for one in given]
    assert sorted(map(id, done)) == sorted(map(id, ran))
    records = {running.shown_text(one.cells[0].content["outputs"]) for one in ran}
    assert len(records) == 2
    gc.collect()  # a loop or socket left open would be warned of here


def test_one_of_several_that_fails_is_named(solution):
    with pytest.raises(
        running.NotebookFailed, match=r"solutions/\S+ does not run(.|\n)*ZeroDivision"
    ):
        running.run_several([with_cell(solution, code("1 / 0"))] * 4, done=pytest.fail)
    gc.collect()  # a kernel left running would be warned of here


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
