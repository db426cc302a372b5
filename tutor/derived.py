"""Numbers that the course computes from its data: each with its id, its way of being made and its inputs.

Prose links to them as it links to rows, ``[0.54](#D02)``, and the same test holds the text to the value.
They stand between the data and models, which they call, and everything that shows them.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tutor import data
from tutor.models.security_network import (
    KINDS,
    SECURITY_KINDS,
    NetworkMeasures,
    SecurityNetwork,
    measure,
    networks_by_year,
)


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


TIES_COUNTED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"security": SECURITY_KINDS, "alliance": ("alliance",), "every": KINDS}
)
"""What may count as a tie: alliances and bases, alliances alone, or every kind in the table."""


@functools.cache
def networks(counted: str = "security") -> tuple[SecurityNetwork, ...]:
    """Give the network of every year from 1945 to 1995, from the tables ``ties`` and ``actors``.

    Parameters
    ----------
    counted : str
        One of `TIES_COUNTED`.
    """
    actors = [row for row in data.rows("actors") if row["in_security_network"] == "1"]
    return networks_by_year(data.rows("ties"), actors, kinds=TIES_COUNTED[counted])


@functools.cache
def measures(counted: str = "security") -> tuple[NetworkMeasures, ...]:
    """Give the measures of the network of every year from 1945 to 1995, parameter as in `networks`."""
    return tuple(measure(network) for network in networks(counted))


def network_of(year: int, counted: str = "security") -> SecurityNetwork:
    """Give the network of one year.

    Raises
    ------
    ValueError
        The year lies outside 1945 to 1995, or `counted` is not one of `TIES_COUNTED`.
    """
    if counted not in TIES_COUNTED:
        raise ValueError(f"counted is {counted!r}; it must be one of {', '.join(TIES_COUNTED)}.")
    first, last = networks()[0].year, networks()[-1].year
    if isinstance(year, bool) or not isinstance(year, int) or not first <= year <= last:
        raise ValueError(
            f"year is {year!r}; the network is known from {first} to {last}, a whole number."
        )
    return networks(counted)[year - first]


def _of(year: int) -> NetworkMeasures:
    return measure(network_of(year))


def _peak() -> NetworkMeasures:
    return max(measures(), key=lambda values: values.centralization)


def _half_folded() -> NetworkMeasures:
    half = _peak().centralization / 2
    return next(v for v in measures() if v.year > _peak().year and v.centralization < half)


def _ties_of(year: int, hub: str) -> int:
    return network_of(year).degrees[hub]


_NETWORK = "Model 1 on the tables ties and actors: alliances and bases in force on 31 December."

_ALL = (
    Derived(
        "D01",
        "year in which the security network is most like a fan",
        _NETWORK,
        lambda: _peak().year,
    ),
    Derived(
        "D02", "degree centralization in that year", _NETWORK, lambda: _peak().centralization, 2
    ),
    Derived("D03", "ties in that year", _NETWORK, lambda: _peak().ties),
    Derived(
        "D04",
        "ties of the United States in that year",
        _NETWORK,
        lambda: _ties_of(_peak().year, "USA"),
    ),
    Derived(
        "D05",
        "ties left in that year without those of the United States",
        _NETWORK,
        lambda: _peak().ties - _ties_of(_peak().year, "USA"),
    ),
    Derived(
        "D06",
        "first year in which centralization is less than half of its peak",
        _NETWORK,
        lambda: _half_folded().year,
    ),
    Derived(
        "D07",
        "degree centralization in that year",
        _NETWORK,
        lambda: _half_folded().centralization,
        2,
    ),
    Derived(
        "D08",
        "last year in which a security tie crossed the divide",
        _NETWORK,
        lambda: max(v.year for v in measures() if v.cross_camp_share > 0),
    ),
    Derived("D09", "degree centralization in 1949", _NETWORK, lambda: _of(1949).centralization, 2),
    Derived("D10", "degree centralization in 1955", _NETWORK, lambda: _of(1955).centralization, 2),
    Derived("D11", "ties of the United States in 1990", _NETWORK, lambda: _ties_of(1990, "USA")),
    Derived(
        "D12",
        "first year from which on no security tie crosses the divide",
        _NETWORK,
        lambda: max(v.year for v in measures() if v.cross_camp_share > 0) + 1,
    ),
)

DERIVED: Mapping[str, Derived] = MappingProxyType({derived.id: derived for derived in _ALL})
"""Every derived number by id."""
