"""Lesson 04: who has what, who could do for whom, and who gains from trade."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from tutor import data
from tutor.derived.derived import Derived
from tutor.models.complementarity import (
    Complementarity,
    complementarity,
    factor_sets,
    saturated_share,
)
from tutor.models.ricardian_trade import (
    Equilibrium,
    free_trade,
    labour_costs,
    opportunity_costs,
)

REGIONS = (
    "Northeast China",
    "North Korea",
    "Mongolia",
    "Russian Far East",
    "South Korea",
    "Japan",
)
"""The six regions, in the order of the study's table."""

COUNTRY_OF: Mapping[str, str] = MappingProxyType(
    dict(zip(REGIONS, ("CHN", "PRK", "MNG", "RUS", "KOR", "JPN"), strict=True))
)
"""Region to the code of its country, whose colour it takes."""

CHAIN = (
    "Mongolia",
    "Russian Far East",
    "Northeast China",
    "North Korea",
    "South Korea",
    "Japan",
)
"""The six regions in the order of their own price of raw materials, the lowest first."""

TWO = ("England", "Portugal")
GREW: Mapping[str, bool] = MappingProxyType(
    {"figures": True, "words": True, "old": False, "none": False}
)
"""What is told of a pair in the table ``pair_growth``, to whether it counts as growth."""


@dataclass(frozen=True)
class Pair:
    """Two regions: what they could do for each other, and what is told of their ties.

    Parameters
    ----------
    id : str
        Row of the table ``pair_growth``.
    a, b : str
        The two regions.
    growth : str
        One of `GREW`.
    shared : int
        Number of factors that both have.
    either : int
        Number of factors that one or both have.
    jaccard, matching : float
        The two measures of complementarity, 0 to 1.
    """

    id: str
    a: str
    b: str
    growth: str
    shared: int
    either: int
    jaccard: float
    matching: float

    @property
    def name(self) -> str:
        """Both regions in words."""
        return f"{self.a} and {self.b}"

    @property
    def grew(self) -> bool:
        """Whether growth or a new avenue is told."""
        return GREW[self.growth]


@functools.cache
def strengths() -> Mapping[str, frozenset[str]]:
    """Give each region's factors by the study's printed table."""
    found = factor_sets(data.rows("comparative_advantage"))
    return MappingProxyType({region: found[region] for region in REGIONS})


@functools.cache
def compared(measure: str) -> Complementarity:
    """Give the complementarity of every pair by ``"jaccard"`` or ``"matching"``."""
    return complementarity(strengths(), measure)


@functools.cache
def pairs() -> tuple[Pair, ...]:
    """Give the fifteen pairs of regions, in the order of the table ``pair_growth``."""
    return tuple(
        Pair(
            id=row["id"],
            a=row["a"],
            b=row["b"],
            growth=row["growth"],
            shared=len(strengths()[row["a"]] & strengths()[row["b"]]),
            either=len(strengths()[row["a"]] | strengths()[row["b"]]),
            jaccard=compared("jaccard").between(row["a"], row["b"]),
            matching=compared("matching").between(row["a"], row["b"]),
        )
        for row in data.rows("pair_growth")
    )


def pair_of(a: str, b: str) -> Pair:
    """Find the pair of two regions, in either order."""
    return next(pair for pair in pairs() if {pair.a, pair.b} == {a, b})


@functools.cache
def teaching_value(identifier: str) -> float:
    """Give a number of the table ``teaching_values`` by its id."""
    return float(data.find(identifier)["value"])


@functools.cache
def requirements_of_two() -> tuple[tuple[float, float], ...]:
    """Give Ricardo's labour for a unit of cloth and of wine, England first."""
    labour = {(row["country"], row["good"]): row["labour"] for row in data.rows("ricardo_example")}
    return tuple((float(labour[c, "cloth"]), float(labour[c, "wine"])) for c in TWO)


@functools.cache
def trade_of_two(
    england: float | None = None, share: float | None = None, portugal: float | None = None
) -> Equilibrium:
    """Let England and Portugal trade cloth (good 1) for wine (good 2).

    Parameters
    ----------
    england, portugal : float, optional
        Hours of labour; TV401 unless told.
    share : float, optional
        Share of income spent on cloth; TV402 unless told.
    """
    usual = teaching_value("TV401")
    labour = [usual if england is None else england, usual if portugal is None else portugal]
    b = teaching_value("TV402") if share is None else share
    return free_trade(TWO, labour, requirements_of_two(), b)


