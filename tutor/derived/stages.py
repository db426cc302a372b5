"""Lesson 05: blocs on the ladder, one market in a union, capital of six economies, rival zones."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tutor import data
from tutor.derived.derived import Derived
from tutor.models.capital_mobility import CapitalMovement, free_capital
from tutor.models.customs_union import Market, UnionEffect, form_union
from tutor.models.integration_ladder import COMMITMENTS, Stage, classify
from tutor.models.zone_competition import Competition, compete

COLUMNS: Mapping[str, str] = MappingProxyType(
    dict(
        zip(
            COMMITMENTS,
            (
                "free_internal_trade",
                "common_external_tariff",
                "free_factor_movement",
                "coordinated_policy",
                "unified_policy",
            ),
            strict=True,
        )
    )
)
"""Each commitment of the ladder to its column in the table ``blocs``."""

SIX = ("JPN", "KOR", "RUS", "PRK", "CHN", "MNG")
"""The six economies, from the highest to the lowest output per head in 1993."""

YEAR = 1993
"""Year of the output and population from which lesson 05 reckons capital."""

PARTNER_PRICES = tuple(range(6, 25))
"""The partner's prices that a learner can choose, in dollars a pair."""

TARIFFS = tuple(range(21))
"""The tariffs that a learner can choose, in dollars a pair."""

CAPITAL_PARTS = tuple(range(25, 55, 5))
"""Percentages of the income gap that may be laid to lack of capital."""

ZONES = tuple(range(1, 11))
"""Numbers of zones that a learner can choose."""

READINESS = (25, 50, 100, 200, 400)
"""Millions of outside dollars that come for each percentage point of return."""


def given(identifier: str) -> float:
    """Give a number that the course chose to teach with, by its id in ``teaching_values``."""
    return float(data.find(identifier)["value"])


# ------------------------------------------------------------------ the ladder


@dataclass(frozen=True)
class PlacedBloc:
    """A bloc at a date and the stage on which its commitments put it."""

    id: str
    name: str
    date: str
    commitments: tuple[str, ...]
    stage: Stage
    note: str

    @property
    def year(self) -> int:
        """Year of the date."""
        return int(self.date[:4])


@functools.cache
def blocs() -> tuple[PlacedBloc, ...]:
    """Place every bloc of the table ``blocs`` on the ladder, the oldest first."""
    placed = []
    for row in sorted(data.rows("blocs"), key=lambda row: row["date"]):
        made = tuple(each for each, column in COLUMNS.items() if row[column] == "1")
        placed.append(
            PlacedBloc(row["id"], row["name"], row["date"], made, classify(made), row["note"])
        )
    return tuple(placed)


@functools.cache
def combinations() -> Mapping[tuple[bool, ...], Stage]:
    """Classify every combination of the five commitments, keyed by which of them are made."""
    return MappingProxyType(
        {
            made: classify(itertools.compress(COMMITMENTS, made))
            for made in itertools.product((False, True), repeat=len(COMMITMENTS))
        }
    )


# ------------------------------------------------------------------ one market


@functools.cache
def boots() -> Market:
    """Give the market for boots of lesson 05."""
    return Market(given("TV501"), given("TV502"), given("TV503"), given("TV504"))


def union(tariff: float, partner_price: float) -> UnionEffect:
    """Form the union in the market for boots; raises ValueError as `form_union` does."""
    return form_union(boots(), partner_price, given("TV505"), tariff)


@functools.cache
def unions() -> Mapping[tuple[int, int], UnionEffect]:
    """Give the union's effect for every tariff and partner's price that can be chosen."""
    return MappingProxyType(
        {(tariff, price): union(tariff, price) for tariff in TARIFFS for price in PARTNER_PRICES}
    )


# ------------------------------------------------------------------ capital


