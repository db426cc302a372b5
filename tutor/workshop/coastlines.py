"""Make the small maps that the course ships out of Natural Earth's borders.

``python -m tutor coastlines`` fetches one pinned version of the npm package ``world-atlas``
(Natural Earth 4.1, public domain, as TopoJSON), cuts Northeast Asia and the lower Tumen out of it,
simplifies them and writes ``tutor/data/geo/*.json``. Nothing is fetched when a lesson runs.

The steps, in order: decode the arcs; move the meeting point of China, Russia and the DPRK to the
one they agreed on; simplify every arc once, so that neighbours keep one common line; join arcs to
rings; clip; turn the rings as d3-geo wants them; write.
"""

from __future__ import annotations

import argparse
import itertools
import json
import math
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.data.geo import FOLDER

PACKAGE = "world-atlas"
PACKAGE_VERSION = "2.0.2"
SOURCE_FILE = "countries-10m.json"

Point = tuple[float, float]
Line = list[Point]

# ISO 3166-1 numeric (as the package has it) to alpha-3 and the course's plain name.
COUNTRIES = {
    "104": ("MMR", "Myanmar"),
    "156": ("CHN", "China"),
    "158": ("TWN", "Taiwan"),
    "344": ("HKG", "Hong Kong"),
    "392": ("JPN", "Japan"),
    "408": ("PRK", "DPRK"),
    "410": ("KOR", "Republic of Korea"),
    "418": ("LAO", "Laos"),
    "446": ("MAC", "Macao"),
    "496": ("MNG", "Mongolia"),
    "580": ("MNP", "Northern Mariana Islands"),
    "608": ("PHL", "Philippines"),
    "643": ("RUS", "Russia"),
    "704": ("VNM", "Vietnam"),
    "764": ("THA", "Thailand"),
}

# The point where the three states meet by their agreement of 1998 (row R13 of the river's table and
# P02 of the places). Natural Earth lets them meet some 15 km upstream.
AGREED_TRIPOINT: Point = (130.638, 42.418)

# Between Natural Earth's meeting point and the agreed one China holds a strip on the left bank that
# Natural Earth gives to Russia. Two points sketch its landward side: next to the bank where the
# strip is narrowest (Yangguanping), and Zhanggufeng hill, whose crest the border follows (P05).
STRIP: Line = [(130.5525, 42.492), (130.600, 42.450)]

# The border of China and the DPRK is the Tumen from its upper streams down; further west it is not.
RIVER_BEGINS_EAST_OF = 128.6


@dataclass(frozen=True)
class Extract:
    """One map to ship.

    Attributes
    ----------
    name
        Name of the file without its ending.
    west, south, east, north
        The window, degrees.
    tolerance
        How far a simplified line may lie from the original, degrees of latitude.
    smallest_area
        Islands and lakes below this area are left out, square degrees of latitude.
    decimals
        Decimals of the written coordinates.
    with_river
        Whether the Tumen and the meeting point of the borders are added.
    """

    name: str
    west: float
    south: float
    east: float
    north: float
    tolerance: float
    smallest_area: float
    decimals: int
    with_river: bool


EXTRACTS = (
    Extract("northeast_asia", 100, 20, 160, 60, 0.03, 0.008, 2, False),
    Extract("lower_tumen", 127.5, 40.5, 134.5, 45.0, 0.002, 0.0001, 4, True),
)


# --- TopoJSON ---------------------------------------------------------------------------------


def decode_arcs(topology: dict[str, Any]) -> list[Line]:
    """Return the arcs of a quantized TopoJSON topology as lines of (longitude, latitude)."""
    scale_x, scale_y = topology["transform"]["scale"]
    shift_x, shift_y = topology["transform"]["translate"]
    lines = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for delta_x, delta_y in arc:
            x, y = x + delta_x, y + delta_y
            line.append((x * scale_x + shift_x, y * scale_y + shift_y))
        lines.append(line)
    return lines


def polygons_of(geometry: dict[str, Any]) -> list[list[list[int]]]:
    """Return a country's polygons, each a list of rings, each a list of arc numbers."""
    kind = geometry.get("type")
    if kind == "Polygon":
        return [geometry["arcs"]]
    return geometry["arcs"] if kind == "MultiPolygon" else []