def labour_of_six(japan: float | None = None) -> tuple[float, ...]:
    """Give the workforce of the regions of `CHAIN`, in millions; Japan's as told."""
    usual = {region: teaching_value(f"TV{410 + REGIONS.index(region) + 1}") for region in CHAIN}
    return tuple((usual | ({} if japan is None else {"Japan": japan})).values())


def requirements_of_six(
    mongolia: float | None = None, north_korea: float | None = None
) -> tuple[tuple[float, float], ...]:
    """Give the hours for a unit of raw materials and for a machine in the regions of `CHAIN`.

    Parameters
    ----------
    mongolia : float, optional
        Hours for a unit of raw materials in Mongolia, the way to a port included.
    north_korea : float, optional
        Hours for a machine in North Korea.
    """
    usual = [
        [teaching_value(f"TV{start + REGIONS.index(region) + 1}") for start in (420, 430)]
        for region in CHAIN
    ]
    if mongolia is not None:
        usual[CHAIN.index("Mongolia")][0] = mongolia
    if north_korea is not None:
        usual[CHAIN.index("North Korea")][1] = north_korea
    return tuple((first, second) for first, second in usual)


@functools.cache
def trade_of_six(
    share: float | None = None,
    japan: float | None = None,
    mongolia: float | None = None,
    north_korea: float | None = None,
) -> Equilibrium:
    """Let the six regions trade raw materials (good 1) for machines (good 2).

    Parameters
    ----------
    share : float, optional
        Share of income spent on raw materials; TV402 unless told.
    japan, mongolia, north_korea : float, optional
        As in `labour_of_six` and `requirements_of_six`.
    """
    return free_trade(
        CHAIN,
        labour_of_six(japan),
        requirements_of_six(mongolia, north_korea),
        teaching_value("TV402") if share is None else share,
    )


def basket(north_korea: float) -> tuple[float, float]:
    """Count the hours that a worker of North Korea gives for one unit of each good.

    Parameters
    ----------
    north_korea : float
        Hours for a machine in North Korea.

    Returns
    -------
    tuple of (float, float)
        Without trade, and with it.
    """
    place = CHAIN.index("North Korea")
    needed = requirements_of_six(north_korea=north_korea)
    price = trade_of_six(north_korea=north_korea).price
    return sum(needed[place]), float(labour_costs(needed, price)[place].sum())


def turning_point() -> float:
    """Give the hours for a machine at which North Korea's own price is the world's."""
    return teaching_value("TV422") / trade_of_six().price


def own_price(region: str) -> float:
    """Give what a unit of raw materials costs a region of `CHAIN` in machines, without trade."""
    return float(opportunity_costs(requirements_of_six())[CHAIN.index(region)])


def gain_in_percent(gain: float) -> float:
    """Turn utility over autarky utility into percent gained: 1.25 gives 25."""
    return 100 * (gain - 1)


def _gain(region: str) -> float:
    return gain_in_percent(trade_of_six().gain[CHAIN.index(region)])


_TABLE = "Counted in the rows of the table comparative_advantage with basis table."
_TIES = "Counted in the table pair_growth."
_MEASURE = "Counted on the rows of the table comparative_advantage with basis table."
_TWO = "The model of trade on Ricardo's labour, 10,000 hours in each country, half of income on each good."
_SIX = "The model of trade on the six regions with the teaching values TV402 and TV411 to TV436."