@functools.cache
def output_and_people() -> Mapping[str, tuple[float, float]]:
    """Give output in billions of dollars and population in millions of each of the six."""
    found = {
        row["country"]: (float(row["gdp_billion_usd"]), float(row["population_million"]))
        for row in data.rows("economies")
        if row["year"] == str(YEAR) and row["country"] in SIX
    }
    return MappingProxyType({code: found[code] for code in SIX})


def capital(part: float) -> CapitalMovement:
    """Let capital move among the six economies.

    Output and population are those of 1993; labour stands in for population. Nobody counted the
    capital of all six, so it is reckoned: where output per head is a certain multiple of another's,
    `part` percent of that multiple (in logarithms) is laid to capital per head, the rest to
    productivity.

    Parameters
    ----------
    part
        Percentage of the income gap laid to lack of capital, above 0 and below 100.

    Returns
    -------
    CapitalMovement
        Output, capital and income in billions of dollars, by the order of `SIX`.

    Raises
    ------
    ValueError
        If `part` is out of range.
    """
    import numpy as np

    if isinstance(part, bool) or not 0 < part < 100:
        raise ValueError(f"part is {part!r}; it must lie between 0 and 100 (a percentage).")
    share = given("TV511")
    output, people = (np.array(each) for each in zip(*output_and_people().values(), strict=True))
    leader = output[0] / people[0]
    gap = np.log(output / people / leader)
    per_head = given("TV512") * leader * np.exp(part / 100 / share * gap)
    productivity = output / people / per_head**share
    return free_capital(SIX, productivity, per_head * people, people, share)


# ------------------------------------------------------------------ rival zones


def rivals(zones: int, readiness: float, split: bool = False) -> Competition:
    """Let zones at the Tumen compete by taxes, or share one site.

    Parameters
    ----------
    zones
        How many.
    readiness
        Millions of outside dollars that come for each percentage point of return.
    split
        Whether the zones are parts of one site.

    Returns
    -------
    Competition
        Taxes in percent of what is invested a year, money in hundreds of millions of dollars.
    """
    return compete(zones, given("TV521"), given("TV523"), readiness / 100, given("TV522"), split)


def _at_the_mouth() -> Competition:
    return rivals(int(given("TV525")), given("TV524"))


def _first() -> UnionEffect:
    return union(given("TV506"), given("TV507"))


def _second() -> UnionEffect:
    return union(given("TV506"), given("TV508"))


def _per_head(code: str) -> float:
    output, people = output_and_people()[code]
    return output / people


def _wage_change(code: str) -> float:
    moved = capital(given("TV513"))
    place = SIX.index(code)
    return float(moved.wage_after[place] / moved.wage_before[place] - 1) * 100


_LADDER = "Every combination of the five commitments, placed by the ladder of model 3."
_BLOCS = "The table blocs, placed by the ladder of model 3."
_UNION = "Viner's customs union (model 3) in the market for boots, TV501 to TV508."
_CAPITAL = "MacDougall and Kemp (model 3) on output and population of 1993, with TV511 to TV513."
_ZONES = "Zone competition (model 3) with TV521 to TV525."

