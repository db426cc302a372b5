"""Answers to exercise 06: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

GOOD = (
    "To the Chinese delegation. Support the jointly run zone (ZO3). We alone have no port of our own on "
    "this sea, so we have none to lose. With separate zones (ZO1) our goods would still have to cross a "
    "border to reach a ship. With a common enterprise the port is run for all three, and its outline is "
    "drawn by all three (ZW06). The price: officials of an international body (PR3) would manage land "
    "that stays ours (PR1). The principles do not say who yields when the two disagree. Insist on a "
    "sentence about that, and on a court that both sides accept, before any lease is signed under our "
    "own law (PR2). North Korea spoke against this way (E092), so offer Pyongyang something in return."
)

ACCEPTED = {
    "06.1": [1990, 1990.0, "1990", " 1990 ", numpy.int64(1990), [1990]],
    "06.2": [38.5, "38.5", 38, (16.9 - 12.2) / 12.2 * 100, numpy.float64(38.46)],
    "06.3": [
        ["JPN", "FIN"],
        ("FIN", "JPN"),
        {"JPN", "FIN"},
        pandas.Series(["JPN", "FIN"]),
        ["Japan", "Finland"],
        "jpn, fin",
    ],
    "06.4": ["C", "c", " C ", "C.", ["C"], "ZO3", "one jointly run zone"],
    "06.5": [0.7333, 0.73, "0.73", 220 / 30000 * 100, Fraction(22, 30), Decimal("0.733")],
    "06.6": [4.44, "4.44", 4.4, (445 / 952) / (20.5 / 195), numpy.float32(4.446)],
    "06.7": [4.25, 4.2503, "4.25", 4.246, numpy.float64(4.24075), pandas.Series([4.24])],
    "06.8": [28.29, 28, "28", "28.3", (20.5 - 14.7) / 20.5 * 100, numpy.int64(28)],
    "06.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(E092)", "(X44)")],
    "06.10": [2.41, 2.4114, "2.41", 0.539 * (2.71828**1.7 - 1), numpy.float64(2.41)],
}

REJECTED = {
    "06.1": [
        (1991, "the study's year"),
        ("1991", "the study's year"),
        (1984, "the lobbying"),
        (1992, "the principles"),
        (90, "no year"),
        (1988, "other"),
    ],
    "06.2": [
        (1.385, "as a ratio"),
        (138.5, "ratio in percent"),
        (27.8, "against the larger"),
        (4.7, "the difference"),
        (0.385, "as a share"),
        (50, "other"),
    ],
    "06.3": [
        (["JPN", "FIN", "RUS"], "the Soviet seat"),
        (["JPN", "FIN", "PRK"], "members too"),
        (["JPN"], "without the donor"),
        (["FIN"], "without the neighbour"),
    ],
    "06.4": [("A", "separate"), ("b", "adjoining"), ("D", "a new state"), ("ZO2", "adjoining")],
    "06.5": [
        (0.00733, "as a share"),
        (733.3, "mixed units"),
        (7.33, "mixed units"),
        (136.4, "upside down"),
        (3.14, "money talked about"),
        (3.873, "both together"),
        (12, "other"),
    ],
    "06.6": [
        (0.225, "upside down"),
        (0.22, "upside down"),
        (21.7, "outputs only"),
        (106, "times the distance"),
        (0.205, "distances only"),
        (66, "with barriers"),
        (10, "other"),
    ],
    "06.7": [
        (10.9, "all pairs"),
        (0.0285, "one column"),
        (4.22, "one column"),
        (4.2122, "one column"),
        (0, "both at once"),
        (1.58, "the Koreas"),
        (0.91, "trade"),
        (4270, "in millions"),
        (7, "other"),
    ],
    "06.8": [
        (71.7, "what is left"),
        (39.5, "against the smaller"),
        (5.8, "the difference"),
        (0.283, "as a share"),
        (-28.3, "a negative cut"),
        (50, "other"),
    ],
    "06.9": [
        ("Choose the joint zone.", "no evidence"),
        ("The principles (PR1, PR3) pull apart.", "no way chosen"),
        ("Choose the joint zone (ZO3), it is best (E096).", "principles left out"),
        ("Choose the joint zone (ZO3) under the principles (PR1).", "too few rows"),
        ("Choose the joint zone (ZO3) under the principles (PR1, PR3).", "too short"),
    ],
    "06.10": [
        (2.95, "trade without barriers"),
        (1.473, "one by one"),
        (0.916, "without a power"),
        (5.474, "how many times"),
        (1, "other"),
    ],
}
