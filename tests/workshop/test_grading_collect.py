import io
import json
import os
import sys
import zipfile

import pytest
import submissions
from submissions import save

from tutor.workshop.grading import collect as collecting
from tutor.workshop.grading.assignments import course_assignments
from tutor.workshop.grading.collect import collect
from tutor.workshop.grading.student_names import owners

PLAIN = submissions.exercise()


def zipped(members, **keywords):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            if isinstance(content, dict):
                content = json.dumps(content)
            archive.writestr(name, content)
    return buffer.getvalue()


def found(folder):
    return {each.student: each for each in collect(folder, course_assignments()).submissions}


def reasons(folder):
    return {each.file: each.why for each in collect(folder, course_assignments()).leftovers}


@pytest.mark.parametrize(
    ("names", "students"),
    [
        (
            [
                "Ana Silva_123_assignsubmission_file_/x.ipynb",
                "Bo Li_4_assignsubmission_file_x.ipynb",
            ],
            ["Ana Silva", "Bo Li"],
        ),
        (["silvaana_LATE_12_345_ex-1.ipynb", "libo_77_888_01.ipynb"], ["silvaana", "libo"]),
        (["Ex 1_silvaa_attempt_2026-02-03-10-11-12_e.ipynb"], ["silvaa"]),
        (["1-2 - Ana Silva - Feb 3, 2026 1011 AM/e.ipynb"], ["Ana Silva"]),
        (["Ana Silva/01.ipynb", "Bo Li/week 1/final.ipynb"], ["Ana Silva", "Bo Li"]),
        (["all/week 1/Ana/01.ipynb", "all/week 1/Bo/01.ipynb"], ["Ana", "Bo"]),
        (["exercise 1/Ana.ipynb", "exercise 2/Ana.ipynb"], ["Ana", "Ana"]),
        (
            [
                "01_cold_war_history_Ana_Silva.ipynb",
                "Bo Li 01.ipynb",
                "Cy-01_cold_war_history (1).ipynb",
            ],
            ["Ana Silva", "Bo Li", "Cy"],
        ),
        (["01_cold_war_history-Copy1.ipynb"], ["(no name) 01 cold war history-Copy1"]),
        (["김민지.ipynb", "Đặng Thị Hà_01.ipynb"], ["김민지", "Đặng Thị Hà"]),
        (["s1234567.ipynb", "7654321.ipynb"], ["s1234567", "7654321"]),
        (["class.zip/Ana/x.ipynb", "class.zip/Bo/x.ipynb"], ["Ana", "Bo"]),
        (["Ana.zip/x.ipynb", "Bo.zip/x.ipynb"], ["Ana", "Bo"]),
        (
            [
                "TU101-Exercise 1-77.zip/Ana_1_assignsubmission_file_/x.ipynb",
                "TU101-Exercise 1-77.zip/Bo_2_assignsubmission_file_/x.ipynb",
                "TU101-Exercise 2-78.zip/Ana_3_assignsubmission_file_/x.ipynb",
                "TU101-Exercise 2-78.zip/Bo_4_assignsubmission_file_/x.ipynb",
            ],
            ["Ana", "Bo", "Ana", "Bo"],
        ),
        (["TU101-77.zip/Ana_1_assignsubmission_file_/x.ipynb"], ["Ana"]),
        (
            [
                "TU101-Exercise 1-77.zip/Ana_1_assignsubmission_file_/x.ipynb",
                "TU101-Exercise 1-77.zip/Bo_2_assignsubmission_file_/x.ipynb",
                "TU101-Exercise 2-78.zip/Ana_3_assignsubmission_file_/x.ipynb",
                "Bo_4_assignsubmission_file_/late.ipynb",
            ],
            ["Ana", "Bo", "Ana", "Bo"],
        ),
        (
            [
                "gradebook_IR214_Exercise201_2026-02-03-10-11-12.zip/"
                "Exercise 1_silvaa_attempt_2026-02-01-09-00-00_x.ipynb",
                "Exercise 02 Download Feb 3, 2026 1011 AM.zip/"
                "12-34 - Bo Li - Feb 2, 2026 900 AM/x.ipynb",
                "Cy Late/x.ipynb",
            ],
            ["silvaa", "Bo Li", "Cy Late"],
        ),
    ],
)
def test_students_are_named_as_platforms_and_people_name_them(names, students):
    places = [tuple(name.split("/")) for name in names]
    exercises = [each.stem for each in course_assignments().values()]
    owned = owners(places, exercises)
    assert [owned[place].name for place in places] == students


