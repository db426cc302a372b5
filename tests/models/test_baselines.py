"""The bridge from the tables to the models, and what the course claims about the result."""

import numpy as np
import pytest

from tutor import baselines, data
from tutor.models import complementarity, summit, tradp_curve, tradp_cycle, win_sets
from tutor.models.gravity import predicted_trade

# The security network ---------------------------------------------------------------------------


def test_the_fan_of_1955():
    network = baselines.security_network(1955)
    # Seven spokes and the leg of Australia and New Zealand; three ties on the other side.
    assert set(network.neighbours("USA")) == {"JPN", "KOR", "ROC", "PHL", "THA", "AUS", "NZL"}
    assert len(network.pairs) == 11
    assert {frozenset(pair) for pair in network.pairs} >= {
        frozenset(("AUS", "NZL")),
        frozenset(("RUS", "CHN")),
        frozenset(("RUS", "MNG")),
        frozenset(("CHN", "PRK")),
    }
    assert dict(zip(network.actors, network.names, strict=True))["RUS"] == "Soviet Union"


def test_the_fan_opens_and_folds():
    years = {each.year: each for each in baselines.security_measures()}
    assert sorted(years) == list(range(1945, 1996))
    # 13 actors; in 1955 degrees 7, 2, 2, 2, 2 and seven at most 1: sum of differences 69 of 132.
    assert years[1955].centralization == pytest.approx(69 / 132)
    assert years[1955].hub == "USA"
    assert years[1945].hub == "RUS"
    assert max(each.centralization for each in years.values()) == years[1958].centralization
    assert years[1995].centralization < years[1958].centralization
    # From 1950 on no security tie crosses the camps.
    assert {each.cross_camp_share for each in years.values() if each.year >= 1950} == {0.0}
    assert years[1949].cross_camp_share > 0


def test_normalizations_cross_the_camps():
    kinds = ("alliance", "basing", "normalization")
    assert baselines.security_measures(1980, 1980, kinds)[0].cross_camp_share > 0
    assert baselines.security_measures(1965, 1965, kinds)[0].cross_camp_share > 0
    assert baselines.security_measures(1955, 1955, kinds)[0].cross_camp_share == 0


def test_every_camp_and_successor_is_known():
    actors = baselines.security_actors()
    assert {row["camp"] for row in actors} == {"US-led", "socialist"}
    assert [row["id"] for row in actors if row["successor_of"]] == ["RUS"]
    drawn = set(baselines.security_network(1960).actors) | {"SUN"}
    assert {code for row in data.rows("ties") for code in (row["a"], row["b"])} <= drawn


# Complementarity --------------------------------------------------------------------------------


def test_jaccard_cannot_rank_about_half_of_the_pairs_and_matching_can():
    jaccard = baselines.regional_complementarity()
    matching = baselines.regional_complementarity("matching")
    assert complementarity.saturated_share(jaccard) == pytest.approx(8 / 15)
    assert complementarity.saturated_share(matching) == 0
    assert jaccard.between("Japan", "South Korea") == jaccard.values[jaccard.values > 0].min()


def test_one_pair_of_the_published_table_by_hand():
    sets = baselines.regional_factors()
    # Korea's five factors are all among Japan's seven.
    assert sets["South Korea"] < sets["Japan"]
    assert len(sets["South Korea"]) == 5
    assert len(sets["Japan"]) == 7
    assert baselines.regional_complementarity().between("Japan", "South Korea") == pytest.approx(
        1 - 5 / 7
    )
    assert tuple(sets) == tuple(baselines.REGION_COUNTRIES)
    assert tuple(baselines.REGION_COUNTRIES.values()) == baselines.SIX


# Stages, gravity, win-sets ----------------------------------------------------------------------


def test_every_bloc_has_a_stage():
    stages = baselines.bloc_stages()
    assert len(stages) == len(data.rows("blocs"))
    assert stages["BL01"].balassa == "free trade area"
    assert not stages["BL11"].is_on_ladder


def test_gravity_pairs():
    pairs = {(pair["a"], pair["b"]): pair for pair in baselines.gravity_pairs()}
    assert len(pairs) == 15
    assert pairs["CHN", "JPN"]["distance"] == pytest.approx(2092, abs=5)
    assert pairs["CHN", "JPN"]["barriers"] == ()
    assert pairs["KOR", "PRK"]["barriers"] == ("closed border", "planned economy")
    assert pairs["KOR", "PRK"]["barrier_size"] == pytest.approx(2.7)
    anchor = pairs["CHN", "JPN"]
    trade = predicted_trade(
        anchor["product_a"],
        anchor["product_b"],
        anchor["distance"],
        **baselines.gravity_parameters(),
    )
    assert 35 < trade < 45
    near = {
        (pair["a"], pair["b"]): pair["distance"]
        for pair in baselines.gravity_pairs(ends={**baselines.CAPITALS, "RUS": "P27"})
    }
    assert near["RUS", "JPN"] < pairs["RUS", "JPN"]["distance"] / 5
    with pytest.raises(KeyError, match="no product for PRK in 2000"):
        baselines.gravity_pairs(2000)


