"""The explorables of lesson 05 in JupyterLab: controls move words and chart together."""

import re
from collections.abc import Iterator

import pytest
from lab_pages import LabPage, OpenNotebook, expect_in_chart, expect_words, form_of

from tutor.charts.stages import describe_capital, describe_union, describe_zones, stage_words
from tutor.models.integration_ladder import COMMITMENTS, classify

pytestmark = pytest.mark.browser

LABELS = (
    "Free trade among members",
    "Common external tariff",
    "Free movement of labour and capital",
    "Coordinated fiscal and monetary policy",
    "Unified policy under a common authority",
)


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/stages.ipynb",
        "import tutor",
        "tutor.explore_integration_ladder()",
        "tutor.explore_customs_union()",
        "tutor.explore_capital_mobility()",
        "tutor.explore_zone_competition(zones=3)",
    )
    yield opened
    opened.close()


def test_ladder_is_built_promise_by_promise(explorables):
    form = form_of(explorables, LABELS[0])
    for height, label in enumerate(LABELS, 1):
        form.get_by_label(label).select_option("yes")
        stage = classify(COMMITMENTS[:height])
        expect_words(form, stage_words(stage))
        expect_in_chart(explorables, form, f"Rung {height}: {stage.balassa}")


def test_missing_rung_is_named(explorables):
    explorables.run_cell("explore_integration_ladder")
    form = form_of(explorables, LABELS[0])
    form.get_by_label(LABELS[0]).select_option("yes")
    form.get_by_label(LABELS[2]).select_option("yes")
    expect_words(form, stage_words(classify([COMMITMENTS[0], COMMITMENTS[2]])))
    expect_in_chart(explorables, form, "MISSING: common external tariff")


def test_union_follows_both_sliders_by_keyboard(explorables):
    form = form_of(explorables, "Partner's price")
    expect_words(form, describe_union(10, 12))
    form.get_by_label("Partner's price").focus()
    explorables.page.keyboard.press("ArrowRight")
    expect_words(form, describe_union(10, 13))
    expect_in_chart(explorables, form, "trade diverted: 120")
    form.get_by_label("Tariff").focus()
    explorables.page.keyboard.press("End")
    expect_words(form, describe_union(20, 13))
    expect_in_chart(explorables, form, "trade diverted: 0")


def test_capital_turns_round_with_the_slider(explorables):
    form = form_of(explorables, "lack of capital")
    form.get_by_label("Show").select_option("wages")
    expect_words(form, describe_capital(40, "wages"))
    expect_in_chart(explorables, form, "Capital leaves Japan")
    form.get_by_label("lack of capital").focus()
    explorables.page.keyboard.press("ArrowLeft")
    expect_in_chart(explorables, form, "Nothing moves")
    explorables.page.keyboard.press("ArrowLeft")
    expect_words(form, describe_capital(30, "wages"))
    expect_in_chart(explorables, form, "for Japan")


def test_rival_zones_follow_number_investors_and_site(explorables):
    form = form_of(explorables, "Number of zones")
    expect_words(form, describe_zones(3, "50", "own"))
    form.get_by_label("Number of zones").focus()
    explorables.page.keyboard.press("End")
    form.get_by_label("Outside investors").select_option("400")
    form.get_by_label("Sites").select_option("shared")
    expect_words(form, describe_zones(10, "400", "shared"))
    expect_in_chart(explorables, form, re.compile("^Ten rival zones earn"))
