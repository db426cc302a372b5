"""Check arguments once, in one place, with messages that a learner can act on.

Every message says which argument is wrong, what was given and what is allowed. A name that is
not known comes with the names that look most like it.
"""

import math
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from numbers import Real
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


class UnknownNameError(KeyError):
    """A name that is not among those allowed; unlike `KeyError` it prints without quotes."""

    def __str__(self) -> str:
        return str(self.args[0])


def _range_in_words(
    at_least: float | None, more_than: float | None, at_most: float | None, less_than: float | None
) -> str:
    """Say a range the way a person would: "from 0 to 1", "above 0", "of at least 0"."""
    if at_least is not None and at_most is not None:
        return f" from {at_least:g} to {at_most:g}"
    parts = []
    if at_least is not None:
        parts.append(f"of at least {at_least:g}")
    if more_than is not None:
        parts.append(f"above {more_than:g}")
    if at_most is not None:
        parts.append(f"of at most {at_most:g}")
    if less_than is not None:
        parts.append(f"below {less_than:g}")
    return " " + " and ".join(parts) if parts else ""


def number(
    argument: str,
    value: Any,
    *,
    at_least: float | None = None,
    more_than: float | None = None,
    at_most: float | None = None,
    less_than: float | None = None,
) -> float:
    """Return `value` as a float, or say why it cannot be one.

    Parameters
    ----------
    argument
        The name of the argument, as the caller wrote it.
    value
        What the caller gave.
    at_least, at_most
        Bounds that are themselves allowed.
    more_than, less_than
        Bounds that are not.

    Raises
    ------
    ValueError
        If `value` is no finite number, or lies out of range.
    """
    allowed = f"a number{_range_in_words(at_least, more_than, at_most, less_than)}"
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, Real):
        raise ValueError(f"{argument} is {_shorten(value)}; it must be {allowed}.")
    try:
        result = float(value)
    except OverflowError:
        raise ValueError(f"{argument} is too large; it must be {allowed}.") from None
    if (
        not math.isfinite(result)
        or (at_least is not None and result < at_least)
        or (more_than is not None and result <= more_than)
        or (at_most is not None and result > at_most)
        or (less_than is not None and result >= less_than)
    ):
        raise ValueError(f"{argument} is {value:g}; it must be {allowed}.")
    return result


def whole_number(argument: str, value: Any, *, at_least: int, at_most: int | None = None) -> int:
    """Return `value` as an int, or say why it cannot be one.

    Raises
    ------
    ValueError
        If `value` is not a whole number in the range.
    """
    words = _range_in_words(at_least, None, at_most, None)
    if (
        isinstance(value, (bool, np.bool_))
        or not isinstance(value, Real)
        or (not isinstance(value, int) and not math.isfinite(value))
        or int(value) != value
        or value < at_least
        or (at_most is not None and value > at_most)
    ):
        raise ValueError(f"{argument} is {_shorten(value)}; it must be a whole number{words}.")
    return int(value)


def numbers(
    argument: str,
    values: Any,
    *,
    shape: tuple[int | None, ...] | None = None,
    at_least: float | None = None,
    more_than: float | None = None,
    at_most: float | None = None,
    less_than: float | None = None,
) -> FloatArray:
    """Return `values` as a new array of floats, or say which of them is wrong.

    Parameters
    ----------
    argument
        The name of the argument, as the caller wrote it.
    values
        What the caller gave: numbers in sequences or an array.
    shape
        The length wanted along each axis; None stands for any length of at least 1. Without a
        shape every shape passes.
    at_least, at_most, more_than, less_than
        As in `number`, for every element.

    Raises
    ------
    ValueError
        If the values are no finite numbers, have another shape or lie out of range.
    """
    allowed = f"a number{_range_in_words(at_least, more_than, at_most, less_than)}"
    try:
        array = np.array(values)
        if array.dtype.kind not in "iuf":
            raise TypeError
        array = array.astype(np.float64)
    except (TypeError, ValueError):
        raise ValueError(
            f"{argument} is {_shorten(values)}; each of its values must be {allowed}."
        ) from None
    if shape is not None and not (
        array.ndim == len(shape)
        and all(
            length == wanted if wanted is not None else length >= 1
            for length, wanted in zip(array.shape, shape, strict=True)
        )
    ):
        wanted = " x ".join("any number of" if length is None else str(length) for length in shape)
        given = " x ".join(map(str, array.shape)) or "a single value"
        raise ValueError(f"{argument} has the shape {given}; it must hold {wanted} values.")
    wrong = ~np.isfinite(array)
    if at_least is not None:
        wrong |= array < at_least
    if more_than is not None:
        wrong |= array <= more_than
    if at_most is not None:
        wrong |= array > at_most
    if less_than is not None:
        wrong |= array >= less_than
    if wrong.any():
        where = tuple(int(index) for index in np.argwhere(wrong)[0])
        place = f"[{', '.join(map(str, where))}]" if where else ""
        raise ValueError(f"{argument}{place} is {array[where]:g}; it must be {allowed}.")
    return array


def _shorten(value: Any, length: int = 60) -> str:
    """Show a value in a message without filling the screen."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out a number of many thousand digits.
        return "a number of many thousand digits"
    return text if len(text) <= length else f"{text[:length]}..."


def one_of(argument: str, name: Any, allowed: Iterable[str]) -> str:
    """Return `name` if it is one of `allowed`, else say which names are close to it.

    Raises
    ------
    UnknownNameError
        A KeyError whose message holds the close matches and every name allowed.
    """
    choices = tuple(allowed)
    if isinstance(name, str) and name in choices:
        return name
    lowered = {choice.lower(): choice for choice in choices}
    close = [
        lowered[match] for match in get_close_matches(str(name).lower(), list(lowered), cutoff=0.5)
    ]
    hint = f" Did you mean {' or '.join(map(repr, close))}?" if close else ""
    raise UnknownNameError(
        f"{argument} is {name!r}, which is not known.{hint} Allowed: {', '.join(choices)}."
    )


def distinct_names(argument: str, names: Any, *, at_least: int = 1) -> tuple[str, ...]:
    """Return `names` as a tuple of different, non-empty strings.

    Raises
    ------
    ValueError
        If there are too few, if one is empty or no text, or if one comes twice.
    """
    if isinstance(names, str) or not isinstance(names, Iterable):
        raise ValueError(f"{argument} is {names!r}; it must be a list of names.")
    result = tuple(names)
    for name in result:
        if not isinstance(name, str) or not name:
            raise ValueError(f"{argument} holds {name!r}; each of its names must be a text.")
    if len(result) < at_least:
        raise ValueError(f"{argument} holds {len(result)} names; at least {at_least} are needed.")
    twice = sorted({name for name in result if result.count(name) > 1})
    if twice:
        raise ValueError(f"{argument} holds {', '.join(twice)} twice; each name may come once.")
    return result


def index_of(argument: str, name: Any, names: Sequence[str]) -> int:
    """Return the place of `name` in `names`.

    Raises
    ------
    UnknownNameError
        If it is not among them.
    """
    return tuple(names).index(one_of(argument, name, names))


def read_only(array: NDArray[Any]) -> NDArray[Any]:
    """Lock an array that a frozen dataclass is going to hold, and return it."""
    array.setflags(write=False)
    return array
