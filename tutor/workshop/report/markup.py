"""Pieces of HTML that both pages of the report are made of."""

from __future__ import annotations

import html
from functools import cache
from pathlib import Path

from tutor.workshop.report.lessons import Treated


@cache
def _style() -> str:
    return (Path(__file__).parent / "style.css").read_text(encoding="utf-8")


def page(title: str, body: str, kind: str = "") -> str:
    """Put a body into a page that needs no other file; `kind` names its class in the style."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{text(title)}</title><style>{_style()}</style></head>"
        f'<body class="{kind}"><main>{body}</main></body></html>\n'
    )


def text(value: object) -> str:
    """Write a value so that nothing in it is read as HTML."""
    return html.escape(str(value))


def count(number: int, one: str, many: str) -> str:
    """Write a number with its noun."""
    return f"{number} {one if number == 1 else many}"


def number(value: float) -> str:
    """Write a number without idle digits."""
    return f"{value:g}"


def signed(value: float) -> str:
    """Write a correlation, with a real minus sign."""
    return f"{value:.2f}".replace("-", "−")


def again(known: Treated) -> str:
    """Say where the course takes a misunderstanding up."""
    lesson = f"Lesson {known.lesson}, {known.title}"
    if not known.sections:
        return lesson
    sections = " and ".join(f"“{section}”" for section in known.sections)
    return f"{lesson}: {sections}"


def bar(*parts: tuple[str, int], among: int) -> str:
    """Draw counts as parts of one bar; it is read to nobody, for the words beside it say the same."""
    spans = "".join(
        f'<span class="{kind}" style="width:{100 * number / among:.1f}%"></span>'
        for kind, number in parts
        if number
    )
    return f'<div class="bar" aria-hidden="true">{spans}</div>' if among else ""
