"""What can be said of the summit: its delegations, issues and options in words, and how a deal is read."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any

from tutor import data


@cache
def _names() -> Mapping[str, str]:
    known = {row["id"]: row["name"] for row in data.rows("actors")}
    return MappingProxyType(
        {row["delegation"]: known[row["delegation"]] for row in data.rows("summit_delegations")}
    )


def name_of(code: str) -> str:
    """Return the name of a delegation's country."""
    return _names()[code]


@cache
def _issue_names() -> Mapping[str, str]:
    return MappingProxyType({row["key"]: row["name"] for row in data.rows("summit_issues")})


def issue_name(issue: str) -> str:
    """Return what an issue is called."""
    return _issue_names()[issue]


@cache
def options_of(issue: str) -> Mapping[str, str]:
    """Return the names of an issue's options by key, in the order of the agenda."""
    return MappingProxyType(
        {row["key"]: row["name"] for row in data.rows("summit_options") if row["issue"] == issue}
    )


def option_name(option: str) -> str:
    """Return what an option is called."""
    return next(row["name"] for row in data.rows("summit_options") if row["key"] == option)


@cache
def reason_of(code: str, option: str) -> str:
    """Return why an option is worth what it is worth to a delegation."""
    return next(
        row["reason"]
        for row in data.rows("summit_points")
        if (row["delegation"], row["option"]) == (code, option)
    )


def deal_in_words(deal: Mapping[str, str]) -> str:
    """Say a deal in one line."""
    return "; ".join(option_name(option) for option in deal.values())


# Reading what a person typed -------------------------------------------------------------------


def code_of(given: Any) -> str:
    """Return the code of a delegation, given by code or name.

    Raises
    ------
    ValueError
        If there is no such delegation.
    """
    known = {name.lower(): code for code, name in _names().items()}
    known |= {code.lower(): code for code in _names()}
    if isinstance(given, str) and given.strip().lower() in known:
        return known[given.strip().lower()]
    raise ValueError(
        f"delegation is {shortened(given)}; it must be one of "
        f"{', '.join(f'{code} ({name})' for code, name in _names().items())}."
    )


def read_deal(given: Any) -> dict[str, str]:
    """Read a deal: a mapping from issues to options, both by key or name, in any order.

    Raises
    ------
    ValueError
        If it is not a whole deal; the message says what is missing or not known.
    """
    if not isinstance(given, Mapping):
        raise ValueError(
            f"The deal is {shortened(given)}; give an option for each issue: {_example()}."
        )
    read = {}
    for issue, option in list(given.items())[:50]:
        key = _key("issue", issue, _issue_names())
        read[key] = _key(f"option on “{_issue_names()[key]}”", option, options_of(key))
    missing = [name for key, name in _issue_names().items() if key not in read]
    if missing:
        raise ValueError(f"The deal settles nothing on: {', '.join(missing)}. It must settle all.")
    return {key: read[key] for key in _issue_names()}


def _key(what: str, given: Any, known: Mapping[str, str]) -> str:
    words = {key.lower(): key for key in known} | {n.lower(): k for k, n in known.items()}
    if isinstance(given, str):
        if given.strip().lower() in words:
            return words[given.strip().lower()]
        close = difflib.get_close_matches(given.strip().lower()[:60], words, 1)
        hint = f" Did you mean {words[close[0]]!r}?" if close else ""
    else:
        hint = ""
    raise ValueError(f"{what} is {shortened(given)}; it must be one of {', '.join(known)}.{hint}")


def shortened(given: Any) -> str:
    """Say what was given in at most sixty letters, whatever it is."""
    try:
        text = repr(given)
    except Exception:
        text = f"of the kind {type(given).__name__}"
    return text if len(text) <= 60 else text[:57] + "..."


def _example() -> str:
    return ", ".join(f'{key}="{next(iter(options_of(key)))}"' for key in _issue_names())
