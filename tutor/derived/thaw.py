"""Lesson 02: recognition across the divide, who wanted what, the ledger, and numbers that follow."""

from __future__ import annotations

import functools
import reprlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tutor import data
from tutor.derived.derived import Derived
from tutor.models.ledger import Balance, Ledger, balance, disagreement

PAIRS: Mapping[str, str] = MappingProxyType(
    {
        "CHN-SUN": "China and the Soviet Union, 1989",
        "KOR-MNG": "South Korea and Mongolia, 1990",
        "KOR-SUN": "South Korea and the Soviet Union, 1990",
        "JPN-PRK": "Japan and North Korea, talks from 1991",
        "CHN-KOR": "China and South Korea, 1992",
        "JPN-SUN": "Japan and the Soviet Union, no peace treaty",
    }
)
"""The pairs of the table ``thaw_wants`` in words, in the order of time."""

WANTS: Mapping[str, str] = MappingProxyType(
    {
        "frontier": "a quiet border with fewer soldiers",
        "armies": "foreign armies gone from all around it",
        "capital": "money: credits, investment or aid",
        "recognition": "to be recognised by the other camp",
        "pyongyang": "a road to Pyongyang through its friends",
        "markets": "markets, raw materials or labour",
        "friends": "a friend that is not a neighbour",
        "taipei": "to leave Taipei without friends",
        "account": "to settle what colonial rule left open",
        "islands": "islands back",
    }
)
"""What a side may have wanted, in words."""

READERS: Mapping[str, str] = MappingProxyType(
    {
        "course": "the course's reading",
        "realist": "a realist's reading",
        "functionalist": "a functionalist's reading",
    }
)
"""Readers whose weights stand in the table ``teaching_values``."""

FIRST_YEAR, LAST_YEAR = 1985, 1993
"""The years that the lesson compares."""

HEAVIEST = 3
"""The most points that a line of the ledger can be given; 0 means that it does not count."""


def open_pairs(year: int) -> tuple[Mapping[str, str], ...]:
    """Give the pairs across the divide that had diplomatic relations at the end of a year."""
    return tuple(
        row for row in data.rows("recognition") if row["date"] and int(row["date"][:4]) <= year
    )


def wants_of(pair: str, want: str) -> Mapping[str, str]:
    """Give who of a pair wanted something: actor to sentence; empty if neither did."""
    return {
        row["actor"]: row["says"]
        for row in data.rows("thaw_wants")
        if row["pair"] == pair and row["want"] == want
    }


def lines(side: str) -> tuple[Mapping[str, str], ...]:
    """Give the lines of one side of Toloraya's ledger: ``"obstacle"`` or ``"sign"``."""
    return tuple(row for row in data.rows("ledger_items") if row["side"] == side)


@functools.cache
def reading_of(reader: str) -> Ledger:
    """Give the weights that one of `READERS` gives to the ledger.

    Raises
    ------
    KeyError
        The reader is not one of `READERS`.
    """
    if reader not in READERS:
        raise KeyError(f"reader is {reader!r}; it must be one of {', '.join(READERS)}.")
    weights = {row["name"]: float(row["value"]) for row in data.rows("teaching_values")}

    def side(name: str) -> tuple[float, ...]:
        return tuple(
            weights[f"weight of “{line['name']}” in {READERS[reader]}"] for line in lines(name)
        )

    return Ledger(side("obstacle"), side("sign"))


def _course() -> Balance:
    return balance(reading_of("course"))


def _value(identifier: str) -> float:
    return float(data.find(identifier)["value"])


def _months(first: str, second: str) -> int:
    """Count the full months between the dates of two events."""
    a, b = ([int(part) for part in data.find(row)["date"].split("-")] for row in (first, second))
    return (b[0] - a[0]) * 12 + b[1] - a[1] - (b[2] < a[2])


_RECOGNITION = "Counted in the table recognition."
_LEDGER = "The ledger's balance with the weights TV201 to TV207."

NUMBERS = (
    Derived(
        "D0201",
        "pairs across the divide among the six",
        _RECOGNITION,
        lambda: len(data.rows("recognition")),
    ),
    Derived(
        "D0202",
        "of them, with diplomatic relations at the end of 1985",
        _RECOGNITION,
        lambda: len(open_pairs(FIRST_YEAR)),
    ),
    Derived(
        "D0203",
        "of them, with diplomatic relations at the end of 1993",
        _RECOGNITION,
        lambda: len(open_pairs(LAST_YEAR)),
    ),
    Derived(
        "D0204",
        "of them, without relations at the end of 1993, and with North Korea as one side",
        _RECOGNITION,
        lambda: sum(
            row["b"] == "PRK" and row not in open_pairs(LAST_YEAR)
            for row in data.rows("recognition")
        ),
    ),
    Derived("D0205", "obstacles in the course's reading", _LEDGER, lambda: _course().obstacles),
    Derived("D0206", "signs in the course's reading", _LEDGER, lambda: _course().signs),
    Derived(
        "D0207",
        "disagreement of the realist's and the functionalist's reading, in percent",
        "Half the sum of the differences of the shares of weight, times one hundred.",
        lambda: 100 * disagreement(reading_of("realist"), reading_of("functionalist")),
    ),
    Derived(
        "D0208",
        "the example's old bill for oil, in millions of dollars",
        "TV222 times TV223.",
        lambda: _value("TV222") * _value("TV223") / 1000,
    ),
    Derived(
        "D0209",
        "the example's new bill for oil, in millions of dollars",
        "TV222 times TV224.",
        lambda: _value("TV222") * _value("TV224") / 1000,
        1,
    ),
    Derived(
        "D0210",
        "oil that the example's country can still pay, in thousands of tonnes",
        "TV225 divided by TV224.",
        lambda: 1000 * _value("TV225") / _value("TV224"),
    ),
    Derived(
        "D0211",
        "months from the agreement on trade offices to full relations",
        "From E064 to E093.",
        lambda: _months("E064", "E093"),
    ),
    Derived(
        "D0212",
        "years that the Uruguay Round took",
        "From W02 to E103.",
        lambda: _months("W02", "E103") // 12,
    ),
    Derived(
        "D0213",
        "first year of the lesson's comparison",
        "The year before Gorbachev's speech at Vladivostok.",
        lambda: FIRST_YEAR,
    ),
    Derived(
        "D0214",
        "last year of the lesson's comparison",
        "The year in which the 1993 Tumen study was finished.",
        lambda: LAST_YEAR,
    ),
)


def as_ledger(weights: Sequence[float] | str) -> Ledger:
    """Read seven weights, obstacles first, from numbers or from a text such as ``"321 1121"``.

    Raises
    ------
    ValueError
        There are not seven whole numbers from 0 to 3.
    """
    wanted = (
        f"give seven whole numbers from 0 to {HEAVIEST}, three obstacles and then four signs, such "
        'as "3211121" or [3, 2, 1, 1, 1, 2, 1].'
    )
    found = [c for c in weights if c not in " ,-|"] if isinstance(weights, str) else weights
    try:
        values = [float(weight) for weight in found]
    except (TypeError, ValueError):
        raise ValueError(f"The weights are {reprlib.repr(weights)}; {wanted}") from None
    if len(values) != 7 or not all(v in range(HEAVIEST + 1) for v in values):
        raise ValueError(f"The weights are {reprlib.repr(weights)}; {wanted}")
    return Ledger(tuple(values[:3]), tuple(values[3:]))
