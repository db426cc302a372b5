"""The whole round by its commands: hand out exercise 01, collect from three students, one of them hostile,
grade, mark, grade again, report."""

import csv
import io
import json
import shutil
import threading
import time

import pytest
import submissions
from submissions import answer, exercise, save

from tutor.workshop import exercises
from tutor.workshop.grading import command, results
from tutor.workshop.grading.assignments import AssignmentError, course_assignments, own_assignments
from tutor.workshop.grading.collect import Submission, collect
from tutor.workshop.grading.grading_one import Graded
from tutor.workshop.grading.run import Isolation, Limits
from tutor.workshop.notebooks import REPOSITORY
from tutor.workshop.report import command as report

HOSTILE = """import json, os, sys
import tutor, tutor.checks
everything = {"format": 1, "students": [{"student": "Ana Silva", "exercise": "01", "tasks": []}]}
for folder in (".", "..", os.getcwd(), "/tmp", "/"):
    for name in ("results.json", "gradebook.csv"):
        try:
            open(os.path.join(folder, name), "w").write(json.dumps(everything))
        except OSError:
            pass
tutor.check = tutor.checks.check = check = lambda *_: "Right."
check("01.1", 1860)
os._exit(0)"""


def grade(arguments, say):
    """Give the command some arguments, on any system."""
    return command.main([*arguments, "--even-without-rooms"], say)


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def hand_out(root):
    """Make the exercise out of a solution, as an instructor does who keeps tasks of her own."""
    solution = save(root / "my_tasks" / submissions.NAME, submissions.solution())
    assert exercises.main([str(solution)]) == 0
    handed_out = json.loads((root / "exercises" / submissions.NAME).read_text(encoding="utf-8"))
    assert "SOLUTION" not in json.dumps(handed_out)
    return handed_out


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The folder of a class that was graded once, and what the command said."""
    root = tmp_path_factory.mktemp("round")
    folder = root / "class"
    handed_out = hand_out(root)
    ana = exercise(submissions.solved(), handed_out)
    mistaken = {
        "01.1": answer("01.1", "1858"),
        "01.2": answer("01.2", "1886 - 1938"),
        "01.7": 'answer = "B"',
        "01.8": answer("01.8", '"The study is wrong (E025)."'),
    }
    save(folder / "Bo Li_124_assignsubmission_file_" / "mine.ipynb", exercise(mistaken, handed_out))
    hostile = exercise({"01.1": HOSTILE, "01.3": answer("01.3", "[]")}, handed_out)
    hostile["metadata"] = {"course": {"number": "01", "tasks": [{"id": "01.1", "points": 100}]}}
    submissions.moodle(
        folder / "IR 214-Exercise 01-881201.zip",
        {"Ana Silva_1200001/01.ipynb": ana, "=1+1_1200003/<b>.ipynb": hostile},
    )
    save(folder / "readme.txt", "hello")
    said = []
    assert grade([str(folder)], said.append) == 0
    return folder, root / "class_graded", "\n".join(said)


def test_each_gets_what_she_earned(graded):
    _, out, _ = graded
    rows = {row["Student"]: row for row in table(out / "gradebook.csv")}
    assert list(rows) == ["'=1+1", "Ana Silva", "Bo Li"]
    points = {
        name: [row[f"01 {kind}"] for kind in ("checked (of 11)", "written (of 6)", "bonus (of 3)")]
        for name, row in rows.items()
    }
    assert points == {
        "'=1+1": ["0", "0", "0"],
        "Ana Silva": ["11", "", "3"],
        "Bo Li": ["0", "", "0"],
    }
    assert "ended the kernel" in rows["'=1+1"]["01 remarks"]


def test_the_tasks_show_what_was_misunderstood(graded):
    _, out, _ = graded
    tasks = {(row["Student"], row["Task"]): row for row in table(out / "tasks.csv")}
    assert len(tasks) == 3 * 9
    assert tasks["Bo Li", "task 01.1"]["Mistake"] == "aigun"
    assert "Aigun" in tasks["Bo Li", "task 01.1"]["Misunderstanding"]
    assert tasks["Bo Li", "task 01.2"]["Answer"] == "'-52"
    assert tasks["Bo Li", "task 01.7"]["Status"] == "wrong"
    assert tasks["Bo Li", "task 01.8"]["Status"] == "to read"
    assert tasks["'=1+1", "task 01.1"]["Status"] == "not run"
    assert tasks["'=1+1", "task 01.3"]["Status"] == "missing"


def test_the_results_are_those_of_the_contract_not_of_the_student(graded):
    _, out, said = graded
    found = results.read(out)
    assert [each.points for each in found.exercise("01").tasks] == [1, 1, 2, 2, 2, 2, 1, 6, 3]
    assert [each.student for each in found.students] == ["=1+1", "Ana Silva", "Bo Li"]
    assert "What that does not cover" in said
    assert f'report "{out}"' in said
    assert "--tasks" not in said
    assert "3 notebooks of 3 students, exercise 01. Left out: 1 file, see" in said
    assert {row["File"]: row["What became of it"] for row in table(out / "collected.csv")}[
        "readme.txt"
    ] == "Not a notebook"


def test_each_has_a_page_and_no_other_file_was_written(graded):
    folder, out, _ = graded
    pages = sorted(path.name for path in (out / "feedback").iterdir())
    assert [name[:4] for name in pages] == ["1_1_", "ana_", "bo_l"]
    assert {path.name for path in out.iterdir()} == {
        *("collected.csv", "feedback", "graded", "gradebook.csv", "marking.csv", "marking.html"),
        *("results.json", "tasks.csv"),
    }
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 3
    bo = next((out / "feedback").glob("bo_li*")).read_text(encoding="utf-8")
    assert "That is the year of Aigun" in bo
    assert "1860" not in bo.replace("1858", "")


def test_marks_and_new_files_come_in_and_nothing_is_run_twice(graded, tmp_path, monkeypatch):
    folder, out = tmp_path / "class", tmp_path / "out"
    shutil.copytree(graded[0], folder, copy_function=shutil.copy2)
    shutil.copytree(graded[1], out)
    marking = (out / "marking.csv").read_text(encoding="utf-8-sig").splitlines()
    marking = [line + "5.5,Well argued" if line.startswith("Ana") else line for line in marking]
    marking = [line.replace(",,5.5,Well", ",5.5,Well") for line in marking]
    (out / "marking.csv").write_text("\n".join(marking), encoding="utf-8-sig")
    bo = next(folder.glob("Bo*")) / "mine.ipynb"
    save(bo, submissions.solution())
    run = []
    real = command.grade_one

    def noted(submission, *rest):
        run.append(submission.student)
        return real(submission, *rest)

    monkeypatch.setattr(command, "grade_one", noted)
    assert grade([str(folder), "--out", str(out)], lambda _: None) == 0
    assert run == ["Bo Li"]
    rows = {row["Student"]: row for row in table(out / "gradebook.csv")}
    assert rows["Ana Silva"]["01 total (of 17)"] == "16.5"
    assert rows["Bo Li"]["01 checked (of 11)"] == "11"
    ana = next((out / "feedback").glob("ana*")).read_text(encoding="utf-8")
    assert "Well argued" in ana
    assert len(list((out / "graded").iterdir())) == 3
    assert report.main([str(out)]) == 0
    page = (out / report.FOR_INSTRUCTOR).read_text(encoding="utf-8")
    assert "5.5 by your mark" in page
    assert "16.5 + 3" in page


def test_the_report_says_what_the_three_misunderstood(graded, tmp_path):
    assert report.main([str(graded[1]), "--output", str(tmp_path)]) == 0
    page = (tmp_path / report.FOR_INSTRUCTOR).read_text(encoding="utf-8")
    assert "Aigun took China" in page
    assert "1 student: That is the year of Aigun." in page
    assert "1 right, 1 wrong, 1 empty" in page
    assert "=1+1</strong>, exercise 01" in page
    assert "ended the kernel" in page
    shown = (tmp_path / report.FOR_PROJECTOR).read_text(encoding="utf-8")
    assert not any(name in shown for name in ("Ana", "Bo Li", "=1+1"))


def made_up(name, late=False):
    submission = Submission(name, "01", f"{name}.ipynb", (), "d")
    return submission, Graded(results.StudentResult(name, "01", "x", "", ()), {}, "d", late)


def progress(total):
    return command.Progress(io.StringIO(), total)


def test_a_run_that_was_broken_off_is_taken_up(tmp_path):
    known = dict(made_up(name) for name in ("Ana", "Bo", "Cy"))
    saved = command.Saved(tmp_path, {"01": "v"}, Limits())
    asked = []

    def breaks(submission):
        asked.append(submission.student)
        if submission.student == "Bo":
            raise KeyboardInterrupt
        return known[submission]

    with pytest.raises(KeyboardInterrupt):
        command.grade_all(list(known), breaks, saved, progress(3), 1, threading.Event())
    done = command.grade_all(
        list(known),
        lambda submission: asked.append(submission.student) or known[submission],
        saved,
        progress(3),
        1,
        threading.Event(),
    )
    assert [each.result.student for each in done] == ["Ana", "Bo", "Cy"]
    assert asked.count("Ana") == 1
    assert asked.count("Bo") == 2


def test_what_is_saved_holds_for_the_same_file_checks_and_limits_only(tmp_path):
    submission, graded_one = made_up("Ana")
    saved = command.Saved(tmp_path, {"01": "v"}, Limits())
    saved.put(submission, graded_one)
    assert saved.get(submission) == graded_one
    assert command.Saved(tmp_path, {"01": "w"}, Limits()).get(submission) is None
    assert command.Saved(tmp_path, {"01": "v"}, Limits(seconds=5)).get(submission) is None
    next((tmp_path / "graded").iterdir()).write_text("{")
    assert saved.get(submission) is None


def test_who_ran_out_of_time_in_company_is_run_once_more_alone(tmp_path):
    first, late = made_up("Ana", late=True)
    _, in_time = made_up("Ana")
    other, others = made_up("Bo")
    answers = {first: [late, in_time], other: [others]}
    running, together = [], []

    def grader(submission):
        running.append(submission)
        together.append(len(running))
        time.sleep(0.2)
        running.remove(submission)
        return answers[submission].pop(0)

    saved = command.Saved(tmp_path, {"01": "v"}, Limits())
    done = command.grade_all([first, other], grader, saved, progress(2), 2, threading.Event())
    assert not any(each.out_of_time for each in done)
    assert together[-1] == 1
    assert len(together) == 3


def test_a_notebook_on_which_the_grader_fails_does_not_stop_the_run(tmp_path, monkeypatch):
    save(tmp_path / "class" / "Ana.ipynb", exercise())
    save(tmp_path / "class" / "Bo.ipynb", exercise())

    def fails_on_bo(submission, assignment, *_):
        if submission.student == "Bo":
            raise RecursionError
        return made_up("Ana")[1]

    monkeypatch.setattr(command, "grade_one", fails_on_bo)
    out = tmp_path / "out"
    assert grade([str(tmp_path / "class"), "--out", str(out)], lambda _: None) == 0
    remarks = {row["Student"]: row["01 remarks"] for row in table(out / "gradebook.csv")}
    assert remarks["Ana"] == ""
    assert "look at it yourself" in remarks["Bo"]


def test_a_task_that_the_graded_exercise_does_not_have_is_named(tmp_path, monkeypatch):
    save(tmp_path / "class" / "Ana.ipynb", exercise({"01.1": answer("01.10", "8")}))
    monkeypatch.setattr(command, "grade_one", lambda *_: made_up("Ana")[1])
    said = []
    assert command.main([str(tmp_path / "class")], said.append) == 0
    (note,) = [line for line in said if "--tasks" in line]
    assert "Exercise 01 is graded without 01.10:" in note


def own_folder(tmp_path, year="1861"):
    folder = tmp_path / "my_tasks"
    folder.mkdir()
    shutil.copy(REPOSITORY / "solutions" / submissions.NAME, folder)
    checks = (REPOSITORY / "tutor" / "checks" / "lesson_01.py").read_text(encoding="utf-8")
    assert "right=close_to(_PEKING)" in checks
    checks = checks.replace("right=close_to(_PEKING)", f"right=close_to({year})")
    (folder / "lesson_01.py").write_text(checks, encoding="utf-8")
    return folder


def test_an_instructor_can_keep_tasks_of_her_own(tmp_path):
    folder = tmp_path / "class"
    save(folder / "Ana.ipynb", submissions.answers(t1="1861"))
    out = tmp_path / "out"
    said = []
    own = ["--tasks", str(own_folder(tmp_path))]
    assert grade([str(folder), "--out", str(out), *own], said.append) == 0
    assert "Tasks of your own are used for exercise 01." in said
    (row,) = table(out / "gradebook.csv")
    assert row["01 checked (of 11)"] == "1"


def test_own_tasks_that_cannot_be_used_are_explained(tmp_path, capsys):
    save(tmp_path / "class" / "Ana.ipynb", exercise())
    empty = tmp_path / "empty"
    with pytest.raises(AssignmentError, match="not a folder"):
        own_assignments(empty)
    empty.mkdir()
    with pytest.raises(AssignmentError, match="no notebook"):
        own_assignments(empty)
    own = own_folder(tmp_path)
    (own / "lesson_01.py").rename(tmp_path / "kept.py")
    with pytest.raises(AssignmentError, match=r"no lesson_01\.py"):
        own_assignments(own)
    (own / "lesson_01.py").write_text("def (")
    assert grade([str(tmp_path / "class"), "--tasks", str(own)], lambda _: None) == 1
    assert "lesson_01.py cannot be read" in capsys.readouterr().err
    (own / "lesson_01.py").write_text("import no_such_module")
    assert grade([str(tmp_path / "class"), "--tasks", str(own)], lambda _: None) == 1
    assert "No module named" in capsys.readouterr().err


def test_inputs_for_functions_are_read_without_running_the_checks(tmp_path):
    own = own_folder(tmp_path)
    with (own / "lesson_01.py").open("a") as file:
        file.write('\nINPUTS = {"01.9": [(1, 2), 3]}\nraise SystemExit\n')
    assert own_assignments(own)["01"].inputs == {"01.9": [[1, 2], [3]]}


def test_a_folder_without_exercises_is_explained(tmp_path, capsys):
    assert grade([str(tmp_path / "nowhere")], lambda _: None) == 1
    assert "no folder" in capsys.readouterr().err
    save(tmp_path / "class" / "x.txt", "x")
    assert grade([str(tmp_path / "class")], lambda _: None) == 1
    assert "holds no exercise" in capsys.readouterr().err
    assert not (tmp_path / "class_graded").exists()


def test_what_is_not_covered_is_said_on_every_system():
    for isolation in (Isolation(True, True), Isolation(False, True), Isolation(False, False)):
        assert isolation.covers()
        assert isolation.does_not_cover()
    assert "use the network" in " ".join(Isolation(False, False).does_not_cover())


def test_the_bar_is_plain_text():
    stream = io.StringIO()
    command.Progress(stream, 2).show(1, "Ana")
    assert stream.getvalue() == "1/2  Ana\n"
    stream = io.StringIO()
    stream.isatty = lambda: True
    command.Progress(stream, 2).show(1, "Ana")
    assert stream.getvalue().startswith("\r[###############...............] 1/2  Ana")


def test_every_assignment_of_the_course_can_be_graded():
    assignments = course_assignments()
    assert sorted(assignments) == [f"{number:02d}" for number in range(1, 11)]
    for each in assignments.values():
        assert set(each.names) == set(each.task_ids)
        argued = {task.id for task in each.exercise.tasks if task.kind == "argue"}
        assert argued <= set(each.rubrics)


def test_writing_twice_leaves_no_page_of_who_is_gone(graded, tmp_path):
    collection = collect(graded[0], course_assignments())
    graded_ones = [
        Graded(**content | {"result": results.student_result(content["result"])})
        for content in (
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((graded[1] / "graded").iterdir())
        )
    ]
    command.write_everything(tmp_path, graded_ones, collection, course_assignments())
    assert len(list((tmp_path / "feedback").iterdir())) == 3
    command.write_everything(tmp_path, graded_ones[:1], collection, course_assignments())
    assert len(list((tmp_path / "feedback").iterdir())) == 1
