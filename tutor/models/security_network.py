"""Security ties as a network, year by year.

States in Northeast Asia after 1945 promised to defend one another almost only in pairs. Draw each
state as a point and each promise, or each garrison on another's soil, as a line, and the order of
the Cold War gets a shape: a fan whose ribs all meet in one hub. A fan is fragile: take the hub
away and nothing holds the ribs together, and no rib reaches across to the other side.
The measures below say how much of a fan the network of a year is, how full and how divided.

Symbols
-------
n    number of actors, fixed over the years, so that years can be compared
m    number of pairs tied; several treaties between one pair count once
d_i  degree of actor i: the number of actors it is tied to

Source
------
Freeman, "Centrality in Social Networks: Conceptual Clarification" (1979), for the degree
centralization (key freeman-1979); Cronin (1992, key cronin-1992) for the fan and its fragility.

Left out
--------
What a tie promises and how far it is believed; ties that were secret or only understood; the
strength of the states. A line is a line.
"""

import datetime
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.models import _validation as validation

KINDS = ("alliance", "armistice", "basing", "friendship", "multilateral", "normalization")
"""Every kind of tie in the course's table."""

SECURITY_KINDS = ("alliance", "basing")
"""The kinds that count as a security tie unless others are switched on."""

Record = Mapping[str, Any]

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, eq=False)
class SecurityNetwork:
    """The ties among a fixed list of actors on 31 December of one year.

    Attributes
    ----------
    year
        The year on whose last day the ties are in force.
    actors
        Codes of the n actors; a state and its successor are one actor under the successor's code.
    names
        What each actor was called in that year (the Soviet Union up to 1990, then Russia).
    camps
        The camp of each actor.
    adjacency
        n x n booleans, symmetric, False on the diagonal; read-only.
    """

    year: int
    actors: tuple[str, ...]
    names: tuple[str, ...]
    camps: tuple[str, ...]
    adjacency: NDArray[np.bool_]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The tied pairs, each once, in the order of the actors."""
        first, second = np.nonzero(np.triu(self.adjacency))
        return tuple((self.actors[i], self.actors[j]) for i, j in zip(first, second, strict=True))

    @property
    def degrees(self) -> dict[str, int]:
        """The number of actors that each actor is tied to."""
        counts = self.adjacency.sum(axis=1)
        return {actor: int(count) for actor, count in zip(self.actors, counts, strict=True)}

    def neighbours(self, actor: str) -> tuple[str, ...]:
        """Return the actors tied to `actor`; an unknown code raises KeyError with close ones."""
        row = self.adjacency[validation.index_of("actor", actor, self.actors)]
        return tuple(other for other, tied in zip(self.actors, row, strict=True) if tied)

    def crosses(self, a: str, b: str) -> bool:
        """Whether `a` and `b` stand in different camps."""
        return (
            self.camps[validation.index_of("a", a, self.actors)]
            != self.camps[validation.index_of("b", b, self.actors)]
        )


@dataclass(frozen=True)
class NetworkMeasures:
    """The measures of one year's network.

    Attributes
    ----------
    year
        The year.
    ties
        m, the number of tied pairs.
    centralization
        Freeman's degree centralization, 0 to 1.
    density
        Share of all possible pairs that are tied, 0 to 1.
    cross_camp_share
        Share of the tied pairs that cross the camps, 0 to 1; NaN in a year without ties.
    hub
        The actor with most ties; several with equally many are joined by a slash, and a year
        without ties has the empty text.
    """

    year: int
    ties: int
    centralization: float
    density: float
    cross_camp_share: float
    hub: str


def ties_in_force(
    ties: Iterable[Record], year: int, kinds: Iterable[str] = SECURITY_KINDS
) -> tuple[Record, ...]:
    """Pick the ties in force on 31 December of a year.

    Parameters
    ----------
    ties
        Records with at least `a`, `b`, `kind`, `start` and `end`. Dates are ISO texts that may stop
        at the month or the year. A tie is in force from its start, and no longer on its end: a
        treaty that ends the day another replaces it leaves no double. An empty end means that the
        tie had not ended.
    year
        A year such as 1955.
    kinds
        Which kinds count, of `KINDS`.

    Raises
    ------
    ValueError
        If the year is no whole number, or a record lacks a field or has an unreadable date.
    KeyError
        If a kind is not known; the message names close ones.

    Source: definition of the course; see the table of ties for each treaty's own source.
    """
    year = validation.whole_number("year", year, at_least=1, at_most=9999)
    wanted = _kinds(kinds)
    # ISO dates sort like texts. A date cut after the year sorts before the last day of that year,
    # which is right for a start ("begun by then") and for an end ("over by then").
    last_day = f"{year:04d}-12-31"
    return tuple(
        tie
        for tie in ties
        if _field(tie, "kind", "ties") in wanted
        and _date(tie, "start") <= last_day
        and not ("" < _date(tie, "end", may_be_empty=True) <= last_day)
    )


def security_network(
    ties: Iterable[Record],
    actors: Iterable[Record],
    year: int,
    kinds: Iterable[str] = SECURITY_KINDS,
) -> SecurityNetwork:
    """Draw the network of one year.

    Parameters
    ----------
    ties
        As in `ties_in_force`. A tie with somebody outside the list of actors is not drawn: the
        list is the boundary of the network.
    actors
        Records with `id` (the code), `name`, `camp` and, where they apply, `successor_of` (the code
        of the state whose ties it takes over), `start` and `end`. A state and its successor become
        one actor. A tie counts only once both of its states exist, so that a base in a
        place that changed hands is not given to a state not yet founded.
    year, kinds
        As in `ties_in_force`.

    Raises
    ------
    ValueError
        As in `ties_in_force`; also if the actors are fewer than two or one comes twice.
    KeyError
        If a kind or a `successor_of` is not known.

    Source: definition of the course.
    """
    records = tuple(actors)
    codes = validation.distinct_names(
        "actors", [_field(record, "id", "actors") for record in records], at_least=2
    )
    by_code = dict(zip(codes, records, strict=True))
    successor = {
        predecessor: code
        for code in codes
        if (predecessor := _text(by_code[code].get("successor_of")))
    }
    for predecessor in successor:
        validation.one_of("successor_of", predecessor, codes)
    nodes = tuple(code for code in codes if code not in successor)
    year = validation.whole_number("year", year, at_least=1, at_most=9999)
    last_day = f"{year:04d}-12-31"

    def node_of(code: str) -> str:
        while code in successor:
            code = successor[code]
        return code

    living = {}
    for code in codes:
        founded = _date(by_code[code], "start", may_be_empty=True) <= last_day
        ended = "" < _date(by_code[code], "end", may_be_empty=True) <= last_day
        # Of a state and its successor the one alive on the day lends the actor its name.
        if founded and not ended:
            living[node_of(code)] = code

    place = {node: index for index, node in enumerate(nodes)}
    adjacency = np.zeros((len(nodes), len(nodes)), dtype=np.bool_)
    for tie in ties_in_force(ties, year, kinds):
        a = node_of(_field(tie, "a", "ties"))
        b = node_of(_field(tie, "b", "ties"))
        if a == b:
            raise ValueError(f"ties holds a tie of {a} with itself; a tie needs two states.")
        if a in living and b in living:
            adjacency[place[a], place[b]] = adjacency[place[b], place[a]] = True
    shown = [living.get(node, node) for node in nodes]
    return SecurityNetwork(
        year=year,
        actors=nodes,
        names=tuple(_text(by_code[code].get("name")) or code for code in shown),
        camps=tuple(_field(by_code[node], "camp", "actors") for node in nodes),
        adjacency=validation.read_only(adjacency),
    )


def degree_centralization(adjacency: ArrayLike) -> float:
    """Compute Freeman's degree centralization: 1 for a star, 0 where all have equally many ties.

    The sum over i of (d_max - d_i), divided by (n - 1)(n - 2), the largest that the sum can be.

    Parameters
    ----------
    adjacency
        n x n, symmetric, zeros and ones (or booleans), zeros on the diagonal; n of at least 3.

    Raises
    ------
    ValueError
        If the matrix is no simple undirected graph, or has fewer than 3 actors.

    Source: Freeman (1979).
    """
    matrix = _graph(adjacency, at_least=3)
    count = len(matrix)
    degrees = matrix.sum(axis=1)
    return float((degrees.max() - degrees).sum() / ((count - 1) * (count - 2)))


def density(adjacency: ArrayLike) -> float:
    """Compute the share of all pairs that are tied: 2m / (n (n - 1)).

    Parameters
    ----------
    adjacency
        As in `degree_centralization`; n of at least 2.

    Raises
    ------
    ValueError
        If the matrix is no simple undirected graph, or has fewer than 2 actors.

    Source: standard; Freeman (1979).
    """
    matrix = _graph(adjacency, at_least=2)
    count = len(matrix)
    return float(matrix.sum() / (count * (count - 1)))


def cross_camp_share(network: SecurityNetwork) -> float:
    """Compute the share of the tied pairs whose two sides belong to different camps.

    NaN in a network without ties: no share of nothing exists.

    Source: definition of the course.
    """
    pairs = network.pairs
    if not pairs:
        return math.nan
    return sum(network.crosses(a, b) for a, b in pairs) / len(pairs)


def measure(network: SecurityNetwork) -> NetworkMeasures:
    """Measure one network: its ties, centralization, density, cross-camp share and hub."""
    degrees = network.degrees
    most = max(degrees.values())
    return NetworkMeasures(
        year=network.year,
        ties=len(network.pairs),
        centralization=degree_centralization(network.adjacency),
        density=density(network.adjacency),
        cross_camp_share=cross_camp_share(network),
        hub="/".join(actor for actor, degree in degrees.items() if most and degree == most),
    )


def measures_by_year(
    ties: Iterable[Record],
    actors: Iterable[Record],
    first_year: int = 1945,
    last_year: int = 1995,
    kinds: Iterable[str] = SECURITY_KINDS,
) -> tuple[NetworkMeasures, ...]:
    """Measure the network of every year from the first to the last, both included.

    Parameters and errors as in `security_network`; also a ValueError if the last year comes
    before the first.
    """
    return tuple(
        measure(network) for network in networks_by_year(ties, actors, first_year, last_year, kinds)
    )


def networks_by_year(
    ties: Iterable[Record],
    actors: Iterable[Record],
    first_year: int = 1945,
    last_year: int = 1995,
    kinds: Iterable[str] = SECURITY_KINDS,
) -> tuple[SecurityNetwork, ...]:
    """Draw the network of every year from the first to the last, both included.

    Parameters and errors as in `measures_by_year`.
    """
    first_year = validation.whole_number("first_year", first_year, at_least=1, at_most=9999)
    last_year = validation.whole_number("last_year", last_year, at_least=first_year, at_most=9999)
    ties, actors, kinds = tuple(ties), tuple(actors), _kinds(kinds)
    return tuple(
        security_network(ties, actors, year, kinds) for year in range(first_year, last_year + 1)
    )


def _kinds(kinds: Iterable[str]) -> tuple[str, ...]:
    """Check the kinds switched on."""
    if isinstance(kinds, str):
        raise ValueError(f"kinds is {kinds!r}; it must be a list such as {list(SECURITY_KINDS)}.")
    return tuple(validation.one_of("kinds", kind, KINDS) for kind in kinds)


def _text(value: Any) -> str:
    """Read a cell as a text; an empty one may come as None, as "" or as NaN."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, datetime.date):
        return value.isoformat()[:10]
    return str(value).strip()


