"""Complementarity: how much two regions could do for one another by having different things.

The idea behind a natural economic territory is that one neighbour has the labour, another the
capital and a third the coal. Take for each region the set of factors it is strong in and compare
two sets: the less they share, the more complementary the regions. What that leaves open is whether
the differences are worth carrying across a border.

Symbols
-------
A, B    sets of factors in which two regions are strong
K       number of factors in the table

Two measures
------------
Jaccard distance, 1 - |A ∩ B| / |A ∪ B|: the share of what either has that they do not share. It is
1 for every pair that shares nothing, be it one factor against one or six against eight, and for
about half of the pairs of the six regions it is: it cannot rank them.
Matching distance, |A △ B| / K: the share of all factors that exactly one of the two has. It goes
on rising with what a pair could exchange, so it does rank pairs that share nothing. Its price is
that it depends on how many factors the table lists.

Source
------
Jaccard (1912, key jaccard-1912); Sokal and Michener (1958, key sokal-michener-1958) for the
matching coefficient, of which the second measure is the complement. The sets come from the table
of the 1993 Tumen study (key tumen-1993).

Left out
--------
How strong a region is in a factor, what the factor costs elsewhere, and how far away it is.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray

MEASURES = ("jaccard", "matching")
"""The two measures by name."""


@dataclass(frozen=True, eq=False)
class Complementarity:
    """The complementarity of every pair of regions.

    Attributes
    ----------
    regions
        Names of the n regions.
    measure
        One of `MEASURES`.
    values
        n x n numbers from 0 to 1, symmetric, 0 on the diagonal; read-only.
    """

    regions: tuple[str, ...]
    measure: str
    values: FloatArray

    def between(self, a: str, b: str) -> float:
        """Return the value of one pair; an unknown region raises KeyError with close names."""
        return float(
            self.values[
                validation.index_of("a", a, self.regions), validation.index_of("b", b, self.regions)
            ]
        )


def factor_sets(
    records: Iterable[Mapping[str, Any]], bases: Collection[str] = ("table",)
) -> dict[str, frozenset[str]]:
    """Collect each region's strong factors from records.

    Parameters
    ----------
    records
        Rows with `region`, `factor`, `has` (1 or 0) and `basis` (where the 1993 study says so).
    bases
        The bases that count; "table" alone gives the published table.

    Returns
    -------
    dict
        Region to factors, in the order in which the regions come first.

    Raises
    ------
    ValueError
        If there are no records, or if a basis is found in none of them.
    """
    rows = tuple(records)
    if not rows:
        raise ValueError("records is empty; it must hold at least one row.")
    if isinstance(bases, str):
        raise ValueError(f"bases is {bases!r}; it must be a list such as ['table'].")
    for basis in bases:
        validation.one_of("bases", basis, dict.fromkeys(str(row["basis"]) for row in rows))
    sets: dict[str, set[str]] = {}
    for row in rows:
        factors = sets.setdefault(row["region"], set())
        if int(row["has"]) and row["basis"] in bases:
            factors.add(row["factor"])
    return {region: frozenset(factors) for region, factors in sets.items()}


def jaccard_distance(a: Collection[str], b: Collection[str]) -> float:
    """Compute 1 - |A ∩ B| / |A ∪ B|, from 0 (the same factors) to 1 (none in common).

    Raises
    ------
    ValueError
        If both sets are empty: then there is nothing to share or not to share.

    Source: Jaccard (1912).
    """
    first, second = _factors("a", a), _factors("b", b)
    either = first | second
    if not either:
        raise ValueError("a and b are both empty; at least one of them must hold a factor.")
    return 1 - len(first & second) / len(either)


def matching_distance(a: Collection[str], b: Collection[str], factors: Collection[str]) -> float:
    """Compute |A △ B| / K, from 0 (the same factors) to 1 (each has all that the other lacks).

    Parameters
    ----------
    a, b
        Sets of factors.
    factors
        The K factors of the whole table, at least one; both sets lie within them.

    Raises
    ------
    ValueError
        If `factors` is empty.
    KeyError
        If a factor is not among them; the message names close ones.

    Source: the complement of Sokal and Michener's (1958) coefficient.
    """
    first, second, all_factors = _factors("a", a), _factors("b", b), _factors("factors", factors)
    if not all_factors:
        raise ValueError("factors is empty; it must hold the factors of the whole table.")
    for factor in sorted(first | second):
        validation.one_of("factor", factor, sorted(all_factors))
    return len(first ^ second) / len(all_factors)


def complementarity(
    sets: Mapping[str, Collection[str]],
    measure: str = "jaccard",
    factors: Collection[str] | None = None,
) -> Complementarity:
    """Compare every pair of regions.

    Parameters
    ----------
    sets
        Region to its factors, at least two regions.
    measure
        One of `MEASURES`.
    factors
        The factors of the whole table, for "matching"; every factor that some region has, unless
        given.

    Raises
    ------
    ValueError
        If there are fewer than two regions, or two that are both empty (Jaccard only).
    KeyError
        If the measure or a factor is not known.

    Source: see the head of this file.
    """
    measure = validation.one_of("measure", measure, MEASURES)
    regions = validation.distinct_names("sets", sets, at_least=2)
    everything = frozenset().union(*sets.values()) if factors is None else factors
    values = np.zeros((len(regions), len(regions)))
    for i, region in enumerate(regions):
        for j, other in enumerate(regions[:i]):
            values[i, j] = values[j, i] = (
                jaccard_distance(sets[region], sets[other])
                if measure == "jaccard"
                else matching_distance(sets[region], sets[other], everything)
            )
    return Complementarity(regions, measure, validation.read_only(values))


def saturated_share(comparison: Complementarity) -> float:
    """Compute the share of pairs at the largest value there is, 1: those it cannot rank."""
    first, second = np.triu_indices(len(comparison.regions), 1)
    return float((comparison.values[first, second] == 1).mean())


def _factors(argument: str, factors: Collection[str]) -> frozenset[str]:
    """Check that factors are a set of texts and not one text."""
    if isinstance(factors, str) or not isinstance(factors, Iterable):
        raise ValueError(f"{argument} is {factors!r}; it must be a set of factors.")
    return frozenset(factors)
