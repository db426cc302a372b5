"""The explorables of lesson 02 in JupyterLab: chart and words follow the controls."""

from collections.abc import Iterator

import pytest
from lab_pages import CHART, LabPage, OpenNotebook
from playwright.sync_api import Locator, expect

from tutor.charts.thaw import describe_want

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/thaw_explorables.ipynb",
        "import tutor",
        'tutor.explore_thaw("KOR-SUN", "capital")',
        "tutor.explore_ledger()",
    )
    yield opened
    opened.close()


@pytest.fixture
def wants(explorables: OpenNotebook) -> Locator:
    explorables.run_cell("explore_thaw")
    return explorables.panel.locator("form.tumen-explorable", has_text="Who met")


@pytest.fixture
def ledger(explorables: OpenNotebook) -> Locator:
    explorables.run_cell("explore_ledger")
    return explorables.panel.locator("form.tumen-explorable", has_text="unsettled disputes")


def test_a_want_is_matched_with_its_sides(explorables, wants):
    chart = explorables.below(wants, CHART)
    for pair, want, sides in (
        ("KOR-SUN", "recognition", ("South Korea", "Soviet Union")),
        ("JPN-PRK", "account", ("Japan", "North Korea")),
        ("JPN-SUN", "markets", ("Japan", "Soviet Union")),
    ):
        wants.get_by_label("Who met").select_option(pair)
        wants.get_by_label("Did a side want").select_option(want)
        expect(wants.get_by_role("status")).to_have_text(describe_want(pair, want))
        for side in sides:
            expect(chart.locator("svg text", has_text=side).last).to_be_visible()


def test_the_beam_turns_by_keyboard(explorables, ledger):
    chart = explorables.below(ledger, CHART)
    expect(chart.locator("svg text", has_text="the signs weigh more")).to_be_visible()
    ledger.get_by_label("Obstacle: the gap in development").focus()
    explorables.page.keyboard.press("ArrowRight")
    expect(chart.locator("svg text", has_text="the ledger is level")).to_be_visible()
    explorables.page.keyboard.press("ArrowRight")
    expect(chart.locator("svg text", has_text="the obstacles weigh more")).to_be_visible()
    expect(chart.locator("svg text", has_text="obstacles 5")).to_be_visible()
    expect(ledger.get_by_role("status")).to_have_text(
        "Your obstacles weigh 5 (your digits: 131). Your signs weigh 4 (your digits: 1111). "
    )
    ledger.get_by_label("Show beside mine").select_option("realist")
    expect(ledger.get_by_role("status")).to_contain_text("In a realist's reading")