def join(ring: Sequence[int], arcs: Sequence[Line]) -> Line:
    """Join arcs into one closed line; ``~n`` stands for arc ``n`` backwards."""
    line: Line = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        line.extend(part if not line else part[1:])
    return line


# --- the agreed meeting point -----------------------------------------------------------------


def _shared(first: dict[str, Any], second: dict[str, Any]) -> set[int]:
    def numbers(country: dict[str, Any]) -> set[int]:
        rings = (ring for polygon in polygons_of(country) for ring in polygon)
        return {number if number >= 0 else ~number for ring in rings for number in ring}

    return numbers(first) & numbers(second)


def move_tripoint(countries: dict[str, dict[str, Any]], arcs: list[Line]) -> tuple[int, int, int]:
    """Let China, Russia and the DPRK meet at the agreed point, and say which arcs are the Tumen.

    Parameters
    ----------
    countries
        TopoJSON geometries by alpha-3 code; the three are changed in place.
    arcs
        Decoded arcs; changed in place.

    Returns
    -------
    tuple of int
        The arcs that follow the river down to its mouth: the first backwards, then two forwards.
    """
    (lower,) = _shared(countries["RUS"], countries["PRK"])
    (upper,) = _shared(countries["CHN"], countries["PRK"])
    drawn = arcs[lower][0]
    if arcs[upper][0] != drawn:
        raise ValueError(
            f"{PACKAGE} {PACKAGE_VERSION} is expected to start both river borders at the point "
            "where the three countries meet; this file does not: look at the arcs by hand"
        )
    (land,) = (
        number
        for number in _shared(countries["CHN"], countries["RUS"])
        if drawn in (arcs[number][0], arcs[number][-1])
    )
    line = arcs[lower]
    nearest = min(range(len(line)), key=lambda i: math.dist(line[i], AGREED_TRIPOINT))
    downstream = len(arcs)
    strip = downstream + 1
    arcs.append([AGREED_TRIPOINT, *line[nearest + 1 :]])
    arcs.append([drawn, *STRIP, AGREED_TRIPOINT])
    arcs[lower] = [*line[:nearest], AGREED_TRIPOINT]

    replacements = {"PRK": [lower, downstream], "RUS": [strip, downstream]}
    for code, forward in replacements.items():
        backward = [~number for number in reversed(forward)]
        for polygon in polygons_of(countries[code]):
            for ring in polygon:
                if lower in ring:
                    place = ring.index(lower)
                    ring[place : place + 1] = forward
                elif ~lower in ring:
                    place = ring.index(~lower)
                    ring[place : place + 1] = backward
    for polygon in polygons_of(countries["CHN"]):
        for ring in polygon:
            if upper in ring and land in ring:
                place = ring.index(upper)
                ring[place:place] = [strip, ~lower]
            elif ~upper in ring and ~land in ring:
                place = ring.index(~upper) + 1
                ring[place:place] = [lower, ~strip]
    return ~upper, lower, downstream


# --- geometry ---------------------------------------------------------------------------------


def simplify(line: Line, tolerance: float) -> Line:
    """Thin a line out by the method of Douglas and Peucker (1973); its ends stay.

    Longitudes are shortened by the cosine of the latitude, so that the tolerance (in degrees of
    latitude) means the same in every direction.
    """
    if len(line) < 3:
        return line
    shrink = math.cos(math.radians(sum(y for _, y in line) / len(line)))
    flat = [(x * shrink, y) for x, y in line]
    keep = {0, len(line) - 1}
    pieces = [(0, len(line) - 1)]
    while pieces:
        first, last = pieces.pop()
        best, distance = first, tolerance
        for i in range(first + 1, last):
            away = _distance_to_segment(flat[i], flat[first], flat[last])
            if away > distance:
                best, distance = i, away
        if best != first:
            keep.add(best)
            pieces += [(first, best), (best, last)]
    return [line[i] for i in sorted(keep)]


