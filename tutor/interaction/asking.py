"""Asking: `predict` before a chart, `quiz` after it, `recall` and `review` later.

`answer` does by a plain call what the forms do.
"""

from __future__ import annotations

import datetime
import functools
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.interaction import reading
from tutor.interaction.message import Message
from tutor.interaction.questions import (
    Question,
    in_words,
    judge,
    question,
    question_bank,
    shown_order,
)
from tutor.interaction.record import Entry, journal, latest
from tutor.interaction.spacing import due, due_dates
from tutor.interaction.verdict import Verdict, plain, rich

if TYPE_CHECKING:
    from tutor.charts.figure import Figure

_FOLDER = Path(__file__).parent

# Stands between several options in the record; a text may hold a semicolon, but no line break.
_BETWEEN = "\n"


class Asked:
    """A question on the page: a form in a notebook, words everywhere else.

    Parameters
    ----------
    question : Question
        The question to ask.
    then : Figure or Explorable, optional
        What shows once the learner has committed to a guess.
    """

    def __init__(self, question: Question, then: Figure | None = None) -> None:
        self.question = question
        self.then = then

    def __repr__(self) -> str:
        options = [
            f"  {number}. {plain(self.question.options[place].text)}"
            for number, place in enumerate(shown_order(self.question), 1)
        ]
        how = f'To answer without the mouse: tutor.answer("{self.question.id}", ...)'
        return "\n".join([plain(self.question.prompt), *options, how])

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(_widget(self.question, holds_back=self.then is not None))
        if self.then is not None:
            display(self.then)


def predict(identifier: str, then: Figure | None = None) -> Asked | Message:
    """Ask for a guess before a chart shows.

    Parameters
    ----------
    identifier : str
        Id of the prediction, such as ``"01.p1"``.
    then : chart, optional
        What to show once she has committed to a guess. Where nobody answers (a printed page), it
        shows at once.

    Returns
    -------
    Asked
        The question; a form in a notebook. With an unknown id, a message that names close ones.
    """
    return _ask(identifier, then)


def quiz(identifier: str) -> Asked | Message:
    """Ask a question with a reply to every answer; what was answered is still there when the cell runs again.

    Parameters
    ----------
    identifier : str
        Id of the question, such as ``"01.q1"``.

    Returns
    -------
    Asked
        The question; a form in a notebook. With an unknown id, a message that names close ones.
    """
    return _ask(identifier, None)


def answer(identifier: str, given: Any) -> Verdict | Message:
    """Answer a prediction or a quiz by a plain call, with the same meaning as the form.

    Parameters
    ----------
    identifier : str
        Id of the question, such as ``"01.q1"``.
    given : object
        A number; or the number or text of an option; or a list of those.

    Returns
    -------
    Verdict
        The reply, also kept in your record.
    """
    try:
        asked = question(identifier)
    except KeyError as problem:
        return Message(str(problem.args[0]))
    return _judge_and_keep(asked, given)


class Several:
    """Several questions, one below the other, with a line of words before them."""

    def __init__(self, words: str, questions: list[Question]) -> None:
        self.words = words
        self.questions = questions

    def __repr__(self) -> str:
        return "\n\n".join([plain(self.words), *(repr(Asked(asked)) for asked in self.questions)])

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(Message(self.words))
        for asked in self.questions:
            display(_widget(asked, fresh=True))


def recall(lesson: str, count: int = 2) -> Several | Message:
    """Bring back questions of earlier lessons, those first that are due in her own record.

    Parameters
    ----------
    lesson : str
        Number of the lesson that closes, such as ``"02"``; only lessons before it are asked.
    count : int
        How many questions.

    Returns
    -------
    Several
        The questions.
    """
    number = str(lesson).zfill(2)
    earlier = [q for q in question_bank().values() if q.lesson < number and not q.is_prediction]
    if not (wanted := _how_many(count)):
        return Message(_SAY_HOW_MANY)
    entries = journal().entries()
    chosen = due(earlier, entries, count=wanted, fill=True)
    if not chosen:
        return Message("There is no earlier lesson to look back on yet.")
    more = len(due(earlier, entries, count=len(earlier))) - len(chosen)
    also = f" ({more} more due: tutor.review() brings them.)" if more > 0 else ""
    return Several(
        ("Two questions from before:" if len(chosen) == 2 else "From before:") + also, chosen
    )


def review(count: int = 5) -> Several | Message:
    """Bring back questions that she has answered before and that are due now.

    Parameters
    ----------
    count : int
        How many questions at most.

    Returns
    -------
    Several
        The questions that are due; or a message that says when the next one is.
    """
    if not (wanted := _how_many(count)):
        return Message(_SAY_HOW_MANY)
    now = datetime.datetime.now(datetime.UTC)
    quizzes = [q for q in question_bank().values() if not q.is_prediction]
    entries = journal().entries()
    ready = due(quizzes, entries, count=len(quizzes), now=now)
    if ready:
        more = (
            f" ({wanted} of {len(ready)}; run this again for the next)"
            if wanted < len(ready)
            else ""
        )
        return Several(f"Due for review{more}:", ready[:wanted])
    if dates := due_dates(quizzes, entries, now):
        next_one = min(dates.values()).astimezone()
        day = f"{next_one.day} {next_one:%B}"
        return Message(f"Nothing is due for review now. The next question comes back on {day}.")
    return Message("Nothing is due for review yet: what you answer in the lessons comes back here.")


_SAY_HOW_MANY = "Say how many questions you want by a whole number above zero, such as 5."


