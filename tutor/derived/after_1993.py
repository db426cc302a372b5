"""Lesson 10: the record after 1993, predictions and errors counted, and settings that stall."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np

from tutor import baselines, data
from tutor.baselines import teaching_value
from tutor.derived.derived import Derived
from tutor.models import tradp_curve, tradp_cycle, tradp_experiments
from tutor.models._validation import FloatArray
from tutor.models.tradp_cycle import Push, Settings

FIRST_YEAR, LAST_YEAR = 1993, 2025
"""The years of the lesson's record."""

PERIODS = ((1993, 1995), (1996, 2004), (2005, 2009), (2010, 2019), (2020, 2025))
"""The five stretches in which the lesson reads it."""

CODES: Mapping[str, str] = MappingProxyType(
    {"b": "borne out", "c": "contradicted", "u": "undecided"}
)
"""How a prediction can be coded: the letter by which a learner writes it, and the words."""

ROUNDS = 100
LENGTHS = tuple(range(0, 41, 5))
"""Rounds followed, and lengths of a push, in the comparison of explanations."""


# The record --------------------------------------------------------------------------------------


def end_of(date: str) -> str:
    """Give the last day that a date may mean: ``"1994"`` as ``"1994-12-31"``."""
    return date + "-12-31"[len(date) - 4 :]


def stages_in(year: int) -> tuple[data.Row, ...]:
    """Give the stages near the river that hold on 31 December of a year.

    Raises
    ------
    ValueError
        If the year is not one of the record's.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"year is {year!r}; it can be {FIRST_YEAR} to {LAST_YEAR}.")
    day = f"{year}-12-31"
    return tuple(
        row
        for row in data.rows("river_stages")
        if row["start"] <= day and (not row["end"] or end_of(row["end"]) > day)
    )


def members_in(year: int) -> tuple[str, ...]:
    """Name the members of the programme, or its successor, on 31 December of a year."""
    day = f"{year}-12-31"
    return tuple(
        row["row"]
        for row in data.rows("programme_spans")
        if row["role"] == "member" and row["start"] <= day and (not row["end"] or row["end"] > day)
    )


# The scorecard -----------------------------------------------------------------------------------


def predictions() -> tuple[data.Row, ...]:
    """Give the predictions of the 1993 study, in the order of the scorecard."""
    return data.rows("study_predictions")


def evidence(prediction: str, side: str) -> tuple[data.Row, ...]:
    """Give the evidence ``"for"`` or ``"against"`` a prediction."""
    return tuple(
        row
        for row in data.rows("prediction_evidence")
        if row["prediction"] == prediction and row["side"] == side
    )


def coded(coding: str) -> int:
    """Count the predictions that the course codes in one way, one of the values of `CODES`."""
    return sum(row["coding"] == coding for row in predictions())


# Errors ------------------------------------------------------------------------------------------


def errata(kinds: Iterable[str] = (), severity: str = "all") -> tuple[data.Row, ...]:
    """Give the errata of the 1993 study, of some kinds and one severity, or of all."""
    wanted = set(kinds)
    return tuple(
        row
        for row in data.rows("errata")
        if row["where"].startswith("tumen-1993")
        and (not wanted or row["error_type"] in wanted)
        and severity in ("all", row["severity"])
    )


@functools.cache
def kinds_by_test() -> Mapping[str, tuple[str, ...]]:
    """Give, for each test that finds errors, the kinds that it finds."""
    found: dict[str, list[str]] = {}
    for row in data.rows("error_kinds"):
        found.setdefault(row["test"], []).append(row["kind"])
    return MappingProxyType({test: tuple(kinds) for test, kinds in found.items()})


def found_by(*tests: str) -> int:
    """Count the errata of the study that some tests can find."""
    return len(errata(kind for test in tests for kind in kinds_by_test()[test]))


# Explanations of the stall -----------------------------------------------------------------------


def explanations() -> tuple[data.Row, ...]:
    """Give the rival explanations, the study's own first."""
    return data.rows("rival_explanations")


