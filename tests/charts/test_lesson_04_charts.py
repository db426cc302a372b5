"""What the charts of lesson 04 show, held against the tables and the model."""

import itertools

import pytest

from tutor import data
from tutor.charts import comparative_advantage as charts
from tutor.derived.comparative_advantage import (
    CHAIN,
    GREW,
    REGIONS,
    basket,
    gain_in_percent,
    pairs,
    strengths,
    trade_of_six,
    trade_of_two,
    turning_point,
)
from tutor.interaction.explorables import comparative_advantage as explorables


def rows_of(figure):
    """Rows behind the marks, over all settings of the controls."""
    specification = figure.chart.to_dict()
    return max(specification["datasets"].values(), key=len)


def test_heat_map_has_a_row_for_every_factor_of_the_table():
    factors = {row["factor"] for row in data.rows("comparative_advantage")}
    assert set(charts._FACTORS) == factors
    assert len(charts._FACTORS) == len(factors)


def test_heat_map_names_every_strength_under_its_basis():
    said = charts.comparative_advantage_table().alternative
    table, prose = said.split("Granted only in the prose: ")
    prose, denied = prose.split("Denied by the prose: ")
    for row in data.rows("comparative_advantage"):
        where = {"table": table, "prose_only": prose, "prose_denies": denied}.get(row["basis"])
        if where is not None:
            part = where.split(f"{row['region']}: ")[1].split(";")[0].split(". ")[0]
            assert row["factor"] in part.rstrip(". ").split(", "), row["id"]


def test_every_pair_of_regions_is_judged_once():
    judged = [frozenset((pair.a, pair.b)) for pair in pairs()]
    assert sorted(map(sorted, judged)) == sorted(
        sorted(two) for two in itertools.combinations(REGIONS, 2)
    )
    assert {pair.growth for pair in pairs()} == set(GREW)


def test_measures_follow_from_the_sets():
    everything = frozenset().union(*strengths().values())
    for pair in pairs():
        a, b = strengths()[pair.a], strengths()[pair.b]
        assert pair.jaccard == pytest.approx(len(a ^ b) / len(a | b))
        assert pair.matching == pytest.approx(len(a ^ b) / len(everything))


@pytest.mark.parametrize("measure", charts.MEASURES)
def test_words_name_the_least_complementary_pair(measure):
    said = charts.describe_complementarity(measure)
    lowest = min(pairs(), key=lambda pair: getattr(pair, measure))
    assert f"Lowest, at {getattr(lowest, measure):.2f}: {lowest.name}." in said


def test_growth_is_shown_in_the_group_it_belongs_to():
    figure = charts.complementarity_and_growth()
    grown, others = figure.alternative.split("No growth is told")
    for pair in pairs():
        assert (f"{pair.name} (" in grown) is pair.grew
        assert (f"{pair.name} (" in others) is not pair.grew
    assert set(figure.table()["id"]) == {row["id"] for row in data.rows("pair_growth")}


def test_every_setting_of_two_countries_is_the_models():
    rows = rows_of(charts.two_country_trade())
    assert len(rows) == 2 * len(charts.ENGLAND) * len(charts.SHARES)
    for row in rows:
        world = trade_of_two(row["england"], row["share"])
        place = world.regions.index(row["region"])
        assert row["price"] == pytest.approx(world.price, abs=5e-4)
        assert row["gain"] == pytest.approx(gain_in_percent(world.gain[place]), abs=0.051)
        made = [
            good
            for good, out in zip(("cloth", "wine"), world.production[place], strict=True)
            if out > 1e-9
        ]
        assert row["makes"] == " and ".join(made)


def test_every_setting_of_the_chain_is_the_models():
    rows = rows_of(charts.chain_of_advantage())
    assert len(rows) == 6 * len(charts.SHARES) * len(charts.JAPAN) * len(charts.MONGOLIA)
    for row in rows:
        world = trade_of_six(row["share"], row["japan"], row["mongolia"])
        place = world.regions.index(row["region"])
        assert row["price"] == pytest.approx(world.price, abs=5e-4)
        assert row["gain"] == pytest.approx(gain_in_percent(world.gain[place]), abs=0.051)
        assert (row["labour"] == row["japan"]) or row["region"] != "Japan"
        assert 0.2 <= row["own"] <= 2.6, "the dot lies outside the picture"


@pytest.mark.parametrize(
    ("england", "gains"),
    [
        (10_000, "England"),
        (11_000, "England"),
        (12_000, "both"),
        (14_000, "both"),
        (15_000, "Portugal"),
        (20_000, "Portugal"),
    ],
)
def test_who_gains_turns_with_englands_hours(england, gains):
    said = charts.describe_two(england)
    assert (
        "England makes cloth and gains nothing" in said or "England makes cloth and wine" in said
    ) is (gains == "Portugal")
    assert said.endswith("gains nothing.") is (gains == "England")


def test_the_chain_shows_what_the_lesson_says_of_it():
    usual = dict(zip(CHAIN, trade_of_six().gain, strict=True))
    assert max(usual, key=usual.get) == "Mongolia"
    assert usual["South Korea"] < usual["Japan"], "the smaller of the two gains less"
    assert usual["North Korea"] > 1.2
    assert "Gains most: Japan" in charts.describe_chain(japan=5)
    assert "Gains nothing: Japan" in charts.describe_chain(share=0.9)
    far = dict(zip(CHAIN, trade_of_six(mongolia=20).gain, strict=True))
    assert far["Mongolia"] < 1.04 < usual["Mongolia"]


def test_own_prices_stand_in_the_order_of_the_chain():
    table = charts.chain_of_advantage().table()
    assert list(table["region"]) == list(CHAIN)
    assert table["own_price"].is_monotonic_increasing


def test_learning_pays_with_trade_only_beyond_the_turning_point():
    table = charts.changing_advantage().table()
    before = table[table["hours"] > turning_point()]
    after = table[table["hours"] < turning_point()]
    assert before["with trade"].nunique() == 1
    assert len(before) >= 4
    assert after["with trade"].is_monotonic_increasing
    assert (table["with trade"] <= table["without trade"]).all()
    assert basket(12)[1] == pytest.approx(basket(15)[1])


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        (explorables.explore_complementarity, {"measure": "distance"}),
        (explorables.explore_two_country_trade, {"england": 10_500}),
        (explorables.explore_two_country_trade, {"share": 0}),
        (explorables.explore_chain_of_advantage, {"japan": 64}),
        (explorables.explore_chain_of_advantage, {"mongolia": True}),
        (explorables.explore_changing_advantage, {"saved": 13}),
        (explorables.explore_changing_advantage, {"saved": None}),
    ],
)
def test_a_setting_that_cannot_be_becomes_a_message(call, wrong):
    said = repr(call(**wrong))
    (value,) = wrong.values()
    assert repr(value) in said
    assert "can" in said or "must be" in said


@pytest.mark.parametrize(
    "call",
    [
        explorables.explore_complementarity,
        explorables.explore_two_country_trade,
        explorables.explore_chain_of_advantage,
        explorables.explore_changing_advantage,
    ],
)
def test_every_setting_has_words(call):
    explorable = call()
    texts = explorable.texts()
    count = 1
    for control in explorable.controls:
        count *= len(control.values)
    assert len(texts) == count
    assert all(text.endswith(".") for text in texts.values())
