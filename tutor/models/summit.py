"""The Tumen summit: a negotiation whose every possible outcome can be counted.

Six delegations settle five issues at once. Each has points of its own for every option and a
walk-away value, what it has without a deal; points of different delegations cannot be compared. A
deal needs the three states on the river and at least five of the six. With several issues on the
table delegations can trade what matters little to them for what matters much, so that one deal can
be better than another for some and worse for nobody; talks often leave such a deal unfound.

Symbols
-------
deal       one option for each issue
score      sum of a delegation's points for the options of a deal
signs      a delegation signs a deal whose score reaches its walk-away value
passes     everybody with a veto signs, and enough delegations do
surplus    score less walk-away value
outcome    a signer's score; a delegation that does not sign keeps its walk-away value
Pareto     a passing deal is in the Pareto set if no other passing deal gives some delegation a
           better outcome and none a worse one
Nash deal  among passing deals with the same signers, the one with the largest product of the
           signers' surpluses

Source
------
Scorable negotiations as in Raiffa (1982, key raiffa-1982); Nash (1950, key nash-1950). Points and
walk-away values are the course's own, from the interests that the 1993 Tumen study (key
tumen-1993) reports; the tables give the reason for each.

Left out
--------
What talks are made of: trust, face, threats, and what else the delegations have to settle.
"""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray

Deal = dict[str, str]
"""Option by issue."""


@dataclass(frozen=True)
class Issue:
    """What has to be settled, and how it can be.

    Attributes
    ----------
    name
        The issue.
    options
        Its options, at least two, in the order of the agenda.
    """

    name: str
    options: tuple[str, ...]

    def __post_init__(self) -> None:
        options = validation.distinct_names(f"options of {self.name}", self.options, at_least=2)
        object.__setattr__(self, "options", options)


@dataclass(frozen=True)
class Delegation:
    """A party to the talks.

    Attributes
    ----------
    name
        The delegation.
    points
        Points by issue and option, each at least 0.
    walk_away
        The score below which it does not sign, at least 0.
    has_veto
        Whether there is no deal without it.
    """

    name: str
    points: Mapping[str, Mapping[str, float]]
    walk_away: float
    has_veto: bool = False


@dataclass(frozen=True, eq=False)
class Reply:
    """What a computer delegation says to an offer.

    Attributes
    ----------
    delegation
        Who answers.
    answer
        "accept", "counter" or "refuse".
    score
        What the offer is worth to it.
    needed
        What it insists on at this stage.
    hurts
        The issue on which it loses most against its best option; None if it accepts.
    counter
        The offer changed as little as it can bear; None if it accepts or refuses outright.
    """

    delegation: str
    answer: str
    score: float
    needed: float
    hurts: str | None
    counter: Deal | None


@dataclass(frozen=True)
class Verdict:
    """What a deal comes to.

    Attributes
    ----------
    deal
        Option by issue.
    scores
        Score by delegation.
    signers
        Who signs.
    passes
        Whether it is a deal.
    obstacles
        Those with a veto who do not sign, and, if they are too few, all others who do not.
    is_pareto
        Whether no passing deal is better for some and worse for none; False if it does not pass.
    better_deals
        By delegation, how many passing deals give it a better outcome.
    """

    deal: Deal
    scores: dict[str, float]
    signers: tuple[str, ...]
    passes: bool
    obstacles: tuple[str, ...]
    is_pareto: bool
    better_deals: dict[str, int]