@functools.cache
def explained(key: str) -> Settings:
    """Return the equal actors under a rival explanation.

    Raises
    ------
    KeyError
        If there is no explanation of that name.
    """
    changes: dict[str, dict[str, Any]] = {
        "short push": {},
        "realist": {"tie_weight": teaching_value("TV828")},
        "intergovernmental": {"feedback": teaching_value("TV827")},
        "markets": {"complementarity": teaching_value("TV1001")},
        "design": {"rule": "minimum"},
        "timing": {"recentralization": teaching_value("TV1002")},
    }
    if key not in changes:
        raise KeyError(f"explanation is {key!r}; it must be one of {', '.join(changes)}.")
    settings = baselines.equal_actors()
    if key == "design":
        values = np.full(len(settings.actors), teaching_value("TV812"))
        values[-1] += teaching_value("TV830")
        changes[key]["reluctance"] = values
    return settings.varied(**changes[key])


@functools.cache
def pushed(key: str) -> FloatArray:
    """Follow the agreement after pushes of every length in `LENGTHS`: rounds + 1 by lengths."""
    settings = explained(key)
    many = settings.varied(support=np.full(len(LENGTHS), float(settings.support)))
    amount = teaching_value("TV831")
    return tradp_cycle.simulate(many, ROUNDS, push=Push(amount, LENGTHS)).agreement


@dataclass(frozen=True)
class Verdict:
    """What the model says under one explanation.

    Attributes
    ----------
    from_nothing, from_full
        Agreement in the long run, from no ties and from a full circle.
    least_push
        Least rounds of a push after which the cycle carries itself; None when none of up to
        TV1003 rounds does.
    """

    from_nothing: float
    from_full: float
    least_push: int | None

    @property
    def stalls(self) -> bool:
        """Whether the programme comes to nothing without a push."""
        return self.from_nothing < 0.5

    @property
    def holds(self) -> bool:
        """Whether a full circle would carry itself."""
        return self.from_full > 0.5


@functools.cache
def verdict(key: str) -> Verdict:
    """Work out an explanation: where it ends, and whether a push would have helped."""
    settings = explained(key)
    outcomes = [p.agreement for p in tradp_curve.fixed_points(settings) if p.is_stable]
    longest = int(teaching_value("TV1003"))
    least = None
    if outcomes[-1] > 0.5:
        push = tradp_experiments.least_push(settings, teaching_value("TV831"), longest=longest)
        least = push.rounds
    return Verdict(outcomes[0], outcomes[-1], least)


def that_stall() -> int:
    """Count the explanations under which nothing comes of the programme without a push."""
    return sum(verdict(row["key"]).stalls for row in explanations())


def mended_by_push() -> tuple[str, ...]:
    """Name the explanations under which a push that lasts would have carried the programme."""
    return tuple(r["key"] for r in explanations() if verdict(r["key"]).least_push is not None)


# A field of settings -----------------------------------------------------------------------------

RELUCTANCES = tuple(round(1 + 0.05 * step, 2) for step in range(11))
PULLS = tuple(round(0.04 * step, 2) for step in range(1, 9))
SUPPORTS = tuple(round(0.1 * step, 1) for step in range(5))
OUTCOMES = ("take-off", "it depends", "stall")
"""What a setting leads to: upward from nothing; only from high enough; nowhere."""


@functools.cache
def field(support: float) -> Mapping[tuple[float, float], str]:
    """Give one of `OUTCOMES` for each recentralization and reluctance, at a support.

    Returns
    -------
    mapping
        ``(recentralization, reluctance)`` to outcome, over `PULLS` and `RELUCTANCES`.
    """
    equal = tradp_cycle.same_for_all(
        ("one", "another"),
        **{name: teaching_value(row) for name, row in baselines.CYCLE_VALUES.items()},
    )
    found = {}
    for pull in PULLS:
        for reluctance in RELUCTANCES:
            settings = equal.varied(
                recentralization=pull, reluctance=reluctance, support=float(support)
            )
            ends = [p.agreement for p in tradp_curve.exact_fixed_points(settings) if p.is_stable]
            found[pull, reluctance] = (
                "take-off" if ends[0] > 0.5 else "it depends" if ends[-1] > 0.5 else "stall"
            )
    return MappingProxyType(found)


def count_in_field(support: float, *outcomes: str) -> int:
    """Count the settings of the field that lead to one of some outcomes."""
    return sum(found in outcomes for found in field(support).values())


# Numbers -----------------------------------------------------------------------------------------


