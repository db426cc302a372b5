"""Answers that no learner should give and some will: each made afresh, none of them right anywhere."""

import collections
import datetime
import decimal
import enum
import fractions
import io
import itertools
import math
import numbers
import random
import time
import types
from collections.abc import Callable

import numpy as np
import pandas as pd

TEN_MILLION = 10_000_000

METHODS = (
    *("__eq__", "__ne__", "__lt__", "__gt__", "__hash__", "__bool__", "__repr__", "__str__"),
    *("__len__", "__iter__", "__next__", "__contains__", "__getitem__", "__format__", "__bytes__"),
    *("__float__", "__int__", "__index__", "__complex__", "__abs__", "__neg__", "__round__"),
    *("__add__", "__radd__", "__sub__", "__rsub__", "__mul__", "__call__", "__array__"),
    *("__array_ufunc__", "__getattr__", "__dir__", "__sizeof__", "__reduce__", "__copy__"),
    *("strip", "split", "casefold", "lower", "replace", "encode", "tolist", "item", "keys"),
)
"""What an object can be asked for; a hostile one does something else instead."""


class Boo(Exception):
    """Raised by hostile objects; its own text cannot be had either."""

    def __str__(self) -> str:
        raise RuntimeError("not even this")

    __repr__ = __str__


def raises(*_: object, **__: object) -> object:
    raise Boo


def raises_no_exception(*_: object, **__: object) -> object:
    raise GeneratorExit


def leaves(*_: object, **__: object) -> object:
    raise SystemExit(3)


def recurses(self: object, *arguments: object) -> object:
    return recurses(self, *arguments)


def lies(*_: object, **__: object) -> object:
    return True


def forever(*_: object, **__: object) -> object:
    for _ in itertools.count():
        pass


def sleeps(*_: object, **__: object) -> object:
    time.sleep(3600)


def overriding(behaviour: Callable, *parents: type, methods: tuple[str, ...] = METHODS) -> type:
    return type("Hostile", parents, dict.fromkeys(methods, behaviour))


def cyclic_list() -> list:
    ring: list = []
    ring.append(ring)
    return ring


def two_lists_in_each_other() -> list:
    first, second = [], []
    first.append(second)
    second.append(first)
    return first


def cyclic_dict() -> dict:
    ring: dict = {}
    ring["ring"] = ring
    return ring


def deep(make: Callable[[object], object], levels: int = 50_000) -> object:
    nested: object = make("CHN")
    for _ in range(levels):
        nested = make(nested)
    return nested


class ClassThatLies:
    """Says that it is a float, a text or a list; it is none."""

    def __init__(self, kind: type) -> None:
        self.kind = kind

    @property
    def __class__(self) -> type:
        return self.kind


class ClassThatRaises:
    @property
    def __class__(self) -> type:
        raise Boo


class HostileMeta(type):
    """A class whose own name, comparison, hash and members cannot be had."""

    __name__ = property(raises)
    __mro__ = property(raises)

    def __hash__(self) -> int:
        raise Boo

    def __eq__(self, _: object) -> bool:
        raise Boo

    def __instancecheck__(self, _: object) -> bool:
        raise Boo

    def __subclasscheck__(self, _: object) -> bool:
        raise Boo


def of_hostile_meta(*parents: type) -> object:
    return HostileMeta("x", parents, {})()


class RaisesOnEveryAttribute:
    def __getattribute__(self, name: str) -> object:
        raise Boo


class Colour(enum.Enum):
    RED = "CHN"


class NumberThatIs(numbers.Real):
    """A number of a class of one's own, whose value is had by a hostile way."""

    def __init__(self, way: Callable) -> None:
        self.way = way

    def __float__(self) -> float:
        return self.way()

    for _name in numbers.Real.__abstractmethods__ - {"__float__"}:
        locals()[_name] = raises


def frame_overriding(behaviour: Callable, name: str) -> pd.DataFrame:
    kind = type("Table", (pd.DataFrame,), {name: property(behaviour)})
    return kind({"a": [1, 2]})


def series_overriding(behaviour: Callable, name: str) -> pd.Series:
    body = behaviour if name == "tolist" else property(behaviour)
    return type("Column", (pd.Series,), {name: body})([1, 2])


def mutates(answer: list) -> None:
    answer.clear()


def generator() -> object:
    yield from ("CHN", "RUS")


def endless_generator() -> object:
    while True:
        yield "CHN"


