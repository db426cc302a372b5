"""The ladder on real blocs, Viner's cases, capital that moves, zones that compete."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tutor import data
from tutor.models import capital_mobility, customs_union, integration_ladder, zone_competition
from tutor.models.customs_union import Market

COLUMNS = dict(
    zip(
        (
            "free_internal_trade",
            "common_external_tariff",
            "free_factor_movement",
            "coordinated_policy",
            "unified_policy",
        ),
        integration_ladder.COMMITMENTS,
        strict=True,
    )
)


# The ladder ------------------------------------------------------------------------------------


def stage_of(row):
    return integration_ladder.classify(
        commitment for column, commitment in COLUMNS.items() if row[column] == "1"
    )


@pytest.mark.parametrize(
    ("name", "date", "stage"),
    [
        ("North American Free Trade Agreement", "1994-01-01", "free trade area"),
        ("Mercosur", "1995-01-01", "customs union"),
        ("Southern African Customs Union", "1970-03-01", "customs union"),
        ("European Economic Community", "1968-07-01", "customs union"),
        ("European Union", "1993-11-01", "common market"),
        ("Economic and Monetary Union (first eleven members)", "1999-01-01", "economic union"),
        ("Eurasian Economic Union", "2015-01-01", "common market"),
        ("Regional Comprehensive Economic Partnership", "2022-01-01", "free trade area"),
        ("Gulf Cooperation Council (customs union)", "2003-01-01", "customs union"),
        ("Gulf Cooperation Council (common market)", "2008-01-01", "common market"),
        ("European Free Trade Association", "1960-05-03", "free trade area"),
        ("Tumen River Commission", "1996-02-06", "no integration"),
    ],
)
def test_real_blocs_at_their_dates(name, date, stage):
    (row,) = (row for row in data.rows("blocs") if row["name"] == name)
    assert row["date"] == date
    assert stage_of(row).balassa == stage
    assert stage_of(row).is_on_ladder


def test_the_european_economic_area_is_off_the_ladder():
    (row,) = (row for row in data.rows("blocs") if row["name"] == "European Economic Area")
    stage = stage_of(row)
    assert stage.missing == ("common external tariff",)
    assert stage.beyond == ("free movement of labour and capital",)
    assert stage.balassa == "free trade area"
    assert str(stage) == (
        "off the ladder: free movement of labour and capital without common external tariff"
    )


def test_the_rungs_and_their_two_names():
    names = [
        (stage.balassa, stage.chou)
        for stage in (
            integration_ladder.classify(integration_ladder.COMMITMENTS[:rung]) for rung in range(6)
        )
    ]
    assert names == [
        ("no integration", "no integration"),
        ("free trade area", "free trade area"),
        ("customs union", "customs union"),
        ("common market", "common market"),
        ("economic union", "trading bloc"),
        ("complete integration", None),
    ]


@given(st.sets(st.sampled_from(integration_ladder.COMMITMENTS)))
def test_every_combination_has_a_place(commitments):
    stage = integration_ladder.classify(commitments)
    below = integration_ladder.COMMITMENTS[: stage.rung]
    assert set(below) | set(stage.beyond) == commitments
    assert not set(stage.missing) & commitments
    assert stage.is_on_ladder == (not stage.beyond)


def test_bad_commitments():
    with pytest.raises(KeyError, match="Did you mean 'common external tariff'"):
        integration_ladder.classify(["common external tarif"])
    with pytest.raises(ValueError, match="must be a list"):
        integration_ladder.classify("free internal trade")


# Viner's customs union -------------------------------------------------------------------------

MARKET = Market(100, 1, -20, 1)


def test_a_case_of_creation_by_hand():
    # Partner at 30, world at 40, tariff 20: autarky price 60, so 50 before and 30 after. Before:
    # imports 50 - 30 = 20 from the partner; after 70 - 10 = 60. Production gain 20 x 20 / 2,
    # consumption gain the same, nothing diverted.
    effect = customs_union.form_union(MARKET, 30, 40, 20)
    assert (effect.price_before, effect.price_after) == (50, 30)
    assert (effect.imports_before, effect.imports_after) == (20, 60)
    assert (effect.source_before, effect.source_after) == ("partner", "partner")
    assert effect.production_gain == pytest.approx(200)
    assert effect.consumption_gain == pytest.approx(200)
    assert effect.diversion == 0
    assert effect.consumer_surplus == pytest.approx((50 + 70) / 2 * 20)
    assert effect.producer_surplus == pytest.approx(-(30 + 10) / 2 * 20)
    assert effect.tariff_revenue == -400
    assert effect.welfare == pytest.approx(400)


def test_a_case_of_diversion_by_hand():
    # World at 25, partner at 30, tariff 10: 35 before from outside, 30 after from the partner.
    # Old imports 65 - 15 = 50 cost 5 more each: 250 lost; two triangles of 12.5 gained.
    effect = customs_union.form_union(MARKET, 30, 25, 10)
    assert (effect.source_before, effect.source_after) == ("outside world", "partner")
    assert effect.diversion == pytest.approx(250)
    assert effect.creation == pytest.approx(25)
    assert effect.welfare == pytest.approx(-225)


def test_a_union_that_turns_a_closed_market_open():
    effect = customs_union.form_union(MARKET, 40, 45, 30)
    assert effect.price_before == 60
    assert effect.source_before == "nowhere"
    assert effect.diversion == 0
    assert effect.welfare == pytest.approx(40 * 20 / 2)


def test_a_partner_too_dear_changes_nothing_and_a_tie_goes_to_the_partner():
    dear = customs_union.form_union(MARKET, 40, 20, 10)
    assert dear.source_after == "outside world"
    assert dear.welfare == 0
    assert dear.tariff_revenue == 0
    tie = customs_union.form_union(MARKET, 30, 20, 10)
    assert tie.source_after == "partner"
    assert tie.price_before == tie.price_after == 30
    assert tie.welfare == pytest.approx(-10 * 60)


def test_curves_are_cut_at_zero():
    # Home production starts at 20; at 10 there is none, and none is lost between 15 and 10.
    effect = customs_union.form_union(MARKET, 10, 20, 5)
    assert MARKET.supply(10) == 0
    assert effect.imports_after == 90
    assert effect.producer_surplus == 0
    assert effect.production_gain == 0
    assert effect.consumption_gain == pytest.approx(5 * 5 / 2)
    # Supply would start at 20 only, demand is gone at 10: nothing is traded above 10.
    gone = Market(10, 1, -20, 1)
    assert gone.autarky_price == 10
    assert customs_union.form_union(gone, 12, 11, 1).imports_after == 0
    assert customs_union.form_union(gone, 4, 11, 1).imports_after == 6


def test_without_a_tariff_and_with_vertical_curves():
    assert customs_union.form_union(MARKET, 30, 30, 0).welfare == 0
    fixed_demand = Market(50, 0, 0, 1)
    effect = customs_union.form_union(fixed_demand, 10, 10, 10)
    assert effect.consumption_gain == pytest.approx(0)
    assert effect.production_gain == pytest.approx(50)
    fixed_supply = Market(50, 1, 10, 0)
    effect = customs_union.form_union(fixed_supply, 10, 10, 10)
    assert effect.production_gain == pytest.approx(0)
    assert effect.consumption_gain == pytest.approx(50)


@st.composite
def unions(draw):
    intercept = draw(st.floats(1, 200))
    supply = draw(st.floats(-100, intercept - 0.5))
    demand_slope, supply_slope = draw(st.floats(0, 5)), draw(st.floats(0, 5))
    assume(demand_slope + supply_slope > 0.01)
    price = st.floats(0, 150)
    market = Market(intercept, demand_slope, supply, supply_slope)
    return market, draw(price), draw(price), draw(st.floats(0, 80))


@given(unions())
def test_welfare_is_creation_less_diversion_and_the_sum_of_its_parts(case):
    market, partner, outside, tariff = case
    effect = customs_union.form_union(market, partner, outside, tariff)
    parts = effect.consumer_surplus + effect.producer_surplus + effect.tariff_revenue
    scale = 1 + abs(effect.consumer_surplus) + abs(effect.tariff_revenue)
    assert effect.welfare == pytest.approx(parts, abs=1e-9 * scale)
    assert effect.welfare == effect.creation - effect.diversion
    assert effect.production_gain >= -1e-9 * scale
    assert effect.consumption_gain >= -1e-9 * scale
    assert effect.diversion >= 0
    assert effect.price_after <= effect.price_before <= market.autarky_price
    assert effect.imports_after >= effect.imports_before >= 0
    if partner <= outside:
        assert effect.diversion == 0


@given(unions())
def test_surpluses_agree_with_adding_up_thin_slices(case):
    market, partner, outside, tariff = case
    effect = customs_union.form_union(market, partner, outside, tariff)
    edges = np.linspace(effect.price_after, effect.price_before, 2001)
    middles = (edges[1:] + edges[:-1]) / 2
    width = (effect.price_before - effect.price_after) / 2000
    consumers = sum(market.demand(p) for p in middles) * width
    producers = sum(market.supply(p) for p in middles) * width
    assert effect.consumer_surplus == pytest.approx(consumers, rel=1e-3, abs=1e-3)
    assert -effect.producer_surplus == pytest.approx(producers, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize(
    ("market", "message"),
    [
        ((0, 1, -1, 1), "demand_intercept is 0; it must be a number above 0"),
        ((10, 1, 10, 1), "must be above supply_intercept, 10"),
        ((10, -1, 0, 1), "demand_slope is -1"),
        ((10, 1, 0, -1), "supply_slope is -1"),
        ((10, 0, 0, 0), "both 0"),
        ((10, 0, 0, 1e-320), "no price clears"),
        ((10, 1, math.nan, 1), "supply_intercept is nan"),
    ],
)
def test_bad_markets(market, message):
    with pytest.raises(ValueError, match=message):
        Market(*market)


@pytest.mark.parametrize("argument", ["partner_price", "outside_price", "tariff"])
@pytest.mark.parametrize("value", [-1, math.nan, "ten", True])
def test_bad_prices(argument, value):
    values = {"partner_price": 10, "outside_price": 10, "tariff": 1, argument: value}
    with pytest.raises(ValueError, match=f"{argument} is"):
        customs_union.form_union(MARKET, **values)


# Capital that moves ----------------------------------------------------------------------------


def test_capital_by_hand():
    # Half shares, equal productivity and labour, capital 9 and 1: it settles at 5 and 5.
    result = capital_mobility.free_capital(("rich", "poor"), [1, 1], [9, 1], [1, 1], 0.5)
    assert result.capital_after == pytest.approx([5, 5])
    assert result.inflow == pytest.approx([-4, 4])
    assert result.return_before == pytest.approx([1 / 6, 1 / 2])
    common = 0.5 / math.sqrt(5)
    assert result.return_after == pytest.approx(common)
    assert result.output_before == pytest.approx([3, 1])
    assert result.output_after == pytest.approx([math.sqrt(5)] * 2)
    assert result.world_gain == pytest.approx(2 * math.sqrt(5) - 4)
    assert result.income_after == pytest.approx(
        [math.sqrt(5) + 4 * common, math.sqrt(5) - 4 * common]
    )
    assert result.wage_before == pytest.approx([1.5, 0.5])
    assert result.wage_after == pytest.approx([math.sqrt(5) / 2] * 2)


def test_capital_settles_by_productivity():
    # A^(1/(1-α)) with α = 1/2: twice as productive holds four times as much.
    result = capital_mobility.free_capital(("A", "B"), [2, 1], [5, 5], [1, 1], 0.5)
    assert result.capital_after == pytest.approx([8, 2])


@given(
    st.integers(1, 6).flatmap(
        lambda n: st.tuples(
            *(st.lists(st.floats(0.05, 50), min_size=n, max_size=n) for _ in range(3))
        )
    ),
    st.floats(0.05, 0.95),
)
def test_nobody_loses_income_and_capital_earns_the_same(economy, alpha):
    productivity, capital, labour = economy
    names = [f"economy {i}" for i in range(len(capital))]
    result = capital_mobility.free_capital(names, productivity, capital, labour, alpha)
    scale = result.output_after.sum()
    assert result.world_gain >= -1e-9 * scale
    assert (result.income_gain >= -1e-9 * scale).all()
    assert result.income_after.sum() == pytest.approx(scale, rel=1e-9)
    assert result.capital_after.sum() == pytest.approx(sum(capital), rel=1e-9)
    held = result.capital_after > 1e-6 * sum(capital)
    marginal = alpha * result.output_after[held] / result.capital_after[held]
    assert marginal == pytest.approx(np.full(held.sum(), result.return_after), rel=1e-6)


def test_identical_economies_and_a_share_near_one():
    same = capital_mobility.free_capital(("A", "B", "C"), [2] * 3, [4] * 3, [3] * 3, 0.3)
    assert same.inflow == pytest.approx([0, 0, 0])
    assert same.income_gain == pytest.approx([0, 0, 0], abs=1e-12)
    extreme = capital_mobility.free_capital(("A", "B"), [2, 1], [1, 1], [1, 1], 0.9999)
    assert extreme.capital_after == pytest.approx([2, 0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"productivity": [1, 0]}, r"productivity\[1\] is 0"),
        ({"capital": [1, -1]}, r"capital\[1\] is -1"),
        ({"labour": [1]}, "labour has the shape 1"),
        ({"labour": [1, math.inf]}, r"labour\[1\] is inf"),
        ({"capital_share": 1}, "capital_share is 1"),
        ({"capital_share": 0}, "capital_share is 0"),
        ({"economies": ("A", "A")}, "A twice"),
    ],
)
def test_bad_economies(change, message):
    good = {
        "economies": ("A", "B"),
        "productivity": [1, 1],
        "capital": [1, 1],
        "labour": [1, 1],
        "capital_share": 0.3,
    }
    with pytest.raises(ValueError, match=message):
        capital_mobility.free_capital(**{**good, **change})


# Zones that compete ----------------------------------------------------------------------------


def test_zones_by_hand():
    # A = 10, b = 1, η = 0.5, ρ = 2, n = 3: rivals tax 0.5 x 8 / 3 = 4/3, jointly 4.
    result = zone_competition.compete(3, 10, 1, 0.5, 2)
    assert result.rival_tax == pytest.approx(4 / 3)
    assert result.joint_tax == pytest.approx(4)
    # r = (3 x 26/3 + 1) / 3.5 = 54/7; each zone gets 26/3 - 54/7 = 20/21.
    assert result.rival_investment == pytest.approx(20 / 7)
    assert result.rival_revenue == pytest.approx(4 / 3 * 20 / 7)
    assert result.joint_revenue == pytest.approx(4 * 12 / 7)
    assert result.loss == pytest.approx(1 - (80 / 21) / (48 / 7))


conditions = st.tuples(
    st.integers(1, 9), st.floats(1, 20), st.floats(0.1, 5), st.floats(0.05, 5), st.floats(0, 5)
)


@given(conditions)
def test_rivals_earn_no_more_than_one_authority(case):
    zones, margin, slope, readiness, floor = case
    result = zone_competition.compete(zones, floor + margin, slope, readiness, floor)
    assert result.rival_revenue <= result.joint_revenue * (1 + 1e-9)
    assert result.rival_tax <= result.joint_tax * (1 + 1e-9)
    if zones == 1:
        assert result.rival_tax == pytest.approx(result.joint_tax)
        assert result.loss == pytest.approx(0, abs=1e-9)


@given(conditions, st.floats(-0.5, 1.5))
def test_no_rival_gains_by_another_tax(case, share):
    zones, margin, slope, readiness, floor = case
    top = floor + margin
    tax = zone_competition.rival_tax(zones, top, slope, readiness, floor)
    rivals = [tax] * (zones - 1)
    here = zone_competition.invest([tax, *rivals], top, slope, readiness, floor).revenue[0]
    there = zone_competition.invest([share * margin, *rivals], top, slope, readiness, floor)
    assert there.revenue[0] <= here * (1 + 1e-9) + 1e-12


@given(conditions, st.lists(st.floats(-5, 25), min_size=1, max_size=6))
def test_investment_clears_and_earns_the_same_after_tax(case, taxes):
    _, margin, slope, readiness, floor = case
    top = floor + margin
    result = zone_competition.invest(taxes, top, slope, readiness, floor)
    r = result.return_after_tax
    assert r >= floor - 1e-9
    assert result.investment.sum() == pytest.approx(readiness * (r - floor), abs=1e-7)
    net = top - np.array(taxes) - slope * result.investment
    assert (net[result.investment > 0] == pytest.approx(r)) or not (result.investment > 0).any()
    assert (net[result.investment == 0] <= r + 1e-9).all()


def test_elastic_outside_capital_softens_the_rivalry():
    losses = [zone_competition.compete(3, 10, 1, eta, 2).loss for eta in (0.1, 1, 10, 1000)]
    assert losses == sorted(losses, reverse=True)
    assert losses[-1] == pytest.approx(0, abs=1e-5)


def test_splitting_one_site_adds_no_room():
    one = zone_competition.compete(1, 10, 1, 0.5, 2)
    four = zone_competition.compete(4, 10, 1, 0.5, 2, split=True)
    assert four.joint_revenue == pytest.approx(one.joint_revenue)
    assert four.rival_revenue < one.rival_revenue
    assert zone_competition.compete(4, 10, 1, 0.5, 2).joint_revenue > one.joint_revenue


def test_taxes_that_leave_no_return_draw_nothing():
    result = zone_competition.invest([8, 9], 10, 1, 0.5, 2)
    assert result.return_after_tax == 2
    assert result.investment.tolist() == [0, 0]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((0, 10, 1, 1, 2), "zones is 0"),
        ((2.5, 10, 1, 1, 2), "zones is 2.5"),
        ((2, 2, 1, 1, 2), "first_return is 2; it must be a number above 2"),
        ((2, 10, 0, 1, 2), "slope is 0"),
        ((2, 10, 1, 0, 2), "readiness is 0"),
        ((2, 10, 1, 1, -1), "outside_return is -1"),
        ((2, math.nan, 1, 1, 2), "first_return is nan"),
    ],
)
def test_bad_zones(arguments, message):
    with pytest.raises(ValueError, match=message.replace(".", r"\.")):
        zone_competition.compete(*arguments)


def test_bad_taxes():
    with pytest.raises(ValueError, match=r"taxes\[0\] is nan"):
        zone_competition.invest([math.nan], 10, 1, 1, 2)
    with pytest.raises(ValueError, match="taxes has the shape"):
        zone_competition.invest(3, 10, 1, 1, 2)
    with pytest.raises(ValueError, match="outside_return"):
        zone_competition.joint_tax(10, -1)
