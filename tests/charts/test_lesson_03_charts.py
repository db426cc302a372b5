"""What the charts and explorables of lesson 03 show, held against the data and the model."""

import itertools
import re

import pytest
import vl_convert

import tutor
from tutor import data
from tutor.charts import soft_regionalism as charts
from tutor.charts import zones_map
from tutor.charts.figure import vega_lite
from tutor.derived import soft_regionalism as derived
from tutor.interaction.message import Message


def svg_of(figure):
    return vl_convert.vegalite_to_svg(vega_lite(figure), vl_version="v5.21")


def texts_of(figure):
    return re.findall(r">([^<]+)<", svg_of(figure))


# ------------------------------------------------------------------ contract


@pytest.mark.parametrize(("share", "started"), [(0, 0), (10, 0), (50, 2), (55, 3), (100, 4)])
def test_contract_names_in_the_title_what_the_county_starts(share, started):
    assert any(
        f"starts {started} when" in text for text in texts_of(charts.revenue_contract(share))
    )


def test_contract_s_words_and_bars_agree():
    figure = charts.revenue_contract(75, 4)
    started = figure.table().query("gain > 0")["project"].str.replace(r" \(.*", "", regex=True)
    assert f"It starts: {', '.join(started)}." in charts.describe_contract(75, 4)


def test_county_s_gain_never_falls_when_it_keeps_more():
    for years in charts.YEARS:
        gains = [derived.outcome_of(share / 100, years).local_gain for share in charts.SHARES]
        assert gains == sorted(gains)


def test_centre_receives_most_in_between():
    best = derived.best_share_for_centre()
    assert 0 < best < 1
    assert derived.outcome_of(best, 3).centre_receipts == max(
        derived.outcome_of(share / 100, 3).centre_receipts for share in charts.SHARES
    )


# ------------------------------------------------------------------ trade


def test_growth_finds_the_printed_figure_at_one_rate_only():
    met = [rate for rate in charts.RATES if "meets" in charts.describe_growth(rate)]
    assert met == [round(100 * derived.yearly_growth())]
    assert "too little" in charts.describe_growth(met[0] - 5)
    assert "too much" in charts.describe_growth(met[0] + 5)


def test_even_growth_ends_where_it_should():
    path = derived.after_growth(derived.yearly_growth())
    assert path[0] == derived.figure("F009")
    assert path[-1] == pytest.approx(derived.figure("F010"))


def test_doubtful_figures_show_both_sides_of_each_pair():
    table = charts.doubtful_figures().table()
    assert list(table["ratio"]) == [
        round(large / small) for large, small in zip(table["large"], table["small"], strict=True)
    ]
    for ids in table["rows"]:
        assert all(data.find(identifier).table == "trade" for identifier in ids.split(", "))


# ------------------------------------------------------------------ avenues


def test_no_new_avenue_of_states_ends_in_russia_or_north_korea():
    ends = set(itertools.chain(*derived.avenue_pairs("state", "new")))
    assert not ends & {"RUS", "PRK"}


def test_every_pair_of_the_six_is_joined_or_named_as_missing():
    states, local = derived.avenue_pairs("state"), derived.avenue_pairs("local")
    missing = derived.pairs_without_avenue()
    assert len({*states, *local, *missing}) == 15
    assert not set(missing) & {*states, *local}


@pytest.mark.parametrize(("shown", "lines"), [("old", 5), ("states", 9), ("all", 15)])
def test_network_draws_a_line_for_each_pair_that_is_shown(shown, lines):
    svg = svg_of(charts.avenues(shown))
    drawn = svg.count('stroke-width="4"') + svg.count('stroke-dasharray="6,5"')
    assert drawn == lines


# ------------------------------------------------------------------ zones


def test_a_place_has_one_stage_a_year():
    for year in zones_map.ZONE_YEARS:
        seen = [(place.name, place.kind) for place in derived.places_of(year)]
        assert len(seen) == len(set(seen))


def test_hunchun_is_planned_before_it_is_set_up():
    stages = [
        place.stage
        for year in zones_map.ZONE_YEARS
        for place in derived.places_of(year, "zone")
        if place.name == "Hunchun"
    ]
    assert stages == ["planned", "set up", "set up"]


@pytest.mark.parametrize("kind", ["zone", "port", "crossing"])
def test_map_names_what_its_words_name(kind):
    places = [place.name for place in derived.places_of(1992, kind)]
    shown = set(texts_of(zones_map.zones_map(1992, kind, "near")))
    shown |= set(texts_of(zones_map.zones_map(1992, kind, "wide")))
    assert set(places) <= shown
    for place in places:
        assert place.removesuffix(" crossing") in zones_map.describe_zones(1992, kind)


def test_names_on_the_map_stay_inside_it():
    figure = zones_map.zones_map(1993, "all", "near")
    for place in figure.chart.to_dict()["datasets"].values():
        for row in place:
            if row.get("near"):
                assert 128.9 < row["longitude"] < 133.8
                assert 41.7 < row["latitude"] < 44.6


@pytest.mark.parametrize("owner", ["CHN", "JPN", "KOR"])
def test_one_name_shows_alone(owner):
    row = next(row for row in data.rows("region_names") if row["owner"] == owner)
    shown = " ".join(texts_of(zones_map.region_names_map(owner)))
    assert row["native_name"] in shown
    others = [other for other in data.rows("region_names") if other["owner"] != owner]
    assert not any(other["native_name"] in shown for other in others)


# ------------------------------------------------------------------ settings that cannot be


@pytest.mark.parametrize(
    "call",
    [
        lambda: tutor.explore_revenue_contract(share=52),
        lambda: tutor.explore_revenue_contract(years=True),
        lambda: tutor.explore_growth_rate(rate=99),
        lambda: tutor.explore_avenues(shown="new"),
        lambda: tutor.explore_zones(year=1950),
        lambda: tutor.explore_zones(kind="airport"),
        lambda: tutor.explore_zones(area="moon"),
        lambda: tutor.explore_region_names(name="PRK"),
    ],
)
def test_a_setting_that_cannot_be_gets_a_message(call):
    answer = call()
    assert isinstance(answer, Message)
    assert re.search(r"from|one of", str(answer))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: derived.places_of(1950), "1983"),
        (lambda: derived.places_of(1990, "airport"), "crossing"),
        (lambda: derived.places_of(1990, "zone", "dreamt"), "planned"),
        (lambda: charts.border_trade(99), "rate"),
        (lambda: zones_map.region_names_map("PRK"), "KOR"),
    ],
)
def test_charts_say_what_is_allowed(call, words):
    with pytest.raises(ValueError, match=words):
        call()
