"""Answers to exercise 09: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

GOOD = (
    "In our class I spoke for Russia. We made a deal of five, and Tokyo stayed outside, which it can "
    "afford: its walk-away value is the highest of all (SD5). I gave way on transit, because common papers "
    "and a treaty are worth nearly the same to me, and I was given the large ports in return. China changed "
    "its mind when we opened transit further: the way to the sea is what it comes for (NC02, SP016). The "
    "debrief showed that one other deal was better for two of us and worse for nobody, so we were not in "
    "the Pareto set. We had stopped as soon as enough had signed. The real Moscow was slower. It became a "
    "formal member late (E097), and the corporation was put off in its own capital (E105). In the game a "
    "veto is a number; there it was a governor, a ministry and an empty purse. So I think that the game is "
    "right about who could say no, and too hopeful about why they would say yes."
)

ACCEPTED = {
    "09.1": [87, 87.0, "87", " 87 ", numpy.int64(87), [87], Decimal(87)],
    "09.2": [
        ["RUS", "PRK", "KOR"],
        ("KOR", "RUS", "PRK"),
        {"rus", "prk", "kor"},
        "RUS, PRK, KOR",
        ["Russia", "North Korea", "South Korea"],
        pandas.Series(["RUS", "PRK", "KOR"]),
        numpy.array(["RUS", "PRK", "KOR"]),
    ],
    "09.3": [4, "4", 4.0, Fraction(4), numpy.int64(4)],
    "09.4": [49, "49", 49.0, numpy.int64(49), [49]],
    "09.5": ["contiguous", " Contiguous ", "One zone, three administrations", ["contiguous"]],
    "09.6": ["bank", "BANK", "A regional development bank", " bank "],
    "09.7": [4368000, "4368000", "4,368,000", 4368000.0, numpy.int64(4368000)],
    "09.8": [47, "47", 47.0, numpy.int64(47)],
    "09.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(E105)", "(E102)")],
    "09.10": [["JPN"], "JPN", "Japan", ("jpn",)],
}

REJECTED = {
    "09.1": [
        (77, "the pilot forgotten"),
        (57, "another delegation"),
        (48, "another delegation"),
        (100, "best of all"),
        (56, "walk-away value"),
        (86, "other"),
    ],
    "09.2": [
        (["CHN", "JPN", "MNG"], "the others"),
        (["CHN", "RUS", "PRK"], "those on the river"),
        (["CHN", "RUS", "PRK", "KOR"], "nearly enough"),
        (["RUS", "PRK", "KOR", "MNG"], "nearly enough"),
        (["RUS", "PRK", "KOR", "JPN"], "Japan"),
        (["PRK", "KOR"], "somebody missing"),
    ],
    "09.3": [
        (7, "without the veto"),
        (3, "five only"),
        (6, "all fives"),
        (8, "without the number"),
        (1, "one group"),
        (5, "other"),
    ],
    "09.4": [
        (19, "those that Japan signs"),
        (51, "with those at the border"),
        (68, "all that pass"),
        (460, "all deals"),
        (20, "other"),
    ],
    "09.5": [
        ("separate", "too much given"),
        ("documents", "too much given"),
        ("rajin", "Moscow lost"),
        ("bank", "nothing changed"),
        ("vladivostok", "Pyongyang still out"),
        ("authority", "Pyongyang still out"),
    ],
    "09.6": [
        ("private", "nothing changed"),
        ("loans", "loans"),
        ("authority", "no deal any more"),
        ("own", "no deal any more"),
        ("zarubino", "somebody loses"),
    ],
    "09.7": [
        (100, "a sum"),
        (58 * 80 * 63 * 83 * 64 * 82, "points without the walk-away"),
        (-1000, "no brackets"),
        (1092000, "somebody missing"),
        (4368001, "other"),
    ],
    "09.8": [
        (115, "all that would pass"),
        (128, "nobody's veto"),
        (60, "nobody's veto"),
        (66, "blocked alone"),
        (-47, "a minus"),
        (9, "another veto"),
        (50, "other"),
    ],
    "09.9": [
        ("We made a deal and I am content.", "no evidence"),
        ("Pyongyang feared the company (SP041, NC04, SP040) and had a veto.", "no record"),
        ("Pyongyang feared the company (SP041) and asked for its own zone (E096).", "too few rows"),
        (
            "Pyongyang feared the company (SP041, NC04) and asked for its own zone (E096).",
            "no words of the lesson",
        ),
        (
            "Pyongyang feared the company (SP041, NC04), had a veto, and asked for a zone (E096).",
            "too short",
        ),
    ],
    "09.10": [
        (["JPN", "KOR"], "several"),
        ("RUS", "has one already"),
        ("MNG", "the keenest"),
        ("KOR", "one deal only"),
    ],
}
