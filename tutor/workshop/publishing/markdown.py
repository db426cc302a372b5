"""The lessons' Markdown as HTML: as nbconvert writes it, with formulas that need no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import Any

from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from tutor.workshop.publishing.mathml import mathml


class _Renderer(IPythonRenderer):
    """nbconvert's own, with formulas as MathML."""

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)

    def inline_math(self, body: str) -> str:
        return mathml(body)

    def block_math(self, body: str) -> str:
        return mathml(body, block=True)


class _PageRenderer(_Renderer):
    """For a long page: headings that can be linked to; tables and formulas that scroll by themselves."""

    def block_math(self, body: str) -> str:
        return f'<span class="tumen-scrolls">{super().block_math(body)}</span>'

    def heading(self, text: str, level: int, **_: Any) -> str:
        words = unescape(re.sub(r"<[^>]+>", "", text))
        anchor = escape(anchor_of(words))
        if level == 1:
            return f'<h1 id="{anchor}">{text}</h1>\n'
        link = f'<a class="anchor" href="#{anchor}" aria-label="Link to: {escape(words)}">#</a>'
        return f'<h{level} id="{anchor}">{text} {link}</h{level}>\n'

    def table(self, text: str) -> str:
        return f'<div class="tumen-scrolls"><table>\n{text}</table></div>\n'


def anchor_of(heading: str) -> str:
    """Give the id of a heading, as JupyterLab has it too."""
    return heading.strip().replace(" ", "-")


def markdown_html(source: str) -> str:
    """Write a cell of Markdown as HTML, formulas as MathML.

    Parameters
    ----------
    source : str
        The cell's text.
    """
    return MarkdownWithMath(renderer=_Renderer()).render(source)


def page_markdown_html(source: str) -> str:
    """Write a cell of Markdown for a long page.

    Parameters
    ----------
    source : str
        The cell's text.
    """
    return MarkdownWithMath(renderer=_PageRenderer()).render(source)


class CoursePage(HTMLExporter):
    """nbconvert's exporter to one page, with our Markdown."""

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Give nbconvert's filters, with ours in the place of ``markdown2html``."""
        yield from (dict(super().default_filters()) | {"markdown2html": page_markdown_html}).items()


class CourseSlides(SlidesExporter):
    """nbconvert's exporter to slides, with our Markdown."""

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        """Give nbconvert's filters, with ours in the place of ``markdown2html``."""
        yield from (dict(super().default_filters()) | {"markdown2html": markdown_html}).items()
