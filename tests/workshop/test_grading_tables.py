"""Gradebook, marking table and pages: what spreadsheets and browsers make of them."""

import csv
import io
import json
from dataclasses import asdict

import pytest
from submissions import assignment

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.grading import gradebook, marking, pages, results
from tutor.workshop.grading.collect import Collection, Leftover
from tutor.workshop.grading.results import (
    GradedExercise,
    GradedTask,
    Results,
    StudentResult,
    TaskResult,
)

EXERCISE = GradedExercise(
    "01",
    "Cold War history",
    (
        GradedTask("01.1", "A year", "read", 1, False),
        GradedTask("01.8", "An argument", "argue", 6, False),
        GradedTask("01.9", "A star", "compute", 3, True),
    ),
)
HOSTILE = "=cmd|'/C calc'!A0\"><script>alert(1)</script>"
TEXT = "War came first (E025).\n<img src=x onerror=alert(1)>"


def student(name, written="to read", points=None, file="a.ipynb", trouble=""):
    return StudentResult(
        name,
        "01",
        file,
        trouble,
        (
            TaskResult("01.1", "wrong", 0, 1, "aigun", "01.m1", "See [Aigun](#E001).", "Go *on*."),
            TaskResult("01.8", written, points, 6, message="Its form is complete."),
            TaskResult("01.9", "right", 3, 3, message="Yes."),
        ),
    )


def made(*students):
    return Results((EXERCISE,), students)


def rows_of(text, separator=","):
    return list(csv.reader(io.StringIO(text), delimiter=separator))


def test_results_come_back_as_they_were_written(tmp_path):
    found = made(student("Ana"), student(HOSTILE, "missing", 0, trouble="It broke off."))
    content = json.loads(results.write(found, tmp_path).read_text(encoding="utf-8"))
    assert results.read(tmp_path) == found
    assert content["format"] == 1
    assert content["exercises"] == [asdict(EXERCISE) | {"tasks": content["exercises"][0]["tasks"]}]
    assert set(content["exercises"][0]["tasks"][0]) == {"id", "title", "kind", "points", "stretch"}
    assert set(content["students"][0]) == {"student", "exercise", "file", "trouble", "tasks"}
    assert set(content["students"][0]["tasks"][0]) == {
        *("task", "status", "points", "possible", "mistake", "misconception", "message", "hint")
    }


def test_results_that_cannot_be_read_say_what_to_do(tmp_path):
    with pytest.raises(ValueError, match=f"run {COURSE} grade first"):
        results.read(tmp_path)
    (tmp_path / results.FILE_NAME).write_text('{"format": 7}')
    with pytest.raises(ValueError, match="grade again"):
        results.read(tmp_path)


def test_points_add_up_with_the_bonus_apart_and_the_argument_open():
    open_ = results.score(student("Ana"), EXERCISE)
    assert (open_.checked, open_.written, open_.total, open_.bonus, open_.possible) == (
        *(0, None, None, 3, 7),
    )
    marked = results.score(student("Ana", points=4.5), EXERCISE)
    assert (marked.written, marked.total) == (4.5, 4.5)
    assert results.score(student("Ana", "missing", 0), EXERCISE).total == 0


def test_the_gradebook_has_a_row_a_student_and_open_cells():
    second = GradedExercise("02", "The thaw", (GradedTask("02.1", "x", "read", 2, False),))
    found = Results((EXERCISE, second), (student("bo", points=5), student("Ana")))
    header, rows = gradebook.gradebook_rows(found)
    assert header[:5] == [
        *("Student", "01 checked (of 1)", "01 written (of 6)", "01 total (of 7)"),
        "01 bonus (of 3)",
    ]
    assert [row[:5] for row in rows] == [["Ana", 0, None, None, 3], ["bo", 0, 5, 5, 3]]
    assert rows[0][-1] == "nothing handed in"
    written = rows_of(gradebook.csv_text(header, rows))
    assert written[1][:5] == ["Ana", "0", "", "", "3"]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "\r=1", "|x", "%0A=1"])
def test_no_text_becomes_a_formula(name):
    ((cell, _),) = rows_of(gradebook.csv_text([name, "x"], []))
    assert cell.startswith("'")
    assert gradebook.safe(-1) == -1


def test_a_spreadsheet_knows_the_letters_and_each_cell_stays_one(tmp_path):
    name = 'Đặng, "Hà";\n김'
    path = gradebook.write_csv(tmp_path / "x.csv", ["Student", "n"], [[name, 1]], ";")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rows_of(path.read_text(encoding="utf-8-sig"), ";") == [
        ["Student", "n"],
        ['Đặng, "Hà"; 김', "1"],
    ]


def test_each_task_says_the_misunderstanding():
    header, rows = gradebook.task_rows(
        made(student("Ana")), {("Ana", "01.1"): "1858"}, {"01.m1": "Aigun *took* it."}
    )
    row = dict(zip(header, rows[0], strict=True))
    assert row["Misunderstanding"] == "Aigun took it."
    assert row["Reply"] == "See Aigun."
    assert row["Answer"] == "1858"
    assert row["Task"] == "task 01.1"


def test_every_file_is_listed():
    collection = Collection((), (Leftover("b.pdf", "", "Not a notebook"),))
    assert gradebook.collected_rows(collection)[1] == [["b.pdf", "", "", "Not a notebook"]]


def feedback(result, marks=None, given=None):
    return pages.feedback(result.student, [result], {"01": EXERCISE}, given or {}, marks or {})


