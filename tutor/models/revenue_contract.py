"""A revenue contract between a locality and its centre, and the reason to grow that it gives.

A locality sends a fixed sum up for the revenue of a base year. Of every yuan above the base it
keeps the retained share and sends up the rest. The terms hold for the years of the contract. What
the officials build they pay for themselves, so a project pays for the locality when the retained
part of what it adds is worth more than it cost.

Symbols
-------
s   retained share of revenue above the base, 0 to 1
B   revenue of the base year, at least 0
F   sum sent up for the base, at least 0
n   years of the contract, at least 0
c   cost of a project to the locality, at least 0
a   revenue that the project adds a year, at least 0

    sent up         F + (1 - s) (R - B)     at revenue R
    gain of the locality    s a n - c
    receipts of the centre  (1 - s) a n

Source
------
The argument, not the formula, is that of Oi (1992, key oi-1992); the objection that the centre may
be left poor is Shirk's (1993, key shirk-1993). The formula is the course's own, the simplest that
holds both.

Left out
--------
Officials' own rewards, discounting, risk, bargaining over the next contract, and revenue hidden
from the centre.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.models import _validation as validation


@dataclass(frozen=True)
class Project:
    """Something that a locality could build.

    Parameters
    ----------
    name : str
        What it is called.
    cost : float
        What the locality pays for it once, in any money; at least 0.
    added_revenue : float
        Revenue that it adds every year, in the same money; at least 0.

    Raises
    ------
    ValueError
        A number is missing or below 0.
    """

    name: str
    cost: float
    added_revenue: float

    def __post_init__(self) -> None:
        validation.number("cost", self.cost, at_least=0)
        validation.number("added_revenue", self.added_revenue, at_least=0)


@dataclass(frozen=True)
class Outcome:
    """What the projects that pay for the locality bring.

    Attributes
    ----------
    started : tuple of str
        Names of the projects with a gain above 0.
    local_gain : float
        What the locality has left of them after their cost, over the whole contract.
    centre_receipts : float
        What they send to the centre over the whole contract.
    """

    started: tuple[str, ...]
    local_gain: float
    centre_receipts: float


def sent_up(revenue: float, retained_share: float, base: float, fixed: float) -> float:
    """Give what a locality sends to the centre in a year.

    Parameters
    ----------
    revenue : float
        Revenue of the year; at least 0.
    retained_share : float
        Share of revenue above the base that the locality keeps, 0 to 1. Below the base it bears the
        same share of the shortfall.
    base : float
        Revenue of the base year; at least 0.
    fixed : float
        Sum sent up for the base; from 0 to `base`.

    Returns
    -------
    float
        The sum sent up; negative when a poor year turns it into a subsidy.

    Raises
    ------
    ValueError
        An argument is not a number or outside its range.

    Examples
    --------
    >>> sent_up(revenue=120, retained_share=0.5, base=100, fixed=40)
    50.0
    """
    revenue = validation.number("revenue", revenue, at_least=0)
    share = validation.number("retained_share", retained_share, at_least=0, at_most=1)
    base = validation.number("base", base, at_least=0)
    fixed = validation.number("fixed", fixed, at_least=0, at_most=base)
    return fixed + (1 - share) * (revenue - base)


def kept(revenue: float, retained_share: float, base: float, fixed: float) -> float:
    """Give what a locality keeps in a year; parameters and errors as in `sent_up`.

    Examples
    --------
    >>> kept(revenue=120, retained_share=0.5, base=100, fixed=40)
    70.0
    """
    return float(revenue) - sent_up(revenue, retained_share, base, fixed)


def local_gain(project: Project, retained_share: float, years: float) -> float:
    """Give what a project leaves the locality after its cost, over the whole contract.

    Parameters
    ----------
    project : Project
        The project.
    retained_share : float
        Share of what it adds that the locality keeps, 0 to 1.
    years : float
        Years of the contract; at least 0.

    Returns
    -------
    float
        The gain; negative when the project does not pay for the locality.

    Raises
    ------
    ValueError
        An argument is not a number or outside its range.
    """
    share = validation.number("retained_share", retained_share, at_least=0, at_most=1)
    years = validation.number("years", years, at_least=0)
    return share * project.added_revenue * years - project.cost


def break_even_share(project: Project, years: float) -> float:
    """Give the retained share above which a project pays for the locality.

    Parameters
    ----------
    project : Project
        The project.
    years : float
        Years of the contract; above 0.

    Returns
    -------
    float
        The share; above 1 when no contract of this length makes the project pay, infinite when it
        adds nothing.

    Raises
    ------
    ValueError
        `years` is not a number above 0.
    """
    added = project.added_revenue * validation.number("years", years, more_than=0)
    return project.cost / added if added > 0 else float("inf")


def outcome(projects: Sequence[Project], retained_share: float, years: float) -> Outcome:
    """Give what happens when officials start every project that pays for their locality.

    Parameters
    ----------
    projects : sequence of Project
        What could be built.
    retained_share : float
        Share of added revenue that the locality keeps, 0 to 1.
    years : float
        Years of the contract; at least 0.

    Returns
    -------
    Outcome
        The projects started, what they leave the locality and what they send to the centre.

    Raises
    ------
    ValueError
        An argument is not a number or outside its range.
    """
    gains = {project: local_gain(project, retained_share, years) for project in projects}
    started = [project for project, gain in gains.items() if gain > 0]
    added = sum(project.added_revenue for project in started) * years
    return Outcome(
        started=tuple(project.name for project in started),
        local_gain=sum(gains[project] for project in started),
        centre_receipts=(1 - retained_share) * added,
    )
