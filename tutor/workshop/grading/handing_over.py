"""What stands in for `tutor.checks` while a notebook is graded: it hands answers over, and judges none.

This file is put in the place of the course's checks in the room where a student's notebook runs.
There are no tasks, no right answers and no hints in that room. `check` writes the answer down as plain
data; whatever a notebook does to this module, to Python or to the file, it can hand over nothing but
values, and those are judged elsewhere.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import json
import math
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tutor.interaction.message import Message
from tutor.interaction.verdict import Verdict

HANDED_OVER_VARIABLE = "TUMEN_HANDED_OVER"
"""Environment variable that names the file for the values, one line of JSON each."""
INPUTS_VARIABLE = "TUMEN_FUNCTION_INPUTS"
"""Environment variable with the inputs (JSON, by task) on which a function is to be called."""

MOST_ITEMS = 10_001
"""One more than the course's checks read, so that they still see what is too long."""
LONGEST_TEXT = 100_001
DEEPEST = 8
_MOST_DIGITS = 400

_remembered: dict[str, Any] = {}


def check(identifier: str, answer: Any = ...) -> Verdict:
    """Hand an answer over."""
    hand_over(identifier, answer)
    return Verdict(
        "noted", "Your answer was handed over; it is judged after your notebook has run."
    )


def hint(identifier: str) -> Message:
    """Say that there are no hints in here."""
    return Message("There are no hints while a notebook is graded.")


def tasks() -> dict[str, Any]:
    """Give no tasks: they are not in this room."""
    return {}


def find_task(identifier: str) -> Any:
    """Find no task: they are not in this room."""
    raise KeyError(f"There is no task {identifier!r} while a notebook is graded.")


def hand_over(identifier: Any, answer: Any, by: str = "check") -> None:
    """Write an answer down as one line of JSON, and whether a call of `check` or its name gave it."""
    if type(identifier) is not str or len(identifier) > 20:
        return
    inputs = json.loads(os.environ.get(INPUTS_VARIABLE, "{}")).get(identifier)
    if inputs is not None and callable(answer):
        value: dict[str, Any] = {"results": [_result(answer, given) for given in inputs]}
    else:
        value = _Encoder().encode(answer)
    line = json.dumps({"task": identifier, "by": by, "value": value})
    with Path(os.environ[HANDED_OVER_VARIABLE]).open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def settle() -> None:
    """Make ready a kernel that has just started: `exit()` in a cell is a slip, and ends nothing."""
    from IPython import get_ipython

    get_ipython().ask_exit = lambda: None


def remember(name: str) -> None:
    """Keep what a name stands for before a cell runs, to see whether the cell gave it a value."""
    _remembered[name] = _names_of_notebook().get(name, _remembered)


def hand_over_if_new(identifier: str, name: str) -> None:
    """Hand over what a cell put under a name, for a cell whose own call of `check` did not run."""
    names = _names_of_notebook()
    if name in names and names[name] is not _remembered.get(name):
        hand_over(identifier, names[name], by="name")


def _names_of_notebook() -> dict[str, Any]:
    from IPython import get_ipython

    return get_ipython().user_ns


def _result(function: Any, given: Any) -> dict[str, Any]:
    try:
        return _Encoder().encode(function(*given))
    except Exception as problem:
        return {"other": type(problem).__name__}


class _Encoder:
    """Writes one value as plain data; what is not plain is named by its kind, and nothing more."""

    def __init__(self) -> None:
        self._left = 3 * MOST_ITEMS

    def encode(self, value: Any, depth: int = 0) -> dict[str, Any]:
        """Write a value as a mapping with one key, the kind."""
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            return {"other": "answer of this depth and size"}
        try:
            return self._plain(value, depth) or self._foreign(value, depth)
        except Exception:
            return {"other": type(value).__name__[:60]}

    def _plain(self, value: Any, depth: int) -> dict[str, Any] | None:
        if value is None:
            return {"none": None}
        if value is Ellipsis:
            return {"dots": None}
        if type(value).__module__.partition(".")[0] in ("numpy", "pandas"):
            return None
        if isinstance(value, bool):
            return {"truth": bool(value)}
        if isinstance(value, int):
            # A whole number beyond these digits is read as "too large" by the checks.
            return {"whole": str(int(value)) if abs(value) < 10**_MOST_DIGITS else "too large"}
        if isinstance(value, float):
            return {"real": float(value).hex() if math.isfinite(value) else repr(float(value))}
        if isinstance(value, str):
            return {"text": str(value)[:LONGEST_TEXT]}
        if isinstance(value, decimal.Decimal):
            return {"decimal": str(value)[:_MOST_DIGITS]}
        if isinstance(value, fractions.Fraction):
            return {"fraction": [str(value.numerator), str(value.denominator)]}
        if isinstance(value, Mapping):
            return {"pairs": self._pairs(value, depth)}
        for kind, name in ((list, "list"), (tuple, "tuple"), (set, "set"), (frozenset, "set")):
            if isinstance(value, kind):
                return {name: self._items(value, depth)}
        if isinstance(value, range | type({}.keys()) | type({}.values())):
            return {"list": self._items(value, depth)}
        if isinstance(value, datetime.date):
            return {"date": value.isoformat()}
        return None

    def _foreign(self, value: Any, depth: int) -> dict[str, Any]:
        library, kind = type(value).__module__.partition(".")[0], type(value).__name__
        if library == "numpy":
            if getattr(value, "ndim", None) == 0:
                return {"numpy": [value.dtype.name, self.encode(value.item(), depth + 1)]}
            if kind == "ndarray":
                flat = [
                    self.encode(item, depth + 1) for item in value.ravel()[:MOST_ITEMS].tolist()
                ]
                return {"array": [value.dtype.name, list(value.shape), flat]}
        if library == "pandas":
            if kind in ("NAType", "NaTType"):
                return {"no value": None}
            if kind == "Series":
                return {
                    "column": [
                        self._items(value.tolist(), depth),
                        self._items(value.index.tolist(), depth),
                        self.encode(value.name, depth + 1),
                    ]
                }
            if kind == "DataFrame":
                names = list(value.columns)[:200]
                columns = [self._items(value[name].tolist(), depth) for name in names]
                return {"table": [self._items(names, depth), columns]}
            if kind == "Timestamp":
                return {"moment": value.isoformat()}
            if hasattr(value, "tolist"):
                return {"index": self._items(value.tolist(), depth)}
        return {"other": kind[:60]}

    def _items(self, values: Any, depth: int) -> list[dict[str, Any]]:
        items = []
        for value in values:
            if len(items) >= MOST_ITEMS:
                break
            items.append(self.encode(value, depth + 1))
        return items

    def _pairs(self, values: Mapping[Any, Any], depth: int) -> list[list[dict[str, Any]]]:
        pairs = []
        for key in values:
            if len(pairs) >= MOST_ITEMS:
                break
            pairs.append([self.encode(key, depth + 1), self.encode(values[key], depth + 1)])
        return pairs
