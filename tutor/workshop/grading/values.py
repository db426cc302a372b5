"""Rebuild the values that a student's notebook handed over, out of plain data.

What comes in was written by a process that the student controls. It is data in JSON, and it is turned
into values by the constructors named here, within limits of size and depth; nothing in it is looked up,
imported, unpickled or run.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import math
from collections.abc import Callable
from typing import Any

MOST_ITEMS = 40_000
"""Of one answer, with everything in it."""
DEEPEST = 10
LONGEST_TEXT = 100_001
_MOST_DIGITS = 400

# By the name of its type: a value of NumPy is rebuilt as the type it had, as the checks look at it.
_NUMPY_TYPES = (
    *("bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64"),
    *("float16", "float32", "float64"),
)


class ValueNotPlainError(ValueError):
    """What was handed over does not have the form in which values are handed over."""


def rebuild(handed: Any) -> Any:
    """Rebuild one value.

    Parameters
    ----------
    handed : object
        What `json.loads` made of it: a mapping with one key, the kind, such as ``{"whole": "1860"}``.

    Returns
    -------
    object
        The value: a number, text, list, mapping, NumPy or pandas value; or, for what is none of these,
        an empty object whose type has the name of the student's.

    Raises
    ------
    ValueNotPlainError
        It has another form, or is too large or too deep.
    """
    try:
        return _Builder().build(handed)
    except ValueNotPlainError:
        raise
    except Exception as problem:
        raise ValueNotPlainError(
            "not a value in the form in which values are handed over"
        ) from problem


def shown(value: Any, longest: int = 300) -> str:
    """Say a rebuilt value in a line, as a student would write it."""
    if value is Ellipsis or value is None:
        return ""
    if isinstance(value, str):
        text = f'"{value}"'
    elif type(value).__module__ == __name__:
        text = f"({type(value).__name__})"
    elif callable(value):
        text = "(a function)"
    elif type(value).__name__ in ("DataFrame", "Series", "ndarray") and value.ndim:
        text = f"(a table or column with {len(value)} rows)"
    elif isinstance(value, list | tuple | set):
        brackets = {"list": "[]", "tuple": "()", "set": "{}"}[type(value).__name__]
        inside = ", ".join(shown(item, 60) for item in list(value)[:30])
        text = f"{brackets[0]}{inside}{', ...' if len(value) > 30 else ''}{brackets[1]}"
    elif hasattr(value, "dtype"):
        text = str(value)
    else:
        text = repr(value)
    return text if len(text) <= longest else f"{text[: longest - 3]}..."


class _Builder:
    def __init__(self) -> None:
        self._left = MOST_ITEMS

    def build(self, handed: Any, depth: int = 0) -> Any:
        self._left -= 1
        if depth > DEEPEST or self._left < 0:
            raise ValueNotPlainError("too deep or too large")
        if type(handed) is not dict or len(handed) != 1:
            raise ValueNotPlainError("not one kind")
        kind, content = next(iter(handed.items()))
        make = _KINDS.get(kind)
        if make is None:
            raise ValueNotPlainError("not a known kind")
        return make(self, content, depth)

    def items(self, content: Any, depth: int) -> list[Any]:
        if type(content) is not list:
            raise ValueNotPlainError("not a list")
        return [self.build(each, depth + 1) for each in content]


def _text(content: Any, longest: int = LONGEST_TEXT) -> str:
    if type(content) is not str or len(content) > longest:
        raise ValueNotPlainError("not a text, or too long")
    # A half of a pair of surrogates cannot be written anywhere.
    return content.encode("utf-8", "replace").decode()


def _whole(builder: _Builder, content: Any, depth: int) -> int:
    text = _text(content, _MOST_DIGITS + 1)
    return 10**_MOST_DIGITS if text == "too large" else int(text)


def _real(builder: _Builder, content: Any, depth: int) -> float:
    text = _text(content, 40)
    return float(text) if text in ("inf", "-inf", "nan") else float.fromhex(text)


def _fraction(builder: _Builder, content: Any, depth: int) -> fractions.Fraction:
    above, below = content
    return fractions.Fraction(int(_text(above, _MOST_DIGITS)), int(_text(below, _MOST_DIGITS)))


def _set(builder: _Builder, content: Any, depth: int) -> Any:
    items = builder.items(content, depth)
    try:
        return set(items)
    except TypeError:
        return items


def _pairs(builder: _Builder, content: Any, depth: int) -> Any:
    if type(content) is not list:
        raise ValueNotPlainError("not a list of pairs")
    return {
        builder.build(key, depth + 1): builder.build(value, depth + 1) for key, value in content
    }


def _numpy(builder: _Builder, content: Any, depth: int) -> Any:
    import numpy as np

    name, item = content
    value = builder.build(item, depth + 1)
    return np.dtype(name).type(value) if name in _NUMPY_TYPES else value


def _array(builder: _Builder, content: Any, depth: int) -> Any:
    import numpy as np

    name, shape, flat = content
    items = builder.items(flat, depth)
    array = np.array(items, dtype=name) if name in _NUMPY_TYPES else np.array(items, dtype=object)
    if (
        type(shape) is list
        and all(type(each) is int and each >= 0 for each in shape)
        and math.prod(shape) == len(items)
    ):
        return array.reshape(shape)
    return array


def _column(builder: _Builder, content: Any, depth: int) -> Any:
    import pandas as pd

    values, index, name = content
    label = builder.build(name, depth + 1)
    return pd.Series(
        builder.items(values, depth),
        index=builder.items(index, depth),
        name=label if isinstance(label, str) else None,
    )


def _index(builder: _Builder, content: Any, depth: int) -> Any:
    import pandas as pd

    return pd.Index(builder.items(content, depth))


def _table(builder: _Builder, content: Any, depth: int) -> Any:
    import pandas as pd

    names, columns = content
    made = [builder.items(column, depth) for column in columns]
    table = pd.DataFrame(dict(enumerate(made)))
    table.columns = builder.items(names, depth)
    return table


def _no_value(builder: _Builder, content: Any, depth: int) -> Any:
    import pandas as pd

    return pd.NA


def _moment(builder: _Builder, content: Any, depth: int) -> Any:
    import pandas as pd

    return pd.Timestamp(_text(content, 60))


def _truth(builder: _Builder, content: Any, depth: int) -> bool:
    return content is True


def _other(builder: _Builder, content: Any, depth: int) -> Any:
    """Make an object that has nothing but the name of its kind, for the reply that names it."""
    name = _text(content, 60)
    if name in ("function", "method", "builtin_function_or_method"):
        return lambda: None
    printable = "".join(letter for letter in name if letter.isalnum() or letter in "_ ")
    return type(printable or "object", (), {"__module__": __name__})()


_KINDS: dict[str, Callable[[_Builder, Any, int], Any]] = {
    "none": lambda builder, content, depth: None,
    "dots": lambda builder, content, depth: ...,
    "truth": _truth,
    "whole": _whole,
    "real": _real,
    "text": lambda builder, content, depth: _text(content),
    "decimal": lambda builder, content, depth: decimal.Decimal(_text(content, _MOST_DIGITS)),
    "fraction": _fraction,
    "list": lambda builder, content, depth: builder.items(content, depth),
    "results": lambda builder, content, depth: builder.items(content, depth),
    "tuple": lambda builder, content, depth: tuple(builder.items(content, depth)),
    "set": _set,
    "pairs": _pairs,
    "date": lambda builder, content, depth: datetime.date.fromisoformat(_text(content, 60)[:10]),
    "numpy": _numpy,
    "array": _array,
    "column": _column,
    "index": _index,
    "table": _table,
    "moment": _moment,
    "no value": _no_value,
    "other": _other,
}
