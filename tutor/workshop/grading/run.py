"""Run one submitted notebook apart from everything else, and bring back what it handed over."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tutor.interaction.record import FOLDER_VARIABLE
from tutor.workshop.grading import confine, room
from tutor.workshop.grading.assignments import CALL, HEADING, Assignment
from tutor.workshop.grading.collect import SubmittedCell
from tutor.workshop.grading.handing_over import HANDED_OVER_VARIABLE, INPUTS_VARIABLE

_MOST_REPORTED = 12_000_000
_LONGEST_LINE = 2_000_000
_MOST_FOR_ONE_TASK = 5
_DEEPEST_ANSWER = 60
# For starting kernels, which a busy machine can make slow.
_SECONDS_TO_START = 120
_SECONDS_TO_GIVE_UP = 20
_STARTS_WITHIN = 60


@dataclass(frozen=True)
class Limits:
    """What one notebook may use.

    Parameters
    ----------
    cell_seconds : int
        Processor time of one cell (where the system tells it).
    cell_wait_seconds : int
        Time of one cell by the clock.
    seconds : int
        Time of all cells together, by the clock.
    memory_megabytes : int
        Memory of all its processes together.
    output_megabytes : int
        What one cell may print or show.
    disk_megabytes : int
        What it may write.
    processes : int
        Processes and threads at a time (a notebook with charts has about twenty).
    """

    cell_seconds: int = 20
    cell_wait_seconds: int = 60
    seconds: int = 150
    memory_megabytes: int = 1_000
    output_megabytes: int = 20
    disk_megabytes: int = 64
    processes: int = 80


@dataclass(frozen=True)
class Isolation:
    """How far this system keeps a notebook apart.

    Parameters
    ----------
    namespaces : bool
        Whether it has a network (none), processes, files and a user of its own.
    limits : bool
        Whether memory, processes and the size of files can be limited.
    hidden : tuple of str
        Folders that a room shows as empty, should they lie in a folder that it shows.
    """

    namespaces: bool
    limits: bool
    hidden: tuple[str, ...] = ()

    def covers(self) -> list[str]:
        """Say what holds on this system."""
        said = ["Each notebook runs by itself, for a limited time; answers are judged elsewhere."]
        if self.limits:
            said.append("Memory, number of processes and size of files are limited.")
        if self.namespaces:
            said.append(
                "No network, no other processes, no rights; of this computer's files only Python and "
                "the course without its answers can be seen, and nothing it writes remains."
            )
        return said

    def does_not_cover(self) -> list[str]:
        """Say what does not hold, so that the instructor knows."""
        if self.namespaces:
            return [
                "A flaw in the Linux kernel itself; whoever must exclude that grades in a virtual machine."
            ]
        said = [
            "A notebook can read and change whatever you can, these submissions and your solutions "
            "included, and it can use the network: this system offers no room of its own (Linux does, "
            "where namespaces are allowed to users). Grade on such a system, or in a virtual machine, "
            "whenever you do not know all whose notebooks you run."
        ]
        if sys.platform.startswith("linux") and self.limits and os.geteuid() == 0:
            said.append("The number of processes: do not grade as root.")
        if not self.limits or sys.platform == "darwin":
            said.append("Memory and processes are not limited on this system.")
        return said


@dataclass(frozen=True)
class Run:
    """What came of running one notebook.

    Parameters
    ----------
    handed : mapping of str to tuple
        By task, the values handed over (data as `tutor.workshop.grading.values` reads it), the one that
        counts first. They come from the student's process: nothing about them is certain.
    ends : mapping of str to tuple
        By task, how the cells that belong to it ended: kind and name of the error.
    trouble : str
        What went wrong with the notebook as a whole, in a sentence, or ``""``.
    out_of_time : bool
        Whether time decided, or the notebook broke off, so that it is fair to try once more without
        company.
    """

    handed: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    ends: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    trouble: str = ""
    out_of_time: bool = False


def find_isolation(furnished: Path) -> Isolation:
    """Try how far this system can keep a notebook apart, in the room that was furnished."""
    if os.name != "posix":
        return Isolation(namespaces=False, limits=False)
    if not sys.platform.startswith("linux"):
        return Isolation(namespaces=False, limits=True)
    test = [sys.executable, "-c", "import tutor.checks, ipykernel, jupyter_client; print('ready')"]
    with tempfile.TemporaryDirectory(prefix="tumen-room-") as folder:
        isolation = Isolation(namespaces=True, limits=True)
        command = _command(
            test, isolation, Limits(seconds=_STARTS_WITHIN), Path(folder), furnished, {}
        )
        tried = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return Isolation(tried.stdout.strip() == b"ready", limits=True)


def plan_of(
    cells: Sequence[SubmittedCell], assignment: Assignment, limits: Limits, isolation: Isolation
) -> dict[str, Any]:
    """Say what is to be run, as `student_kernel` reads it: the code, and the task of each cell."""
    planned, under_heading = [], ""
    for cell in cells:
        if not cell.is_code:
            under_heading = next(iter(HEADING.findall(cell.source)), under_heading)
            continue
        called = [task for _, task in CALL.findall(cell.source)]
        task = called[-1] if called else assignment.cells.get(cell.id, under_heading)
        task = task if task in assignment.names else ""
        planned.append(
            {"source": cell.source, "task": task, "name": assignment.names.get(task, "")}
        )
    return {
        "cells": planned,
        "cell_seconds": limits.cell_seconds,
        "cell_wait_seconds": limits.cell_wait_seconds,
        "seconds": limits.seconds,
        "output_bytes": limits.output_megabytes * 1_000_000,
        "kernels": 4,
        "transport": "ipc" if isolation.namespaces else "tcp",
    }


def run_apart(
    cells: Sequence[SubmittedCell],
    assignment: Assignment,
    furnished: Path,
    isolation: Isolation,
    limits: Limits,
    stop: threading.Event | None = None,
) -> Run:
    """Run the cells of one notebook in a room of its own.

    Parameters
    ----------
    cells : sequence of SubmittedCell
        The cells as they were submitted.
    assignment : Assignment
        The exercise they belong to.
    furnished : pathlib.Path
        The course without its answers (`room.furnish`).
    isolation : Isolation
        What this system can do (`find_isolation`).
    limits : Limits
        What the notebook may use.
    stop : threading.Event, optional
        Ends the room when it is set, for an instructor who breaks off.

    Returns
    -------
    Run
        What it handed over; whatever the notebook does, this returns.
    """
    plan = plan_of(cells, assignment, limits, isolation)
    with tempfile.TemporaryDirectory(prefix="tumen-room-", ignore_cleanup_errors=True) as folder:
        runner = furnished if not isolation.namespaces else Path(room.PLACE)
        command = _command(
            [sys.executable, "-I", str(runner / "student_kernel.py")],
            isolation,
            limits,
            Path(folder),
            furnished,
            assignment.inputs,
        )
        windows = None
        if os.name != "posix":
            windows = _environment(isolation, Path(folder), furnished, assignment.inputs)
        latest = limits.seconds + _SECONDS_TO_START + _SECONDS_TO_GIVE_UP
        lines, code = _exchange(
            command, json.dumps(plan).encode(), latest, stop or threading.Event(), windows
        )
    return _understand(lines, code, plan, assignment, limits)


def _command(
    arguments: Sequence[str],
    isolation: Isolation,
    limits: Limits,
    folder: Path,
    furnished: Path,
    inputs: Mapping[str, Any],
) -> list[str]:
    if os.name != "posix":
        return list(arguments)
    megabyte = 1_000_000
    shows = room.shown(furnished)
    settings = {
        "command": list(arguments),
        "namespaces": isolation.namespaces,
        "root": str(folder),
        "folder": str(folder),
        "shows": shows,
        # Python itself must stay in sight, should somebody grade the folder that holds it.
        "hides": [
            hidden
            for hidden in isolation.hidden
            if not any(f"{place}/".startswith(f"{hidden}/") for _, place in shows)
        ],
        "environment": _environment(isolation, folder, furnished, inputs),
        "seconds": limits.seconds + _SECONDS_TO_START,
        "memory_bytes": limits.memory_megabytes * megabyte,
        "disk_bytes": limits.disk_megabytes * megabyte,
        "limits": {
            # Address space is more than memory: libraries reserve about a gigabyte and use a tenth.
            "address_space_bytes": (limits.memory_megabytes + 1_500) * megabyte,
            "file_bytes": limits.disk_megabytes * megabyte,
            "open_files": 512,
            "processes": limits.processes,
            "processor_seconds": 2 * limits.seconds,
            # 1 is the number at which not even a program that collects them is started.
            "core_bytes": 1,
        },
    }
    return list(confine.arguments_of(settings, sys.executable))


def _environment(
    isolation: Isolation, folder: Path, furnished: Path, inputs: Mapping[str, Any]
) -> dict[str, str]:
    """Make the whole environment of a room: nothing of the instructor's own goes in."""
    home = confine.HOME if isolation.namespaces else str(folder)
    course = room.PLACE if isolation.namespaces else str(furnished)
    environment = {
        "HOME": home,
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "LANG": "C.UTF-8",
        "PYTHONPATH": course,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        "JUPYTER_RUNTIME_DIR": f"{home}/jupyter",
        "JUPYTER_DATA_DIR": f"{home}/jupyter-data",
        "JUPYTER_CONFIG_DIR": f"{home}/jupyter-config",
        "JUPYTER_PLATFORM_DIRS": "1",
        "IPYTHONDIR": f"{home}/ipython",
        "TMPDIR": home,
        FOLDER_VARIABLE: f"{home}/record",
        HANDED_OVER_VARIABLE: f"{home}/handed_over.jsonl",
        INPUTS_VARIABLE: json.dumps(inputs),
        # One thread a library: more would count against the limit of processes.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }
    if os.name == "nt":
        environment |= {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
        environment |= {"USERPROFILE": home, "TEMP": home, "TMP": home, "APPDATA": home}
    return environment


def _exchange(
    command: Sequence[str],
    plan: bytes,
    seconds: float,
    stop: threading.Event,
    windows: Mapping[str, str] | None,
) -> tuple[list[dict[str, Any]], int]:
    """Give the plan to a room and read its reports, no more of them than is sensible."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=windows is None,
        cwd="/" if windows is None else windows["HOME"],
        env=dict(windows or {}),
    )
    ended = threading.Event()
    guard = threading.Thread(target=_guard, args=(process, seconds, stop, ended), daemon=True)
    guard.start()
    try:
        with contextlib.suppress(OSError):
            process.stdin.write(plan)
        with contextlib.suppress(OSError):
            process.stdin.close()
        lines = list(_reports(process))
        return lines, process.wait()
    finally:
        ended.set()
        guard.join()
        _stop(process)
        process.stdout.close()
        process.wait()


def _guard(
    process: subprocess.Popen[bytes],
    seconds: float,
    stop: threading.Event,
    ended: threading.Event,
) -> None:
    """End a room that does not keep its own time, and any room when the instructor breaks off."""
    end = time.monotonic() + seconds
    while not ended.wait(0.2):
        if stop.is_set() or time.monotonic() > end:
            _stop(process)
            return


def _reports(process: subprocess.Popen[bytes]) -> Iterator[dict[str, Any]]:
    left = _MOST_REPORTED
    while line := process.stdout.readline(_LONGEST_LINE):
        left -= len(line)
        if left < 0:
            _stop(process)
            return
        with contextlib.suppress(ValueError, RecursionError):
            report = json.loads(line)
            if isinstance(report, dict):
                yield report


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End a room with all that is in it."""
    if process.poll() is not None:
        return
    if os.name != "posix":
        subprocess.run(
            ["taskkill", "/F", "/T", "/PID", str(process.pid)], capture_output=True, check=False
        )
    else:
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)


def _understand(
    reports: Sequence[dict[str, Any]],
    code: int,
    plan: Mapping[str, Any],
    assignment: Assignment,
    limits: Limits,
) -> Run:
    """Make sense of the reports, which may say anything at all."""
    by_check: dict[str, list[Any]] = {}
    by_name: dict[str, list[Any]] = {}
    ends: dict[int, tuple[str, str]] = {}
    finished = False
    for report in reports:
        finished = finished or report.get("finished") is True
        place, how = report.get("cell"), report.get("ended")
        if isinstance(place, int) and isinstance(how, str):
            ends[place] = (how, str(report.get("error", ""))[:100])
        handed = _handed(report.get("handed"))
        if handed and handed[0] in assignment.names:
            task, value, is_check = handed
            (by_check if is_check else by_name).setdefault(task, []).append(value)
    by_task: dict[str, list[tuple[str, str]]] = {}
    for place, cell in enumerate(plan["cells"]):
        if cell["task"] and place in ends:
            by_task.setdefault(cell["task"], []).append(ends[place])
    kinds = {how for how, _ in ends.values()}
    return Run(
        {
            # The last call of check counts; a value that no check saw counts if there was no call.
            task: tuple(
                by_check.get(task, [])[: -_MOST_FOR_ONE_TASK - 1 : -1]
                + by_name.get(task, [])[: -_MOST_FOR_ONE_TASK - 1 : -1]
            )
            for task in assignment.task_ids
        },
        {task: tuple(ended) for task, ended in by_task.items()},
        _trouble(code, finished, kinds, limits),
        # A kernel that came too late or was killed may have been short of what another took.
        bool(kinds & {"time", "late", "died"}) or (not finished and code != confine.OUT_OF_MEMORY),
    )


def _handed(line: Any) -> tuple[str, Any, bool] | None:
    try:
        handed = json.loads(line)
        task, value = str(handed["task"]), handed["value"]
        return (task, value, handed.get("by") != "name") if _is_shallow(value) else None
    except (ValueError, TypeError, KeyError, RecursionError, AttributeError):
        return None


def _is_shallow(value: Any) -> bool:
    """Say whether a value is nested no deeper than an answer: what is deeper stops who reads it."""
    level = [value]
    for _ in range(_DEEPEST_ANSWER):
        lists = [list(each.values()) if isinstance(each, dict) else each for each in level]
        level = [item for each in lists if isinstance(each, list) for item in each]
        if not level:
            return True
    return False


def _trouble(code: int, finished: bool, kinds: set[str], limits: Limits) -> str:
    if code == confine.OUT_OF_TIME or "late" in kinds:
        return f"The notebook was stopped: it had not ended after {limits.seconds} seconds."
    if code == confine.OUT_OF_MEMORY:
        return (
            f"The notebook was stopped: it took more than {limits.memory_megabytes:,} MB of memory."
        )
    if not finished:
        return "The notebook broke off: it ended the program that ran it."
    said = []
    if "time" in kinds:
        said.append(f"A cell was stopped: it had not ended after {limits.cell_seconds} seconds.")
    if "output" in kinds:
        said.append(f"A cell was stopped: it printed more than {limits.output_megabytes} MB.")
    if "died" in kinds:
        said.append("A cell ended the kernel, and was left out.")
    return " ".join(said)
