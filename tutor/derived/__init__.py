"""Numbers that the course computes from its data: each with its id, how it is made and its inputs.

Prose links to them as it links to rows, ``[0.54](#D0102)``, and the same test holds the text to the
value. The first two digits of an id are the lesson's number; one module a lesson holds them in its
``NUMBERS``. They stand between data and models, which they call, and everything that shows them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from tutor.derived.derived import Derived

__all__ = ["Derived", "all_derived", "derived"]


@cache
def all_derived() -> Mapping[str, Derived]:
    """Give every computed number by id.

    Raises
    ------
    ValueError
        Two numbers have the same id.
    """
    found: dict[str, Derived] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        for number in getattr(importlib.import_module(f"{__name__}.{module}"), "NUMBERS", ()):
            if number.id in found:
                raise ValueError(f"{number.id} is the id of two numbers; each needs its own.")
            found[number.id] = number
    return MappingProxyType(found)


def derived(identifier: str) -> Derived:
    """Find a computed number by its id; an unknown id raises KeyError."""
    return all_derived()[identifier]
