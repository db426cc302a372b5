"""Experiments with the cycle: pushes that last, ways there and back, and what matters most.

Support from outside can start a cycle that then carries itself, but only if it lasts until ties
have grown past the threshold; a day too few and all of it fades. A cycle that has taken off does
not fall back where it took off, but further down: history matters. And of a dozen parameters
some move the outcome much more than others, which depends on where you stand.

Symbols
-------
As in `tradp_cycle` and `tradp_curve`.

Source
------
The course's own analysis of its own model; Spearman (1904, key spearman-1904) for the rank
correlation. Both searches rest on one property of the cycle: every state raises the others or
leaves them alone. So a longer push never ends lower, and a run that starts with every step
settled at F climbs to the next fixed point above if G(F) > F, and sinks to the next below if not.

Left out
--------
Noise: a real programme near a threshold could be tipped by chance.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.models import _validation as validation
from tutor.models import tradp_curve as curve
from tutor.models import tradp_cycle as cycle
from tutor.models._validation import FloatArray
from tutor.models.tradp_cycle import Push, Settings, State


@dataclass(frozen=True)
class LeastPush:
    """The shortest push that lasts.

    Attributes
    ----------
    rounds
        T; 0 when none is needed, None when no push of the length allowed lasts.
    threshold
        The agreement of the threshold to pass; NaN when there is none above the start's outcome.
    without
        The agreement that the cycle settles at without a push.
    reason
        One sentence that says why the answer is what it is.
    """

    rounds: int | None
    threshold: float
    without: float
    reason: str


def least_push(
    settings: Settings, amount: float, start: State | None = None, longest: int = 1000
) -> LeastPush:
    """Find the least number of rounds of extra support after which the cycle carries itself.

    Parameters
    ----------
    settings
        A single setting.
    amount
        Δu, added to the support in each round of the push, above 0.
    start
        Where the push begins; `starting_state(settings)` unless given.
    longest
        The longest push tried, in rounds, at least 1.

    Raises
    ------
    ValueError
        If the settings are more than one, or the amount or the limit is out of range.

    Source: bisection over T, which is allowed because a longer push never ends lower.
    """
    amount = validation.number("amount", amount, more_than=0)
    longest = validation.whole_number("longest", longest, at_least=1)
    points = curve.fixed_points(settings)
    without = float(cycle.settle(settings, start).state.agreement)
    higher = [point for point in points if not point.is_stable and point.agreement > without]
    if not higher:
        return LeastPush(
            0, float("nan"), without, "No threshold lies above the outcome without a push."
        )
    threshold = higher[0].agreement
    tried = np.unique(np.append(2 ** np.arange(int(np.log2(longest)) + 1), longest))
    fails, lasts = 0, None
    while lasts is None or lasts - fails > 1:
        if lasts is not None:
            tried = np.unique(np.linspace(fails, lasts, 34).astype(int)[1:-1])
            tried = tried[(tried > fails) & (tried < lasts)]
        verdicts = _lasts(settings, amount, tried, start, threshold)
        if lasts is None and not verdicts.any():
            return LeastPush(
                None, threshold, without, f"Even {longest} rounds of it do not pass the threshold."
            )
        fails = max([fails, *tried[~verdicts].tolist()])
        lasts = min([*([] if lasts is None else [lasts]), *tried[verdicts].tolist()])
    return LeastPush(
        lasts, threshold, without, f"{lasts} rounds pass the threshold, {lasts - 1} do not."
    )


def _lasts(
    settings: Settings,
    amount: float,
    rounds: NDArray[np.int_],
    start: State | None,
    threshold: float,
) -> NDArray[np.bool_]:
    """Tell for pushes of several lengths, side by side, which of them carry the cycle over."""
    many = settings.varied(support=np.full(len(rounds), float(settings.support)))
    first = start or cycle.starting_state(settings)
    state = State(
        *(
            np.repeat(np.asarray(getattr(first, name))[..., np.newaxis], len(rounds), axis=-1)
            for name in ("autonomy", "ties", "commitment", "agreement")
        )
    )
    push = Push(amount, rounds)
    edge = curve.settled_state(settings, threshold)
    number = 0
    while number < 100_000:
        number += 1
        state = cycle.one_round(many, state, push.in_round(number))
        if number < push.last_round:
            continue
        # A state on one side of the threshold in every part stays there for good.
        above = (
            (state.autonomy >= edge.autonomy[:, np.newaxis]).all(axis=0)
            & (state.ties >= edge.ties[:, np.newaxis]).all(axis=0)
            & (state.agreement >= threshold)
        )
        below = (
            (state.autonomy <= edge.autonomy[:, np.newaxis]).all(axis=0)
            & (state.ties <= edge.ties[:, np.newaxis]).all(axis=0)
            & (state.agreement <= threshold)
        )
        if (above | below).all():
            break
    return state.agreement > threshold


@dataclass(frozen=True, eq=False)
class Hysteresis:
    """Where the cycle rests as the centres' reluctance rises and falls again.

    Attributes
    ----------
    change
        What was added to every centre's reluctance, in rising order.
    rising
        Agreement at rest on the way up.
    falling
        Agreement at rest on the way down, in the order of `change`.
    """

    change: FloatArray
    rising: FloatArray
    falling: FloatArray

    @property
    def gap(self) -> FloatArray:
        """How much lower the way back lies: above 0 where history decides."""
        return self.rising - self.falling


def hysteresis(settings: Settings, change: ArrayLike) -> Hysteresis:
    """Raise every centre's reluctance step by step, let the cycle rest each time, and come back.

    Parameters
    ----------
    settings
        A single setting.
    change
        What to add to θ_i at each step: at least two numbers, in rising order.

    Raises
    ------
    ValueError
        If the settings are more than one, or the changes do not rise.

    Notes
    -----
    The way up starts on the highest outcome, the way down from where the way up ended.

    Source: fixed points of the curve; see the head of this file for why that is enough.
    """
    steps = validation.numbers("change", change, shape=(None,))
    if settings.count is not None:
        raise ValueError(f"settings holds {settings.count} settings; follow one at a time.")
    if len(steps) < 2 or (np.diff(steps) <= 0).any():
        raise ValueError(f"change is {steps.tolist()}; it must hold at least two rising numbers.")
    shifted = [settings.varied(reluctance=settings.reluctance + step) for step in steps]
    points = [curve.fixed_points(each) for each in shifted]
    rising = _follow(shifted, points, start=1.0)
    falling = _follow(shifted[::-1], points[::-1], start=rising[-1])[::-1]
    return Hysteresis(
        validation.read_only(steps),
        validation.read_only(np.array(rising)),
        validation.read_only(np.array(falling)),
    )


def _follow(
    settings: list[Settings], points: list[tuple[curve.FixedPoint, ...]], start: float
) -> list[float]:
    """Let the cycle settle under one setting after the other."""
    path = []
    held = start
    for each, fixed in zip(settings, points, strict=True):
        levels = [point.agreement for point in fixed]
        if float(curve.curve(each, held)) >= held:
            held = min([level for level in levels if level >= held - 1e-12], default=levels[-1])
        else:
            held = max([level for level in levels if level <= held + 1e-12], default=levels[0])
        path.append(held)
    return path


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """What moved the outcome in many runs.

    Attributes
    ----------
    change
        By parameter, what was added to it (for every actor or pair alike) in each run.
    agreement
        F after the last round of each run.
    rank_correlation
        By parameter, Spearman's correlation of change and agreement, -1 to 1; NaN where the
        agreement never changed.
    """

    change: dict[str, FloatArray]
    agreement: FloatArray
    rank_correlation: dict[str, float]


def one_at_a_time(
    settings: Settings,
    change: Mapping[str, tuple[float, float]],
    points: int = 41,
    rounds: int = 1000,
) -> dict[str, tuple[FloatArray, FloatArray]]:
    """Move each parameter alone between two changes and read off the agreement in the end.

    Parameters
    ----------
    settings
        A single setting.
    change
        By parameter, the least and the most to add to it, for every actor or pair alike.
    points
        How many values between the two, both included; at least 2.
    rounds
        How many rounds to run, at least 1.

    Returns
    -------
    dict
        By parameter, the changes and the agreement after the last round.

    Raises
    ------
    KeyError
        If a name is not that of a parameter.
    ValueError
        If a pair of changes is not in order, or a changed parameter leaves its range.
    """
    points = validation.whole_number("points", points, at_least=2)
    result = {}
    for name, (least, most) in _changes(change).items():
        steps = np.linspace(least, most, points)
        result[name] = (steps, _outcome(settings, {name: steps}, rounds))
    return result


def random_sampling(
    settings: Settings,
    change: Mapping[str, tuple[float, float]],
    runs: int = 2000,
    rounds: int = 400,
    seed: int = 1993,
) -> Sensitivity:
    """Move all parameters at once, at random, and rank them by their correlation with the outcome.

    Parameters
    ----------
    settings, change, rounds
        As in `one_at_a_time`; each change is drawn evenly between its two ends.
    runs
        How many draws, at least 3.
    seed
        The same seed draws the same numbers.

    Raises
    ------
    KeyError, ValueError
        As in `one_at_a_time`.

    Source: Spearman (1904) for the rank correlation.
    """
    runs = validation.whole_number("runs", runs, at_least=3)
    generator = np.random.default_rng(validation.whole_number("seed", seed, at_least=0))
    drawn = {
        name: generator.uniform(least, most, runs)
        for name, (least, most) in _changes(change).items()
    }
    agreement = _outcome(settings, drawn, rounds)
    return Sensitivity(
        drawn,
        agreement,
        {name: rank_correlation(steps, agreement) for name, steps in drawn.items()},
    )


def rank_correlation(first: ArrayLike, second: ArrayLike) -> float:
    """Compute Spearman's rank correlation; equal values share their mean rank.

    Parameters
    ----------
    first, second
        Equally many numbers, at least 2.

    Returns
    -------
    float
        -1 to 1; NaN if all values of either are equal.

    Raises
    ------
    ValueError
        If they differ in length.

    Source: Spearman (1904): the correlation of the ranks.
    """
    a = validation.numbers("first", first, shape=(None,))
    b = validation.numbers("second", second, shape=(len(a),))
    ranks = [_ranks(a), _ranks(b)]
    spread = [float(rank.std()) for rank in ranks]
    if not spread[0] or not spread[1]:
        return float("nan")
    centred = (ranks[0] - ranks[0].mean()) * (ranks[1] - ranks[1].mean())
    return float(np.clip(centred.mean() / (spread[0] * spread[1]), -1, 1))


def _ranks(values: FloatArray) -> FloatArray:
    """Rank values from 1; equal ones share the mean of their ranks."""
    _, where, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[where]


def _changes(change: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """Check the names and the pairs of changes."""
    result = {}
    for name, ends in change.items():
        validation.one_of("change", name, cycle.PARAMETERS)
        least, most = validation.numbers(f"change of {name}", ends, shape=(2,))
        if least > most:
            raise ValueError(
                f"change of {name} is {least:g} to {most:g}; the first must not exceed the second."
            )
        result[name] = (float(least), float(most))
    if not result:
        raise ValueError("change is empty; it must name at least one parameter.")
    return result


def _outcome(settings: Settings, change: Mapping[str, FloatArray], rounds: int) -> FloatArray:
    """Run many changed settings and return the agreement after the last round."""
    rounds = validation.whole_number("rounds", rounds, at_least=1)
    if settings.count is not None:
        raise ValueError(f"settings holds {settings.count} settings; change one at a time.")
    changed = {}
    for name, steps in change.items():
        value = getattr(settings, name)
        if value.ndim == 0:
            changed[name] = value + steps
        elif name in ("complementarity", "hostility"):
            changed[name] = cycle.tie_matrix(value[:, np.newaxis] + steps)
        else:
            changed[name] = value[:, np.newaxis] + steps
    return cycle.agreements(settings.varied(**changed), rounds)[-1]
