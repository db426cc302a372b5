"""Put the cells of an executed lesson on slides.

What comes out is a notebook again, with one cell for each piece of a slide, so that nbconvert's exporter
makes the slides: sections of the lesson side by side, what belongs to a section below it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from tutor.interaction.questions import Question, question
from tutor.workshop.contracts import Lesson
from tutor.workshop.notebooks import Cell, Notebook, calls
from tutor.workshop.publishing.markdown import markdown_html
from tutor.workshop.slides.sources import linked, sources_html
from tutor.workshop.slides.votes import answer_html, notes_html, vote_html
from tutor.workshop.slides.wording import shown_markdown

KEY_POINTS = "What we know now"
"""The heading of the section whose slide shows the key points of the contract."""

_HEADING = re.compile(r"^(#{2,6})\s+(.*?)\s*$", re.MULTILINE)
_QUESTION = re.compile(r'data-question="([^"]+)"')
_ALTERNATIVE = re.compile(r'<div class="tumen-drawn"><img [^>]*?alt="([^"]*)"')
_ANY_LINK = re.compile(r"<a [^>]*>(.*?)</a>", re.DOTALL)
# The same for who reads alone; on a wall the picture has its alternative text, and the speaker her notes.
_EQUIVALENT = 'class="tumen-equivalent"'
# What the deck does not hold: a link keeps its words.
_TO_A_NOTEBOOK = re.compile(r'<a [^>]*href="[^"#][^"]*\.ipynb[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """One piece of a slide: its HTML, what it is (for the style), and whether it waits for a key."""

    html: str
    kind: str
    waits: bool = False


@dataclass
class Slide:
    """One slide.

    Attributes
    ----------
    opens_section
        Whether it begins a section of the lesson.
    kind
        What it shows, for the style: ``title``, ``text``, ``vote``, ``chart``, ...
    pieces
        What stands on it, in order.
    notes
        What the speaker reads, as HTML.
    """

    opens_section: bool
    kind: str
    pieces: list[Piece] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def slides_of(page: Notebook, lesson: Lesson) -> list[Slide]:
    """Lay out a lesson on slides.

    Parameters
    ----------
    page : Notebook
        The executed lesson, its outputs as HTML (`tutor.workshop.publishing.page_outputs`).
    lesson : Lesson
        Its contract.
    """
    return _Layout(page, lesson).slides


class _Layout:
    def __init__(self, page: Notebook, lesson: Lesson) -> None:
        self.lesson = lesson
        self.slides: list[Slide] = []
        self.heading = ""
        self.called: dict[int, set[str]] = {}
        for call in calls(page):
            self.called.setdefault(call.cell, set()).add(call.name)
        for cell in page.cells:
            self._place(cell)

    def _place(self, cell: Cell) -> None:
        kind = cell.content["metadata"]["slideshow"]["slide_type"]
        if cell.kind == "markdown" and (headings := _HEADING.findall(cell.source)):
            self.heading = headings[0][1]
        if kind == "skip":
            return
        if cell.kind == "markdown":
            self._place_text(cell, kind)
        else:
            self._place_outputs(cell, kind)

    def _place_text(self, cell: Cell, kind: str) -> None:
        whole = _for_a_deck(markdown_html(cell.source))
        if kind == "notes":
            self.slides[-1].notes.append(whole)
            return
        if cell.position == 1:
            self.slides.append(Slide(True, "title", [Piece(self._title(cell), "title")], [whole]))
            return
        shown = _for_a_deck(markdown_html(self._shown(cell)))
        if kind == "fragment":
            self._add_waiting(self.slides[-1], shown)
        else:
            name = "text" if _HEADING.search(cell.source) else "aside"
            if self.heading == KEY_POINTS and name == "text":
                name = "points"
            pieces = [*self._reminder(name == "aside"), Piece(shown, name)]
            self.slides.append(Slide(kind == "slide", name, pieces))
        self.slides[-1].notes.append(whole)

    @staticmethod
    def _add_waiting(slide: Slide, shown: str) -> None:
        """Let a text wait for a key; below a chart, together with the answer, to leave it the room."""
        last = slide.pieces[-1]
        if slide.kind == "chart" and last.kind == "answer":
            slide.pieces[-1] = replace(last, html=f"{last.html}{shown}")
        else:
            slide.pieces.append(Piece(shown, "text", waits=True))

    def _shown(self, cell: Cell) -> str:
        if self.heading == KEY_POINTS and _HEADING.search(cell.source):
            points = "\n".join(f"- {point}" for point in self.lesson.key_points)
            return f"## {KEY_POINTS}\n\n{points}"
        return shown_markdown(cell.source, cell.content["metadata"]["slideshow"].get("shown"))

    def _place_outputs(self, cell: Cell, kind: str) -> None:
        opens = kind == "slide"
        called = self.called.get(cell.position, set())
        if "begin" in called:
            self.slides.append(Slide(opens, "objectives", [Piece(self._objectives(), "text")]))
            self.slides[-1].notes.append(self._minutes())
            return
        html = [_html_of(output) for output in cell.content["outputs"]]
        asked = [question(found[1]) for each in html if (found := _QUESTION.search(each))]
        rest = [each for each in html if not _QUESTION.search(each) and _EQUIVALENT not in each]
        if "recall" in called:
            rest = []  # the line of words that announces the questions
        if "sources" in called:
            self.slides.append(Slide(opens, "sources", [Piece(self._sources(), "text")]))
            return
        for each in asked:
            self.slides.append(self._vote(each, opens, answered=not rest))
            opens = False
        if rest:
            self.slides.append(self._picture(rest, asked, opens))
            if self.slides[-1].kind == "output":
                self.slides[-1].notes.append(
                    f"<p>What this shows: <code>{escape(cell.source)}</code></p>"
                )

    def _sources(self) -> str:
        pieces = (piece.html for slide in self.slides for piece in slide.pieces)
        listed = sources_html(linked(pieces))
        # It scrolls: so the keyboard must reach it.
        box = '<div class="tumen-all-sources" tabindex="0" role="region" aria-label="Sources">'
        return f"<h2>Sources</h2>{box}{listed}</div>"

    def _vote(self, asked: Question, opens: bool, *, answered: bool) -> Slide:
        pieces = [*self._reminder(True), Piece(vote_html(asked), "vote")]
        if answered:
            pieces.append(Piece(answer_html(asked, explained=True), "answer", waits=True))
        return Slide(opens, "vote", pieces, [notes_html(asked)])

    def _picture(self, rest: list[str], asked: list[Question], opens: bool) -> Slide:
        words = [match[1] for each in rest if (match := _ALTERNATIVE.search(each))]
        kind = "chart" if words else "output"
        pieces = [*self._reminder(True), Piece(_outputs(rest), kind)]
        notes = [f"<p>The chart in words: {each}</p>" for each in words]
        for each in asked:
            pieces.append(Piece(answer_html(each, explained=False), "answer", waits=True))
            notes.insert(0, notes_html(each))
        return Slide(opens, kind, pieces, notes)

    def _reminder(self, wanted: bool) -> Iterator[Piece]:
        """Say in which section of the lesson a slide stands, if it has no heading of its own."""
        if wanted and self.heading:
            yield Piece(f"<h2>{escape(self.heading)}</h2>", "reminder")

    def _title(self, cell: Cell) -> str:
        title = cell.source.splitlines()[0].removeprefix("# ")
        return (
            f'<p class="tumen-lesson">Across the Tumen · Lesson {self.lesson.number}</p>'
            f"<h1>{escape(title)}</h1><p>{escape(self.lesson.question)}</p>"
        )

    def _objectives(self) -> str:
        items = "".join(f"<li>{escape(each)}</li>" for each in self.lesson.objectives)
        return f"<h2>After this lesson you can</h2><ul>{items}</ul>"

    def _minutes(self) -> str:
        sections = "; ".join(f"{each.title}, {each.minutes}" for each in self.lesson.sections)
        return (
            f"<p>{self.lesson.minutes_to_teach} minutes in class. "
            f"Minutes of each section for who works alone: {escape(sections)}.</p>"
        )


def _for_a_deck(html: str) -> str:
    return _TO_A_NOTEBOOK.sub(r"\1", html)


def _html_of(output: dict[str, Any]) -> str:
    data = output["data"]
    if "text/html" in data:
        return _for_a_deck(data["text/html"])
    return f"<pre>{escape(data['text/plain'])}</pre>"


def _outputs(parts: list[str]) -> str:
    # The classes by which a page finds the controls that belong to a chart.
    return "".join(f'<div class="jp-OutputArea-child">{each}</div>' for each in parts)


# As nbconvert wants it ----------------------------------------------------------------------------


def deck_notebook(slides: list[Slide], title: str) -> dict[str, Any]:
    """Write slides as a notebook for nbconvert's exporter.

    Parameters
    ----------
    slides : list of Slide
        The slides.
    title : str
        What the browser's tab says.
    """
    cells = [cell for place, slide in enumerate(slides) for cell in _cells(slide, place)]
    for place, cell in enumerate(cells):
        cell["id"] = f"piece-{place}"
    return {"cells": cells, "metadata": {"title": title}, "nbformat": 4, "nbformat_minor": 5}


def _cells(slide: Slide, place: int) -> Iterator[dict[str, Any]]:
    start = "slide" if slide.opens_section or place == 0 else "subslide"
    first, *rest = slide.pieces
    yield _cell(first, start, slide.kind)
    # Notes come before what waits: reveal.js counts what stands after it as a part of it.
    at_once = [piece for piece in rest if not piece.waits]
    yield from (_cell(piece, "-", slide.kind) for piece in at_once)
    if slide.notes:
        # The speaker's window is another page: a link would lead nowhere.
        words = _ANY_LINK.sub(r"\1", "".join(slide.notes))
        yield _cell(Piece(words, "notes"), "notes", slide.kind)
    yield from (_cell(piece, "fragment", slide.kind) for piece in rest if piece.waits)


def _cell(piece: Piece, slide_type: str, slide: str) -> dict[str, Any]:
    return {
        "cell_type": "raw",
        "metadata": {
            "slideshow": {"slide_type": slide_type},
            "piece": piece.kind,
            "slide": slide,
        },
        "source": piece.html,
    }