def test_an_exercise_is_known_by_its_cells_not_by_its_name_or_metadata(tmp_path):
    content = submissions.exercise()
    content["metadata"] = {"course": {"number": "09", "tasks": [{"id": "01.1", "points": 99}]}}
    for cell in content["cells"]:
        del cell["id"]
    save(tmp_path / "Ana" / "05_holiday pictures.IPYNB", content)
    save(tmp_path / "Bo" / "notes.txt", content)
    assert {each.exercise for each in found(tmp_path).values()} == {"01"}
    assert set(found(tmp_path)) == {"Ana", "Bo"}


@pytest.mark.parametrize("number", sorted(course_assignments()))
def test_every_exercise_of_the_course_is_recognised(number):
    folder = submissions.REPOSITORY / "exercises"
    path = next(folder.glob(f"{number}_*.ipynb"))
    assert [each.exercise for each in collect(path, course_assignments()).submissions] == [number]


def test_lessons_and_other_files_are_left_out_with_a_reason(tmp_path):
    lesson = next((submissions.REPOSITORY / "lessons").glob("03_*.ipynb"))
    save(tmp_path / "lesson.ipynb", lesson.read_bytes())
    save(tmp_path / "essay.docx", b"PK\x03\x04 but no archive")
    save(tmp_path / "essay.pdf", b"%PDF-1.7")
    save(tmp_path / "work.rar", b"Rar!")
    said = reasons(tmp_path)
    assert "none of the exercises" in said["lesson.ipynb"]
    assert "damaged" in said["essay.docx"]
    assert said["essay.pdf"] == "Not a notebook"
    assert "unpack" in said["work.rar"]
    assert not found(tmp_path)


def test_broken_notebooks_are_troubles_of_their_student(tmp_path):
    save(tmp_path / "Ana.ipynb", PLAIN)
    deep = b'{"cells": ' + b"[" * 200_000
    broken = {"Bo": b"", "Cy": b"not JSON", "Di": b"[]", "Ed": b'{"cells": 5}', "Fe": deep}
    broken["Gi"] = b'{"cells": []}'
    broken["Hu"] = b'{"cells": [{"cell_type": "code", "source": 5, "id": []}, 7, null]}'
    for name, content in broken.items():
        save(tmp_path / f"{name}.ipynb", content)
    troubles = {name: each.trouble for name, each in found(tmp_path).items()}
    assert not troubles.pop("Ana")
    assert troubles.keys() == broken.keys() - {"Hu"}
    assert all(troubles.values())
    assert "none of the exercises" in reasons(tmp_path)["Hu.ipynb"]


def test_a_huge_file_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "LARGEST_NOTEBOOK", 100_000)
    save(tmp_path / "Ana.ipynb", PLAIN)
    save(tmp_path / "Bo.ipynb", json.dumps(PLAIN) + " " * 100_000)
    assert "too large" in found(tmp_path)["Bo"].trouble
    assert not found(tmp_path)["Ana"].trouble


def test_notebooks_of_the_old_format_and_with_a_mark_of_order_are_read(tmp_path):
    cells = [
        {"cell_type": "code", "input": ['check("01.1", 1)\n', 'check("01.2", 2)']},
    ]
    save(tmp_path / "Ana.ipynb", {"nbformat": 3, "worksheets": [{"cells": cells}]})
    save(tmp_path / "Bo.ipynb", b"\xef\xbb\xbf" + json.dumps(PLAIN).encode())
    assert {each.exercise for each in found(tmp_path).values()} == {"01"}
    assert found(tmp_path)["Ana"].cells[0].source == 'check("01.1", 1)\ncheck("01.2", 2)'


