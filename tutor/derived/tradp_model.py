"""Lesson 08: the five steps one by one, the cycle they make, and the numbers that follow.

Six equal actors behave as any two of them do, so that whatever holds for the equal ones is computed
with two. Everything about the six countries rests on `tutor.baselines`, an interpretation for teaching.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from tutor import baselines, data
from tutor.baselines import SIX, teaching_value
from tutor.derived.derived import Derived
from tutor.models import tradp_curve, tradp_cycle, tradp_experiments
from tutor.models._validation import FloatArray
from tutor.models.tradp_cycle import Push, Settings

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "1.1": "national change",
        "1.2": "soft regionalism",
        "2.1": "subnational bargaining",
        "2.2": "international negotiation",
        "2.3": "feedback",
    }
)
"""The five steps of the 1993 study and their names."""

GRADES = ("strong", "some", "hint", "none")
"""How well a step is shown in a country, the best first."""

ASSUMPTIONS = (
    "study",
    "functionalism",
    "neofunctionalism",
    "intergovernmentalism",
    "realism",
    "toloraya",
    "reluctant",
    "veto",
)
"""What a reader may assume: the study's own steps; four theories; Toloraya; one capital that is very
reluctant; one that refuses."""

CHANGES = (
    "none",
    "koreas",
    "islands",
    "keen",
    "moscow",
    "five",
    "river",
    "feedback",
    "refusal",
    "minimum",
    "matching",
)
"""What can be changed in the baseline of the six countries."""

STARTS = ("nothing", "full")
"""Where a run begins: with no ties and no agreement, or with the circle in full swing."""

RELUCTANCES = tuple(round(1 + 0.05 * step, 2) for step in range(11))
SUPPORTS = tuple(round(0.1 * step, 1) for step in range(5))
HELD = tuple(round(x, 3) for x in (*np.arange(0, 0.2, 0.02), *np.arange(0.2, 1.001, 0.04)))
"""The agreements at which the curve is drawn: closer together at the foot, where it bends."""


def _value_of(parameter: str) -> float:
    return teaching_value(baselines.CYCLE_VALUES[parameter])


@functools.cache
def equal() -> Settings:
    """Return two actors who are all alike; as many as you like would do the same."""
    values = {name: _value_of(name) for name in baselines.CYCLE_VALUES}
    return tradp_cycle.same_for_all(("one", "another"), **values)


# Evidence ----------------------------------------------------------------------------------------


def evidence(step: str) -> tuple[data.Row, ...]:
    """Give the rows of `step_evidence` for a step, in the order of the six.

    Raises
    ------
    ValueError
        If there is no such step.
    """
    if step not in STEPS:
        raise ValueError(f"step is {step!r}; it can be {', '.join(STEPS)}.")
    found = {row["country"]: row for row in data.rows("step_evidence") if row["step"] == step}
    return tuple(found[country] for country in SIX)


def shown(step: str) -> int:
    """Count the countries in which the study makes a case for a step, strong or with gaps."""
    return sum(row["grade"] in ("strong", "some") for row in evidence(step))


# The steps one by one ----------------------------------------------------------------------------


def autonomy_path(reform: float, pull: float, rounds: int) -> list[float]:
    """Follow the autonomy that a region won in a crisis, with nothing agreed (step 1.1).

    Parameters
    ----------
    reform, pull
        Autonomy from domestic reform alone, and recentralization in each round.
    rounds
        How many rounds to follow.
    """
    settings = equal().varied(domestic_autonomy=reform, recentralization=pull)
    path = [np.full(2, teaching_value("TV821"))]
    for _ in range(rounds):
        path.append(tradp_cycle.autonomy(settings, path[-1], 0.0))
    return [float(each[0]) for each in path]


def ties_at(autonomy: float, complementarity: float, hostility: float) -> float:
    """Compute the ties that two regions of equal autonomy keep in the long run (step 1.2)."""
    settings = equal().varied(
        domestic_autonomy=autonomy, complementarity=complementarity, hostility=hostility
    )
    return float(tradp_curve.settled_state(settings, 0.0).ties[0])


@functools.cache
def commitments_at(support: float) -> tuple[FloatArray, FloatArray]:
    """Compute each capital's commitment for mean ties from 0 to 1 (step 2.1).

    Returns
    -------
    tuple of arrays
        The ties, and the commitments by country in the order of the six.
    """
    ties = np.round(np.linspace(0, 1, 21), 2)
    settings = baselines.six_countries().varied(support=support).spread()
    spread = np.repeat(ties[np.newaxis], len(SIX), axis=0)
    return ties, tradp_cycle.commitment_at(settings, spread)


LEVELS: Mapping[str, str] = MappingProxyType({"hesitates": "TV823", "nearly refuses": "TV824"})
"""What an unwilling capital may commit, by the row of `teaching_values`; or it refuses: nothing."""


def agreement_of(unwilling: int, level: str, rule: str = "geometric mean") -> float:
    """Let six capitals negotiate, some of them unwilling (step 2.2).

    Parameters
    ----------
    unwilling
        How many, 0 to 6; the others commit what a willing centre does.
    level
        ``"hesitates"``, ``"nearly refuses"`` or ``"refuses"``.
    rule
        One of the model's rules.
    """
    low = teaching_value(LEVELS[level]) if level in LEVELS else 0.0
    commitments = np.full(len(SIX), teaching_value("TV822"))
    commitments[len(SIX) - unwilling :] = low
    settings = baselines.equal_actors().varied(rule=rule)
    return float(tradp_cycle.negotiation(settings, commitments))


def autonomy_at(agreement: FloatArray, feedback: float, pull: float) -> FloatArray:
    """Compute the autonomy that regions keep while an agreement is held (steps 2.3 and 1.1)."""
    settings = equal().varied(feedback=feedback, recentralization=pull)
    return tradp_curve.settled_state(settings, agreement).autonomy[0]


# The cycle ---------------------------------------------------------------------------------------


@functools.cache
def paths(reluctance: float, start: str, rounds: int = 200) -> tradp_cycle.Trajectory:
    """Follow the equal actors round by round.

    Parameters
    ----------
    reluctance
        Of every centre.
    start
        One of `STARTS`; the full circle is where every step settles under a full agreement.
    rounds
        How many rounds.
    """
    settings = equal().varied(reluctance=reluctance)
    first = tradp_curve.settled_state(settings, 1.0) if start == "full" else None
    return tradp_cycle.simulate(settings, rounds, first)


def assumed(assumption: str, gap: float) -> Settings:
    """Return the equal actors under an assumption.

    Parameters
    ----------
    assumption
        One of `ASSUMPTIONS`.
    gap
        Reluctance minus outside support: the curve knows the two only by their difference.
    """
    changes: dict[str, Any] = {
        "study": {},
        "functionalism": {"domestic_autonomy": teaching_value("TV825")},
        "neofunctionalism": {"feedback": teaching_value("TV826")},
        "intergovernmentalism": {"feedback": teaching_value("TV827")},
        "realism": {"tie_weight": teaching_value("TV828")},
        "toloraya": {"hostility": teaching_value("TV829")},
        "reluctant": {},
        "veto": {"refusing": ("another",)},
    }[assumption]
    reluctance: Any = gap
    settings = equal()
    if assumption == "reluctant":
        settings = baselines.equal_actors()
        reluctance = [gap] * (len(SIX) - 1) + [gap + teaching_value("TV830")]
    return settings.varied(support=0.0, reluctance=reluctance, **changes)


@dataclass(frozen=True)
class Curve:
    """The cycle as a curve: G at `HELD`, and where it crosses the diagonal, with the loop gain."""

    levels: tuple[float, ...]
    crossings: tuple[tradp_curve.FixedPoint, ...]

    @property
    def outcomes(self) -> tuple[float, ...]:
        """Where the cycle can come to rest, from below."""
        return tuple(point.agreement for point in self.crossings if point.is_stable)

    @property
    def thresholds(self) -> tuple[float, ...]:
        """What divides the outcomes."""
        return tuple(point.agreement for point in self.crossings if not point.is_stable)


@functools.cache
def cycle_curve(assumption: str, gap: float) -> Curve:
    """Compute the curve and its crossings; parameters as in `assumed`."""
    settings = assumed(assumption, gap)
    alike = assumption != "reluctant"
    find = tradp_curve.exact_fixed_points if alike else tradp_curve.fixed_points
    return Curve(tuple(tradp_curve.curve(settings, HELD).tolist()), find(settings))


def gap(reluctance: float, support: float) -> float:
    """Return reluctance minus support, rounded to the steps of the sliders."""
    return round(reluctance - support, 2)


@functools.cache
def base_curve() -> Curve:
    """Return the curve of the worked case: the study's assumptions, reluctance and support as given."""
    return cycle_curve("study", gap(_value_of("reluctance"), _value_of("support")))


