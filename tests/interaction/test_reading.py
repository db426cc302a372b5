"""Readers take right answers in any form, and never raise, hang or change what they are given."""

import copy
import decimal
import fractions
import math
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.naming import stable
from tutor.interaction import reading
from tutor.interaction.reading import NOTHING, Unreadable

READERS = [reading.number, reading.text, reading.items, reading.names]


@pytest.mark.parametrize(
    "twelve",
    [
        12,
        12.0,
        np.int64(12),
        np.float32(12),
        np.array(12),
        np.array([12]),
        np.array([[12.0]]),
        pd.Series([12]),
        pd.Series([12], index=["x"]),
        pd.Index([12]),
        decimal.Decimal(12),
        fractions.Fraction(24, 2),
        [12],
        (12,),
        {12},
        [[12]],
        "12",
        " 12 ",
        "12.0",
        "+12",
        "1.2e1",
        range(12, 13),
        {"a": 12}.values(),
    ],
    ids=stable,
)
def test_number_in_any_form(twelve):
    assert reading.number(twelve) == 12.0


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("1,234", 1234),
        ("1 234", 1234),
        ("1\u202f234\u00a0567", 1_234_567),
        ("1_000", 1000),
        ("\u22123", -3),
        ("-0.5", -0.5),
        (".5", 0.5),
        ("5.", 5),
        ("12,345.75", 12_345.75),
        ("1e3", 1000),
        ("4/5", 0.8),
        (" 4 / 5 ", 0.8),
        ("-1/4", -0.25),
        ("1.5/3", 0.5),
        ("1\u20442", 0.5),
    ],
)
def test_number_written_in_many_ways(written, meant):
    assert reading.number(written) == meant


@pytest.mark.parametrize(
    "wrong",
    [
        "twelve",
        "12,",
        "12 km",
        "1,5",
        "1.2.3",
        "0x10",
        "--3",
        "1/2/3",
        "1 1/2",
        "0,538",
        "nan",
        "inf",
        "e",
        "½",
        "٣x",
    ],
)
def test_text_that_is_no_number_is_quoted_back(wrong):
    said = reading.number(wrong)
    assert isinstance(said, Unreadable)
    assert wrong in said.reason
    assert not said.missing


def test_percent_sign_has_a_word_of_its_own():
    assert "percent sign" in reading.number("54 %").reason
    assert "percent sign" in reading.number("54%").reason


@pytest.mark.parametrize("truth", [True, False, np.True_, [True], pd.Series([False])], ids=stable)
def test_truth_value_is_not_a_number(truth):
    assert "True or False" in reading.number(truth).reason


@pytest.mark.parametrize(
    "endless",
    [math.nan, math.inf, -math.inf, np.nan, np.float64("inf"), decimal.Decimal("NaN"), [math.nan]],
    ids=stable,
)
def test_endless_numbers_are_told(endless):
    assert "not a finite number" in reading.number(endless).reason


def test_signalling_nan_is_told():
    assert isinstance(reading.number(decimal.Decimal("sNaN")), Unreadable)


@pytest.mark.parametrize("huge", [10**400, "9" * 400, "1e9999", fractions.Fraction(10**400)])
def test_numbers_too_large_are_told(huge):
    assert isinstance(reading.number(huge), Unreadable)


@pytest.mark.parametrize("absent", [None, ..., "", "  ", "...", pd.NA, pd.NaT], ids=stable)
@pytest.mark.parametrize("read", READERS)
def test_no_answer_is_missing(read, absent):
    assert read(absent) is NOTHING


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([1, 2], "a list"),
        ({"a": 1}, "a dictionary"),
        (len, "a function"),
        (lambda: 12, "brackets that call it"),
        (object(), "'object'"),
        (1j, "a complex number"),
        (b"12", "leave out the b"),
        ((each for each in [12]), "put list( ) around it"),
        (np, "a module"),
        (int, "a class"),
        (pd.DataFrame({"a": [1, 2]}), "a table"),
        (np.array([1, 2]), "an array"),
    ],
    ids=stable,
)
def test_wrong_kind_is_named(answer, words):
    assert words in reading.number(answer).reason