def _field(record: Record, field: str, argument: str) -> str:
    """Read a field that must not be empty."""
    text = _text(record.get(field))
    if not text:
        raise ValueError(f"{argument} holds a record without {field}: {dict(record)!r}.")
    return text


def _date(record: Record, field: str, *, may_be_empty: bool = False) -> str:
    """Read an ISO date, which may stop at the month or the year."""
    text = _text(record.get(field))
    if (not text and may_be_empty) or _DATE.fullmatch(text):
        return text
    raise ValueError(
        f"{field} is {text!r}; it must be a date such as '1951-09-08', '1951-09' or '1951'."
    )


def _graph(adjacency: ArrayLike, *, at_least: int) -> NDArray[np.int64]:
    """Check that a matrix is a simple undirected graph of enough actors."""
    matrix = np.asarray(adjacency)
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise ValueError(f"adjacency has the shape {matrix.shape}; it must be a square matrix.")
    if len(matrix) < at_least:
        raise ValueError(
            f"adjacency has {len(matrix)} actors; this measure needs at least {at_least}."
        )
    if matrix.dtype.kind not in "biuf" or not np.isin(matrix, (0, 1)).all():
        raise ValueError("adjacency must hold only zeros and ones (or False and True).")
    matrix = matrix.astype(np.int64)
    if (matrix != matrix.T).any() or matrix.diagonal().any():
        raise ValueError("adjacency must be symmetric, with zeros on its diagonal.")
    return matrix
