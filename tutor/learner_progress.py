"""Progress: what she has opened, predicted, answered and solved, and where to go on."""

from __future__ import annotations

import functools
import html
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tutor
from tutor.charts.keys import KEEPS_KEYS
from tutor.interaction.message import Message
from tutor.interaction.questions import question_bank
from tutor.interaction.record import NOT_SAVED, Entry, journal, latest
from tutor.interaction.summit_widget import ITEM, has_finished_a_summit
from tutor.interaction.verdict import UNDERLINED_LINKS

ROOT = Path(tutor.__file__).parent.parent
_SUMMIT_LESSON = ITEM.split(".")[0]


@dataclass(frozen=True)
class LessonProgress:
    """How far she is in one lesson.

    Parameters
    ----------
    number, title, path : str
        The lesson; its notebook relative to the root of the course.
    opened : bool
        Whether she has run its first cell.
    predicted, predictions : int
        Predictions made, and how many there are.
    answered, questions : int
        Questions answered rightly, and how many there are.
    solved, tasks : int
        Tasks of the exercise solved, and how many there are.
    played, games : int
        Whether she has played the lesson's game to its end, and whether it has one: 0 or 1.
    """

    number: str
    title: str
    path: str
    opened: bool
    predicted: int
    predictions: int
    answered: int
    questions: int
    solved: int
    tasks: int
    played: int = 0
    games: int = 0

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do in the lesson and its exercise."""
        done = (self.predicted, self.answered, self.solved, self.played)
        return self.opened and done == (self.predictions, self.questions, self.tasks, self.games)

    @property
    def game(self) -> str:
        """How far she is in the lesson's game, in words; empty where there is none."""
        if not self.games:
            return ""
        return "summit played to its end" if self.played else "summit not played to its end yet"


class Progress:
    """Her progress through the whole course, as a table and as words."""

    def __init__(self, lessons: list[LessonProgress], notes: list[str]) -> None:
        self.lessons = lessons
        self.notes = notes

    @property
    def next(self) -> LessonProgress | None:
        """The first lesson that is not finished."""
        return next((lesson for lesson in self.lessons if not lesson.finished), None)

    def __repr__(self) -> str:
        lines = [
            f"{lesson.number} {lesson.title}: {lesson.predicted} of {lesson.predictions} predictions, "
            f"{lesson.answered} of {lesson.questions} questions right, "
            f"{lesson.solved} of {lesson.tasks} tasks solved"
            + (f", {lesson.game}" if lesson.game else "")
            for lesson in self.lessons
        ]
        go_on = self.next
        lines.append(f"Go on with: {go_on.path}" if go_on else "You have finished everything.")
        return "\n".join([*lines, *self.notes])

    def _repr_html_(self) -> str:
        heads = ("Lesson", "Predictions made", "Questions right", "Tasks solved")
        head = "".join(f'<th scope="col" style="text-align:left">{head}</th>' for head in heads)
        rows = "".join(
            f'<tr><th scope="row" style="text-align:left">{_link(lesson)}{_game(lesson)}</th>'
            f"<td>{lesson.predicted} of {lesson.predictions}</td>"
            f"<td>{lesson.answered} of {lesson.questions}</td>"
            f"<td>{_tasks(lesson)}</td></tr>"
            for lesson in self.lessons
        )
        go_on = self.next
        words = f"Go on with {_link(go_on)}." if go_on else "You have finished everything."
        notes = "".join(f"<p>{html.escape(note)}</p>" for note in self.notes)
        return (
            '<table><caption style="text-align:left">Your progress</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
            f'<div role="status"><p>{words}</p>{notes}</div>'
        )


def progress(export: bool = False, restore: str | None = None) -> Progress | Message | Exported:
    """Show what you have read, predicted and answered, and where to go on.

    Parameters
    ----------
    export : bool
        Whether to give your whole record as one line of text instead, to keep or to carry elsewhere.
    restore : str, optional
        Such a line: what it holds is added to your record here.

    Returns
    -------
    Progress
        A table of the lessons; or the exported line; or a message about what was restored.
    """
    if restore is not None:
        try:
            new = journal().merge(restore)
        except ValueError as problem:
            return Message(str(problem))
        return Message(
            f"Restored: {new} {'entry' if new == 1 else 'entries'} added to your record."
        )
    if export:
        return Exported(journal().export())
    return Progress(lesson_progress(), _notes())


