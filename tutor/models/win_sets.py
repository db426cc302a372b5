"""Two-level games on a line: who could agree to what, and what they then agree to.

Whoever negotiates abroad must also win at home. On one issue line, from separate national zones
(0) over one contiguous zone in three administrations (0.5) to one joint authority (1), each actor
accepts whatever leaves it no worse off than no agreement: its win-set. An agreement is possible
only where the win-sets of all who must accept overlap, and a small win-set is a strength as well
as a danger. Putnam lets the capitals deal and their constituents ratify; the 1993 study turns the
levels round.

Symbols
-------
x    a point of the issue line, 0 to 1
q    status quo: where things stay without an agreement, 0 to 1
x_i  ideal point of actor i, 0 to 1
w_i  salience, above 0: what moving one unit away from the ideal point costs i
b_i  side payment that i receives with any agreement, at least 0
k_i  cost to i of agreeing at all, at least 0
r_i  radius of i's win-set, |q - x_i| + (b_i - k_i) / w_i, before the line's ends cut it
a    autonomy of a region, 0 to 1: how far it moves its centre's ideal point towards its own

Source
------
Putnam (1988, key putnam-1988) for the two levels and the win-set; Nash (1950, key nash-1950) for
the point they agree on; the 1993 Tumen study (key tumen-1993) for the inverted order.

Left out
--------
More than one issue at a time (the summit has five), bluff and private information, and time.
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray

ORDERS = ("putnam", "study")
"""Who bargains: the centres (Putnam) or the regions (the 1993 study)."""


@dataclass(frozen=True)
class Actor:
    """One side at the table or behind it.

    Attributes
    ----------
    name
        What the actor is called.
    ideal_point
        x_i, 0 to 1.
    salience
        w_i, above 0.
    side_payment
        b_i, at least 0.
    agreement_cost
        k_i, at least 0.

    Raises
    ------
    ValueError
        If a value is no number or out of range.
    """

    name: str
    ideal_point: float
    salience: float = 1.0
    side_payment: float = 0.0
    agreement_cost: float = 0.0

    def __post_init__(self) -> None:
        validation.distinct_names("name", [self.name])
        for argument, bounds in {
            "ideal_point": {"at_least": 0, "at_most": 1},
            "salience": {"more_than": 0},
            "side_payment": {"at_least": 0},
            "agreement_cost": {"at_least": 0},
        }.items():
            value = validation.number(
                f"{argument} of {self.name}", getattr(self, argument), **bounds
            )
            object.__setattr__(self, argument, value)


@dataclass(frozen=True)
class WinSet:
    """What an actor, or a group of them, could accept.

    Attributes
    ----------
    lower, upper
        Ends of the interval, both included; NaN when it is empty.
    """

    lower: float
    upper: float

    @property
    def is_empty(self) -> bool:
        """Whether nothing is acceptable."""
        return math.isnan(self.lower)

    @property
    def length(self) -> float:
        """Length of the interval, 0 to 1; 0 also when it is empty."""
        return 0.0 if self.is_empty else self.upper - self.lower

    def __contains__(self, x: float) -> bool:
        return not self.is_empty and self.lower <= x <= self.upper


EMPTY = WinSet(math.nan, math.nan)
"""The win-set that holds nothing."""


@dataclass(frozen=True)
class Bargain:
    """What comes of a negotiation.

    Attributes
    ----------
    point
        Where they agree, 0 to 1; None when there is no agreement.
    zone
        The zone of agreement: what everybody who must accept could accept.
    gains
        Each actor's gain over no agreement, by name; all 0 when there is no agreement.
    conflicts
        Why there is none: names whose own win-set is empty (alone in their tuple) and pairs whose
        win-sets do not meet. On a line there is always at least one such reason.
    """

    point: float | None
    zone: WinSet
    gains: dict[str, float]
    conflicts: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Country:
    """A centre, its region, and how much the region counts.

    Attributes
    ----------
    name
        What the country is called.
    centre, region
        The two actors.
    autonomy
        a, 0 to 1.

    Raises
    ------
    ValueError
        If the autonomy is no number or out of range.
    """

    name: str
    centre: Actor
    region: Actor
    autonomy: float = 0.0

    def __post_init__(self) -> None:
        value = validation.number(f"autonomy of {self.name}", self.autonomy, at_least=0, at_most=1)
        object.__setattr__(self, "autonomy", value)

    @property
    def persuaded_centre(self) -> Actor:
        """The centre after its region has spoken.

        Its ideal point is (1 - a) times its own plus a times the region's.
        """
        ideal_point = (
            1 - self.autonomy
        ) * self.centre.ideal_point + self.autonomy * self.region.ideal_point
        return replace(self.centre, ideal_point=ideal_point)


def gain(actor: Actor, x: ArrayLike, status_quo: float) -> FloatArray:
    """Compute what `actor` gains from agreeing on `x` rather than on nothing.

    w_i (|q - x_i| - |x - x_i|) + b_i - k_i.

    Parameters
    ----------
    actor
        Whose gain.
    x
        Points of the line, 0 to 1, in any shape.
    status_quo
        q, 0 to 1.

    Returns
    -------
    FloatArray
        Gains in the actor's own units, in the shape of `x`.

    Raises
    ------
    ValueError
        If a point lies off the line.

    Source: spatial model of voting; side payments as in Putnam (1988).
    """
    points = validation.numbers("x", x, at_least=0, at_most=1)
    status_quo = validation.number("status_quo", status_quo, at_least=0, at_most=1)
    old_distance = abs(status_quo - actor.ideal_point)
    new_distance = np.abs(points - actor.ideal_point)
    return (
        actor.salience * (old_distance - new_distance) + actor.side_payment - actor.agreement_cost
    )


def radius(actor: Actor, status_quo: float) -> float:
    """Compute the radius of a win-set before the ends of the line cut it; negative when empty.

    |q - x_i| + (b_i - k_i) / w_i. Errors and source as in `gain`.
    """
    status_quo = validation.number("status_quo", status_quo, at_least=0, at_most=1)
    return (
        abs(status_quo - actor.ideal_point)
        + (actor.side_payment - actor.agreement_cost) / actor.salience
    )


def win_set(actor: Actor, status_quo: float) -> WinSet:
    """Find what `actor` accepts: the points of the line within its radius of its ideal point.

    Errors and source as in `gain`.
    """
    reach = radius(actor, status_quo)
    if reach < 0:
        return EMPTY
    return WinSet(max(0.0, actor.ideal_point - reach), min(1.0, actor.ideal_point + reach))


def zone_of_agreement(actors: Iterable[Actor], status_quo: float) -> WinSet:
    """Intersect the win-sets of everybody who must accept.

    Raises
    ------
    ValueError
        If there is nobody, if a name comes twice, or if the status quo lies off the line.

    Source: Putnam (1988).
    """
    return _intersection([win_set(actor, status_quo) for actor in _actors("actors", actors)])


def bargain(
    bargainers: Iterable[Actor], status_quo: float, ratifiers: Iterable[Actor] = ()
) -> Bargain:
    """Find where the bargainers agree, inside what they and the ratifiers could accept.

    The Nash point: the x of the zone of agreement that makes the product of the bargainers' gains
    largest. It is unique, since the logarithm of that product is strictly concave in the zone.

    Parameters
    ----------
    bargainers
        Who deals, and whose gains count in the product; at least one.
    status_quo
        q, 0 to 1.
    ratifiers
        Who must accept the deal without having dealt.

    Raises
    ------
    ValueError
        If nobody bargains, if a name comes twice, or if the status quo lies off the line.

    Source: Nash (1950).
    """
    dealing = _actors("bargainers", bargainers)
    everybody = _actors("bargainers and ratifiers", (*dealing, *ratifiers))
    sets = {actor.name: win_set(actor, status_quo) for actor in everybody}
    zone = _intersection(list(sets.values()))
    if zone.is_empty:
        return Bargain(None, zone, dict.fromkeys(sets, 0.0), _conflicts(sets))
    point = _nash_point(dealing, zone, float(status_quo))
    gains = {actor.name: float(gain(actor, point, status_quo)) for actor in everybody}
    return Bargain(point, zone, gains, ())


def two_level_game(
    countries: Iterable[Country], status_quo: float, order: str = "putnam"
) -> Bargain:
    """Play the same actors in Putnam's order or in the study's.

    "putnam": the centres bargain, inside the intersection of their regions' win-sets.
    "study": the regions bargain, inside the intersection of their centres' win-sets, each centre
    having moved towards its region as far as the region's autonomy goes.
    Nobody at the table accepts a loss either, so the bargainers' own win-sets bound the zone too.

    Parameters
    ----------
    countries
        At least one country; every centre and every region has a name of its own.
    status_quo
        q, 0 to 1.
    order
        One of `ORDERS`.

    Raises
    ------
    ValueError
        As in `bargain`.
    KeyError
        If the order is not known.

    Source: Putnam (1988); the 1993 Tumen study.
    """
    order = validation.one_of("order", order, ORDERS)
    nations: Sequence[Country] = tuple(countries)
    regions = [country.region for country in nations]
    if order == "putnam":
        return bargain([country.centre for country in nations], status_quo, regions)
    return bargain(regions, status_quo, [country.persuaded_centre for country in nations])


def _actors(argument: str, actors: Iterable[Actor]) -> tuple[Actor, ...]:
    """Check that there is somebody and that no name comes twice."""
    result: tuple[Any, ...] = tuple(actors)
    for actor in result:
        if not isinstance(actor, Actor):
            raise ValueError(f"{argument} holds {actor!r}; each must be an Actor.")
    validation.distinct_names(argument, [actor.name for actor in result])
    return result


def _intersection(sets: Sequence[WinSet]) -> WinSet:
    """Intersect intervals."""
    if any(each.is_empty for each in sets):
        return EMPTY
    lower = max(each.lower for each in sets)
    upper = min(each.upper for each in sets)
    return WinSet(lower, upper) if lower <= upper else EMPTY


def _conflicts(sets: dict[str, WinSet]) -> tuple[tuple[str, ...], ...]:
    """Name the empty win-sets and the pairs that do not meet."""
    alone = [(name,) for name, each in sets.items() if each.is_empty]
    pairs = [
        (a, b)
        for a, b in itertools.combinations(sets, 2)
        if not sets[a].is_empty
        and not sets[b].is_empty
        and _intersection([sets[a], sets[b]]).is_empty
    ]
    return (*alone, *pairs)


def _nash_point(actors: Sequence[Actor], zone: WinSet, status_quo: float) -> float:
    """Maximize the product of gains in a zone by the sign of its logarithm's slope.

    The slope falls all the way through the zone, with a jump down at each ideal point. So the
    maximum is the ideal point where the slope changes sign, or else the root between two of them,
    or else an end of the zone.
    """
    ideals = np.array([actor.ideal_point for actor in actors])
    radii = np.array([radius(actor, status_quo) for actor in actors])

    def slope(x: float, side: float) -> float:
        # Gains divided by salience, which scales the product and moves no maximum.
        towards = np.where(ideals == x, -side, np.sign(ideals - x))
        # A gain that rounding has made zero or less just inside its end counts as tiny.
        gains = np.maximum(radii - np.abs(x - ideals), 1e-300)
        return float((towards / gains).sum())

    lower, upper = zone.lower, zone.upper
    # At the ends a gain may be zero and the slope infinite: look only inside.
    for kink in sorted({actor.ideal_point for actor in actors}):
        if lower < kink < upper:
            if slope(kink, side=1.0) > 0:
                lower = kink
            elif slope(kink, side=-1.0) < 0:
                upper = kink
            else:
                return kink
    while True:
        middle = (lower + upper) / 2
        if not lower < middle < upper:
            break
        if slope(middle, side=1.0) > 0:
            lower = middle
        else:
            upper = middle
    return upper if upper == zone.upper else lower