def test_the_two_orders_of_the_six_countries():
    countries = baselines.two_level_countries()
    assert [country.name for country in countries] == list(baselines.SIX)
    putnam = win_sets.two_level_game(countries, 0.0, "putnam")
    study = win_sets.two_level_game(countries, 0.0, "study")
    assert putnam.point < 0.3
    assert study.point > putnam.point
    names = {row["id"]: row["name"] for row in data.rows("actors")}
    assert all(country.centre.name == f"{names[country.name]}: centre" for country in countries)


# The cycle --------------------------------------------------------------------------------------


def test_the_equal_actors_are_the_published_case():
    settings = baselines.equal_actors()
    assert settings.actors == baselines.SIX
    low, high = tradp_curve.folds(settings)
    assert (low.reluctance, high.reluctance) == pytest.approx((1.1632, 1.3851), abs=5e-5)


def test_the_six_countries_about_1993():
    settings = baselines.six_countries()
    kappa = tradp_cycle.tie_matrix(settings.complementarity)
    hostile = tradp_cycle.tie_matrix(settings.hostility)
    place = baselines.SIX.index
    assert kappa[place("JPN"), place("KOR")] == pytest.approx(1 - 5 / 7)
    assert hostile[place("KOR"), place("PRK")] == hostile.max() == 0.9
    assert settings.central_interest.argmax() == place("CHN")
    assert settings.central_interest.mean() == pytest.approx(
        float(baselines.equal_actors().central_interest[0])
    )
    assert settings.domestic_autonomy.argmin() == place("KOR")
    stable = [point.is_stable for point in tradp_curve.fixed_points(settings)]
    assert stable == [True, False, True]
    assert tradp_cycle.settle(settings).state.agreement < 0.05


def test_every_grade_has_a_value_and_every_pair_a_grade():
    for row in data.rows("baseline_evidence"):
        assert row["level"] in baselines.mapped_values(row["mapping"]), row["id"]
    disputes = [
        frozenset((row["a"], row["b"]))
        for row in data.rows("baseline_evidence")
        if row["mapping"] == "hostility from dispute"
    ]
    assert len(disputes) == len(set(disputes)) == 15
    for mapping in ("central interest from rank", "salience from rank"):
        values = [baselines.mapped_values(mapping)[str(rank)] for rank in range(1, 7)]
        assert values == sorted(values, reverse=True)
    with pytest.raises(KeyError, match="no mapping 'rank'"):
        baselines.mapped_values("rank")
    with pytest.raises(KeyError, match="TV000"):
        baselines.teaching_value("TV000")


# The summit -------------------------------------------------------------------------------------


def test_the_summit_is_balanced():
    game = baselines.tumen_summit()
    result = summit.balance(game)
    assert 0.05 <= result.passing_share <= 0.15
    assert result.favourites_that_pass == ()
    assert result.options_in_every_passing_deal == ()


def test_the_summit_keeps_to_its_rules():
    game = baselines.tumen_summit()
    assert set(game.names) == set(baselines.SIX)
    assert len(game.issues) == 5
    assert all(3 <= len(issue.options) <= 5 for issue in game.issues)
    assert [each.name for each in game.delegations if each.has_veto] == ["CHN", "RUS", "PRK"]
    assert game.signatures_needed == 5
    for number in np.flatnonzero(game.passes):
        signers = summit.judge(game, game.deal(int(number))).signers
        assert {"CHN", "RUS", "PRK"} <= set(signers)
        assert len(signers) >= 5
    # Every deal counted: the product of the numbers of options.
    assert len(game.choices) == np.prod([len(issue.options) for issue in game.issues])


def test_points_add_up_to_a_hundred_and_each_has_its_reason():
    game = baselines.tumen_summit()
    for each in game.delegations:
        assert sum(max(points.values()) for points in each.points.values()) == 100
    reasons = [row["reason"] for row in data.rows("summit_points")]
    assert len(reasons) == 6 * sum(len(issue.options) for issue in game.issues)
    pairs = {(row["delegation"], row["option"]) for row in data.rows("summit_points")}
    assert len(pairs) == len(reasons)


def test_walk_away_values_follow_the_ranks():
    walk_away = {
        row["delegation"]: int(row["walk_away"]) for row in data.rows("summit_delegations")
    }
    for row in data.rows("national_considerations"):
        assert walk_away[row["country"]] == 48 + 2 * int(row["enthusiasm_rank"])


def test_the_summit_has_something_to_find():
    game = baselines.tumen_summit()
    # Some deals please all six, more than a third of the passing deals leave something on the
    # table, and there is more than one way to pass on every issue.
    assert ("CHN", "RUS", "PRK", "KOR", "JPN", "MNG") in summit.nash_deals(game)
    assert 0 < game.is_pareto.sum() < game.passes.sum() * 2 / 3
    for column in range(len(game.issues)):
        assert len(set(game.choices[game.passes, column])) >= 2
    assert min(summit.blocked_deals(game).values()) > 0
