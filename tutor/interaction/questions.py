"""The question bank: predictions and quizzes of every lesson, and how an answer is judged.

The questions stand in ``tutor/data/questions/NN.toml`` (see the README there), so that one question
has one home for the lesson that asks it, for the review that brings it back and for the translator.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor import data
from tutor.interaction import reading
from tutor.interaction.verdict import Verdict, plain

FOLDER = Path(data.__file__).parent / "questions"
KINDS = ("choice", "several", "number", "order")


@dataclass(frozen=True)
class Option:
    """One answer to choose: its text, whether it is right, and the reply to whoever chooses it."""

    text: str
    reply: str
    right: bool = False
    misconception: str = ""


@dataclass(frozen=True)
class Range:
    """Numbers from `low` to `high` (both included) that show one misunderstanding, and the reply to them."""

    reply: str
    low: float = float("-inf")
    high: float = float("inf")
    misconception: str = ""

    def distance(self, value: float) -> float:
        """Say how far a number lies outside; 0 within."""
        return max(self.low - value, value - self.high, 0.0)


@dataclass(frozen=True)
class Question:
    """A question of the bank.

    Parameters
    ----------
    id : str
        Stable id, ``"01.p2"`` for a prediction and ``"01.q3"`` for a quiz of lesson 01.
    kind : str
        ``"choice"`` (one option), ``"several"`` (all that apply), ``"number"`` or ``"order"``.
    prompt : str
        The question.
    explanation : str
        What every learner should know once she has answered.
    options : tuple of Option
        The options; for an order, in the right order.
    answer : float or str
        The right number (kind ``"number"``), or the id of a derived number such as ``"D0105"``.
    tolerance : float
        How far from it still counts as right.
    unit : str
        What the number counts, for example ``"years"``.
    low, high : float
        What can be given at all.
    ranges : tuple of Range
        Replies to wrong numbers; the first range that holds the number speaks.
    """

    id: str
    kind: str
    prompt: str
    explanation: str
    options: tuple[Option, ...] = ()
    answer: float | str = 0.0
    tolerance: float = 0.0
    unit: str = ""
    low: float = float("-inf")
    high: float = float("inf")
    ranges: tuple[Range, ...] = ()

    @property
    def lesson(self) -> str:
        """Number of the lesson that asks it, such as ``"01"``."""
        return self.id.partition(".")[0]

    @property
    def right_number(self) -> float:
        """The right number, computed where the bank names a derived one."""
        if isinstance(self.answer, str):
            from tutor.derived import derived

            return float(derived(self.answer).printed)
        return self.answer

    @property
    def is_prediction(self) -> bool:
        """Whether it is a guess made before a chart shows."""
        return ".p" in self.id


@functools.cache
def question_bank() -> Mapping[str, Question]:
    """Give every question of the course by id, in the order of the lessons.

    Raises
    ------
    ValueError
        A file of the bank is not as its README asks; the message says which question and why.
    """
    bank: dict[str, Question] = {}
    for path in sorted(FOLDER.glob("[0-9][0-9].toml")):
        for values in tomllib.loads(path.read_text(encoding="utf-8")).get("question", []):
            question = _question(values, path.stem)
            if question.id in bank:
                raise ValueError(f"{path.name}: the id {question.id} is used twice.")
            bank[question.id] = question
    return bank


def question(identifier: str) -> Question:
    """Find a question by its id.

    Raises
    ------
    KeyError
        There is no such question; the message names close ones.
    """
    bank = question_bank()
    given = reading.text(identifier)
    name = given if isinstance(given, str) else ""
    if name in bank:
        return bank[name]
    import difflib

    # Of the same lesson first: all ids of a kind are about equally alike.
    nearby = [known for known in bank if known.startswith(name[:3])] or list(bank)
    close = difflib.get_close_matches(name[:20], nearby, 3) or nearby[:3]
    raise KeyError(
        f"There is no question {reading.quoted(name)} in this course. Close to it: {', '.join(close)}."
    )


def judge(question: Question, answer: Any) -> Verdict:
    """Judge an answer to a question.

    Parameters
    ----------
    question : Question
        The question.
    answer : object
        For a choice the number of the option (from 1) or its text; for several, a list of those; for an
        order, the numbers or texts in the learner's order; for a number, a number.

    Returns
    -------
    Verdict
        Right, wrong with the misunderstanding, missing, or unreadable; never an error.
    """
    if question.kind == "number":
        return _judge_number(question, answer)
    chosen = _read_choice(question, answer)
    if isinstance(chosen, reading.Unreadable):
        return _not_judged(question, chosen)
    if question.kind == "choice":
        return _judge_choice(question, chosen[0])
    if question.kind == "several":
        return _judge_several(question, frozenset(chosen))
    return _judge_order(question, chosen)


def in_words(question: Question, answer: Any, between: str = "; ") -> str:
    """Say an answer in words, for the record and for the feedback that names what she chose."""
    if question.kind == "number":
        value = reading.number(answer)
        if isinstance(value, reading.Unreadable):
            return ""
        unit = question.unit.removesuffix("s") if value == 1 else question.unit
        return f"{digits(value)} {unit}".strip()
    chosen = _read_choice(question, answer)
    if isinstance(chosen, reading.Unreadable):
        return ""
    return between.join(plain(question.options[index].text) for index in chosen)


_FIRST: Mapping[str, str] = {
    "choice": "Choose one option first.",
    "several": "Choose the options that apply first.",
    "number": "Give a number first.",
    "order": "Put the items in order first.",
}


def _not_judged(question: Question, why: reading.Unreadable) -> Verdict:
    if why.missing:
        # A form has no three dots and no brackets: say what is missing in its own words.
        return Verdict("missing", _FIRST[question.kind])
    return Verdict("unreadable", why.reason)


def _judge_number(question: Question, answer: Any) -> Verdict:
    value = reading.number(answer)
    if isinstance(value, reading.Unreadable):
        return _not_judged(question, value)
    if not question.low <= value <= question.high:
        return Verdict(
            "unreadable",
            f"You gave {digits(value)}; the answer lies between {digits(question.low)} and "
            f"{digits(question.high)}.",
        )
    # A hair more than the tolerance, so that 4 lies within 0.7 of 3.3.
    slack = 1e-9 * max(1.0, abs(question.right_number))
    if abs(value - question.right_number) <= question.tolerance + slack:
        return Verdict("right", question.explanation)
    # A number between two ranges (11.995, where one ends at 11.99) gets the reply of the nearer one.
    place, nearest = min(enumerate(question.ranges, 1), key=lambda item: item[1].distance(value))
    return Verdict("wrong", nearest.reply, "", f"range {place}", nearest.misconception)


def digits(value: float) -> str:
    """Write a number as a learner would type it: ``1958``, ``0.25``, ``30000000``."""
    return f"{value:.10g}" if abs(value) < 1e10 else f"{value:g}"


def _judge_choice(question: Question, index: int) -> Verdict:
    option = question.options[index]
    if option.right:
        return Verdict("right", f"{option.reply}\n\n{question.explanation}".strip())
    return Verdict("wrong", option.reply, "", f"option {index + 1}", option.misconception)


def _judge_several(question: Question, chosen: frozenset[int]) -> Verdict:
    right = frozenset(i for i, option in enumerate(question.options) if option.right)
    if chosen == right:
        return Verdict("right", question.explanation)
    wrongly = sorted(chosen - right)
    if wrongly:
        option = question.options[wrongly[0]]
        return Verdict("wrong", option.reply, "", f"option {wrongly[0] + 1}", option.misconception)
    missing = question.options[min(right - chosen)]
    count = len(right - chosen)
    more = "One more applies." if count == 1 else f"{count} more apply."
    return Verdict(
        "wrong",
        f"What you chose is right, but it is not all. {more}",
        missing.reply,
        "incomplete",
        missing.misconception,
    )


def _judge_order(question: Question, order: tuple[int, ...]) -> Verdict:
    if list(order) == sorted(order):
        return Verdict("right", question.explanation)
    place = next(i for i, index in enumerate(order) if index != i)
    misplaced = question.options[order[place]]
    return Verdict(
        "wrong",
        f"“{plain_option(misplaced)}” stands too early. {misplaced.reply}",
        "",
        f"place {place + 1}",
        misplaced.misconception,
    )


def plain_option(option: Option) -> str:
    """Give the text of an option without markup or closing stop."""
    return plain(option.text).rstrip(".")


def _read_choice(question: Question, answer: Any) -> tuple[int, ...] | reading.Unreadable:
    """Read a choice; whatever goes wrong inside a foreign object becomes a message."""
    return reading.guarded(lambda given: _chosen(question, given))(answer)


def _chosen(question: Question, answer: Any) -> tuple[int, ...] | reading.Unreadable:
    """Read which options were chosen, as places counted from 0."""
    read = reading.items([answer] if isinstance(answer, str) else answer)
    if isinstance(read, reading.Unreadable):
        single = reading.number(answer)
        if isinstance(single, reading.Unreadable):
            wrong_kind = reading.Unreadable(_what_can_be_chosen(question))
            return read if read.missing or question.kind != "choice" else wrong_kind
        read = (single,)
    places: list[int] = []
    for item in read:
        place = _place(question, item)
        if place is None:
            return reading.Unreadable(_what_can_be_chosen(question))
        places.append(place)
    if question.kind == "choice" and len(places) != 1:
        return reading.Unreadable("Choose one option.")
    if len(set(places)) != len(places):
        return reading.Unreadable("You named one option twice.")
    if question.kind == "order" and len(places) != len(question.options):
        return reading.Unreadable(f"Put all {len(question.options)} items in order.")
    return tuple(places)


def _place(question: Question, item: Any) -> int | None:
    if reading.is_missing(item):
        return None
    if isinstance(item, str):
        wanted = reading.fold(item).rstrip(".")
        for place, option in enumerate(question.options):
            if reading.fold(plain_option(option)) == wanted:
                return place
    value = reading.number(item)
    if isinstance(value, float) and value.is_integer() and 1 <= value <= len(question.options):
        return _from_shown(question, int(value)) if question.kind == "order" else int(value) - 1
    return None


def shown_order(question: Question) -> tuple[int, ...]:
    """Give the places of an order's items as they are shown: shuffled, the same way for everybody.

    Options of other kinds are shown as they stand.
    """
    places = tuple(range(len(question.options)))
    if question.kind != "order":
        return places
    import random

    shuffled = list(places)
    generator = random.Random(question.id)
    while shuffled == list(places):
        generator.shuffle(shuffled)
    return tuple(shuffled)


def _from_shown(question: Question, number: int) -> int:
    return shown_order(question)[number - 1]


def _what_can_be_chosen(question: Question) -> str:
    if question.kind == "choice":
        return f"Choose one option by its number, 1 to {len(question.options)}, or by its text."
    return f"Give a list of option numbers, each from 1 to {len(question.options)}: for example [1, 2]."


def _question(values: Mapping[str, Any], lesson: str) -> Question:
    identifier = values.get("id", "?")
    known = {"id", "kind", "prompt", "explanation", "options", "answer", "tolerance", "unit"}
    unknown = values.keys() - known - {"low", "high", "ranges"}
    if unknown:
        raise ValueError(f"{identifier}: unknown fields {sorted(unknown)}.")
    if not re.fullmatch(rf"{lesson}\.[pq]\d+", identifier):
        raise ValueError(
            f"{identifier}: an id of lesson {lesson} looks like {lesson}.q1 or {lesson}.p1."
        )
    if values.get("kind") not in KINDS:
        raise ValueError(f"{identifier}: kind must be one of {', '.join(KINDS)}.")
    if values["kind"] == "number" and not values.get("ranges"):
        raise ValueError(f"{identifier}: a number needs ranges, each with the reply to it.")
    fields = {
        **values,
        "options": tuple(Option(**option) for option in values.get("options", [])),
        "ranges": tuple(Range(**item) for item in values.get("ranges", [])),
        "prompt": values["prompt"].strip(),
        "explanation": values["explanation"].strip(),
    }
    return Question(**fields)
