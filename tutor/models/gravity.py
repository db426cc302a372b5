"""Gravity: trade grows with the size of two economies and shrinks with what lies between them.

Large economies trade much, near ones trade more, and a closed border, a missing railway or an
unfriendly government takes away what size and nearness would give. Put numbers to size and
distance, and the gap between what they predict and what is traded is the trade that borders hide.
For Northeast Asia about 1993 the records are thin, so the prediction must say how sure it is.

Symbols
-------
T_ij   trade between i and j, both ways, above 0
Y_i    gross domestic product of i, above 0
d_ij   distance in kilometres, above 0
θ      how fast trade falls with distance
k      constant of proportion, in logarithms
B_ij   sum of the barriers in force between i and j, in logarithms, at least 0

Formula
-------
log T_ij = k + log Y_i + log Y_j - θ log d_ij - B_ij, with natural logarithms.

Source
------
Tinbergen (1962, key tinbergen-1962), with the elasticities of size set to 1 as in Anderson and van
Wincoop (2003, key anderson-van-wincoop-2003); least squares are standard.

Left out
--------
Prices and every third country: what a pair trades also depends on how open both are to others.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models._validation import FloatArray

EARTH_RADIUS = 6371.0088
"""Mean radius of the Earth in kilometres (IUGG)."""

FEWEST_PAIRS = 12
"""With fewer sourced pairs an estimate is not worth showing: two numbers out of a handful."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """Least squares of k and θ.

    Attributes
    ----------
    constant, elasticity
        k and θ.
    constant_error, elasticity_error
        Their standard errors; NaN with only two pairs.
    residuals
        Log of observed over predicted trade, by pair; read-only.
    pairs
        Number of pairs.
    """

    constant: float
    elasticity: float
    constant_error: float
    elasticity_error: float
    residuals: FloatArray
    pairs: int

    @property
    def is_enough(self) -> bool:
        """Whether there are at least `FEWEST_PAIRS` pairs."""
        return self.pairs >= FEWEST_PAIRS


def great_circle_distance(
    latitude_a: ArrayLike, longitude_a: ArrayLike, latitude_b: ArrayLike, longitude_b: ArrayLike
) -> FloatArray:
    """Compute the distance over the globe in kilometres, by the haversine formula.

    Parameters
    ----------
    latitude_a, latitude_b
        Degrees north, -90 to 90.
    longitude_a, longitude_b
        Degrees east, -180 to 180. All four in shapes that fit together.

    Raises
    ------
    ValueError
        If a degree is out of range.

    Source: Sinnott (1984, key sinnott-1984); a sphere, so right to about half a percent.
    """
    north, south = (
        np.radians(validation.numbers(name, value, at_least=-90, at_most=90))
        for name, value in (("latitude_a", latitude_a), ("latitude_b", latitude_b))
    )
    east, west = (
        np.radians(validation.numbers(name, value, at_least=-180, at_most=180))
        for name, value in (("longitude_a", longitude_a), ("longitude_b", longitude_b))
    )
    half = (
        np.sin((south - north) / 2) ** 2
        + np.cos(north) * np.cos(south) * np.sin((west - east) / 2) ** 2
    )
    return 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0)))


def predicted_trade(
    product_a: ArrayLike,
    product_b: ArrayLike,
    distance: ArrayLike,
    constant: float,
    elasticity: float,
    barriers: ArrayLike = 0.0,
) -> FloatArray:
    """Predict trade: exp(k) Y_i Y_j d_ij^(-θ) exp(-B_ij).

    Parameters
    ----------
    product_a, product_b
        Y_i and Y_j, above 0, in the unit for which k holds.
    distance
        d_ij in kilometres, above 0.
    constant, elasticity
        k and θ.
    barriers
        B_ij, at least 0. All arrays in shapes that fit together.

    Raises
    ------
    ValueError
        If a value is out of range.

    Source: Tinbergen (1962).
    """
    first = validation.numbers("product_a", product_a, more_than=0)
    second = validation.numbers("product_b", product_b, more_than=0)
    apart = validation.numbers("distance", distance, more_than=0)
    hindered = validation.numbers("barriers", barriers, at_least=0)
    constant = validation.number("constant", constant)
    elasticity = validation.number("elasticity", elasticity)
    return np.exp(constant + np.log(first) + np.log(second) - elasticity * np.log(apart) - hindered)


def hidden_trade(trade: ArrayLike, barrier: ArrayLike) -> FloatArray:
    """Compute the trade that one barrier hides: what would be added if it alone fell.

    T (exp(barrier) - 1), where T is the trade predicted with the barrier in force. Barriers
    multiply, so what several hide one by one does not add up to what they hide together.

    Parameters
    ----------
    trade
        T_ij, above 0.
    barrier
        Its size in logarithms, at least 0.

    Raises
    ------
    ValueError
        If a value is out of range.

    Source: the gravity formula.
    """
    present = validation.numbers("trade", trade, more_than=0)
    size = validation.numbers("barrier", barrier, at_least=0)
    return present * np.expm1(size)


def barriers_in_force(sizes: dict[str, float], in_force: list[str] | tuple[str, ...]) -> float:
    """Add up the barriers in force between a pair: B_ij.

    Parameters
    ----------
    sizes
        Every barrier's size in logarithms, at least 0, by name.
    in_force
        Names of those in force; each counts once.

    Raises
    ------
    KeyError
        If a name is not known; the message names close ones.
    ValueError
        If a size is no number or negative, or one text is given instead of a list.
    """
    if isinstance(in_force, str):
        raise ValueError(f"in_force is {in_force!r}; it must be a list of names.")
    names = dict.fromkeys(validation.one_of("in_force", name, sizes) for name in in_force)
    return math.fsum(validation.number(name, sizes[name], at_least=0) for name in names)


def estimate(
    trade: ArrayLike,
    product_a: ArrayLike,
    product_b: ArrayLike,
    distance: ArrayLike,
    barriers: ArrayLike = 0.0,
) -> Estimate:
    """Estimate k and θ by ordinary least squares, with sizes and barriers taken as given.

    log T_ij - log Y_i - log Y_j + B_ij is regressed on a constant and -log d_ij.

    Parameters
    ----------
    trade
        T_ij of at least 2 pairs, above 0.
    product_a, product_b, distance
        As in `predicted_trade`, one number a pair.
    barriers
        B_ij, at least 0: one number for all or one a pair.

    Raises
    ------
    ValueError
        If a value is out of range, if the numbers of pairs differ, if there are fewer than two
        pairs or if all lie equally far apart.

    Source: ordinary least squares; standard errors for equal variances.
    """
    observed = validation.numbers("trade", trade, shape=(None,), more_than=0)
    shape = observed.shape
    first = validation.numbers("product_a", product_a, shape=shape, more_than=0)
    second = validation.numbers("product_b", product_b, shape=shape, more_than=0)
    apart = validation.numbers("distance", distance, shape=shape, more_than=0)
    hindered = validation.numbers("barriers", barriers, at_least=0)
    if hindered.ndim and hindered.shape != shape:
        raise ValueError(
            f"barriers has {hindered.size} values; it must hold one, or {len(observed)}."
        )
    pairs = len(observed)
    outcome = np.log(observed) - np.log(first) - np.log(second) + hindered
    nearness = -np.log(apart)
    centred = nearness - nearness.mean()
    spread = float((centred**2).sum())
    if pairs < 2 or spread <= 1e-20 * pairs:
        raise ValueError(
            f"distance gives {pairs} pairs that do not differ; at least two different distances "
            "are needed to see how trade falls with distance."
        )
    elasticity = float((centred * outcome).sum() / spread)
    constant = float(outcome.mean() - elasticity * nearness.mean())
    residuals = outcome - constant - elasticity * nearness
    variance = float((residuals**2).sum() / (pairs - 2)) if pairs > 2 else math.nan
    return Estimate(
        constant=constant,
        elasticity=elasticity,
        constant_error=math.sqrt(variance * (1 / pairs + float(nearness.mean()) ** 2 / spread)),
        elasticity_error=math.sqrt(variance / spread),
        residuals=validation.read_only(residuals),
        pairs=pairs,
    )
