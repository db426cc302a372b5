"""Lesson 03: border trade, revenue contracts, avenues and zones, and the numbers that follow."""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

from tutor import data
from tutor.data import Row
from tutor.derived.derived import Derived
from tutor.models.revenue_contract import (
    Outcome,
    Project,
    break_even_share,
    kept,
    local_gain,
    outcome,
)

SIX = ("RUS", "CHN", "MNG", "PRK", "KOR", "JPN")
"""The six countries of the region."""

_FIRST, _LAST = "F009", "F010"  # border trade of 1983 and of 1989
_PROJECT_ROWS = {
    "TV307": "repair shop",
    "TV308": "cold store",
    "TV309": "brickworks",
    "TV310": "road to the border",
    "TV311": "guest house",
}


@dataclass(frozen=True)
class Place:
    """A zone, port or crossing as it stood at the end of a year.

    Parameters
    ----------
    id : str
        Row of `zone_stages`.
    name, kind, stage, what : str
        As in that row.
    code : str
        Country, or ``"joint"`` for a place of several.
    latitude, longitude : float
        Degrees of the row of `zones` or `places` behind it.
    first, last : int
        The years in which it stood so.
    confidence : str
        As in the row.
    """

    id: str
    name: str
    kind: str
    stage: str
    what: str
    code: str
    latitude: float
    longitude: float
    first: int
    last: int
    confidence: str


FIRST_YEAR, LAST_YEAR = 1983, 1993
KINDS = ("zone", "port", "crossing")


def figure(identifier: str) -> float:
    """Give the value of a row of the tables `trade` or `teaching_values`."""
    return float(data.find(identifier)["value"])


# ------------------------------------------------------------------ border trade


def growth_factor() -> float:
    """Give by how much border trade of 1989 exceeds that of 1983, as a ratio."""
    return figure(_LAST) / figure(_FIRST)


def yearly_growth() -> float:
    """Give the even yearly growth, as a share, that leads from the trade of 1983 to that of 1989."""
    return growth_factor() ** (1 / years_of_growth()) - 1


def years_of_growth() -> int:
    """Count the years from the first to the last figure of border trade."""
    return int(data.find(_LAST)["years"]) - int(data.find(_FIRST)["years"])


def after_growth(rate: float) -> tuple[float, ...]:
    """Give border trade of 1983 to 1989 if it had grown by one rate a year.

    Parameters
    ----------
    rate : float
        Growth a year, as a share: 0.2 for 20 percent.
    """
    return tuple(figure(_FIRST) * (1 + rate) ** year for year in range(years_of_growth() + 1))


# ------------------------------------------------------------------ revenue contract


@functools.cache
def projects() -> tuple[Project, ...]:
    """Give the five projects of the worked example, from the teaching values, cheapest first."""
    return tuple(Project(name, figure(row), figure("TV306")) for row, name in _PROJECT_ROWS.items())


def outcome_of(retained_share: float, years: float) -> Outcome:
    """Give what the five projects bring under a contract; parameters as in the model's `outcome`."""
    return outcome(projects(), retained_share, years)


def best_share_for_centre(years: float | None = None) -> float:
    """Find the retained share, in steps of 5 percent, at which the centre receives most."""
    years = figure("TV305") if years is None else years
    return max(
        (step / 20 for step in range(21)), key=lambda s: outcome_of(s, years).centre_receipts
    )


def _break_even(place: int, years: float | None = None) -> float:
    return 100 * break_even_share(projects()[place], years or figure("TV305"))


# ------------------------------------------------------------------ avenues


def avenue_pairs(level: str, age: str = "") -> tuple[tuple[str, str], ...]:
    """Give the pairs of countries that some avenue joins, each once, in the order of the table."""
    pairs = {
        _pair(row): None
        for row in data.rows("avenues")
        if row["level"] == level and (not age or row["age"] == age)
    }
    return tuple(pairs)


def pairs_only_local() -> tuple[tuple[str, str], ...]:
    """Give the pairs that regions and firms join and Toloraya's list of states does not."""
    return tuple(pair for pair in avenue_pairs("local") if pair not in avenue_pairs("state"))


