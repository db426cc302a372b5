"""Lesson 07: four readings of one bargain, the theories' scores, and the numbers that follow.

Who bargains and who must ratify is what the readings differ in; the win-sets and the bargaining are
those of model 5. Positions, salience and autonomy about 1993 are read from the sources for teaching
(`tutor.baselines`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from tutor import baselines, data
from tutor.derived.derived import Derived
from tutor.models import win_sets
from tutor.models.gravity import great_circle_distance
from tutor.models.win_sets import Actor, Bargain, Country

THEORIES = ("functionalism", "neofunctionalism", "realism", "intergovernmentalism", "study")
"""The four theories, and the 1993 study's own account."""

UNTIL: Mapping[str, str] = MappingProxyType({"1993": "1993-05-31", "1996": "1996-12-31"})
"""The last day of the evidence: what the study could know, and what came in the years after."""

COUNTING = ("fits", "balance")
"""How to count: what a theory expected, or that minus what went against it."""

READINGS = ("capitals", "putnam", "study", "regions")
"""Who bargains and who ratifies: capitals alone; capitals with regions ratifying (Putnam); regions
with capitals ratifying (the study); regions alone."""

MEMBERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "five": ("CHN", "RUS", "KOR", "PRK", "MNG"),
        "six": baselines.SIX,
        "three": ("CHN", "RUS", "PRK"),
    }
)
"""Who has to agree: the five members, the six with Japan, or the three states on the river."""

RECIPIENTS = ("Pyongyang", "capitals", "regions")
"""To whom an outside body may pay: one capital, every capital, or every region."""

AS_READ = -1
"""Autonomy as read from the evidence, country by country."""


@functools.cache
def status_quo() -> float:
    """Return the place on the line of having no agreement."""
    return baselines.teaching_value("TV701")


# Theories and evidence ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Score:
    """How a theory fares on a body of evidence.

    Attributes
    ----------
    expects, silent, against
        How many observations it expected, has nothing to say on, or has against it.
    """

    expects: int
    silent: int
    against: int

    def counted(self, counting: str) -> int:
        """Count in one of the ways of `COUNTING`."""
        return self.expects if counting == "fits" else self.expects - self.against


@functools.cache
def observations(until: str = "1996") -> tuple[data.Row, ...]:
    """Give the observations that can be made by the end of `until`, one of `UNTIL`, oldest first.

    Raises
    ------
    ValueError
        If `until` is not known.
    """
    if until not in UNTIL:
        raise ValueError(f"until is {until!r}; it must be one of {', '.join(UNTIL)}.")
    rows = [row for row in data.rows("theory_observations") if row["date"] <= UNTIL[until]]
    return tuple(sorted(rows, key=lambda row: row["date"]))


@functools.cache
def verdicts() -> Mapping[tuple[str, str], data.Row]:
    """Give the row of `theory_verdicts` for every observation and theory."""
    return MappingProxyType(
        {(row["observation"], row["theory"]): row for row in data.rows("theory_verdicts")}
    )


def score(theory: str, until: str = "1996") -> Score:
    """Count how a theory fares on the observations up to `until`.

    Raises
    ------
    ValueError
        If `until` is not known.
    KeyError
        If the theory is not one of `THEORIES`.
    """
    found = [verdicts()[row["id"], theory]["verdict"] for row in observations(until)]
    return Score(*(found.count(verdict) for verdict in ("expects", "silent", "against")))


def best(until: str, counting: str = "fits") -> tuple[str, ...]:
    """Name the theories that fare best; more than one when they are level."""
    counts = {theory: score(theory, until).counted(counting) for theory in THEORIES}
    return tuple(theory for theory, count in counts.items() if count == max(counts.values()))


# Near the river and far from it ------------------------------------------------------------------

REGION_PLACES: Mapping[str, str] = MappingProxyType(
    {"CHN": "P13", "RUS": "P27", "JPN": "P61", "PRK": "P44", "MNG": "P69"}
)
"""The row of `places` for the seat of each region that the study names; for South Korea, none."""


def distance_to_the_mouth(place: str) -> float:
    """Compute the distance in kilometres from a place to the mouth of the Tumen, by its id."""
    ends = (data.find(place), data.find("P01"))
    return float(
        great_circle_distance(
            *(float(row[axis]) for row in ends for axis in ("latitude", "longitude"))
        )
    )


# Steps of the six -------------------------------------------------------------------------------


def steps(country: str, direction: str) -> int:
    """Count a country's steps towards the scheme or away from it in `national_moves`."""
    return sum(
        row["country"] == country and row["direction"] == direction
        for row in data.rows("national_moves")
    )


# The game of two ---------------------------------------------------------------------------------


@functools.cache
def _six() -> tuple[Country, ...]:
    return baselines.two_level_countries()


