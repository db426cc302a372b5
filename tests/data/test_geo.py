"""The shipped maps: their windows, their turn, their size, and the river's known points."""

import itertools
import json
import math
import shutil

import pytest

from tutor.data.geo import FOLDER, geography, names
from tutor.workshop import coastlines

EXPECTED = {
    "northeast_asia": {"CHN", "JPN", "KOR", "MNG", "PRK", "RUS", "TWN"},
    "lower_tumen": {"CHN", "PRK", "RUS"},
}


def rings(feature):
    for polygon in feature["geometry"]["coordinates"]:
        for number, ring in enumerate(polygon):
            yield number == 0, ring


def countries(name):
    features = geography(name)["features"]
    return {f["id"]: f for f in features if f["properties"]["kind"] == "country"}


def contains(feature, longitude, latitude):
    inside = False
    for _, ring in rings(feature):
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            if (y1 > latitude) != (y2 > latitude):
                inside ^= longitude < x1 + (latitude - y1) / (y2 - y1) * (x2 - x1)
    return inside


def test_the_maps_are_those_of_the_script():
    assert names() == sorted(one.name for one in coastlines.EXTRACTS) == sorted(EXPECTED)


def test_an_unknown_map_is_refused_with_the_known_ones():
    with pytest.raises(KeyError, match="lower_tumen"):
        geography("mars")


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_structure(name):
    collection = geography(name)
    west, south, east, north = collection["bbox"]
    assert countries(name).keys() >= EXPECTED[name]
    assert (FOLDER / f"{name}.json").stat().st_size < 100_000
    assert "Natural Earth" in collection["source"]
    assert "public domain" in collection["source"]
    for code, feature in countries(name).items():
        assert feature["properties"]["id"] == code
        assert feature["properties"]["name"]
        for exterior, ring in rings(feature):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            assert all(west <= x <= east and south <= y <= north for x, y in ring)
            assert (coastlines.signed_area(ring) < 0) == exterior


@pytest.mark.parametrize(
    ("code", "longitude", "latitude"),
    [
        ("CHN", 116.41, 39.90),
        ("RUS", 135.07, 48.48),
        ("MNG", 106.91, 47.92),
        ("PRK", 125.75, 39.03),
        ("KOR", 127.0, 37.5),
        ("JPN", 139.0, 36.0),
        ("TWN", 121.0, 24.0),
    ],
)
def test_a_city_lies_in_its_country_and_in_no_other(code, longitude, latitude):
    found = [c for c, f in countries("northeast_asia").items() if contains(f, longitude, latitude)]
    assert found == [code]


def test_the_three_meet_at_the_agreed_point():
    tripoint = [round(value, 4) for value in coastlines.AGREED_TRIPOINT]
    corners = [
        code
        for code, feature in countries("lower_tumen").items()
        if any(tripoint in ring for _, ring in rings(feature))
    ]
    assert corners == ["CHN", "PRK", "RUS"]


def test_the_bank_above_the_tripoint_is_chinese_and_below_it_russian():
    shapes = countries("lower_tumen")
    found = [
        [code for code, shape in shapes.items() if contains(shape, *point)]
        for point in ((130.60, 42.435), (130.68, 42.36), (130.58, 42.42))
    ]
    assert found == [["CHN"], ["RUS"], ["PRK"]]


def test_the_river_runs_down_to_its_mouth_past_known_points():
    (river,) = (f for f in geography("lower_tumen")["features"] if f["id"] == "tumen_river")
    course = river["geometry"]["coordinates"]
    assert math.dist(course[-1], (130.70, 42.29)) < 0.01
    # Tumen city, the northern tip of Korea, Quanhe bridge, the tripoint.
    for known in ((129.852, 42.958), (129.975, 43.008), (130.51, 42.56), (130.638, 42.418)):
        assert min(math.dist(known, point) for point in course) < 0.06
    assert river["properties"]["accuracy_km"] > 0


def test_each_call_returns_a_map_of_its_own():
    geography("lower_tumen")["features"].clear()
    assert geography("lower_tumen")["features"]


def test_simplifying_keeps_the_ends_and_stays_within_the_tolerance():
    line = [(x / 10, math.sin(x / 10)) for x in range(60)]
    thinned = coastlines.simplify(line, 0.05)
    assert thinned[0] == line[0]
    assert thinned[-1] == line[-1]
    assert len(thinned) < len(line) / 2
    for x, y in line:
        gaps = [
            abs(y - (a[1] + (x - a[0]) / (b[0] - a[0]) * (b[1] - a[1])))
            for a, b in itertools.pairwise(thinned)
            if a[0] <= x <= b[0]
        ]
        assert min(gaps) <= 0.08


def test_clipping_cuts_a_square_to_the_window():
    window = coastlines.Extract("test", 0, 0, 10, 10, 0.1, 0, 2, False)
    ring = [(-5, -5), (-5, 5), (5, 5), (5, -5), (-5, -5)]
    assert set(coastlines.clip_ring(ring, window)) == {(0, 0), (0, 5), (5, 5), (5, 0)}
    away = [(20, 20), (20, 21), (21, 21), (20, 20)]
    assert coastlines.clip_ring(away, window) == []


@pytest.mark.slow
def test_the_shipped_files_are_what_the_script_makes():
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed")
    made = coastlines.make(coastlines.fetch())
    for name, text in made.items():
        assert (FOLDER / name).read_text(encoding="utf-8") == text
        assert json.loads(text)["features"]
