"""What stands around the questions: links to sources, checks of an exercise, an ordinary window."""

import pytest
from lab_pages import CHART, TALL, LabPage, OpenNotebook
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ORDINARY = {"width": 1280, "height": 800}


@pytest.fixture
def ordinary_window(lab_page: LabPage):
    lab_page.lab.forget()
    lab_page.page.set_viewport_size(ORDINARY)
    yield lab_page
    lab_page.page.set_viewport_size(TALL)


@pytest.fixture
def opened():
    """Notebooks to close when the test is over, however it ends."""
    notebooks: list[OpenNotebook] = []
    yield notebooks
    for notebook in reversed(notebooks):
        notebook.close()


def follow(lesson: OpenNotebook, identifier: str) -> None:
    """Follow a link of the text from where it stands, and expect to arrive at its source."""
    lesson.panel.locator("h1").first.scroll_into_view_if_needed()
    source = lesson.panel.locator(f'.jp-OutputArea-output [id="{identifier}"]')
    expect(source).not_to_be_in_viewport()
    link = lesson.panel.locator(f'.jp-MarkdownOutput a[href="#{identifier}"]').first
    link.scroll_into_view_if_needed()
    link.click()
    expect(source).to_be_in_viewport()
    expect(source).to_be_focused()


def test_links_in_the_text_lead_to_their_sources(ordinary_window, opened):
    first = ordinary_window.open("lessons/00_start_here.ipynb")
    opened.append(first)
    second = ordinary_window.open("lessons/01_cold_war_history.ipynb")
    opened.append(second)
    # With both lessons open, the list of each has this row.
    expect(first.page.locator("[id=P01]")).to_have_count(2)
    for identifier in ("E001", "P01", "G08", "tumen-1993", "X09"):
        follow(second, identifier)


def test_explorable_still_works_after_scrolling_away_and_back(ordinary_window, opened):
    lesson = ordinary_window.open("lessons/01_cold_war_history.ipynb")
    opened.append(lesson)
    form = lesson.panel.locator("form.tumen-explorable", has_text="What counts as a tie").first
    form.scroll_into_view_if_needed()
    form.get_by_label("Year").press("ArrowRight")
    expect(form.get_by_role("status")).to_contain_text("31 December 1951")
    lesson.panel.locator("h1").first.scroll_into_view_if_needed()
    expect(form).not_to_be_in_viewport()
    form.scroll_into_view_if_needed()
    form.get_by_label("Year").press("ArrowRight")
    expect(form.get_by_role("status")).to_contain_text("31 December 1952")
    expect(lesson.below(form, CHART).locator("svg text", has_text="1952").last).to_be_attached()


def test_check_speaks_in_the_exercise(lab_page, opened):
    lab_page.lab.forget()
    exercise = lab_page.open("exercises/01_cold_war_history.ipynb")
    opened.append(exercise)
    verdicts = exercise.panel.locator(".tumen-verdict")
    expect(verdicts.first).to_contain_text("Not answered yet.")
    for verdict in verdicts.all():
        expect(verdict).to_have_attribute("role", "status")
        expect(verdict).to_contain_text("Not answered yet.")
    cell = 'check("01.1"'
    exercise.run_cell(cell, 'check("01.1", [3, object()])')
    expect(verdicts.first).to_contain_text("Cannot read this answer.")
    assert [o for o in exercise.outputs() if o["output_type"] == "error"] == []