@dataclass(frozen=True)
class Balance:
    """Whether the game is worth playing.

    Attributes
    ----------
    passing_share
        Share of all deals that pass.
    favourites_that_pass
        Delegations of whose favourite deals (several, if options tie) one passes.
    options_in_every_passing_deal
        Issue and option without which nothing passes.
    """

    passing_share: float
    favourites_that_pass: tuple[str, ...]
    options_in_every_passing_deal: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Summit:
    """The whole game. Everything below is worked out when first asked for.

    Attributes
    ----------
    issues
        At least one.
    delegations
        At least two.
    signatures_needed
        How many delegations must sign, besides all of those with a veto.

    Raises
    ------
    ValueError
        If a name comes twice, points are missing or negative, or the signatures needed are more
        than the delegations.
    KeyError
        If points are given for an unknown issue or option; the message names close ones.
    """

    issues: tuple[Issue, ...]
    delegations: tuple[Delegation, ...]
    signatures_needed: int

    def __post_init__(self) -> None:
        validation.distinct_names("issues", self.issue_names)
        validation.distinct_names("delegations", self.names, at_least=2)
        validation.whole_number(
            "signatures_needed", self.signatures_needed, at_least=1, at_most=len(self.delegations)
        )
        for each in self.delegations:
            validation.number(f"walk_away of {each.name}", each.walk_away, at_least=0)
            _check_points(each, self.issues)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the delegations."""
        return tuple(each.name for each in self.delegations)

    @property
    def issue_names(self) -> tuple[str, ...]:
        """Names of the issues."""
        return tuple(issue.name for issue in self.issues)

    @cached_property
    def choices(self) -> NDArray[np.int_]:
        """Every deal as the places of its options: deals x issues."""
        places = [range(len(issue.options)) for issue in self.issues]
        return validation.read_only(np.array(list(itertools.product(*places))))

    @cached_property
    def walk_aways(self) -> FloatArray:
        """Walk-away value by delegation."""
        return validation.read_only(np.array([float(each.walk_away) for each in self.delegations]))

    @cached_property
    def scores(self) -> FloatArray:
        """Score of every deal for every delegation: deals x delegations."""
        total = np.zeros((len(self.choices), len(self.delegations)))
        for column, issue in enumerate(self.issues):
            points = [
                [float(each.points[issue.name][option]) for each in self.delegations]
                for option in issue.options
            ]
            total += np.array(points)[self.choices[:, column]]
        return validation.read_only(total)

    @cached_property
    def signs(self) -> NDArray[np.bool_]:
        """Who signs which deal: deals x delegations."""
        return validation.read_only(self.scores >= self.walk_aways)

    @cached_property
    def passes(self) -> NDArray[np.bool_]:
        """Which deals pass."""
        return validation.read_only(self._passing(self.signs))

    @cached_property
    def outcomes(self) -> FloatArray:
        """What each delegation has after a deal: its score if it signs, else its walk-away."""
        return validation.read_only(np.where(self.signs, self.scores, self.walk_aways))

    @cached_property
    def is_pareto(self) -> NDArray[np.bool_]:
        """Which deals pass and are in the Pareto set of passing deals."""
        result = np.zeros(len(self.choices), dtype=np.bool_)
        passing = np.flatnonzero(self.passes)
        outcomes = self.outcomes[passing]
        for place, own in zip(passing, outcomes, strict=True):
            dominating = (outcomes >= own).all(axis=1) & (outcomes > own).any(axis=1)
            result[place] = not dominating.any()
        return validation.read_only(result)

    def deal(self, number: int) -> Deal:
        """Return deal number `number` as option by issue."""
        number = validation.whole_number(
            "number", number, at_least=0, at_most=len(self.choices) - 1
        )
        return {
            issue.name: issue.options[place]
            for issue, place in zip(self.issues, self.choices[number], strict=True)
        }

    def number(self, deal: Mapping[str, str]) -> int:
        """Return the number of a deal.

        Raises
        ------
        KeyError
            If an issue or an option is not known; the message names close ones.
        ValueError
            If an issue is missing.
        """
        if not isinstance(deal, Mapping):
            raise ValueError(f"deal is {deal!r}; it must give an option for each issue.")
        for name in deal:
            validation.one_of("issue", name, self.issue_names)
        missing = [name for name in self.issue_names if name not in deal]
        if missing:
            raise ValueError(f"deal settles nothing on {', '.join(missing)}; it must on all.")
        result = 0
        for issue in self.issues:
            place = validation.index_of(f"option on {issue.name}", deal[issue.name], issue.options)
            result = result * len(issue.options) + place
        return result

    def _passing(self, signs: NDArray[np.bool_]) -> NDArray[np.bool_]:
        veto = [place for place, each in enumerate(self.delegations) if each.has_veto]
        return signs[:, veto].all(axis=1) & (signs.sum(axis=1) >= self.signatures_needed)


def judge(summit: Summit, deal: Mapping[str, str]) -> Verdict:
    """Say what a deal comes to: who signs, whether it passes, what was left on the table.

    Parameters
    ----------
    summit
        The game.
    deal
        An option for each issue.

    Raises
    ------
    KeyError, ValueError
        As `Summit.number`.
    """
    number = summit.number(deal)
    signs, passes = summit.signs[number], bool(summit.passes[number])
    absent = [each for each, sign in zip(summit.delegations, signs, strict=True) if not sign]
    too_few = signs.sum() < summit.signatures_needed
    better = summit.outcomes[summit.passes] > (
        summit.outcomes[number] if passes else summit.walk_aways
    )
    return Verdict(
        deal=summit.deal(number),
        scores=_by_name(summit, summit.scores[number]),
        signers=tuple(name for name, sign in zip(summit.names, signs, strict=True) if sign),
        passes=passes,
        obstacles=tuple(each.name for each in absent if not passes and (each.has_veto or too_few)),
        is_pareto=bool(summit.is_pareto[number]),
        better_deals={
            name: int(count) for name, count in _by_name(summit, better.sum(axis=0)).items()
        },
    )


def best_deals(summit: Summit) -> dict[str, tuple[Deal, ...]]:
    """Find each delegation's best passing deals: several if they tie, none if nothing passes."""
    passing = np.flatnonzero(summit.passes)
    result = {}
    for column, name in enumerate(summit.names):
        values = summit.outcomes[passing, column]
        top = passing[values == values.max()] if len(passing) else passing
        result[name] = tuple(summit.deal(int(number)) for number in top)
    return result


