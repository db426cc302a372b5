"""The explorables of lesson 10 in JupyterLab: codes stay the learner's until all are given."""

from collections.abc import Iterator

import pytest
from lab_pages import CHART, LabPage, OpenNotebook
from playwright.sync_api import expect

from tutor.charts.after_1993 import describe_prediction, describe_river, describe_stall
from tutor.derived.after_1993 import predictions

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/after_1993_explorables.ipynb",
        "import tutor",
        "tutor.explore_scorecard()",
        "tutor.explore_river_map()",
        "tutor.explore_stall()",
    )
    yield opened
    opened.close()


def test_course_codes_show_only_when_all_seven_are_coded(explorables):
    explorables.run_cell("explore_scorecard")
    form = explorables.panel.locator("form.tumen-explorable", has_text="Read the evidence on")
    chart = explorables.below(form, CHART)
    diamonds = chart.locator("svg path[stroke='#222222'][stroke-width='2.5']")
    form.get_by_label("Show the course's codes").select_option("yes")
    rows = predictions()
    for place, row in enumerate(rows):
        said = f"You have coded {place} of 7 predictions"
        expect(chart.locator("svg text", has_text=said)).to_be_visible()
        expect(diamonds).to_have_count(0)
        form.locator(f"select[name='p{place + 1}']").select_option(row["coding"][0])
    expect(chart.locator("svg text", has_text="agree on 7 of 7")).to_be_visible()
    expect(diamonds).to_have_count(len(rows))
    letters = " ".join(row["coding"][0] for row in rows)
    expect(form.get_by_role("status")).to_contain_text(f"Your codes: {letters}")


def test_the_evidence_of_each_prediction_can_be_read(explorables):
    explorables.run_cell("explore_scorecard")
    form = explorables.panel.locator("form.tumen-explorable", has_text="Read the evidence on")
    for row in predictions():
        form.get_by_label("Read the evidence on").select_option(row["id"])
        expect(form.get_by_role("status")).to_contain_text(describe_prediction(row["id"]))


def test_the_map_follows_the_year_by_keyboard(explorables):
    explorables.run_cell("explore_river_map")
    form = explorables.panel.locator("form.tumen-explorable", has_text="31 December")
    chart = explorables.below(form, CHART)
    expect(chart.locator("svg text", has_text="joint zone (planned)").last).to_be_visible()
    form.get_by_label("Year").focus()
    explorables.page.keyboard.press("ArrowRight")
    expect(form.get_by_role("status")).to_have_text(describe_river(1994))
    expect(chart.locator("svg text", has_text="joint zone (planned)")).to_have_count(0)
    explorables.page.keyboard.press("End")
    expect(form.get_by_role("status")).to_have_text(describe_river(2025))
    expect(chart.locator("svg text", has_text="road bridge (building)").last).to_be_visible()


def test_a_push_that_lasts_turns_stall_into_take_off(explorables):
    explorables.run_cell("explore_stall")
    form = explorables.panel.locator("form.tumen-explorable", has_text="Rounds of push")
    chart = explorables.below(form, CHART)
    expect(chart.locator("svg text", has_text="Without a push it stalls")).to_be_visible()
    form.get_by_label("Rounds of push").focus()
    for _ in range(3):
        explorables.page.keyboard.press("ArrowRight")
    expect(form.get_by_role("status")).to_have_text(describe_stall("short push", 15))
    expect(chart.locator("svg text", has_text="is enough: take-off")).to_be_visible()
    form.get_by_label("Explanation").select_option("realist")
    expect(chart.locator("svg text", has_text="is not enough: stall")).to_be_visible()
