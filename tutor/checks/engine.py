"""Checks: what the course says to the answer of a task.

A task knows its right answer, the mistakes that learners make and what each of them shows. Judging is
a pure function from a task and a value to a verdict: it needs no notebook, keeps no state and never
changes the answer, so that an instructor's grader can judge values in a process of its own. Whatever the
answer is, reading it goes through one guard (`tutor.interaction.reading.guarded`), which gives plain
numbers and texts or a message; tasks and mistakes only ever see those.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tutor import data
from tutor.interaction import reading
from tutor.interaction.reading import Unreadable
from tutor.interaction.verdict import Verdict

Reader = Callable[[Any], Any]

# What may stand around a letter or word without changing it.
_AROUND = " .,:;()[]'\"“”‘’"


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that shows what was misunderstood.

    Parameters
    ----------
    name : str
        Short name, for tests and class reports.
    shows : callable
        Whether a (read) answer is this mistake.
    message : str
        Which misunderstanding the answer shows.
    hint : str
        What to do next; never the answer.
    misconception : str
        Id of the misconception in the lesson's contract, or ``""``.
    """

    name: str
    shows: Callable[[Any], bool]
    message: str
    hint: str = ""
    misconception: str = ""


@dataclass(frozen=True)
class Task:
    """One task of an exercise.

    Parameters
    ----------
    id : str
        Stable id such as ``"01.3"``.
    read : callable
        Reads the answer in any of its forms; gives `Unreadable` for what cannot be judged.
    right : callable
        Whether a read answer is right.
    why : str
        What to know once the answer is right.
    mistakes : sequence of Mistake
        The first that fits speaks.
    otherwise : str
        Reply to any other wrong answer.
    hints : sequence of str
        Further hints on request, each saying a little more, none the answer.
    """

    id: str
    read: Reader
    right: Callable[[Any], bool]
    why: str
    mistakes: Sequence[Mistake]
    otherwise: str
    hints: Sequence[str]


def judge(task: Task, answer: Any) -> Verdict:
    """Judge an answer to a task.

    Parameters
    ----------
    task : Task
        The task.
    answer : object
        Anything at all; it is read, never changed.

    Returns
    -------
    Verdict
        Right and why; wrong, with the misunderstanding and a hint; missing; or unreadable.
    """
    value = reading.guarded(task.read)(answer)
    if isinstance(value, Unreadable):
        return Verdict("missing" if value.missing else "unreadable", value.reason)
    if task.right(value):
        return Verdict("right", task.why)
    for mistake in task.mistakes:
        if mistake.shows(value):
            return Verdict(
                "wrong", mistake.message, mistake.hint, mistake.name, mistake.misconception
            )
    return Verdict("wrong", task.otherwise, task.hints[0], "other")


# Building blocks that the tasks of all lessons share.


def close_to(value: float, tolerance: float = 0.0) -> Callable[[float], bool]:
    """Make a test for numbers no further than `tolerance` from `value`."""
    # A hair more than the tolerance, so that 0.1 + 0.2 counts as 0.3.
    slack = max(tolerance, 1e-9 * max(1.0, abs(value)))
    return lambda given: abs(given - value) <= slack


def between(low: float, high: float) -> Callable[[float], bool]:
    """Make a test for numbers from `low` to `high`, both included."""
    return lambda given: low <= given <= high


