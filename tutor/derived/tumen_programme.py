"""Lesson 06: the river's banks, the layers, the money and the predicted trade, and their numbers."""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tutor import baselines, data
from tutor.data import Row
from tutor.data.geo import geography
from tutor.derived.derived import Derived
from tutor.models.globe import polygon_area
from tutor.models.gravity import great_circle_distance, hidden_trade, predicted_trade

# ------------------------------------------------------------------ the river


@dataclass(frozen=True)
class RiverPoint:
    """A point of the river on its way from Tumen city to the sea.

    Parameters
    ----------
    longitude, latitude : float
        Degrees.
    travelled : float
        Kilometres from Tumen city along the line of the map.
    left, right : str
        Codes of the states that own the banks, looking downstream.
    """

    longitude: float
    latitude: float
    travelled: float
    left: str
    right: str


@functools.cache
def river() -> tuple[RiverPoint, ...]:
    """Give the river's line from Tumen city to the mouth, with the owners of both banks."""
    features = geography("lower_tumen")["features"]
    line = next(f for f in features if f["properties"]["kind"] == "river")["geometry"][
        "coordinates"
    ]
    line = line[_nearest(line, "P10") :]
    tripoint = _nearest(line, "P02")
    travelled = [0.0]
    for (east, north), (next_east, next_north) in itertools.pairwise(line):
        step = great_circle_distance(north, east, next_north, next_east)
        travelled.append(travelled[-1] + float(step))
    return tuple(
        RiverPoint(east, north, at, "CHN" if number < tripoint else "RUS", "PRK")
        for number, ((east, north), at) in enumerate(zip(line, travelled, strict=True))
    )


def river_at(travelled: float) -> RiverPoint:
    """Give the point that lies so many kilometres below Tumen city; the mouth is the last one."""
    points = river()
    if travelled >= points[-1].travelled:
        return points[-1]
    above = max(p for p in range(len(points)) if points[p].travelled <= travelled)
    one, other = points[above], points[above + 1]
    part = (travelled - one.travelled) / (other.travelled - one.travelled)
    return RiverPoint(
        one.longitude + part * (other.longitude - one.longitude),
        one.latitude + part * (other.latitude - one.latitude),
        travelled,
        one.left,
        one.right,
    )


def travelled_to(place: str) -> float:
    """Give how many kilometres below Tumen city the river passes nearest to a place."""
    line = [(p.longitude, p.latitude) for p in river()]
    return river()[_nearest(line, place)].travelled


def _nearest(line: list[tuple[float, float]], place: str) -> int:
    row = data.find(place)
    north, east = float(row["latitude"]), float(row["longitude"])
    return min(
        range(len(line)),
        key=lambda n: float(great_circle_distance(line[n][1], line[n][0], north, east)),
    )


# ------------------------------------------------------------------ the layers


def corners(polygon: str) -> tuple[tuple[float, float], ...]:
    """Give the corners of a polygon of the table `triangles` as (longitude, latitude)."""
    return tuple(
        (float(row["longitude"]), float(row["latitude"]))
        for row in data.rows("triangles")
        if row["polygon"] == polygon
    )


def triangle_area(polygon: str) -> float:
    """Measure the area of a polygon of the table `triangles`, in square kilometres."""
    east, north = zip(*corners(polygon), strict=True)
    return polygon_area(north, east)


def part_people(row: Row) -> float:
    """Give the people of a row of `layer_parts`, in millions."""
    if row["economy"]:
        return float(data.find(row["economy"])["population_million"])
    return float(row["people_million"])


def hinterland_area() -> float:
    """Add up the area of the widest layer, in square kilometres."""
    return 1000 * sum(float(row["area_thousand_km2"]) for row in data.rows("layer_parts"))


def hinterland_people() -> float:
    """Add up the people of the widest layer about 1993, in millions."""
    return sum(part_people(row) for row in data.rows("layer_parts"))


# ------------------------------------------------------------------ seats