# Pushes and the way back ---------------------------------------------------------------------------


AMOUNTS = tuple(round(0.1 * step, 1) for step in range(1, 7))
LENGTHS = tuple(range(31))


@functools.cache
def pushed(amount: float, rounds: int = 160) -> tuple[FloatArray, FloatArray]:
    """Follow pushes of every length in `LENGTHS` from nothing.

    Returns
    -------
    tuple of arrays
        The agreement and the ties, rounds + 1 by lengths.
    """
    many = equal().varied(support=np.full(len(LENGTHS), _value_of("support")))
    run = tradp_cycle.simulate(many, rounds, push=Push(amount, LENGTHS))
    return run.agreement, run.ties[:, 0]


@functools.cache
def least_length(amount: float) -> int | None:
    """Return the least rounds of a push that the cycle survives, or None beyond a thousand."""
    return tradp_experiments.least_push(equal(), amount).rounds


@functools.cache
def threshold_ties() -> float:
    """Return the ties that belong to the threshold of the worked case."""
    return float(tradp_curve.settled_state(equal(), base_curve().thresholds[0]).ties[0])


@functools.cache
def there_and_back() -> tradp_experiments.Hysteresis:
    """Raise the reluctance of the equal actors step by step, and lower it again."""
    return tradp_experiments.hysteresis(equal(), np.round(np.arange(-0.25, 0.301, 0.0125), 4))


