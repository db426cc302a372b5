"""A lesson and an exercise without a mouse, and for eyes and ears that need something else than most."""

from collections.abc import Iterator

import pytest
from accessibility import focus, heard, listen, tab_to, violations
from lab_pages import CHART, OURS, TALL, LabPage, OpenNotebook
from playwright.sync_api import Page, expect

from tutor.charts.text_equivalent import SUMMARY

pytestmark = pytest.mark.browser

ORDINARY = {"width": 1280, "height": 800}

STATES = (
    "import tutor",
    'tutor.predict("00.p1", tutor.lower_tumen_map())',
    'tutor.quiz("00.q1")',
    "tutor.explore_timeline()",
    'tutor.check("01.1", 5)',
    'tutor.hint("01.1")',
    'tutor.cite("E005")',
    'tutor.term("folding fan")',
    'tutor.table("events").head()',
    "tutor.progress()",
    "tutor.progress(export=True)",
    "tutor.summit(seed=3)",
    'tutor.begin("99")',
)

_CELL = """(text) => {
  const notebook = jupyterapp.shell.currentWidget.content;
  return notebook.widgets.findIndex((cell) => cell.model.sharedModel.getSource().includes(text));
}"""
# A new theme is there once its background is, and the curtain that the lab draws meanwhile is gone.
_SHOWS_ON = """(colour) => !document.querySelector('#jupyterlab-splash')
  && getComputedStyle(document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook'))
    .backgroundColor === colour"""
_ACTIVE = "() => jupyterapp.shell.currentWidget.content.activeCellIndex"
_IDLE = """() => {
  const kernel = jupyterapp.shell.currentWidget.sessionContext.session?.kernel;
  const code = jupyterapp.shell.currentWidget.content.activeCell.model;
  return kernel?.status === 'idle' && code.executionState !== 'running' && code.executionCount;
}"""


@pytest.fixture
def ordinary(lab_page: LabPage) -> Iterator[LabPage]:
    lab_page.lab.forget()
    lab_page.page.set_viewport_size(ORDINARY)
    yield lab_page
    lab_page.page.set_viewport_size(TALL)


@pytest.fixture(scope="module")
def states(lab_page: LabPage) -> Iterator[OpenNotebook]:
    """One of everything that the course shows."""
    lab_page.lab.forget()
    opened = lab_page.write("lessons/states.ipynb", *STATES)
    yield opened
    opened.close()


def go_to(page: Page, text: str) -> None:
    """Go to the cell that holds a text, by the arrow keys."""
    target = page.evaluate(_CELL, text)
    for _ in range(100):
        here = page.evaluate(_ACTIVE)
        if here == target:
            break
        page.keyboard.press("ArrowDown" if here < target else "ArrowUp")
    assert page.evaluate(_ACTIVE) == target


def run_here(page: Page) -> None:
    """Run the cell that the keyboard is in, and wait until its kernel rests."""
    page.keyboard.press("Control+Enter")
    page.wait_for_function(_IDLE)


def leave(page: Page) -> None:
    """Leave a widget, and see that the keys belong to the notebook again."""
    cell = focus(page).cell
    page.keyboard.press("Escape")
    assert "jp-Cell" in focus(page).classes
    assert focus(page).cell == cell
    page.keyboard.press("ArrowDown")
    assert page.evaluate(_ACTIVE) == cell + 1
    page.keyboard.press("ArrowUp")


def test_lesson_without_a_mouse(ordinary):
    lesson = ordinary.open("lessons/00_start_here.ipynb", run=False)
    page = ordinary.page
    try:
        go_to(page, "import tutor")
        run_here(page)

        # A guess: nothing is seen before it, and the reply is said once.
        go_to(page, "tutor.predict")
        run_here(page)
        expect(lesson.panel.locator(CHART)).to_be_hidden()
        tab_to(page, "one")
        page.keyboard.press("ArrowDown")
        listen(page)
        tab_to(page, "Commit my guess")
        page.keyboard.press("Enter")
        expect(lesson.panel.locator(CHART)).to_be_visible()
        said = [words for words in heard(page) if "You guessed: two." in words]
        assert len(said) == 1
        # The button is gone, the keyboard is not: it goes on below the reply.
        assert "tumen-below" in focus(page).classes
        tab_to(page, SUMMARY)
        page.keyboard.press("Enter")
        expect(lesson.panel.get_by_role("region", name="Table behind the chart")).to_be_visible()
        tab_to(page, "Table behind the chart")
        leave(page)

        # A wrong answer, then the right one.
        go_to(page, "tutor.quiz")
        run_here(page)
        tab_to(page, "China")
        page.keyboard.press("Space")
        listen(page)
        page.keyboard.press("Enter")
        expect(lesson.panel.locator(".tumen-verdict").last).to_contain_text("Not yet.")
        assert len([words for words in heard(page) if words.startswith("Not yet.")]) == 1
        assert focus(page).name == "China"
        leave(page)

        # A chart that moves: slider, button, list, and the words that follow.
        go_to(page, "explore_security_network")
        run_here(page)
        form = lesson.panel.locator("form.tumen-explorable")
        tab_to(page, "Year")
        listen(page)
        page.keyboard.press("ArrowRight")
        expect(form.get_by_role("status")).to_contain_text("31 December 1951")
        assert len([words for words in heard(page) if "1951" in words]) == 1
        tab_to(page, "Play")
        page.keyboard.press("Enter")
        expect(form.get_by_role("button")).to_have_text("Stop")
        expect(form.locator("output")).to_have_attribute("aria-live", "off")
        expect(form.locator("[data-of=year]")).not_to_have_text("1951")
        listen(page)
        page.keyboard.press("Space")
        expect(form.get_by_role("button")).to_have_text("Play")
        expect(form.locator("output")).to_have_attribute("aria-live", "polite")
        assert len(heard(page)) == 1
        tab_to(page, "What counts as a tie")
        page.keyboard.press("ArrowDown")
        expect(form.get_by_role("combobox")).to_have_value("alliance")
        tab_to(page, SUMMARY)
        # And on, out of what the cell shows: nothing holds the keyboard.
        cell = focus(page).cell
        for _ in range(3):
            page.keyboard.press("Tab")
        assert focus(page).cell > cell
        assert ordinary.complaints == []
    finally:
        lesson.close()


