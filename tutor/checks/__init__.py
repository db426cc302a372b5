"""Checks: `check` an answer of an exercise, and ask for a `hint`."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from typing import Any

from tutor.checks.engine import Task, judge
from tutor.interaction.message import Message
from tutor.interaction.record import Entry, journal
from tutor.interaction.verdict import Verdict


@cache
def tasks() -> dict[str, Task]:
    """Give every task of the course by id, from the modules ``tutor.checks.lesson_NN``."""
    found: dict[str, Task] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        if module.startswith("lesson_"):
            for task in importlib.import_module(f"{__name__}.{module}").TASKS:
                found[task.id] = task
    return found


def find_task(identifier: str) -> Task:
    """Find a task by its id.

    Raises
    ------
    KeyError
        There is no such task; the message names close ones.
    """
    known = tasks()
    if isinstance(identifier, str) and identifier in known:
        return known[identifier]
    close = difflib.get_close_matches(str(identifier), known, 3) or list(known)[:3]
    raise KeyError(f"There is no task {identifier!r}. Close to it: {', '.join(close)}.")


def check(identifier: str, answer: Any = ...) -> Verdict | Message:
    """Check your answer to a task of an exercise.

    Parameters
    ----------
    identifier : str
        Id of the task, such as ``"01.3"``.
    answer : object
        Your answer, in any sensible form.

    Returns
    -------
    Verdict
        Right and why; or which misunderstanding the answer shows, with a hint. ``hint("01.3")`` says more.
    """
    try:
        task = find_task(identifier)
    except KeyError as problem:
        return Message(str(problem.args[0]))
    verdict = judge(task, answer)
    if verdict.status in ("right", "wrong"):
        journal().add(
            Entry(
                what="checked",
                item=task.id,
                right=verdict.right,
                answer=verdict.mistake,
                misconception=verdict.misconception,
            )
        )
    return verdict


def hint(identifier: str) -> Message:
    """Give the next hint for a task: each call says a little more, none gives the answer away.

    Parameters
    ----------
    identifier : str
        Id of the task, such as ``"01.3"``.

    Returns
    -------
    Message
        The hint.
    """
    try:
        task = find_task(identifier)
    except KeyError as problem:
        return Message(str(problem.args[0]))
    given = sum(entry.what == "hinted" and entry.item == task.id for entry in journal().entries())
    place = given % len(task.hints)
    journal().add(Entry(what="hinted", item=task.id))
    return Message(f"Hint {place + 1} of {len(task.hints)}: {task.hints[place]}")
