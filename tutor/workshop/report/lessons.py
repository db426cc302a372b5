"""Where the course treats a misunderstanding: its words, its lesson and the sections that work on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Treated:
    """A misunderstanding as the lesson's contract words it, and where the lesson takes it up.

    Parameters
    ----------
    text : str
        What is misunderstood.
    lesson, title : str
        Number and title of the lesson.
    sections : tuple of str
        The sections with a question that answers it, in the lesson's order.
    """

    text: str
    lesson: str
    title: str
    sections: tuple[str, ...]

    @property
    def claim(self) -> str:
        """What is believed, without the correction that some contracts add in brackets."""
        return self.text.partition(" (")[0]


def treated() -> Mapping[str, Treated]:
    """Find every misunderstanding of the course, by id, out of contracts and question bank."""
    from tutor.workshop.guide import sessions

    found = {}
    for session in sessions():
        sections: dict[str, list[str]] = {}
        for asked in session.asked:
            replies = (*asked.question.options, *asked.question.ranges)
            for identifier in {reply.misconception for reply in replies} - {""}:
                known = sections.setdefault(identifier, [])
                if asked.section not in known:
                    known.append(asked.section)
        for one in session.lesson.misconceptions:
            found[one.id] = Treated(
                one.text,
                session.lesson.number,
                session.lesson.title,
                tuple(sections.get(one.id, ())),
            )
    return found