def test_the_newest_of_several_is_graded_and_the_list_says_so(tmp_path):
    old = save(tmp_path / "Ana" / "first.ipynb", PLAIN)
    new = save(tmp_path / "Ana" / "again.ipynb", submissions.answers(t1="1860"))
    save(tmp_path / "Bo" / "x.ipynb", PLAIN)
    os.utime(old, (1_000_000_000, 1_000_000_000))
    assert found(tmp_path)["Ana"].file == "Ana/again.ipynb"
    assert "Ana/again.ipynb" in reasons(tmp_path)["Ana/first.ipynb"]
    os.utime(new, (900_000_000, 900_000_000))
    assert found(tmp_path)["Ana"].file == "Ana/first.ipynb"


def test_nobody_hands_in_under_the_name_of_another(tmp_path):
    as_ana = {"Ana Silva_1_assignsubmission_file_/x.ipynb": submissions.answers(t1="1")}
    save(tmp_path / "Ana Silva_1_assignsubmission_file_" / "x.ipynb", PLAIN)
    save(tmp_path / "Mal_9_assignsubmission_file_" / "x.zip", zipped(as_ana))
    save(tmp_path / "Mel" / "x.zip", zipped(as_ana))
    save(tmp_path / "mol_11_22_x.zip", zipped(as_ana))
    files = {name: each.file.split("/")[0] for name, each in found(tmp_path).items()}
    assert files == {
        "Ana Silva": "Ana Silva_1_assignsubmission_file_",
        "Mal": "Mal_9_assignsubmission_file_",
        "Mel": "Mel",
        "mol": "mol_11_22_x.zip",
    }


def test_nobody_makes_her_folder_look_like_a_platforms_download(tmp_path):
    save(tmp_path / "Ana Silva" / "x.ipynb", PLAIN)
    save(tmp_path / "Bo Li" / "x.ipynb", PLAIN)
    for name in ("Ana Silva_1", "Bo Li_2"):
        save(
            tmp_path / "Mel" / f"{name}_assignsubmission_file_x.ipynb", submissions.answers(t1="1")
        )
    files = {name: each.file.split("/")[0] for name, each in found(tmp_path).items()}
    assert files == {"Ana Silva": "Ana Silva", "Bo Li": "Bo Li", "Mel": "Mel"}


def test_two_students_of_one_name_are_told_apart_by_the_platforms_numbers(tmp_path):
    save(tmp_path / "Ana Silva_1_assignsubmission_file_" / "x.ipynb", PLAIN)
    save(tmp_path / "Ana Silva_2_assignsubmission_file_" / "x.ipynb", PLAIN)
    assert set(found(tmp_path)) == {"Ana Silva (1)", "Ana Silva (2)"}


def test_one_name_in_different_folders_is_remarked(tmp_path):
    save(tmp_path / "week 1" / "Ana.ipynb", PLAIN)
    save(tmp_path / "week 2" / "Ana.ipynb", PLAIN)
    assert "is it one person?" in reasons(tmp_path)["week 1/Ana.ipynb"]


def test_zip_files_are_opened_in_memory_and_lead_nowhere(tmp_path):
    inner = zipped({"Cy/x.ipynb": PLAIN})
    members = {
        "Ana/x.ipynb": PLAIN,
        "__MACOSX/Ana/._x.ipynb": b"noise",
        "Ana/.ipynb_checkpoints/x-checkpoint.ipynb": PLAIN,
        "../../Bo/../../escaped.ipynb": PLAIN,
        "/Di/absolute.ipynb": PLAIN,
        "inner.zip": inner,
    }
    folder = tmp_path / "in"
    save(folder / "class.zip", zipped(members))
    before = sorted(tmp_path.rglob("*"))
    files = {each.file for each in found(folder).values()}
    assert files == {
        "class.zip/Ana/x.ipynb",
        "class.zip/Bo/escaped.ipynb",
        "class.zip/Di/absolute.ipynb",
        "class.zip/inner.zip/Cy/x.ipynb",
    }
    assert sorted(tmp_path.rglob("*")) == before
    assert not reasons(folder)