def pairs_without_avenue() -> tuple[tuple[str, str], ...]:
    """Give the pairs of the six that no avenue of the table joins."""
    joined = {*avenue_pairs("state"), *avenue_pairs("local")}
    return tuple(pair for pair in itertools.combinations(SIX, 2) if pair not in joined)


def _pair(row: Row) -> tuple[str, str]:
    a, b = sorted((row["a"], row["b"]), key=SIX.index)
    return a, b


def _new_of(code: str) -> int:
    return sum(code in pair for pair in avenue_pairs("state", "new"))


# ------------------------------------------------------------------ zones


@functools.cache
def places() -> tuple[Place, ...]:
    """Give every stage of every zone, port and crossing with its position and its years."""
    rows = data.rows("zone_stages")
    starts = {row["id"]: int(row["start"][:4]) if row["start"] else FIRST_YEAR for row in rows}
    return tuple(_place(row, starts[row["id"]], _until(row, rows, starts)) for row in rows)


def places_of(year: int, kind: str = "all", stage: str = "all") -> tuple[Place, ...]:
    """Give the places of a year, as they stood on 31 December.

    Parameters
    ----------
    year : int
        1983 to 1993.
    kind : str
        ``"zone"``, ``"port"``, ``"crossing"`` or ``"all"``.
    stage : str
        ``"planned"``, ``"set up"`` or ``"all"``.

    Raises
    ------
    ValueError
        The year, the kind or the stage is none of these.
    """
    if isinstance(year, bool) or year not in range(FIRST_YEAR, LAST_YEAR + 1):
        raise ValueError(
            f"year is {year!r}; the map knows {FIRST_YEAR} to {LAST_YEAR}, a whole number."
        )
    if kind not in ("all", *KINDS):
        raise ValueError(f"kind is {kind!r}; it must be one of all, {', '.join(KINDS)}.")
    if stage not in ("all", "planned", "set up"):
        raise ValueError(f"stage is {stage!r}; it must be one of all, planned, set up.")
    return tuple(
        place
        for place in places()
        if place.first <= year <= place.last
        and kind in ("all", place.kind)
        and stage in ("all", place.stage)
    )


def _until(row: Row, rows: tuple[Row, ...], starts: dict[str, int]) -> int:
    """Give the last year before the next stage of the same place and kind begins."""
    later = [
        other
        for other in rows
        if (other["place"], other["kind"]) == (row["place"], row["kind"])
        and other["start"] > row["start"]
    ]
    return min((starts[other["id"]] for other in later), default=LAST_YEAR + 1) - 1


def _place(row: Row, first: int, last: int) -> Place:
    site = data.find(row["place"])
    codes = site["countries"].split(";")
    return Place(
        id=row["id"],
        name=row["name"],
        kind=row["kind"],
        stage=row["stage"],
        what=row["what"],
        # A crossing or a plan for one side keeps that side's colour; only a joint zone has none.
        code=codes[0] if len(codes) == 1 or row["place"] == "Z07" else "joint",
        latitude=float(site["latitude"]),
        longitude=float(site["longitude"]),
        first=max(first, FIRST_YEAR),
        last=last,
        confidence=row["confidence"],
    )


def _zones(year: int, stage: str) -> int:
    return len(places_of(year, "zone", stage))


_GROWTH = "Rows F009 and F010: border trade of China and the Soviet Union, in Swiss francs."
_CONTRACT = "Model of the revenue contract on the teaching values TV301 to TV311."
_AVENUES = "Count over the table avenues, each pair of the six once."
_ZONES = "Count over the table zone_stages, as things stood on 31 December."

