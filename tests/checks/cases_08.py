"""Answers to exercise 08: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

DRAWN = ["CHN", "RUS", "JPN"]
SLOPE = 2.283327891586354
GOOD = (
    "On the curve the programme stood left of the threshold, and it was only a push from outside that "
    "lifted the agreement for some rounds. In May 1993 five governments agreed in principle (E102), and "
    "UNDP paid and called the meetings. I see the trouble at step 2.3: the study has no case of it in any "
    "country (SE25), so nothing that capitals agreed on came back to the regions, and ties did not grow "
    "past the threshold before the push was over. In July 1994 the corporation was put off (E105). What "
    "would have had to be different is a push that lasts longer, or capitals that are less reluctant for "
    "good, so that the lower outcome is gone. Against this one can say that a reluctant Pyongyang gives "
    "the same stall, and that the model knows nothing of shocks such as the nuclear crisis (E100). Its "
    "numbers are made for teaching, so it can tell us where to look and not what happened."
)

ACCEPTED = {
    "08.1": [
        DRAWN,
        set(DRAWN),
        tuple(reversed(DRAWN)),
        pandas.Series(DRAWN),
        numpy.array(DRAWN),
        ["China", "Russia", "Japan"],
        [code.lower() for code in DRAWN],
        "CHN, RUS, JPN",
    ],
    "08.2": [0.395245, 0.3952, "0.395", 0.4, Decimal("0.395"), numpy.float64(0.395245)],
    "08.3": [0.583, "0.583", 0.58, numpy.float32(0.5834), Fraction(7, 12)],
    "08.4": [0.4, "0.4", " 0.4 ", Decimal("0.4"), Fraction(2, 5), numpy.float64(0.4), [0.4]],
    "08.5": ["C", "c", " C ", "C.", "(c)", ["C"]],
    "08.6": [SLOPE, 2.28, "2.28", 2.3, numpy.float64(SLOPE), Decimal("2.283")],
    "08.7": [9, 9.0, "9", numpy.int64(9), [9]],
    "08.8": [1.15, "1.15", Decimal("1.15"), numpy.float64(1.15), Fraction(23, 20)],
    "08.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(SE25)", "(X48)")],
    "08.10": [0.13, "0.13", 13 / 100, Decimal("0.13"), numpy.float64(0.13)],
}

REJECTED = {
    "08.1": [
        (["CHN", "RUS", "JPN", "KOR", "PRK", "MNG"], "everybody"),
        (["CHN", "RUS", "KOR", "PRK", "MNG"], "at the table"),
        (["CHN"], "strong only"),
        (["CHN", "RUS", "KOR"], "no case"),
        (["CHN", "JPN"], "one missing"),
    ],
    "08.2": [
        (0.4645, "three rounds"),
        (0.42805, "four rounds"),
        (0.354294, "down to nothing"),
        (0.35, "the same each round"),
        (0.31523, "eight rounds"),
        (0.6, "other"),
    ],
    "08.3": [
        (0.7166667, "ordinary mean"),
        (0.039366, "no root"),
        (0.1, "the least willing"),
        (0.37798, "one of four"),
        (0.774597, "one star"),
        (0.006561, "brackets"),
        (0.9, "other"),
    ],
    "08.4": [
        (0.3, "ring still there"),
        (0.2, "a threshold is not take-off"),
        (0.1, "the start"),
        (1.45, "reluctance"),
        (0, "other"),
    ],
    "08.5": [("A", "freedom"), ("b", "ties"), ("D", "negotiation"), ("E", "feedback")],
    "08.6": [
        (0.045667, "only the rise"),
        (0.43796, "upside down"),
        (0.95438, "not a difference"),
        (-4.65, "missing brackets"),
        (1.7993, "the row before"),
        (2.6811, "the row after"),
        (7, "other"),
    ],
    "08.7": [
        (8, "one too few"),
        (5, "too short"),
        (15, "the push of the lesson"),
        (20, "longer than needed"),
        (100, "other"),
    ],
    "08.8": [
        (1.35, "where it would have lasted"),
        (1.25, "the worked case"),
        (1.2, "one step too high"),
        (1.1, "lower than needed"),
        (1.5, "other"),
    ],
    "08.9": [
        ("The programme stalled at step 2.3 because the push was short.", "no evidence"),
        ("The corporation was put off (E105), and Pyongyang left (E127).", "no step"),
        ("The trouble is step 2.3, since the corporation was put off (E105).", "one row only"),
        ("At step 2.2 Pyongyang said no (E092, E096), so it came to nothing.", "no curve"),
        (
            "The push was short of the threshold, and step 2.3 has no case (SE25, E105).",
            "too short",
        ),
    ],
    "08.10": [
        (0.12, "still three"),
        (0.1, "still three"),
        (0.2, "the slider"),
        (0.15, "further than needed"),
        (1, "crossings"),
        (13, "in hundredths"),
        (0.9, "other"),
    ],
}
