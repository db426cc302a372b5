"""The explorables of lesson 03 in JupyterLab: chart and words follow the controls."""

from collections.abc import Iterator

import pytest
from lab_pages import CHART, LabPage, OpenNotebook
from playwright.sync_api import Locator, expect

from tutor.charts.soft_regionalism import describe_avenues, describe_contract, describe_growth
from tutor.charts.zones_map import describe_region_name, describe_zones

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def explorables(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/soft_regionalism_explorables.ipynb",
        "import tutor",
        "tutor.explore_revenue_contract()",
        "tutor.explore_growth_rate()",
        "tutor.explore_avenues()",
        "tutor.explore_zones(year=1991)",
        "tutor.explore_region_names()",
    )
    yield opened
    opened.close()


def form_of(explorables: OpenNotebook, call: str, label: str) -> Locator:
    explorables.run_cell(call)
    return explorables.panel.locator("form.tumen-explorable", has_text=label)


def expect_text(explorables: OpenNotebook, form: Locator, text: str) -> None:
    chart = explorables.below(form, CHART)
    expect(chart.locator("svg text", has_text=text).first).to_be_visible()


def test_a_larger_share_starts_the_brickworks(explorables):
    form = form_of(explorables, "explore_revenue_contract", "Retained share")
    expect_text(explorables, form, "starts 2 when")
    form.get_by_label("Retained share").focus()
    explorables.page.keyboard.press("ArrowRight")
    expect_text(explorables, form, "starts 3 when")
    expect(form.get_by_role("status")).to_have_text(describe_contract(55, 3))


def test_growth_meets_the_printed_figure(explorables):
    form = form_of(explorables, "explore_growth_rate", "Growth, percent a year")
    form.get_by_label("Growth, percent a year").fill("20")
    expect(form.get_by_role("status")).to_have_text(describe_growth(20))
    expect_text(explorables, form, "585 at 20 percent a year")


def test_avenues_grow_by_choice(explorables):
    form = form_of(explorables, "explore_avenues", "each on its side of the divide")
    for shown, title in (("states", "Then 4 new ones"), ("all", "Regions and firms also")):
        form.get_by_label("Show").select_option(shown)
        expect(form.get_by_role("status")).to_have_text(describe_avenues(shown))
        expect_text(explorables, form, title)


def test_zones_appear_by_year_kind_and_view(explorables):
    form = form_of(explorables, "explore_zones", "the whole region")
    chart = explorables.below(form, CHART)
    form.get_by_label("View").select_option("near")
    expect_text(explorables, form, "Rajin-Sonbong")
    expect(chart.locator("svg text", has_text="Grodekovo")).to_have_count(0)
    form.get_by_label("Year").focus()
    explorables.page.keyboard.press("ArrowRight")
    expect_text(explorables, form, "Grodekovo")
    form.get_by_label("Show").select_option("port")
    expect(chart.locator("svg text", has_text="Grodekovo")).to_have_count(0)
    expect(form.get_by_role("status")).to_have_text(describe_zones(1992, "port", "near"))


def test_names_show_one_by_one(explorables):
    form = form_of(explorables, "explore_region_names", "all three names")
    form.get_by_label("Name").select_option("KOR")
    expect(form.get_by_role("status")).to_have_text(describe_region_name("KOR"))
    expect_text(explorables, form, "황해경제권")
    chart = explorables.below(form, CHART)
    expect(chart.locator("svg text", has_text="Harbin")).to_have_count(0)
