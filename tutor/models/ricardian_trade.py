"""Ricardo's comparative advantage: many regions, two goods, one kind of labour.

Even a region that makes everything at greater cost than its neighbours gains from trade, or at
worst loses nothing, if it makes what it is least bad at. Line the regions up by what a unit of the
first good costs each in units of the second: this chain says who makes what, and world demand says
where the chain is cut. The region whose own price lies farthest from the world's gains most; the
one at whose price the world trades gains nothing at all.

Symbols
-------
L_i     labour of region i, above 0
a_ig    labour that one unit of good g takes in region i, above 0
c_i     opportunity cost of good 1 in region i, a_i1 / a_i2, in units of good 2
b       share of income spent on good 1, between 0 and 1
p       price of good 1 in units of good 2

Source
------
Ricardo (1817, key ricardo-1817); the chain of many regions as in Dornbusch, Fischer and Samuelson
(1977, key dornbusch-fischer-samuelson-1977), here with two goods and Cobb-Douglas demand.

Left out
--------
Capital, land, transport costs, tariffs, and who inside a region gains: labour is all there is and
moves freely between the two goods, so that nobody is left behind. In the world it is not so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray

_SAME_COST = 1e-12
"""Opportunity costs relatively closer than this are one: 0.1/0.3 and 0.2/0.6 differ by rounding."""


@dataclass(frozen=True, eq=False)
class FrontierSegment:
    """One straight piece of the world frontier.

    Attributes
    ----------
    regions
        The regions that change from good 2 to good 1 along the piece; several share a cost.
    opportunity_cost
        c of these regions: the slope of the piece.
    start, end
        World output of goods 1 and 2 at both ends.
    """

    regions: tuple[str, ...]
    opportunity_cost: float
    start: tuple[float, float]
    end: tuple[float, float]


@dataclass(frozen=True, eq=False)
class Equilibrium:
    """Free trade at rest. Arrays are by region, or by region and good; read-only.

    Attributes
    ----------
    regions
        Names of the n regions.
    price
        p, the world price of good 1 in units of good 2.
    dividing
        The regions that make both goods; empty when every region specializes.
    labour_share
        Share of each region's labour in good 1, 0 to 1.
    production, consumption
        n x 2, in units of each good.
    exports
        n x 2, production less consumption; negative for imports. Each good's column sums to 0.
    gain
        Utility with trade over utility without it, by region; never below 1.
    """

    regions: tuple[str, ...]
    price: float
    dividing: tuple[str, ...]
    labour_share: FloatArray
    production: FloatArray
    consumption: FloatArray
    exports: FloatArray
    gain: FloatArray


def opportunity_costs(requirements: ArrayLike) -> FloatArray:
    """Compute what a unit of good 1 costs each region in units of good 2: a_i1 / a_i2.

    Parameters
    ----------
    requirements
        a_ig, n x 2, above 0.

    Raises
    ------
    ValueError
        If a requirement is not above 0 or the shape is another.

    Source: Ricardo (1817).
    """
    needed = validation.numbers("requirements", requirements, shape=(None, 2), more_than=0)
    return needed[:, 0] / needed[:, 1]


def labour_costs(requirements: ArrayLike, price: float) -> FloatArray:
    """Compute what a unit of each good costs in labour once a region may make it or buy it.

    Good 1 takes a_i1 at home, or p a_i2 in good 2 given for it; good 2 takes a_i2, or a_i1 / p.
    The cheaper way counts.

    Parameters
    ----------
    requirements
        a_ig, n x 2, above 0.
    price
        p, above 0.

    Returns
    -------
    FloatArray
        n x 2, in units of labour; never above the requirements.

    Raises
    ------
    ValueError
        If a value is not above 0 or the shape is another.

    Source: Ricardo (1817).
    """
    needed = validation.numbers("requirements", requirements, shape=(None, 2), more_than=0)
    price = validation.number("price", price, more_than=0)
    bought = np.stack([needed[:, 1] * price, needed[:, 0] / price], axis=1)
    return np.minimum(needed, bought)


def world_frontier(
    regions: Sequence[str], labour: ArrayLike, requirements: ArrayLike
) -> tuple[FrontierSegment, ...]:
    """Build the frontier of world output: the chain of comparative advantage.

    From everybody in good 2 to everybody in good 1, the regions change over in the order of their
    opportunity cost.

    Parameters
    ----------
    regions
        Names of the n regions, at least one.
    labour
        L_i, n numbers above 0.
    requirements
        a_ig, n x 2, above 0.

    Raises
    ------
    ValueError
        If a value is out of range, a shape does not fit or a name comes twice.

    Source: Dornbusch, Fischer and Samuelson (1977), with two goods.
    """
    names, hours, needed = _economy(regions, labour, requirements)
    costs = needed[:, 0] / needed[:, 1]
    output = hours[:, np.newaxis] / needed
    at = (0.0, float(output[:, 1].sum()))
    segments = []
    for group in _groups(costs):
        end = (at[0] + float(output[group, 0].sum()), at[1] - float(output[group, 1].sum()))
        segments.append(
            FrontierSegment(tuple(names[i] for i in group), float(costs[group[0]]), at, end)
        )
        at = end
    # The last end is zero of good 2; subtracting piece by piece leaves a rounding error.
    last = segments.pop()
    segments.append(
        FrontierSegment(last.regions, last.opportunity_cost, last.start, (last.end[0], 0.0))
    )
    return tuple(segments)


def free_trade(
    regions: Sequence[str], labour: ArrayLike, requirements: ArrayLike, share: float
) -> Equilibrium:
    """Find the price at which the world's demand meets its step-shaped supply, and who gains.

    Relative demand b / ((1 - b) p) falls with the price. Relative supply rises in steps: at a
    region's opportunity cost it changes over from good 2 to good 1. They meet either on a riser,
    where every region specializes and p lies between two opportunity costs, or on a step, where
    the regions of one cost divide their labour, each in the same proportion, and p is their cost.

    Parameters
    ----------
    regions, labour, requirements
        As in `world_frontier`. One region alone trades with nobody and gains nothing.
    share
        b, above 0 and below 1.

    Raises
    ------
    ValueError
        If a value is out of range, a shape does not fit or a name comes twice.

    Source: Ricardo (1817); Dornbusch, Fischer and Samuelson (1977).
    """
    names, hours, needed = _economy(regions, labour, requirements)
    share = validation.number("share", share, more_than=0, less_than=1)
    costs = needed[:, 0] / needed[:, 1]
    price, labour_share, dividing = _meet(hours, needed, costs, share)

    production = hours[:, np.newaxis] * np.stack([labour_share, 1 - labour_share], axis=1) / needed
    income = price * production[:, 0] + production[:, 1]
    consumption = np.stack([share * income / price, (1 - share) * income], axis=1)
    # Utility over autarky utility; at p = c it is 1 exactly.
    ratio = price / costs
    gain = np.where(ratio >= 1, ratio ** (1 - share), ratio ** (-share))
    gain[dividing] = 1.0
    return Equilibrium(
        regions=names,
        price=price,
        dividing=tuple(names[i] for i in dividing if 0 < labour_share[i] < 1),
        labour_share=validation.read_only(labour_share),
        production=validation.read_only(production),
        consumption=validation.read_only(consumption),
        exports=validation.read_only(production - consumption),
        gain=validation.read_only(gain),
    )


def _meet(
    hours: FloatArray, needed: FloatArray, costs: FloatArray, share: float
) -> tuple[float, FloatArray, list[int]]:
    """Walk up the chain until supply of good 1 reaches demand for it.

    Returns the price, each region's share of labour in good 1 and the regions on the margin.
    """
    labour_share = np.zeros(len(hours))
    made = 0.0
    for group in _groups(costs):
        cost = float(costs[group[0]])
        # At this cost the group earns the same in either good.
        income = (hours * np.maximum(cost / needed[:, 0], 1 / needed[:, 1])).sum()
        wanted = share * income / cost - made
        capacity = float((hours[group] / needed[group, 0]).sum())
        if wanted < 0:
            # The price lies below the group's cost and not below the last group's: a riser.
            others = labour_share == 0
            made_of_2 = float((hours[others] / needed[others, 1]).sum())
            return share * made_of_2 / ((1 - share) * made), labour_share, []
        if wanted < capacity:
            labour_share[group] = wanted / capacity
            return cost, labour_share, group
        labour_share[group] = 1.0
        made += capacity
    raise AssertionError("demand for good 1 exceeds all that the world can make")


def _groups(costs: FloatArray) -> list[list[int]]:
    """Sort regions by opportunity cost and put equal ones together."""
    groups: list[list[int]] = []
    for index in np.argsort(costs, kind="stable").tolist():
        if groups and costs[index] <= costs[groups[-1][0]] * (1 + _SAME_COST):
            groups[-1].append(index)
        else:
            groups.append([index])
    return groups


def _economy(
    regions: Sequence[str], labour: ArrayLike, requirements: ArrayLike
) -> tuple[tuple[str, ...], FloatArray, FloatArray]:
    """Check the regions, their labour and their requirements."""
    names = validation.distinct_names("regions", regions)
    hours = validation.numbers("labour", labour, shape=(len(names),), more_than=0)
    needed = validation.numbers("requirements", requirements, shape=(len(names), 2), more_than=0)
    return names, hours, needed
