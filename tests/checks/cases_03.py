"""Answers to exercise 03: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

OWNERS = ["CHN", "JPN", "KOR"]
GOOD = (
    "The study follows Scalapino and says that soft regionalism shows a horizontal division of "
    "labour (X47). Horizontal means that partners on one level exchange parts or varieties of the "
    "same thing; vertical means that unlike partners exchange materials, hands and goods. The ties "
    "of the lesson are mostly vertical. Russian materials go to China and come back as leather "
    "goods (AV12). Workers leave China for Russian forests (AV11). Japanese boats pay for Russian "
    "fish (AV15). Only the joint ventures bring both sides into one firm, and even there one side "
    "often brings the money and the other the fish. For the other side one may say that a start "
    "between unlike partners can grow into more, as zones were meant to show. So far the evidence "
    "is with Toloraya, who misses just this horizontal exchange."
)

ACCEPTED = {
    "03.1": [
        OWNERS,
        tuple(OWNERS),
        numpy.array(OWNERS),
        pandas.Series(OWNERS),
        "CHN, JPN, KOR",
        [" chn ", "jpn", "Kor"],
        ["China", "Japan", "South Korea"],
    ],
    "03.2": [95, 95.0, "95", " 95.0 ", numpy.float64(95), Decimal("95"), [95], 60 + 50 * 0.7],
    "03.3": [0.5625, 0.56, "0.56", Fraction(9, 16), numpy.float32(0.5625), 9 / 16],
    "03.4": [196 * 1.15**6, 453.36, 453, "453.4", numpy.float64(453.36), pandas.Series([453.4])],
    "03.5": [(596 / 196) ** (1 / 6) - 1, 0.2, 0.2036, "0.204", Decimal("0.20"), [0.2036]],
    "03.6": [9, 9.0, "9", numpy.int64(9), pandas.Series([9])],
    "03.7": [29.3 - (27.3 + 1.9), 0.1, "0.1", Decimal("0.1"), numpy.float64(0.1)],
    "03.8": [
        ["B", "D"],
        ["D", "B"],
        {"b", "d"},
        ("B", "D"),
        "B, D",
        "BD",
        ["B.", "D."],
        numpy.array(["B", "D"]),
        pandas.Series(["D", "B"]),
    ],
    "03.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(AV15)", "(AV14)")],
    "03.10": [0.54, "0.54", Fraction(54, 100), numpy.float64(0.54), 54 / 100],
}

REJECTED = {
    "03.1": [
        (["CHN", "RUS", "KOR"], "others on the sea"),
        (["CHN", "JPN"], "not three"),
        (["CHN", "CHN", "KOR"], "not three"),
        (["CHN", "KOR", "JPN"], "two seas exchanged"),
        (["JPN", "CHN", "KOR"], "land and sea exchanged"),
    ],
    "03.2": [
        (105, "share of everything"),
        (35, "only the new part"),
        (55, "what goes up"),
        (75, "the other share"),
        ("135", "nothing sent up"),
        (0, "other"),
    ],
    "03.3": [
        (56.25, "as a percentage"),
        (56, "as a percentage"),
        (16 / 9, "upside down"),
        (2.25, "one year"),
        (0.75, "the lesson's years"),
        (7 / 16, "what is left"),
        (0.1, "other"),
    ],
    "03.4": [
        (196 * 1.9, "without growth on growth"),
        (196 * 1.15**5, "one round too few"),
        (196 * 1.15**7, "one round too many"),
        (133.1, "the example"),
        (196 * 1.15**6 - 196, "only the growth"),
        (596, "other"),
    ],
    "03.5": [
        (20.4, "as a percentage"),
        (20, "as a percentage"),
        (0.34, "divided by six"),
        (1.2036, "the factor"),
        (0.172, "seven years"),
        (3.04, "all six years"),
        (2.04, "all six years"),
        (0.5, "other"),
    ],
    "03.6": [
        (21, "all rows"),
        (12, "one filter only"),
        (3, "the others"),
        (4, "one partner"),
        (0, "other"),
    ],
    "03.7": [
        (29.2, "the sum"),
        (-0.1, "the wrong way round"),
        (2.0, "one part"),
        (27.4, "one part"),
        (3.9, "without brackets"),
        (1, "other"),
    ],
    "03.8": [
        (["A", "B", "D"], "a level of 1990"),
        (["B", "C", "D"], "the workers"),
        (["B", "D", "E"], "a status for a zone"),
        (["D"], "too careful with the order"),
        ("B", "too careful with the series"),
    ],
    "03.9": [
        ("Scalapino is wrong.", "no evidence"),
        ("Materials go one way (AV12), workers the other (AV11).", "claim not named"),
        ("The claim (X47) fails: look at leather (AV12).", "one tie only"),
        ("The claim (X47) fails: look at leather (AV12) and fish (AV15).", "too short"),
    ],
    "03.10": [
        (0, "take all"),
        (0.53, "just too little"),
        (8 / 15, "just too little"),
        (54, "as a percentage"),
        (6.9, "the receipts"),
        (1, "give all"),
        (47, "the count"),
        (0.8, "other"),
    ],
}
