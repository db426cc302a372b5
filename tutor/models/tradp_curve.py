"""The cycle as one curve: hold the agreement, let every step settle, read off the agreement.

If an agreement F were held for long, autonomy, ties and commitments would come to rest and bring
forth an agreement G(F). Where G(F) = F the whole cycle can rest. A fixed point at which the curve
is flatter than 1 draws the cycle in: it is an outcome. One at which it is steeper than 1 pushes it
away: it is a threshold between two outcomes. The slope is the loop gain: how much of a small push
comes back after one turn, the product of what the five steps make of it.

Symbols
-------
As in `tradp_cycle`; further
G(F)   the agreement that comes out when F is held, 0 to 1
γ      openness β κ (1 - h) of every pair, when all actors are alike
K      s w γ φ δ μ (1 - ā)

The curve, by steps
-------------------
a_i = (φ F + δ ā_i) / (φ F + δ);  g_ij = β κ_ij (1 - h_ij) sqrt(a_i a_j);  n_ij = g_ij / (g_ij + μ);
c_i = logistic(s (v_i + w n̄_i + u - θ_i));  G = geometric mean, or minimum, of the required c_i.

How the fixed points are found
------------------------------
All actors alike: the reluctance θ at which F is a fixed point, θ(F) = v + u + w n(F) - logit(F)/s,
turns only where K F (1 - F) = ((γ + μ) φ F + δ (γ ā + μ))², a quadratic. Between two turns (folds)
there is at most one fixed point, so there are at most three, and bisection finds each.
Actors unlike one another: [0, 1] is cut into intervals. G rises, so an interval [L, U] with
G(L) > U or G(U) < L holds none; one on which the slope of G is proved to stay below 1, or above 1,
holds at most one, which the signs at its ends betray. Any other interval is cut again. So no pair
of fixed points can hide between the points of a grid, however near a fold they are. The bounds on
the slope come from the monotonicity of every part of the curve; they hold up to rounding.

Source
------
The course's own analysis of its own model; the steps follow the 1993 Tumen study (key
tumen-1993). That the slope of the curve decides the stability of the whole cycle holds because
each state raises all others or leaves them alone: such a system is stable exactly when its gain
is below 1.

Left out
--------
A start. The threshold on the curve divides starts whose autonomy and ties have settled at F; an
agreement alone, with no ties behind it, falls back even from F = 1.
"""

import math
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models import tradp_cycle as cycle
from tutor.models._validation import FloatArray
from tutor.models.tradp_cycle import Settings, State

_FIRST_CUTS = 32
_CUTS = 4
_NARROWEST = 1e-11
_NOISE = 1e-14
"""Rounding error of G(F) - F, as a share of F; a smaller difference has no sign to trust."""


@dataclass(frozen=True)
class FixedPoint:
    """An agreement at which the cycle can rest.

    Attributes
    ----------
    agreement
        F, 0 to 1.
    loop_gain
        Slope of the curve there, at least 0.
    is_stable
        True for an outcome (slope below 1), False for a threshold (above 1).
    is_certain
        False when the curve touches the diagonal so closely that rounding hides whether it is one
        fixed point, two or none: a fold.
    """

    agreement: float
    loop_gain: float
    is_stable: bool
    is_certain: bool = True


@dataclass(frozen=True)
class Fold:
    """Where an outcome and a threshold meet and vanish.

    Attributes
    ----------
    agreement
        F of the fold, 0 to 1.
    reluctance
        θ at which it happens.
    """

    agreement: float
    reluctance: float


@dataclass(frozen=True, eq=False)
class LoopGain:
    """What each step makes of a small push; all at least 0, in the shape of F.

    With actors unlike one another each number compares the mean over the actors after the step
    with the mean before it, so that the product is still exactly the slope of the curve.

    Attributes
    ----------
    feedback
        Lift of the regions for a unit of agreement (2.3): φ.
    autonomy
        Autonomy for a unit of lift (1.1).
    networks
        Mean ties for a unit of autonomy (1.2).
    bargaining
        Commitment for a unit of ties (2.1).
    negotiation
        Agreement for a unit of commitment (2.2).
    """

    feedback: FloatArray
    autonomy: FloatArray
    networks: FloatArray
    bargaining: FloatArray
    negotiation: FloatArray

    @property
    def total(self) -> FloatArray:
        """The loop gain: the product of the five."""
        return self.feedback * self.autonomy * self.networks * self.bargaining * self.negotiation