def capital(code: str) -> Actor:
    """Return a capital of the six as the baselines have it."""
    return next(country.centre for country in _six() if country.name == code)


def game_of_two(
    moscow: float | None = None, beijing_cost: float = 0.0, payment: float = 0.0
) -> tuple[Actor, Actor]:
    """Return Beijing and Moscow with equal salience.

    Parameters
    ----------
    moscow
        Moscow's ideal point, 0 to 1; as in the baselines unless told.
    beijing_cost
        What signing costs Beijing at home, at least 0.
    payment
        What Moscow receives for signing, at least 0.
    """
    salience = baselines.teaching_value("TV702")
    ideal = capital("RUS").ideal_point if moscow is None else moscow
    return (
        Actor("Beijing", capital("CHN").ideal_point, salience, agreement_cost=beijing_cost),
        Actor("Moscow", ideal, salience, side_payment=payment),
    )


# The game of six ---------------------------------------------------------------------------------


@functools.cache
def countries(
    members: str = "five", autonomy: float = AS_READ, recipient: str = "Pyongyang", paid: float = 0
) -> tuple[Country, ...]:
    """Return the countries that have to agree, with autonomy and payments as set.

    Parameters
    ----------
    members
        One of `MEMBERS`.
    autonomy
        The same for every region, 0 to 1, or `AS_READ`.
    recipient
        One of `RECIPIENTS`.
    paid
        Side payment to each recipient, at least 0.

    Raises
    ------
    ValueError
        If `members` or `recipient` is not known, or a number is out of range.
    """
    if members not in MEMBERS or recipient not in RECIPIENTS:
        raise ValueError(
            f"members is {members!r} and recipient {recipient!r}; allowed are "
            f"{', '.join(MEMBERS)} and {', '.join(RECIPIENTS)}."
        )
    result = []
    for country in _six():
        if country.name not in MEMBERS[members]:
            continue
        to_centre = recipient == "capitals" or (recipient == "Pyongyang" and country.name == "PRK")
        to_region = recipient == "regions"
        result.append(
            Country(
                country.name,
                replace(country.centre, side_payment=float(paid if to_centre else 0)),
                replace(country.region, side_payment=float(paid if to_region else 0)),
                country.autonomy if autonomy == AS_READ else autonomy,
            )
        )
    return tuple(result)


def at_the_table(reading: str, nations: tuple[Country, ...]) -> tuple[list[Actor], list[Actor]]:
    """Give those who bargain and those who ratify in one of the `READINGS`.

    Raises
    ------
    ValueError
        If the reading is not known.
    """
    centres = [nation.centre for nation in nations]
    regions = [nation.region for nation in nations]
    persuaded = [nation.persuaded_centre for nation in nations]
    tables = {
        "capitals": (centres, []),
        "putnam": (centres, regions),
        "study": (regions, persuaded),
        "regions": (regions, []),
    }
    if reading not in tables:
        raise ValueError(f"reading is {reading!r}; it must be one of {', '.join(READINGS)}.")
    return tables[reading]


@functools.cache
def outcome(
    reading: str = "study",
    members: str = "five",
    autonomy: float = AS_READ,
    recipient: str = "Pyongyang",
    paid: float = 0,
) -> Bargain:
    """Find what is agreed; parameters and errors as in `countries` and `at_the_table`."""
    nations = countries(members, autonomy, recipient, paid)
    bargainers, ratifiers = at_the_table(reading, nations)
    return _bargain(tuple(bargainers), tuple(ratifiers))


@functools.cache
def _bargain(bargainers: tuple[Actor, ...], ratifiers: tuple[Actor, ...]) -> Bargain:
    # Many settings of the controls come down to the same actors.
    return win_sets.bargain(bargainers, status_quo(), ratifiers)


@functools.cache
def limits(
    reading: str = "study",
    members: str = "five",
    autonomy: float = AS_READ,
    recipient: str = "Pyongyang",
    paid: float = 0,
) -> str:
    """Name the actor whose win-set ends first towards the joint authority.

    Returns
    -------
    str
        The actor's name, such as ``"North Korea: centre"``.
    """
    nations = countries(members, autonomy, recipient, paid)
    bargainers, ratifiers = at_the_table(reading, nations)
    sets = {a.name: win_sets.win_set(a, status_quo()) for a in (*bargainers, *ratifiers)}
    return min(sets, key=lambda name: sets[name].upper)


def least_payment(code: str, place: float) -> float:
    """Return the least side payment with which a capital accepts a place on the line.

    From w (|q - x_i| - |x - x_i|) + b - k >= 0, solved for b; 0 where it accepts without.
    """
    actor = capital(code)
    return max(0.0, -float(win_sets.gain(actor, place, status_quo())))