def test_nothing_of_a_student_is_markup_in_a_page():
    result = student(HOSTILE, file="<b>.ipynb", trouble="<i>x</i>")
    given = {(HOSTILE, "01.1"): "<script>1</script>", (HOSTILE, "01.8"): TEXT}
    mark = {(HOSTILE, "01.8"): marking.Mark(None, "<u>", "")}
    for page in (
        feedback(result, mark, given),
        pages.marking_sheet(made(result), given, assignment().rubrics, mark),
    ):
        for tag in ("<script", "<img", "<b>", "<i>", "<u>", "onerror=alert(1)>"):
            assert tag not in page
        assert "&lt;script&gt;" in page
        assert "default-src 'none'" in page
    assert pages.file_name(HOSTILE).replace("_", "").replace(".html", "").isalnum()


def test_feedback_says_verdict_what_it_shows_and_hint():
    page = feedback(student("Ana"), given={("Ana", "01.1"): "1858", ("Ana", "01.8"): TEXT})
    for words in ("Not yet.", "See Aigun.", "Hint:</strong> Go on.", "1858", "0 of 1"):
        assert words in page
    assert "not marked yet" in page
    assert "(bonus)" in page
    assert 'href="#' not in page
    marks = {("Ana", "01.8"): marking.Mark(4, "A fair reply.", "")}
    page = feedback(student("Ana", points=4), marks)
    assert "A fair reply." in page
    assert "4 of 6" in page
    assert "not marked yet" not in page


def test_pages_of_two_students_never_share_a_name():
    names = ["Ana", "ana", "Ána", "김민지", "김지민", "../../x", "con", "a" * 300]
    files = [pages.file_name(name) for name in names]
    assert len(set(files)) == len(names)
    assert all(len(name) < 60 and "/" not in name for name in files)


def test_the_sheet_shows_the_rubric_and_the_text():
    page = pages.marking_sheet(
        made(student("Ana")), {("Ana", "01.8"): TEXT}, assignment().rubrics, {}
    )
    assert '<th scope="row">Consequence</th>' in page
    assert "War came first (E025)." in page
    assert "4 words" not in page
    assert f"{len(TEXT.split())} words. Points: not marked yet (0 to 6)" in page


def written_marks(folder, found=None, points="4.5", comment="Good."):
    texts = {("Ana", "01.8"): TEXT}
    path = marking.write_marking(folder, found or made(student("Ana")), {}, texts)
    rows = rows_of(path.read_text(encoding="utf-8-sig"))
    rows[1][-2:] = [points, comment]
    return path, rows


@pytest.mark.parametrize(
    ("separator", "encoding", "points"),
    [(",", "utf-8-sig", "4.5"), (";", "cp1252", "4,5"), ("\t", "utf-8", "4.5")],
)
def test_marks_are_read_as_spreadsheets_write_them(tmp_path, separator, encoding, points):
    path, rows = written_marks(tmp_path, points=points, comment="Très bien; vraiment, oui")
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    path.write_bytes(buffer.getvalue().encode(encoding))
    marks, problems = marking.read_marks(tmp_path)
    assert not problems
    assert marks["Ana", "01.8"].points == 4.5
    assert marks["Ana", "01.8"].comment == "Très bien; vraiment, oui"
    found, changed = marking.with_marks(made(student("Ana")), marks, {("Ana", "01.8"): TEXT})
    assert found.students[0].tasks[1].points == 4.5
    assert found.students[0].tasks[1].status == "to read"
    assert not changed
    marking.write_marking(tmp_path, found, marks, {("Ana", "01.8"): TEXT})
    assert marking.read_marks(tmp_path)[0] == marks


@pytest.mark.parametrize(
    ("points", "said"), [("7", "0 to 6"), ("-1", "0 to 6"), ("good", "number")]
)
def test_marks_that_cannot_be_are_named_with_their_row(tmp_path, points, said):
    path, rows = written_marks(tmp_path, points=points)
    gradebook.write_csv(path, rows[0], rows[1:])
    marks, (problem,) = marking.read_marks(tmp_path)
    assert "row 2 (Ana, 01.8)" in problem
    assert said in problem
    assert marks["Ana", "01.8"].points is None
    assert marks["Ana", "01.8"].comment == "Good."


def test_a_mark_stays_with_the_text_that_was_marked(tmp_path):
    path, rows = written_marks(tmp_path)
    gradebook.write_csv(path, rows[0], rows[1:])
    marks, _ = marking.read_marks(tmp_path)
    new = {("Ana", "01.8"): "Another text."}
    found, (changed,) = marking.with_marks(made(student("Ana")), marks, new)
    assert found.students[0].tasks[1].points is None
    assert "mark it again" in changed
    marking.write_marking(tmp_path, found, marks, new)
    again, _ = marking.read_marks(tmp_path)
    assert again["Ana", "01.8"].points is None
    assert again["Ana", "01.8"].comment == "Good. (before: 4.5 points)"


def test_a_hostile_name_keeps_its_marks(tmp_path):
    texts = {(HOSTILE, "01.8"): TEXT}
    found = made(student(HOSTILE))
    path = marking.write_marking(tmp_path, found, {}, texts)
    rows = rows_of(path.read_text(encoding="utf-8-sig"))
    rows[1][-2] = "3"
    gradebook.write_csv(path, rows[0], rows[1:])
    marks, _ = marking.read_marks(tmp_path)
    assert marking.with_marks(found, marks, texts)[0].students[0].tasks[1].points == 3
