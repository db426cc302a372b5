"""Answers to the tasks of exercise 04: those accepted, and those turned down with their mistake."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

PROSE = ["human capital", "physical capital per worker", "market-size scale economies"]
GOOD = (
    "The planner is half right. Where regions differ, ties often grew: the fishing ventures of Japan "
    "and the Russian Far East went from one to twenty in four years (RP14). But North Korea and Mongolia "
    "share no strength, and no tie between them is told (RP06). All pairs of North Korea stand without "
    "growth. What they have in common is a closed door: no relations with Seoul and Tokyo, and no hard "
    "currency. So complementarity says what could be exchanged; it does not say that anybody may. With "
    "fifteen pairs, judged from two documents that looked for success, this is a suggestion and no proof."
)

ACCEPTED = {
    "04.1": [
        PROSE,
        tuple(reversed(PROSE)),
        set(PROSE),
        pandas.Series(PROSE),
        numpy.array(PROSE),
        [f" {name.upper()} " for name in PROSE],
        ", ".join(PROSE),
    ],
    "04.2": [1 - 2 / 11, 0.82, "0.818", Fraction(9, 11), numpy.float32(0.8182), [0.82]],
    "04.3": [0.45, "0.45", 9 / 20, Fraction(9, 20), Decimal("0.45"), numpy.float64(0.45)],
    "04.4": [4, 4.0, "4", numpy.int64(4), [4]],
    "04.5": [0.8, 12 / 15, "0.8", Fraction(4, 5), pandas.Series([0.8])],
    "04.6": [125 / 120, 1.04, "1.0417", numpy.float64(1.041667), 1.042],
    "04.7": [5000, 1, "6000", 6600.0, numpy.int64(3000), Decimal("2500.5")],
    "04.8": [
        "Russian Far East",
        " russian far east ",
        "the Russian Far East",
        ["Russian Far East"],
    ],
    "04.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(RP06)", "(RP09)")],
    "04.10": [3, "3", 3.0, numpy.int8(3)],
}

REJECTED = {
    "04.1": [
        ([*PROSE, "technology"], "from the table"),
        (["capital"], "from the table"),
        ([*PROSE, "timber"], "another region"),
        (PROSE[:2], "not all"),
        (["human capital"], "not all"),
        (["humans"], "other"),
    ],
    "04.2": [
        (2 / 11, "what they share"),
        (0.45, "matching"),
        (1 - 2 / 13, "by the sum"),
        (81.8, "as a percentage"),
        (11, "a count"),
        (0.5, "other"),
    ],
    "04.3": [
        (1, "saturated"),
        (9 / 24, "all rows of the picture"),
        (9, "a count"),
        (0.55, "what they share"),
        (0.7, "other"),
    ],
    "04.4": [
        (2, "growth with a figure"),
        (3, "no tie"),
        (7, "all that did not grow"),
        (15, "all pairs"),
        (6, "growth in words"),
        (100, "other"),
    ],
    "04.5": [
        (1.25, "upside down"),
        (2, "Japan's"),
        (1.5, "between the countries"),
        (3.75, "between the countries"),
        (3, "a difference"),
        (0.1, "other"),
    ],
    "04.6": [
        (1.125, "equal hours"),
        (0.96, "upside down"),
        (1.118, "a gain"),
        (1.0392, "a gain"),
        (2, "other"),
    ],
    "04.7": [
        (0, "not above zero"),
        (-5000, "not above zero"),
        (20_000, "Portugal gains nothing"),
        (10_000, "Portugal gains nothing"),
        (8000, "both gain"),
    ],
    "04.8": [
        ("Mongolia", "as before"),
        ("Japan", "the largest"),
        ("Northeast China", "many workers and much coal"),
        ("China", "many workers and much coal"),
        ("South Korea", "other"),
    ],
    "04.9": [
        ("Trade did not grow everywhere.", "no evidence"),
        ("Japan and the Russian Far East grew (RP14).", "only pairs that grew"),
        ("North Korea and Mongolia did not (RP06).", "only pairs that did not grow"),
        ("The one grew (RP14), the other did not (RP06).", "too short"),
    ],
    "04.10": [
        (20, "all cases"),
        (14, "one gain only"),
        (0, "none"),
        (7, "other"),
    ],
}