def settled_state(settings: Settings, agreement: ArrayLike) -> State:
    """Let every step settle while F is held, and return where each comes to rest.

    Parameters
    ----------
    settings
        A single setting.
    agreement
        F, 0 to 1: one number, or k of them, which then are the last axis of the state.

    Returns
    -------
    State
        a, n and c at rest; its `agreement` is the one held, F, so that it can start a simulation.

    Raises
    ------
    ValueError
        If F is out of range, or the settings are more than one.

    Source: rest points of steps 1.1 and 1.2.
    """
    held = _agreement(agreement)
    part = _single(settings)
    if held.ndim:
        part = part.spread()
    regions = _settled_autonomy(part, held)
    ties = _settled_ties(part, regions)
    return State(regions, ties, cycle.bargaining(part, ties), held)


def curve(settings: Settings, agreement: ArrayLike) -> FloatArray:
    """Compute G(F): the agreement that comes out when F is held and every step settles.

    Parameters and errors as in `settled_state`; G has the shape of F and lies in [0, 1].
    """
    return cycle.negotiation(settings, settled_state(settings, agreement).commitment)


def loop_gain(settings: Settings, agreement: ArrayLike) -> LoopGain:
    """Compute the slope of the curve at F as the product of the steps' slopes.

    Parameters and errors as in `settled_state`.

    Source: chain rule on the five steps.
    """
    held = np.atleast_1d(_agreement(agreement))
    part = _single(settings).spread()
    state = settled_state(settings, held)
    first, second = cycle.pair_indices(len(settings.actors))
    lift = cycle.feedback(part, held)

    autonomy = _autonomy_slope(part, lift)
    # The slope of sqrt(a_i a_j) is endless where a region has no autonomy at all.
    regions = np.maximum(state.autonomy, np.finfo(float).tiny)
    ratio = np.sqrt(regions[second] / regions[first])
    growth = part.openness / 2 * (autonomy[first] * ratio + autonomy[second] / ratio)
    ties = cycle.mean_ties(_tie_slope(part, cycle.tie_growth(part, state.autonomy), growth))
    commitment = part.steepness * part.tie_weight * ties * state.commitment * (1 - state.commitment)
    outcome = _negotiation_slope(part, state.commitment, commitment)

    gain = LoopGain(
        feedback=np.broadcast_to(part.feedback, held.shape),
        autonomy=autonomy.mean(axis=0),
        networks=_ratio(ties.mean(axis=0), autonomy.mean(axis=0)),
        bargaining=_ratio(commitment.mean(axis=0), ties.mean(axis=0)),
        negotiation=_ratio(outcome, commitment.mean(axis=0)),
    )
    if np.ndim(agreement):
        return gain
    return LoopGain(*(float(getattr(gain, each.name)[0]) for each in fields(LoopGain)))


def fixed_points(settings: Settings) -> tuple[FixedPoint, ...]:
    """Find every fixed point of the curve, each once, in rising order.

    Parameters
    ----------
    settings
        A single setting, with any actors, rule, required set and refusals.

    Returns
    -------
    tuple of FixedPoint
        At least one. Stable ones and thresholds take turns.

    Raises
    ------
    ValueError
        If the settings are more than one.

    Source: interval search with proved bounds on the slope, see the head of this file.
    """
    part = _single(settings).spread()
    edges = np.linspace(0.0, 1.0, _FIRST_CUTS + 1)
    lower, upper = edges[:-1], edges[1:]
    brackets: list[tuple[float, float]] = []
    unclear: list[tuple[float, float, int]] = []
    while lower.size:
        at_lower, at_upper, flattest, steepest = _bounds(part, lower, upper)
        width = upper - lower
        over, under = at_lower - lower, at_upper - upper
        # Nothing here: G leaves the interval, or the slope cannot bring it back to the diagonal.
        noise = _NOISE * upper
        empty = (
            (at_lower > upper + noise)
            | (at_upper < lower - noise)
            | (over - np.maximum(1 - flattest, 0) * width > noise)
            | (over + np.maximum(steepest - 1, 0) * width < -noise)
        )
        proved = ((steepest < 1) | (flattest > 1)) & ~empty
        sure = (np.abs(over) > _NOISE * lower) & (np.abs(under) > noise)
        holds = proved & sure & ((over > 0) != (under > 0))
        brackets += zip(lower[holds], upper[holds], strict=True)
        narrow = ~empty & ~proved & (width <= _NARROWEST)
        open_end = proved & ~sure | narrow
        kind = np.where(proved, np.where(steepest < 1, -1, 1), 0)
        unclear += zip(lower[open_end], upper[open_end], kind[open_end], strict=True)
        left = ~empty & ~proved & ~narrow
        cuts = lower[left, np.newaxis] + width[left, np.newaxis] * np.linspace(0, 1, _CUTS + 1)
        cuts[:, -1] = upper[left]
        lower, upper = cuts[:, :-1].ravel(), cuts[:, 1:].ravel()

    touching = []
    for start, stop, kinds in _joined(unclear):
        if 0 not in kinds and len(kinds) == 1:
            ends = np.array([start, stop])
            over, under = _curve(part, ends) - ends
            if abs(over) <= _NOISE * start or over * under <= 0:
                brackets.append((start, stop))
        else:
            touching.append((start + stop) / 2)
    found = [(root, True) for root in _roots(part, brackets)]
    found += [(middle, False) for middle in touching]
    return tuple(_fixed_point(settings, root, certain) for root, certain in sorted(found))


