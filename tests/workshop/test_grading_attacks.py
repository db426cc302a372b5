"""What students tried who wanted points without answers, or to hurt others; none of it may work again."""

import json
import signal
import sys
import textwrap
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import submissions
from submissions import IMPORT, answer, assignment, code, save

import tutor
from tutor.workshop.grading import collect as collecting
from tutor.workshop.grading import command, marking, pages, room, student_names
from tutor.workshop.grading.collect import Submission, SubmittedCell, collect, recognise
from tutor.workshop.grading.gradebook import armed, safe
from tutor.workshop.grading.grading_one import not_graded
from tutor.workshop.grading.run import Isolation, Limits, find_isolation, run_apart
from tutor.workshop.grading.values import rebuild, shown

LINUX = sys.platform.startswith("linux")
LIMITS = Limits(cell_seconds=10, seconds=60, memory_megabytes=500)
ASSIGNMENTS = {"01": assignment()}


@pytest.fixture
def comes_to_an_end():
    """End a test that would run for hours, where the system can: no test measures a time."""
    if not hasattr(signal, "alarm"):
        yield
        return

    def ring(*_):
        raise AssertionError("it does not come to an end")

    before = signal.signal(signal.SIGALRM, ring)
    signal.alarm(120)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    return room.furnish(tmp_path_factory.mktemp("room") / "course")


@pytest.fixture(scope="module")
def isolation(furnished):
    return find_isolation(furnished)


@pytest.fixture
def run(furnished, isolation):
    def run_cells(*sources, isolation=isolation):
        if not isolation.namespaces and LINUX:
            pytest.skip("this system gives no namespaces to users")
        cells = code(IMPORT, *(textwrap.dedent(source) for source in sources))
        return run_apart(cells, assignment(), furnished, isolation, LIMITS)

    return run_cells


def found_in(done):
    return [item["text"] for item in done.handed["01.3"][0]["list"]]


def submission(student="Ana"):
    return Submission(student, "01", "a.ipynb", tuple(code(IMPORT)), "digest")


# --- before anything runs -------------------------------------------------------------------------


@pytest.mark.usefixtures("comes_to_an_end")
def test_a_million_empty_lines_stop_nobody():
    cells = (SubmittedCell("", False, "\n" * 1_000_000),)
    assert recognise(cells, ASSIGNMENTS) is None


@pytest.mark.usefixtures("comes_to_an_end")
@pytest.mark.parametrize("part", ["copy  ", "copy 1", " - v1", "_" * 5, "(1) ", "exercise_"])
def test_a_name_of_many_parts_stops_nobody(part):
    name = f"{part * 40}X.ipynb"
    owner = student_names.owners([(name,)], ["01_cold_war_history"])[(name,)]
    assert owner.name


def test_copies_are_still_taken_off_a_name():
    for name in (
        "Ana Silva copy 2",
        "Ana Silva - copy",
        "Ana Silva copy copy (1)",
        "Ana Silva final",
    ):
        assert student_names.owners([(name,)])[(name,)].name == "Ana Silva"


