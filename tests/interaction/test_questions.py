"""Every question of the bank is whole, and judges every answer with its own words."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.interaction import questions
from tutor.interaction.questions import (
    KINDS,
    Option,
    Question,
    Range,
    in_words,
    judge,
    plain_option,
    question,
    question_bank,
    shown_order,
)
from tutor.interaction.reading import fold
from tutor.interaction.verdict import plain
from tutor.workshop.contracts import lesson_of
from tutor.workshop.notebooks import REPOSITORY, course_notebooks
from tutor.workshop.prose import check_reference, references

BANK = list(question_bank().values())
QUIZZES = [q for q in BANK if not q.is_prediction]
MISCONCEPTIONS = {
    lesson.number: {m.id for m in lesson_of(lesson).misconceptions}
    for lesson in course_notebooks(REPOSITORY, "lessons")
}


def of_kind(*kinds):
    return [q for q in BANK if q.kind in kinds]


def by_id(value):
    return value.id if isinstance(value, Question) else None


def every(asked=BANK):
    return pytest.mark.parametrize("asked", asked, ids=by_id)


def right_places(asked):
    return [place for place, option in enumerate(asked.options) if option.right]


def right_answer(asked):
    if asked.kind == "number":
        return asked.right_number
    if asked.kind == "order":
        return [plain_option(option) for option in asked.options]
    places = [place + 1 for place in right_places(asked)]
    return places if asked.kind == "several" else places[0]


def texts_of(asked):
    replies = [part for option in asked.options for part in (option.text, option.reply)]
    return [asked.prompt, asked.explanation, *replies, *(r.reply for r in asked.ranges)]


@every()
def test_question_is_whole(asked):
    assert asked.kind in KINDS
    assert asked.prompt
    assert asked.explanation
    assert bool(asked.options) is (asked.kind != "number")
    assert bool(asked.ranges) is (asked.kind == "number")
    texts = [fold(plain_option(option)) for option in asked.options]
    assert len(set(texts)) == len(texts)
    # The record keeps answers in words, one a line.
    assert not [option.text for option in asked.options if "\n" in option.text]


@every(of_kind("choice"))
def test_choice_has_one_right_option_of_at_least_three(asked):
    assert len(asked.options) >= 3
    assert len(right_places(asked)) == 1


@every(of_kind("several"))
def test_several_has_right_and_wrong_options(asked):
    assert 0 < len(right_places(asked)) < len(asked.options)


@every(of_kind("number"))
def test_number_can_be_given_and_is_within_its_limits(asked):
    assert asked.low <= asked.right_number <= asked.high
    assert math.isfinite(asked.low)
    assert math.isfinite(asked.high)
    assert asked.tolerance >= 0


@every()
def test_every_wrong_answer_has_a_reply_of_its_own(asked):
    replies = [option.reply for option in asked.options if not option.right]
    if asked.kind in ("several", "order"):
        replies = [option.reply for option in asked.options]
    replies += [candidate.reply for candidate in asked.ranges]
    if asked.kind == "order":
        # What stands last in the right order can stand too early too.
        assert all(replies)
    assert all(reply.strip() for reply in replies)
    assert len(set(replies)) == len(replies)


@every(of_kind("number"))
def test_ranges_leave_no_gap(asked):
    tolerance = asked.tolerance + 1e-9 * max(1, abs(asked.right_number))
    right = Range("", asked.right_number - tolerance, asked.right_number + tolerance)
    # Between two ranges the nearer one speaks, so that a gap of one step does no harm.
    step = max(0.02, (asked.high - asked.low) / 400)
    for value in np.linspace(asked.low, asked.high, 2001).tolist():
        nearest = min(candidate.distance(value) for candidate in (*asked.ranges, right))
        assert nearest <= (1 if float(asked.right_number).is_integer() else step)
        assert judge(asked, value).right is (right.distance(value) == 0)


@every(of_kind("number"))
def test_whole_numbers_lie_in_a_range(asked):
    if asked.high - asked.low > 5000:
        pytest.skip("so many numbers: the test before looks at 2001 of them")
    for value in range(math.ceil(asked.low), math.floor(asked.high) + 1):
        if not judge(asked, value).right:
            assert any(candidate.distance(value) == 0 for candidate in asked.ranges), value


@every()
def test_right_answer_is_right_by_number_and_by_text(asked):
    assert judge(asked, right_answer(asked)).right
    if asked.kind == "number":
        forms = [str(asked.right_number), [asked.right_number], np.float64(asked.right_number)]
    elif asked.kind == "choice":
        place = right_places(asked)[0]
        forms = [place + 1.0, str(place + 1), [place + 1], np.int64(place + 1)]
        forms += [asked.options[place].text, f"  {plain_option(asked.options[place]).upper()} "]
    elif asked.kind == "several":
        texts = [plain_option(asked.options[place]) for place in right_places(asked)]
        numbers = [place + 1 for place in right_places(asked)]
        forms = [texts, set(texts), pd.Series(texts), tuple(reversed(numbers)), np.array(numbers)]
    else:
        shown = shown_order(asked)
        forms = [[shown.index(place) + 1 for place in range(len(shown))]]
    for form in forms:
        assert judge(asked, form).right, form


@every()
def test_right_reply_ends_with_the_explanation(asked):
    assert judge(asked, right_answer(asked)).message.endswith(asked.explanation)


def wrong_verdicts(asked):
    if asked.kind == "number":
        for candidate in asked.ranges:
            low, high = max(candidate.low, asked.low), min(candidate.high, asked.high)
            yield judge(asked, low), candidate.misconception
            yield judge(asked, high), candidate.misconception
    elif asked.kind in ("choice", "several"):
        for place, option in enumerate(asked.options):
            if not option.right:
                yield judge(asked, [place + 1]), option.misconception
    else:
        yield judge(asked, list(range(1, len(asked.options) + 1))), None


@every(QUIZZES)
def test_wrong_reply_gives_neither_explanation_nor_answer_away(asked):
    explanation = fold(plain(asked.explanation))
    for verdict, misconception in wrong_verdicts(asked):
        said = fold(plain(f"{verdict.message} {verdict.hint}"))
        assert verdict.status == "wrong"
        assert verdict.mistake
        assert explanation not in said
        assert not [s for s in re.split(r"[.:;!?]\s", explanation) if len(s) > 25 and s in said]
        if misconception is not None:
            assert verdict.misconception == misconception
        if asked.kind == "choice":
            right = fold(plain_option(asked.options[right_places(asked)[0]]))
            assert not re.search(rf"\b{re.escape(right)}\b", said)
        if asked.kind == "number":
            assert not re.search(rf"(?<![\d.]){asked.right_number:g}(?![\d.])", said)


@every()
def test_misconceptions_stand_in_the_contract_of_the_lesson(asked):
    named = {option.misconception for option in asked.options}
    named |= {candidate.misconception for candidate in asked.ranges}
    if asked.lesson not in MISCONCEPTIONS:
        pytest.skip("its lesson is not written yet")
    assert named - {""} <= MISCONCEPTIONS[asked.lesson]


@every()
def test_links_agree_with_their_rows(asked):
    problems = [
        problem
        for text in texts_of(asked)
        for shown, target in references(text)
        for problem in check_reference(shown, target)
    ]
    assert problems == []


@every(of_kind("order"))
def test_order_is_shown_shuffled_the_same_way_every_time(asked):
    places = shown_order(asked)
    assert sorted(places) == list(range(len(asked.options)))
    assert list(places) != sorted(places)
    assert places == shown_order(asked)
    verdict = judge(asked, list(range(1, len(places) + 1)))
    assert verdict.status == "wrong"
    assert "stands too early" in verdict.message


@every(of_kind("choice", "several", "order"))
def test_answer_in_words_can_be_read_again(asked):
    answers = [right_answer(asked)]
    if asked.kind != "order":
        answers += [[place + 1] for place in range(len(asked.options))]
    for answer in answers:
        words = in_words(asked, answer, "\n")
        assert judge(asked, words.split("\n")) == judge(asked, answer)


@every(of_kind("number"))
def test_number_in_words_can_be_read_again(asked):
    for value in (asked.right_number, asked.low, asked.high, asked.low + 0.25):
        words = in_words(asked, value).partition(" ")[0]
        assert judge(asked, words) == judge(asked, value)


class Hostile(str):
    def split(self, *_):
        raise RuntimeError("boo")

    strip = casefold = __len__ = __iter__ = split


ODD = [
    None, ..., "", "...", math.nan, math.inf, 10**400, True, 0, -1, 99, 1.5, "nonsense", [], {}, [[]],
    [None], [1, 1], object(), len, Hostile("a"), [Hostile("a")], pd.DataFrame({"a": [1]}), b"1",
]  # fmt: skip


@every()
def test_odd_answers_are_told_in_words(asked):
    for odd in ODD:
        verdict = judge(asked, odd)
        assert verdict.status in ("right", "wrong", "missing", "unreadable")
        assert verdict.message
        assert isinstance(in_words(asked, odd), str)
    for nothing in (None, ...):
        assert judge(asked, nothing).status == "missing"


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=6))
def test_judging_never_raises(answer):
    for asked in BANK[:20]:
        assert judge(asked, answer).message


def test_number_outside_the_limits_is_named():
    asked = Question(
        "x", "number", "?", "!", answer=5, low=0, high=30_000_000, ranges=(Range("no"),)
    )
    said = judge(asked, 40_000_000).message
    assert "40000000" in said
    assert "30000000" in said


def test_number_between_two_ranges_gets_the_nearer_reply():
    ranges = (Range("low", 0, 4.9), Range("high", 6, 10))
    asked = Question("x", "number", "?", "!", answer=5.45, low=0, high=10, ranges=ranges)
    assert judge(asked, 4.95).message == "low"
    assert judge(asked, 5.99).message == "high"
    assert judge(asked, 5.45).right


def test_unknown_question_names_close_ones():
    with pytest.raises(KeyError, match=r"Close to it: 01\.q\d"):
        question("01.q")
    with pytest.raises(KeyError, match="no question"):
        question(None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": "02.q1"}, "looks like 01.q1"),
        ({"kind": "guess"}, "kind must be one of"),
        ({"colour": "red"}, "unknown fields"),
        ({"kind": "number"}, "needs ranges"),
    ],
)
def test_bank_that_is_not_as_its_readme_asks_is_refused(change, words):
    values = {"id": "01.q1", "kind": "choice", "prompt": "?", "explanation": "!"} | change
    with pytest.raises(ValueError, match=words):
        questions._question(values, "01")


def test_option_texts_may_hold_markup():
    option = Option("see [1950](#E025) and *wait*.", "")
    asked = Question("x.q1", "choice", "?", "!", (option, Option("b", "no", right=True)))
    assert judge(asked, "See 1950 and wait") == judge(asked, 1)
    assert judge(asked, in_words(asked, 1)) == judge(asked, 1)


def test_one_is_counted_in_the_singular():
    asked = question("01.p4")
    assert in_words(asked, 1) == "1 tie"
    assert in_words(asked, 3) == "3 ties"
