"""Answers to exercise 01: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

EVENTS = ["E025", "E028", "E030", "E034"]
RIBS = ["AUS", "JPN", "KOR", "NZL", "PHL", "ROC", "THA"]
GOOD = (
    "The study says that the Korean War began after the peace with Japan and changed policy (X02). "
    "But the war broke out in June 1950 (E025) and the treaty was signed in September 1951 (E028). "
    "A cause must come before its effect. So the war cannot have come after the treaties; it came "
    "before them, and helped to shape them. If the dates are put right, the argument of the study "
    "becomes stronger, because the treaties themselves carry the mark of the war. The lesson for a "
    "reader is to put the clauses of a paragraph in the order of their dates before believing it."
)

ACCEPTED = {
    "01.1": [1860, 1860.0, "1860", " 1860 ", numpy.int64(1860), Decimal("1860"), [1860]],
    "01.2": [52, 52.0, "52", numpy.float64(52), Fraction(52), pandas.Series([52])],
    "01.3": [
        EVENTS,
        tuple(EVENTS),
        numpy.array(EVENTS),
        pandas.Series(EVENTS),
        [row.lower() for row in EVENTS],
        "E025, E028, E030, E034",
        [f" {row} " for row in EVENTS],
    ],
    "01.4": [
        RIBS,
        set(RIBS),
        tuple(reversed(RIBS)),
        pandas.Series(RIBS),
        [code.lower() for code in RIBS],
        ["Japan", "South Korea", "Taiwan", "Philippines", "Thailand", "Australia", "New Zealand"],
    ],
    "01.5": [
        0.5378787878787878,
        0.54,
        "0.54",
        0.538,
        numpy.float32(0.5379),
        [0.54],
        Decimal("0.54"),
    ],
    "01.6": [5, "5", 5.0, numpy.int8(5), " 5 "],
    "01.7": ["A", "a", " A ", "A.", ["A"], "(a)"],
    "01.8": [GOOD, f"\n{GOOD}\n", GOOD.replace("(E028)", "(E030)")],
    "01.9": [0.75, "0.75", Fraction(3, 4), numpy.float64(0.75), 0.7500001],
}

REJECTED = {
    "01.1": [
        (1858, "aigun"),
        ("1858", "aigun"),
        (1886, "protocol"),
        (1938, "blocked"),
        (60, "no year"),
        (-1860, "no year"),
        (10**30, "no year"),
        (1905, "other"),
    ],
    "01.2": [
        (-52, "backwards"),
        (1938, "a year"),
        (28, "from the sailings"),
        (78, "from the treaty"),
        (53, "counting both ends"),
        (0, "other"),
    ],
    "01.3": [
        (["E028", "E025", "E030", "E034"], "peace before war"),
        (["E025", "E030", "E028", "E034"], "force before signature"),
        (["E025", "E028", "E030"], "not all four"),
        (["E025", "E025", "E028", "E030"], "not all four"),
        (["E034", "E025", "E028", "E030"], "other"),
    ],
    "01.4": [
        ([*RIBS, "USA"], "the hub itself"),
        ([*RIBS, "RUS"], "across the divide"),
        (["JPN", "KOR", "ROC", "PHL", "THA"], "without the south"),
        ([code for code in RIBS if code != "ROC"], "without Taiwan"),
        ([code for code in RIBS if code != "THA"], "other"),
    ],
    "01.5": [
        (54, "as a percentage"),
        (10, "number of ties"),
        (1958, "the year"),
        (0.288, "the last year"),
        (0.2, "other"),
    ],
    "01.6": [(9, "all ties"), (4, "ties of the hub"), (3, "another year"), (0, "other")],
    "01.7": [("B", "treaty of 1978"), ("c", "Shanghai"), ("D", "Moscow")],
    "01.8": [
        ("The study is wrong.", "no evidence"),
        ("The war came first (E025), the treaty later (E028).", "error not named"),
        ("The study is wrong (X02).", "one row only"),
        ("The war began before the treaty (E025, E028), unlike the study says (X02).", "too short"),
    ],
    "01.9": [
        (1, "a full star"),
        (0.5, "without the loner"),
        (9, "not divided"),
        (0.3, "density"),
        (0.1, "other"),
    ],
}