@pytest.mark.usefixtures("comes_to_an_end")
def test_names_in_a_zip_file_are_no_longer_and_no_deeper_than_on_a_disk(tmp_path):
    archive = tmp_path / "class" / "Ana Silva.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("1_" * 30_000 + "x.ipynb", "{")
        file.writestr("1/" * 30_000 + "x.ipynb", "{")
        file.writestr("good.ipynb", json.dumps(submissions.solution()))
    save(archive.parent / "Bo Li" / "01.ipynb", submissions.solution())
    found = collect(archive.parent, ASSIGNMENTS)
    assert {each.student for each in found.submissions} == {"Ana Silva", "Bo Li"}
    places = [each.file for each in (*found.submissions, *found.leftovers)]
    assert max(len(part) for place in places for part in place.split("/")) <= 255
    assert "Ana Silva.zip/1/.../x.ipynb" in places


def test_a_zip_file_of_endless_entries_is_not_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(collecting, "MOST_ENTRIES", 3)
    archive = tmp_path / "class" / "Ana Silva.zip"
    archive.parent.mkdir()
    with zipfile.ZipFile(archive, "w") as file:
        for count in range(4):
            file.writestr(f"{count}/", "")
    monkeypatch.setattr(zipfile.ZipFile, "infolist", lambda _: pytest.fail("it was listed"))
    (leftover,) = collect(archive.parent, ASSIGNMENTS).leftovers
    assert "far too many files" in leftover.why


def test_what_was_read_of_a_file_is_not_kept(tmp_path, monkeypatch):
    save(tmp_path / "Ana" / "01.ipynb", submissions.solution())
    save(tmp_path / "Bo" / "01.ipynb", submissions.solution())
    save(tmp_path / "Bo" / "picture.png", "x" * 1_000)
    kept = []
    newest = collecting._newest

    def watched(candidates, assignments):
        kept.extend(candidates)
        return newest(candidates, assignments)

    monkeypatch.setattr(collecting, "_newest", watched)
    found = collect(tmp_path, ASSIGNMENTS)
    assert len(kept) == 2
    assert not any(each.file.content for each in kept)
    assert len(found.submissions[0].digest) == 64


# --- in the room ----------------------------------------------------------------------------------

UNCOUNTED = """
    import ctypes, mmap, os
    found = []
    library = ctypes.CDLL(None, use_errno=True)
    def attempt(name, action):
        try:
            if action():
                found.append(name)
        except (OSError, AttributeError):
            pass
    attempt("memory file", lambda: os.memfd_create("x") > 0)
    attempt("System V", lambda: library.shmget(0, 1_000_000, 0o1600) >= 0)
    attempt("messages", lambda: library.msgget(0, 0o1600) >= 0)
    attempt("shared", lambda: mmap.mmap(-1, 1_000_000))
    attempt("zero", lambda: mmap.mmap(os.open("/dev/zero", os.O_RDWR), 4096))
    keyctl = {"x86_64": 250, "aarch64": 219}[os.uname().machine]
    attempt("keys", lambda: library.syscall(keyctl, 0, -3, 0) > 0)
    attempt("rings", lambda: library.syscall(425, 4, ctypes.create_string_buffer(200)) > 0)
    attempt("ptrace", lambda: library.ptrace(16, os.getppid(), 0, 0) == 0)
    import socket
    one, other = socket.socketpair()
    before = one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * before)
    attempt("buffers", lambda: one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF) > before)
    private = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if not private:
        found.append("no memory at all")
"""


def test_memory_that_no_limit_sees_is_refused(run):
    warden = 'attempt("warden", lambda: open("/proc/1/cmdline").read())\n'
    done = run(f'{textwrap.dedent(UNCOUNTED)}{warden}check("01.3", found or ["nothing"])')
    assert found_in(done) == ["nothing"]


@pytest.mark.skipif(not LINUX, reason="what the kernel of Linux refuses")
def test_memory_that_no_limit_sees_is_refused_without_a_room_too(furnished):
    cells = code(IMPORT, f'{textwrap.dedent(UNCOUNTED)}check("01.3", found or ["nothing"])')
    limited = Isolation(namespaces=False, limits=True)
    done = run_apart(cells, assignment(), furnished, limited, LIMITS)
    # Whoever lives in the same /dev has its devices.
    assert [each for each in found_in(done) if each != "zero"] in ([], ["nothing"])


def test_what_sockets_hold_counts_as_memory(run):
    done = run(
        answer("01.1", "1860"),
        """
        import os, socket, time
        for _ in range(8):
            if not os.fork():
                held = [socket.socketpair() for _ in range(200)]
                time.sleep(30)
                os._exit(0)
        time.sleep(4)
        """,
    )
    assert "500 MB of memory" in done.trouble
    assert int(done.handed["01.1"][0]["whole"]) == 1860


def test_a_single_file_can_be_hidden(run, isolation):
    hidden = replace(isolation, hidden=("/usr/bin/env",))
    look = """
        try:
            seen = open("/usr/bin/env", "rb").read()
        except OSError:
            seen = b""
        check("01.3", [str(len(seen))])
    """
    assert found_in(run(look, isolation=hidden)) == ["0"]


def test_a_notebook_that_broke_off_is_run_once_more_alone(run):
    done = run("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    assert "broke off" in done.trouble
    assert done.out_of_time


# --- after it -------------------------------------------------------------------------------------


def test_half_a_letter_in_an_argument_stops_nobody():
    value = rebuild({"text": "half \ud83d of it"})
    assert marking.text_key(value)
    assert marking.text_key(shown(value))


def test_a_table_of_no_dimension_can_be_shown():
    assert "1.0" in shown(rebuild({"array": ["float64", [], [{"real": "0x1p0"}]]}))


def test_no_name_takes_the_place_of_another_students_page():
    names = [
        f"Ana Silva{chr(0x4E00 + one)}{chr(0x4E00 + two)}"
        for one in range(150)
        for two in range(150)
    ]
    files = {pages.file_name(name) for name in names}
    assert len(files) == len(names)


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("Ana;=HYPERLINK(1)", "Ana;'=HYPERLINK(1)"),
        ("Ana, =1+1", "Ana, '=1+1"),
        ("x,-2+3+cmd|' /C calc'!A0", "x,'-2+3+cmd|' /C calc'!A0"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("[1, -2, -0.5]", "[1, -2, -0.5]"),
        ("Silva, Ana", "Silva, Ana"),
    ],
)
def test_no_separator_of_any_spreadsheet_begins_a_formula(cell, written):
    assert safe(cell) == written
    assert armed(written) == cell


def test_what_the_grader_failed_on_is_tried_again(tmp_path):
    saved = command.Saved(tmp_path, {"01": "v"}, LIMITS)
    failed = not_graded(submission(), assignment(), OSError())
    saved.put(submission(), failed)
    assert saved.get(submission()) is None
    saved.put(submission(), replace(failed, failed=False))
    assert saved.get(submission()) is not None


# --- where there are no rooms ---------------------------------------------------------------------


@pytest.fixture
def graded_where(tmp_path, monkeypatch):
    """Grade one submission on a system of some kind; nothing is run in earnest."""
    save(tmp_path / "class" / "Ana" / "01.ipynb", submissions.solution())
    seen = []

    def stub(submission, assignment, furnished, isolation, limits, stop):
        seen.append(isolation)
        return not_graded(submission, assignment, OSError())

    def grade(namespaces, *options):
        isolation = Isolation(namespaces=namespaces, limits=True)
        monkeypatch.setattr(command, "find_isolation", lambda _: isolation)
        monkeypatch.setattr(command, "grade_one", stub)
        return command.main([str(tmp_path / "class"), *options], lambda _: None), seen

    return grade


def test_without_rooms_nothing_is_run_unless_the_instructor_says_so(graded_where, capsys):
    code, seen = graded_where(False)
    assert code == 1
    assert not seen
    said = capsys.readouterr().err
    assert "--even-without-rooms" in said
    assert "nothing was run" in said
    assert "can read and change whatever you can" in said
    assert graded_where(False, "--even-without-rooms")[0] == 0
    assert len(seen) == 1


def test_checks_are_hidden_wherever_python_holds_them(graded_where, tmp_path):
    _, (isolation,) = graded_where(True)
    package = Path(tutor.__file__).parent.resolve()
    assert {str(package), str(tmp_path / "class")} <= set(isolation.hidden)
    assert str(package.parent / "tests") in isolation.hidden
    assert str(package.parent / ".git") in isolation.hidden
