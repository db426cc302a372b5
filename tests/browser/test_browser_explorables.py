"""Explorables in JupyterLab: what the controls move, by keyboard alone, and what a screen reader hears."""

import re
from collections.abc import Iterator

import pytest
from lab_pages import (
    CHART,
    LabPage,
    OpenNotebook,
    expect_in_chart,
    expect_words,
    form_of,
)
from playwright.sync_api import Locator, expect

from tutor.charts.security_network import describe_year
from tutor.charts.timeline import describe, event_rows, select
from tutor.interaction.explorables.cold_war import PERIODS

pytestmark = pytest.mark.browser

# Three rules are no ties: the divide, the year in the line chart, and its axis has none.
RULES_BESIDE_TIES = 2


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/explorables.ipynb",
        "import tutor",
        "tutor.explore_security_network(year=1950)",
        'tutor.explore_timeline(period="1946-1960")',
    )
    yield opened
    opened.close()


@pytest.fixture
def fan(explorables: OpenNotebook) -> Locator:
    explorables.run_cell("explore_security_network")
    return explorables.panel.locator("form.tumen-explorable", has_text="What counts as a tie")


@pytest.fixture
def timeline(explorables: OpenNotebook) -> Locator:
    explorables.run_cell("explore_timeline")
    return explorables.panel.locator("form.tumen-explorable", has_text="Country")


def words_of(form: Locator) -> Locator:
    return form.get_by_role("status")


def tie_lines(chart: Locator) -> Locator:
    return chart.locator("svg g.mark-rule.role-mark > line")


def expect_year(
    notebook: OpenNotebook, form: Locator, year: int, counted: str = "security"
) -> None:
    """Expect the words, the year in the chart and the number of its lines to agree."""
    said = describe_year(year, counted)
    ties = int(re.search(r"(\d+) ties", said)[1])
    chart = notebook.below(form, CHART)
    expect(words_of(form)).to_have_text(said)
    expect(form.locator("[data-of=year]")).to_have_text(str(year))
    expect(chart.locator("svg text", has_text=re.compile(rf"^{year}$")).last).to_be_visible()
    expect(tie_lines(chart)).to_have_count(ties + RULES_BESIDE_TIES)


def test_chart_and_words_agree_at_the_start(explorables, fan):
    expect_year(explorables, fan, 1950)


def test_slider_moves_the_chart_by_keyboard(explorables, fan):
    slider = fan.get_by_label("Year")
    slider.focus()
    for year in (1951, 1952, 1953):
        explorables.page.keyboard.press("ArrowRight")
        expect_year(explorables, fan, year)
        expect(slider).to_be_focused()
    explorables.page.keyboard.press("ArrowLeft")
    expect_year(explorables, fan, 1952)
    explorables.page.keyboard.press("End")
    expect_year(explorables, fan, 1995)


def test_keys_of_the_slider_leave_the_notebook_alone(explorables, fan):
    cells = explorables.page.evaluate("() => jupyterapp.shell.currentWidget.content.widgets.length")
    fan.get_by_label("Year").focus()
    # In the lab's command mode these would add a cell, and move to another one.
    for key in ("b", "a", "ArrowDown", "ArrowUp", "j"):
        explorables.page.keyboard.press(key)
    expect(fan.get_by_label("Year")).to_be_focused()
    now = explorables.page.evaluate("() => jupyterapp.shell.currentWidget.content.widgets.length")
    assert now == cells


def test_list_changes_what_counts(explorables, fan):
    for counted in ("every", "alliance", "security"):
        fan.get_by_label("What counts as a tie").select_option(counted)
        expect_year(explorables, fan, 1950, counted)


def test_list_by_keyboard_alone(explorables, fan):
    fan.get_by_label("What counts as a tie").focus()
    explorables.page.keyboard.press("ArrowDown")
    expect_year(explorables, fan, 1950, "alliance")


def test_play_runs_through_the_years_and_stops(explorables, fan):
    play = fan.get_by_role("button")
    play.press("Enter")
    expect(play).to_have_text("Stop")
    expect(fan.locator("[data-of=year]")).not_to_have_text(re.compile("1950|1951"))
    play.press("Enter")
    expect(play).to_have_text("Play")
    year = int(fan.get_by_label("Year").input_value())
    assert year >= 1952
    assert fan.evaluate("(form) => form.timer") == 0
    expect_year(explorables, fan, year)


def test_play_stops_at_the_last_year_and_begins_again(explorables, fan):
    slider, play = fan.get_by_label("Year"), fan.get_by_role("button")
    slider.fill("1994")
    play.click()
    expect_year(explorables, fan, 1995)
    expect(play).to_have_text("Play")
    play.click()
    expect(fan.locator("[data-of=year]")).to_have_text(re.compile("19[4-8]"))
    play.click()
    expect(play).to_have_text("Play")


def test_timeline_filters_by_country_kind_and_period(explorables, timeline):
    chart = explorables.below(timeline, CHART)
    events = event_rows(PERIODS)
    settings = (
        {"country": "all", "kind": "all", "period": "1946-1960"},
        {"country": "JPN", "kind": "all", "period": "1946-1960"},
        {"country": "JPN", "kind": "treaty", "period": "1946-1960"},
        {"country": "PRK", "kind": "treaty", "period": "all"},
    )
    labels = {"country": "Country", "kind": "Kind", "period": "Years"}
    for setting in settings:
        for name, value in setting.items():
            timeline.get_by_label(labels[name]).select_option(value)
        shown = select(events, **setting)
        expect(words_of(timeline)).to_have_text(describe(shown))
        dots = sum(len(event["columns"]) for event in shown)
        expect(chart.locator("svg g.mark-symbol.role-mark > path")).to_have_count(dots)


def test_empty_choice_says_how_to_go_on(explorables, timeline):
    timeline.get_by_label("Country").select_option("MNG")
    timeline.get_by_label("Kind").select_option("tumen")
    expect(words_of(timeline)).to_contain_text("No event fits.")


def test_setting_that_cannot_be_is_told_in_words(explorables):
    explorables.run_cell("explore_security_network", "tutor.explore_security_network(year=1900)")
    expect(explorables.panel.locator(".jp-OutputArea-output").first).to_contain_text("1945 to 1995")
    assert [o for o in explorables.outputs() if o["output_type"] == "error"] == []
    explorables.run_cell("explore_security_network", "tutor.explore_security_network(year=1950)")


def test_slider_moves_the_chart_of_a_saved_notebook_before_anything_runs(lab_page):
    call = "tutor.explore_security_network(year=1950)"
    written = lab_page.write("lessons/saved.ipynb", "import tutor", call)
    written.save()
    written.close()
    opened = lab_page.open("lessons/saved.ipynb", run=False)
    form = form_of(opened, "What counts as a tie")
    form.get_by_label("Year", exact=True).press("ArrowRight")
    expect_words(form, describe_year(1951))
    expect_in_chart(opened, form, "1951")
    opened.close()
