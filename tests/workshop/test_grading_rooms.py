"""A hostile or broken notebook costs its own student's points at most."""

import os
import subprocess
import sys
import textwrap
from dataclasses import replace
from pathlib import Path

import pytest
from submissions import IMPORT, answer, assignment, code

from tutor.workshop.grading import confine, room
from tutor.workshop.grading.collect import Submission, SubmittedCell
from tutor.workshop.grading.grading_one import grade_one
from tutor.workshop.grading.run import Isolation, Limits, find_isolation, run_apart
from tutor.workshop.notebooks import REPOSITORY

LINUX = sys.platform.startswith("linux")
LIMITS = Limits(
    cell_seconds=3, seconds=200, memory_megabytes=500, output_megabytes=2, disk_megabytes=8
)


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    return room.furnish(tmp_path_factory.mktemp("room") / "course")


@pytest.fixture(scope="module")
def isolation(furnished):
    return find_isolation(furnished)


@pytest.fixture
def needs_room(isolation):
    if not isolation.namespaces:
        pytest.skip("this system gives no namespaces to users")


@pytest.fixture
def run(furnished, isolation):
    def run_cells(*sources, limits=LIMITS, isolation=isolation):
        return run_apart(code(IMPORT, *sources), assignment(), furnished, isolation, limits)

    return run_cells


@pytest.fixture
def grade(furnished, isolation):
    def grade_cells(cells, limits=LIMITS):
        submission = Submission("Ana", "01", "a.ipynb", tuple(cells), "digest")
        graded = grade_one(submission, assignment(), furnished, isolation, limits)
        return graded.result, {each.task: each for each in graded.result.tasks}

    return grade_cells


def dedent(source):
    return textwrap.dedent(source).strip()


def number(run, task):
    """The whole number that counts for a task."""
    return int(run.handed[task][0]["whole"])


def texts(run, task):
    return [item["text"] for item in run.handed[task][0]["list"]]


def test_a_room_holds_nothing_of_others(run, needs_room, tmp_path):
    secret = tmp_path / "other_student.ipynb"
    secret.write_text("secret")
    (REPOSITORY / "solutions").stat()
    looks = dedent(f"""
        import os, socket, subprocess, sys
        found = []
        def attempt(name, action):
            try:
                result = action()
            except BaseException:
                return
            if result:
                found.append(name)
        attempt("other submission", lambda: open({str(secret)!r}).read())
        attempt("solutions", lambda: os.listdir({str(REPOSITORY / "solutions")!r}))
        attempt("checks", lambda: __import__("tutor.checks.lesson_01"))
        attempt("workshop", lambda: __import__("tutor.workshop"))
        attempt("homes", lambda: [n for n in os.listdir("/home") if n != "student"])
        attempt("passwords", lambda: open("/etc/shadow").read())
        attempt("network", lambda: socket.create_connection(("127.0.0.1", 22), 1) or True)
        attempt("interfaces", lambda: [n for _, n in socket.if_nameindex() if n != "lo"])
        attempt("address", lambda: socket.gethostbyname("pypi.org"))
        attempt("write outside", lambda: open("/usr/x", "w"))
        attempt("write course", lambda: open("/course/tutor/x.py", "w"))
        attempt("rights", lambda: os.setuid(0) or True)
        attempt("mount", lambda: subprocess.run(["mount", "-t", "tmpfs", "x", "/tmp"]).returncode == 0)
        attempt("namespaces", lambda: subprocess.run(["unshare", "-U", "true"]).returncode == 0)
        attempt("kill the warden", lambda: os.kill(1, 9) or not os.path.exists("/proc/1"))
        attempt("warden's memory", lambda: open("/proc/1/mem", "rb"))
        attempt("driver's pipe", lambda: os.listdir(f"/proc/{{os.getppid()}}/fd"))
        attempt("environment", lambda: [n for n in os.environ if n == "TUMEN_TEST_SECRET"])
        processes = len([n for n in os.listdir("/proc") if n.isdecimal()])
        attempt("other processes", lambda: processes > 6)
        check("01.3", found or ["nothing"])
    """)
    os.environ["TUMEN_TEST_SECRET"] = "x"
    try:
        done = run(looks)
    finally:
        del os.environ["TUMEN_TEST_SECRET"]
    assert texts(done, "01.3") == ["nothing"]


