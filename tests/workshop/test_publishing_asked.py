"""Questions on a page without a kernel: the page finds the reply that the kernel would give."""

import itertools
import json
import re

import pytest

from tutor.interaction.asking import reply_to
from tutor.interaction.questions import Question, Range, question, question_bank
from tutor.workshop.publishing.asked import GIVEN, asked_html, by_prompt, question_of

QUESTIONS = list(question_bank().values())


def data_of(asked, **settings):
    written = re.search(
        r'<script type="application/json">(.*?)</script>', asked_html(asked, **settings), re.DOTALL
    )
    return json.loads(written[1])


def looked_up(data, answer):
    """Find a reply as course.js does."""
    if data["kind"] != "order":
        return data["replies"][data["keys"][",".join(map(str, sorted(answer)))]]
    begun = [",".join(map(str, answer[: count + 1])) for count in range(len(answer))]
    return data["replies"][data["keys"][next(key for key in begun if key in data["keys"])]]


def looked_up_number(data, value):
    for bound, at, below in data["pieces"]:
        if value <= bound:
            return data["replies"][at if value == bound else below]
    return data["replies"][data["above"]]


def said(verdict):
    return verdict.status, verdict._repr_html_().replace(' role="status"', "")


def answers(asked):
    places = range(len(asked.options))
    if asked.kind == "choice":
        return [[place] for place in places]
    if asked.kind == "order":
        return [list(order) for order in itertools.permutations(places)]
    return [
        list(chosen) for count in places for chosen in itertools.combinations(places, count + 1)
    ]


def test_no_two_questions_look_alike():
    assert len(by_prompt()) == len(QUESTIONS)


@pytest.mark.parametrize("kind", ["choice", "several", "order"])
def test_every_answer_finds_the_reply_of_the_kernel(kind):
    asked_about = [one for one in QUESTIONS if one.kind == kind]
    assert asked_about
    for asked in asked_about:
        data = data_of(asked)
        for answer in answers(asked):
            reply = looked_up(data, answer)
            expected = said(reply_to(asked, [place + 1 for place in answer]))
            assert (reply["status"], reply["html"]) == expected, (asked.id, answer)
        assert data["replies"][data["keys"][""]]["status"] == "missing"


def test_every_number_finds_the_reply_of_the_kernel():
    numbers = [one for one in QUESTIONS if one.kind == "number"]
    assert numbers
    for asked in numbers:
        data = data_of(asked)
        ends = [end for each in asked.ranges for end in (each.low, each.high)]
        ends += [asked.low, asked.high, asked.right_number]
        ends += [asked.right_number - asked.tolerance, asked.right_number + asked.tolerance]
        finite = [end for end in ends if abs(end) != float("inf")]
        for value in [
            end + step for end in finite for step in (-1.0, -0.003, 0.0, 0.004, 0.3, 2.0)
        ]:
            reply = looked_up_number(data, value)
            verdict = reply_to(asked, value)
            assert reply["status"] == verdict.status, (asked.id, value)
            # Beside the number itself, the words are the same.
            ours, theirs = reply["html"].split(GIVEN)[-1], said(verdict)[1]
            assert theirs.endswith(ours.removeprefix("</em>")), (asked.id, value)


def test_a_reply_that_names_the_number_leaves_a_place_for_it():
    guess = next(one for one in QUESTIONS if one.kind == "number" and one.is_prediction)
    data = data_of(guess)
    named = [reply for reply in data["replies"] if "You guessed:" in reply["html"]]
    assert named
    assert all(f"You guessed: <em>{GIVEN}</em>." in reply["html"] for reply in named)
    assert all(reply["html"].count(GIVEN) == 1 for reply in named)


def test_what_is_no_number_is_quoted():
    asked = next(one for one in QUESTIONS if one.kind == "number")
    data = data_of(asked)
    reply = data["replies"][data["unreadable"]]
    assert reply["status"] == "unreadable"
    assert reply["html"].count(GIVEN) == 1
    expected = said(reply_to(asked, "far"))[1]
    assert reply["html"].replace(GIVEN, "far") == expected
    assert data["replies"][data["missing"]]["status"] == "missing"


def test_between_two_ranges_the_nearer_one_speaks():
    gaps = Question(
        id="99.q1",
        kind="number",
        prompt="How many?",
        explanation="Ten.",
        answer=10,
        tolerance=0.5,
        unit="ships",
        low=0,
        high=100,
        ranges=(Range("Few.", 0, 4), Range("Some.", 6, 8), Range("Many.", 12, 100)),
    )
    data = data_of(gaps)
    for value, word in ((4.9, "Few"), (5.1, "Some"), (9.4, "Some"), (9.5, "Ten"), (10.6, "Many")):
        assert word in looked_up_number(data, value)["html"], value
    assert looked_up_number(data, 101)["status"] == "unreadable"
    assert data["units"] == ["ships", "ship"]


def test_a_form_of_a_notebook_leads_to_its_question():
    for asked in QUESTIONS:
        data = data_of(asked, holds_back=True)
        assert data["holds_back"] is True
        assert question_of({"prompt": data["prompt"], "options": data["options"]}) is asked


def test_without_a_script_every_option_opens_with_its_reply():
    asked = question("01.q1")
    html = asked_html(asked).partition("<script")[0]
    assert html.count("<details>") == len(asked.options)
    assert html.count("Right.") == 1
    assert "Aigun moved the border" in html


@pytest.mark.parametrize("kind", ["number", "several", "order"])
def test_without_a_script_the_answer_and_its_reason_open(kind):
    asked = next(one for one in QUESTIONS if one.kind == kind)
    html = asked_html(asked).partition("<script")[0]
    assert "<summary>The answer</summary>" in html
    assert asked.explanation.split("[")[0][:30] in html.replace("&#x27;", "'")


def test_no_text_can_end_the_script_that_holds_it():
    for asked in QUESTIONS:
        written = asked_html(asked).partition('<script type="application/json">')[2]
        assert "<" not in written.removesuffix("</script></div>"), asked.id
