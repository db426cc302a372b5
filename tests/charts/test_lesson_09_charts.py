"""Charts of lesson 09: what is drawn and said agrees with the summit, from every chair."""

import json

import pytest

from tutor import baselines, data
from tutor.charts import summit as chart
from tutor.charts.figure import vega_lite
from tutor.derived import summit as derived
from tutor.interaction.explorable import Explorable
from tutor.interaction.explorables import summit as explorables
from tutor.interaction.message import Message
from tutor.models import summit as model

GAME = baselines.tumen_summit()


@pytest.mark.parametrize("code", GAME.names)
def test_every_chair_is_described_by_its_own_points(code):
    column = GAME.names.index(code)
    passing = GAME.scores[GAME.passes][:, column]
    said = chart.describe_deals(code)
    assert f"worth {passing.min():.0f} to {passing.max():.0f} points" in said
    assert f"from {GAME.walk_aways[column]:.0f} points on" in said
    best = GAME.outcomes[GAME.passes][:, column].max()
    assert f"The best for it, with {best:.0f}" in said


def test_the_table_holds_the_deals_that_pass():
    table = chart.summit_deals("CHN").table()
    assert len(table) == int(GAME.passes.sum())
    assert table["Pareto set"].sum() == int(GAME.is_pareto.sum())
    assert table["together"].is_monotonic_decreasing


def test_a_deal_is_pointed_out():
    figure = chart.summit_deals("MNG", derived.COMPANY)
    assert "your deal" in json.dumps(vega_lite(figure))
    assert "It does not pass." in figure.alternative
    assert "your deal" not in json.dumps(vega_lite(chart.summit_deals("MNG")))


@pytest.mark.parametrize("port", ["rajin", "zarubino", "vladivostok", "hunchun"])
def test_words_beside_two_deals_never_lie_on_each_other(port):
    deal = derived.COMPANY | {"run": "contiguous", "port": port}
    layers = vega_lite(chart.summit_deals("MNG", deal))["layer"]
    said = {
        layer["encoding"]["text"]["value"]: layer["mark"]["dy"]
        for layer in layers
        if "value" in layer.get("encoding", {}).get("text", {}) and "dy" in layer["mark"]
    }
    own, nash = (
        sum(derived.scores(*one.values()).values()) for one in (deal, derived.nash_of_all())
    )
    above, below = ("your deal", "Nash deal of all six")[:: 1 if own > nash else -1]
    assert said[above] < 0 < said[below]
    good = derived.nash_of_all()
    assert "No deal is better for somebody" in chart.describe_one(good, "MNG")


def test_blockers_are_counted_by_the_model():
    table = chart.summit_blockers().table()
    counts = model.blocked_deals(GAME)
    assert sorted(table["deals"], reverse=True) == list(table["deals"])
    assert table["deals"].sum() == sum(counts.values())


@pytest.mark.parametrize("number", [int(place) for place in GAME.passes.nonzero()[0]])
def test_improvements_are_better_for_some_and_worse_for_nobody(number):
    found = derived.improvements(GAME.deal(number))
    assert (not found) == bool(GAME.is_pareto[number])
    for deal in found:
        change = GAME.outcomes[GAME.number(deal)] - GAME.outcomes[number]
        assert (change >= 0).all()
        assert (change > 0).any()


def test_other_rules_let_other_deals_pass():
    assert derived.count_passing() == int(GAME.passes.sum())
    assert derived.count_passing([], 1) == int(GAME.signs.any(axis=1).sum())
    assert derived.count_passing(signatures=6) == int(GAME.signs.all(axis=1).sum())
    with pytest.raises(ValueError, match="must be one of CHN"):
        derived.count_passing(["XX"])
    with pytest.raises(ValueError, match="signatures_needed is 7"):
        derived.count_passing(signatures=7)
    assert derived.scores("company", "zarubino", "bank", "free", "pilot")["MNG"] == 100
    with pytest.raises(ValueError, match="must be one of separate"):
        derived.scores("compny", "zarubino", "bank", "free", "pilot")


def test_the_record_names_options_of_the_agenda():
    issues = {row["key"] for row in data.rows("summit_issues")}
    options = {row["key"]: row["issue"] for row in data.rows("summit_options")}
    record = data.rows("summit_record")
    assert {row["issue"] for row in record} == issues
    assert all(options[row["option"]] == row["issue"] for row in record if row["option"])
    # Whatever port is put in place of the one that was never chosen, it is no deal.
    for port in ("hunchun", "rajin", "zarubino", "vladivostok"):
        assert not model.judge(GAME, derived.record_deal() | {"port": port}).passes


def test_every_delegation_has_a_voice_for_every_answer():
    spoken = {(row["delegation"], row["answer"]) for row in data.rows("summit_voices")}
    answers = ("accept", "counter", "refuse", "stall")
    assert spoken == {(code, answer) for code in GAME.names for answer in answers}


def test_the_explorable_speaks_for_every_chair():
    shown = explorables.explore_summit_deals("JPN", derived.COMPANY)
    assert isinstance(shown, Explorable)
    assert isinstance(explorables.explore_summit_deals("XX"), Message)
    assert isinstance(explorables.explore_summit_deals("JPN", {"run": "x"}), Message)
