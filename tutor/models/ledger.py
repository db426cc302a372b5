"""A ledger of reasons: obstacles on one side, favourable signs on the other, each with a weight.

Toloraya's chapter lists three obstacles to economic integration in Northeast Asia and four signs in
its favour, and says that the time is not ripe. A list does not say how much each line counts: four
lines can weigh less than three. Give each a weight, and the ledger becomes a balance that tips, and
two readers of one chapter can say where they differ.

Symbols
-------
o_i   weight of obstacle i, at least 0
s_j   weight of sign j, at least 0
O, S  sums of the two sides
d     S - O: above 0 the signs weigh more, below 0 the obstacles
w     all weights of a ledger, obstacles first, divided by O + S

Source
------
The two lists: Toloraya (key toloraya), who gives no weights. The balance and all weights are the
course's own, made for teaching.

Left out
--------
How the lines act on each other. A milder climate eases a dispute, and a zone narrows a gap; in a sum
each line stands alone. That is the first thing to hold against a ledger.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tutor.models import _validation as validation

OBSTACLES, SIGNS, NEITHER = "obstacles", "signs", "neither"
"""Which side of a ledger weighs more."""


@dataclass(frozen=True)
class Ledger:
    """The weights that one reader gives to every line.

    Parameters
    ----------
    obstacles
        o_i, one weight an obstacle, each at least 0; at least one line.
    signs
        s_j, one weight a sign, each at least 0; at least one line.

    Raises
    ------
    ValueError
        A weight is no finite number or is below 0, or a side has no line.
    """

    obstacles: tuple[float, ...]
    signs: tuple[float, ...]

    def __post_init__(self) -> None:
        for side in (OBSTACLES, SIGNS):
            weights = validation.numbers(side, getattr(self, side), shape=(None,), at_least=0)
            object.__setattr__(self, side, tuple(float(weight) for weight in weights))

    @property
    def weights(self) -> tuple[float, ...]:
        """All weights, obstacles first."""
        return self.obstacles + self.signs


@dataclass(frozen=True)
class Balance:
    """How a ledger stands.

    Attributes
    ----------
    obstacles, signs
        O and S, the sums of the two sides.
    difference
        d = S - O.
    heavier
        ``"obstacles"``, ``"signs"`` or ``"neither"``.
    """

    obstacles: float
    signs: float

    @property
    def difference(self) -> float:
        """What the signs weigh more than the obstacles; below 0 if they weigh less."""
        return self.signs - self.obstacles

    @property
    def heavier(self) -> str:
        """Which side weighs more."""
        if self.difference == 0:
            return NEITHER
        return SIGNS if self.difference > 0 else OBSTACLES


def balance(ledger: Ledger) -> Balance:
    """Add up both sides of a ledger."""
    return Balance(float(sum(ledger.obstacles)), float(sum(ledger.signs)))


def deciding_lines(ledger: Ledger) -> tuple[int, ...]:
    """Find the lines on which the outcome hangs.

    Parameters
    ----------
    ledger
        The weights.

    Returns
    -------
    tuple of int
        Places of the lines (counted from 0, obstacles first) without which the same side would no
        longer weigh more. Empty when neither side does.
    """
    outcome = balance(ledger)
    if outcome.heavier == NEITHER:
        return ()
    first = 0 if outcome.heavier == OBSTACLES else len(ledger.obstacles)
    lines = ledger.obstacles if outcome.heavier == OBSTACLES else ledger.signs
    lead = abs(outcome.difference)
    return tuple(first + place for place, weight in enumerate(lines) if weight >= lead)


def disagreement(one: Ledger, other: Ledger) -> float:
    """Measure how differently two readers spread their weight.

    Half the sum of the absolute differences of the shares w (total variation distance): the part of
    all weight that one reader would have to move to another line to agree with the other.

    Parameters
    ----------
    one, other
        Two ledgers of the same lines.

    Returns
    -------
    float
        From 0 (the same shares; doubling all weights changes nothing) to 1 (no line has weight in
        both).

    Raises
    ------
    ValueError
        The ledgers have different numbers of lines, or all weights of one are 0.
    """
    if (len(one.obstacles), len(one.signs)) != (len(other.obstacles), len(other.signs)):
        raise ValueError(
            f"other has {len(other.obstacles)} obstacles and {len(other.signs)} signs; it must have "
            f"{len(one.obstacles)} and {len(one.signs)}, as one has."
        )
    difference = _shares("one", one.weights) - _shares("other", other.weights)
    return float(np.abs(difference).sum() / 2)


def _shares(argument: str, weights: Sequence[float]) -> validation.FloatArray:
    values = np.array(weights)
    if values.sum() == 0:
        raise ValueError(f"{argument} has no weight at all; give at least one line more than 0.")
    shares: validation.FloatArray = values / values.sum()
    return shares