def nash_deals(summit: Summit) -> dict[tuple[str, ...], tuple[Deal, ...]]:
    """Find the Nash deals: for each set of signers, those with the largest product of surpluses.

    Products are compared only among deals with the same signers, since a delegation more or less
    would change their meaning. Several deals can tie. The dissenter keeps its walk-away value.

    Returns
    -------
    dict
        Signers to deals; the largest sets of signers come first.

    Source: Nash (1950), taken over a finite set of deals.
    """
    passing = np.flatnonzero(summit.passes)
    groups: dict[tuple[bool, ...], list[int]] = {}
    for number in passing:
        groups.setdefault(tuple(summit.signs[number].tolist()), []).append(int(number))
    result = {}
    for signs in sorted(groups, key=lambda each: (-sum(each), [not sign for sign in each])):
        numbers = np.array(groups[signs])
        columns = np.flatnonzero(signs)
        surplus = summit.scores[numbers][:, columns] - summit.walk_aways[columns]
        product = surplus.prod(axis=1)
        signers = tuple(summit.names[column] for column in columns)
        result[signers] = tuple(
            summit.deal(int(number)) for number in numbers[product == product.max()]
        )
    return result


def blocked_deals(summit: Summit) -> dict[str, int]:
    """Count for each delegation the deals that fail and would pass if it alone signed too."""
    result = {}
    for column, name in enumerate(summit.names):
        signs = summit.signs.copy()
        signs[:, column] = True
        result[name] = int((summit._passing(signs) & ~summit.passes).sum())
    return result


def balance(summit: Summit) -> Balance:
    """Measure whether the game is balanced; the course's rules for it are tested."""
    passing = summit.choices[summit.passes]
    favourites = [
        name
        for column, name in enumerate(summit.names)
        if summit.passes[summit.scores[:, column] == summit.scores[:, column].max()].any()
    ]
    indispensable = [
        (issue.name, issue.options[passing[0, column]])
        for column, issue in enumerate(summit.issues)
        if len(passing) and (passing[:, column] == passing[0, column]).all()
    ]
    return Balance(float(summit.passes.mean()), tuple(favourites), tuple(indispensable))


def reply(
    summit: Summit, delegation: str, offer: Mapping[str, str], ambition: float = 0.0
) -> Reply:
    """Let a computer delegation answer an offer, from its own points alone.

    It accepts what reaches its walk-away value and, early in the talks, a share of what it could
    gain at best. Otherwise it offers back the deal that changes the fewest issues and, among
    those, asks for least. If that takes more than half of the issues it refuses outright. With an
    offer that it would not sign it names the issue on which it loses most.

    Parameters
    ----------
    summit
        The game.
    delegation
        Who answers.
    offer
        An option for each issue.
    ambition
        From 0 (anything above walk-away) to 1 (its own favourite only); let it fall as the talks
        go on.

    Raises
    ------
    KeyError
        If the delegation, an issue or an option is not known.
    ValueError
        If an issue is missing or the ambition is out of range.

    Source: the course's own rule.
    """
    column = validation.index_of("delegation", delegation, summit.names)
    number = summit.number(offer)
    ambition = validation.number("ambition", ambition, at_least=0, at_most=1)
    scores, least = summit.scores[:, column], float(summit.walk_aways[column])
    score = float(scores[number])
    # A favourite below the walk-away value would leave nothing to hope for; then it just refuses.
    needed = max(least, least + ambition * (float(scores.max()) - least))
    if score >= needed:
        return Reply(delegation, "accept", score, needed, None, None)
    points = summit.delegations[column].points
    loss = {
        name: max(points[name].values()) - points[name][offer[name]] for name in summit.issue_names
    }
    hurts = max(loss, key=lambda name: loss[name])
    changes = (summit.choices != summit.choices[number]).sum(axis=1)
    good = np.flatnonzero((scores >= needed) & (changes <= (len(summit.issues) + 1) // 2))
    if not len(good):
        return Reply(delegation, "refuse", score, needed, hurts, None)
    fewest = good[changes[good] == changes[good].min()]
    modest = int(fewest[scores[fewest].argmin()])
    return Reply(delegation, "counter", score, needed, hurts, summit.deal(modest))


def _check_points(delegation: Delegation, issues: Sequence[Issue]) -> None:
    """Check that a delegation has points for every option and for nothing else."""
    names = [issue.name for issue in issues]
    for name in delegation.points:
        validation.one_of(f"points of {delegation.name}", name, names)
    for issue in issues:
        given = delegation.points.get(issue.name, {})
        for option in given:
            validation.one_of(f"points of {delegation.name} on {issue.name}", option, issue.options)
        for option in issue.options:
            if option not in given:
                raise ValueError(
                    f"points of {delegation.name} on {issue.name} lack the option {option}."
                )
            validation.number(
                f"points of {delegation.name} for {option}", given[option], at_least=0
            )


def _by_name(summit: Summit, values: Any) -> dict[str, float]:
    return {name: float(value) for name, value in zip(summit.names, values, strict=True)}