def same_members(expected: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Make a test for a list with just these members, in any order."""
    wanted = {reading.fold(name) for name in expected}
    return lambda given: set(given) == wanted


def same_order(expected: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Make a test for a list with these members in this order."""
    wanted = tuple(reading.fold(name) for name in expected)
    return lambda given: tuple(given) == wanted


def lacks(*members: str) -> Callable[[Sequence[str]], bool]:
    """Make a test for a list without one of these members."""
    wanted = {reading.fold(name) for name in members}
    return lambda given: not wanted <= set(given)


def holds(*members: str) -> Callable[[Sequence[str]], bool]:
    """Make a test for a list with at least one of these members."""
    unwanted = {reading.fold(name) for name in members}
    return lambda given: bool(unwanted & set(given))


def codes_of(allowed: Sequence[str], names: Mapping[str, str]) -> Reader:
    """Make a reader of lists of codes that takes a code or the name that belongs to it.

    Parameters
    ----------
    allowed : sequence of str
        The codes, as shown to the learner.
    names : dict
        Other ways to write a code, for example ``{"South Korea": "KOR"}``.

    Returns
    -------
    callable
        Reads an answer to a tuple of folded codes, or to `Unreadable` that names what is not a code.
    """
    every = {code: code for code in allowed} | dict(names)
    known = {reading.fold(name).strip(_AROUND): reading.fold(code) for name, code in every.items()}

    def read(answer: Any) -> tuple[str, ...] | Unreadable:
        given = reading.names(answer)
        if isinstance(given, Unreadable):
            return given
        given = tuple(name.strip(_AROUND) for name in given)
        unknown = [name for name in given if name not in known]
        if unknown:
            return Unreadable(
                f"Your list holds {reading.quoted(unknown[0])}, which is none of the codes used here: "
                f"{', '.join(allowed)}."
            )
        return tuple(known[name] for name in given)

    return read


def one_of(choices: Mapping[str, str]) -> Reader:
    """Make a reader of one letter or word among several.

    Parameters
    ----------
    choices : dict
        Every way to write a choice to the choice.

    Returns
    -------
    callable
        Reads an answer to a choice, or to `Unreadable` that names what can be chosen.
    """
    known = {reading.fold(way).strip(_AROUND): choice for way, choice in choices.items()}

    def read(answer: Any) -> str | Unreadable:
        given = reading.text(answer)
        if isinstance(given, Unreadable):
            return given
        folded = reading.fold(given).strip(_AROUND)
        if folded not in known:
            allowed = ", ".join(f'"{choice}"' for choice in dict.fromkeys(choices.values()))
            return Unreadable(f"You gave {reading.quoted(given)}. Answer with one of {allowed}.")
        return known[folded]

    return read


def letter_of(letters: str, also: Mapping[str, str] = MappingProxyType({})) -> Reader:
    """Make a reader of one of these letters; `also` holds other ways to write one."""
    return one_of({letter: letter for letter in letters} | dict(also))


def letters_of(letters: str) -> Reader:
    """Make a reader of a list of these letters, also written as one word such as ``"BD"``."""
    read = codes_of(letters, {})

    def read_letters(answer: Any) -> tuple[str, ...] | Unreadable:
        given = reading.names(answer)
        if isinstance(given, tuple) and len(given) == 1:
            word = given[0].strip(_AROUND)
            given = tuple(word) if set(word) <= set(letters.casefold()) else given
        return given if isinstance(given, Unreadable) else read(given)

    return read_letters


def countries(codes: Sequence[str], also: Mapping[str, str] = MappingProxyType({})) -> Reader:
    """Make a reader of lists of countries, by code or by name, their own languages included.

    Every name of the table of countries is one; the Soviet Union counts as Russia where only that is
    among the codes, and `also` holds further names.
    """
    named = {row["native_name"]: row["id"] for row in data.rows("actors")}
    for row in data.rows("country_names"):
        of_row = (row["name"], row["code"], *row["other_names"].split(";"))
        code = "RUS" if row["code"] == "SUN" and "SUN" not in codes else row["code"]
        named |= dict.fromkeys(filter(None, of_row), code)
    named |= also
    return codes_of(codes, {name: code for name, code in named.items() if code in codes})


def chosen(choice: str) -> Callable[[str], bool]:
    """Make a test for just this choice."""
    return lambda given: given == choice


def before(first: str, second: str) -> Callable[[Sequence[str]], bool]:
    """Make a test for a list in which one member stands before another."""
    one, two = reading.fold(first), reading.fold(second)
    return lambda given: one in given and two in given and given.index(one) < given.index(two)


def any_of(*tests: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """Make a test that one of these tests passes."""
    return lambda given: any(test(given) for test in tests)
