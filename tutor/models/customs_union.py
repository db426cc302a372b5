"""Viner's customs union in one market: trade created, trade diverted.

A small country taxes imports from everywhere, then frees those from its partner. If the partner
was the cheapest source anyway, more trade replaces dear home production: creation, a gain. If the
outside world was cheaper, buyers now turn to the dearer partner, since its goods carry no tariff,
and the state loses the revenue: diversion, a loss on every unit bought before. Which of the two is
larger decides whether the union pays, and it can go either way.

Symbols
-------
D(p) = A - B p    demand at home, cut at zero     S(p) = C + E p    supply at home, cut at zero
c_P, c_W          constant price of the partner's goods, of the outside world's, at least 0
t                 tariff in money per unit, at least 0
M                 imports, D - S
A above 0 and above C; B, E at least 0, not both 0

Source
------
Viner (1950, key viner-1950) for creation and diversion; the consumption gain in creation as in
Lipsey (1957, key lipsey-1957), and the split of the welfare change that is standard since.

Left out
--------
Terms of trade (the country is small), scale economies, other markets, and politics.
"""

import math
from dataclasses import dataclass

from tutor.models import _validation as validation

SOURCES = ("partner", "outside world", "nowhere")
"""Where imports can come from."""


@dataclass(frozen=True)
class Market:
    """Demand and supply at home.

    Attributes
    ----------
    demand_intercept, demand_slope
        A and B of D(p) = A - B p.
    supply_intercept, supply_slope
        C and E of S(p) = C + E p; C may be negative: then home production starts at a price.

    Raises
    ------
    ValueError
        If A is not above 0 and above C, if a slope is negative, or if both are 0.
    """

    demand_intercept: float
    demand_slope: float
    supply_intercept: float
    supply_slope: float

    def __post_init__(self) -> None:
        checked = {
            "supply_intercept": validation.number("supply_intercept", self.supply_intercept),
            "demand_intercept": validation.number(
                "demand_intercept", self.demand_intercept, more_than=0
            ),
            "demand_slope": validation.number("demand_slope", self.demand_slope, at_least=0),
            "supply_slope": validation.number("supply_slope", self.supply_slope, at_least=0),
        }
        if checked["demand_intercept"] <= checked["supply_intercept"]:
            raise ValueError(
                f"demand_intercept is {self.demand_intercept:g}; it must be above "
                f"supply_intercept, {self.supply_intercept:g}, or the country would not import."
            )
        if checked["demand_slope"] + checked["supply_slope"] == 0:
            raise ValueError("demand_slope and supply_slope are both 0; one must be above 0.")
        if not math.isfinite(
            (checked["demand_intercept"] - checked["supply_intercept"])
            / (checked["demand_slope"] + checked["supply_slope"])
        ):
            raise ValueError(
                f"demand_slope and supply_slope are {self.demand_slope:g} and "
                f"{self.supply_slope:g}; so flat together that no price clears the market."
            )
        for name, value in checked.items():
            object.__setattr__(self, name, value)

    @property
    def autarky_price(self) -> float:
        """The lowest price at which nothing is imported."""
        crossing = (self.demand_intercept - self.supply_intercept) / (
            self.demand_slope + self.supply_slope
        )
        if self.supply_intercept + self.supply_slope * crossing >= 0:
            return crossing
        # The lines cross below zero: demand is gone before home production begins.
        return self.demand_intercept / self.demand_slope

    def demand(self, price: float) -> float:
        """Quantity demanded at a price."""
        return max(0.0, self.demand_intercept - self.demand_slope * price)

    def supply(self, price: float) -> float:
        """Quantity supplied at home at a price."""
        return max(0.0, self.supply_intercept + self.supply_slope * price)

    def imports(self, price: float) -> float:
        """Quantity imported at a price; nothing from the autarky price up."""
        if price >= self.autarky_price:
            return 0.0
        return self.demand(price) - self.supply(price)

    def demand_between(self, low: float, high: float) -> float:
        """Area under the demand curve between two prices."""
        if self.demand(low) == 0:
            return 0.0
        choked = self.demand_intercept - self.demand_slope * high < 0
        end = self.demand_intercept / self.demand_slope if choked else high
        return (self.demand(low) + self.demand(end)) / 2 * (end - low)

    def supply_between(self, low: float, high: float) -> float:
        """Area under the supply curve between two prices."""
        if self.supply(high) == 0:
            return 0.0
        begins = self.supply_intercept + self.supply_slope * low < 0
        start = -self.supply_intercept / self.supply_slope if begins else low
        return (self.supply(start) + self.supply(high)) / 2 * (high - start)


