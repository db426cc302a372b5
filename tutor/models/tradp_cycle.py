"""The regional two-level game as a cycle: the five steps of the 1993 study, round by round.

Regions that win freedom of action at home (1.1) trade and meet across the border (1.2); the ties
are an argument that draws their capitals in (2.1); the capitals negotiate (2.2); and what they
agree gives the regions more freedom at home (2.3), where the next round begins. A loop that feeds
itself can take off or stall, and which of the two may hang on how it started. The study told this
in words; the equations are ours, an interpretation made for teaching, and the simplest that turn.

Symbols
-------
a_i    autonomy of region i, 0 to 1                     ā_i  autonomy from domestic reform alone
n_ij   ties between regions i and j, 0 to 1             n̄_i  mean of i's ties with all the others
c_i    commitment of centre i, 0 to 1                   F    strength of the agreement, 0 to 1
φ      feedback, 0 to 1, φ + δ at most 1                δ    recentralization, above 0
β      sensitivity of ties, 0 to 1, β + μ at most 1     μ    decay of ties, above 0
κ_ij   complementarity of a pair, 0 to 1                h_ij hostility of a pair, 0 to 1
s      steepness of a centre's decision, above 0        v_i  what the centre itself sees in it
w      weight of ties as a bargaining chip, at least 0  u    support of an international body
θ_i    reluctance of centre i

Shapes
------
With n actors there are n (n - 1) / 2 pairs, in the order (0, 1), (0, 2), ... (1, 2), ... A
parameter or a state of one setting is a single number, n numbers by actor or one by pair; of m
settings at once it has one more axis, the last, of length m. So every formula below is written as
on paper and works on one setting and on thousands.

Source
------
The five steps: the 1993 Tumen study (key tumen-1993), steps 1.1 to 2.2 in its text and 2.3 in its
conclusion. The formulas and all numbers: the course's own.

Left out
--------
Markets and prices, several issues, learning, and shocks from outside such as a nuclear test. The
geometric mean in 2.2 is a soft veto: one reluctant centre pulls the agreement down, but not to
nothing; an outright refusal has to be named (`refusing`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray

RULES = ("geometric mean", "minimum")
"""How the centres' commitments make an agreement: all weigh in, or the least willing decides."""

_BLOCK = 16_384
"""Settings computed together: enough to fill each call, few enough to keep memory small."""

_MANY = 20_000
"""Numbers in an array from which on the way they are added up matters."""

_PER_SETTING = {
    "feedback": {"at_least": 0, "at_most": 1},
    "recentralization": {"more_than": 0, "at_most": 1},
    "tie_sensitivity": {"at_least": 0, "at_most": 1},
    "tie_decay": {"more_than": 0, "at_most": 1},
    "steepness": {"more_than": 0},
    "tie_weight": {"at_least": 0},
    "support": {},
}
_PER_ACTOR = {
    "domestic_autonomy": {"at_least": 0, "at_most": 1},
    "central_interest": {},
    "reluctance": {},
}
_PER_PAIR = {
    "complementarity": {"at_least": 0, "at_most": 1},
    "hostility": {"at_least": 0, "at_most": 1},
}
PARAMETERS = (*_PER_SETTING, *_PER_ACTOR, *_PER_PAIR)
"""Every parameter of the cycle by name."""


