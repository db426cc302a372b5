"""Predictions and quizzes of lesson 01, answered in JupyterLab as a learner does, and by keyboard alone."""

from collections.abc import Iterator

import pytest
from lab_pages import CHART, LabPage, OpenNotebook
from playwright.sync_api import Locator, expect

from tutor.interaction.questions import question, shown_order
from tutor.interaction.verdict import plain

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def lesson(lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    opened = lab_page.open("lessons/01_cold_war_history.ipynb")
    yield opened
    opened.close()


def reply_of(form: Locator) -> Locator:
    return form.locator(".tumen-reply")


def button_of(form: Locator) -> Locator:
    return form.locator("button.tumen-submit")


def place_of(identifier: str, *, right: bool) -> int:
    return next(i for i, o in enumerate(question(identifier).options) if o.right is right)


def test_prediction_holds_its_chart_back_until_a_guess_is_made(lesson):
    form = lesson.form("01.p1")
    chart = lesson.below(form, CHART)
    expect(chart).to_be_hidden()

    form.get_by_label("Your answer").fill("about twelve")
    form.get_by_label("Your answer").press("Enter")
    expect(reply_of(form)).to_contain_text("Cannot read this answer.")
    expect(reply_of(form)).to_contain_text("about twelve")
    expect(chart).to_be_hidden()

    form.get_by_label("Your answer").fill("250")
    form.get_by_label("Your answer").press("Enter")
    expect(reply_of(form)).to_contain_text("You guessed: 250 km.")
    expect(reply_of(form)).to_contain_text("15 to 17 km")
    expect(chart).to_be_visible()
    expect(form.get_by_label("Your answer")).to_be_disabled()

    lesson.run_cell('"01.p1"')
    form = lesson.form("01.p1")
    expect(reply_of(form)).to_contain_text("You guessed: 250 km.")
    expect(form.get_by_label("Your answer")).to_have_value("250")
    expect(lesson.below(form, CHART)).to_be_visible()


def test_chart_can_be_seen_without_a_guess(lesson):
    form = lesson.form("01.p3")
    chart = lesson.below(form, CHART)
    expect(chart).to_be_hidden()
    form.get_by_role("button", name="Show me without a guess").press("Enter")
    expect(chart).to_be_visible()
    expect(reply_of(form)).to_be_empty()


def test_prediction_holds_back_the_controls_of_an_explorable_too(lesson):
    form = lesson.form("01.p2")
    expect(lesson.below(form, ".tumen-explorable")).to_be_hidden()
    form.get_by_label("both in the same year").check()
    button_of(form).click()
    expect(reply_of(form)).to_contain_text("You guessed: both in the same year.")
    expect(lesson.below(form, ".tumen-explorable")).to_be_visible()
    expect(lesson.below(form, CHART)).to_be_visible()


def test_choice_answered_wrong_then_right(lesson):
    asked = question("01.q1")
    form = lesson.form("01.q1")
    for right in (False, True):
        option = asked.options[place_of("01.q1", right=right)]
        form.get_by_label(plain(option.text)).check()
        button_of(form).click()
        said = plain(asked.explanation if right else option.reply)
        expect(reply_of(form)).to_contain_text("Right." if right else "Not yet.")
        expect(reply_of(form)).to_contain_text(said)
    expect(form.get_by_role("radio").first).to_be_disabled()
    expect(button_of(form)).to_have_count(0)


def test_choice_by_keyboard_alone(lesson):
    form = lesson.form("01.q2")
    choices = form.get_by_role("radio")
    choices.first.focus()
    choices.first.press("Space")
    for _ in range(place_of("01.q2", right=True)):
        lesson.page.keyboard.press("ArrowDown")
    lesson.page.keyboard.press("Enter")
    expect(reply_of(form)).to_contain_text("Right.")


def test_nothing_chosen_is_not_an_answer(lesson):
    form = lesson.form("01.q4")
    button_of(form).click()
    expect(reply_of(form)).to_contain_text("Not answered yet.")
    expect(form.get_by_role("radio").first).to_be_enabled()


def test_several_by_keyboard_alone(lesson):
    asked = question("01.q6")
    form = lesson.form("01.q6")
    right = [i for i, option in enumerate(asked.options) if option.right]
    boxes = form.get_by_role("checkbox")
    boxes.nth(right[0]).focus()
    lesson.page.keyboard.press("Space")
    lesson.page.keyboard.press("Enter")
    expect(reply_of(form)).to_contain_text("it is not all")
    for place in right[1:]:
        boxes.nth(place).focus()
        lesson.page.keyboard.press("Space")
    lesson.page.keyboard.press("Enter")
    expect(reply_of(form)).to_contain_text("Right.")


def test_order_by_keyboard_alone(lesson):
    asked = question("01.q3")
    form = lesson.form("01.q3")
    shown = [plain(asked.options[place].text) for place in shown_order(asked)]
    expect(form.locator("li")).to_contain_text(shown)

    button_of(form).focus()
    lesson.page.keyboard.press("Enter")
    expect(reply_of(form)).to_contain_text("stands too early")

    for place, option in enumerate(asked.options):
        words = plain(option.text)
        item = form.locator("li", has_text=words)
        earlier = item.get_by_role("button", name="Move earlier")
        while item.evaluate("(one) => [...one.parentElement.children].indexOf(one)") > place:
            earlier.focus()
            lesson.page.keyboard.press("Enter")
            expect(form.locator(".tumen-unseen")).to_contain_text(f"{words}: now number")
            expect(earlier).to_be_focused()
    button_of(form).focus()
    lesson.page.keyboard.press("Enter")
    expect(reply_of(form)).to_contain_text("Right.")

    lesson.run_cell('"01.q3"')
    in_order = [plain(option.text) for option in asked.options]
    expect(lesson.form("01.q3").locator("li")).to_contain_text(in_order)


def test_replies_are_announced(lesson):
    for region in lesson.panel.locator(".tumen-reply").all():
        expect(region).to_have_attribute("role", "status")
        expect(region).to_have_attribute("aria-live", "polite")


def test_no_answer_stands_in_the_page_before_it_is_given(lesson):
    held = lesson.form("01.q8").evaluate("(form) => form.outerHTML")
    assert plain(question("01.q8").explanation)[:40] not in held
    assert all(not o.reply or o.reply[:30] not in held for o in question("01.q8").options)


def test_answers_are_back_after_a_restart_of_the_kernel(lab_page):
    lab_page.lab.forget()
    lesson = lab_page.open("lessons/00_start_here.ipynb")
    try:
        quiz, guess = lesson.form("00.q1"), lesson.form("00.p1")
        guess.get_by_label("two").check()
        button_of(guess).click()
        expect(reply_of(guess)).to_contain_text("You guessed: two.")
        quiz.get_by_label("South Korea").check()
        button_of(quiz).click()
        expect(reply_of(quiz)).to_contain_text("Not yet.")

        lesson.restart()
        expect(lesson.panel.locator(".tumen-question")).to_have_count(0)
        lesson.run_all()

        quiz, guess = lesson.form("00.q1"), lesson.form("00.p1")
        expect(reply_of(guess)).to_contain_text("You guessed: two.")
        expect(lesson.below(guess, CHART)).to_be_visible()
        expect(quiz.get_by_label("South Korea")).to_be_checked()
        expect(reply_of(quiz)).to_contain_text("Not yet.")
        expect(lesson.panel.get_by_role("table", name="Your progress")).to_contain_text("1 of 1")
    finally:
        lesson.close()