def _agreed(reading: str, members: str = "five", **setting: float | str) -> float:
    point = outcome(reading, members, **setting).point
    if point is None:
        raise ValueError(f"no agreement in the reading {reading!r} of {members} members")
    return point


def _two(**setting: float) -> float:
    point = win_sets.bargain(game_of_two(**setting), status_quo()).point
    if point is None:
        raise ValueError(f"no agreement in the game of two with {setting}")
    return point


_MODEL = "The model of win-sets on a line on the tables baseline_positions, baseline_values and "
_FIVE = _MODEL + "baseline_evidence, for the five members, status quo 0."
_TWO = "The model of win-sets on a line for Beijing and Moscow, salience 1 each, status quo 0."
_CODED = "Counted in the tables theory_observations and theory_verdicts."
_STEPS = "Counted in the table national_moves, up to May 1993."

NUMBERS = (
    Derived("D0701", "where the five agree in Putnam's order", _FIVE, lambda: _agreed("putnam"), 2),
    Derived(
        "D0702", "where the five agree in the study's order", _FIVE, lambda: _agreed("study"), 2
    ),
    Derived(
        "D0703",
        "where all six agree in Putnam's order",
        _FIVE.replace("the five members", "all six"),
        lambda: _agreed("putnam", "six"),
        1,
    ),
    Derived(
        "D0704",
        "upper end of Pyongyang's win-set",
        _MODEL + "its radius around its ideal point.",
        lambda: win_sets.win_set(capital("PRK"), status_quo()).upper,
        1,
    ),
    Derived(
        "D0705",
        "lower end of Tokyo's win-set",
        _MODEL + "its radius around its ideal point.",
        lambda: win_sets.win_set(capital("JPN"), status_quo()).lower,
        1,
    ),
    Derived("D0706", "where the five regions agree alone", _FIVE, lambda: _agreed("regions"), 2),
    Derived(
        "D0707",
        "least side payment with which Pyongyang accepts one zone in three administrations",
        _MODEL + "its gain at 0.5, set to nothing.",
        lambda: least_payment("PRK", 0.5),
        2,
    ),
    Derived("D0708", "where the five capitals agree alone", _FIVE, lambda: _agreed("capitals"), 2),
    Derived(
        "D0709",
        "where the five agree in the study's order when Pyongyang is paid 0.2",
        _FIVE,
        lambda: _agreed("study", recipient="Pyongyang", paid=0.2),
        2,
    ),
    Derived(
        "D0710",
        "where the five agree in Putnam's order when Pyongyang is paid 0.2",
        _FIVE,
        lambda: _agreed("putnam", recipient="Pyongyang", paid=0.2),
        2,
    ),
    Derived(
        "D0711",
        "where the five agree in the study's order with an autonomy of 0.5 everywhere",
        _FIVE,
        lambda: _agreed("study", autonomy=0.5),
        2,
    ),
    Derived(
        "D0712", "steps of South Korea towards the scheme", _STEPS, lambda: steps("KOR", "towards")
    ),
    Derived("D0713", "steps of South Korea away from it", _STEPS, lambda: steps("KOR", "away")),
    Derived(
        "D0714",
        "observations up to May 1993 that the study's account expects",
        _CODED,
        lambda: score("study", "1993").expects,
    ),
    Derived(
        "D0715",
        "observations up to 1996 that intergovernmentalism expects",
        _CODED,
        lambda: score("intergovernmentalism", "1996").expects,
    ),
    Derived("D0716", "where Beijing and Moscow agree", _TWO, lambda: _two(), 1),
    Derived(
        "D0717",
        "where they agree when signing costs Beijing 0.2",
        _TWO,
        lambda: _two(beijing_cost=0.2),
        1,
    ),
    Derived(
        "D0718",
        "upper end of Moscow's win-set",
        _TWO,
        lambda: win_sets.win_set(game_of_two()[1], status_quo()).upper,
        1,
    ),
    Derived(
        "D0719",
        "where they agree when Moscow is paid 0.2",
        _TWO,
        lambda: _two(payment=0.2),
        1,
    ),
    Derived(
        "D0720",
        "observations up to 1996 that go against the study's account",
        _CODED,
        lambda: score("study", "1996").against,
    ),
    Derived("D0721", "observations up to May 1993", _CODED, lambda: len(observations("1993"))),
    Derived("D0722", "observations up to 1996", _CODED, lambda: len(observations("1996"))),
    Derived(
        "D0723",
        "observations up to 1996 that the study's account expects",
        _CODED,
        lambda: score("study", "1996").expects,
    ),
    Derived(
        "D0724",
        "observations up to May 1993 that intergovernmentalism expects",
        _CODED,
        lambda: score("intergovernmentalism", "1993").expects,
    ),
)