@dataclass(frozen=True)
class UnionEffect:
    """What the union changes. Money unless said otherwise.

    Attributes
    ----------
    price_before, price_after
        Price at home, per unit.
    imports_before, imports_after
        Units.
    source_before, source_after
        One of `SOURCES`.
    consumer_surplus, producer_surplus, tariff_revenue
        Their changes.
    production_gain
        Home production too dear to keep, replaced by imports.
    consumption_gain
        Wants too dear to satisfy before, satisfied now.
    diversion
        What the old imports cost more because they come from the partner; at least 0.
    """

    price_before: float
    price_after: float
    imports_before: float
    imports_after: float
    source_before: str
    source_after: str
    consumer_surplus: float
    producer_surplus: float
    tariff_revenue: float
    production_gain: float
    consumption_gain: float
    diversion: float

    @property
    def creation(self) -> float:
        """Gain from trade created: production and consumption gain."""
        return self.production_gain + self.consumption_gain

    @property
    def welfare(self) -> float:
        """Change of welfare: creation less diversion, which is also the sum of the changes."""
        return self.creation - self.diversion


def form_union(
    market: Market, partner_price: float, outside_price: float, tariff: float
) -> UnionEffect:
    """Compare the market before and after a customs union with the partner.

    Before, the tariff falls on all imports: the price is min(c_W, c_P) + t. After, it falls on
    those from outside: min(c_P, c_W + t). The partner sells where both are equally cheap, and
    neither price rises above the autarky price.

    Parameters
    ----------
    market
        Demand and supply at home.
    partner_price, outside_price
        c_P and c_W, at least 0.
    tariff
        t, at least 0.

    Raises
    ------
    ValueError
        If a price or the tariff is no number or negative.

    Source: Viner (1950); Lipsey (1957).
    """
    partner = validation.number("partner_price", partner_price, at_least=0)
    outside = validation.number("outside_price", outside_price, at_least=0)
    tariff = validation.number("tariff", tariff, at_least=0)
    ceiling = market.autarky_price
    before = min(min(outside, partner) + tariff, ceiling)
    after = min(partner, outside + tariff, ceiling)
    old, new = market.imports(before), market.imports(after)
    source_before = _source(old, partner <= outside)
    source_after = _source(new, partner <= outside + tariff)
    revenue_after = tariff * new if source_after == "outside world" else 0.0
    fall = before - after
    demand_area = market.demand_between(after, before)
    supply_area = market.supply_between(after, before)
    diverted = source_before == "outside world" and source_after == "partner"
    return UnionEffect(
        price_before=before,
        price_after=after,
        imports_before=old,
        imports_after=new,
        source_before=source_before,
        source_after=source_after,
        consumer_surplus=demand_area,
        producer_surplus=-supply_area,
        tariff_revenue=revenue_after - tariff * old,
        production_gain=market.supply(before) * fall - supply_area,
        consumption_gain=demand_area - market.demand(before) * fall,
        diversion=(partner - outside) * old if diverted else 0.0,
    )


def _source(imports: float, partner_is_cheaper: bool) -> str:
    """Name where imports come from."""
    if imports == 0:
        return "nowhere"
    return "partner" if partner_is_cheaper else "outside world"
