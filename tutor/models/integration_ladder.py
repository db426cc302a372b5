"""The ladder of economic integration: what members of a bloc have bound themselves to.

Each rung adds one commitment to those below it: members drop tariffs among themselves, then share
one tariff towards others, then let workers and capital move, then coordinate fiscal and monetary
policy, and at the top hand policy to a common authority. Blocs are placed by what they have
promised in law by a date, not by what they do. Real blocs can skip a rung; then they stand off the
ladder, and what they skipped tells more than a label would.

The rungs
---------
1  free trade area       free internal trade                          Chou 1, Balassa 1
2  customs union         and a common external tariff                 Chou 2, Balassa 2
3  common market         and free movement of labour and capital      Chou 3, Balassa 3
4  economic union        and coordinated fiscal and monetary policy   Chou 4, Balassa 4
5  complete integration  and unified policy under a common authority  Balassa 5
Chou calls his fourth a trading bloc.

Source
------
Balassa (1961, key balassa-1961); Chou (key chou) as cited in the 1993 Tumen study (key
tumen-1993).

Left out
--------
Services, standards, enforcement, and partial commitments: a customs union with a list of
exceptions is one, and its note has to say so.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.models import _validation as validation

COMMITMENTS = (
    "free internal trade",
    "common external tariff",
    "free movement of labour and capital",
    "coordinated fiscal and monetary policy",
    "unified policy under a common authority",
)
"""What members can bind themselves to, in the order of the rungs."""

BALASSA = (
    "no integration",
    "free trade area",
    "customs union",
    "common market",
    "economic union",
    "complete integration",
)
"""Balassa's names of the rungs, the ground included."""

CHOU = (
    "no integration",
    "free trade area",
    "customs union",
    "common market",
    "trading bloc",
    None,
)
"""Chou's names; he has none for the fifth rung."""


@dataclass(frozen=True)
class Stage:
    """Where a bloc stands.

    Attributes
    ----------
    rung
        The highest rung below which nothing is missing, 0 to 5.
    balassa
        Balassa's name of that rung.
    chou
        Chou's name of it, or None.
    missing
        The rungs skipped, from below; empty for a bloc on the ladder.
    beyond
        The commitments made above the first rung missing.
    """

    rung: int
    balassa: str
    chou: str | None
    missing: tuple[str, ...]
    beyond: tuple[str, ...]

    @property
    def is_on_ladder(self) -> bool:
        """Whether no rung is skipped."""
        return not self.missing

    def __str__(self) -> str:
        if self.is_on_ladder:
            return self.balassa
        return f"off the ladder: {' and '.join(self.beyond)} without {' and '.join(self.missing)}"


def classify(commitments: Iterable[str]) -> Stage:
    """Place a bloc on the ladder by its members' legal commitments at a date.

    Parameters
    ----------
    commitments
        Some of `COMMITMENTS`, in any order; none at all is the ground.

    Raises
    ------
    KeyError
        If a commitment is not known; the message names close ones.
    ValueError
        If one text is given instead of a list.

    Source: Balassa (1961); Chou, as cited in the 1993 Tumen study.
    """
    if isinstance(commitments, str):
        raise ValueError(f"commitments is {commitments!r}; it must be a list of commitments.")
    made = {validation.one_of("commitment", each, COMMITMENTS) for each in commitments}
    rung = 0
    while rung < len(COMMITMENTS) and COMMITMENTS[rung] in made:
        rung += 1
    beyond = tuple(each for each in COMMITMENTS[rung:] if each in made)
    highest = COMMITMENTS.index(beyond[-1]) if beyond else rung
    missing = tuple(each for each in COMMITMENTS[rung:highest] if each not in made)
    return Stage(rung, BALASSA[rung], CHOU[rung], missing, beyond)