def _distance_to_segment(point: Point, start: Point, end: Point) -> float:
    along_x, along_y = end[0] - start[0], end[1] - start[1]
    length = along_x * along_x + along_y * along_y
    if length == 0:
        return math.dist(point, start)
    share = ((point[0] - start[0]) * along_x + (point[1] - start[1]) * along_y) / length
    share = min(1.0, max(0.0, share))
    return math.dist(point, (start[0] + share * along_x, start[1] + share * along_y))


def clip_ring(ring: Line, window: Extract) -> Line:
    """Cut a closed ring to the window, side by side (Sutherland and Hodgman 1974)."""
    sides = ((0, window.west, 1), (0, window.east, -1), (1, window.south, 1), (1, window.north, -1))
    for axis, limit, sign in sides:
        if not ring:
            return []
        cut: Line = []
        for before, after in zip([ring[-1], *ring[:-1]], ring, strict=True):
            before_in = (before[axis] - limit) * sign >= 0
            after_in = (after[axis] - limit) * sign >= 0
            if before_in != after_in:
                cut.append(_crossing(before, after, axis, limit))
            if after_in:
                cut.append(after)
        ring = cut
    return [*ring, ring[0]] if ring and ring[0] != ring[-1] else ring


def _crossing(start: Point, end: Point, axis: int, limit: float) -> Point:
    # The same ends in either order give the same point, so neighbours stay joined.
    start, end = sorted((start, end))
    share = (limit - start[axis]) / (end[axis] - start[axis])
    other = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)


def follow_parallels(ring: Line, window: Extract, step: float = 2.0) -> Line:
    """Add points along the window's north and south side.

    On a sphere the straight way between two points is a great circle: without these points the cut
    along a parallel would bulge by several degrees.
    """
    dense = ring[:1]
    for start, end in itertools.pairwise(ring):
        if start[1] == end[1] and start[1] in (window.south, window.north):
            pieces = math.ceil(abs(end[0] - start[0]) / step)
            for i in range(1, pieces):
                dense.append((start[0] + (end[0] - start[0]) * i / pieces, start[1]))
        dense.append(end)
    return dense


def signed_area(ring: Line) -> float:
    """Return a closed ring's area in square degrees of latitude: negative when clockwise."""
    if not ring:
        return 0.0
    shrink = math.cos(math.radians(ring[0][1]))
    doubled = sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))
    return doubled / 2 * shrink


def turned(ring: Line, *, exterior: bool) -> Line:
    """Turn a ring as d3-geo reads it: outer rings clockwise, holes against the clock."""
    clockwise = signed_area(ring) < 0
    return ring if clockwise == exterior else ring[::-1]


def rounded(line: Iterable[Point], decimals: int) -> Line:
    """Round a line's points and drop those that then repeat the one before."""
    result: Line = []
    for x, y in line:
        point = (round(x, decimals), round(y, decimals))
        if not result or point != result[-1]:
            result.append(point)
    return result


# --- making the files -------------------------------------------------------------------------


def country_features(
    countries: dict[str, dict[str, Any]], arcs: Sequence[Line], extract: Extract
) -> Iterator[dict[str, Any]]:
    """Yield one GeoJSON feature for each country that shows in the window."""
    names = dict(COUNTRIES.values())
    for code in sorted(countries):
        polygons = []
        for polygon in polygons_of(countries[code]):
            rings = []
            for number, ring in enumerate(polygon):
                line = clip_ring(join(ring, arcs), extract)
                line = rounded(follow_parallels(line, extract), extract.decimals)
                if len(line) >= 4 and abs(signed_area(line)) >= extract.smallest_area:
                    rings.append(turned(line, exterior=number == 0))
                elif number == 0:
                    break
            if rings:
                polygons.append(rings)
        if polygons:
            yield {
                "type": "Feature",
                "id": code,
                "properties": {"kind": "country", "id": code, "name": names[code]},
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }


