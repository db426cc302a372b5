"""Reading what a learner typed or computed, in any of the forms it may come in.

Nothing here trusts the object it is given: no comparison, no length and no text of a foreign object is
asked for outside `guarded`, and the object itself is never changed.
"""

from __future__ import annotations

import decimal
import fractions
import math
import numbers
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

LARGEST_LIST = 10_000
"""The most items that an answer may have: no task of the course needs more than some dozens."""
LONGEST_TEXT = 100_000


@dataclass(frozen=True)
class Unreadable:
    """An answer that cannot be judged.

    Parameters
    ----------
    reason : str
        What was given and what is needed, said to the learner.
    missing : bool
        Whether she has not answered yet (as against answered in a form that cannot be read).
    """

    reason: str
    missing: bool = False


NOTHING = Unreadable(
    "Put your answer in place of the three dots, and run the cell again.", missing=True
)


def guarded(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Make a reader that turns whatever goes wrong inside a foreign object into `Unreadable`."""

    def safe(answer: Any) -> Any:
        try:
            return read(answer)
        except Exception as problem:
            return Unreadable(
                f"Your answer could not be read: looking at it raised {type(problem).__name__}. "
                "Give a plain number, text or list."
            )

    return safe


@guarded
def number(answer: Any) -> float | Unreadable:
    """Read a number from an int, float, Decimal, NumPy or pandas value, a text, or a list of one.

    Parameters
    ----------
    answer : object
        Anything at all.

    Returns
    -------
    float or Unreadable
        A finite number; or what is wrong with the answer.
    """
    if is_missing(answer):
        return NOTHING
    answer = _only_item(answer)
    if isinstance(answer, bool) or type(answer).__name__ in ("bool_", "bool"):
        return Unreadable("Your answer is True or False; a number is needed.")
    if isinstance(answer, str):
        return _number_from_text(answer)
    if isinstance(answer, decimal.Decimal | fractions.Fraction | numbers.Real):
        return _finite(answer)
    return Unreadable(f"Your answer is {_kind(answer)}; a number is needed, such as 12 or 0.5.")


@guarded
def text(answer: Any) -> str | Unreadable:
    """Read a text; spaces at the ends do not matter."""
    if is_missing(answer):
        return NOTHING
    answer = _only_item(answer)
    if not isinstance(answer, str):
        return Unreadable(
            f'Your answer is {_kind(answer)}; a text is needed, in quotation marks: "like this".'
        )
    if len(answer) > LONGEST_TEXT:
        return Unreadable(
            f"Your text has {len(answer):,} characters; at most {LONGEST_TEXT:,} are read."
        )
    return str(answer).strip() or NOTHING


@guarded
def items(answer: Any) -> tuple[Any, ...] | Unreadable:
    """Read several values, in their order.

    From a list, tuple, set, array, Series, index or text with commas.
    """
    if is_missing(answer):
        return NOTHING
    if isinstance(answer, str):
        parts = tuple(part.strip() for part in answer.split(",") if part.strip())
        return parts or NOTHING
    if isinstance(answer, Mapping):
        return Unreadable("Your answer is a dictionary; a list is needed: [first, second, ...].")
    if type(answer).__name__ == "DataFrame":
        return Unreadable(
            'Your answer is a whole table; a list or one column is needed: table["column"].'
        )
    listed = _listed(answer)
    if listed is None:
        return Unreadable(
            f"Your answer is {_kind(answer)}; a list is needed: [first, second, ...]."
        )
    if len(listed) > LARGEST_LIST:
        return Unreadable("Your list is far longer than any answer of this course.")
    return listed or Unreadable(
        "Your list is empty. Put your answers between the brackets.", missing=True
    )


@guarded
def names(answer: Any) -> tuple[str, ...] | Unreadable:
    """Read several texts, such as country codes, in their order; case and outer spaces do not matter."""
    read = items(answer)
    if isinstance(read, Unreadable):
        return read
    for item in read:
        if not isinstance(item, str):
            return Unreadable(
                f'Your list holds {_kind(item)}; it should hold texts in quotation marks: ["one", "two"].'
            )
    return tuple(fold(str(item)) for item in read)


def fold(value: str) -> str:
    """Bring a text to the form in which texts are compared: lower case, single spaces."""
    return " ".join(value.split()).casefold()


def is_missing(answer: Any) -> bool:
    """Whether there is no answer yet: ``...``, ``None``, an empty text, or a table cell without a value."""
    if answer is None or answer is Ellipsis or type(answer).__name__ in ("NAType", "NaTType"):
        return True
    return type(answer) is str and answer.strip() in ("", "...")


def _number_from_text(answer: str) -> float | Unreadable:
    squeezed = re.sub(r"[\s_\u00a0\u202f]", "", answer).replace("\u2212", "-").lstrip("+")
    if squeezed.endswith("%"):
        return Unreadable(
            f"Your answer is {answer[:40]!r}: leave out the percent sign, and give the number that "
            "the question asks for."
        )
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", squeezed):
        squeezed = squeezed.replace(",", "")
    if not re.fullmatch(r"-?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,4})?", squeezed, re.IGNORECASE):
        return Unreadable(
            f"Your answer is the text {answer[:40]!r}; a number is needed. "
            "Give digits only, with a point for decimals: 1938 or 0.25."
        )
    return _finite(float(squeezed))


def _finite(answer: Any) -> float | Unreadable:
    try:
        value = float(answer)
    except OverflowError:
        return Unreadable("Your number is too large to be read.")
    if not math.isfinite(value):
        return Unreadable(
            "Your answer is not a finite number (it is infinite or 'not a number'). "
            "This often comes from dividing by zero or from an empty cell."
        )
    return value


def _only_item(answer: Any) -> Any:
    """Take the one value out of a list, array, Series or frame of one."""
    if isinstance(answer, str):
        return answer
    if type(answer).__module__.startswith("numpy") and getattr(answer, "ndim", None) == 0:
        return answer.item()
    listed = _listed(answer)
    if listed is not None and len(listed) == 1:
        return _only_item(listed[0])
    return answer


def _listed(answer: Any) -> tuple[Any, ...] | None:
    """Give the items of the kinds of list that the course knows, or None for anything else."""
    if isinstance(answer, list | tuple | set | frozenset | range):
        return (
            tuple(answer)[: LARGEST_LIST + 1]
            if len(answer) <= LARGEST_LIST
            else (None,) * (LARGEST_LIST + 1)
        )
    if isinstance(answer, type({}.keys()) | type({}.values())):
        return tuple(answer)[: LARGEST_LIST + 1]
    if type(answer).__module__.split(".")[0] in ("numpy", "pandas") and hasattr(answer, "tolist"):
        if answer.size > LARGEST_LIST:
            return (None,) * (LARGEST_LIST + 1)
        listed = answer.tolist()
        return tuple(listed) if isinstance(listed, list) else None
    return None


def _kind(answer: Any) -> str:
    """Say in words of the course what sort of thing an answer is."""
    known = {
        "str": "a text",
        "int": "a whole number",
        "float": "a number",
        "bool": "True or False",
        "list": "a list",
        "tuple": "a list",
        "set": "a set",
        "dict": "a dictionary",
        "DataFrame": "a table",
        "Series": "a column of a table",
        "ndarray": "an array",
        "function": "a function (did you forget the brackets that call it?)",
        "method": "a function (did you forget the brackets that call it?)",
        "builtin_function_or_method": "a function (did you forget the brackets that call it?)",
    }
    name = type(answer).__name__
    return known.get(name, f"of the kind {name!r}")