def seats(meeting: str, seat: str = "member") -> tuple[str, ...]:
    """List the states that took part in a meeting in one way.

    Parameters
    ----------
    meeting : str
        Id of a row of `meetings`.
    seat : str
        One of the values of the column `seat`.
    """
    return tuple(
        row["actor"]
        for row in data.rows("meeting_seats")
        if row["meeting"] == meeting and row["seat"] == seat
    )


# ------------------------------------------------------------------ money


def sum_of(identifier: str) -> float:
    """Give a sum of `programme_money` in millions of dollars."""
    row = data.find(identifier)
    return float(data.find(row["figure"])["value"] if row["figure"] else row["million_usd"])


def _figure(identifier: str) -> float:
    return float(data.find(identifier)["value"])


def _figure_of(economy: str) -> float:
    return float(data.find(economy)["gdp_billion_usd"])


# ------------------------------------------------------------------ gravity

BARRIERS = ("closed border", "no relations", "planned economy", "no direct link")
FALLEN = ("none", *BARRIERS, "all")
"""What may fall: nothing, one barrier wherever it stands, or all of them."""

RUSSIA_FROM = {"Moscow": "P43", "Vladivostok": "P27"}
"""From where Russia's distances are measured, and the row of `places`."""

OUTPUTS = ("bank", "low")
"""North Korea's output: the Bank of Korea's estimate, or the lowest figure met with."""


@dataclass(frozen=True)
class PairTrade:
    """What the gravity model says of one pair.

    Parameters
    ----------
    a, b : str
        Codes.
    distance : float
        Kilometres.
    barriers : tuple of str
        Those in force.
    trade : float
        Predicted with all of them in force, billions of dollars a year.
    after : float
        Predicted when some have fallen.
    """

    a: str
    b: str
    distance: float
    barriers: tuple[str, ...]
    trade: float
    after: float

    @property
    def hidden(self) -> float:
        """What the fallen barriers had hidden, billions of dollars a year."""
        return self.after - self.trade


@functools.cache
def predictions(
    fallen: str = "none", russia_from: str = "Moscow", output: str = "bank"
) -> tuple[PairTrade, ...]:
    """Predict the trade of all pairs of the six in 1993, before and after barriers fall.

    Parameters
    ----------
    fallen : str
        One of `FALLEN`.
    russia_from : str
        One of `RUSSIA_FROM`.
    output : str
        One of `OUTPUTS`.

    Raises
    ------
    ValueError
        A setting is none of these.
    """
    for name, value, allowed in (
        ("fallen", fallen, FALLEN),
        ("russia_from", russia_from, tuple(RUSSIA_FROM)),
        ("output", output, OUTPUTS),
    ):
        if value not in allowed:
            raise ValueError(f"{name} is {value!r}; it must be one of {', '.join(allowed)}.")
    ends = {**baselines.CAPITALS, "RUS": RUSSIA_FROM[russia_from]}
    return tuple(_predict(pair, fallen, output) for pair in baselines.gravity_pairs(1993, ends))


def pair_of(a: str, b: str, **setting: str) -> PairTrade:
    """Give what the model says of one pair; settings as in `predictions`."""
    return next(pair for pair in predictions(**setting) if {pair.a, pair.b} == {a, b})


def sourced_totals() -> int:
    """Count the two-way totals of trade in 1993 between two of the six that the tables hold."""
    names = {row["name"] for row in data.rows("actors") if row["one_of_six"] == "1"}
    return sum(
        row["flow"] == "two_way"
        and row["years"] == "1993"
        and {row["reporter"], row["partner"]} <= names
        for row in data.rows("trade")
    )


def _predict(pair: Mapping[str, Any], fallen: str, output: str) -> PairTrade:
    sizes = baselines.mapped_values("barrier to trade")
    low = baselines.teaching_value("TV603")
    products = [
        low if output == "low" and pair[end] == "PRK" else pair[f"product_{end}"] for end in "ab"
    ]
    trade = float(
        predicted_trade(
            *products,
            pair["distance"],
            barriers=pair["barrier_size"],
            **baselines.gravity_parameters(),
        )
    )
    gone = [name for name in pair["barriers"] if fallen in (name, "all")]
    after = trade + float(hidden_trade(trade, sum(sizes[name] for name in gone)))
    return PairTrade(pair["a"], pair["b"], pair["distance"], pair["barriers"], trade, after)