def test_text_loses_its_outer_spaces_only():
    assert reading.text("  a  b ") == "a  b"
    assert reading.text(["one"]) == "one"
    assert reading.text(np.str_("one")) == "one"
    assert reading.text(pd.Series(["one"])) == "one"
    assert "in quotation marks" in reading.text(12).reason
    assert "at most" in reading.text("x" * (reading.LONGEST_TEXT + 1)).reason


@pytest.mark.parametrize(
    "several",
    [
        ["CHN", "RUS"],
        ("CHN", "RUS"),
        np.array(["CHN", "RUS"]),
        pd.Series(["CHN", "RUS"]),
        pd.Index(["CHN", "RUS"]),
        pd.Categorical(["CHN", "RUS"]),
        dict.fromkeys(["CHN", "RUS"]).keys(),
        {1: "CHN", 2: "RUS"}.values(),
        "CHN, RUS",
        "CHN,RUS,",
        [" chn ", "Rus"],
    ],
    ids=stable,
)
def test_names_in_any_form(several):
    assert reading.names(several) == ("chn", "rus")


def test_sets_are_read_as_members():
    assert set(reading.names({"CHN", "RUS"})) == {"chn", "rus"}
    assert set(reading.items(frozenset([1, 2]))) == {1, 2}


@pytest.mark.parametrize(
    ("answer", "words", "missing"),
    [
        ([], "empty", True),
        (pd.Series([], dtype=float), "empty", True),
        ({"a": 1}, "dictionary", False),
        (pd.DataFrame({"a": [1]}), "whole table", False),
        (12, "a list is needed", False),
        (len, "a list is needed", False),
        (list(range(20_000)), "far longer", False),
        (np.zeros(20_000), "far longer", False),
        (range(10**12), "far longer", False),
        (iter([1, 2]), "a list is needed", False),
    ],
    ids=stable,
)
def test_lists_that_cannot_be_read_are_told(answer, words, missing):
    said = reading.items(answer)
    assert words in said.reason
    assert said.missing is missing


def test_list_of_other_things_is_no_list_of_names():
    assert "a whole number" in reading.names(["CHN", 3]).reason


def hostile(*methods: str, parents: tuple[type, ...] = ()) -> object:
    def fails(*_: object, **__: object) -> object:
        raise RuntimeError("boo")

    return type("Hostile", parents, dict.fromkeys(methods, fails))()


class LyingClass:
    @property
    def __class__(self) -> type:
        raise RuntimeError("boo")


class EndlessLength(list):
    def __len__(self) -> int:
        return 10**18

    def __iter__(self):
        while True:
            yield 1


class Everything:
    def __getattr__(self, name: str) -> object:
        raise RuntimeError(name)

    __eq__ = __len__ = __iter__ = __float__ = __bool__ = __repr__ = __str__ = None
    __hash__ = None


def cyclic() -> list:
    ring: list = []
    ring.append(ring)
    return ring


def deep() -> list:
    nested: list = [1]
    for _ in range(100_000):
        nested = [nested]
    return nested