def folds(settings: Settings) -> tuple[Fold, ...]:
    """Find the folds of actors who are all alike, in the order of their agreement.

    Two of them, or none: then there is one outcome whatever the reluctance. The settings' own
    reluctance is not used.

    Parameters
    ----------
    settings
        A single setting with the same numbers for every actor and pair.

    Raises
    ------
    ValueError
        If the settings are more than one, or the actors are not alike.

    Source: K F (1 - F) = ((γ + μ) φ F + δ (γ ā + μ))², solved as a quadratic.
    """
    one = _representative(settings)
    gamma, phi, delta, mu, reform = (
        one["openness"],
        one["feedback"],
        one["recentralization"],
        one["tie_decay"],
        one["domestic_autonomy"],
    )
    strength = one["steepness"] * one["tie_weight"] * gamma * phi * delta * mu * (1 - reform)
    slope, offset = (gamma + mu) * phi, delta * (gamma * reform + mu)
    # (slope² + strength) F² + (2 slope offset - strength) F + offset² = 0
    square, linear, constant = slope**2 + strength, 2 * slope * offset - strength, offset**2
    under_root = linear**2 - 4 * square * constant
    if linear >= 0 or under_root <= 0:
        return ()
    larger = (-linear + math.sqrt(under_root)) / (2 * square)
    smaller = constant / (square * larger)  # The product of the roots; no digits are lost.
    return tuple(Fold(at, _reluctance_at(one, at)) for at in (smaller, larger) if 0 < at < 1)


def exact_fixed_points(settings: Settings) -> tuple[FixedPoint, ...]:
    """Find every fixed point of actors who are all alike, bracketed exactly by the folds.

    Parameters and errors as in `folds`. One to three fixed points in rising order, as
    `fixed_points` finds them too.

    Source: θ(F) is monotone between the folds.
    """
    one = _representative(settings)
    if settings.is_vetoed:
        return (_fixed_point(settings, 0.0, True),)
    base = one["central_interest"] + one["support"] - one["reluctance"]
    # In the logit of F the curve says where every fixed point lies: between the value of no ties'
    # growth and that of the most.
    ends = [
        one["steepness"] * (base + one["tie_weight"] * _ties_at(one, held)) for held in (0.0, 1.0)
    ]
    turns = [math.log(fold.agreement / (1 - fold.agreement)) for fold in folds(settings)]
    cuts = [ends[0], *(turn for turn in turns if ends[0] < turn < ends[1]), ends[1]]

    def excess(logit: float) -> float:
        held = _expit(logit)
        return one["steepness"] * (base + one["tie_weight"] * _ties_at(one, held)) - logit

    roots = []
    for lower, upper in pairwise(cuts):
        at_lower, at_upper = excess(lower), excess(upper)
        if at_lower == 0.0 and not roots:
            roots.append(_expit(lower))
        elif at_lower * at_upper < 0 or at_upper == 0.0:
            roots.append(_expit(_bisect(excess, lower, upper)))
    if not roots:  # The range is a single point, up to rounding: ties do not depend on F.
        roots.append(_expit(ends[0]))
    return tuple(_fixed_point(settings, root, True) for root in roots)


REGIMES = ("take-off only", "two outcomes", "stall only", "no threshold")
"""What can happen in the long run, as the reluctance rises; the last when there are no folds."""


def regime(settings: Settings) -> str:
    """Say which of `REGIMES` holds for actors who are all alike.

    Parameters and errors as in `folds`.
    """
    turning = folds(settings)
    if len(turning) < 2:
        return "no threshold"
    reluctance = _representative(settings)["reluctance"]
    lowest, highest = sorted(fold.reluctance for fold in turning)
    if reluctance < lowest:
        return "take-off only"
    return "two outcomes" if reluctance <= highest else "stall only"