NUMBERS = (
    Derived("D0501", "combinations of five commitments", _LADDER, lambda: len(combinations())),
    Derived(
        "D0502",
        "combinations that stand on the ladder, the ground included",
        _LADDER,
        lambda: sum(stage.is_on_ladder for stage in combinations().values()),
    ),
    Derived(
        "D0503",
        "combinations that skip a rung",
        _LADDER,
        lambda: sum(not stage.is_on_ladder for stage in combinations().values()),
    ),
    Derived("D0504", "rows of blocs", _BLOCS, lambda: len(blocs())),
    Derived(
        "D0505",
        "rows of blocs off the ladder",
        _BLOCS,
        lambda: sum(not bloc.stage.is_on_ladder for bloc in blocs()),
    ),
    Derived("D0511", "price before the union", _UNION, lambda: _first().price_before),
    Derived("D0512", "imports before the union", _UNION, lambda: _first().imports_before),
    Derived("D0513", "imports after the union", _UNION, lambda: _first().imports_after),
    Derived("D0514", "production gain", _UNION, lambda: _first().production_gain),
    Derived("D0515", "consumption gain", _UNION, lambda: _first().consumption_gain),
    Derived("D0516", "trade creation", _UNION, lambda: _first().creation),
    Derived("D0517", "trade diversion", _UNION, lambda: _first().diversion),
    Derived("D0518", "gain of the country", _UNION, lambda: _first().welfare),
    Derived("D0519", "gain of the buyers", _UNION, lambda: _first().consumer_surplus),
    Derived("D0520", "loss of the home producers", _UNION, lambda: -_first().producer_surplus),
    Derived("D0521", "loss of the treasury", _UNION, lambda: -_first().tariff_revenue),
    Derived("D0522", "trade creation, second example", _UNION, lambda: _second().creation),
    Derived("D0523", "trade diversion, second example", _UNION, lambda: _second().diversion),
    Derived("D0524", "loss of the country, second example", _UNION, lambda: -_second().welfare),
    Derived(
        "D0525",
        "home demand before the union",
        _UNION,
        lambda: boots().demand(_first().price_before),
    ),
    Derived(
        "D0526",
        "home supply before the union",
        _UNION,
        lambda: boots().supply(_first().price_before),
    ),
    Derived(
        "D0527", "home demand after the union", _UNION, lambda: boots().demand(_first().price_after)
    ),
    Derived(
        "D0528", "home supply after the union", _UNION, lambda: boots().supply(_first().price_after)
    ),
    Derived(
        "D0529", "partner's price less the world's", _UNION, lambda: given("TV507") - given("TV505")
    ),
    Derived(
        "D0530", "fall of the price", _UNION, lambda: _first().price_before - _first().price_after
    ),
    Derived(
        "D0531",
        "tariff at which nothing is imported",
        _UNION,
        lambda: boots().autarky_price - given("TV505"),
    ),
    Derived(
        "D0532",
        "pairs, in thousands, that home producers give up",
        _UNION,
        lambda: boots().supply(_first().price_before) - boots().supply(_first().price_after),
    ),
    Derived(
        "D0533",
        "pairs, in thousands, that are bought in addition",
        _UNION,
        lambda: boots().demand(_first().price_after) - boots().demand(_first().price_before),
    ),
    Derived(
        "D0541",
        "output per head of Japan over that of China in 1993",
        "Table economies: output over population.",
        lambda: _per_head("JPN") / _per_head("CHN"),
    ),
    Derived("D0542", "fall of wages in Japan", _CAPITAL, lambda: -_wage_change("JPN"), 1),
    Derived("D0543", "rise of wages in China", _CAPITAL, lambda: _wage_change("CHN")),
    Derived("D0551", "rivals' tax at the mouth", _ZONES, lambda: _at_the_mouth().rival_tax, 1),
    Derived("D0552", "joint tax at the mouth", _ZONES, lambda: _at_the_mouth().joint_tax),
    Derived(
        "D0553",
        "share of the joint revenue that rivalry costs, in percent",
        _ZONES,
        lambda: _at_the_mouth().loss * 100,
    ),
    Derived(
        "D0554",
        "investment under rivalry, millions of dollars",
        _ZONES,
        lambda: _at_the_mouth().rival_investment * 100,
    ),
    Derived(
        "D0555",
        "investment under a joint tax, millions of dollars",
        _ZONES,
        lambda: _at_the_mouth().joint_investment * 100,
    ),
    Derived(
        "D0556",
        "revenue under rivalry, millions of dollars a year",
        _ZONES,
        lambda: _at_the_mouth().rival_revenue,
    ),
    Derived(
        "D0557",
        "revenue under a joint tax, millions of dollars a year",
        _ZONES,
        lambda: _at_the_mouth().joint_revenue,
    ),
)
