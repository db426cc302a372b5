"""From anything on the page to its source: rows of the data, and numbers that follow from them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tutor.data import citations
from tutor.data.citations import term
from tutor.derived import Derived, all_derived
from tutor.interaction.message import Message
from tutor.interaction.questions import Question, question_bank
from tutor.interaction.verdict import rich
from tutor.learner_progress import ROOT

__all__ = ["cite", "linked_ids", "sources", "term"]

_COMPUTED = "Numbers that the course computes"
_TARGET = re.compile(r"\]\(#([^()\s]+)\)")

# Two lessons open in one window may list the same row, and a link leads to the first of the window,
# perhaps in a hidden tab: where the page lets a script run, links stay within their notebook.
_LINKS_STAY = """<script>(() => {
  const panel = document.currentScript?.closest(".jp-NotebookPanel");
  if (!panel || panel.dataset.tumenLinks) return;
  panel.dataset.tumenLinks = "here";
  panel.addEventListener("click", (event) => {
    const target = event.target.closest("a[href^='#']")?.getAttribute("href").slice(1);
    const row = target && panel.querySelector(`.jp-OutputArea-output li[id="${CSS.escape(target)}"]`);
    if (!row) return;
    event.preventDefault();
    row.scrollIntoView();
    row.focus({ preventScroll: true });
  });
})();</script>"""


@dataclass(frozen=True, repr=False)
class LessonSources(citations.Sources):
    """The sources of a lesson, at the end of its notebook; the links in the text lead here.

    Attributes
    ----------
    numbers : tuple of Derived
        Numbers that the course computes and the lesson links to.
    """

    numbers: tuple[Derived, ...] = ()

    def _text(self) -> str:
        computed = [f"{one.id}: {_computed(one)}" for one in self.numbers]
        return "\n".join([super()._text(), *([_COMPUTED, *computed] if computed else [])])

    def _html(self) -> str:
        return super()._html() + computed_html(self.numbers) + _LINKS_STAY


def computed_html(numbers: Iterable[Derived]) -> str:
    """List computed numbers, each with an anchor, its value and how it is made; nothing without numbers."""
    items = "".join(
        f'<li id="{one.id}" tabindex="-1"><strong>{one.id}</strong> {rich(_computed(one))}</li>'
        for one in numbers
    )
    return items and f"<p><strong>{_COMPUTED}</strong></p><ul>{items}</ul>"


def _computed(number: Derived) -> str:
    return f"{number.name}: {number.printed}. {number.how}"


def cite(*ids: str) -> citations.Citation | Message:
    """Show where a date, a number, a name or a work comes from, and how sure it is.

    Parameters
    ----------
    *ids : str
        Ids such as ``"E001"`` (a row), ``"D0102"`` (a number that the course computes) or
        ``"scalapino-1991"`` (a work); or words, for which close ids are offered.

    Returns
    -------
    Citation
        What the row says, its sources in full, how sure it is, and what a source gets wrong.
    """
    if len(ids) == 1 and ids[0] in all_derived():
        derived = all_derived()[ids[0]]
        return Message(f"{derived.id}: {derived.name} = {derived.printed}.\n\n{derived.how}")
    return citations.cite(*ids)


def sources(lesson: str) -> citations.Sources | Message:
    """List everything that a lesson links to, with its sources; the links in the text lead here.

    Parameters
    ----------
    lesson : str
        Number of the lesson, such as ``"01"``.

    Returns
    -------
    Sources
        One entry a row, each with an anchor; the works in full; and the numbers that the course computes.
    """
    number = str(lesson).strip().zfill(2) if lesson not in ("", None) else ""
    for path in sorted((ROOT / "lessons").glob("*.ipynb")):
        if path.name.startswith(f"{number}_"):
            ids, computed = _ids_of_lesson(str(path), number), all_derived()
            listed = citations.source_list([each for each in ids if each not in computed])
            numbers = tuple(computed[each] for each in ids if each in computed)
            return LessonSources(listed.entries, listed.works, listed.messages, numbers)
    return Message(f"There is no lesson {lesson!r} here.")


def linked_ids(texts: list[str]) -> list[str]:
    """Give the ids that texts link to, each once, in the order of the texts."""
    return list(dict.fromkeys(target for text in texts for target in _TARGET.findall(text)))


@cache
def _ids_of_lesson(path: str, lesson: str) -> tuple[str, ...]:
    with open(path, encoding="utf-8") as file:
        cells = json.load(file)["cells"]
    texts = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
    for question in question_bank().values():
        if question.lesson == lesson:
            texts += _texts(question)
    return tuple(each for each in linked_ids(texts) if not each.startswith("cell-"))


def _texts(question: Question) -> list[str]:
    options = [part for option in question.options for part in (option.text, option.reply)]
    return [
        question.prompt,
        question.explanation,
        *options,
        *(candidate.reply for candidate in question.ranges),
    ]