def test_folders_can_be_hidden_where_the_system_is_shown(run, isolation, needs_room):
    look = 'import os\ncheck("01.3", [str(len(os.listdir(p))) for p in ("/usr/share", "/usr/bin")])'
    holds_python = str(Path(sys.prefix).parent)
    hidden = replace(isolation, hidden=("/usr/share", "/nowhere", holds_python))
    share, programs = texts(run(look, isolation=hidden), "01.3")
    assert share == "0"
    assert int(programs) > 10


def test_patching_gains_nothing_but_a_value(grade):
    result, tasks = grade(
        code(
            IMPORT,
            dedent("""
            import builtins, json, os, sys
            import tutor, tutor.checks
            class Anything(float):
                __eq__ = lambda *_: True
                __lt__ = __le__ = __gt__ = __ge__ = __eq__
                __hash__ = float.__hash__
                __sub__ = __rsub__ = __abs__ = lambda self, *_: Anything(0)
            class Text(str):
                __eq__ = lambda *_: True
                __hash__ = str.__hash__
            check("01.1", Anything(7))
            check("01.7", Text("B"))
            with open(os.environ["TUMEN_HANDED_OVER"], "a") as file:
                print(json.dumps({"task": "01.2", "status": "right", "points": 1}), file=file)
                print(json.dumps({"task": "02.1", "value": {"text": "x"}}), file=file)
                print(json.dumps({"task": "01.6", "value": {"eval": "5"}}), file=file)
                print('{"task": "01.4", "value": ' + "[" * 50000, file=file)
                print('{"task": "01.9", "value": ' + "[" * 500 + "]" * 500 + "}", file=file)
                print("\\xff\\0 not json", file=file)
            for stream in (1, 2):
                try:
                    os.write(stream, b'{"task": "01.2", "status": "right", "points": 1}\\n')
                except OSError:
                    pass
            builtins.print = builtins.any = lambda *_: True
            class Forger:
                loads = json.loads
                dumps = lambda *_, **__: '{"task": "01.5", "status": "right", "value": 1}'
            tutor.checks.json = Forger
            tutor.checks.check = tutor.check = check = lambda *_: "Right."
            """),
            'answer = 1\ncheck("01.2", answer)',
            'answer = "A"',
            dedent("""
                os.remove(os.environ["TUMEN_HANDED_OVER"])
                os.mkfifo(os.environ["TUMEN_HANDED_OVER"])
            """),
        )
    )
    assert not result.trouble
    assert not any(each.points for each in tasks.values())
    assert tasks["01.1"].status == "wrong"
    assert tasks["01.7"].status == "wrong"
    assert tasks["01.6"].status == "unreadable"
    assert tasks["01.4"].status == tasks["01.9"].status == "not run"
    assert set(tasks) == set(assignment().task_ids)


def test_cells_that_break_cost_themselves_only(grade):
    result, tasks = grade(
        code(
            IMPORT,
            answer("01.1", "1860"),
            'while True:\n    pass\ncheck("01.2", 52)',
            'import os\nos._exit(0)\ncheck("01.3", [])',
            'exit()\ncheck("01.4", [])',
            'while True:\n    print("x" * 1000)\ncheck("01.5", 1)',
            'raise SystemExit\ncheck("01.6", 5)',
            "(",
            answer("01.7", '"A"'),
        )
    )
    statuses = {task: each.status for task, each in tasks.items()}
    assert statuses["01.1"] == statuses["01.7"] == "right"
    assert statuses["01.4"] == "missing"  # exit() is a slip, and ends nothing
    assert {statuses[f"01.{count}"] for count in (2, 3, 5, 6)} == {"not run"}
    assert "did not come to an end" in tasks["01.2"].message
    assert "ended the kernel" in tasks["01.3"].message
    assert "printed without end" in tasks["01.5"].message
    assert "stopped with" in tasks["01.6"].message
    assert "after 3 seconds" in result.trouble
    assert "ended the kernel" in result.trouble


