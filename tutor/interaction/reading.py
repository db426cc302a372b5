"""Reading what a learner typed or computed, in any of the forms it may come in.

Nothing here trusts the object it is given. Its kind is what it truly is, not what it says of itself;
texts, numbers and lists are taken out of it by the methods of the built-in kinds, whatever its own class
makes of them; and what remains of foreign code runs inside `guarded`, for a second at most (see
`tutor.interaction.time_limit`). The object is never changed: so a generator, which reading would use
up, is told to become a list first.
"""

from __future__ import annotations

import decimal
import functools
import itertools
import math
import numbers
import re
import sys
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from tutor.interaction.time_limit import OutOfTime, within

LARGEST_LIST = 10_000
"""The most items that an answer may have: no task of the course needs more than some dozens."""
LONGEST_TEXT = 100_000
LONGEST_NUMBER = 400
"""The most characters of a number that is written as a text."""
SECONDS = 1.0
"""How long reading one answer may take, where it can be interrupted."""
_LONGEST_QUOTE = 40
_DEEPEST = 20
"""How many lists of one are opened, one inside the other: a list may hold itself."""


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
    """Make a reader that turns whatever goes wrong inside a foreign object into `Unreadable`.

    An exception of any kind, and more than `SECONDS` of waiting, become words. Only a KeyboardInterrupt
    passes: it is the learner who stops her kernel. Guarded readers may call each other; the outermost one
    keeps the time.
    """

    @functools.wraps(read)
    def safe(answer: Any) -> Any:
        try:
            return within(SECONDS, read, answer)
        except KeyboardInterrupt:
            raise
        except OutOfTime:
            return Unreadable(
                f"Reading your answer took more than {SECONDS:g} second, so it was stopped. Something in it "
                "never comes to an end, or is very large. Give a plain number, text or list."
            )
        except BaseException as problem:
            return Unreadable(
                f"Your answer could not be read: looking at it raised {_name(type(problem))}. "
                "Give a plain number, text or list."
            )

    return safe


@guarded
def number(answer: Any) -> float | Unreadable:
    """Read a number from an int, float, Decimal, NumPy or pandas value, a text, or a list of one.

    Parameters
    ----------
    answer : object
        Anything at all. A text may hold a fraction: ``"4/5"``.

    Returns
    -------
    float or Unreadable
        A finite number; or what is wrong with the answer.
    """
    answer = _only_item(answer)
    if is_missing(answer):
        return NOTHING
    if _name(type(answer)) in ("bool", "bool_"):
        return Unreadable("Your answer is True or False; a number is needed.")
    if _is(answer, str):
        return _number_from_text(str.__str__(answer))
    if _is(answer, *_kinds("numpy", "timedelta64")):
        return Unreadable("Your answer is a length of time; a plain number is needed.")
    if _is(answer, numbers.Real, decimal.Decimal):
        return _finite(answer)
    return Unreadable(f"Your answer is {_kind(answer)}; a number is needed, such as 12 or 0.25.")


@guarded
def text(answer: Any) -> str | Unreadable:
    """Read a text; spaces at the ends do not matter."""
    answer = _only_item(answer)
    if is_missing(answer):
        return NOTHING
    if not _is(answer, str):
        return Unreadable(
            f'Your answer is {_kind(answer)}; a text is needed, in quotation marks: "like this".'
        )
    return _too_long(answer) or str.strip(answer) or NOTHING


@guarded
def items(answer: Any) -> tuple[Any, ...] | Unreadable:
    """Read several values, in their order.

    From a list, tuple, set, array, Series, index or text with commas.
    """
    if is_missing(answer):
        return NOTHING
    if _is(answer, str):
        parts = str.__str__(answer)[: LONGEST_TEXT + 1].split(",")
        return _too_long(answer) or tuple(p.strip() for p in parts if p.strip()) or NOTHING
    if _is(answer, Mapping):
        return Unreadable("Your answer is a dictionary; a list is needed: [first, second, ...].")
    if _is(answer, *_kinds("pandas", "DataFrame")):
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
        if not _is(item, str):
            return Unreadable(
                f'Your list holds {_kind(item)}; it should hold texts in quotation marks: ["one", "two"].'
            )
        if too_long := _too_long(item):
            return too_long
    return tuple(fold(str.__str__(item)) for item in read)


