"""Coasts, borders and the lower Tumen as small GeoJSON files (see README.md beside them)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


def names() -> list[str]:
    """Return the names of the maps that the course ships."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def geography(name: str) -> dict[str, Any]:
    """Return one of the course's maps as a GeoJSON feature collection.

    Parameters
    ----------
    name
        ``"northeast_asia"`` (countries, 100-160 E and 20-60 N, simplified to about 3 km) or
        ``"lower_tumen"`` (countries, the river and the tripoint, 127.5-134.5 E and 40.5-45 N,
        simplified to about 200 m).

    Returns
    -------
    dict
        Features have ``properties`` ``kind`` (country, river or point), ``id`` (ISO 3166 alpha-3
        for countries) and ``name``. Longitude comes before latitude, in degrees (WGS 84). Outer
        rings run clockwise, which is what d3-geo and Vega expect and RFC 7946 does not. Each call
        returns a new dictionary: changing it changes nothing for others.

    Raises
    ------
    KeyError
        If there is no such map.

    Notes
    -----
    Source: Natural Earth 1:10m, public domain.
    """
    if name not in names():
        raise KeyError(f"there is no map {name!r}; choose one of: {', '.join(names())}")
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
