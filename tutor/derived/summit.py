"""Lesson 09: numbers that follow from the points of the summit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from tutor import baselines, data
from tutor.derived.derived import Derived
from tutor.derived.summit_words import code_of, read_deal
from tutor.models import summit as model
from tutor.models.summit import Deal

COMPANY: Deal = {
    "run": "company",
    "port": "zarubino",
    "pay": "bank",
    "transit": "free",
    "order": "pilot",
}
"""The lesson's worked example: near what the committees of 1992 and 1993 talked about."""


def favourite(code: str) -> Deal:
    """Return the deal that a delegation would write alone."""
    game = baselines.tumen_summit()
    points = game.delegations[game.names.index(code)].points
    return {
        issue: max(points[issue], key=lambda option: points[issue][option])
        for issue in game.issue_names
    }


def record_deal() -> Deal:
    """Return the options that come nearest to what the governments did; the port as the study's last.

    The record chose no main port; the small Russian harbours stand in its place, because the line to
    them was the first to be built.
    """
    found = {row["issue"]: row["option"] for row in data.rows("summit_record")}
    return {issue: option or "zarubino" for issue, option in found.items()}


def improvements(deal: Mapping[str, str]) -> tuple[Deal, ...]:
    """Find the passing deals that leave nobody worse off than a passing deal, and somebody better.

    Those with the largest gain of all together come first; none for a deal in the Pareto set.
    """
    game = baselines.tumen_summit()
    number = game.number(deal)
    own = game.outcomes[number] if game.passes[number] else game.walk_aways
    better = game.passes & (game.outcomes >= own).all(axis=1) & (game.outcomes > own).any(axis=1)
    numbers = [int(place) for place in better.nonzero()[0]]
    numbers.sort(key=lambda place: -float(game.outcomes[place].sum()))
    return tuple(game.deal(place) for place in numbers)


def coalition(signers: tuple[str, ...]) -> int:
    """Count the deals that exactly these delegations would sign."""
    game = baselines.tumen_summit()
    wanted = [name in signers for name in game.names]
    return int((game.signs == wanted).all(axis=1).sum())


@cache
def passing_by_dissenter() -> Mapping[str, int]:
    """Count the passing deals by who stays outside; ``""`` for those that all six sign."""
    game = baselines.tumen_summit()
    found: dict[str, int] = {}
    for signs in game.signs[game.passes]:
        absent = [name for name, sign in zip(game.names, signs, strict=True) if not sign]
        key = absent[0] if absent else ""
        found[key] = found.get(key, 0) + 1
    return found


def passing_with(issue: str, option: str) -> int:
    """Count the passing deals with an option."""
    game = baselines.tumen_summit()
    column = game.issue_names.index(issue)
    place = game.issues[column].options.index(option)
    return int((game.choices[game.passes][:, column] == place).sum())


def scores(run: str, port: str, pay: str, transit: str, order: str) -> dict[str, int]:
    """Return what a deal, given by the keys of its options, is worth to each delegation.

    Raises
    ------
    ValueError
        If an option is not known.
    """
    deal = read_deal({"run": run, "port": port, "pay": pay, "transit": transit, "order": order})
    return {code: int(score) for code, score in model.judge(_game(), deal).scores.items()}


def walk_aways() -> dict[str, int]:
    """Return the walk-away value of each delegation."""
    return {each.name: int(each.walk_away) for each in _game().delegations}


def count_passing(vetoes: Sequence[str] = ("CHN", "RUS", "PRK"), signatures: int = 5) -> int:
    """Count the deals that pass under another rule.

    Parameters
    ----------
    vetoes
        Codes of the delegations without which nothing is made.
    signatures
        How many delegations must sign, from 1 to 6.

    Raises
    ------
    ValueError
        If a code or the number is not allowed.
    """
    codes = {code_of(each) for each in vetoes}
    game = _game()
    changed = replace(
        game,
        delegations=tuple(replace(each, has_veto=each.name in codes) for each in game.delegations),
        signatures_needed=signatures,
    )
    return int(changed.passes.sum())


def _game() -> model.Summit:
    return baselines.tumen_summit()


def _score(code: str, deal: Mapping[str, str]) -> float:
    return model.judge(_game(), deal).scores[code]


def best(code: str) -> float:
    """Return the most points that a delegation has in any passing deal."""
    game = _game()
    return float(game.outcomes[game.passes][:, game.names.index(code)].max())


def nash_of_all() -> Deal:
    """Return the Nash deal among those that all six sign."""
    return model.nash_deals(_game())[_game().names][0]


_COUNTED = "Counted over every deal of the summit's tables."
_POINTS = "From the table summit_points."

NUMBERS = (
    Derived("D0901", "deals that the summit allows", _COUNTED, lambda: len(_game().choices)),
    Derived("D0902", "of them, deals that pass", _COUNTED, lambda: int(_game().passes.sum())),
    Derived("D0903", "of them, in the Pareto set", _COUNTED, lambda: int(_game().is_pareto.sum())),
    Derived(
        "D0904",
        "share of deals that pass, in percent",
        _COUNTED,
        lambda: 100 * float(_game().passes.mean()),
    ),
    Derived(
        "D0905", "deals that all six sign", _COUNTED, lambda: passing_by_dissenter().get("", 0)
    ),
    Derived(
        "D0906",
        "passing deals that Japan does not sign",
        _COUNTED,
        lambda: passing_by_dissenter().get("JPN", 0),
    ),
    Derived(
        "D0907",
        "passing deals that South Korea does not sign",
        _COUNTED,
        lambda: passing_by_dissenter().get("KOR", 0),
    ),
    Derived(
        "D0908",
        "deals that fail because of Russia alone",
        _COUNTED,
        lambda: model.blocked_deals(_game())["RUS"],
    ),
    Derived(
        "D0909",
        "deals that fail because of North Korea alone",
        _COUNTED,
        lambda: model.blocked_deals(_game())["PRK"],
    ),
    Derived(
        "D0910",
        "deals that fail because of China alone",
        _COUNTED,
        lambda: model.blocked_deals(_game())["CHN"],
    ),
    Derived(
        "D0911",
        "points of Mongolia for the worked example",
        _POINTS,
        lambda: _score("MNG", COMPANY),
    ),
    Derived(
        "D0912",
        "points of North Korea for the worked example",
        _POINTS,
        lambda: _score("PRK", COMPANY),
    ),
    Derived(
        "D0913",
        "delegations that sign the worked example",
        _POINTS,
        lambda: len(model.judge(_game(), COMPANY).signers),
    ),
    Derived(
        "D0914",
        "passing deals with one joint authority",
        _COUNTED,
        lambda: passing_with("run", "authority"),
    ),
    Derived(
        "D0915",
        "passing deals in which each pays on its own soil",
        _COUNTED,
        lambda: passing_with("pay", "own"),
    ),
    Derived(
        "D0916",
        "passing deals with separate zones",
        _COUNTED,
        lambda: passing_with("run", "separate"),
    ),
    Derived(
        "D0917",
        "delegations that would sign what came of it",
        "The options of the table summit_record that were chosen, with Zarubino as the port.",
        lambda: len(model.judge(_game(), record_deal()).signers),
    ),
    Derived(
        "D0918",
        "passing deals that are not in the Pareto set",
        _COUNTED,
        lambda: int(_game().passes.sum() - _game().is_pareto.sum()),
    ),
)
