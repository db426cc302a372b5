"""What the course says to an answer: one value, whether it comes from a quiz, a prediction or a check."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import Literal

Status = Literal["right", "wrong", "missing", "unreadable", "noted"]

OPENING: dict[Status, str] = {
    "right": "Right.",
    "wrong": "Not yet.",
    "missing": "Not answered yet.",
    "unreadable": "Cannot read this answer.",
    "noted": "Noted.",
}
"""How each verdict begins, so that a glance and a screen reader both catch it first."""


@dataclass(frozen=True)
class Verdict:
    """The course's reply to one answer.

    Parameters
    ----------
    status : str
        ``"right"``, ``"wrong"``, ``"missing"``, ``"unreadable"``, or ``"noted"`` for a guess
        without right or wrong.
    message : str
        Why, or which misunderstanding the answer shows; may hold links ``[text](#ID)`` and ``*emphasis*``.
    hint : str
        One step further, without the answer; empty where there is none.
    mistake : str
        Name of the mistake recognised (for tests and class reports), or ``""``.
    misconception : str
        Id of the misconception of the lesson's contract, or ``""``.
    """

    status: Status
    message: str
    hint: str = ""
    mistake: str = ""
    misconception: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer was right."""
        return self.status == "right"

    def with_note(self, words: str) -> Verdict:
        """Give the same verdict with a paragraph more, or itself where there is nothing to add."""
        return replace(self, message=f"{self.message}\n\n{words}") if words else self

    def __str__(self) -> str:
        hint = f"\nHint: {self.hint}" if self.hint else ""
        return plain(f"{OPENING[self.status]} {self.message}{hint}")

    def __repr__(self) -> str:
        return str(self)

    def _repr_html_(self) -> str:
        hint = f"<p><strong>Hint:</strong> {rich(self.hint)}</p>" if self.hint else ""
        return (
            f'{UNDERLINED_LINKS}<div role="status" class="tumen-verdict" style="{_STYLE[self.status]}">'
            f"<p><strong>{OPENING[self.status]}</strong> {rich(self.message)}</p>{hint}</div>"
        )


UNDERLINED_LINKS = (
    "<style>.jp-RenderedHTMLCommon a:not(.jp-InternalAnchorLink){text-decoration:underline}</style>"
)
"""JupyterLab tells links from other words by a dark blue alone; ours, in prose and replies, have a line too.

Stands where every notebook runs by: in the opening of a lesson, and in the reply to a task.
"""

_BOX = "border-left:4px solid {};padding:.2em 1em;margin:.4em 0;max-width:46em;line-height:1.5;"
_STYLE: dict[Status, str] = {
    "right": _BOX.format("#1B5528"),
    "wrong": _BOX.format("#B3450B"),
    "missing": _BOX.format("#6B6B6B"),
    "unreadable": _BOX.format("#6B6B6B"),
    "noted": _BOX.format("#324FD6"),
}

_LINK = re.compile(r"\[([^\]]+)\]\(#([^)\s]+)\)")
_EMPHASIS = re.compile(r"(?<![*\w])\*(?!\s)([^*\n]+)(?<!\s)\*(?![*\w])")


def rich(text: str) -> str:
    """Write the course's small markup (links to rows, emphasis, paragraphs) as safe HTML."""
    escaped = html.escape(text, quote=True)
    linked = _LINK.sub(r'<a href="#\2">\1</a>', escaped)
    return _EMPHASIS.sub(r"<em>\1</em>", linked).strip().replace("\n\n", "</p><p>")


def plain(text: str) -> str:
    """Write the course's small markup as plain text."""
    return _EMPHASIS.sub(r"\1", _LINK.sub(r"\1", text)).strip()
