"""Notebooks hold when they are run twice, out of order, after a restart, side by side, on a full disk.

A learner may see an error of her own cell (a name that no cell has made yet); she never sees a
traceback out of `tutor`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.running_cells import PACKAGE, REPOSITORY
from tutor.checks import tasks
from tutor.interaction.record import FOLDER_VARIABLE, Journal

LESSONS = sorted((REPOSITORY / "lessons").glob("*.ipynb"))
EXERCISES = sorted((REPOSITORY / "exercises").glob("*.ipynb"))
SOLUTIONS = sorted((REPOSITORY / "solutions").glob("*.ipynb"))
ALL = [*LESSONS, *EXERCISES, *SOLUTIONS]


def start(record: Path, how: str, notebooks: list[Path], seed: str = "1") -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.running_cells", how, seed, *map(str, notebooks)],
        cwd=REPOSITORY,
        env=os.environ
        | {FOLDER_VARIABLE: str(record), "IPYTHONDIR": str(record.parent / "ipython")},
        stdout=subprocess.PIPE,
        text=True,
    )


def raised(process: subprocess.Popen) -> list[dict]:
    said, _ = process.communicate(timeout=600)
    assert process.returncode == 0
    return json.loads(said)


def run(record: Path, how: str, notebooks: list[Path], seed: str = "1") -> list[dict]:
    return raised(start(record, how, notebooks, seed))


def out_of_the_course(problems: list[dict]) -> list[dict]:
    return [problem for problem in problems if problem["inside"]]


def solved(record: Path) -> set[str]:
    return {
        entry.item for entry in Journal(record).entries() if entry.what == "checked" and entry.right
    }


def test_a_traceback_out_of_the_course_would_be_seen(tmp_path):
    """The measure itself: an error in our code is told from one of the cell, also while a value is shown."""
    cells = [
        "undefined",
        "import tutor.interaction.record as r\nr.latest(3, 'x')",
        "class Broken:\n    def _repr_html_(self):\n        raise RuntimeError('while shown')\n\nBroken()",
    ]
    made = [{"cell_type": "code", "source": cell} for cell in cells]
    (tmp_path / "made.ipynb").write_text(json.dumps({"cells": made}))
    problems = run(tmp_path / "record", "first half", [tmp_path / "made.ipynb"])
    problems += run(tmp_path / "record", "second half", [tmp_path / "made.ipynb"])
    assert problems[0]["kind"] == "NameError"
    assert {problem["kind"] for problem in out_of_the_course(problems)} == {
        "TypeError",
        "while shown",
    }
    assert str(PACKAGE) in out_of_the_course(problems)[0]["inside"]


def test_run_all_twice_raises_nothing(tmp_path):
    """Exercises as handed out have nothing to raise either: three dots stand where answers will."""
    some = [path for path in ALL if path.name[:2] in ("00", "03", "07")]
    assert run(tmp_path / "record", "twice", some) == []


def test_cells_in_any_order_raise_nothing_of_ours(tmp_path):
    problems = run(tmp_path / "record", "random", [*LESSONS, *EXERCISES])
    assert out_of_the_course(problems) == []
    # Names that no cell has made yet, and what follows from them, are the learner's own errors.
    assert {problem["kind"] for problem in problems} <= {"NameError"}
    assert problems


def test_restart_in_the_middle_keeps_what_was_done(tmp_path):
    """Two processes, half a notebook each; after the restart she runs the first cell again."""
    record = tmp_path / "record"
    some = [path for path in SOLUTIONS if path.name[:2] in ("01", "02", "05")]
    assert run(record, "first half", some) == []
    first = solved(record)
    assert first
    assert run(record, "second half", some) == []
    assert solved(record) > first
    assert solved(record) == {task for task in tasks() if task[:2] in ("01", "02", "05")}


def test_two_notebooks_at_once_write_one_record(tmp_path):
    record = tmp_path / "record"
    both = [path for path in SOLUTIONS if path.name[:2] in ("01", "02")]
    sides = [start(record, "twice", [notebook]) for notebook in both]
    assert [raised(side) for side in sides] == [[], []]
    kept = Journal(record)
    assert kept.damaged_lines() == 0
    checked = [entry.item for entry in kept.entries() if entry.what == "checked"]
    assert set(checked) == {task for task in tasks() if task[:2] in ("01", "02")}
    assert all(checked.count(task) == 2 for task in checked)


def test_home_that_takes_nothing_stops_no_notebook(tmp_path):
    (tmp_path / "file").write_text("in the way")
    some = [path for path in ALL if path.name[:2] in ("00", "02")]
    assert run(tmp_path / "file" / "record", "twice", some) == []


def test_damaged_record_stops_no_notebook(tmp_path):
    damage = b"\0" * 10_000 + bytes(range(256)) * 50 + b"\n" + b"[" * 50_000
    record = tmp_path / "record"
    record.mkdir()
    (record / "progress.jsonl").write_bytes(damage)
    assert run(record, "twice", [path for path in ALL if path.name[:2] == "01"]) == []
    assert (record / "progress.jsonl").read_bytes().startswith(damage)
    assert solved(record) == {task for task in tasks() if task.startswith("01.")}


@pytest.mark.slow
@pytest.mark.parametrize("how", ["backwards", *(f"random {seed}" for seed in range(2, 8))])
def test_more_orders_raise_nothing_of_ours(tmp_path, how):
    order, _, seed = how.partition(" ")
    problems = run(tmp_path / "record", order, ALL, seed)
    assert out_of_the_course(problems) == []
    assert {problem["kind"] for problem in problems} <= {"NameError"}


@pytest.mark.slow
def test_every_notebook_runs_twice_and_every_task_is_solved(tmp_path):
    record = tmp_path / "record"
    assert run(record, "twice", ALL) == []
    assert solved(record) == set(tasks())
