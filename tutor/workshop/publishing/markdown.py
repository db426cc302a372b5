"""The lessons' Markdown as HTML: as nbconvert writes it, with formulas that need no script."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import HTMLExporter, SlidesExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from tutor.workshop.publishing.mathml import mathml


class _Renderer(IPythonRenderer):
    def inline_math(self, body: str) -> str:
        return mathml(body)

    def block_math(self, body: str) -> str:
        return mathml(body, block=True)


def markdown_html(source: str) -> str:
    """Write a cell of Markdown as HTML, formulas as MathML.

    Parameters
    ----------
    source : str
        The cell's text.
    """
    renderer = _Renderer(escape=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer).render(source)


class _CourseMarkdown:
    """Gives an exporter of nbconvert our Markdown."""

    def default_filters(self) -> Any:
        """Give nbconvert's filters, with ours in the place of ``markdown2html``."""
        filters = dict(super().default_filters())  # type: ignore[misc]
        yield from (filters | {"markdown2html": markdown_html}).items()


class CoursePage(_CourseMarkdown, HTMLExporter):
    """nbconvert's exporter to one page, with our Markdown."""


class CourseSlides(_CourseMarkdown, SlidesExporter):
    """nbconvert's exporter to slides, with our Markdown."""
