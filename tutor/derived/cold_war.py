"""Lesson 01: the networks of ties of 1945 to 1995, and the numbers that follow from them."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType

from tutor import data
from tutor.derived.derived import Derived
from tutor.models.security_network import (
    KINDS,
    SECURITY_KINDS,
    NetworkMeasures,
    SecurityNetwork,
    measure,
    networks_by_year,
)

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


_NETWORK = (
    "The network of alliances and bases in force on 31 December, from the tables ties and actors."
)

NUMBERS = (
    Derived(
        "D0101",
        "year in which the security network is most like a fan",
        _NETWORK,
        lambda: _peak().year,
    ),
    Derived(
        "D0102", "degree centralization in that year", _NETWORK, lambda: _peak().centralization, 2
    ),
    Derived("D0103", "ties in that year", _NETWORK, lambda: _peak().ties),
    Derived(
        "D0104",
        "ties of the United States in that year",
        _NETWORK,
        lambda: _ties_of(_peak().year, "USA"),
    ),
    Derived(
        "D0105",
        "ties left in that year without those of the United States",
        _NETWORK,
        lambda: _peak().ties - _ties_of(_peak().year, "USA"),
    ),
    Derived(
        "D0106",
        "first year in which centralization is less than half of its peak",
        _NETWORK,
        lambda: _half_folded().year,
    ),
    Derived(
        "D0107",
        "degree centralization in that year",
        _NETWORK,
        lambda: _half_folded().centralization,
        2,
    ),
    Derived(
        "D0108",
        "last year in which a security tie crossed the divide",
        _NETWORK,
        lambda: max(v.year for v in measures() if v.cross_camp_share > 0),
    ),
    Derived(
        "D0109", "degree centralization in 1949", _NETWORK, lambda: _of(1949).centralization, 2
    ),
    Derived(
        "D0110", "degree centralization in 1955", _NETWORK, lambda: _of(1955).centralization, 2
    ),
    Derived("D0111", "ties of the United States in 1990", _NETWORK, lambda: _ties_of(1990, "USA")),
    Derived(
        "D0112",
        "first year from which on no security tie crosses the divide",
        _NETWORK,
        lambda: max(v.year for v in measures() if v.cross_camp_share > 0) + 1,
    ),
)