def in_order(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Make a reader that refuses sets, where the order matters: a set keeps none."""

    @guarded
    def ordered(answer: Any) -> Any:
        if _is(answer, set, frozenset):
            return Unreadable(
                "Your answer is a set, which keeps no order. Put the values between square brackets: "
                "[first, second, ...]."
            )
        return read(answer)

    return ordered


def fold(value: str) -> str:
    """Bring a text to the form in which texts are compared.

    Lower case, single spaces, one way to write each letter, and none of the signs that show nothing.
    """
    seen = "".join(
        sign for sign in unicodedata.normalize("NFKC", value) if unicodedata.category(sign) != "Cf"
    )
    return " ".join(seen.split()).casefold()


def quoted(value: str) -> str:
    """Quote what the learner wrote: its beginning only, with invisible signs made visible."""
    shown = repr(value[:_LONGEST_QUOTE])
    is_whole = max(len(value), len(shown) - 2) <= _LONGEST_QUOTE
    return shown if is_whole else f"{shown[: _LONGEST_QUOTE + 1]}…{shown[0]}"


def is_missing(answer: Any) -> bool:
    """Whether there is no answer yet: ``...``, ``None``, an empty text, or a table cell without a value."""
    if answer is None or answer is Ellipsis:
        return True
    if _name(type(answer)) in ("NAType", "NaTType", "MaskedConstant"):
        return True
    return _is(answer, str) and str.strip(answer) in ("", "...")


_NUMBER = r"(?:\d+\.?\d*|\.\d+)"
_FRACTION = re.compile(rf"([+-]?)({_NUMBER})\s*/\s*({_NUMBER})")
_WITH_COMMAS = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")
_PLAIN = re.compile(rf"-?{_NUMBER}(e[+-]?\d{{1,4}})?", re.IGNORECASE)


def _number_from_text(answer: str) -> float | Unreadable:
    if len(answer) > LONGEST_NUMBER:
        return Unreadable(
            f"Your answer is a text of {len(answer):,} characters; a number is needed, such as 12 or 0.25."
        )
    written = answer.replace("\u2212", "-").replace("\u2044", "/").strip()
    if fraction := _FRACTION.fullmatch(written):
        sign, above, below = fraction.groups()
        if not float(below):
            return Unreadable(f"Your answer is {quoted(answer)}: nothing can be divided by zero.")
        return _finite(float(f"{sign}{above}") / float(below))
    squeezed = re.sub(r"[\s_\u00a0\u202f]", "", written).lstrip("+")
    if squeezed.endswith("%"):
        return Unreadable(
            f"Your answer is {quoted(answer)}: leave out the percent sign, and give the number that "
            "the question asks for."
        )
    if _WITH_COMMAS.fullmatch(squeezed):
        squeezed = squeezed.replace(",", "")
    if not _PLAIN.fullmatch(squeezed):
        return Unreadable(
            f"Your answer is the text {quoted(answer)}; a number is needed. "
            "Give digits only, with a point for decimals: 1938 or 0.25."
        )
    return _finite(float(squeezed))


def _finite(answer: Any) -> float | Unreadable:
    convert = next((kind.__float__ for kind in (float, int) if _is(answer, kind)), float)
    try:
        value = convert(answer)
    except OverflowError:
        return Unreadable("Your number is too large to be read.")
    if not math.isfinite(value):
        return Unreadable(
            "Your answer is not a finite number (it is infinite or 'not a number'). "
            "This often comes from dividing by zero or from an empty cell."
        )
    return value


def _too_long(answer: Any) -> Unreadable | None:
    length = str.__len__(answer)
    if length <= LONGEST_TEXT:
        return None
    return Unreadable(f"Your text has {length:,} characters; at most {LONGEST_TEXT:,} are read.")


def _is(answer: Any, *kinds: type) -> bool:
    """Whether an object truly is of one of these kinds; `isinstance` would also ask the object itself."""
    return issubclass(type(answer), kinds)


def _kinds(library: str, *names: str) -> tuple[type, ...]:
    """Give classes of a library; none if nobody has loaded it, for then no answer is of its kinds."""
    module = sys.modules.get(library)
    return tuple(getattr(module, name) for name in names) if module else ()


def _only_item(answer: Any) -> Any:
    """Take the one value out of a list, array, Series or table of one."""
    for _ in range(_DEEPEST):
        if _is(answer, *_kinds("pandas", "DataFrame")) and answer.shape == (1, 1):
            answer = answer.iat[0, 0]
        listed = _listed(answer)
        if listed is None or len(listed) != 1:
            return answer
        answer = listed[0]
    return answer


def _listed(answer: Any) -> tuple[Any, ...] | None:
    """Give the items of the kinds of list that the course knows, or None for anything else.

    Of a list that is too long, as many items as show that it is.
    """
    for kind in (list, tuple, set, frozenset):
        if _is(answer, kind):
            return _first(kind.__iter__(answer))
    if _is(answer, range, type({}.keys()), type({}.values())):
        return _first(iter(answer))
    if _is(answer, *_kinds("numpy", "ndarray"), *_kinds("pandas", "Series", "Index")) or (
        _is(answer, *_kinds("pandas.api.extensions", "ExtensionArray"))
    ):
        if answer.size > LARGEST_LIST:
            return (None,) * (LARGEST_LIST + 1)
        listed = answer.tolist()
        return _first(list.__iter__(listed)) if type(listed) is list else (listed,)
    return None


def _first(several: Any) -> tuple[Any, ...]:
    return tuple(itertools.islice(several, LARGEST_LIST + 1))


def _name(kind: type) -> str:
    """Give the name of a class as Python keeps it, whatever its own class says, and not too long."""
    return str(type.__dict__["__name__"].__get__(kind))[:_LONGEST_QUOTE]


_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "a text": "str",
        "a whole number": "int",
        "a number": "float",
        "a complex number": "complex",
        "True or False": "bool",
        "nothing (None)": "NoneType",
        "a list": "list tuple",
        "a set": "set frozenset",
        "a dictionary": "dict",
        "a table": "DataFrame",
        "a column of a table": "Series",
        "an array": "ndarray",
        "a module": "module",
        "a class, not a value": "type",
        'bytes (leave out the b before the quotation marks: "like this")': "bytes",
        "a function (did you forget the brackets that call it?)": "function method "
        "builtin_function_or_method",
        "something that makes values one by one (put list( ) around it)": "generator map filter "
        "zip enumerate list_iterator",
    }
)
"""What the course calls the kinds of things that an answer may be, with their names in Python."""


def _kind(answer: Any) -> str:
    """Say in words of the course what sort of thing an answer is."""
    name = _name(type(answer))
    known = (words for words, names in _WORDS.items() if name in names.split())
    return next(known, f"of the kind {name!r}")
