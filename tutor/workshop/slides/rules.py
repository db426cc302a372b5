"""What a lesson's cells keep to, so that a deck can be made of them that a teacher would show.

Each rule takes one notebook and returns sentences that say what is wrong. They hold for lessons; whether
everything fits on its slide is seen in the browser, by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tutor.workshop.notebooks import Cell, Notebook, calls, count_words
from tutor.workshop.slides.wording import heading_levels, shown_markdown

SLIDE_TYPES = ("slide", "subslide", "fragment", "notes", "skip")
MAX_WORDS_SHOWN = 80
"""Without tables: whether those fit is seen in the browser."""
MAX_WORDS_WAITING = 40
"""A text that waits for a key stands below a chart, and takes its room from it."""
MIN_SLIDES, MAX_SLIDES = 15, 60

_TWO_SLIDES = ("predict", "recall")


def slide_type(cell: Cell) -> str:
    """Give the slide type of a cell; empty if it has none."""
    return str(_slideshow(cell).get("slide_type", ""))


def _slideshow(cell: Cell) -> dict[str, Any]:
    return cell.content.get("metadata", {}).get("slideshow", {})


def has_slide_types(notebook: Notebook) -> list[str]:
    """Require of each cell a slide type that fits it, so that no author forgets the deck."""
    if notebook.kind != "lesson":
        return []
    sources = {call.cell for call in calls(notebook) if call.name == "sources"}
    return [
        f"Cell {cell.position} {problem}"
        for cell in notebook.cells
        for problem in _problems_of_type(cell, cell.position in sources)
    ]


def _problems_of_type(cell: Cell, is_list_of_sources: bool) -> Iterator[str]:
    kind = slide_type(cell)
    if kind not in SLIDE_TYPES:
        yield f"has the slide type {kind!r}; it should be one of {', '.join(SLIDE_TYPES)}."
        return
    opens = any(level <= 2 for level in heading_levels(cell.source)) or is_list_of_sources
    if cell.position == 1 and kind != "slide":
        yield "opens the deck: its slide type should be slide."
    elif kind == "slide" and not (cell.kind == "markdown" and opens) and not is_list_of_sources:
        yield "has no ## heading, so it should be a subslide of its section."
    elif opens and cell.kind == "markdown" and kind not in ("slide", "skip"):
        yield "has a ## heading: its slide type should be slide (or skip)."
    if cell.kind == "code" and kind in ("fragment", "notes"):
        yield f"is code: it cannot be of the slide type {kind}."


def shows_sentences_that_stand_in_it(notebook: Notebook) -> list[str]:
    """Require that ``shown`` names sentences of its cell, and that they fit on a slide."""
    if notebook.kind != "lesson":
        return []
    return [
        f"Cell {cell.position}: {problem}"
        for cell in notebook.cells
        for problem in _problems_of_shown(cell)
    ]


def _problems_of_shown(cell: Cell) -> Iterator[str]:
    kind, shown = slide_type(cell), _slideshow(cell).get("shown")
    if cell.kind != "markdown" or kind not in ("slide", "subslide", "fragment"):
        if shown is not None:
            yield "what is shown can only be chosen for a text on a slide."
        return
    if shown is not None and not _are_texts(shown):
        yield "`shown` should be a list of the beginnings of sentences."
        return
    try:
        text = shown_markdown(cell.source, shown)
    except ValueError as error:
        yield str(error)
        return
    words = count_words(text)
    most = MAX_WORDS_WAITING if kind == "fragment" else MAX_WORDS_SHOWN
    if words > most:
        yield f"{words} words are shown on a slide; at most {most} are allowed. Choose by `shown`."


def _are_texts(shown: Any) -> bool:
    return isinstance(shown, list) and all(isinstance(each, str) and each for each in shown)


def predictions_are_voted_on(notebook: Notebook) -> list[str]:
    """Require each prediction to be a slide of its own: the class votes before the chart."""
    if notebook.kind != "lesson":
        return []
    return [
        f"Cell {call.cell} asks for a prediction: its slide type should be subslide."
        for call in calls(notebook)
        if call.name == "predict" and slide_type(notebook.cells[call.cell - 1]) != "subslide"
    ]


def makes_a_deck_of_a_class(notebook: Notebook) -> list[str]:
    """Require of lessons 01 to 10 a number of slides that a class can get through."""
    if notebook.kind != "lesson" or notebook.number == "00":
        return []
    count = slide_count(notebook)
    if MIN_SLIDES <= count <= MAX_SLIDES:
        return []
    return [f"Its deck has about {count} slides; wanted are {MIN_SLIDES} to {MAX_SLIDES}."]


def slide_count(notebook: Notebook) -> int:
    """Count the slides of a lesson's deck without running it; a vote before a chart is one more."""
    shown = {cell.position for cell in notebook.cells if slide_type(cell) in ("slide", "subslide")}
    twice = {call.cell for call in calls(notebook) if call.name in _TWO_SLIDES}
    return len(shown) + len(shown & twice)


RULES = (
    has_slide_types,
    shows_sentences_that_stand_in_it,
    predictions_are_voted_on,
    makes_a_deck_of_a_class,
)
