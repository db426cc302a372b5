"""A short Tumen summit, played in JupyterLab by keyboard alone, and found again after a restart."""

import re
from collections.abc import Iterator

import pytest
from lab_pages import LabPage, OpenNotebook
from playwright.sync_api import Locator, expect

from tutor.interaction import summit_game
from tutor.workshop import role_sheets

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def notebook(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.write(
        "lessons/a_summit.ipynb", "import tutor", "tutor.summit()", "tutor.summit_debrief()"
    )
    yield opened
    opened.close()


def table_of(notebook: OpenNotebook) -> Locator:
    return notebook.panel.get_by_role("region", name="The Tumen summit")


def press(control: Locator, key: str, times: int = 1) -> None:
    control.focus()
    for _ in range(times):
        control.press(key)


def choose(table: Locator, issue: str, option: str) -> None:
    """Go to an option with the arrow keys, as somebody without a mouse does."""
    select = table.get_by_label(issue)
    keys = next(
        list(summit_game.options_of(row))
        for row in ("run", "port", "pay", "transit", "order")
        if option in summit_game.options_of(row)
    )
    place = keys.index(select.input_value())
    steps = keys.index(option) - place
    press(select, "ArrowDown" if steps > 0 else "ArrowUp", abs(steps))
    expect(select).to_have_value(option)


def test_a_short_game_by_keyboard(notebook):
    table = table_of(notebook)
    expect(table.get_by_label("Mongolia. A way to the sea")).to_be_checked()
    press(table.get_by_label("Seed"), "ControlOrMeta+a")
    table.get_by_label("Seed").press_sequentially("3")
    table.get_by_label("Seed").press("Enter")

    expect(
        table.get_by_role("heading", name="Round 1 of 8: you speak for Mongolia")
    ).to_be_visible()
    expect(table.get_by_text("Once an offer is on the table")).to_be_visible()
    choose(table, "How jointly the zone is run", "company")
    choose(table, "Where the main port goes", "zarubino")
    choose(table, "Who pays for the infrastructure", "bank")
    choose(table, "Transit and navigation", "free")
    choose(table, "The order of steps", "pilot")
    expect(table.get_by_text("This deal is worth 100 points to you.")).to_be_visible()
    press(table.get_by_role("button", name="Make this offer"), "Enter")

    answers = table.get_by_role("heading", name="Round 1: Mongolia offers. 2 of 5 say yes")
    expect(answers).to_be_focused()
    # A heading that gets the focus is read out by itself; the live region does not say it again.
    expect(table.get_by_role("status")).to_be_empty()
    expect(table.get_by_text("2 of 5 say yes: China, South Korea.")).to_be_visible()
    expect(table.get_by_text("Russia does not say no.")).to_be_visible()
    press(table.get_by_role("button", name="Put Russia's proposal into my offer"), "Enter")
    expect(table.get_by_label("How jointly the zone is run")).to_have_value("contiguous")
    expect(table.get_by_label("How jointly the zone is run")).to_be_focused()
    press(table.get_by_role("button", name="Make this offer"), "Enter")

    expect(table.get_by_role("heading", name="Round 3 of 8")).to_be_visible()


def test_the_game_outlives_its_kernel_and_ends_with_a_vote(notebook):
    expect(table_of(notebook).get_by_role("heading", name="Round 3 of 8")).to_be_visible()
    notebook.restart()
    notebook.run_all()
    table = table_of(notebook)
    expect(
        table.get_by_role("heading", name="Round 3 of 8: you speak for Mongolia")
    ).to_be_visible()
    expect(table.get_by_label("Which deal")).to_contain_text("88 points for you")
    vote = table.get_by_role("group", name="Put a deal to the vote")
    expect(vote.get_by_role("listitem").first).to_contain_text("One zone, three administrations")
    vote.get_by_label("Which deal").select_option(index=1)
    chosen = vote.locator("option").nth(1).inner_text()
    options = [item.inner_text().partition(": ")[2] for item in vote.get_by_role("listitem").all()]
    assert chosen.endswith("; ".join(options))
    vote.get_by_label("Which deal").select_option(index=0)
    press(table.get_by_role("button", name="Call the vote"), "Enter")
    expect(table.get_by_text("The deal is made: 5 of 6 sign; Japan stays outside.")).to_be_visible()
    expect(table.get_by_role("button", name="Play again")).to_be_visible()
    expect(table.get_by_role("status")).to_contain_text("There is a deal. 5 of 6 have signed.")

    notebook.run_cell("summit_debrief")
    expect(notebook.panel.get_by_text("A deal of 5.")).to_be_visible()
    expect(notebook.panel.locator(".tumen-explorable")).to_be_visible()


def test_what_cannot_be_is_said_and_nothing_typed_is_lost(notebook):
    table = table_of(notebook)
    press(table.get_by_role("button", name="Play again"), "Enter")
    seed = table.get_by_label("Seed")
    press(seed, "ControlOrMeta+a")
    seed.press_sequentially("many")
    seed.press("Enter")
    expect(table.get_by_role("alert")).to_contain_text("it must be a whole number")
    expect(seed).to_have_value("many")
    assert notebook.lab_page.complaints == []


def test_people_at_one_keyboard_hide_their_points_from_each_other(notebook):
    notebook.run_cell("tutor.summit()", 'tutor.summit(["MNG", "RUS"], seed=3)')
    table = table_of(notebook)
    expect(table.get_by_text("Hand the keyboard to Mongolia.")).to_be_visible()
    expect(table.get_by_text("You sign nothing below")).to_be_hidden()
    press(table.get_by_role("button", name="I am Mongolia: show my points"), "Enter")
    expect(table.get_by_text("You sign nothing below")).to_be_visible()
    press(table.get_by_role("button", name="Make this offer"), "Enter")
    expect(table.get_by_text("Hand the keyboard to Russia.")).to_be_visible()
    expect(table.get_by_text("You sign nothing below")).to_be_hidden()


def test_every_sheet_for_the_class_prints_on_one_page(browser, tmp_path):
    page = browser.new_page()
    for path in role_sheets.write(tmp_path):
        page.goto(path.as_uri())
        pages = len(re.findall(rb"/Type /Page\b", page.pdf(prefer_css_page_size=True)))
        assert pages == (10 if path.stem == "all_sheets" else 1), path.stem
    page.close()