def test_exercise_without_a_mouse(ordinary):
    exercise = ordinary.open("exercises/01_cold_war_history.ipynb", run=False)
    page = ordinary.page
    try:
        go_to(page, "from tutor import")
        run_here(page)
        go_to(page, 'check("01.1"')
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        listen(page)
        page.keyboard.insert_text('check("01.1", 5)')
        page.keyboard.press("Control+Enter")
        verdict = exercise.panel.locator(".tumen-verdict")
        expect(verdict).to_contain_text("Not yet.")
        assert len([words for words in heard(page) if "Not yet." in words]) == 1
        assert "jp-Cell" in focus(page).classes
    finally:
        exercise.close()


def test_every_state_is_open_to_everybody(states):
    assert violations(states.page) == {}


def test_replies_and_talks_are_open_to_everybody(states):
    guess, quiz = states.form("00.p1"), states.form("00.q1")
    guess.get_by_label("two").check()
    guess.get_by_role("button", name="Commit my guess").click()
    quiz.get_by_label("South Korea").check()
    quiz.get_by_role("button", name="Answer").click()
    expect(states.panel.locator("form .tumen-verdict")).to_have_count(2)
    table = states.panel.get_by_role("region", name="The Tumen summit")
    table.get_by_role("button", name="Open the talks").click()
    expect(table.get_by_role("heading", name="Round 1 of 8")).to_be_visible()
    listen(states.page)
    table.get_by_role("button", name="Make this offer").click()
    expect(table.locator(".tumen-newest")).to_be_focused()
    # The heading that has the focus is read out; the live region does not say the same again.
    assert heard(states.page) == [table.locator(".tumen-worth").inner_text()]
    assert violations(states.page) == {}


def test_dark_theme_can_be_read(states):
    theme = "(theme) => jupyterapp.commands.execute('apputils:change-theme', { theme })"
    states.page.evaluate(theme, "JupyterLab Dark")
    try:
        states.page.wait_for_function(_SHOWS_ON, arg="rgb(17, 17, 17)")
        assert violations(states.page) == {}
    finally:
        states.page.evaluate(theme, "JupyterLab Light")
        states.page.wait_for_function(_SHOWS_ON, arg="rgb(255, 255, 255)")


def test_nothing_moves_by_itself_where_less_motion_is_asked_for(states):
    page = states.page
    states.run_cell("explore_timeline", "tutor.explore_security_network(year=1950)")
    form = states.panel.locator("form.tumen-explorable")
    page.emulate_media(reduced_motion="reduce")
    try:
        expect(form.get_by_role("button")).to_have_text("Next")
        form.get_by_role("button", name="Next").press("Enter")
        expect(form.get_by_role("status")).to_contain_text("31 December 1951")
        assert form.evaluate("(form) => !form.timer")
        running = "(all) => all.flatMap((one) => one.getAnimations({ subtree: true })).length"
        assert states.panel.locator(OURS).evaluate_all(running) == 0
    finally:
        page.emulate_media(reduced_motion="no-preference")
    expect(form.get_by_role("button")).to_have_text("Play")


def test_wider_spacing_of_letters_cuts_nothing(states):
    """Hold to WCAG 2.2, 1.4.12: the spacing that a reader may set herself."""
    page = states.page
    style = page.add_style_tag(
        content="* { line-height: 1.5 !important; letter-spacing: .12em !important; "
        "word-spacing: .16em !important } p { margin-bottom: 2em !important }"
    )
    try:
        cut = states.panel.evaluate(
            """(panel, ours) => [...panel.querySelectorAll(ours)]
              .flatMap((one) => [one, ...one.querySelectorAll('*')])
              .filter((one) => !one.closest('svg, .tumen-unseen, select, .jp-RenderedVegaCommon5')
                && getComputedStyle(one).overflowX !== 'auto'
                && (one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0
                  || one.getBoundingClientRect().right
                    > one.closest('.jp-OutputArea-child').getBoundingClientRect().right + 1))
              .map((one) => one.outerHTML.slice(0, 120))""",
            OURS.replace(f", {CHART}", ""),
        )
        assert cut == []
    finally:
        style.evaluate("(one) => one.remove()")


def test_focus_shows_in_colours_of_the_system(states):
    """Hold to forced colours (high contrast): borders and focus are lines, not shades."""
    page = states.page
    page.emulate_media(forced_colors="active")
    try:
        for control in (
            states.form("00.q1").get_by_role("button", name="Answer"),
            states.panel.locator("form.tumen-explorable").get_by_role("button"),
            states.panel.get_by_role("region", name="The Tumen summit").get_by_role("button").first,
        ):
            control.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            expect(control).to_be_focused()
            assert focus(page).shows
            border = control.evaluate(
                "(one) => [getComputedStyle(one).borderTopStyle, getComputedStyle(one).borderTopWidth]"
            )
            assert border[0] != "none"
            assert float(border[1].removesuffix("px")) >= 1
    finally:
        page.emulate_media(forced_colors="none")
