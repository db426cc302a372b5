"""A few words from the course to the learner."""

from __future__ import annotations

from tutor.interaction.verdict import plain, rich


class Message:
    """A few words from the course to the learner, instead of a traceback."""

    def __init__(self, words: str) -> None:
        self.words = words

    def __repr__(self) -> str:
        return plain(self.words)

    def _repr_html_(self) -> str:
        return f'<div role="status" style="max-width:46em"><p>{rich(self.words)}</p></div>'