def river_features(river: Line, extract: Extract) -> list[dict[str, Any]]:
    """Return the Tumen and the agreed meeting point of the three borders as GeoJSON features."""
    course = rounded(
        (point for point in river if point[0] > RIVER_BEGINS_EAST_OF), extract.decimals
    )
    return [
        {
            "type": "Feature",
            "id": "tumen_river",
            "properties": {
                "kind": "river",
                "id": "tumen_river",
                "name": "Tumen River",
                "accuracy_km": 3,
                "note": "Natural Earth's border of the DPRK with China and Russia, which is the "
                "river, led through the tripoint agreed in 1998; good to about 3 km, meanders "
                "and islands are left out.",
            },
            "geometry": {"type": "LineString", "coordinates": course},
        },
        {
            "type": "Feature",
            "id": "tripoint",
            "properties": {
                "kind": "point",
                "id": "tripoint",
                "name": "China-DPRK-Russia tripoint",
                "accuracy_km": 0.3,
                "note": "By the agreement of 1998, not by Natural Earth.",
            },
            "geometry": {"type": "Point", "coordinates": list(AGREED_TRIPOINT)},
        },
    ]


def collection(topology: dict[str, Any], extract: Extract) -> dict[str, Any]:
    """Return one map as a GeoJSON feature collection."""
    arcs = decode_arcs(topology)
    # The rings are changed below: work on a copy.
    geometries = json.loads(json.dumps(topology["objects"]["countries"]["geometries"]))
    countries = {
        COUNTRIES[geometry["id"]][0]: geometry
        for geometry in geometries
        if geometry.get("id") in COUNTRIES
    }
    river = move_tripoint(countries, arcs)
    thinned = [simplify(arc, extract.tolerance) for arc in arcs]
    features = list(country_features(countries, thinned, extract))
    if extract.with_river:
        features += river_features(join(river, thinned), extract)
    return {
        "type": "FeatureCollection",
        "name": extract.name,
        "bbox": [extract.west, extract.south, extract.east, extract.north],
        "source": f"Natural Earth 1:10m (public domain), by {PACKAGE} {PACKAGE_VERSION}, "
        f"{SOURCE_FILE}",
        "changes": "Cut to the window, simplified to "
        f"{extract.tolerance} degrees, small islands left out; China's strip on the left bank "
        "down to the tripoint of 1998 added (a sketch of two points). See README.md.",
        "features": features,
    }


def text_of(collected: dict[str, Any]) -> str:
    """Return the file's text: one feature a line, so that changes can be read."""
    head = {key: value for key, value in collected.items() if key != "features"}
    lines = [
        json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        for feature in collected["features"]
    ]
    start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
    return start + ',\n "features": [\n' + ",\n".join(lines) + "\n]}\n"


def make(topology: dict[str, Any]) -> dict[str, str]:
    """Return the text of every map to ship, by file name."""
    return {f"{one.name}.json": text_of(collection(topology, one)) for one in EXTRACTS}


def fetch() -> dict[str, Any]:
    """Fetch the pinned package with npm into a temporary folder and return its topology."""
    npm = shutil.which("npm")
    if npm is None:
        raise FileNotFoundError(
            "npm was not found. Install Node.js (nodejs.org), or download "
            f"{PACKAGE} {PACKAGE_VERSION} yourself and give the path of its {SOURCE_FILE}."
        )
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            [npm, "pack", "--silent", f"{PACKAGE}@{PACKAGE_VERSION}"],
            cwd=folder,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            member = package.extractfile(f"package/{SOURCE_FILE}")
            if member is None:
                raise FileNotFoundError(f"{archive.name} holds no {SOURCE_FILE}")
            return json.load(member)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the maps; with ``--check`` only compare them with the shipped files."""
    parser = argparse.ArgumentParser(prog="python -m tutor coastlines", description=__doc__)
    parser.add_argument("topology", nargs="?", type=Path, help=f"path of {SOURCE_FILE}, else npm")
    parser.add_argument("--check", action="store_true", help="write nothing, only compare")
    options = parser.parse_args(arguments)
    given = options.topology
    topology = json.loads(given.read_text(encoding="utf-8")) if given else fetch()
    differing = []
    for name, text in make(topology).items():
        path = FOLDER / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        differing.append(name)
        if not options.check:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {path} ({len(text.encode()) / 1000:.0f} kB)")
    if options.check and differing:
        print(f"not what the script makes: {', '.join(differing)}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