# The curve and bounds on its slope --------------------------------------------------------------


def _settled_autonomy(settings: Settings, agreement: FloatArray) -> FloatArray:
    """Return the rest point of step 1.1."""
    lift = cycle.feedback(settings, agreement)
    pull = settings.recentralization
    return (lift + pull * settings.domestic_autonomy) / (lift + pull)


def _settled_ties(settings: Settings, regions: FloatArray) -> FloatArray:
    """Return the rest point of step 1.2."""
    growth = cycle.tie_growth(settings, regions)
    return growth / (growth + settings.tie_decay)


def _curve(settings: Settings, agreement: FloatArray) -> FloatArray:
    """Return G(F) for settings that are already spread."""
    ties = _settled_ties(settings, _settled_autonomy(settings, agreement))
    return cycle.negotiation(settings, cycle.bargaining(settings, ties))


def _autonomy_slope(settings: Settings, lift: FloatArray) -> FloatArray:
    """Return the slope of settled autonomy in the lift; it falls as the lift grows."""
    pull = settings.recentralization
    return pull * (1 - settings.domestic_autonomy) / (lift + pull) ** 2


def _tie_slope(settings: Settings, growth: FloatArray, growth_slope: FloatArray) -> FloatArray:
    """Return the slope of settled ties, by pair."""
    return settings.tie_decay * growth_slope / (growth + settings.tie_decay) ** 2


def _negotiation_slope(
    settings: Settings, commitment: FloatArray, commitment_slope: FloatArray
) -> FloatArray:
    """Return the slope of the agreement from those of the commitments."""
    places = settings.required_indices
    decisive, slopes = commitment[places], commitment_slope[places]
    if settings.rule == "minimum":
        least = decisive.argmin(axis=0)
        return np.take_along_axis(slopes, least[np.newaxis], axis=0)[0]
    outcome = cycle.negotiation(settings, commitment)
    return outcome * _ratio(slopes, decisive).mean(axis=0)


