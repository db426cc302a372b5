"""Answers to exercise 10: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

LEFT = ["CHN", "MNG", "KOR", "RUS"]
ORDER = ["E116", "E129", "E131", "E133", "E135"]
GOOD = (
    "I code the prediction that UN support moves the scheme forward (PP03) as borne out. While the "
    "programme of the United Nations called the meetings and paid for the studies, capitals that had "
    "not spoken to each other sat down and signed an agreement in New York (PV07). After it had "
    "handed the work over, the same states met year after year and signed nothing of that weight. "
    "Against me speaks that the commission goes on without any help (PV08). But to meet is not yet "
    "to move. I would change my mind if the record showed an agreement on land or money that the "
    "members made alone, after 2005, without somebody from outside who paid for it."
)

ACCEPTED = {
    "10.1": [
        LEFT,
        set(LEFT),
        tuple(reversed(LEFT)),
        pandas.Series(LEFT),
        [code.lower() for code in LEFT],
        ["China", "Mongolia", "South Korea", "Russia"],
        "CHN, MNG, KOR, RUS",
    ],
    "10.2": [167, 167.0, "167", " 167 ", numpy.int64(167), Decimal(167), [167]],
    "10.3": [
        ORDER,
        tuple(ORDER),
        numpy.array(ORDER),
        pandas.Series(ORDER),
        [row.lower() for row in ORDER],
        "E116, E129, E131, E133, E135",
    ],
    "10.4": [3, "3", 3.0, numpy.int8(3), pandas.Series([3])],
    "10.5": [2.887, "2.9", 2.89, Fraction(11000, 3810), numpy.float64(2.8871), Decimal("2.89")],
    "10.6": [4, 4.0, "4", numpy.int64(4), pandas.Series([4])],
    "10.7": [64, 64.0, "64", numpy.int64(64), [64]],
    "10.8": [["B", "D"], ("D", "B"), {"B", "D"}, "B, D", ["b", "d"], pandas.Series(["B", "D"])],
    "10.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(PP03)", "PP03,")],
    "10.10": [240 / 440, 0.545, "0.545", Fraction(6, 11), numpy.float64(0.5454), Decimal("0.5455")],
}

REJECTED = {
    "10.1": [
        ([*LEFT, "PRK"], "the one that left"),
        ([*LEFT, "JPN"], "an observer"),
        ([*LEFT, "UNDP"], "the founder"),
        (["CHN", "KOR", "RUS"], "without Mongolia"),
        (["CHN", "MNG", "RUS"], "not all four"),
    ],
    "10.2": [
        (168, "whole years only"),
        (169, "added the months"),
        (-167, "backwards"),
        (14, "in years"),
        (13.9, "in years"),
        (0, "other"),
    ],
    "10.3": [
        (ORDER[:4], "not all five"),
        (["E116", "E116", *ORDER[2:]], "not all five"),
        (["E116", "E129", "E131", "E135", "E133"], "stopped before it came"),
        (["E116", "E131", "E129", "E133", "E135"], "two lines in one year"),
        (["E129", "E116", "E131", "E133", "E135"], "built last"),
        (["E116", "E129", "E133", "E131", "E135"], "other"),
    ],
    "10.4": [
        (14, "filtered once"),
        (19, "all major"),
        (60, "the whole table"),
        (11, "the rest"),
        (7, "other"),
    ],
    "10.5": [
        (86.6, "not compared"),
        (366.7, "not converted"),
        (46566.7, "multiplied"),
        (0.346, "upside down"),
        (0.00289, "billions and trillions"),
        (2887, "billions and trillions"),
        (5, "other"),
        (-2.89, "other"),
    ],
    "10.6": [
        (2, "where it helps"),
        (6, "every row"),
        (15, "rounds"),
        (0, "none"),
        (3, "other"),
    ],
    "10.7": [
        (8, "one field only"),
        (72, "one field only"),
        (48, "those that stall"),
        (-64, "backwards"),
        (88, "all settings"),
        (16, "the usual support"),
        (30, "other"),
    ],
    "10.8": [
        (["A", "B", "D"], "could become"),
        (["B", "C", "D"], "sooner or later"),
        (["B"], "only one"),
        (["D"], "only one"),
    ],
    "10.9": [
        ("It was right, because the states signed.", "no evidence"),
        ("I code PP04 as borne out, since five signed (PV09).", "one side only"),
        ("Five signed (PV09), and the land was put off (PV11).", "no prediction"),
        ("I code PP06 as contradicted: signed (PV09), and put off (PV11).", "another prediction"),
        ("I code PP04 as undecided: signed (PV09), and put off (PV11).", "too short"),
    ],
    "10.10": [
        (54.5, "as a percentage"),
        (0.4545, "those that take off"),
        (115 / 440, "only stall"),
        (2.727, "sum of shares"),
        (240, "a count"),
        (64 / 88, "one field"),
        (0.1, "other"),
    ],
}
