"""Areas on the globe: how large a piece of land or sea is that a few corners enclose.

Planners draw a triangle on a map and name its corners; how much it holds, the papers often leave to
the eye. On a sphere a polygon whose sides are great circles has an area that its corners alone decide.

Symbols
-------
φ, λ   latitude and longitude of a corner
R      mean radius of the Earth

Formula
-------
Area = R² |Σ 2 atan2(tan(Δλ/2) (tan(φ₁/2) + tan(φ₂/2)), 1 + tan(φ₁/2) tan(φ₂/2))|, summed over the
sides: each term is the spherical excess between a side and the equator.

Source
------
Standard spherical trigonometry.

Left out
--------
The flattening of the Earth: the area is right to about half a percent.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tutor.models import _validation as validation
from tutor.models.gravity import EARTH_RADIUS


def polygon_area(latitudes: ArrayLike, longitudes: ArrayLike) -> float:
    """Compute the area that corners enclose, in square kilometres.

    Parameters
    ----------
    latitudes
        Degrees north of at least 3 corners, one after the other along the edge, -90 to 90.
    longitudes
        Their degrees east, -180 to 180.

    Raises
    ------
    ValueError
        If a degree is out of range, there are fewer than three corners, or the numbers differ.

    Source: standard spherical trigonometry.
    """
    north = validation.numbers("latitudes", latitudes, shape=(None,), at_least=-90, at_most=90)
    if len(north) < 3:
        raise ValueError(f"latitudes has {len(north)} corners; an area needs at least three.")
    east = validation.numbers(
        "longitudes", longitudes, shape=north.shape, at_least=-180, at_most=180
    )
    half = np.tan(np.radians(north) / 2)
    after = np.roll(half, -1)
    turn = np.tan(np.radians(np.roll(east, -1) - east) / 2)
    excess = 2 * np.arctan2(turn * (half + after), 1 + half * after)
    return float(abs(excess.sum())) * EARTH_RADIUS**2