def test_zip_bombs_are_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "LARGEST_NOTEBOOK", 1_000_000)
    monkeypatch.setattr(collecting, "LARGEST_ARCHIVE", 3_000_000)
    monkeypatch.setattr(collecting, "MOST_FILES", 20)
    asked = []
    read = zipfile.ZipExtFile.read

    def noted(self, size=-1):
        asked.append(size)
        return read(self, size)

    monkeypatch.setattr(zipfile.ZipExtFile, "read", noted)
    nested = zipped({"Ana.ipynb": PLAIN})
    for _ in range(5):
        nested = zipped({"x.zip": nested})
    save(tmp_path / "Ana.ipynb", PLAIN)
    save(tmp_path / "one.zip", zipped({"Bo.ipynb": b" " * 50_000_000}))
    save(tmp_path / "many.zip", zipped({f"{count}.txt": b"x" for count in range(50)}))
    save(tmp_path / "deep.zip", nested)
    save(tmp_path / "sum.zip", zipped({f"{count}.txt": b" " * 900_000 for count in range(9)}))
    said = reasons(tmp_path)
    assert list(found(tmp_path)) == ["Ana", "one"]
    assert "too large" in found(tmp_path)["one"].trouble
    assert "more than 20 files" in said["many.zip"]
    assert "too many zip files" in next(why for name, why in said.items() if "deep" in name)
    assert "too large" in said["sum.zip/8.txt"]
    assert all(0 <= size <= 3_000_001 for size in asked)


def test_locked_and_damaged_zip_files_are_reported(tmp_path):
    locked = bytearray(zipped({"Bo.ipynb": PLAIN}))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):
        at = locked.index(mark) + (6 if mark == b"PK\x03\x04" else 8)
        locked[at] |= 1
    save(tmp_path / "locked.zip", bytes(locked))
    save(tmp_path / "cut.zip", zipped({"Cy.ipynb": PLAIN})[:-40])
    save(tmp_path / "Ana.ipynb", PLAIN)
    assert "password" in found(tmp_path)["locked"].trouble
    assert "damaged" in reasons(tmp_path)["cut.zip"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="names of bytes")
def test_names_that_are_no_text_do_no_harm(tmp_path):
    (tmp_path / os.fsdecode(b"Jos\xe9\x1b[31m")).mkdir()
    save(tmp_path / os.fsdecode(b"Jos\xe9\x1b[31m") / "x.ipynb", PLAIN)
    save(tmp_path / "Bo" / "x.ipynb", PLAIN)
    (name,) = found(tmp_path).keys() - {"Bo"}
    assert name == "Jos\ufffd\ufffd[31m"
    name.encode()


def test_links_are_not_followed(tmp_path):
    outside = save(tmp_path / "outside.ipynb", PLAIN)
    folder = tmp_path / "in"
    save(folder / "Ana.ipynb", PLAIN)
    (folder / "Bo.ipynb").symlink_to(outside)
    (folder / "Cy").symlink_to(tmp_path, target_is_directory=True)
    assert "link" in found(folder)["Bo"].trouble
    assert set(found(folder)) == {"Ana", "Bo"}


def test_what_the_grader_wrote_is_not_collected(tmp_path):
    save(tmp_path / "Ana.ipynb", PLAIN)
    save(tmp_path / "out" / "Bo.ipynb", PLAIN)
    collection = collect(tmp_path, course_assignments(), leave_out=tmp_path / "out")
    assert [each.student for each in collection.submissions] == ["Ana"]


def test_files_in_a_zip_file_have_its_dates(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for year, name in ((2025, "new"), (2020, "old")):
            # Written in this order, the older file comes last.
            entry = zipfile.ZipInfo(f"Ana/{name}.ipynb", (year, 1, 1, 0, 0, 0))
            archive.writestr(entry, json.dumps(PLAIN))
    save(tmp_path / "class.zip", buffer.getvalue())
    save(tmp_path / "Bo" / "x.ipynb", PLAIN)
    assert found(tmp_path)["Ana"].file == "class.zip/Ana/new.ipynb"
