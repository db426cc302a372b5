"""Judge what was handed over, in a process where no student's code has ever run.

The process is started once for each submission, with the values on its standard input. It rebuilds
them (`tutor.workshop.grading.values`) and asks the instructor's checks. It has limits of its own: a value
on which a check hangs or fails costs its own task.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tutor.workshop.grading.values import ValueNotPlainError, rebuild, shown

_SECONDS_FOR_TASK = 10
_SECONDS_TO_START = 60
_MEMORY = 4_000_000_000
_LONGEST_ARGUMENT = 20_000
_NOT_READ = "Your answer could not be read. Give a plain number, text or list."


class ChecksError(Exception):
    """The checks themselves cannot be loaded; the message says why."""


@dataclass(frozen=True)
class Judgement:
    """What the checks say to the answer of one task.

    Parameters
    ----------
    task : str
        Id of the task.
    status : str
        As in `tutor.interaction.verdict.Verdict`.
    message, hint, mistake, misconception : str
        As in the verdict.
    given : str
        The answer in a line; or, for an argument, its text.
    """

    task: str
    status: str
    message: str
    hint: str = ""
    mistake: str = ""
    misconception: str = ""
    given: str = ""


def judge_apart(
    checks: str, handed: Mapping[str, Sequence[Any]], arguments: Sequence[str] = ()
) -> dict[str, Judgement]:
    """Judge the values of one submission in a process of its own.

    Parameters
    ----------
    checks : str
        Module of the checks, or path of an instructor's own file.
    handed : mapping of str to sequence
        By task, the values handed over, the one that counts first.
    arguments : sequence of str
        The tasks whose answers are texts for a human to read.

    Returns
    -------
    dict of str to Judgement
        One for each task for which anything was handed over.

    Raises
    ------
    ChecksError
        The checks cannot be loaded.
    """
    left = {task: list(values) for task, values in handed.items() if values}
    judged: dict[str, Judgement] = {}
    while left:
        lines, problem = _ask({"checks": checks, "handed": left, "arguments": list(arguments)})
        for line in lines:
            judgement = Judgement(**line)
            judged[judgement.task] = judgement
            left.pop(judgement.task, None)
        if left and problem:
            raise ChecksError(problem)
        if left:
            # The process was stopped in the midst of this task; the others are judged by a new one.
            task = next(iter(left))
            judged[task] = Judgement(task, "unreadable", _NOT_READ)
            del left[task]
    return judged


def try_checks(checks: str, tasks: Sequence[str]) -> None:
    """See that checks can be loaded and know some tasks, before any notebook is run.

    Raises
    ------
    ChecksError
        They cannot be loaded, or lack a task; the message says which.
    """
    _, problem = _ask({"checks": checks, "handed": {task: [] for task in tasks}, "arguments": []})
    if problem:
        raise ChecksError(problem)


def _ask(question: dict[str, Any]) -> tuple[list[dict[str, str]], str]:
    seconds = _SECONDS_TO_START + (_SECONDS_FOR_TASK + 2) * len(question["handed"])
    command = [sys.executable, "-I", "-m", "tutor.workshop.grading.judge"]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(question).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
        output, code = done.stdout, done.returncode
    except subprocess.TimeoutExpired as late:
        output, code = late.stdout or b"", 1
    lines = []
    for line in output.splitlines():
        with contextlib.suppress(ValueError):
            lines.append(json.loads(line))
    problem = next((line["problem"] for line in lines if "problem" in line), "")
    if not any("ready" in line or "problem" in line for line in lines):
        problem = f"The process that judges ended with {code} before it had loaded the checks."
    return [line for line in lines if "task" in line], problem


def load_tasks(checks: str) -> dict[str, Any]:
    """Load the tasks of a module or of an instructor's own file.

    Raises
    ------
    ChecksError
        It cannot be loaded, or holds no tasks.
    """
    try:
        if checks.endswith(".py"):
            specification = importlib.util.spec_from_file_location("own_checks", checks)
            module = importlib.util.module_from_spec(specification)
            specification.loader.exec_module(module)
        else:
            module = importlib.import_module(checks)
        return {task.id: task for task in module.TASKS}
    except Exception as problem:
        raise ChecksError(
            f"The checks in {checks} cannot be loaded: {type(problem).__name__}: {problem}"
        ) from problem


def _judgement(task: Any, values: Sequence[Any], is_argument: bool) -> Judgement:
    """Judge the first value that is an answer at all."""
    from tutor.checks.engine import judge

    said = None
    for handed in values:
        try:
            value = rebuild(handed)
        except ValueNotPlainError:
            found = Judgement(task.id, "unreadable", _NOT_READ)
        else:
            verdict = judge(task, value)
            found = Judgement(
                task.id,
                verdict.status,
                verdict.message,
                verdict.hint,
                verdict.mistake,
                verdict.misconception,
                shown(value),
            )
            if is_argument and isinstance(value, str):
                found = Judgement(**asdict(found) | {"given": value.strip()[:_LONGEST_ARGUMENT]})
        if found.status != "missing":
            return found
        said = said or found
    return said


@contextlib.contextmanager
def _alarm(seconds: int) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return
    # Time of the processor: a notebook that runs at the same moment must not cost an answer its points.

    def ring(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory() -> None:
    if sys.platform.startswith("linux"):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def main() -> None:
    """Judge the values on standard input; write one line of JSON for each task."""
    question = json.load(sys.stdin)
    # The checks may print; only the judgements go to whoever asked.
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    sys.stdout = sys.stderr
    _limit_memory()

    def say(line: Mapping[str, str]) -> None:
        lines.write(json.dumps(line) + "\n")
        lines.flush()

    try:
        tasks = load_tasks(question["checks"])
        unknown = question["handed"].keys() - tasks.keys()
        if unknown:
            raise ChecksError(
                f"The checks in {question['checks']} have no task {min(unknown)!r}, which the notebook has."
            )
    except ChecksError as problem:
        say({"problem": str(problem)})
        return
    say({"ready": question["checks"]})
    for task, values in question["handed"].items():
        try:
            with _alarm(_SECONDS_FOR_TASK):
                judged = _judgement(tasks[task], values, task in question["arguments"])
        except Exception:
            judged = Judgement(task, "unreadable", _NOT_READ)
        say(asdict(judged))


if __name__ == "__main__":
    main()
