"""The explorables of lesson 07 in JupyterLab: controls move words and chart together."""

from collections.abc import Iterator

import pytest
from lab_pages import LabPage, OpenNotebook, expect_in_chart, expect_words, form_of

from tutor.charts.two_level_games import describe_game, describe_theories, describe_two

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/two_level_games.ipynb",
        "import tutor",
        "tutor.explore_theories()",
        "tutor.explore_win_sets()",
        "tutor.explore_two_level_game()",
        "tutor.explore_side_payments()",
    )
    yield opened
    opened.close()


def test_later_evidence_changes_the_title(explorables):
    form = form_of(explorables, "all, with the counts")
    expect_words(form, describe_theories("1993"))
    expect_in_chart(explorables, form, "(not yet known)")
    form.get_by_label("Evidence").select_option("1996")
    form.get_by_label("Count").select_option("balance")
    expect_words(form, describe_theories("1996", "balance"))
    expect_in_chart(explorables, form, "intergovernmentalism fits best")
    form.get_by_label("Read").select_option("OB10")
    expect_words(form, describe_theories("1996", "balance", "OB10"))


def test_win_sets_follow_the_sliders_by_keyboard(explorables):
    form = form_of(explorables, "Cost to Beijing")
    form.get_by_label("Cost to Beijing at home").focus()
    for _ in range(2):
        explorables.page.keyboard.press("ArrowRight")
    expect_words(form, describe_two(0.4, 0.2, 0.0))
    expect_in_chart(explorables, form, "agreed: 0.50")
    form.get_by_label("Payment to Moscow").focus()
    explorables.page.keyboard.press("End")
    expect_words(form, describe_two(0.4, 0.2, 0.6))
    expect_in_chart(explorables, form, "Agreement at 0.60")
    form.get_by_label("Cost to Beijing at home").focus()
    explorables.page.keyboard.press("End")
    expect_in_chart(explorables, form, "accepts nothing")


def test_levels_change_places_with_the_reading(explorables):
    form = form_of(explorables, "Who bargains").first
    form.get_by_label("Who bargains").select_option("study")
    expect_words(form, describe_game("study"))
    expect_in_chart(explorables, form, "agreed: 0.22")
    form.get_by_label("Autonomy of regions").select_option("0.5")
    form.get_by_label("Who belongs").select_option("six")
    expect_words(form, describe_game("study", "six", "0.5"))
    expect_in_chart(explorables, form, "agreed: 0.40")
    form.get_by_label("Who bargains").select_option("regions")
    expect_in_chart(explorables, form, "NOT ASKED")


def test_money_moves_the_point_only_where_it_is_needed(explorables):
    form = form_of(explorables, "Who is paid")
    form.get_by_label("How much").focus()
    for _ in range(2):
        explorables.page.keyboard.press("ArrowRight")
    expect_words(form, describe_game(paid=0.2))
    expect_in_chart(explorables, form, "agreed: 0.39")
    form.get_by_label("Who is paid").select_option("regions")
    expect_words(form, describe_game(recipient="regions", paid=0.2))
    expect_in_chart(explorables, form, "agreed: 0.16")