HUGE = {
    "integer beyond the limit of digits": lambda: 10**5000,
    "negative integer beyond the limit of digits": lambda: -(10**5000),
    "integer of a million bits": lambda: 1 << 1_000_000,
    "integer that is no float": lambda: 10**400,
    "float near the largest": lambda: 1.7e308,
    "negative float near the largest": lambda: -1.7e308,
    "tiny denominator": lambda: fractions.Fraction(10**5000, 3),
    "huge decimal": lambda: decimal.Decimal("1e99999"),
    "digits beyond the limit": lambda: "9" * 5000,
    "ten million digits": lambda: "7" * TEN_MILLION,
    "ten million letters": lambda: "x" * TEN_MILLION,
    "ten million commas": lambda: "," * TEN_MILLION,
    "ten million members": lambda: "CHN," * (TEN_MILLION // 4),
    "ten million lines": lambda: "\n" * (TEN_MILLION - 1) + "x",
    "ten million marks on a letter": lambda: "a" + "\u0301" * TEN_MILLION,
    "text of ids": lambda: "E025 " * 15_000,
    "one long word in a list": lambda: ["x" * TEN_MILLION],
    "long words in a list": lambda: ["x" * 1_000_000] * 20,
    "list of ten million": lambda: [None] * TEN_MILLION,
    "range without end": lambda: range(10**30),
    "array of ten million": lambda: np.zeros(TEN_MILLION, dtype=np.int8),
    "array of ten million millions": lambda: np.broadcast_to(np.int8(1), (TEN_MILLION, 1_000_000)),
    "series of ten million": lambda: pd.Series(np.zeros(TEN_MILLION, dtype=np.int8)),
    "frame of ten million rows": lambda: pd.DataFrame({"a": np.zeros(TEN_MILLION, dtype=np.int8)}),
    "index of ten million": lambda: pd.RangeIndex(TEN_MILLION),
    "categories of ten million": lambda: pd.Categorical.from_codes(
        np.zeros(TEN_MILLION, dtype=np.int8), ["CHN"]
    ),
    "ten thousand lists": lambda: [[] for _ in range(10_000)],
}

NUMBERS_THAT_ARE_NONE = {
    "nan": lambda: math.nan,
    "infinity": lambda: math.inf,
    "minus infinity": lambda: -math.inf,
    "nan of numpy": lambda: np.float32("nan"),
    "decimal nan": lambda: decimal.Decimal("NaN"),
    "signalling nan": lambda: decimal.Decimal("sNaN"),
    "infinite decimal": lambda: decimal.Decimal("-Infinity"),
    "complex": lambda: 1860 + 0j,
    "complex of numpy": lambda: np.complex64(5),
    "true": lambda: True,
    "false": lambda: False,
    "true of numpy": lambda: np.True_,
    "length of time": lambda: np.timedelta64(52, "Y"),
    "moment": lambda: np.datetime64("1860-11-14"),
    "date": lambda: datetime.date(1860, 11, 14),
    "timedelta": lambda: datetime.timedelta(days=52),
    "timestamp": lambda: pd.Timestamp("1860-11-14"),
    "period": lambda: pd.Period("1860"),
    "interval": lambda: pd.Interval(0, 1),
    "division by zero": lambda: "1/0",
    "two divisions": lambda: "1/2/3",
    "mixed number": lambda: "1 1/2",
    "hexadecimal": lambda: "0x10",
    "nan as a text": lambda: "nan",
    "infinity as a text": lambda: "inf",
    "exponent without end": lambda: "1e99999",
    "power": lambda: "2**3",
}

TEXTS = {
    "half a pair": lambda: "\ud800",
    "half a pair in a list": lambda: ["\udfff", "CHN"],
    "right to left": lambda: "\u202e5.0 = \u0665",
    "nothing that shows": lambda: "\u200b\u200c\u200d\ufeff\u2060",
    "combining alone": lambda: "\u0301\u0302",
    "nul": lambda: "\x00",
    "nul inside": lambda: "CHN\x00RUS",
    "bell and backspace": lambda: "\a\b\x1b[31m",
    "emoji": lambda: "🧑🏽‍🚀" * 50,
    "ligature that unfolds": lambda: "\ufdfa" * 2000,
    "dotless i": lambda: "ıİ",
    "line ends of all kinds": lambda: "\r\u2028\u2029\x85\v\f",
    "markup": lambda: "<script>alert(1)</script>",
    "link of ours": lambda: "[x](#E001) *y*",
    "format": lambda: "{0!r} %s %d {answer}",
    "code": lambda: "__import__('os').getcwd()",
    "quotes": lambda: "\"'\"'\"'",
    "backslashes": lambda: "\\" * 50,
    "regular expression": lambda: "(a+)+$" + "a" * 200 + "!",
    "spaces of numbers": lambda: " " * 50_000 + "x",
    "bytes": lambda: b"CHN",
    "bytearray": lambda: bytearray(b"CHN"),
    "memory": lambda: memoryview(b"CHN"),
    "array of bytes": lambda: np.array([b"CHN"]),
    "text of numpy": lambda: np.str_("neither"),
    "commas": lambda: ",,,x,,,",
    "two words": lambda: "no idea",
    "prose": lambda: "I do not know the answer to this. " * 40,
}

LISTS = {
    "list in itself": cyclic_list,
    "two lists in each other": two_lists_in_each_other,
    "dictionary in itself": cyclic_dict,
    "deep list": lambda: deep(lambda inner: [inner]),
    "deep tuple": lambda: deep(lambda inner: (inner,)),
    "deep dictionary": lambda: deep(lambda inner: {"a": inner}),
    "deep list of two": lambda: deep(lambda inner: [inner, "CHN"]),
    "list of lists": lambda: [["CHN"], ["RUS"]],
    "list of nothing": lambda: [None, None],
    "list of dots": lambda: [..., ..., ...],
    "list of mixed kinds": lambda: [1, "CHN", None, 2.5],
    "set of numbers": lambda: {-1, -2},
    "frozen set": lambda: frozenset({-1, -2}),
    "dictionary": lambda: {"answer": 5},
    "default dictionary": lambda: collections.defaultdict(list),
    "ordered": lambda: collections.OrderedDict(a=1),
    "counter": lambda: collections.Counter("abc"),
    "chain map": lambda: collections.ChainMap({}, {}),
    "proxy": lambda: types.MappingProxyType({"a": 1}),
    "deque": lambda: collections.deque(["CHN"]),
    "named tuple": lambda: collections.namedtuple("Pair", "a b")(None, None),
    "pairs": lambda: {"a": "CHN"}.items(),
    "generator": generator,
    "endless generator": endless_generator,
    "iterator": lambda: iter(["CHN", "RUS"]),
    "map": lambda: map(str.upper, ["chn"]),
    "zip": lambda: zip([1], [2], strict=True),
    "cycle": lambda: itertools.cycle(["CHN"]),
    "count": itertools.count,
    "file": lambda: io.StringIO("CHN"),
    "view without items": lambda: {}.values(),
}

TABLES = {
    "empty frame": pd.DataFrame,
    "frame of two": lambda: pd.DataFrame({"a": [1, 2]}),
    "frame of nothing": lambda: pd.DataFrame({"a": [None]}),
    "frame with twice the same column": lambda: pd.DataFrame([[1, 2]], columns=["a", "a"]),
    "frame with many indices": lambda: pd.DataFrame(
        {"a": [1, 2]}, index=pd.MultiIndex.from_tuples([(1, "x"), (2, "y")])
    ),
    "frame in a frame": lambda: pd.DataFrame({"a": [pd.DataFrame({"b": [1]})] * 2}),
    "not available": lambda: pd.Series([pd.NA, 1], dtype="Int64"),
    "no time": lambda: pd.Series([pd.NaT]),
    "categories": lambda: pd.Series(["no", "yes"], dtype="category"),
    "ordered categories": lambda: pd.Categorical(["b", "a"], ordered=True),
    "many indices": lambda: pd.MultiIndex.from_product([["CHN"], [1, 2]]),
    "intervals": lambda: pd.interval_range(0, 2),
    "periods": lambda: pd.period_range("1990", periods=2),
    "times with zones": lambda: pd.date_range("1990", periods=2, tz="UTC"),
    "sparse": lambda: pd.arrays.SparseArray([0, 0, -7]),
    "series of lists": lambda: pd.Series([["CHN"], ["RUS"]]),
    "series of objects": lambda: pd.Series([object(), None]),
    "group": lambda: pd.DataFrame({"a": [1]}).groupby("a"),
    "indexer": lambda: pd.Series([1]).iloc,
    "array of objects": lambda: np.array([object(), None], dtype=object),
    "array of arrays": lambda: np.array([np.array([1]), np.array([1, 2])], dtype=object),
    "array in itself": lambda: _array_in_itself(),
    "structured array": lambda: np.zeros(3, dtype=[("a", int)]),
    "record": lambda: np.zeros(1, dtype=[("a", int)])[0],
    "array without items": lambda: np.zeros((0, 5)),
    "array of many dimensions": lambda: np.zeros((2,) * 10),
    "array of complex": lambda: np.array([1j, 2j]),
    "array of times": lambda: np.array(["1990"], dtype="M8[D]"),
    "array of half floats": lambda: np.array([-7, -8], dtype=np.float16),
    "array of truths": lambda: np.array([True]),
    "masked": lambda: np.ma.array([1, 2], mask=[True, True]),
    "masked cell": lambda: np.ma.masked,
    "matrix of text": lambda: np.array([["a", "b"]]),
    "not available alone": lambda: pd.NA,
    "no time alone": lambda: pd.NaT,
    "dtype": lambda: np.dtype(float),
    "function of numpy": lambda: np.add,
}

THINGS = {
    "object": object,
    "class": lambda: int,
    "class of hostile class": lambda: type(of_hostile_meta()),
    "module": lambda: math,
    "lambda": lambda: lambda: 5,
    "function that never returns": lambda: forever,
    "function that sleeps": lambda: sleeps,
    "function that changes its argument": lambda: mutates,
    "function of the system": lambda: len,
    "method": lambda: [].append,
    "not implemented": lambda: NotImplemented,
    "exception": lambda: Boo(),
    "exception class": lambda: KeyboardInterrupt,
    "enumeration": lambda: Colour.RED,
    "pattern": lambda: __import__("re").compile("a"),
    "frame of a function": lambda: __import__("sys")._getframe(),
    "slice": lambda: slice(None),
    "random": lambda: random.Random(1),
    "weak": lambda: __import__("weakref").ref(Boo),
}


def column_of(thing: object) -> np.ndarray:
    """Put a thing into an array without asking it what it is, as older versions of NumPy would."""
    column = np.empty(2, dtype=object)
    column.fill(thing)
    return column


HOSTILE = {
    **{
        f"{name} that {what}": lambda parents=parents, behaviour=behaviour: overriding(
            behaviour, *parents
        )()
        for name, parents in {
            "thing": (),
            "text": (str,),
            "integer": (int,),
            "float": (float,),
            "list": (list,),
            "tuple": (tuple,),
            "dictionary": (dict,),
            "set": (set,),
            "decimal": (decimal.Decimal,),
        }.items()
        for what, behaviour in {
            "raises": raises,
            "leaves": leaves,
            "recurses": recurses,
        }.items()
        # A number whose own value is nought could be right; those stand below with a value.
        if not (name in ("integer", "float", "decimal") and what != "raises")
    },
    "thing that lies": lambda: overriding(lies)(),
    "text that lies": lambda: overriding(lies, str)("neither"),
    "list that lies": lambda: _listed(overriding(lies, list), ["neither", "nor"]),
    "integer that lies": lambda: overriding(lies, int)(-987_654),
    "float that lies": lambda: overriding(lies, float)(-987_654.5),
    "thing with a hostile class": of_hostile_meta,
    "text with a hostile class": lambda: of_hostile_meta(str),
    "list with a hostile class": lambda: of_hostile_meta(list),
    "table with a hostile column": lambda: pd.DataFrame({"a": column_of(overriding(raises)())}),
    "list of hostile things": lambda: [overriding(raises)(), ClassThatRaises()],
    "list of one hostile thing": lambda: [overriding(raises)()],
    "set of hostile things": lambda: {overriding(raises, methods=("__eq__", "__str__"))},
    "says that it is a float": lambda: ClassThatLies(float),
    "says that it is a text": lambda: ClassThatLies(str),
    "says that it is a list": lambda: ClassThatLies(list),
    "says that it is a table": lambda: ClassThatLies(pd.DataFrame),
    "has no class": ClassThatRaises,
    "has no attribute": RaisesOnEveryAttribute,
    "number that raises": lambda: NumberThatIs(raises),
    "number that leaves": lambda: NumberThatIs(leaves),
    "number that is closed": lambda: NumberThatIs(raises_no_exception),
    "number that gives a text": lambda: NumberThatIs(lambda: "5"),
    "name without end": lambda: type("x" * TEN_MILLION, (), {})(),
    "name that is markup": lambda: type("<b>", (), {})(),
    "table without a shape": lambda: frame_overriding(raises, "shape"),
    "column without a size": lambda: series_overriding(raises, "size"),
    "column without a list": lambda: series_overriding(leaves, "tolist"),
    "column whose list is none": lambda: series_overriding(lies, "tolist"),
}

ENDLESS = {
    "number that never comes": lambda: NumberThatIs(forever),
    "number that sleeps": lambda: NumberThatIs(sleeps),
    "table whose shape never comes": lambda: frame_overriding(forever, "shape"),
    "column whose size sleeps": lambda: series_overriding(sleeps, "size"),
    "column whose list never comes": lambda: series_overriding(forever, "tolist"),
}
"""Those on which reading would wait for ever."""

ODD = HUGE | NUMBERS_THAT_ARE_NONE | TEXTS | LISTS | TABLES | THINGS | HOSTILE


def _array_in_itself() -> np.ndarray:
    ring = np.array([None], dtype=object)
    ring[0] = ring
    return ring


def _listed(kind: type, members: list) -> list:
    made = kind()
    list.extend(made, members)
    return made