def _how_many(count: Any) -> int:
    """Read a number of questions; 0 if it is none."""
    given = reading.number(count)
    return int(given) if isinstance(given, float) and 1 <= given <= 1000 else 0


def _ask(identifier: str, then: Figure | None) -> Asked | Message:
    try:
        return Asked(question(identifier), then)
    except KeyError as problem:
        return Message(str(problem.args[0]))


def reply_to(asked: Question, given: Any) -> Verdict:
    """Say what the form replies to an answer, without keeping it in the record.

    Parameters
    ----------
    asked : Question
        The question.
    given : object
        What `judge` reads.

    Returns
    -------
    Verdict
        For a quiz as judged; for a prediction, where no guess is a failure, with what is true.
    """
    return _in_reply(asked, judge(asked, given), given)


def _judge_and_keep(asked: Question, given: Any) -> Verdict:
    verdict = judge(asked, given)
    if verdict.status in ("right", "wrong"):
        journal().add(
            Entry(
                what="predicted" if asked.is_prediction else "answered",
                item=asked.id,
                right=verdict.right,
                answer=in_words(asked, given, _BETWEEN),
                misconception=verdict.misconception,
            )
        )
    return _in_reply(asked, verdict, given).with_note(journal().warning())


def _in_reply(asked: Question, verdict: Verdict, given: Any) -> Verdict:
    """Turn the verdict on a guess into the reply: it is no failure, and the truth follows at once."""
    if not asked.is_prediction or verdict.status in ("missing", "unreadable"):
        return verdict
    guess = f"You guessed: *{in_words(asked, given).rstrip('.')}*."
    if verdict.right:
        return Verdict("right", f"{guess} {verdict.message}")
    return Verdict(
        "noted",
        f"{guess} {verdict.message}\n\n{asked.explanation}",
        mistake=verdict.mistake,
        misconception=verdict.misconception,
    )


def _reply_html(verdict: Verdict) -> str:
    return verdict._repr_html_().replace(' role="status"', "")


def _remembered(asked: Question) -> tuple[Any, Verdict | None]:
    """Find what she answered before, as the options it names, and the reply to it."""
    what = "predicted" if asked.is_prediction else "answered"
    entry = latest(journal().entries(), what).get(asked.id)
    if entry is None:
        return None, None
    given: Any = entry.answer.split(_BETWEEN)
    if asked.kind == "number":
        given = entry.answer.partition(" ")[0]
    verdict = judge(asked, given)
    if verdict.status not in ("right", "wrong"):
        # The question has changed since: her old answer stays in the record, but is not shown here.
        return None, None
    return given, _in_reply(asked, verdict, given)


def _widget(asked: Question, *, holds_back: bool = False, fresh: bool = False) -> Any:
    given, verdict = (None, None) if fresh else _remembered(asked)
    order = shown_order(asked)
    widget = _widget_class()(
        kind=asked.kind,
        prompt=rich(asked.prompt),
        options=[rich(asked.options[place].text) for place in order],
        unit=asked.unit,
        button="Commit my guess" if asked.is_prediction else "Answer",
        holds_back=holds_back,
        given=_shown(asked, given),
        reply=_reply_html(verdict) if verdict else "",
        status=verdict.status if verdict else "",
        settled=bool(verdict and (verdict.right or asked.is_prediction)),
    )

    def submitted(change: Any) -> None:
        reply = _judge_and_keep(asked, _given(asked, change["new"].get("answer")))
        widget.status = reply.status
        # An unchanged text would not be announced again: a count tells the page that it is new.
        widget.reply = f"{_reply_html(reply)}<!-- {change['new'].get('count')} -->"
        widget.settled = reply.status == "right" or (
            asked.is_prediction and reply.status == "noted"
        )

    widget.observe(submitted, "submitted")
    return widget


def _given(asked: Question, submitted: Any) -> Any:
    """Turn what the page sends (places as shown, from 0) into what `judge` reads (numbers from 1)."""
    if isinstance(submitted, list):
        return [place + 1 for place in submitted if isinstance(place, int)]
    return submitted


def _shown(asked: Question, given: Any) -> Any:
    """Turn an answer in words into what the page shows as given."""
    if given is None or asked.kind == "number":
        return given
    texts = {plain(option.text).rstrip("."): place for place, option in enumerate(asked.options)}
    places = [texts[words.rstrip(".")] for words in given if words.rstrip(".") in texts]
    shown = list(shown_order(asked))
    return [shown.index(place) for place in places]


@functools.cache
def _widget_class() -> Any:
    """Make the widget class on first use: importing anywidget takes longer than the whole course."""
    import anywidget
    import traitlets

    class QuestionWidget(anywidget.AnyWidget):
        """The form in the page; see ``question_widget.js``."""

        _esm = (_FOLDER / "question_widget.js").read_text(encoding="utf-8")
        _css = (_FOLDER / "question_widget.css").read_text(encoding="utf-8")
        kind = traitlets.Unicode().tag(sync=True)
        prompt = traitlets.Unicode().tag(sync=True)
        options = traitlets.List().tag(sync=True)
        unit = traitlets.Unicode().tag(sync=True)
        button = traitlets.Unicode().tag(sync=True)
        holds_back = traitlets.Bool().tag(sync=True)
        given = traitlets.Any(None, allow_none=True).tag(sync=True)
        submitted = traitlets.Dict().tag(sync=True)
        reply = traitlets.Unicode().tag(sync=True)
        status = traitlets.Unicode().tag(sync=True)
        settled = traitlets.Bool().tag(sync=True)

    return QuestionWidget
