"""What a slide shows of a cell of prose: its headings and tables, and single sentences of it.

A lesson's prose is written to be read. On a slide stands only what a class can take in at a glance;
the whole cell goes to the speaker's notes. Which sentences are shown is said in the cell's metadata,
beside Jupyter's own `slide_type`::

    "slideshow": {"slide_type": "fragment", "shown": ["Two treaties drew", "At Aigun"]}

Each entry is the beginning of one sentence, so that no text (and no date) stands in two places. Without
``shown`` the first sentence is taken; an empty list shows headings and tables only.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tutor.workshop.notebooks import lines_outside_fences

_HEADING = re.compile(r"(#{1,6})\s")
_ITEM = re.compile(r"(?P<marker>[-*]|\d+\.)\s+(?P<text>.*)", re.DOTALL)
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*\)")
_MARKUP = re.compile(r"[*`]")
# A sentence ends at a mark, with what closes after it; not after an initial, as in "K. B. Burns".
_END = re.compile(r"(?<![A-Z])[.?!…][\"”’)*\]]*(?=\s+[^\sa-z])|(?<=[A-Z]{2})\.(?=\s+[^\sa-z])")


@dataclass(frozen=True)
class Sentence:
    """One sentence of a cell.

    Attributes
    ----------
    text
        The sentence in Markdown, with its links.
    block
        Which paragraph or item of a list it stands in, counted from 0.
    marker
        What opens that item of a list, such as ``-`` or ``2.``; empty in a paragraph.
    """

    text: str
    block: int
    marker: str = ""

    @property
    def plain(self) -> str:
        """The sentence as it is read: without links, emphasis and marks of code."""
        return plain(self.text)


def plain(markdown: str) -> str:
    """Give a text without links, emphasis and marks of code."""
    return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", markdown)).split())


def heading_levels(source: str) -> list[int]:
    """List the levels of the headings of a cell of prose, in order."""
    return [len(match[1]) for line in _headings(source) if (match := _HEADING.match(line))]


def _headings(source: str) -> list[str]:
    return [line for line in lines_outside_fences(source) if _HEADING.match(line)]


def sentences(source: str) -> tuple[Sentence, ...]:
    """List the sentences of a cell of prose, without its headings and tables."""
    return tuple(
        sentence for place, block in enumerate(_blocks(source)) for sentence in _split(block, place)
    )


def shown_markdown(source: str, shown: Sequence[str] | None = None) -> str:
    """Give what a slide shows of a cell of prose.

    Parameters
    ----------
    source
        The cell's Markdown.
    shown
        How the sentences to show begin; None for the first one.

    Raises
    ------
    ValueError
        If an entry begins no sentence of the cell, or more than one.
    """
    known = sentences(source)
    chosen = known[:1] if shown is None else [_find(known, start) for start in shown]
    parts = [*_headings(source), *_paragraphs(chosen)]
    parts += _tables(source)
    return "\n\n".join(parts)


def _find(known: Sequence[Sentence], start: str) -> Sentence:
    found = [sentence for sentence in known if sentence.plain.startswith(start)]
    if len(found) != 1:
        count = "no sentence" if not found else f"{len(found)} sentences"
        raise ValueError(f"{count} of the cell begins with {start!r}.")
    return found[0]


def _paragraphs(chosen: Sequence[Sentence]) -> Iterator[str]:
    """Put sentences that stand together together again, items of a list as a list."""
    groups = [list(group) for _, group in itertools.groupby(chosen, lambda one: one.block)]
    for marker, items in itertools.groupby(
        groups, lambda group: group[0].marker[:1].isdigit() or group[0].marker
    ):
        texts = [" ".join(sentence.text for sentence in group) for group in items]
        if not marker or len(texts) == 1:
            yield from texts
        else:
            bullets = (f"{n}." if marker is True else marker for n in itertools.count(1))
            yield "\n".join(
                f"{bullet} {text}" for bullet, text in zip(bullets, texts, strict=False)
            )


def _blocks(source: str) -> Iterator[str]:
    """Give the paragraphs and the lines of lists, each on one line."""
    block: list[str] = []
    for line in [*source.splitlines(), ""]:
        text = line.removeprefix(">").strip()
        opens = not text or _HEADING.match(text) or text.startswith("|") or _ITEM.fullmatch(text)
        if opens and block:
            yield " ".join(block)
            block = []
        if text and not _HEADING.match(text) and not text.startswith("|"):
            block.append(text)


def _split(block: str, place: int) -> Iterator[Sentence]:
    item = _ITEM.fullmatch(block)
    marker, text = (item["marker"], item["text"]) if item else ("", block)
    hidden = _LINK.sub(_hide_marks, text)
    start = 0
    for end in [*(match.end() for match in _END.finditer(hidden)), len(text)]:
        if sentence := text[start:end].strip():
            yield Sentence(_closed(sentence), place, marker)
        start = end


def _hide_marks(link: re.Match[str]) -> str:
    """Hide the marks inside a link, but not the one that ends its text, and let its target close it."""
    words = re.sub(r"[.?!…](?!$)", "_", link[1])
    return f"{link[0][: link.start(1) - link.start()]}{words}".ljust(len(link[0]), ")")


def _closed(sentence: str) -> str:
    """Close a bold run that goes on after the sentence, or open one that began before it."""
    return sentence if sentence.count("**") % 2 == 0 else sentence.replace("**", "")


def _tables(source: str) -> Iterator[str]:
    table: list[str] = []
    for line in [*source.splitlines(), ""]:
        if line.lstrip().startswith("|"):
            table.append(line)
        elif table:
            yield "\n".join(table)
            table = []
