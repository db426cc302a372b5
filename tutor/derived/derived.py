"""What a computed number is: its id, its way of being made and its value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Derived:
    """A number that follows from the data by a model.

    Parameters
    ----------
    id : str
        ``"D01"`` and so on; stable.
    name : str
        What the number is.
    how : str
        How it is made, for a reader.
    compute : callable
        Gives the value.
    decimals : int
        How many decimals the course prints.
    """

    id: str
    name: str
    how: str
    compute: Callable[[], float]
    decimals: int = 0

    @property
    def value(self) -> float:
        """The value, not rounded."""
        return self.compute()

    @property
    def printed(self) -> str:
        """The value as the course prints it."""
        return f"{self.value:.{self.decimals}f}"
