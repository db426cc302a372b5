"""Answers to exercise 05: those to accept, and those to turn down with the mistake they show."""

from decimal import Decimal
from fractions import Fraction

import numpy
import pandas

GOOD = (
    "The study says that the Tumen programme is the first stage in the scheme of Chou (X46). But the "
    "first stage is a free trade area, in which members drop tariffs on each other (G34). The members "
    "of the programme spoke of leases and committees (E096) and signed agreements to consult (E109). "
    "No tariff between them fell, so they stood on the ground (BL13). A zone is a place in one state "
    "(G49) and no promise between states. Somebody who defends the study could say that ports and "
    "meetings prepare for promises. That is fair, but then we should not call it the first rung."
)

ACCEPTED = {
    "05.1": [3, 3.0, "3", " 3 ", numpy.int64(3), [3], Decimal("3")],
    "05.2": [
        ["BL11", "BL15"],
        ("BL15", "BL11"),
        {"BL11", "BL15"},
        "bl15, bl11",
        pandas.Series(["BL11", "BL15"]),
        numpy.array(["BL11", "BL15"]),
        ["European Economic Area", "West African Monetary Union"],
    ],
    "05.3": ["B", "b", " B ", "B.", ["B"], "(b)"],
    "05.4": [90, 90.0, "90", numpy.float64(90), Fraction(90), pandas.Series([90.0])],
    "05.5": [-78, -78.0, "-78", "\u221278", numpy.float64(-78), Decimal("-78")],
    "05.6": [17, "17", numpy.int64(17), 17.0, [17]],
    "05.7": ["MNG", "mng", ["MNG"], "Mongolia", ("MNG",), pandas.Series(["MNG"])],
    "05.8": [0.8333, 0.83, "0.83", 384 / 462, Fraction(5, 6), numpy.float64(0.8312)],
    "05.9": [GOOD, f"\n{GOOD}\n", GOOD.replace("(E109)", "(E102)")],
    "05.10": [
        [48, -62, 42],
        (48.0, -62.0, 42.0),
        numpy.array([48.0, -62.0, 42.0]),
        pandas.Series([48, -62, 42]),
        ["48", "-62", "42"],
    ],
}

REJECTED = {
    "05.1": [
        (4, "planned money"),
        ("2", "earlier stage"),
        (1, "first rung"),
        (2008, "no rung"),
        (0, "other"),
        (5, "other"),
    ],
    "05.2": [
        (["BL11", "BL15", "BL13"], "the ground"),
        (["BL11", "BL12"], "a low rung"),
        (["BL15"], "without the area"),
        (["BL11"], "without the money"),
        (["BL11", "BL15", "BL02"], "other"),
    ],
    "05.3": [("A", "trade"), ("c", "factors"), ("D", "policy"), ("e", "counting promises")],
    "05.4": [
        (180, "rectangles"),
        (54, "one triangle"),
        (36, "one triangle"),
        (168, "diversion"),
        (30, "quantities only"),
        (0, "other"),
    ],
    "05.5": [
        (78, "sign"),
        (168, "diversion alone"),
        (-168, "diversion alone"),
        (-198, "new imports"),
        (-330, "old price"),
        (-278, "whole demand"),
        (90, "creation alone"),
        (-42, "other"),
    ],
    "05.6": [
        (13, "the other tariff"),
        (16, "still gaining"),
        (24, "highest price"),
        (-12, "a loss"),
        (20, "other"),
    ],
    "05.7": [
        ("CHN", "largest inflow"),
        ("Japan", "the owner"),
        (["MNG", "CHN"], "more than one"),
        ("RUS", "other"),
    ],
    "05.8": [
        (83.3, "as a percentage"),
        (1.83, "the ratio"),
        (0.4545, "wrong base"),
        (0.69, "revenue"),
        (-0.69, "revenue"),
        (384, "millions"),
        (0.2, "other"),
    ],
    "05.9": [
        ("It was no first stage.", "no evidence"),
        (
            "A free trade area is a promise (G34), and they only consulted (E109).",
            "error not named",
        ),
        ("The study is wrong (X46).", "one row only"),
        ("The study (X46) is wrong: no tariff fell (BL13), as a stage needs (G34).", "too short"),
    ],
    "05.10": [
        ([128, 98, 162], "creation alone"),
        ([-16, -111, -39], "one triangle"),
        ([176, 36, 204], "rectangles"),
        ([-16, -202, -174], "new imports"),
        ([-48, 62, -42], "sign"),
        ([48, -62, 0], "other"),
    ],
}