NUMBERS = (
    Derived("D0301", "border trade of 1989 over that of 1983", _GROWTH, growth_factor, 2),
    Derived(
        "D0302",
        "even growth of border trade a year, 1983 to 1989, in percent",
        _GROWTH,
        lambda: 100 * yearly_growth(),
    ),
    Derived(
        "D0303",
        "growth over the six years divided by six, in percent: the wrong way",
        _GROWTH,
        lambda: 100 * (growth_factor() - 1) / years_of_growth(),
    ),
    Derived(
        "D0304",
        "border trade of 1989 had it grown by that wrong rate, million Swiss francs",
        _GROWTH,
        lambda: after_growth((growth_factor() - 1) / years_of_growth())[-1],
    ),
    Derived(
        "D0305",
        "Heilongjiang's mean trade a year, 1988 to 1991, million Swiss francs",
        "Row F011 divided by its four years.",
        lambda: figure("F011") / 4,
        1,
    ),
    Derived(
        "D0306",
        "sum of the three provinces' exports to the Soviet Union in 1990 as printed, million dollars",
        "Rows F019, F021 and F025 added up.",
        lambda: figure("F019") + figure("F021") + figure("F025"),
        1,
    ),
    Derived(
        "D0307",
        "exports of the three provinces to Northeast Asia in 1990 as printed, million dollars",
        "Rows F017, F020 and F023 added up.",
        lambda: figure("F017") + figure("F020") + figure("F023"),
        1,
    ),
    Derived(
        "D0308",
        "target of 1995 over the printed exports of 1990",
        "Row F028 divided by the sum of rows F017, F020 and F023.",
        lambda: figure("F028") / (figure("F017") + figure("F020") + figure("F023")),
    ),
    Derived(
        "D0309",
        "workers of the study over the upper Russian estimate",
        "Row F036 divided by row F053.",
        lambda: figure("F036") / figure("F053"),
    ),
    Derived(
        "D0310",
        "what the county keeps in the worked example, million yuan",
        _CONTRACT,
        lambda: kept(figure("TV304"), figure("TV303"), figure("TV301"), figure("TV302")),
    ),
    Derived(
        "D0311",
        "what the brickworks adds over the contract, million yuan",
        _CONTRACT,
        lambda: figure("TV306") * figure("TV305"),
    ),
    Derived(
        "D0312",
        "retained share above which the brickworks pays, percent",
        _CONTRACT,
        lambda: _break_even(2),
    ),
    Derived(
        "D0313",
        "retained share above which the road pays, percent",
        _CONTRACT,
        lambda: _break_even(3),
    ),
    Derived(
        "D0314",
        "retained share at which the centre receives most, percent",
        _CONTRACT + " Steps of 5 percent.",
        lambda: 100 * best_share_for_centre(),
    ),
    Derived(
        "D0315",
        "what the centre then receives, million yuan",
        _CONTRACT,
        lambda: outcome_of(best_share_for_centre(), figure("TV305")).centre_receipts,
        2,
    ),
    Derived(
        "D0316",
        "gain of the county from the brickworks at a half, million yuan",
        _CONTRACT,
        lambda: local_gain(projects()[2], figure("TV303"), figure("TV305")),
        1,
    ),
    Derived("D0317", "old avenues of states", _AVENUES, lambda: len(avenue_pairs("state", "old"))),
    Derived("D0318", "new avenues of states", _AVENUES, lambda: len(avenue_pairs("state", "new"))),
    Derived(
        "D0319",
        "new avenues of states that touch Russia or North Korea",
        _AVENUES,
        lambda: _new_of("RUS") + _new_of("PRK"),
    ),
    Derived(
        "D0320",
        "pairs that regions and firms join and the states' list does not",
        _AVENUES,
        lambda: len(pairs_only_local()),
    ),
    Derived(
        "D0321",
        "pairs of the six without any avenue of the table",
        _AVENUES,
        lambda: len(pairs_without_avenue()),
    ),
    Derived("D0322", "zones set up by the end of 1989", _ZONES, lambda: _zones(1989, "set up")),
    Derived("D0323", "zones set up by the end of 1992", _ZONES, lambda: _zones(1992, "set up")),
    Derived(
        "D0324", "zones only planned at the end of 1992", _ZONES, lambda: _zones(1992, "planned")
    ),
    Derived("D0325", "zones set up by the end of 1991", _ZONES, lambda: _zones(1991, "set up")),
    Derived(
        "D0326",
        "retained share above which the guest house pays in a contract of five years, percent",
        _CONTRACT,
        lambda: _break_even(4, 5),
    ),
    Derived(
        "D0327",
        "growth of border trade from 1983 to 1989, as a share of that of 1983",
        _GROWTH,
        lambda: growth_factor() - 1,
        2,
    ),
)
