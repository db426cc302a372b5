"""The explorables of lesson 06 in JupyterLab: controls move words and chart together."""

from collections.abc import Iterator

import pytest
from lab_pages import LabPage, OpenNotebook, expect_in_chart, expect_words, form_of

from tutor.charts.tumen_programme import (
    describe_boat,
    describe_gravity,
    describe_layer,
    describe_money,
    describe_option,
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/tumen_programme.ipynb",
        "import tutor",
        "tutor.explore_tumen_river()",
        "tutor.explore_programme_layers()",
        "tutor.explore_zone_options()",
        "tutor.explore_programme_money()",
        "tutor.explore_hidden_trade()",
    )
    yield opened
    opened.close()


def test_boat_is_moved_by_keyboard(explorables):
    form = form_of(explorables, "Kilometres below Tumen city")
    form.get_by_label("Kilometres below Tumen city").focus()
    explorables.page.keyboard.press("End")
    expect_words(form, describe_boat(150))
    explorables.page.keyboard.press("ArrowLeft")
    expect_words(form, describe_boat(145))


def test_map_zooms_with_the_layer(explorables):
    form = form_of(explorables, "Eastern corner of TEDA")
    expect_in_chart(explorables, form, "Posyet")
    form.get_by_label("Layer").select_option("NEARDA")
    expect_words(form, describe_layer("NEARDA"))
    expect_in_chart(explorables, form, "Japan: in no layer")
    form.get_by_label("Layer").select_option("TEDA")
    form.get_by_label("Eastern corner of TEDA").select_option("Nakhodka")
    expect_words(form, describe_layer("TEDA", "Nakhodka"))
    expect_in_chart(explorables, form, "Chongjin")


def test_pictures_follow_the_question(explorables):
    form = form_of(explorables, "Who runs the zone day by day?")
    form.get_by_label("Ask").select_option("conflict")
    expect_words(form, describe_option("conflict"))
    expect_in_chart(explorables, form, "nobody has said")


def test_money_is_magnified(explorables):
    form = form_of(explorables, "Magnify")
    form.get_by_label("Magnify (each step ten times)").focus()
    for _ in range(3):
        explorables.page.keyboard.press("ArrowRight")
    expect_words(form, describe_money(4))
    expect_in_chart(explorables, form, "Magnified 1,000 times")


def test_fall_of_a_barrier_changes_title_and_words(explorables):
    form = form_of(explorables, "What falls")
    form.get_by_label("What falls").select_option("planned economy")
    form.get_by_label("Measure Russia from").select_option("Vladivostok")
    form.get_by_label("North Korea's output").select_option("low")
    expect_words(form, describe_gravity("planned economy", "Vladivostok", "low"))
    expect_in_chart(explorables, form, "Most dollars hidden: Russia and Japan")