@functools.cache
def folds() -> tuple[float, float]:
    """Return the reluctances at which the lower and the upper outcome vanish."""
    lower, upper = tradp_curve.folds(equal())
    return lower.reluctance, upper.reluctance


# Six countries -----------------------------------------------------------------------------------


@functools.cache
def changed(change: str) -> Settings:
    """Return the six countries with one thing changed in their baseline, one of `CHANGES`."""
    six = baselines.six_countries()
    calm = baselines.mapped_values("hostility from dispute")["none"]
    hint = baselines.mapped_values("autonomy from evidence")["hint"]
    keenest = baselines.mapped_values("central interest from rank")["1"]

    def of(values: FloatArray, country: str, value: float) -> FloatArray:
        return np.where(np.array(SIX) == country, value, values)

    def between(a: str, b: str) -> FloatArray:
        matrix = tradp_cycle.tie_matrix(six.hostility)
        i, j = SIX.index(a), SIX.index(b)
        matrix[i, j] = matrix[j, i] = calm
        return matrix

    changes: dict[str, Any] = {
        "none": lambda: {},
        "koreas": lambda: {"hostility": between("KOR", "PRK")},
        "islands": lambda: {"hostility": between("RUS", "JPN")},
        "keen": lambda: {"central_interest": of(six.central_interest, "JPN", keenest)},
        "moscow": lambda: {"domestic_autonomy": of(six.domestic_autonomy, "RUS", hint)},
        "five": lambda: {"required": tuple(code for code in SIX if code != "JPN")},
        "river": lambda: {"required": ("CHN", "RUS", "PRK")},
        "feedback": lambda: {"feedback": 0.0},
        "refusal": lambda: {"refusing": ("PRK",)},
        "minimum": lambda: {"rule": "minimum"},
        "matching": lambda: {
            "complementarity": baselines.regional_complementarity("matching").values
        },
    }
    return six.varied(**changes[change]())


@dataclass(frozen=True)
class Outcome:
    """Where the six come to rest.

    Attributes
    ----------
    agreement
        F.
    commitments
        By country, in the order of the six.
    """

    agreement: float
    commitments: tuple[float, ...]


@functools.cache
def outcomes(change: str, support: float) -> Mapping[str, Outcome]:
    """Compute where the six come to rest from each of `STARTS`.

    Held agreements are replaced by what comes out of them, from 0 upwards and from 1 downwards. Since
    the curve rises, the two ends come to the lowest and the highest crossing, and stay there.
    """
    settings = changed(change).varied(support=support)
    held = np.array([0.0, 1.0])
    for _ in range(2000):
        after = tradp_curve.curve(settings, held)
        if np.abs(after - held).max() < 1e-7:
            break
        held = after
    state = tradp_curve.settled_state(settings, held)
    return MappingProxyType(
        {
            start: Outcome(float(held[place]), tuple(state.commitment[:, place].tolist()))
            for place, start in enumerate(STARTS)
        }
    )


