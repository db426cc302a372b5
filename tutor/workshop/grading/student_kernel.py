"""Run the cells of one notebook in a kernel, and pass on what they hand over.

Started as a script inside the room of one student (`tutor.workshop.grading.confine`). The plan comes
in on standard input, a JSON object; reports go out on standard output, a JSON object a line. Whoever
reads them trusts nothing in them: this process shares its room with the student's code.

A cell that raises, hangs or floods its output costs itself only. A cell that ends the kernel does too:
a new kernel runs the notebook again without that cell.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import queue
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, TextIO

_SECONDS_TO_START = 60
_SECONDS_TO_STOP = 5
_SECONDS_FOR_OURS = 20
_MOST_HANDED_OVER = 4_000_000
_MOST_MESSAGES = 20_000


class _KernelEndedError(Exception):
    """The kernel is gone; `cell` is the place of the cell that ended it, and `how` says by what."""

    def __init__(self, cell: int, how: str) -> None:
        super().__init__(how)
        self.cell = cell
        self.how = how


class Runner:
    """Runs the plan of one notebook and reports as it goes."""

    def __init__(self, plan: dict[str, Any], reports: TextIO, handed_over: Path) -> None:
        self._plan = plan
        self._reports = reports
        self._handed_over = handed_over
        self._left = float(plan["seconds"])
        self._read_to = 0

    def run(self) -> None:
        """Run all cells; after a kernel's end once more, without the cells that cost it."""
        left_out: set[int] = set()
        for _ in range(self._plan["kernels"]):
            try:
                self._run_through(left_out)
                break
            except _KernelEndedError as ended:
                self._collect()
                self._say(cell=ended.cell, ended=ended.how)
                left_out.add(ended.cell)
        self._say(finished=True)

    def _run_through(self, left_out: set[int]) -> None:
        from jupyter_client.manager import KernelManager

        manager = KernelManager(kernel_name="python3", transport=self._plan["transport"])
        manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        client = manager.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=_SECONDS_TO_START)
            self._execute(manager, client, _ours("settle"), -1, _SECONDS_TO_START, silent=True)
            before = -1
            for place, cell in enumerate(self._plan["cells"]):
                if self._left <= 0:
                    self._say(cell=place, ended="late")
                    return
                if place not in left_out:
                    how = self._run_cell(manager, client, place, before, cell)
                    if how in ("time", "output"):
                        left_out.add(place)
                    before = place
            if not manager.is_alive():
                raise _KernelEndedError(before, "died")
        finally:
            with contextlib.suppress(Exception):
                client.stop_channels()
            with contextlib.suppress(Exception):
                manager.shutdown_kernel(now=True)

    def _run_cell(
        self, manager: Any, client: Any, place: int, before: int, cell: dict[str, str]
    ) -> str:
        if cell["name"]:
            code = _ours("remember", cell["name"])
            self._execute(manager, client, code, before, _SECONDS_FOR_OURS, silent=True)
        seconds = min(self._plan["cell_wait_seconds"], self._left)
        begun = time.monotonic()
        try:
            how, error = self._execute(manager, client, cell["source"], place, seconds)
        finally:
            # Only the student's cells count: how long a kernel takes to start is not up to her.
            self._left -= time.monotonic() - begun
        handed = self._collect()
        if cell["name"] and cell["task"] not in handed:
            code = _ours("hand_over_if_new", cell["task"], cell["name"])
            self._execute(manager, client, code, place, _SECONDS_FOR_OURS, silent=True)
            self._collect()
        self._say(cell=place, ended=how, error=error)
        return how

    def _execute(
        self,
        manager: Any,
        client: Any,
        code: str,
        place: int,
        seconds: float,
        silent: bool = False,
    ) -> tuple[str, str]:
        """Execute code and give how it ended: ok, error (and its name), time or output."""
        message = client.execute(code, silent=silent, store_history=not silent, allow_stdin=False)
        process = manager.provisioner.pid
        most = _processor_seconds(process) + self._plan["cell_seconds"]
        end, size, messages, error, stopped = time.monotonic() + seconds, 0, 0, "", ""
        while True:
            if stopped and time.monotonic() > end:
                raise _KernelEndedError(place, stopped)
            if not stopped and (time.monotonic() > end or _processor_seconds(process) > most):
                stopped, end = "time", time.monotonic() + _SECONDS_TO_STOP
                manager.interrupt_kernel()
            try:
                reply = client.get_iopub_msg(timeout=0.3)
            except queue.Empty:
                if not manager.is_alive():
                    raise _KernelEndedError(place, stopped or "died") from None
                continue
            except Exception:
                continue  # a message that is none: it says nothing
            if reply.get("parent_header", {}).get("msg_id") != message:
                continue
            kind, content = reply.get("msg_type"), reply.get("content", {})
            messages += 1
            size += _size(content)
            if kind == "error":
                error = str(content.get("ename", ""))[:100]
            if kind == "status" and content.get("execution_state") == "idle":
                return (stopped or ("error" if error else "ok")), error
            if not stopped and (size > self._plan["output_bytes"] or messages > _MOST_MESSAGES):
                stopped, end = "output", time.monotonic() + _SECONDS_TO_STOP
                manager.interrupt_kernel()

    def _collect(self) -> set[str]:
        """Pass on what was handed over since the last time, and give the tasks."""
        found: set[str] = set()
        if not self._handed_over.is_file():
            return found  # a pipe in its place would keep whoever opens it waiting
        with contextlib.suppress(OSError), self._handed_over.open("rb") as file:
            file.seek(self._read_to)
            new = file.read(_MOST_HANDED_OVER - self._read_to)
            self._read_to += len(new)
            for line in new.split(b"\n"):
                with contextlib.suppress(ValueError, TypeError, KeyError, RecursionError):
                    found.add(str(json.loads(line)["task"]))
                    self._say(handed=line.decode("utf-8", "replace"))
        return found

    def _say(self, **report: Any) -> None:
        self._reports.write(json.dumps(report) + "\n")
        self._reports.flush()


def _processor_seconds(process: int) -> float:
    """Give the processor time of a process, which a busy machine does not lengthen; 0 if unknown."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError, AttributeError):
        return 0.0


def _ours(name: str, *arguments: str) -> str:
    """Write the call of a function of `handing_over`, whatever names the notebook has changed."""
    return f"__import__('tutor.checks').checks.{name}(*{arguments!r})"


def _size(content: dict[str, Any]) -> int:
    shown = content.get("data")
    parts = [content.get("text"), *(shown.values() if isinstance(shown, dict) else ())]
    return sum(len(part) for part in parts if isinstance(part, str))


def main() -> None:
    """Read the plan, run it, report."""
    plan = json.load(sys.stdin)
    if sys.platform.startswith("linux"):
        # Nobody else in the room may look into this process.
        ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)
    reports = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    Runner(plan, reports, Path(os.environ["TUMEN_HANDED_OVER"])).run()


if __name__ == "__main__":
    main()