HOSTILE = {
    "eq": lambda: hostile("__eq__", "__ne__", "__lt__"),
    "len": lambda: hostile("__len__", parents=(list,)),
    "iter": lambda: hostile("__iter__", parents=(list,)),
    "tuple": lambda: hostile("__iter__", "__len__", parents=(tuple,)),
    "float": lambda: hostile("__float__", parents=(float,)),
    "int": lambda: hostile("__float__", "__index__", "__int__", parents=(int,)),
    "str": lambda: hostile("strip", "split", "casefold", "__str__", "__len__", parents=(str,)),
    "repr": lambda: hostile("__repr__", "__str__", "__bool__"),
    "dict": lambda: hostile("__iter__", "keys", "__len__", parents=(dict,)),
    "class": LyingClass,
    "endless": EndlessLength,
    "everything": Everything,
    "cyclic": cyclic,
    "deep": deep,
    "series": lambda: pd.Series([object(), None]),
    "nothing in it": lambda: np.array([], dtype=object),
    "list of hostiles": lambda: [hostile("__eq__", "__repr__"), LyingClass()],
    "array of arrays": lambda: np.array([np.array([1]), np.array([1, 2])], dtype=object),
    "structured": lambda: np.zeros(3, dtype=[("a", int)]),
    "bytes": lambda: b"12",
    "class itself": lambda: Everything,
    "module": lambda: np,
    "surrogate": lambda: "\ud800",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("read", READERS)
def test_hostile_answers_are_read_or_told(read, name):
    said = read(HOSTILE[name]())
    assert isinstance(said, str | float | tuple | Unreadable)
    if isinstance(said, Unreadable):
        assert said.reason


def test_what_went_wrong_is_named():
    fails = hostile("__float__", parents=(Fraction,))
    assert "RuntimeError" in reading.number(fails).reason


def test_lists_and_texts_are_read_whatever_their_class_makes_of_them():
    """A class of the learner's own may override everything; what the list truly holds counts."""
    several = hostile("__len__", "__iter__", "__getitem__", parents=(list,))
    list.extend(several, ["CHN", "RUS"])
    assert reading.names(several) == ("chn", "rus")
    every = ("__len__", "__str__", "__eq__", "strip", "casefold", "replace")
    word = type("Word", (str,), dict.fromkeys(every, lambda *_: "lie"))(" 1860 ")
    assert reading.text(word) == "1860"
    assert reading.number(word) == 1860
    assert type(reading.text(word)) is str
    liar = type("Number", (int,), {"__float__": lambda _: 1.0, "__eq__": lambda *_: True})(1860)
    assert reading.number(liar) == 1860


def test_generator_is_not_used_up():
    several = (each for each in ["CHN", "RUS"])
    for read in READERS:
        assert isinstance(read(several), Unreadable)
    assert list(several) == ["CHN", "RUS"]


def test_order_is_not_read_out_of_a_set():
    read = reading.in_order(reading.names)
    assert "keeps no order" in read({"CHN", "RUS"}).reason
    assert "keeps no order" in read(frozenset({"CHN"})).reason
    assert read(["CHN", "RUS"]) == ("chn", "rus")
    assert read(...) is NOTHING


@pytest.mark.parametrize(
    "written",
    [
        "South Korea",
        " SOUTH  korea\u200b",
        "South\u00a0Korea",
        "\ufeffSouth Ko\u00adrea",
        "Ｓｏｕｔｈ Korea",
    ],
    ids=stable,
)
def test_signs_that_show_nothing_do_not_matter(written):
    assert reading.fold(written) == "south korea"


def test_letters_with_marks_may_be_written_in_two_ways():
    assert reading.fold("communiqu\u00e9") == reading.fold("communique\u0301")


def test_quote_is_short_and_shows_what_cannot_be_seen():
    assert reading.quoted("x" * 10**6) == "'" + "x" * 40 + "…'"
    assert reading.quoted("a\u202eb\ud800") == "'a\\u202eb\\ud800'"


def test_division_by_zero_is_told():
    assert "divided by zero" in reading.number("1/0").reason


def test_masked_cell_and_length_of_time_are_no_numbers():
    assert reading.number(np.ma.masked) is NOTHING
    assert reading.number(np.ma.array([5], mask=[True])) is NOTHING
    assert "length of time" in reading.number(np.timedelta64(52, "Y")).reason


def test_table_of_one_cell_is_its_value():
    assert reading.number(pd.DataFrame({"a": [12]})) == 12
    assert "a table" in reading.number(pd.DataFrame({"a": [12, 13]})).reason


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.fractions()
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.tuples(inner, inner),
    max_leaves=10,
)


@given(PLAIN)
def test_readers_never_raise_and_never_change_the_answer(answer):
    before = copy.deepcopy(answer)
    for read in READERS:
        said = read(answer)
        assert isinstance(said, str | float | tuple | Unreadable)
    assert repr(answer) == repr(before)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_finite_number_is_read_as_itself(value):
    assert reading.number(value) == value
    assert reading.number(repr(value)) == value
    assert reading.number(np.float64(value)) == value


def test_arrays_series_and_frames_are_left_as_they_are():
    array, series = np.array([3, 1, 2]), pd.Series(["b", "a"], index=[5, 4])
    frame = pd.DataFrame({"a": [1, 2]})
    kept = array.copy(), series.copy(), frame.copy()
    for read in READERS:
        for value in (array, series, frame):
            read(value)
    np.testing.assert_array_equal(array, kept[0])
    pd.testing.assert_series_equal(series, kept[1])
    pd.testing.assert_frame_equal(frame, kept[2])