def _value(identifier: str, column: str) -> float:
    return float(data.find(identifier)[column])


def _year(identifier: str) -> int:
    return int(data.find(identifier)["date"][:4])


_SPANS = "Counted in the table programme_spans."
_CODED = "Counted in the table study_predictions: the course's own coding."
_ERRATA = "Counted in the table errata, without the rows on Toloraya's chapter."
_MODEL = "The TRADP model with six equal actors and the changes in rival_explanations."
_FIELD = "The TRADP model with equal actors, over the field of recentralization and reluctance."
_USUAL = 0.1

NUMBERS = (
    Derived("D1001", "members after the signing", _SPANS, lambda: len(members_in(1996))),
    Derived("D1002", "members in the last year", _SPANS, lambda: len(members_in(LAST_YEAR))),
    Derived(
        "D1003",
        "years from the agreements to the last meeting of the record",
        "E145 minus E109.",
        lambda: _year("E145") - _year("E109"),
    ),
    Derived("D1004", "predictions of the scorecard", _CODED, lambda: len(predictions())),
    Derived("D1005", "predictions borne out", _CODED, lambda: coded("borne out")),
    Derived("D1006", "predictions contradicted", _CODED, lambda: coded("contradicted")),
    Derived("D1007", "predictions undecided", _CODED, lambda: coded("undecided")),
    Derived("D1008", "errata of the study", _ERRATA, lambda: len(errata())),
    Derived("D1009", "major errata of the study", _ERRATA, lambda: len(errata(severity="major"))),
    Derived(
        "D1010",
        "errata that the text alone shows",
        _ERRATA,
        lambda: found_by("the text alone"),
    ),
    Derived("D1011", "errata overtaken by events", _ERRATA, lambda: len(errata(["overtaken"]))),
    Derived("D1012", "wrong dates", _ERRATA, lambda: len(errata(["date"]))),
    Derived(
        "D1013",
        "errata that text, map, calendar or arithmetic show, without another source",
        _ERRATA,
        lambda: found_by("the text alone", "a map", "a calendar", "arithmetic"),
    ),
    Derived(
        "D1014",
        "private money that had come by 1995, in percent of the money needed",
        "PM03 divided by F001.",
        lambda: 100 * _value("PM03", "million_usd") / _value("F001", "value"),
        1,
    ),
    Derived("D1015", "rival explanations", _MODEL, lambda: len(explanations())),
    Derived("D1016", "explanations under which it stalls", _MODEL, that_stall),
    Derived(
        "D1017",
        "explanations under which a push that lasts would have helped",
        _MODEL,
        lambda: len(mended_by_push()),
    ),
    Derived(
        "D1018",
        "least rounds of a push of 0.3 if it was only too short",
        _MODEL,
        lambda: verdict("short push").least_push or 0,
    ),
    Derived("D1019", "settings in the field", _FIELD, lambda: len(field(_USUAL))),
    Derived(
        "D1020",
        "settings that end in stall when they begin from nothing",
        _FIELD,
        lambda: count_in_field(_USUAL, "stall", "it depends"),
    ),
    Derived(
        "D1021", "settings that can only stall", _FIELD, lambda: count_in_field(_USUAL, "stall")
    ),
    Derived(
        "D1022",
        "settings that end in stall from nothing, in percent",
        _FIELD,
        lambda: 100 * count_in_field(_USUAL, "stall", "it depends") / len(field(_USUAL)),
    ),
    Derived("D1023", "first year of the record", "The study's year.", lambda: FIRST_YEAR),
    Derived("D1024", "last year of the record", "The last meeting.", lambda: LAST_YEAR),
    Derived(
        "D1025",
        "years of the Hunchun railway without regular trains",
        "From the end of AS06 to the beginning of AS08, in full years.",
        lambda: int(data.find("AS08")["start"][:4]) - int(data.find("AS06")["end"][:4]),
    ),
    Derived("D1026", "the most support in the field", _FIELD, lambda: SUPPORTS[-1], 1),
    Derived(
        "D1027",
        "predictions with evidence on one side only",
        "Counted in the table prediction_evidence.",
        lambda: sum(
            not (evidence(row["id"], "for") and evidence(row["id"], "against"))
            for row in predictions()
        ),
    ),
)