@dataclass(frozen=True, eq=False)
class Settings:
    """Everything the cycle needs to know, for one setting or for m of them.

    Parameters
    ----------
    actors
        Names of the n actors, at least two.
    feedback
        φ. One number, or m of them; so are `recentralization` δ, `tie_sensitivity` β, `tie_decay`
        μ, `steepness` s, `tie_weight` w and `support` u.
    domestic_autonomy
        ā_i. One number for all, or n, or n x m; so are `central_interest` v_i and `reluctance` θ_i.
    complementarity
        κ_ij. One number for all pairs, or a symmetric n x n matrix, or n x n x m; so is `hostility`
        h_ij. The diagonal is not used.
    required
        The actors whose consent an agreement needs; all, unless said otherwise.
    refusing
        The actors who refuse outright: a hard veto if their consent is needed.
    rule
        One of `RULES`.

    Raises
    ------
    ValueError
        If a value is out of the range given in the table of symbols, or a shape does not fit.
    KeyError
        If an actor of `required` or `refusing`, or the rule, is not known.

    Notes
    -----
    The checked values are stored as arrays of the shapes told at the head of this file; pairs are
    stored once, in the order of `pairs`. Three more are worked out: `count` is m (None for a single
    setting), `openness` is β κ_ij (1 - h_ij) by pair, and `inclination` is v_i + u - θ_i by actor.
    """

    actors: tuple[str, ...]
    feedback: ArrayLike
    recentralization: ArrayLike
    domestic_autonomy: ArrayLike
    tie_sensitivity: ArrayLike
    complementarity: ArrayLike
    hostility: ArrayLike
    tie_decay: ArrayLike
    steepness: ArrayLike
    central_interest: ArrayLike
    tie_weight: ArrayLike
    support: ArrayLike
    reluctance: ArrayLike
    required: tuple[str, ...] = ()
    refusing: tuple[str, ...] = ()
    rule: str = "geometric mean"
    count: int | None = field(init=False, default=None)
    openness: FloatArray = field(init=False, repr=False, default=None)
    inclination: FloatArray = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        put = object.__setattr__
        actors = validation.distinct_names("actors", self.actors, at_least=2)
        put(self, "actors", actors)
        required = self.required or actors
        put(self, "required", validation.distinct_names("required", required))
        put(self, "refusing", validation.distinct_names("refusing", self.refusing, at_least=0))
        for argument in ("required", "refusing"):
            for name in getattr(self, argument):
                validation.one_of(argument, name, actors)
        validation.one_of("rule", self.rule, RULES)

        values: dict[str, FloatArray] = {}
        for name, bounds in _PER_SETTING.items():
            values[name] = _shaped(name, getattr(self, name), (), bounds)
        for name, bounds in _PER_ACTOR.items():
            values[name] = _shaped(name, getattr(self, name), (len(actors),), bounds)
        for name, bounds in _PER_PAIR.items():
            values[name] = _by_pair(
                name, _shaped(name, getattr(self, name), (len(actors),) * 2, bounds), len(actors)
            )
        _check_sum("feedback", "recentralization", values)
        _check_sum("tie_sensitivity", "tie_decay", values)
        put(self, "count", _count_settings(values))
        for name, array in values.items():
            if self.count is not None and name not in _PER_SETTING and array.ndim == 1:
                array = array[:, np.newaxis]
            put(self, name, validation.read_only(array))
        openness = self.tie_sensitivity * self.complementarity * (1 - self.hostility)
        put(self, "openness", validation.read_only(openness))
        inclination = self.central_interest + self.support - self.reluctance
        put(self, "inclination", validation.read_only(inclination))

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The pairs of actors, in the order in which ties are stored."""
        first, second = pair_indices(len(self.actors))
        return tuple((self.actors[i], self.actors[j]) for i, j in zip(first, second, strict=True))

    @property
    def required_indices(self) -> list[int]:
        """Places of the required actors among the actors."""
        return [self.actors.index(name) for name in self.required]

    @property
    def is_vetoed(self) -> bool:
        """Whether a required actor refuses outright."""
        return bool(set(self.required) & set(self.refusing))

    def varied(self, **changes: Any) -> "Settings":
        """Return the same settings with some parameters changed, and everything checked again.

        Parameters
        ----------
        **changes
            New values by the names of the parameters, in the shapes that the class takes.

        Raises
        ------
        KeyError
            If a name is not that of a parameter.
        ValueError
            As the class does.
        """
        allowed = [each.name for each in fields(self) if each.init]
        for name in changes:
            validation.one_of("parameter", name, allowed)
        for name in (*_PER_ACTOR, *_PER_PAIR):
            if name in changes:
                continue
            value = getattr(self, name)
            if self.count not in (None, 1) and value.shape[-1] == 1:
                value = value[:, 0]  # The same for every setting: it fits any number of them.
            changes[name] = tie_matrix(value) if name in _PER_PAIR else value
        return replace(self, **changes)

    def spread(self) -> "Settings":
        """Return a single setting with room for one more axis, unchecked, for use along a curve."""
        part = object.__new__(Settings)
        for each in fields(self):
            value = getattr(self, each.name)
            if self.count is None and isinstance(value, np.ndarray) and value.ndim == 1:
                value = value[:, np.newaxis]
            object.__setattr__(part, each.name, value)
        return part

    def block(self, start: int, stop: int) -> "Settings":
        """Return settings number `start` up to, not including, `stop`, without checking again."""
        part = object.__new__(Settings)
        for each in fields(self):
            value = getattr(self, each.name)
            axes = 1 if each.name in _PER_SETTING else 2
            held = each.name in (*PARAMETERS, "openness", "inclination")
            if held and value.ndim == axes and value.shape[-1] == self.count:
                value = value[..., start:stop]
            object.__setattr__(part, each.name, value)
        object.__setattr__(part, "count", stop - start)
        return part


@dataclass(frozen=True, eq=False)
class State:
    """Where the cycle stands after a round.

    Attributes
    ----------
    autonomy
        a_i by actor.
    ties
        n_ij by pair; `tie_matrix` turns them into a matrix.
    commitment
        c_i by actor.
    agreement
        F.

    Each in [0, 1], with one more axis, the last, for m settings.
    """

    autonomy: FloatArray
    ties: FloatArray
    commitment: FloatArray
    agreement: FloatArray


@dataclass(frozen=True, eq=False)
class Trajectory:
    """Every state of every round; as `State`, with the rounds as first axis, the start included."""

    autonomy: FloatArray
    ties: FloatArray
    commitment: FloatArray
    agreement: FloatArray

    @property
    def last(self) -> State:
        """The state after the last round, from which another simulation can start."""
        return State(self.autonomy[-1], self.ties[-1], self.commitment[-1], self.agreement[-1])


@dataclass(frozen=True)
class Push:
    """Extra support for a while.

    Attributes
    ----------
    amount
        Δu, added to the support u.
    rounds
        T, for how many rounds. One whole number, or m of them.
    first_round
        The round in which it begins; the first round is 1.

    Raises
    ------
    ValueError
        If the amount is no number, or the rounds are no whole numbers of at least 0 (first round:
        at least 1).
    """

    amount: float
    rounds: ArrayLike
    first_round: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "amount", validation.number("amount", self.amount))
        rounds = validation.numbers("rounds", self.rounds, at_least=0)
        if (rounds != np.floor(rounds)).any():
            raise ValueError(f"rounds is {self.rounds!r}; it must be a whole number of at least 0.")
        object.__setattr__(self, "rounds", validation.read_only(rounds))
        first = validation.whole_number("first_round", self.first_round, at_least=1)
        object.__setattr__(self, "first_round", first)

    @property
    def last_round(self) -> int:
        """The last round in which any setting is pushed."""
        return self.first_round - 1 + int(np.max(self.rounds))

    def in_round(self, number: int) -> FloatArray | float:
        """Return the extra support in round `number`."""
        if not self.first_round <= number <= self.last_round:
            return 0.0
        return np.where(number < self.first_round + np.asarray(self.rounds), self.amount, 0.0)


NO_PUSH = Push(0.0, 0)
"""Support as the settings say, all the time."""


# The five steps ------------------------------------------------------------------------------


def feedback(settings: Settings, agreement: ArrayLike) -> FloatArray:
    """Step 2.3, which opens the next round: what the last agreement lends the regions, φ F.

    Parameters
    ----------
    settings
        φ is used.
    agreement
        F of the round before, 0 to 1.

    Returns
    -------
    FloatArray
        The lift, 0 to φ.

    Source: the 1993 Tumen study, conclusion; form ours.
    """
    return settings.feedback * np.asarray(agreement)


def autonomy(settings: Settings, previous: FloatArray, lift: ArrayLike) -> FloatArray:
    """Step 1.1: autonomy grows with the lift and is pulled back to what reform alone grants.

    a_i + lift (1 - a_i) - δ (a_i - ā_i).

    Parameters
    ----------
    settings
        δ and ā_i are used.
    previous
        a_i of the round before, by actor.
    lift
        What `feedback` returned, φ F.

    Returns
    -------
    FloatArray
        a_i of this round, 0 to 1, by actor.

    Source: the 1993 Tumen study, step 1.1; form ours.
    """
    pull = settings.recentralization
    # The same terms gathered by a_i: two passes over the numbers fewer.
    grown = (1 - lift - pull) * previous
    grown += pull * settings.domestic_autonomy
    grown += lift
    # The exact value never exceeds 1; rounding can, by one unit in the last place.
    return np.minimum(grown, 1.0, out=grown)


def networks(settings: Settings, previous: FloatArray, autonomy: FloatArray) -> FloatArray:
    """Step 1.2: free regions that complement one another tie themselves together; ties decay.

    n_ij + β κ_ij sqrt(a_i a_j) (1 - h_ij) (1 - n_ij) - μ n_ij.

    Parameters
    ----------
    settings
        β, κ_ij, h_ij and μ are used.
    previous
        n_ij of the round before, by pair.
    autonomy
        a_i of this round, by actor.

    Returns
    -------
    FloatArray
        n_ij of this round, 0 to 1, by pair.

    Source: the 1993 Tumen study, step 1.2 (after Scalapino's soft regionalism); form ours.
    """
    growth = tie_growth(settings, autonomy)
    # The same terms gathered by n_ij: two passes over the numbers fewer.
    ties = (1 - settings.tie_decay) - growth
    ties *= previous
    ties += growth
    return ties


def bargaining(settings: Settings, ties: FloatArray, extra_support: ArrayLike = 0.0) -> FloatArray:
    """Step 2.1: each centre commits itself, the more its region's ties are worth.

    c_i = logistic(s (v_i + w n̄_i + u - θ_i)); 0 for a centre that refuses outright.

    Parameters
    ----------
    settings
        s, v_i, w, u, θ_i and `refusing` are used.
    ties
        n_ij of this round, by pair.
    extra_support
        Δu, added to u in this round.

    Returns
    -------
    FloatArray
        c_i of this round, 0 to 1, by actor.

    Source: the 1993 Tumen study, step 2.1; form ours.
    """
    return commitment_at(settings, mean_ties(ties), extra_support)


def negotiation(settings: Settings, commitment: FloatArray) -> FloatArray:
    """Step 2.2: the required centres' commitments make an agreement.

    F = (product of the c_i)^(1 / number of them), or their minimum, as the rule says.

    Parameters
    ----------
    settings
        `required` and `rule` are used.
    commitment
        c_i of this round, by actor.

    Returns
    -------
    FloatArray
        F of this round, 0 to 1.

    Source: the 1993 Tumen study, step 2.2; form ours.
    """
    decisive = commitment
    if len(settings.required) < len(settings.actors):
        decisive = commitment[settings.required_indices]
    if settings.rule == "minimum":
        return decisive.min(axis=0)
    return np.asarray(decisive.prod(axis=0) ** (1 / len(settings.required)))


def one_round(settings: Settings, state: State, extra_support: ArrayLike = 0.0) -> State:
    """Compose the five steps once; each uses what the step before has just produced.

    Parameters
    ----------
    settings
        The parameters.
    state
        Where the round before ended.
    extra_support
        Δu in this round.
    """
    lift = feedback(settings, state.agreement)
    regions = autonomy(settings, state.autonomy, lift)
    ties = networks(settings, state.ties, regions)
    commitment = bargaining(settings, ties, extra_support)
    return State(regions, ties, commitment, negotiation(settings, commitment))


# Parts of the steps that other files use -----------------------------------------------------


def tie_growth(settings: Settings, autonomy: FloatArray) -> FloatArray:
    """Compute the growth of ties that are still at zero, by pair: β κ_ij sqrt(a_i a_j) (1 - h_ij).

    Source: step 1.2.
    """
    root = np.sqrt(autonomy)
    count = len(root)
    growth = np.empty((count * (count - 1) // 2, *root.shape[1:]))
    for i, (start, stop) in enumerate(_rows_of_pairs(count)):
        np.multiply(root[i], root[i + 1 :], out=growth[start:stop])
    if growth.ndim < settings.openness.ndim:
        return settings.openness * growth
    growth *= settings.openness
    return growth


def commitment_at(
    settings: Settings, mean_ties: FloatArray, extra_support: ArrayLike = 0.0
) -> FloatArray:
    """Compute a centre's commitment from its region's mean ties; see `bargaining`."""
    drive = settings.tie_weight * mean_ties
    drive += settings.inclination
    if np.any(extra_support):
        drive = drive + extra_support
    drive *= settings.steepness
    commitment = logistic(drive)
    for name in settings.refusing:
        commitment[settings.actors.index(name)] = 0.0
    return commitment


def mean_ties(ties: FloatArray) -> FloatArray:
    """Compute n̄_i, each actor's mean of its ties with all the others, from the ties by pair."""
    count = actor_count(len(ties))
    if ties.size < _MANY:
        return _averaging(count) @ ties
    # For many settings plain sums: a matrix product would start threads that cost more than they
    # save.
    total = np.zeros((count, *ties.shape[1:]))
    for i, (start, stop) in enumerate(_rows_of_pairs(count)):
        own = ties[start:stop]
        total[i] += own.sum(axis=0)
        total[i + 1 :] += own
    total /= count - 1
    return total


def logistic(x: ArrayLike) -> FloatArray:
    """Compute 1 / (1 + exp(-x)); far below zero it is 0."""
    result = np.asarray(np.negative(x, dtype=np.float64))
    with np.errstate(over="ignore"):
        np.exp(result, out=result)
    result += 1
    return np.reciprocal(result, out=result)


@lru_cache(maxsize=64)
def pair_indices(count: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the places of the first and the second actor of every pair of `count` actors."""
    first, second = np.triu_indices(count, 1)
    return validation.read_only(first), validation.read_only(second)


@lru_cache(maxsize=64)
def _rows_of_pairs(count: int) -> tuple[tuple[int, int], ...]:
    """Return where, among the pairs, those stand of which each actor but the last is the first."""
    ends = np.cumsum([0, *range(count - 1, 0, -1)]).tolist()
    return tuple(pairwise(ends))


def actor_count(pairs: int) -> int:
    """Return how many actors make so many pairs."""
    return (1 + int(np.sqrt(1 + 8 * pairs))) // 2


def tie_matrix(ties: ArrayLike) -> FloatArray:
    """Turn values by pair into a symmetric matrix with zeros on its diagonal.

    Parameters
    ----------
    ties
        One value for each pair, or one by pair and setting.

    Returns
    -------
    FloatArray
        n x n, or n x n x m.

    Raises
    ------
    ValueError
        If the values cannot be those of all the pairs of some actors.
    """
    by_pair = validation.numbers("ties", ties)
    count = actor_count(len(by_pair)) if by_pair.ndim else 0
    if by_pair.ndim not in (1, 2) or count * (count - 1) // 2 != len(by_pair):
        raise ValueError(
            f"ties has the shape {by_pair.shape}; it must hold one value for each pair of actors."
        )
    matrix = np.zeros((count, count, *by_pair.shape[1:]))
    first, second = pair_indices(count)
    matrix[first, second] = matrix[second, first] = by_pair
    return matrix


# Running it ----------------------------------------------------------------------------------


def starting_state(
    settings: Settings,
    agreement: ArrayLike = 0.0,
    autonomy: ArrayLike | None = None,
    ties: ArrayLike = 0.0,
) -> State:
    """Say where the cycle starts: unless told otherwise with ā_i, no ties and no agreement.

    Parameters
    ----------
    settings
        The parameters.
    agreement
        F before the first round, 0 to 1; one number, or m.
    autonomy
        a_i before the first round, 0 to 1; one number, or n, or n x m.
    ties
        n_ij before the first round, 0 to 1; one number, or a matrix as for `Settings`.

    Raises
    ------
    ValueError
        If a value is out of range or a shape does not fit.

    Notes
    -----
    The commitment of the starting state is what the centres would commit with these ties.
    """
    count = len(settings.actors)
    unit = {"at_least": 0, "at_most": 1}
    regions = _shaped(
        "autonomy",
        settings.domestic_autonomy if autonomy is None else autonomy,
        (count,),
        unit,
    )
    by_pair = _by_pair("ties", _shaped("ties", ties, (count, count), unit), count)
    level = _shaped("agreement", agreement, (), unit)
    batch = settings.count
    for name, array, axes in (
        ("autonomy", regions, 1),
        ("ties", by_pair, 1),
        ("agreement", level, 0),
    ):
        if array.ndim > axes and array.shape[-1] not in (1, batch):
            raise ValueError(
                f"{name} is given for {array.shape[-1]} settings; the settings are {batch or 1}."
            )
    if batch is not None:
        regions = np.broadcast_to(
            regions if regions.ndim == 2 else regions[:, None], (count, batch)
        )
        by_pair = np.broadcast_to(
            by_pair if by_pair.ndim == 2 else by_pair[:, None], (len(by_pair), batch)
        )
        level = np.broadcast_to(level, (batch,))
    return State(regions, by_pair, bargaining(settings, by_pair), level)


def simulate(
    settings: Settings, rounds: int, start: State | None = None, push: Push = NO_PUSH
) -> Trajectory:
    """Run the cycle and keep every state.

    Parameters
    ----------
    settings
        One setting or m of them.
    rounds
        How many rounds, at least 0.
    start
        Where to start; `starting_state(settings)` unless given. The last state of another
        trajectory continues it, also under other settings.
    push
        Extra support for a while.

    Raises
    ------
    ValueError
        If the rounds are no whole number, or the start or the push is for other settings.

    Notes
    -----
    For thousands of settings of which only the agreement is wanted, `agreements` needs far less
    memory.
    """
    rounds = validation.whole_number("rounds", rounds, at_least=0)
    start = _start(settings, start, push)
    states = [start, *_rounds(settings, rounds, start, push)]
    return Trajectory(
        *(
            np.stack([getattr(state, name) for state in states])
            for name in ("autonomy", "ties", "commitment", "agreement")
        )
    )


def agreements(
    settings: Settings, rounds: int, start: State | None = None, push: Push = NO_PUSH
) -> FloatArray:
    """Run the cycle and keep the agreement alone: rounds + 1 values of F, or as many x m.

    Parameters and errors as in `simulate`.
    """
    rounds = validation.whole_number("rounds", rounds, at_least=0)
    start = _start(settings, start, push)
    result = np.empty((rounds + 1, *np.shape(start.agreement)))
    result[0] = start.agreement
    for columns, part, state, shove in _blocks(settings, start, push):
        for number, after in enumerate(_rounds(part, rounds, state, shove), start=1):
            result[(number, columns)] = after.agreement
    return result


@dataclass(frozen=True, eq=False)
class Settled:
    """Where a long run comes to rest.

    Attributes
    ----------
    state
        The last state.
    rounds
        How many rounds were run.
    has_settled
        Whether no state moved by more than the tolerance in the last round.
    """

    state: State
    rounds: int
    has_settled: bool


def settle(
    settings: Settings,
    start: State | None = None,
    push: Push = NO_PUSH,
    tolerance: float = 1e-13,
    most_rounds: int = 100_000,
) -> Settled:
    """Run until nothing moves any more, which near a fold takes hundreds of rounds.

    Parameters
    ----------
    settings, start, push
        As in `simulate`; a push is waited for.
    tolerance
        How much autonomy, ties or agreement may still move in a round, above 0.
    most_rounds
        When to give up, at least 1.

    Raises
    ------
    ValueError
        As in `simulate`, or if the tolerance or the limit is out of range.
    """
    tolerance = validation.number("tolerance", tolerance, more_than=0)
    most_rounds = validation.whole_number("most_rounds", most_rounds, at_least=1)
    before = _start(settings, start, push)
    number = 0
    for number, after in enumerate(_rounds(settings, most_rounds, before, push), start=1):
        if number > push.last_round and _movement(before, after) <= tolerance:
            return Settled(after, number, True)
        before = after
    return Settled(before, number, False)


def _movement(before: State, after: State) -> float:
    """Return the largest movement of any state; commitments follow from ties."""
    return max(
        float(np.abs(getattr(after, name) - getattr(before, name)).max())
        for name in ("autonomy", "ties", "agreement")
    )


def _rounds(settings: Settings, rounds: int, state: State, push: Push) -> Iterator[State]:
    """Yield the states after each round."""
    for number in range(1, rounds + 1):
        state = one_round(settings, state, push.in_round(number))
        yield state


def _blocks(
    settings: Settings, start: State, push: Push
) -> Iterator[tuple[Any, Settings, State, Push]]:
    """Cut many settings into blocks that fit the processor's cache."""
    if settings.count is None or settings.count <= _BLOCK:
        yield ..., settings, start, push
        return
    for first in range(0, settings.count, _BLOCK):
        columns = slice(first, min(first + _BLOCK, settings.count))
        state = State(
            start.autonomy[:, columns],
            start.ties[:, columns],
            start.commitment[:, columns],
            start.agreement[columns],
        )
        shove = push
        if np.ndim(push.rounds):
            shove = replace(push, rounds=push.rounds[columns])
        yield columns, settings.block(columns.start, columns.stop), state, shove


def _start(settings: Settings, start: State | None, push: Push) -> State:
    """Check that start and push belong to these settings."""
    if np.ndim(push.rounds) and np.shape(push.rounds) != (settings.count,):
        raise ValueError(
            f"push is given for {np.size(push.rounds)} settings; the settings are "
            f"{settings.count or 1}."
        )
    if start is None:
        return starting_state(settings)
    wanted = () if settings.count is None else (settings.count,)
    shapes = {
        "autonomy": (len(settings.actors), *wanted),
        "ties": (len(settings.pairs), *wanted),
        "agreement": wanted,
    }
    for name, shape in shapes.items():
        if np.shape(getattr(start, name)) != shape:
            raise ValueError(
                f"start has {name} of shape {np.shape(getattr(start, name))}; these settings "
                f"need {shape}. Use starting_state(settings, ...)."
            )
    return start


def _shaped(
    argument: str, value: Any, axes: tuple[int, ...], bounds: dict[str, float]
) -> FloatArray:
    """Check a parameter; one number for all of the axes is spread over them."""
    array = validation.numbers(argument, value, **bounds)
    if array.ndim == 0:
        return np.full(axes, float(array))
    spread = array.ndim == len(axes) + 1 and array.shape[:-1] == (1,) * len(axes)
    if spread and axes:
        array = np.broadcast_to(array, (*axes, array.shape[-1])).copy()
    if array.ndim not in (len(axes), len(axes) + 1) or array.shape[: len(axes)] != axes:
        wanted = " x ".join(map(str, axes))
        options = f"one number, {wanted} or {wanted} x m" if axes else "one number or m"
        raise ValueError(
            f"{argument} has the shape {' x '.join(map(str, array.shape))}; it must hold {options}."
        )
    if array.shape[-1] == 0:
        raise ValueError(f"{argument} is empty.")
    return array


def _by_pair(argument: str, matrix: FloatArray, count: int) -> FloatArray:
    """Take the pairs out of a symmetric matrix."""
    if not np.array_equal(matrix, np.swapaxes(matrix, 0, 1)):
        raise ValueError(f"{argument} must be symmetric: the same value for i, j as for j, i.")
    first, second = pair_indices(count)
    return matrix[first, second]


def _check_sum(first: str, second: str, values: dict[str, FloatArray]) -> None:
    """Check that two rates add up to at most 1, so that states cannot leave [0, 1]."""
    try:
        total = np.max(values[first] + values[second])
    except ValueError:
        return  # They are for different numbers of settings, which is told in a moment.
    # Rates such as 0.7 + 0.3 may add up to a hair over 1.
    if total > 1 + 1e-12:
        raise ValueError(f"{first} and {second} add up to {total:g}; the sum must be at most 1.")


def _count_settings(values: dict[str, FloatArray]) -> int | None:
    """Tell for how many settings the parameters are given; None for a single one."""
    counts = {}
    for name, array in values.items():
        if array.ndim == (1 if name in _PER_SETTING else 2):
            counts[name] = array.shape[-1]
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{name}: {count}" for name, count in counts.items())
        raise ValueError(f"The parameters are given for different numbers of settings ({told}).")
    return next(iter(counts.values()), None)


@lru_cache(maxsize=64)
def _averaging(count: int) -> FloatArray:
    """Return the matrix that turns ties by pair into each actor's mean."""
    first, second = pair_indices(count)
    matrix = np.zeros((count, len(first)))
    matrix[first, range(len(first))] = matrix[second, range(len(first))] = 1 / (count - 1)
    return validation.read_only(matrix)


def same_for_all(actors: Sequence[str], **parameters: ArrayLike) -> Settings:
    """Build settings in which every actor and every pair has the same numbers.

    Parameters
    ----------
    actors
        Names, at least two.
    **parameters
        Every parameter by name, one number each.

    Raises
    ------
    KeyError
        If a name is not that of a parameter.
    ValueError
        If one is missing, or out of range.
    """
    for name in parameters:
        validation.one_of("parameter", name, PARAMETERS)
    missing = [name for name in PARAMETERS if name not in parameters]
    if missing:
        raise ValueError(f"These parameters are missing: {', '.join(missing)}.")
    return Settings(tuple(actors), **parameters)
