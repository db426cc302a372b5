"""Answers to exercise 02: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

PARTNERS = ["MNG", "RUS", "CHN"]
ORDER = ["E057", "E070", "E081", "E084"]
GOOD = (
    "I find it strongest that each side wanted something the other could give. Seoul wanted to be "
    "recognised and Moscow wanted money (TW04, TW05), so they opened relations in September 1990 "
    "(E063). The end of the Cold War made such a bargain possible, but it does not say who would "
    "bargain with whom, since Japan and North Korea talked in the same months and failed. Some "
    "object that the blocs of Europe and America pushed the region. But the world's talks broke "
    "down only in December 1990, when two of the three bridges already stood, and a cause has to "
    "come before its effect."
)

ACCEPTED = {
    "02.1": [
        PARTNERS,
        set(PARTNERS),
        tuple(reversed(PARTNERS)),
        pandas.Series(PARTNERS),
        [code.lower() for code in PARTNERS],
        ["Mongolia", "Soviet Union", "China"],
        "MNG, SUN, CHN",
        ["MNG", "Russia", "CHN"],
    ],
    "02.2": [22, 22.0, "22", " 22 ", numpy.int64(22), Decimal(22), [22]],
    "02.3": [
        ORDER,
        tuple(ORDER),
        numpy.array(ORDER),
        pandas.Series(ORDER),
        [row.lower() for row in ORDER],
        "E057, E070, E081, E084",
    ],
    "02.4": [5, "5", 5.0, numpy.int8(5), pandas.Series([5])],
    "02.5": [0.5, "0.5", Fraction(1, 2), numpy.float64(0.5), Decimal("0.50"), 0.4999999],
    "02.6": [3, 3.0, "3", numpy.int64(3), pandas.Series([3])],
    "02.7": [
        "3221111",
        "322 1111",
        "322-1111",
        3221111,
        [3, 2, 2, 1, 1, 1, 1],
        (3, 2, 2, 1, 1, 1, 1),
        ["3", "2", "2", "1", "1", "1", "1"],
        numpy.array([3, 2, 2, 1, 1, 1, 1]),
        pandas.Series([3.0, 2, 2, 1, 1, 1, 1]),
    ],
    "02.8": [GOOD, f"\n{GOOD}\n", GOOD.replace("(E063)", "(RE05)")],
    "02.9": [32.85, 32.9, "32.9", numpy.float64(32.87), Decimal("33")],
}

REJECTED = {
    "02.1": [
        ([*PARTNERS, "PRK"], "the north"),
        ([*PARTNERS, "JPN"], "the same side"),
        (["USA"], "the same side"),
        (["RUS", "CHN"], "without Mongolia"),
        (["MNG", "CHN"], "not all giants"),
        (["MNG", "RUS"], "not all giants"),
    ],
    "02.2": [
        (24, "whole years only"),
        (26, "added the months"),
        (-22, "backwards"),
        (2, "in years"),
        (1.83, "in years"),
        (23, "counting both ends"),
        (0, "other"),
    ],
    "02.3": [
        (["E057", "E070", "E081"], "not all four"),
        (["E057", "E057", "E070", "E084"], "not all four"),
        (["E070", "E057", "E081", "E084"], "one trip for another"),
        (["E057", "E070", "E084", "E081"], "as the study dates it"),
        (["E057", "E081", "E070", "E084"], "the end too early"),
        (["E057", "E081", "E084", "E070"], "the end too early"),
    ],
    "02.4": [
        (4, "the example"),
        (22, "the whole table"),
        (10, "kinds of want"),
        (0, "none"),
        (7, "other"),
    ],
    "02.5": [
        (50, "as a percentage"),
        (30, "thousand tonnes"),
        (2, "upside down"),
        (9, "the bill"),
        (0.0005, "millions and thousands"),
        (500, "millions and thousands"),
        (0.7, "other"),
        (-1, "other"),
    ],
    "02.6": [
        (-3, "signs minus obstacles"),
        (5, "one side only"),
        (2, "one side only"),
        (7, "both sides added"),
        (1, "the wrong column"),
        (-1, "the wrong column"),
        (12, "other"),
    ],
    "02.7": [
        ("3220000", "a line without weight"),
        ("1111111", "not the obstacles"),
        ([2, 1, 1, 1, 1, 1, 1], "not the obstacles"),
        ("3111111", "hangs on several"),
        ("3331111", "other"),
        ("1331111", "hangs on several"),
        ("3332222", "hangs on several"),
        ("2321111", "other"),
    ],
    "02.8": [
        ("Because everybody wanted peace.", "no evidence"),
        ("The doors opened when the Cold War ended (E051, E081).", "no want"),
        ("Seoul wanted recognition (TW05).", "no event"),
        ("Moscow wanted money (TW04), so it opened relations (E063).", "too short"),
    ],
    "02.9": [
        (65.7, "not halved"),
        (0.33, "as a share"),
        (0, "signs kept"),
        (19.6, "the widest gap"),
        (12, "other"),
    ],
}