def _bounds(
    settings: Settings, lower: FloatArray, upper: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Return G at both ends of intervals and bounds from below and above on its slope between.

    Autonomy, growth, ties, commitment and G rise with F; the slope of autonomy falls; the ratio of
    two autonomies, (φF + δā_j) / (φF + δā_i), runs one way. So the extremes of every factor stand
    at the ends, and their product bounds the slope.
    """
    first, second = cycle.pair_indices(len(settings.actors))
    regions = [_settled_autonomy(settings, held) for held in (lower, upper)]
    slopes = [
        settings.feedback * _autonomy_slope(settings, cycle.feedback(settings, held))
        for held in (lower, upper)
    ]
    growth = [cycle.tie_growth(settings, at) for at in regions]
    commitment = [cycle.bargaining(settings, each / (each + settings.tie_decay)) for each in growth]
    outcome = [cycle.negotiation(settings, each) for each in commitment]

    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = [np.sqrt(at[second] / at[first]) for at in regions]
    # Without any autonomy at both, the two stay equal all along.
    ratios = [np.where(np.isnan(ratio), 1.0, ratio) for ratio in ratios]
    least, most = np.minimum(*ratios), np.maximum(*ratios)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        rise_most = slopes[0][first] * most + slopes[0][second] / least
        rise_least = slopes[1][first] * least + slopes[1][second] / most
        half = settings.openness / 2
        ties_most = cycle.mean_ties(_finite(_tie_slope(settings, growth[0], half * rise_most)))
        ties_least = cycle.mean_ties(
            np.nan_to_num(_tie_slope(settings, growth[1], half * rise_least), nan=0.0)
        )
    places = settings.required_indices
    low, high = commitment[0][places], commitment[1][places]
    factor = settings.steepness * settings.tie_weight
    if settings.rule == "minimum":
        ends = low * (1 - low), high * (1 - high)
        peak = np.where((low < 0.5) & (high > 0.5), 0.25, np.maximum(*ends))
        could_be_least = low <= high.min(axis=0)
        steep = factor * ties_most[places] * peak
        flat = factor * ties_least[places] * np.minimum(*ends)
        steepest = np.where(could_be_least, steep, 0.0).max(axis=0)
        flattest = np.where(could_be_least, flat, np.inf).min(axis=0)
    else:
        steepest = outcome[1] * factor * ((1 - low) * ties_most[places]).mean(axis=0)
        flattest = outcome[0] * factor * ((1 - high) * ties_least[places]).mean(axis=0)
    return outcome[0], outcome[1], flattest, steepest


def _finite(bound: FloatArray) -> FloatArray:
    """Make an upper bound that is endless or unknown very large, so that sums stay numbers."""
    return np.where(np.isfinite(bound), bound, 1e200)


# Roots -----------------------------------------------------------------------------------------


def _roots(settings: Settings, brackets: list[tuple[float, float]]) -> list[float]:
    """Find the one root in each bracket by Newton's steps that may not leave it."""
    if not brackets:
        return []
    lower, upper = (np.array(ends, dtype=float) for ends in zip(*brackets, strict=True))
    rising = _curve(settings, lower) - lower < 0
    at = (lower + upper) / 2
    for _ in range(100):
        excess = _curve(settings, at) - at
        slope = _slope(settings, at) - 1
        right = (excess > 0) ^ rising
        lower, upper = np.where(right, at, lower), np.where(right, upper, at)
        with np.errstate(divide="ignore", invalid="ignore"):
            newton = at - excess / slope
        middle = (lower + upper) / 2
        following = np.where((newton >= lower) & (newton <= upper), newton, middle)
        following = np.where(excess == 0, at, following)
        if (np.abs(following - at) <= _NOISE * at).all():
            return following.tolist()
        at = following
    return at.tolist()


def _slope(settings: Settings, at: FloatArray) -> FloatArray:
    """Return the slope of G at points: the bounds on an interval without length."""
    return _bounds(settings, at, at)[3]


def _joined(
    unclear: list[tuple[float, float, int]],
) -> list[tuple[float, float, set[int]]]:
    """Join neighbouring intervals in which rounding hides a sign."""
    joined: list[tuple[float, float, set[int]]] = []
    for lower, upper, kind in sorted(unclear):
        if joined and lower <= joined[-1][1]:
            start, _, kinds = joined.pop()
            joined.append((start, upper, kinds | {kind}))
        else:
            joined.append((lower, upper, {kind}))
    return joined


def _fixed_point(settings: Settings, agreement: float, certain: bool) -> FixedPoint:
    gain = float(loop_gain(settings, agreement).total)
    return FixedPoint(float(agreement), gain, gain < 1, certain)


# All actors alike --------------------------------------------------------------------------------


def _representative(settings: Settings) -> dict[str, float]:
    """Return the numbers of the one actor who stands for all."""
    _single(settings)
    result = {}
    for name in (*cycle.PARAMETERS, "openness"):
        array = np.ravel(getattr(settings, name))
        if (array != array[0]).any():
            raise ValueError(
                f"{name} differs between actors ({array.min():g} to {array.max():g}); one actor "
                "can stand for all only if they are alike. Use fixed_points instead."
            )
        result[name] = float(array[0])
    if settings.refusing and not settings.is_vetoed:
        raise ValueError(
            "refusing names an actor whose consent is not required; such actors are not alike."
        )
    return result


def _ties_at(one: dict[str, float], held: float) -> float:
    """Return n(F) of the representative actor."""
    lift, pull = one["feedback"] * held, one["recentralization"]
    growth = one["openness"] * (lift + pull * one["domestic_autonomy"]) / (lift + pull)
    return growth / (growth + one["tie_decay"])


def _reluctance_at(one: dict[str, float], held: float) -> float:
    """Return θ(F), the reluctance at which F is a fixed point."""
    return (
        one["central_interest"]
        + one["support"]
        + one["tie_weight"] * _ties_at(one, held)
        - math.log(held / (1 - held)) / one["steepness"]
    )


def _expit(logit: float) -> float:
    """Return the logistic function of one number, without overflow."""
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    return math.exp(logit) / (1 + math.exp(logit))


def _bisect(function: Any, lower: float, upper: float) -> float:
    """Find the root between two points at which a monotone function has different signs."""
    sign = 1.0 if function(lower) > 0 else -1.0
    while lower < (middle := (lower + upper) / 2) < upper:
        if sign * function(middle) > 0:
            lower = middle
        else:
            upper = middle
    return upper


def _ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """Divide, with 0 where both are 0: a step that nothing reaches passes nothing on."""
    return np.divide(above, below, out=np.zeros_like(above), where=below != 0)


def _single(settings: Settings) -> Settings:
    if settings.count is not None:
        raise ValueError(
            f"settings holds {settings.count} settings; the curve is drawn for one at a time."
        )
    return settings


def _agreement(agreement: ArrayLike) -> FloatArray:
    held = validation.numbers("agreement", agreement, at_least=0, at_most=1)
    if held.ndim > 1:
        raise ValueError(f"agreement has {held.ndim} axes; it must be one number or a row of them.")
    return held