@functools.cache
def crossings_of_six() -> tuple[tradp_curve.FixedPoint, ...]:
    """Find where the curve of the six countries crosses the diagonal, as the baselines have it."""
    return tradp_curve.fixed_points(baselines.six_countries())


# What matters ------------------------------------------------------------------------------------


@functools.cache
def sensitivity() -> Mapping[str, Mapping[str, float]]:
    """Rank the parameters of the equal actors by what they do to the outcome, from each start.

    Returns
    -------
    mapping
        For each of `STARTS`, the rank correlation of every parameter with the agreement after 400
        rounds, and under ``"share"`` the share of the runs that end above one half.
    """
    part = teaching_value("TV832")
    change = {name: (-part * _value_of(name), part * _value_of(name)) for name in _MOVED}
    low = tradp_experiments.random_sampling(equal(), change, runs=1500)
    drawn = {name: _value_of(name) + steps for name, steps in low.change.items()}
    many = equal().varied(**{name: drawn[name][_AXES.get(name, ...)] for name in _MOVED})
    full = tradp_cycle.starting_state(many, agreement=1.0, autonomy=1.0, ties=1.0)
    high = tradp_cycle.agreements(many, 400, full)[-1]
    return MappingProxyType(
        {
            start: MappingProxyType(
                {
                    **{
                        name: tradp_experiments.rank_correlation(low.change[name], ends)
                        for name in _MOVED
                    },
                    "share": float((ends > 0.5).mean()),
                }
            )
            for start, ends in zip(STARTS, (low.agreement, high), strict=True)
        }
    )


_MOVED = tuple(baselines.CYCLE_VALUES)
_FOR_ACTORS, _FOR_PAIRS = (np.newaxis, slice(None)), (np.newaxis, np.newaxis, slice(None))
_AXES: Mapping[str, Any] = MappingProxyType(
    {
        "domestic_autonomy": _FOR_ACTORS,
        "central_interest": _FOR_ACTORS,
        "reluctance": _FOR_ACTORS,
        "complementarity": _FOR_PAIRS,
        "hostility": _FOR_PAIRS,
    }
)
"""The axes that a row of draws needs before it is one number for all actors, or all pairs."""

# Numbers -----------------------------------------------------------------------------------------

_EQUAL = "The TRADP model with six equal actors and the teaching values TV801 to TV812."
_ONE_STEP = "One step of model 6 alone, with teaching values."
_SIX = "The TRADP model for the six countries, by the mappings of baseline_values and baseline_evidence."
_COUNTED = "Counted in the table step_evidence."
_SAMPLED = "The TRADP model with equal actors, 1,500 draws within a fifth of each teaching value, 400 rounds."


def _outcome_of(assumption: str, place: int = 0) -> float:
    worked = gap(_value_of("reluctance"), _value_of("support"))
    return cycle_curve(assumption, worked).crossings[place].agreement


def _too_short() -> int:
    return (least_length(teaching_value("TV831")) or 1) - 1