@pytest.mark.slow
def test_a_loop_that_will_not_be_interrupted_costs_itself_only(run):
    done = run(
        "while True:\n    try:\n        while True: pass\n    except BaseException: pass",
        answer("01.1", "1860"),
    )
    assert number(done, "01.1") == 1860
    assert done.out_of_time


def test_limits_of_memory_disk_and_processes_bite(run, needs_room):
    done = run(
        "big = bytearray(2_500_000_000)",
        answer("01.1", "1860"),
        dedent("""
            import os, time
            children = []
            try:
                for _ in range(200):
                    child = os.fork()
                    if not child:
                        time.sleep(20)
                        os._exit(0)
                    children.append(child)
            except OSError:
                pass
            for child in children:
                os.kill(child, 9)
                os.waitpid(child, 0)
            check("01.2", len(children))
        """),
        dedent("""
            written = 0
            try:
                for count in range(100):
                    with open(f"/tmp/{count}", "wb") as file:
                        file.write(b"x" * 1_000_000)
                    written += 1
            except OSError:
                for name in range(count + 1):
                    os.remove(f"/tmp/{name}")
            check("01.6", written)
        """),
    )
    assert done.ends["01.1"] == (("ok", ""),)
    assert number(done, "01.1") == 1860
    assert 0 < number(done, "01.2") < LIMITS.processes
    assert 0 < number(done, "01.6") < LIMITS.disk_megabytes + 1


def test_memory_of_all_processes_together_is_limited(run, needs_room):
    # No process breaks its own limit: three of them hold 300 MB each.
    done = run(
        answer("01.1", "1860"),
        dedent("""
            import os, time
            for _ in range(3):
                if not os.fork():
                    held = bytearray(b"x" * 300_000_000)
                    time.sleep(30)
                    os._exit(0)
            time.sleep(2.5)
        """),
    )
    assert "500 MB of memory" in done.trouble
    assert number(done, "01.1") == 1860


