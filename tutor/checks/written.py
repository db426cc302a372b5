"""Written arguments: what can be seen of their form. Nothing here judges a thought, and the reply says so."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

import tutor
from tutor.checks.engine import Mistake, Task
from tutor.interaction import reading
from tutor.interaction.reading import Unreadable

FORM_ONLY = (
    "This looks at the form only: length, sentences and evidence are there. Whether the argument "
    "holds, judge by the rubric below, or swap with a classmate."
)
_SENTENCES = 3
_RUN = 6
"""So many words in a row that also stand in the task are copied, and not the learner's own."""


@dataclass(frozen=True)
class Writing:
    """What can be seen of a written argument without judging its thought.

    Parameters
    ----------
    words, different : int
        Number of words that are not copied from the task; number of different ones among them.
    sentences : int
        Number of different sentences of at least three words.
    cited : frozenset of str
        Ids of rows it names, such as ``E025``.
    folded : str
        The text in lower case, for looking up words.
    """

    words: int
    different: int
    sentences: int
    cited: frozenset[str]
    folded: str


def writing(answer: Any, task: str = "") -> Writing | Unreadable:
    """Read a written argument; `task` is what it answers, for telling what was copied."""
    given = reading.text(answer)
    if isinstance(given, Unreadable):
        return given
    folded = reading.fold(given)
    if folded.strip(". ") in ("write here", "your text"):
        return reading.NOTHING
    own = _own_words(_words(folded), _words(reading.fold(task)))
    ends = (_words(sentence) for sentence in re.split(r"[.!?。？！…]+(?:\s|$)", folded))
    return Writing(
        words=len(own),
        different=len(set(own)),
        sentences=len({tuple(words) for words in ends if len(words) >= 3}),
        cited=frozenset(re.findall(r"\b[A-Z]{1,2}\d{1,3}\b", given)),
        folded=folded,
    )


def argument(
    identifier: str, words: int, mistakes: Sequence[Mistake], *, more: str, hints: Sequence[str]
) -> Task:
    """Make the task of a written argument: its form passes when it shows none of the mistakes.

    Parameters
    ----------
    identifier, hints
        As in `Task`.
    words : int
        The least number of words.
    mistakes : sequence of Mistake
        What may be missing in a `Writing`; length, sentences and repetition come by themselves.
    more : str
        What to add to a text that is too short.
    """
    everything = (
        *mistakes,
        Mistake(
            "too short",
            lambda given: given.words < words,
            f"This is hardly an argument yet: the task asks for at least {words} words of your own. "
            "Words copied from the task do not count.",
            more,
        ),
        Mistake(
            "the same words",
            lambda given: given.different < words / 2,
            "The same few words come again and again. Length alone makes no argument.",
            "Say each thing once, and then the next thing.",
        ),
        Mistake(
            "no sentences",
            lambda given: given.sentences < _SENTENCES,
            f"An argument has several steps: write at least {_SENTENCES} different sentences, each with its "
            "full stop.",
            "One sentence for the claim, one for the evidence, one for what follows.",
        ),
    )
    return Task(
        id=identifier,
        read=lambda answer: writing(answer, task_text(identifier)),
        right=lambda given: not any(mistake.shows(given) for mistake in everything),
        why=FORM_ONLY,
        mistakes=everything,
        otherwise="Read the task once more.",
        hints=hints,
    )


def _words(folded: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[-'’.][^\W_]+)*", folded)


def _own_words(words: list[str], task: list[str]) -> list[str]:
    """Leave out every run of words that also stands in the task."""
    runs = {tuple(task[place : place + _RUN]) for place in range(len(task) - _RUN + 1)}
    copied = chain.from_iterable(
        range(place, place + _RUN)
        for place in range(len(words) - _RUN + 1)
        if tuple(words[place : place + _RUN]) in runs
    )
    left_out = set(copied)
    return [word for place, word in enumerate(words) if place not in left_out]


@cache
def task_text(identifier: str) -> str:
    """Give the words of a task and its rubric; none where the notebooks lie elsewhere."""
    root, lesson = Path(tutor.__file__).parent.parent, identifier.partition(".")[0]
    heading = re.compile(rf"#+ .*\b{re.escape(identifier)}\b")
    cells = chain.from_iterable(
        json.loads(path.read_text(encoding="utf-8"))["cells"]
        for path in root.glob(f"solutions/{lesson}_*.ipynb")
    )
    texts = ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")
    return "\n".join(text for text in texts if heading.match(text))
