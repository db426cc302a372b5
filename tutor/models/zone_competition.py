"""Zones that compete for investment: why separate zones cost their hosts.

Each zone taxes the investment it draws. If one lowers its tax, some investment comes from outside
and some from the other zones, whose loss it does not count. So rivals who each do what is best for
themselves all tax too little, and together earn less than one authority would. The more investment
comes from outside rather than from each other, the milder the rivalry: with a boundless supply from
outside nothing is lost.

Symbols
-------
n      number of equal zones, at least 1
t_i    tax on a unit of investment in zone i
k_i    investment in zone i, (A - t_i - r) / b, never below 0
A      what the first unit of investment earns; above ρ
b      how fast that falls with investment in a zone, above 0
r      return that investors get after tax, the same everywhere
K      investment from outside, η (r - ρ)
η      how readily it comes, above 0
ρ      return at which none comes, at least 0

Source
------
Zodrow and Mieszkowski (1986, key zodrow-mieszkowski-1986) and Wilson (1986, key wilson-1986) for
the idea; the linear case with revenue as the aim is worked out here: the rivals' tax is
b η (A - ρ) / (n + 2 b η - 1), one authority's (A - ρ) / 2.

Left out
--------
What zones offer besides low taxes, and that a tax may pay for the port that draws investors.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray


@dataclass(frozen=True, eq=False)
class Investment:
    """Where investment goes at given taxes.

    Attributes
    ----------
    return_after_tax
        r.
    investment
        k_i by zone; read-only.
    revenue
        t_i k_i by zone; read-only.
    """

    return_after_tax: float
    investment: FloatArray
    revenue: FloatArray


@dataclass(frozen=True)
class Competition:
    """Rival zones beside one authority for all of them.

    Attributes
    ----------
    zones
        n.
    rival_tax, joint_tax
        Tax on a unit, in each zone.
    rival_investment, joint_investment
        Investment in all zones together.
    rival_revenue, joint_revenue
        Revenue of all zones together.
    """

    zones: int
    rival_tax: float
    joint_tax: float
    rival_investment: float
    joint_investment: float
    rival_revenue: float
    joint_revenue: float

    @property
    def loss(self) -> float:
        """Share of the joint revenue that the rivalry costs, 0 to 1."""
        return 1 - self.rival_revenue / self.joint_revenue


def invest(
    taxes: ArrayLike, first_return: float, slope: float, readiness: float, outside_return: float
) -> Investment:
    """Find where investment goes: it must earn r after tax in every zone that gets any.

    Parameters
    ----------
    taxes
        t_i, one number a zone, at least one zone; a subsidy is a tax below 0.
    first_return, slope, readiness, outside_return
        A, b, η and ρ.

    Raises
    ------
    ValueError
        If a value is out of range.

    Source: the sum of (A - t_i - r) / b over the zones used equals η (r - ρ).
    """
    rates = validation.numbers("taxes", taxes, shape=(None,))
    top, slope, readiness, floor = _conditions(first_return, slope, readiness, outside_return)
    # Use the zones from the cheapest on, as long as one more would still draw investment.
    offers = np.sort(top - rates)[::-1]
    used = np.arange(1, len(offers) + 1)
    returns = (np.cumsum(offers) + slope * readiness * floor) / (used + slope * readiness)
    earning = np.flatnonzero(offers > returns)
    level = float(returns[earning[-1]]) if len(earning) else floor
    placed = np.maximum(0.0, top - rates - level) / slope
    return Investment(level, validation.read_only(placed), validation.read_only(rates * placed))


def rival_tax(
    zones: int, first_return: float, slope: float, readiness: float, outside_return: float
) -> float:
    """Compute the tax at which no zone gains by changing its own: b η (A - ρ) / (n + 2 b η - 1).

    Parameters and errors as in `compete`.
    """
    zones = validation.whole_number("zones", zones, at_least=1)
    top, slope, readiness, floor = _conditions(first_return, slope, readiness, outside_return)
    return slope * readiness * (top - floor) / (zones + 2 * slope * readiness - 1)


def joint_tax(first_return: float, outside_return: float) -> float:
    """Compute the tax that earns all zones together most: (A - ρ) / 2.

    Errors as in `compete`.
    """
    top, _, _, floor = _conditions(first_return, 1.0, 1.0, outside_return)
    return (top - floor) / 2


def compete(
    zones: int,
    first_return: float,
    slope: float,
    readiness: float,
    outside_return: float,
    split: bool = False,
) -> Competition:
    """Compare n rival zones with one authority for the same n zones.

    Parameters
    ----------
    zones
        n, a whole number of at least 1.
    first_return
        A, above ρ.
    slope
        b, above 0.
    readiness
        η, above 0.
    outside_return
        ρ, at least 0.
    split
        If True, the n zones are parts of one site, each with the slope n b, so that a larger n
        adds no room; if False, each zone brings its own site.

    Raises
    ------
    ValueError
        If a value is out of range.

    Source: see the head of this file.
    """
    zones = validation.whole_number("zones", zones, at_least=1)
    top, slope, readiness, floor = _conditions(first_return, slope, readiness, outside_return)
    if split:
        slope *= zones
    rates = {
        "rival": rival_tax(zones, top, slope, readiness, floor),
        "joint": joint_tax(top, floor),
    }
    found = {
        name: invest([rate] * zones, top, slope, readiness, floor) for name, rate in rates.items()
    }
    return Competition(
        zones=zones,
        rival_tax=rates["rival"],
        joint_tax=rates["joint"],
        rival_investment=float(found["rival"].investment.sum()),
        joint_investment=float(found["joint"].investment.sum()),
        rival_revenue=float(found["rival"].revenue.sum()),
        joint_revenue=float(found["joint"].revenue.sum()),
    )


def _conditions(
    first_return: float, slope: float, readiness: float, outside_return: float
) -> tuple[float, float, float, float]:
    """Check A, b, η and ρ."""
    floor = validation.number("outside_return", outside_return, at_least=0)
    return (
        validation.number("first_return", first_return, more_than=floor),
        validation.number("slope", slope, more_than=0),
        validation.number("readiness", readiness, more_than=0),
        floor,
    )