def test_a_notebook_that_ends_its_runner_keeps_what_it_had_handed_over(run):
    done = run(answer("01.1", "1860"), "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    assert number(done, "01.1") == 1860
    assert "broke off" in done.trouble


def test_the_whole_notebook_has_a_time(furnished, isolation):
    limits = Limits(seconds=5, memory_megabytes=500)
    sleep = "import time\ntime.sleep(4)"
    cells = code(
        "from tutor import check", answer("01.1", "1860"), sleep, sleep, answer("01.2", "52")
    )
    done = run_apart(cells, assignment(), furnished, isolation, limits)
    assert number(done, "01.1") == 1860
    assert not done.handed["01.2"]
    assert done.out_of_time
    assert "after 5 seconds" in done.trouble


def test_answers_are_found_in_edited_and_reordered_notebooks(grade):
    cell_of = {task: cell for cell, task in assignment().cells.items()}

    def cell(task, source):
        return SubmittedCell(cell_of[task], True, source)

    cells = [
        cell("01.7", 'answer = "A"'),  # no check, before the import
        SubmittedCell("x", True, IMPORT),
        cell("01.3", 'answer = ["E025", "E028", "E030", "E034"]\nprint(answer)'),
        cell("01.1", answer("01.1", "1858")),
        SubmittedCell("", True, answer("01.1", "1860")),  # the last call counts
        SubmittedCell("", True, 'check("01.1", ...)'),  # an empty one does not
        cell("01.2", "1 / 0"),  # the answer of another cell is not taken for its own
        cell("01.9", "pass"),
        SubmittedCell("", False, "## 01.6 The fan at the end"),
        SubmittedCell("", True, "left = 9 - 4\nanswer = left"),
        SubmittedCell("", True, 'check("01.4", ["JPN"])\ncheck("01.6", 3)\nanswer = 5'),
    ]
    _, tasks = grade(cells)
    statuses = {task: each.status for task, each in tasks.items()}
    assert statuses == {
        "01.1": "right",
        "01.2": "not run",
        "01.3": "right",
        "01.4": "wrong",
        "01.5": "not run",
        "01.6": "wrong",  # a call of check goes before a name
        "01.7": "right",
        "01.8": "not run",
        "01.9": "not run",
    }
    assert "ZeroDivisionError" in tasks["01.2"].message
    assert "No cell" in tasks["01.5"].message


@pytest.mark.skipif(not LINUX, reason="counts processes in /proc")
def test_without_namespaces_limits_hold_and_nobody_stays_behind(run):
    mark = "stays_behind_of_the_test"
    done = run(
        answer("01.1", "1860"),
        "big = bytearray(2_500_000_000)",
        dedent(f"""
            import os, subprocess, sys
            subprocess.Popen(
                [sys.executable, "-c", "import time; time.sleep(60)", {mark!r}], start_new_session=True
            )
        """),
        answer("01.2", "52"),
        isolation=Isolation(namespaces=False, limits=True),
    )
    assert number(done, "01.1") == 1860
    assert number(done, "01.2") == 52
    assert mark not in _command_lines()


def _command_lines():
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                found.append((folder / "cmdline").read_text(errors="replace"))
            except OSError:
                continue
    return " ".join(found)


@pytest.mark.skipif(not LINUX, reason="counts processes in /proc")
def test_a_room_ends_with_its_grader(furnished, isolation, tmp_path):
    mark = "ends_with_its_grader"
    script = dedent(f"""
        import subprocess, sys, json
        settings = json.loads(sys.argv[1])
        process = subprocess.Popen(
            [sys.executable, "-I", "-S", {confine.__file__!r}, json.dumps(settings)],
            stdout=subprocess.PIPE,
        )
        print(process.stdout.readline().decode(), flush=True)
        sys.stdin.read()
    """)
    from tutor.workshop.grading.run import _command

    waits = f"print('here', flush=True); import time; time.sleep(60) # {mark}"
    command = _command([sys.executable, "-c", waits], isolation, LIMITS, tmp_path, furnished, {})
    grader = subprocess.Popen(
        [sys.executable, "-c", script, command[-1]],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert grader.stdout.readline().strip() == b"here"
    assert mark in _command_lines()
    grader.kill()
    grader.wait()
    grader.stdin.close()
    grader.stdout.close()
    import time

    for _ in range(100):
        if mark not in _command_lines():
            break
        time.sleep(0.1)
    assert mark not in _command_lines()


@pytest.mark.slow
def test_a_fork_bomb_ends_with_its_notebook(run, needs_room):
    done = run(
        answer("01.1", "1860"),
        dedent("""
            import os
            while True:
                try:
                    os.fork()
                except OSError:
                    pass
        """),
        limits=Limits(cell_seconds=3, seconds=20, memory_megabytes=1_500),
    )
    assert number(done, "01.1") == 1860
    assert done.trouble


@pytest.mark.slow
@pytest.mark.parametrize("number_of_exercise", [f"{count:02d}" for count in range(1, 11)])
def test_every_solution_is_right_in_every_task(number_of_exercise, furnished, isolation):
    from tutor.workshop.grading.assignments import course_assignments
    from tutor.workshop.grading.collect import collect

    path = next((REPOSITORY / "solutions").glob(f"{number_of_exercise}_*.ipynb"))
    assignments = course_assignments()
    (submission,) = collect(path, assignments).submissions
    assert submission.exercise == number_of_exercise
    graded = grade_one(submission, assignments[number_of_exercise], furnished, isolation, Limits())
    assert {each.status for each in graded.result.tasks} <= {"right", "to read"}
    assert not any(each.mistake for each in graded.result.tasks)
