"""Questions come back at growing intervals, the longest overdue first."""

import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.interaction.questions import question_bank
from tutor.interaction.record import Entry
from tutor.interaction.spacing import REST_DAYS, due, rest

NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
QUESTIONS = [q for q in question_bank().values() if q.lesson == "01" and not q.is_prediction]


def days_ago(days: float) -> str:
    return (NOW - datetime.timedelta(days=days)).isoformat()


def answered(item: str, days: float, right: bool | None = True) -> Entry:
    return Entry("answered", item, right=right, when=days_ago(days), key="k")


def ids(questions: list) -> list[str]:
    return [q.id for q in questions]


def test_rest_grows_with_every_right_answer_and_stays_at_the_longest():
    rests = [rest([True] * run) for run in range(1, 12)]
    assert rests[0] == datetime.timedelta(days=1)
    assert all(earlier <= later for earlier, later in pairwise(rests))
    assert len(set(rests)) == len(REST_DAYS)
    assert rests[-1] == datetime.timedelta(days=REST_DAYS[-1])


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_wrong_answer_begins_again(answers):
    assert rest([*answers, False]) == datetime.timedelta(0)
    assert rest([*answers, False, True]) == rest([True])
    assert rest([*answers, True]) >= rest(answers)


def test_rest_needs_an_answer():
    with pytest.raises(ValueError, match="at least one answer"):
        rest([])


def test_longest_overdue_comes_first():
    entries = [answered("01.q1", 2), answered("01.q2", 9), answered("01.q3", 0.5)]
    entries += [answered("01.q4", 4, right=False)]
    assert ids(due(QUESTIONS, entries, count=9, now=NOW)) == ["01.q2", "01.q4", "01.q1"]


def test_right_answers_in_a_row_let_it_rest():
    entries = [answered("01.q1", 10), answered("01.q1", 5), answered("01.q1", 2)]
    assert due(QUESTIONS, entries, count=9, now=NOW) == []
    later = NOW + datetime.timedelta(days=5)
    assert ids(due(QUESTIONS, entries, count=9, now=later)) == ["01.q1"]


def test_filled_up_with_new_ones_then_with_resting_ones():
    resting = [answered(q.id, 0.1) for q in QUESTIONS[:-1]]
    assert due(QUESTIONS, resting, count=9, now=NOW) == []
    chosen = ids(due(QUESTIONS, resting, count=3, fill=True, now=NOW))
    assert chosen[0] == QUESTIONS[-1].id
    assert len(set(chosen)) == 3


def test_other_entries_and_unknown_questions_do_no_harm():
    entries = [
        Entry("predicted", "01.q1", right=True, when=days_ago(50)),
        Entry("answered", "99.q9", right=True, when=days_ago(50)),
        answered("01.q2", 50, right=None),
    ]
    assert due(QUESTIONS, entries, count=9, now=NOW) == []


@pytest.mark.parametrize("when", ["", "yesterday", "2026-05-01T00:00:00"])
def test_odd_moments_count_as_long_ago(when):
    entry = Entry("answered", "01.q1", right=True, when=when, key="k")
    assert ids(due(QUESTIONS, [entry], count=9, now=NOW)) == ["01.q1"]


HISTORIES = st.lists(
    st.builds(
        answered,
        st.sampled_from(ids(QUESTIONS)),
        st.floats(0, 100),
        st.booleans(),
    ),
    max_size=20,
)


@given(HISTORIES, st.integers(0, 12), st.booleans())
def test_at_most_count_each_once_and_due_before_the_rest(entries, count, fill):
    entries = sorted(entries, key=lambda entry: entry.when)
    chosen = due(QUESTIONS, entries, count=count, fill=fill, now=NOW)
    assert len(chosen) <= count
    assert len(set(ids(chosen))) == len(chosen)
    ready = ids(due(QUESTIONS, entries, count=99, now=NOW))
    assert ids(chosen)[: len(ready)] == ready[:count]
    if fill:
        assert len(chosen) == min(count, len(QUESTIONS))
