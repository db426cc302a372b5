"""Charts of lesson 05: what is drawn and said agrees with the models, at every setting."""

import itertools
import json
import re

import pytest

from tutor.charts import stages as chart
from tutor.charts.figure import vega_lite
from tutor.derived import stages
from tutor.interaction.explorable import Explorable
from tutor.interaction.explorables import stages as explorables
from tutor.interaction.message import Message
from tutor.models.integration_ladder import COMMITMENTS, classify

EVERY = tuple(itertools.product(chart.YES_NO, repeat=5))


def made(promises):
    return [name for name, said in zip(COMMITMENTS, promises, strict=True) if said == "yes"]


@pytest.mark.parametrize("promises", EVERY, ids="|".join)
def test_ladder_marks_each_rung_as_the_model_places_it(promises):
    stage = classify(made(promises))
    table = chart.integration_ladder(*promises).table()
    states = dict(zip(table["commitment"], table["state"], strict=True))
    assert [c for c, state in states.items() if state == "climbed"] == list(
        COMMITMENTS[: stage.rung]
    )
    assert tuple(c for c, state in states.items() if state == "missing") == stage.missing
    assert tuple(c for c, state in states.items() if state == "above a gap") == stage.beyond


@pytest.mark.parametrize("promises", EVERY, ids="|".join)
def test_words_name_the_rung_or_all_that_is_missing(promises):
    stage = classify(made(promises))
    words = chart.stage_words(stage)
    if stage.is_on_ladder:
        assert stage.rung == 0 or f"Rung {stage.rung}: {stage.balassa}." in words
    else:
        assert words.startswith("Off the ladder")
        assert all(rung in words for rung in (*stage.missing, *stage.beyond))


def test_words_name_the_blocs_that_did_the_same():
    assert "Mercosur (1995)" in chart.stage_words(classify(made(("yes", "yes", "no", "no", "no"))))
    assert "European Economic Area (1994)" in chart.stage_words(
        classify(made(("yes", "no", "yes", "no", "no")))
    )
    # With coordinated policy on top it is another combination, off the ladder at the same place.
    assert "European" not in chart.stage_words(classify(made(("yes", "no", "yes", "yes", "no"))))


@pytest.mark.parametrize("answer", ["maybe", "Yes", True, 1, None])
def test_ladder_refuses_what_is_neither_yes_nor_no(answer):
    with pytest.raises(ValueError, match="yes"):
        chart.integration_ladder(tariff=answer)


def test_blocs_are_told_in_the_order_of_their_dates():
    figure = chart.blocs_of_the_world()
    table = figure.table()
    assert list(table["date"]) == sorted(table["date"])
    assert set(table["id"]) == {bloc.id for bloc in stages.blocs()}
    off = [
        name for name, stage in zip(table["bloc"], table["stage"], strict=True) if "off" in stage
    ]
    title = vega_lite(figure)["title"]["text"]
    assert f"Of {len(table)} blocs {len(off)} skipped" in title
    assert all(name in figure.alternative for name in off)


def test_rows_of_the_chart_of_blocs_have_names_of_their_own():
    labels = [chart._bloc_label(bloc) for bloc in stages.blocs()]
    assert len(set(labels)) == len(labels)


def test_areas_drawn_are_what_the_model_reckons_and_add_up():
    table = chart.customs_union().table()
    assert len(table) == len(stages.TARIFFS) * len(stages.PARTNER_PRICES)
    fall = table["price_before"] - table["price_after"]
    wider = (
        table["supply_before"]
        - table["supply_after"]
        + table["demand_after"]
        - table["demand_before"]
    )
    triangles = fall * wider / 2
    assert (triangles - table["creation"]).abs().max() < 1e-9
    rows = chart._union_rows()
    rectangles = [
        (row["diverted_high"] - row["diverted_low"]) * (row["demand_before"] - row["supply_before"])
        for row in rows
    ]
    assert rectangles == pytest.approx(list(table["diversion"]))
    parties = table["buyers"] + table["home_producers"] + table["treasury"]
    assert (parties - table["welfare"]).abs().max() < 1e-9
    assert (table["creation"] - table["diversion"] - table["welfare"]).abs().max() < 1e-9


