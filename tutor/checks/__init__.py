"""Checks: `check` an answer of an exercise, and ask for a `hint`."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from functools import cache
from typing import Any

from tutor.checks.engine import Task, judge
from tutor.interaction import reading
from tutor.interaction.message import Message
from tutor.interaction.record import Entry, journal
from tutor.interaction.verdict import Verdict

_MODULE = "lesson_"


@cache
def lessons_with_tasks() -> tuple[str, ...]:
    """Give the numbers of the lessons that have a module ``tutor.checks.lesson_NN``, in order."""
    names = (info.name for info in pkgutil.iter_modules(__path__))
    return tuple(sorted(name.removeprefix(_MODULE) for name in names if name.startswith(_MODULE)))


@cache
def tasks_of(lesson: str) -> dict[str, Task]:
    """Give the tasks of one lesson by id; none if it has no exercise.

    Only that lesson's module is loaded: a learner who works on one exercise does not wait for the others.
    """
    if lesson not in lessons_with_tasks():
        return {}
    module = importlib.import_module(f"{__name__}.{_MODULE}{lesson}")
    return {task.id: task for task in module.TASKS}


def tasks() -> dict[str, Task]:
    """Give every task of the course by id."""
    return {key: task for lesson in lessons_with_tasks() for key, task in tasks_of(lesson).items()}


def find_task(identifier: str) -> Task:
    """Find a task by its id.

    Raises
    ------
    KeyError
        There is no such task; the message names close ones.
    """
    given = reading.text(identifier)
    name = given if isinstance(given, str) else ""
    here = tasks_of(name.partition(".")[0])
    if name in here:
        return here[name]
    known = tasks()
    close = difflib.get_close_matches(name[:20], known, 3) or list(known)[:3]
    raise KeyError(f"There is no task {reading.quoted(name)}. Close to it: {', '.join(close)}.")


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
    return verdict.with_note(journal().warning())


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
