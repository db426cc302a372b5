"""Exercises out of solutions: what is cut, what stays, and whose work is not overwritten."""

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_up import changed, code, markdown, with_cell

from tutor.workshop import exercises
from tutor.workshop.exercises import BEGIN, END
from tutor.workshop.notebooks import Notebook, read


@pytest.mark.parametrize(
    ("solution", "exercise"),
    [
        ("a = 1", "a = 1"),
        (f"a = ...\n{BEGIN}\na = 1\n{END}\ncheck(a)", "a = ...\ncheck(a)"),
        (f"def f():\n    ...\n    {BEGIN}\n    return 1\n    {END}", "def f():\n    ..."),
        (f"a = ...\n\n{BEGIN}\na = 1\n{END}\n\ncheck(a)", "a = ...\n\ncheck(a)"),
        (f"{BEGIN}\na = 1\n{END}\n\n{BEGIN}\nb = 1\n{END}\nc = 1", "c = 1"),
    ],
)
def test_what_is_cut(solution, exercise):
    assert exercises.without_solution(solution) == exercise


@pytest.mark.parametrize(
    "source", [BEGIN, END, f"{END}\n{BEGIN}", f"{BEGIN}\n{BEGIN}\n{END}", f"{BEGIN}\n{END}\n{END}"]
)
def test_marker_without_partner(source):
    with pytest.raises(ValueError, match="SOLUTION"):
        exercises.without_solution(source)


LINES = st.lists(st.sampled_from(["a = ...", "", "    b", "check(a)", "# c"]), max_size=8)


@given(LINES, LINES, LINES)
def test_lines_outside_stay_and_lines_inside_go(before, inside, after):
    secret = [f"{line} secret" for line in inside]
    left = exercises.without_solution("\n".join([*before, BEGIN, *secret, END, *after]))
    assert "secret" not in left
    written = [line for line in before + after if line.strip()]
    assert [line for line in left.splitlines() if line.strip()] == written


def test_cell_of_bad_marker_is_named(solution):
    with pytest.raises(ValueError, match=r"solutions/01_a_river.ipynb, cell \d+: .*BEGIN"):
        exercises.exercise_from(with_cell(solution, code(BEGIN)))


def test_tagged_cells_and_foreign_keys_are_left_out(solution):
    secretive = changed(solution, key="1860")
    secretive.content["metadata"]["course"]["tasks"][0]["answer"] = "1860"
    for cell in (markdown("Secret.", "solution"), code("secret = 1", "solution")):
        secretive = with_cell(secretive, cell)
        secretive.content["cells"][-1]["id"] += str(len(secretive.content["cells"]))
    made = exercises.exercise_from(secretive)
    text = json.dumps(made)
    assert "ecret" not in text
    assert "1860" not in text
    assert made["metadata"]["course"]["kind"] == "exercise"


def test_source_is_not_changed_and_result_is_stable(solution):
    before = deepcopy(solution.content)
    assert exercises.exercise_from(solution) == exercises.exercise_from(solution)
    assert solution.content == before


def test_outputs_do_not_go_over(solution):
    ran = deepcopy(solution.content)
    for cell in ran["cells"]:
        if cell["cell_type"] == "code":
            cell |= {
                "execution_count": 1,
                "outputs": [{"output_type": "stream", "name": "stdout", "text": "Secret."}],
            }
    ran = Notebook(solution.path, ran, solution.root)
    assert exercises.exercise_from(ran) == exercises.exercise_from(solution)


def test_command_makes_and_checks(solution, capsys):
    root, path = str(solution.root), exercises.exercise_path(solution.path)
    assert exercises.main(["--check", "--root", root]) == 0
    path.unlink()
    assert exercises.main(["--check", "--root", root]) == 1
    assert not path.exists()
    assert exercises.main(["--root", root]) == 0
    assert exercises.main(["--check", "--root", root]) == 0
    assert "has not been made" in capsys.readouterr().out


def edit_solution(solution: Notebook) -> None:
    text = solution.path.read_text(encoding="utf-8")
    solution.path.write_text(text.replace("Task number 1", "Task number one"), encoding="utf-8")


def test_untouched_exercise_is_made_anew(solution):
    root, path = str(solution.root), exercises.exercise_path(solution.path)
    content = read(path).content
    content["cells"][1] |= {"execution_count": 3}  # opened, run and saved, nothing written
    path.write_text(json.dumps(content), encoding="utf-8")
    edit_solution(solution)
    assert exercises.main(["--check", "--root", root]) == 1
    assert exercises.main(["--root", root]) == 0
    assert "Task number one" in path.read_text(encoding="utf-8")


def test_work_of_a_student_is_not_overwritten(solution, capsys):
    root, path = str(solution.root), exercises.exercise_path(solution.path)
    worked = path.read_text(encoding="utf-8").replace("answer_1 = ...", "answer_1 = 1841")
    path.write_text(worked, encoding="utf-8")
    edit_solution(solution)
    assert exercises.main(["--root", root]) == 1
    assert path.read_text(encoding="utf-8") == worked
    assert "left alone" in capsys.readouterr().out
    assert exercises.main(["--force", "--root", root]) == 0
    assert "answer_1 = 1841" not in path.read_text(encoding="utf-8")


def test_file_that_cannot_be_read_is_not_overwritten(solution):
    path = exercises.exercise_path(solution.path)
    path.write_text("half a noteb")
    assert exercises.main(["--root", str(solution.root)]) == 1
    assert path.read_text() == "half a noteb"


def test_bad_solution_is_reported(solution, capsys):
    solution.path.write_text("{")
    assert exercises.main(["--root", str(solution.root)]) == 2
    assert "not a notebook" in capsys.readouterr().err