def test_title_counts_the_settings_that_pay_and_cost():
    table = chart.customs_union().table()
    counts = re.findall(r"\d+", vega_lite(chart.customs_union())["title"]["text"])
    assert list(map(int, counts)) == [
        len(table),
        (table["welfare"] > 0).sum(),
        (table["welfare"] < 0).sum(),
    ]


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ((10, 12), "Creation 128, diversion 80: the country gains 48."),
        ((10, 13), "Creation 98, diversion 120: the country loses 22."),
        ((20, 12), "Imports none, then 72 from the partner."),
        ((5, 18), "neither gains nor loses. Buyers 0, home producers 0, treasury 0."),
        ((10, 10), "diversion 0: the country gains 200."),
    ],
)
def test_words_of_a_union(setting, words):
    assert words in chart.describe_union(*setting)


@pytest.mark.parametrize("setting", [(-1, 12), (10, 5), (10, 12.5), (21, 12), ("10", 12)])
def test_union_refuses_what_cannot_be_chosen(setting):
    with pytest.raises(ValueError, match="tariff can be"):
        chart.describe_union(*setting)


@pytest.mark.parametrize("part", stages.CAPITAL_PARTS)
def test_capital_that_leaves_arrives_and_every_nation_gains(part):
    moved = stages.capital(part)
    assert moved.inflow.sum() == pytest.approx(0, abs=1e-6)
    assert moved.income_gain.min() >= -1e-9
    inflow = moved.inflow[stages.SIX.index("JPN")]
    title = chart._flow_title(part)
    direction = -1 if "leaves Japan" in title else 1 if "for Japan" in title else 0
    assert direction == (0 if abs(inflow) < 0.5 else 1 if inflow > 0 else -1)


def test_capital_before_gives_the_output_of_the_data():
    output = [pair[0] for pair in stages.output_and_people().values()]
    for part in stages.CAPITAL_PARTS:
        assert list(stages.capital(part).output_before) == pytest.approx(output)


def test_capital_stays_where_only_productivity_differs():
    moved = stages.capital(stages.given("TV511") * 100)
    assert moved.inflow == pytest.approx(0, abs=1e-6)
    assert moved.return_before == pytest.approx(moved.return_after)


@pytest.mark.parametrize("part", [0, 100, -5, True])
def test_capital_refuses_parts_that_are_none(part):
    with pytest.raises(ValueError, match="between 0 and 100"):
        stages.capital(part)


@pytest.mark.parametrize("zones", stages.ZONES)
@pytest.mark.parametrize("site", chart.SITES)
def test_rivals_never_tax_more_nor_earn_more_than_one_authority(zones, site):
    for readiness in stages.READINESS:
        found = stages.rivals(zones, readiness, site == "shared")
        assert found.rival_tax <= found.joint_tax
        assert found.rival_revenue <= found.joint_revenue + 1e-9
        assert found.rival_investment >= found.joint_investment - 1e-9
        words = chart.describe_zones(zones, str(readiness), site)
        assert f"{found.rival_tax:.1f} percent under rivalry" in words


@pytest.mark.parametrize(
    "setting", [(0, "50", "own"), (11, "50", "own"), (3, "60", "own"), (3, "50", "none")]
)
def test_zones_refuse_what_cannot_be_chosen(setting):
    with pytest.raises(ValueError, match="it can be"):
        chart.describe_zones(*setting)


EXPLORABLES = (
    explorables.explore_integration_ladder,
    explorables.explore_customs_union,
    explorables.explore_capital_mobility,
    explorables.explore_zone_competition,
)


@pytest.mark.parametrize("explore", EXPLORABLES, ids=lambda each: each.__name__)
def test_explorable_has_words_for_every_setting(explore):
    shown = explore()
    assert isinstance(shown, Explorable)
    texts = shown.texts()
    assert not re.search(r"\bnan\b|\binf\b|[+\u2212-]0(?![.\d])", json.dumps(texts))
    assert all(text.endswith(".") for text in texts.values())
    assert len(texts) <= 1500


@pytest.mark.parametrize(
    "shown",
    [
        explorables.explore_integration_ladder(trade="perhaps"),
        explorables.explore_customs_union(tariff=30),
        explorables.explore_capital_mobility(part=41),
        explorables.explore_capital_mobility(shown="everything"),
        explorables.explore_zone_competition(zones=0),
        explorables.explore_zone_competition(readiness=1),
    ],
    ids=str,
)
def test_setting_that_cannot_be_is_a_message(shown):
    assert isinstance(shown, Message)
