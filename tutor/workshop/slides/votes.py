"""A question as a class votes on it: options with letters, and the answer when the vote is over."""

from __future__ import annotations

import re
from string import ascii_uppercase

from tutor.interaction.questions import Question, digits, shown_order
from tutor.interaction.verdict import plain, rich

_CLOSED = re.compile(r"[.?!…][”\"’)]*$")

ASK = {
    "choice": "Vote",
    "several": "Vote: more than one may apply",
    "number": "Write down your number",
    "order": "Put them in order",
}


def vote_html(question: Question) -> str:
    """Write a question with its options, each with a letter; those that are right are marked later.

    Parameters
    ----------
    question : Question
        The question.
    """
    parts = [f'<p class="tumen-ask">{ASK[question.kind]}</p>', f"<h3>{rich(question.prompt)}</h3>"]
    if question.kind == "number":
        unit = rich(question.unit)
        parts.append(f'<p class="tumen-blank"><span aria-label="Your number"></span> {unit}</p>')
        return "".join(parts)
    items = "".join(
        f'<li{_right(question, place)}><b class="tumen-letter">{letter}</b>'
        f"<span>{rich(question.options[place].text)}</span></li>"
        for letter, place in zip(ascii_uppercase, shown_order(question), strict=False)
    )
    return "".join([*parts, f'<ul class="tumen-options">{items}</ul>'])


def _right(question: Question, place: int) -> str:
    marked = question.kind != "order" and question.options[place].right
    return ' class="tumen-right"' if marked else ""


def answer_in_words(question: Question) -> str:
    """Say the right answer; empty for a guess that has none."""
    letters = dict(zip(shown_order(question), ascii_uppercase, strict=False))
    if question.kind == "number":
        return f"{digits(question.right_number)} {question.unit}".strip()
    if question.kind == "order":
        return ", ".join(letters[place] for place in range(len(question.options)))
    right = [place for place, option in enumerate(question.options) if option.right]
    if len(right) == 1:
        return f"{letters[right[0]]}: {plain(question.options[right[0]].text).rstrip('.')}"
    *most, last = [letters[place] for place in right] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def answer_html(question: Question, *, explained: bool) -> str:
    """Write the answer for the moment after the vote.

    Parameters
    ----------
    question : Question
        The question.
    explained : bool
        Whether the explanation stands below it, or is left to the speaker.
    """
    words = answer_in_words(question)
    stop = "" if _CLOSED.search(words) else "."
    answer = f"<strong>Answer: {rich(words)}{stop}</strong>" if words else ""
    if explained or not words:
        answer = f"{answer} {rich(question.explanation)}"
    return f"<p>{answer}</p> "


def notes_html(question: Question) -> str:
    """Write for the speaker: the answer, why, and what to say to each wrong answer."""
    words = answer_in_words(question)
    answer = f"<strong>Answer: {rich(words)}.</strong> " if words else ""
    replies = [
        (f"If they say {letter}", question.options[place].reply)
        for letter, place in zip(ascii_uppercase, shown_order(question), strict=False)
        if question.kind != "order"
    ] or [
        (f"From {digits(each.low)} to {digits(each.high)}", each.reply) for each in question.ranges
    ]
    listed = "".join(f"<li>{who}: {rich(reply)}</li>" for who, reply in replies if reply)
    return f"<p>{answer}{rich(question.explanation)}</p>" + (listed and f"<ul>{listed}</ul>")