NUMBERS = (
    Derived(
        "D0401",
        "factors in the study's printed table",
        _TABLE,
        lambda: len(frozenset().union(*strengths().values())),
    ),
    Derived("D0402", "pairs of six regions", _TIES, lambda: len(pairs())),
    Derived(
        "D0403",
        "pairs that share no factor",
        _TABLE,
        lambda: round(saturated_share(compared("jaccard")) * len(pairs())),
    ),
    Derived(
        "D0404",
        "factors that South Korea and Japan share",
        _TABLE,
        lambda: pair_of("South Korea", "Japan").shared,
    ),
    Derived(
        "D0405",
        "factors that South Korea or Japan has",
        _TABLE,
        lambda: pair_of("South Korea", "Japan").either,
    ),
    Derived(
        "D0406",
        "Jaccard distance of South Korea and Japan",
        _MEASURE,
        lambda: pair_of("South Korea", "Japan").jaccard,
        2,
    ),
    Derived(
        "D0407",
        "matching distance of Northeast China and Japan",
        _MEASURE,
        lambda: pair_of("Northeast China", "Japan").matching,
        2,
    ),
    Derived(
        "D0408",
        "matching distance of North Korea and the Russian Far East",
        _MEASURE,
        lambda: pair_of("North Korea", "Russian Far East").matching,
        2,
    ),
    Derived("D0409", "pairs whose ties grew", _TIES, lambda: sum(p.grew for p in pairs())),
    Derived(
        "D0410",
        "pairs of North Korea",
        _TIES,
        lambda: sum("North Korea" in (p.a, p.b) for p in pairs()),
    ),
    Derived(
        "D0411",
        "pairs of North Korea whose ties grew",
        _TIES,
        lambda: sum(p.grew and "North Korea" in (p.a, p.b) for p in pairs()),
    ),
    Derived(
        "D0412",
        "pairs without North Korea",
        _TIES,
        lambda: sum("North Korea" not in (p.a, p.b) for p in pairs()),
    ),
    Derived(
        "D0413",
        "matching distance of Northeast China and the Russian Far East",
        _MEASURE,
        lambda: pair_of("Northeast China", "Russian Far East").matching,
        2,
    ),
    Derived(
        "D0414",
        "hours England needs for a unit of cloth and one of wine, together",
        "Sum of the rows RI01 and RI02.",
        lambda: sum(requirements_of_two()[0]),
    ),
    Derived(
        "D0415",
        "England's own price of cloth in wine",
        "RI01 divided by RI02.",
        lambda: float(opportunity_costs(requirements_of_two())[0]),
        2,
    ),
    Derived(
        "D0416",
        "Portugal's own price of cloth in wine",
        "RI03 divided by RI04.",
        lambda: float(opportunity_costs(requirements_of_two())[1]),
        3,
    ),
    Derived("D0417", "world price of cloth in wine", _TWO, lambda: trade_of_two().price, 3),
    Derived(
        "D0418",
        "England's gain from trade in percent",
        _TWO,
        lambda: gain_in_percent(trade_of_two().gain[0]),
    ),
    Derived(
        "D0419",
        "Portugal's gain from trade in percent",
        _TWO,
        lambda: gain_in_percent(trade_of_two().gain[1]),
    ),
    Derived(
        "D0420",
        "Northeast China's own price of raw materials in machines",
        "TV421 divided by TV431.",
        lambda: own_price("Northeast China"),
        1,
    ),
    Derived(
        "D0421",
        "South Korea's own price of raw materials in machines",
        "TV425 divided by TV435.",
        lambda: own_price("South Korea"),
        1,
    ),
    Derived(
        "D0422",
        "Mongolia's own price of raw materials in machines",
        "TV423 divided by TV433.",
        lambda: own_price("Mongolia"),
        2,
    ),
    Derived(
        "D0423",
        "Japan's own price of raw materials in machines",
        "TV426 divided by TV436.",
        lambda: own_price("Japan"),
    ),
    Derived(
        "D0424",
        "North Korea's own price of raw materials in machines",
        "TV422 divided by TV432.",
        lambda: own_price("North Korea"),
        1,
    ),
    Derived(
        "D0425", "world price of raw materials in machines", _SIX, lambda: trade_of_six().price, 2
    ),
    Derived("D0426", "Mongolia's gain in percent", _SIX, lambda: _gain("Mongolia")),
    Derived("D0427", "Japan's gain in percent", _SIX, lambda: _gain("Japan")),
    Derived("D0428", "North Korea's gain in percent", _SIX, lambda: _gain("North Korea")),
    Derived("D0429", "South Korea's gain in percent", _SIX, lambda: _gain("South Korea"), 1),
    Derived(
        "D0430",
        "hours for a machine at which North Korea's own price is the world's",
        "TV422 divided by the world price of raw materials in machines.",
        turning_point,
        1,
    ),
    Derived(
        "D0431",
        "hours for one unit of each good in North Korea, without trade",
        "Sum of TV422 and TV432.",
        lambda: basket(teaching_value("TV432"))[0],
    ),
    Derived(
        "D0432",
        "hours for one unit of each good in North Korea, with trade",
        _SIX,
        lambda: basket(teaching_value("TV432"))[1],
    ),
    Derived(
        "D0433",
        "matching distance of North Korea and Mongolia",
        _MEASURE,
        lambda: pair_of("North Korea", "Mongolia").matching,
        2,
    ),
    Derived(
        "D0434",
        "strengths of North Korea in the study's table",
        _TABLE,
        lambda: len(strengths()["North Korea"]),
    ),
    Derived(
        "D0435",
        "strengths of Japan in the study's table",
        _TABLE,
        lambda: len(strengths()["Japan"]),
    ),
)