# ------------------------------------------------------------------ numbers

_RIVER = (
    "Length of the map's line of the river, which leaves out meanders: good to some kilometres."
)
_AREA = "Area on the globe of the corners in the table triangles, to the nearest hundred."
_PARTS = "Sum over the rows of layer_parts."
_SEATS = "Count over the table meeting_seats."
_GRAVITY = (
    "Gravity model with the products of 1993, distances between capitals, k and θ of TV601 and "
    "TV602, and the barriers of the tables baseline_values and baseline_evidence."
)

NUMBERS = (
    Derived(
        "D0601",
        "kilometres from Tumen city to the sea along the river",
        _RIVER,
        lambda: round(river()[-1].travelled, -1),
    ),
    Derived(
        "D0602",
        "kilometres of them with China on the left bank",
        _RIVER,
        lambda: 5 * round(travelled_to("P02") / 5),
    ),
    Derived(
        "D0603",
        "share of them with China on the left bank, in percent",
        _RIVER,
        lambda: 100 * travelled_to("P02") / river()[-1].travelled,
    ),
    Derived(
        "D0604",
        "square kilometres between Hunchun, Rajin and Posyet",
        _AREA,
        lambda: round(triangle_area("TREZ"), -2),
    ),
    Derived(
        "D0605",
        "square kilometres between Yanji, Chongjin and Vladivostok",
        _AREA,
        lambda: round(triangle_area("TEDA_Vladivostok"), -2),
    ),
    Derived(
        "D0606",
        "square kilometres between Yanji, Chongjin and Nakhodka",
        _AREA,
        lambda: round(triangle_area("TEDA_Nakhodka"), -2),
    ),
    Derived(
        "D0607",
        "area of NEARDA in millions of square kilometres",
        _PARTS,
        lambda: hinterland_area() / 1e6,
        1,
    ),
    Derived("D0608", "people of NEARDA about 1993, in millions", _PARTS, hinterland_people),
    Derived(
        "D0609",
        "area of NEARDA over the planners' area of TREZ",
        _PARTS + " Divided by row LY01, to the nearest thousand.",
        lambda: round(hinterland_area() / float(data.find("LY01")["planned_km2"]), -3),
    ),
    Derived(
        "D0610",
        "the estimate over the budget of October 1992",
        "Row F001 divided by row F002, to the nearest hundred.",
        lambda: round(_figure("F001") / _figure("F002"), -2),
    ),
    Derived(
        "D0611",
        "the estimate over UNDP's part of that budget",
        "Row F001 divided by row F003, to the nearest hundred.",
        lambda: round(_figure("F001") / _figure("F003"), -2),
    ),
    Derived("D0612", "full members at Pyongyang, October 1991", _SEATS, lambda: len(seats("MT2"))),
    Derived("D0613", "full members at Beijing, October 1992", _SEATS, lambda: len(seats("MT4"))),
    Derived(
        "D0614",
        "predicted trade of the two Koreas, millions of dollars",
        _GRAVITY + " To the nearest ten.",
        lambda: round(1000 * pair_of("KOR", "PRK").trade, -1),
    ),
    Derived(
        "D0615",
        "the same without its barriers, billions of dollars",
        _GRAVITY,
        lambda: pair_of("KOR", "PRK", fallen="all").after,
        1,
    ),
    Derived(
        "D0616",
        "how many times the trade of the two Koreas would grow",
        _GRAVITY,
        lambda: pair_of("KOR", "PRK", fallen="all").after / pair_of("KOR", "PRK").trade,
    ),
    Derived(
        "D0617",
        "what the closed border alone hides between the two Koreas, billions of dollars",
        _GRAVITY,
        lambda: pair_of("KOR", "PRK", fallen="closed border").hidden,
        1,
    ),
    Derived(
        "D0618",
        "what the planned economy alone hides between the two Koreas, billions of dollars",
        _GRAVITY,
        lambda: pair_of("KOR", "PRK", fallen="planned economy").hidden,
        1,
    ),
    Derived(
        "D0619",
        "what both hide together between the two Koreas, billions of dollars",
        _GRAVITY,
        lambda: pair_of("KOR", "PRK", fallen="all").hidden,
        1,
    ),
    Derived(
        "D0620",
        "what the planned economy hides between Russia and Japan, billions of dollars",
        _GRAVITY,
        lambda: pair_of("RUS", "JPN", fallen="planned economy").hidden,
        1,
    ),
    Derived(
        "D0621",
        "predicted trade of China and Russia from Moscow, billions of dollars",
        _GRAVITY,
        lambda: pair_of("CHN", "RUS").trade,
        1,
    ),
    Derived(
        "D0622",
        "the same with Russia measured from Vladivostok",
        _GRAVITY,
        lambda: pair_of("CHN", "RUS", russia_from="Vladivostok").trade,
        1,
    ),
    Derived(
        "D0623",
        "by how many percent North Korea's predicted trade falls with the lower output",
        _GRAVITY + " The lower output is TV603.",
        lambda: 100 * (1 - pair_of("CHN", "PRK", output="low").trade / pair_of("CHN", "PRK").trade),
    ),
    Derived(
        "D0624",
        "kilometres from Seoul to Pyongyang",
        "Great-circle distance of rows P54 and P52.",
        lambda: pair_of("KOR", "PRK").distance,
    ),
    Derived(
        "D0625",
        "kilometres from Beijing to Moscow, to the nearest hundred",
        "Great-circle distance of rows P19 and P43.",
        lambda: round(pair_of("CHN", "RUS").distance, -2),
    ),
    Derived(
        "D0626",
        "pairs with a sourced total of 1993 in the course's tables",
        "Count over the table trade.",
        sourced_totals,
    ),
    Derived(
        "D0627",
        "predicted trade of Russia and Japan from Vladivostok, billions of dollars",
        _GRAVITY,
        lambda: pair_of("RUS", "JPN", russia_from="Vladivostok").trade,
    ),
    Derived(
        "D0628",
        "kilometres from Beijing to Seoul",
        "Great-circle distance of rows P19 and P54.",
        lambda: pair_of("CHN", "KOR").distance,
    ),
    Derived(
        "D0629",
        "product of the outputs of China and South Korea over their distance",
        "Rows EC002 and EC029 and D0628.",
        lambda: _figure_of("EC002") * _figure_of("EC029") / pair_of("CHN", "KOR").distance,
    ),
    Derived(
        "D0630",
        "predicted trade of China and South Korea, billions of dollars",
        _GRAVITY,
        lambda: pair_of("CHN", "KOR").trade,
        1,
    ),
    Derived(
        "D0631",
        "the scale that turns product over distance into billions of dollars",
        "Exponential of k, TV601.",
        lambda: math.exp(baselines.gravity_parameters()["constant"]),
        3,
    ),
    Derived(
        "D0632",
        "product of the outputs of the two Koreas over their distance",
        "Rows EC029 and EC038 and D0624.",
        lambda: _figure_of("EC029") * _figure_of("EC038") / pair_of("KOR", "PRK").distance,
    ),
    Derived(
        "D0633",
        "by how much a closed border divides trade",
        "Exponential of row BV023.",
        lambda: math.exp(baselines.mapped_values("barrier to trade")["closed border"]),
        1,
    ),
    Derived(
        "D0634",
        "by how much a planned economy divides trade",
        "Exponential of row BV025.",
        lambda: math.exp(baselines.mapped_values("barrier to trade")["planned economy"]),
    ),
    Derived(
        "D0635",
        "predicted trade of Japan and North Korea, billions of dollars",
        _GRAVITY,
        lambda: pair_of("JPN", "PRK").trade,
        3,
    ),
)