NUMBERS = (
    Derived("D0801", "crossings of the curve", _EQUAL, lambda: len(base_curve().crossings)),
    Derived("D0802", "lower outcome", _EQUAL, lambda: base_curve().outcomes[0], 3),
    Derived("D0803", "threshold", _EQUAL, lambda: base_curve().thresholds[0], 2),
    Derived("D0804", "upper outcome", _EQUAL, lambda: base_curve().outcomes[-1], 2),
    Derived(
        "D0805", "reluctance below which there is only take-off", _EQUAL, lambda: folds()[0], 2
    ),
    Derived("D0806", "reluctance above which there is only stall", _EQUAL, lambda: folds()[1], 2),
    Derived(
        "D0807",
        "least rounds of a push of 0.3",
        _EQUAL,
        lambda: least_length(teaching_value("TV831")),
    ),
    Derived("D0808", "least rounds of a push of 0.2", _EQUAL, lambda: least_length(0.2)),
    Derived("D0809", "least rounds of a push of 0.6", _EQUAL, lambda: least_length(0.6)),
    Derived(
        "D0810",
        "autonomy left twenty rounds after a crisis",
        _ONE_STEP,
        lambda: autonomy_path(_value_of("domestic_autonomy"), _value_of("recentralization"), 20)[
            -1
        ],
        2,
    ),
    Derived(
        "D0811",
        "agreement of five willing capitals and one that nearly refuses",
        _ONE_STEP,
        lambda: agreement_of(1, "nearly refuses"),
        2,
    ),
    Derived(
        "D0812",
        "the same, if the least willing decides",
        _ONE_STEP,
        lambda: agreement_of(1, "nearly refuses", "minimum"),
        2,
    ),
    Derived("D0813", "countries with a case for step 1.1", _COUNTED, lambda: shown("1.1")),
    Derived("D0814", "countries with a case for step 1.2", _COUNTED, lambda: shown("1.2")),
    Derived("D0815", "countries with a case for step 2.1", _COUNTED, lambda: shown("2.1")),
    Derived("D0816", "countries with a case for step 2.2", _COUNTED, lambda: shown("2.2")),
    Derived("D0817", "countries with a case for step 2.3", _COUNTED, lambda: shown("2.3")),
    Derived(
        "D0818",
        "loop gain at the threshold",
        _EQUAL,
        lambda: base_curve().crossings[1].loop_gain,
        1,
    ),
    Derived(
        "D0819",
        "outcome with spillover, threshold",
        _EQUAL,
        lambda: _outcome_of("neofunctionalism", 1),
        2,
    ),
    Derived(
        "D0820",
        "outcome if no permission were needed",
        _EQUAL,
        lambda: _outcome_of("functionalism"),
        2,
    ),
    Derived(
        "D0821", "outcome without feedback", _EQUAL, lambda: _outcome_of("intergovernmentalism"), 3
    ),
    Derived(
        "D0822",
        "upper outcome with one very reluctant capital",
        _EQUAL,
        lambda: _outcome_of("reluctant", 2),
        2,
    ),
    Derived(
        "D0823", "six countries, from nothing", _SIX, lambda: crossings_of_six()[0].agreement, 3
    ),
    Derived("D0824", "six countries, threshold", _SIX, lambda: crossings_of_six()[1].agreement, 2),
    Derived(
        "D0825",
        "six countries, from a full circle",
        _SIX,
        lambda: crossings_of_six()[2].agreement,
        2,
    ),
    Derived(
        "D0826",
        "six countries, from nothing, with support of 0.2",
        _SIX,
        lambda: outcomes("none", 0.2)["nothing"].agreement,
        2,
    ),
    Derived(
        "D0827",
        "the same with the other measure of complementarity",
        _SIX,
        lambda: outcomes("matching", 0.2)["nothing"].agreement,
        3,
    ),
    Derived(
        "D0828",
        "percent of random runs from nothing that take off",
        _SAMPLED,
        lambda: 100 * sensitivity()["nothing"]["share"],
    ),
    Derived(
        "D0829",
        "percent of random runs from a full circle that stay up",
        _SAMPLED,
        lambda: 100 * sensitivity()["full"]["share"],
    ),
    Derived("D0830", "ties at the threshold", _EQUAL, threshold_ties, 2),
    Derived(
        "D0831",
        "agreement of five willing capitals and one that refuses",
        _ONE_STEP,
        lambda: agreement_of(1, "refuses"),
    ),
    Derived(
        "D0832",
        "agreement at the end of a push one round too short",
        _EQUAL,
        lambda: pushed(teaching_value("TV831"))[0][_too_short(), _too_short()],
        2,
    ),
    Derived("D0833", "rounds of a push one round too short", _EQUAL, lambda: _too_short()),
    Derived(
        "D0834",
        "autonomy that settles when an agreement of 0.2 is held",
        _EQUAL,
        lambda: tradp_curve.settled_state(equal(), 0.2).autonomy[0],
        2,
    ),
    Derived(
        "D0835",
        "ties that settle when an agreement of 0.2 is held",
        _EQUAL,
        lambda: tradp_curve.settled_state(equal(), 0.2).ties[0],
        2,
    ),
    Derived(
        "D0836",
        "agreement that comes out when 0.2 is held",
        _EQUAL,
        lambda: tradp_curve.curve(equal(), [0.2])[0],
        2,
    ),
    Derived(
        "D0837",
        "agreement that comes out when 0.06 is held",
        _EQUAL,
        lambda: tradp_curve.curve(equal(), [0.06])[0],
        2,
    ),
)
