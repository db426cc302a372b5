"""A question on a page without a kernel: the same form, and its replies looked up in the page.

In a notebook the kernel judges. Here Python judges everything that can be answered beforehand, and the
page looks the reply up; so what a reply says has one home. Without a script, the options open one by one.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from tutor.interaction.asking import reply_to
from tutor.interaction.questions import Question, digits, question_bank, shown_order
from tutor.interaction.verdict import Status, Verdict, plain, rich

GIVEN = "\ue000"
"""Stands in a reply for the number that the reader gave (a private character: in no text of ours)."""

# Printable, so that a reply quotes it as it stands; no text of ours holds it.
_GIVEN_PROBE = "¤¤¤"
_OPENED: Mapping[bool, Status] = {True: "right", False: "wrong"}


def by_prompt() -> Mapping[tuple[str, ...], Question]:
    """Find the questions by what a form shows of them: prompt and options.

    Returns
    -------
    mapping
        Questions by prompt and options as the form has them.
    """
    return {_shown(question): question for question in question_bank().values()}


def question_of(state: Mapping[str, Any]) -> Question:
    """Find the question that a form of a notebook asks.

    Parameters
    ----------
    state : mapping
        The state of the form's widget.

    Raises
    ------
    KeyError
        No question of the bank has this prompt and these options.
    """
    return by_prompt()[(state["prompt"], *state["options"])]


def _shown(question: Question) -> tuple[str, ...]:
    options = (rich(question.options[place].text) for place in shown_order(question))
    return (rich(question.prompt), *options)


def asked_html(question: Question, *, holds_back: bool = False) -> str:
    """Write a question so that a page without a kernel can ask it.

    Parameters
    ----------
    question : Question
        The question.
    holds_back : bool
        Whether the chart after it waits for the answer, or for the button that shows it.

    Returns
    -------
    str
        HTML that works without a script, and the form's data for the script.
    """
    data = {
        "kind": question.kind,
        "prompt": rich(question.prompt),
        "options": [rich(question.options[place].text) for place in shown_order(question)],
        "unit": question.unit,
        "button": "Commit my guess" if question.is_prediction else "Answer",
        "holds_back": holds_back,
        **_replies(question),
    }
    written = json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")
    return (
        f'<div class="tumen-asked" data-question="{question.id}">{_without_script(question)}'
        f'<script type="application/json">{written}</script></div>'
    )


def _without_script(question: Question) -> str:
    """Write the question as words that open: each option with the reply to it, and the answer."""
    parts = [f'<p class="tumen-prompt"><strong>{rich(question.prompt)}</strong></p>']
    if question.kind in ("choice", "several"):
        for place, option in enumerate(question.options, 1):
            parts.append(_opening(rich(option.text), _said(question, place)))
    elif question.kind == "order":
        shown = "".join(
            f"<li>{rich(question.options[place].text)}</li>" for place in shown_order(question)
        )
        parts.append(f"<ul>{shown}</ul>")
    if question.kind in ("number", "several", "order"):
        parts.append(_opening("The answer", f"<p>{_answer(question)}</p>"))
    return "".join(parts)


def _opening(summary: str, inner: str) -> str:
    return f"<details><summary>{summary}</summary>{inner}</details>"


def _said(question: Question, place: int) -> str:
    if question.kind == "choice":
        return _html(reply_to(question, place))
    option = question.options[place - 1]
    return _html(Verdict(_OPENED[option.right], option.reply or question.explanation))


def _answer(question: Question) -> str:
    """Say the right answer and why."""
    if question.kind == "number":
        right = f"{digits(question.right_number)} {question.unit}".strip()
    else:
        right = "; ".join(
            plain(option.text).rstrip(".")
            for option in question.options
            if option.right or question.kind == "order"
        )
    return f"<strong>{escape(right)}.</strong> {rich(question.explanation)}"


# What the page looks up ---------------------------------------------------------------------------


def _replies(question: Question) -> dict[str, Any]:
    """Judge everything that can be answered; the page finds its way by `keys` or by `pieces`."""
    found: list[dict[str, str]] = []
    places: dict[tuple[str, str], int] = {}

    def keep(verdict: Verdict) -> int:
        reply = (verdict.status, _html(verdict))
        if reply not in places:
            places[reply] = len(found)
            found.append({"status": reply[0], "html": reply[1]})
        return places[reply]

    if question.kind == "number":
        return {"replies": found, **_numbers(question, keep)}
    keys = {key: keep(reply_to(question, given)) for key, given in _answers(question)}
    return {"replies": found, "keys": keys}


def _answers(question: Question) -> Iterator[tuple[str, Any]]:
    """Give every answer as the page writes it (places from 0) and as `judge` reads it (from 1).

    An order is judged by the first item that stands too early: the items up to it are enough.
    """
    yield "", ...
    places = range(len(question.options))
    if question.kind == "choice":
        yield from ((str(place), place + 1) for place in places)
    elif question.kind == "several":
        for count in places:
            for chosen in itertools.combinations(places, count + 1):
                yield ",".join(map(str, chosen)), [place + 1 for place in chosen]
    else:
        right = sorted(places, key=lambda place: shown_order(question)[place])
        for count in places:
            for item in right[count + 1 :]:
                begun = [*right[:count], item]
                rest = [place for place in right if place not in begun]
                yield ",".join(map(str, begun)), [place + 1 for place in begun + rest]
        yield ",".join(map(str, right)), [place + 1 for place in right]


def _numbers(question: Question, keep: Any) -> dict[str, Any]:
    """Judge numbers: the reply changes only at some bounds, so one number of each piece is judged.

    A piece is ``[bound, at, below]``: the reply at the bound, and to numbers between the bound before
    and this one.
    """
    bounds = _bounds(question)
    pieces = []
    for before, bound in zip([bounds[0] - 1.0, *bounds], bounds, strict=False):
        between = _reply_to_number(question, (before + bound) / 2)
        pieces.append([bound, keep(_reply_to_number(question, bound)), keep(between)])
    above = keep(_reply_to_number(question, bounds[-1] + 1.0))
    unreadable = reply_to(question, _GIVEN_PROBE)
    text = Verdict(unreadable.status, unreadable.message.replace(_GIVEN_PROBE, GIVEN))
    return {
        "pieces": pieces,
        "above": above,
        "missing": keep(reply_to(question, "")),
        "unreadable": keep(text),
        "units": [question.unit, question.unit.removesuffix("s")],
    }


def _reply_to_number(question: Question, value: float) -> Verdict:
    """Reply to a number, with a mark wherever the reply names it."""
    verdict = reply_to(question, value)
    named = f"{digits(value)} " + question.unit.removesuffix("s" if value == 1 else "")
    message = verdict.message.replace(f"You guessed: *{named.strip()}*", f"You guessed: *{GIVEN}*")
    message = message.replace(f"You gave {digits(value)};", f"You gave {GIVEN};")
    return Verdict(verdict.status, message, verdict.hint)


def _bounds(question: Question) -> list[float]:
    """List, in order, every number at which the reply may change."""
    slack = question.tolerance + 1e-9 * max(1.0, abs(question.right_number))
    ends = {question.low, question.high}
    ends |= {question.right_number - slack, question.right_number + slack}
    ends |= {end for each in question.ranges for end in (each.low, each.high)}
    finite = sorted(end for end in ends if abs(end) != float("inf"))
    # Between two ranges the nearer one speaks: the reply changes half-way.
    halves = {(first + second) / 2 for first, second in itertools.pairwise(finite)}
    return sorted({*finite, *halves})


def _html(verdict: Verdict) -> str:
    return verdict._repr_html_().replace(' role="status"', "")