class Exported(str):
    """A record as one line, shown whole and ready to copy."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return (
            "<p>Copy this whole line and keep it. To restore it elsewhere: "
            '<code>tutor.progress(restore="...")</code></p>'
            f'<textarea readonly aria-label="Your record" rows="4" style="width:46em;max-width:100%" '
            f'onkeydown="{KEEPS_KEYS}" onfocus="this.select()">{html.escape(self)}</textarea>'
        )


class Opening:
    """The opening of a lesson, from its contract: question, objectives, time and what comes before."""

    def __init__(self, contract: Mapping[str, Any], before: list[str], words: str) -> None:
        self.contract = contract
        self.before = before
        self.words = words

    @property
    def time(self) -> str:
        """Minutes alone and in class, and the lessons that come before."""
        minutes = self.contract["minutes"]
        after = f" Comes after: {', '.join(self.before)}." if self.before else ""
        return f"About {minutes['do']} minutes alone, {minutes['teach']} in class.{after}"

    def __repr__(self) -> str:
        objectives = "\n".join(f"  - {objective}" for objective in self.contract["objectives"])
        return (
            f"{self.contract['question']}\n\nAfter this lesson you can:\n{objectives}\n\n"
            f"{self.time}\n{self.words}"
        )

    def _repr_html_(self) -> str:
        objectives = "".join(
            f"<li>{html.escape(objective)}</li>" for objective in self.contract["objectives"]
        )
        return (
            f'{UNDERLINED_LINKS}<div style="max-width:46em">'
            f"<p><strong>{html.escape(self.contract['question'])}"
            f"</strong></p><p>After this lesson you can:</p><ul>{objectives}</ul>"
            f'<p>{html.escape(self.time)}</p><p role="status">{html.escape(self.words)}</p></div>'
        )


def begin(lesson: str) -> Opening | Message:
    """Open a lesson: its question, what you will be able to do, and how far you are in it.

    Parameters
    ----------
    lesson : str
        Number of the lesson, such as ``"01"``.

    Returns
    -------
    Opening
        The lesson's question, objectives and time; your record notes that you were here.
    """
    contracts = {contract["number"]: (path, contract) for path, contract in _contracts()}
    if str(lesson) not in contracts:
        return Message(f"There is no lesson {lesson!r} here. There are: {', '.join(contracts)}.")
    path, contract = contracts[str(lesson)]
    here = _progress_in(path, contract, journal().entries())
    if not here.opened:
        journal().add(Entry(what="opened", item=here.number))
    done = here.predicted + here.answered
    everything = here.predictions + here.questions
    words = (
        f"Welcome back: {done} of the {everything} questions here are done."
        if here.opened and done
        else f"{everything} questions await you here. Your answers stay on this computer."
    )
    before = [
        f"{number} {contracts[number][1]['title']}"
        for number in contract["requires"]
        if number in contracts
    ]
    return Opening(contract, before, " ".join([words, *_notes()]))


def lesson_progress() -> list[LessonProgress]:
    """Work out how far she is in every lesson that the course has."""
    entries = journal().entries()
    return [_progress_in(path, contract, entries) for path, contract in _contracts()]


def _progress_in(
    path: str, contract: Mapping[str, Any], entries: Sequence[Entry]
) -> LessonProgress:
    """Work out how far she is in one lesson."""
    number = contract["number"]
    predicted, answered = latest(entries, "predicted"), latest(entries, "answered")
    ever_right = {
        entry.item for entry in entries if entry.right and entry.what in ("answered", "checked")
    }
    questions = [q for q in question_bank().values() if q.lesson == number]
    predictions = [q.id for q in questions if q.is_prediction]
    quizzes = [q.id for q in questions if not q.is_prediction]
    tasks = _task_ids().get(number, ())
    return LessonProgress(
        number=number,
        title=contract["title"],
        path=path,
        opened=any(entry.what == "opened" and entry.item == number for entry in entries),
        predicted=sum(identifier in predicted for identifier in predictions),
        predictions=len(predictions),
        answered=sum(i in ever_right and i in answered for i in quizzes),
        questions=len(quizzes),
        solved=sum(identifier in ever_right for identifier in tasks),
        tasks=len(tasks),
        played=int(number == _SUMMIT_LESSON and has_finished_a_summit(entries)),
        games=int(number == _SUMMIT_LESSON),
    )


@functools.cache
def _contracts() -> tuple[tuple[str, dict], ...]:
    """Read the lessons' contracts out of their notebooks."""
    found = []
    for path in sorted((ROOT / "lessons").glob("[0-9][0-9]_*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        found.append((f"lessons/{path.name}", notebook["metadata"]["course"]))
    return tuple(found)


@functools.cache
def _task_ids() -> Mapping[str, tuple[str, ...]]:
    """Read from the exercises' contracts which tasks each lesson has: to count them, no check is loaded."""
    found = {}
    for path in sorted((ROOT / "exercises").glob("[0-9][0-9]_*.ipynb")):
        contract = json.loads(path.read_text(encoding="utf-8"))["metadata"]["course"]
        found[contract["number"]] = tuple(task["id"] for task in contract["tasks"])
    return found


def _notes() -> list[str]:
    notes = []
    if not journal().saved:
        notes.append(NOT_SAVED)
    elif os.environ.get("BINDER_SERVICE_HOST") or os.environ.get("BINDER_REPO_URL"):
        notes.append(
            "You are on Binder, which forgets everything when you leave. Before you go, copy what "
            "tutor.progress(export=True) shows, and download the notebooks that you worked in."
        )
    damaged = journal().damaged_lines()
    if damaged:
        lines = "1 line" if damaged == 1 else f"{damaged} lines"
        notes.append(
            f"{lines} of your record could not be read and were left out; all else is here."
        )
    return notes


def _link(lesson: LessonProgress) -> str:
    name = html.escape(f"{lesson.number} {lesson.title}")
    return f'<a href="../{html.escape(lesson.path)}">{name}</a>'


def _game(lesson: LessonProgress) -> str:
    return f" ({html.escape(lesson.game)})" if lesson.game else ""


def _tasks(lesson: LessonProgress) -> str:
    return f"{lesson.solved} of {lesson.tasks}" if lesson.tasks else "no exercise"
