"""Answers to exercise 07: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

RANKS = ["CHN", "MNG", "RUS", "PRK", "KOR", "JPN"]
GOOD = (
    "The sentence is half right. A province of China put the plan before foreigners before its capital "
    "had spoken (E061), which is what the study expects and what realism did not foresee. But to bargain "
    "is also to decide. Beijing cut the port plan of Jilin down (OB04), and Pyongyang held out for a zone "
    "of its own (E092). When it became serious, the corporation was put off in Moscow (E105), and what "
    "was signed at last were commissions of governments (E109). For this part intergovernmentalism gives "
    "the better account: the agreement went as far as the least willing government would go. So the "
    "regions began the game and the capitals set its limits, and each account sees one half of it."
)

ACCEPTED = {
    "07.1": [1, 1.0, "1", " 1 ", numpy.int64(1), [1]],
    "07.2": [
        RANKS,
        tuple(RANKS),
        pandas.Series(RANKS),
        numpy.array(RANKS),
        [code.lower() for code in RANKS],
        ["China", "Mongolia", "Russia", "North Korea", "South Korea", "Japan"],
        "CHN, MNG, RUS, PRK, KOR, JPN",
    ],
    "07.3": [1, 1.0, "1", "1.0", numpy.float64(1)],
    "07.4": [0.1, "0.1", 0.09999999999999998, Fraction(1, 10), [0.1]],
    "07.5": [0.55, "0.55", numpy.float64(0.55), 0.5500001, Decimal("0.55")],
    "07.6": [0.21, 0.20999999999999996, "0.21", Decimal("0.21"), Fraction(21, 100)],
    "07.7": [0.3, "0.30", 0.30000000000000004, [0.3], " 0.3 "],
    "07.8": [3, "3", 3.0, numpy.int64(3)],
    "07.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(E105)", "(OB08)")],
    "07.10": [0.4, "0.4", numpy.float64(0.4), Fraction(2, 5)],
}

REJECTED = {
    "07.1": [(4, "all steps"), (3, "steps of the others"), (2, "steps away"), (0, "other")],
    "07.2": [
        (RANKS[::-1], "backwards"),
        (RANKS[:5], "not all six"),
        ([*RANKS[:5], "CHN"], "not all six"),
        (["CHN", "KOR", "MNG", "RUS", "PRK", "JPN"], "Seoul by its deeds"),
        (["CHN", "RUS", "MNG", "PRK", "KOR", "JPN"], "the coastless one"),
        (["MNG", "CHN", "RUS", "PRK", "KOR", "JPN"], "other"),
    ],
    "07.3": [
        (1.4, "off the line"),
        (0.7, "the ideal point"),
        (0, "the wrong end"),
        (0.35, "other"),
    ],
    "07.4": [
        (0.2, "without the payment"),
        (0.9, "the other end"),
        (0.05, "not divided"),
        (0.3, "payment as a cost"),
        (0.5, "other"),
    ],
    "07.5": [
        (0.4, "no cost"),
        (0.5, "another cost"),
        (0.3, "an end of the overlap"),
        (0.8, "an end of the overlap"),
        (0.6, "what Beijing wants"),
        (0.7, "other"),
    ],
    "07.6": [
        (-0.21, "with a minus"),
        (0.3, "without salience"),
        (0.28, "without the status quo"),
        (0.43, "divided"),
        (0.5, "other"),
    ],
    "07.7": [
        (0.4, "end of the overlap"),
        (0.36, "five members"),
        (0.22, "autonomy as read"),
        (0.13, "Putnam's order"),
        (0.5, "other"),
    ],
    "07.8": [
        (7, "all evidence"),
        (0, "the study's column"),
        (10, "all rows"),
        (2, "realism's column"),
        (1, "other"),
    ],
    "07.9": [
        ("The capitals decided.", "no evidence"),
        ("Jilin began (E061), Pyongyang held out (E092), and Beijing cut (OB04).", "one time only"),
        ("Jilin began (E061) and it was put off (E105).", "too few rows"),
        ("Jilin began (E061), it was put off (E105), and no zone came (E109).", "no account"),
        (
            "Realism is right: Jilin began (E061), it was put off (E105), and no zone came (E109).",
            "too short",
        ),
    ],
    "07.10": [
        (0.36, "where they agree"),
        (1, "the end of the list"),
        (0.3, "one step early"),
        (0.5, "one step late"),
        (40, "in percent"),
        (0, "other"),
    ],
}
