"""What the charts of lesson 01 show, held against the data."""

import pytest

from tutor import data
from tutor.charts import maps, security_network, timeline
from tutor.derived.cold_war import TIES_COUNTED, measures, network_of
from tutor.interaction.explorables.cold_war import PERIODS


@pytest.mark.parametrize("counted", TIES_COUNTED)
@pytest.mark.parametrize("year", [1945, 1950, 1958, 1972, 1990, 1995])
def test_words_of_a_year_say_what_the_model_says(year, counted):
    values, said = measures(counted)[year - 1945], security_network.describe_year(year, counted)
    assert said.startswith(f"31 December {year}: {values.ties} ")
    assert f"centralization {values.centralization:.2f}" in said
    assert ("Across the divide: none" in said) is (values.cross_camp_share == 0)


@pytest.mark.parametrize("counted", TIES_COUNTED)
def test_words_name_every_change(counted):
    for year in range(1946, 1996):
        names = dict(zip(network_of(year).actors, network_of(year).names, strict=True))
        before, now = (set(network_of(y, counted).pairs) for y in (year - 1, year))
        said = security_network.describe_year(year, counted)
        new, _, gone = said.partition("Gone: ")
        for a, b in now - before:
            assert f"{names[a]} and {names[b]}" in new.partition("New this year: ")[2]
        for a, b in before - now:
            assert f"{names[a]} and {names[b]}" in gone


@pytest.mark.parametrize("counted", TIES_COUNTED)
def test_lines_of_every_year_are_the_ties_of_that_year(counted):
    spans = security_network._spans(counted)
    for year in range(1945, 1996):
        shown = {(s["a"], s["b"]) for s in spans if s["first"] <= year <= s["last"]}
        assert shown == set(network_of(year, counted).pairs)


def test_every_actor_of_the_network_has_a_place():
    assert set(network_of(1950).actors) <= set(security_network._positions())


@pytest.mark.parametrize("year", [1944, 1996, 1950.5, "1950", None, True])
def test_year_outside_the_record_is_refused(year):
    with pytest.raises(ValueError, match="1945 to 1995"):
        security_network.security_network(year)


def test_unknown_count_is_refused():
    with pytest.raises(ValueError, match="security"):
        security_network.security_network(1950, "friendship")


def test_line_of_centralization_names_its_peak_and_its_fold():
    drawn = security_network.centralization_over_time()
    table = drawn.table()
    peak = table.loc[table["centralization"].idxmax()]
    assert list(table["year"]) == list(range(1945, 1996))
    assert f"{peak['centralization']:.2f} in {peak['year']}" in drawn.alternative


def test_table_of_ties_holds_every_tie_of_the_data():
    table = security_network.security_network().table()
    assert set(table["id"]) == {row["id"] for row in data.rows("ties")}


def test_timeline_shows_the_events_of_its_periods():
    rows = timeline.event_rows(PERIODS)
    table = timeline.timeline(PERIODS).table()
    assert list(table["id"]) == [row["id"] for row in rows]
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows)
    dated = {row["id"]: row["date"] for row in data.rows("events")}
    for row in rows:
        assert row["date"] == dated[row["id"]]
        first, last = map(int, row["period"].split("-"))
        assert first <= int(row["date"][:4]) <= last
        assert row["columns"]


def test_timeline_leaves_out_only_events_without_these_countries():
    shown = {row["id"] for row in timeline.event_rows(PERIODS)}
    known = {*timeline.COUNTRIES, *timeline._COLUMN}
    for event in data.rows("events"):
        within = PERIODS[0][0] <= int(event["date"][:4]) <= PERIODS[-1][1]
        expected = within and not known.isdisjoint(event["actors"].split(";"))
        assert (event["id"] in shown) is expected


def test_rows_of_the_timeline_have_names_of_their_own():
    names = [row["row"] for row in timeline.event_rows(PERIODS)]
    assert len(set(names)) == len(names)


def test_filters_agree_with_the_rows():
    rows = timeline.event_rows(PERIODS)
    assert timeline.select(rows) == rows
    japan = timeline.select(rows, country="JPN", kind="treaty")
    assert japan
    assert all("JPN" in row["columns"] and row["kind"] == "treaty" for row in japan)
    assert timeline.describe([]) == "No event fits. Widen one of the filters."
    assert timeline.describe(rows[:1]).startswith("1 event.")


def test_lesson_can_choose_its_events():
    chosen = data.table("events").query("id in ['E001', 'E003']")
    assert [row["id"] for row in timeline.event_rows(PERIODS, chosen)] == ["E001", "E003"]


def test_period_without_events_is_refused():
    with pytest.raises(ValueError, match="no event"):
        timeline.timeline(((1000, 1001),))


@pytest.mark.parametrize("draw", [maps.region_map, maps.lower_tumen_map])
def test_places_stand_where_the_data_put_them(draw):
    table = draw(["P04"]).table()
    assert "P01" in set(table["id"])
    for row in table.itertuples():
        place = data.find(row.id)
        assert (row.longitude, row.latitude) == (
            float(place["longitude"]),
            float(place["latitude"]),
        )
        assert row.name in draw(["P04"]).alternative


def test_unknown_place_is_refused():
    with pytest.raises(KeyError, match="P99"):
        maps.region_map(["P99"])


def test_map_names_the_sea_by_both_names():
    assert "Sea of Japan (East Sea)" in maps.region_map().alternative
