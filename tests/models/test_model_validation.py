"""The checks that all models share: what they say, and that nothing slips past them."""

import math
from fractions import Fraction

import numpy as np
import pytest

from tutor.models import _validation as validation


@pytest.mark.parametrize("value", [1, 1.0, np.float32(1), np.int64(1), np.array(1), Fraction(1)])
def test_numbers_of_every_kind_are_taken(value):
    assert validation.number("x", value, at_least=0) == 1.0
    assert isinstance(validation.number("x", value), float)


@pytest.mark.parametrize(
    ("bounds", "value", "message"),
    [
        ({"at_least": 0, "at_most": 1}, 1.5, "x is 1.5; it must be a number from 0 to 1."),
        ({"more_than": 0}, 0, "x is 0; it must be a number above 0."),
        ({"at_least": 0}, -2, "x is -2; it must be a number of at least 0."),
        ({"less_than": 3}, 3, "x is 3; it must be a number below 3."),
        ({"more_than": 0, "less_than": 1}, 1, "x is 1; it must be a number above 0 and below 1."),
        ({"at_most": 3}, 4, "x is 4; it must be a number of at most 3."),
        ({}, math.nan, "x is nan; it must be a number."),
        ({}, -math.inf, "x is -inf; it must be a number."),
        ({}, "1", "x is '1'; it must be a number."),
        ({}, None, "x is None; it must be a number."),
        ({}, True, "x is True; it must be a number."),
        ({}, np.bool_(True), "x is np.True_; it must be a number."),
        ({}, [1], "x is [1]; it must be a number."),
        ({}, 1j, "x is 1j; it must be a number."),
        ({}, 10**400, "x is too large; it must be a number."),
    ],
)
def test_messages_about_a_number(bounds, value, message):
    with pytest.raises(ValueError, match=r"^x is") as caught:
        validation.number("x", value, **bounds)
    assert str(caught.value) == message


def test_whole_numbers():
    assert validation.whole_number("n", np.int64(3), at_least=0) == 3
    assert validation.whole_number("n", 3.0, at_least=0) == 3
    for value in (2.5, math.nan, math.inf, "3", None, True, -1, 11, 10**400, 10**9000):
        with pytest.raises(ValueError, match="it must be a whole number from 0 to 10"):
            validation.whole_number("n", value, at_least=0, at_most=10)


def test_arrays():
    given = np.array([1.0, 2.0])
    taken = validation.numbers("x", given, shape=(2,))
    taken[0] = 9
    assert given[0] == 1  # The caller's array is never changed.
    for value in ([[1], [1, 2]], ["a"], None, [None], [True], {1: 2}, [10**400]):
        with pytest.raises(ValueError, match=r"each of its values must be a number"):
            validation.numbers("x", value)
    with pytest.raises(ValueError, match="a single value; it must hold 2 x any number of values"):
        validation.numbers("x", 3, shape=(2, None))
    with pytest.raises(ValueError, match=r"x\[1, 0\] is -1; it must be a number of at least 0"):
        validation.numbers("x", [[0, 1], [-1, 0]], at_least=0)
    with pytest.raises(ValueError, match="x has the shape 0"):
        validation.numbers("x", [], shape=(None,))


def test_names():
    with pytest.raises(KeyError) as caught:
        validation.one_of("actor", "Jpn ", ["JPN", "KOR"])
    assert str(caught.value) == (
        "actor is 'Jpn ', which is not known. Did you mean 'JPN'? Allowed: JPN, KOR."
    )
    for name in (3, None, ["JPN"]):
        with pytest.raises(KeyError, match="Allowed: JPN"):
            validation.one_of("actor", name, ["JPN"])
    assert validation.index_of("actor", "KOR", ("JPN", "KOR")) == 1
    assert validation.distinct_names("names", iter(["a", "b"])) == ("a", "b")
    for names, message in (
        ("ab", "must be a list"),
        (3, "must be a list"),
        (["a", ""], "must be a text"),
        (["a", 1], "must be a text"),
        ([], "at least 1"),
        (["a", "a"], "a twice"),
    ):
        with pytest.raises(ValueError, match=message):
            validation.distinct_names("names", names)


def test_read_only_arrays_cannot_be_changed():
    array = validation.read_only(np.zeros(2))
    with pytest.raises(ValueError, match="read-only"):
        array[0] = 1
