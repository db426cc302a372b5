"""Questions come back at growing intervals, the longest overdue first."""

import datetime
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.interaction.questions import question_bank
from tutor.interaction.record import Entry
from tutor.interaction.spacing import REST_DAYS, due, due_at, due_dates

NOW = datetime.datetime(2026, 6, 1, 12, tzinfo=datetime.UTC)
QUESTIONS = [q for q in question_bank().values() if q.lesson == "01" and not q.is_prediction]


def days_ago(days: float) -> str:
    return (NOW - datetime.timedelta(days=days)).isoformat()


def answered(item: str, days: float, right: bool | None = True) -> Entry:
    return Entry("answered", item, right=right, when=days_ago(days), key="k")


def ids(questions: list) -> list[str]:
    return [q.id for q in questions]


DAY = datetime.timedelta(days=1)


def days_of_rest(answers: list[tuple[float, bool]]) -> float:
    """Give the days from the last answer to the day when the question is due, the early hours apart."""
    moments = [(NOW + day * DAY, right) for day, right in answers]
    rest = due_at(moments) - moments[-1][0]
    return round(rest / DAY)


def test_rest_grows_with_every_right_answer_in_time_and_stays_at_the_longest():
    day, answers, rests = 0.0, [], []
    for _ in range(10):
        answers.append((day, True))
        rests.append(days_of_rest(answers))
        day += rests[-1]
    assert rests == [1, 3, 7, 14, 30, 60, 60, 60, 60, 60]
    assert rests[: len(REST_DAYS)] == list(REST_DAYS)


def test_right_answers_at_one_sitting_count_once():
    """Massed practice is what spacing is set against: it does not let a question rest longer."""
    sitting = [(minute / 1440, True) for minute in range(0, 100, 10)]
    assert days_of_rest(sitting) == 1
    assert days_of_rest([*sitting, (1, True)]) == 3


def test_answer_before_its_day_starts_the_same_rest_again():
    assert days_of_rest([(0, True), (1, True), (2, True)]) == 3
    assert days_of_rest([(0, True), (1, True), (2, True), (5, True)]) == 7


def test_evening_answer_is_due_the_next_morning():
    evening = datetime.datetime(2026, 6, 1, 20, tzinfo=datetime.UTC)
    assert due_at([(evening, True)]) == datetime.datetime(2026, 6, 2, 12, tzinfo=datetime.UTC)


HISTORY = st.lists(st.tuples(st.floats(0, 400), st.booleans()), min_size=1, max_size=40).map(sorted)


@given(HISTORY)
def test_wrong_answer_begins_again(history):
    last = history[-1][0]
    assert days_of_rest([*history, (last + 1, False)]) == 0
    assert days_of_rest([*history, (last + 1, False), (last + 1, True)]) == 1
    assert days_of_rest([*history, (last + 1, False), (last + 2, True)]) == 1


@given(HISTORY)
def test_rest_is_one_of_the_steps_and_grows_by_one_at_most(history):
    steps = (0, *REST_DAYS)
    rests = [days_of_rest(history[: end + 1]) for end in range(len(history))]
    assert set(rests) <= set(steps)
    for (before, after), (_, right) in zip(pairwise(rests), history[1:], strict=True):
        grown = steps.index(after) - steps.index(before)
        assert grown in (0, 1) if right else after == 0


@given(HISTORY)
def test_right_answer_in_time_is_never_worse_than_a_wrong_one(history):
    moments = [(NOW + day * DAY, right) for day, right in history]
    due = max(due_at(moments), moments[-1][0])
    assert due_at([*moments, (due, True)]) > due_at([*moments, (due, False)])


def test_due_date_needs_an_answer():
    with pytest.raises(ValueError, match="at least one answer"):
        due_at([])


def test_clock_that_was_wrong_does_not_put_a_question_off():
    entries = [answered("01.q2", 3), answered("01.q2", -4000), answered("01.q3", -0.1)]
    assert ids(due(QUESTIONS, entries, count=9, now=NOW)) == ["01.q2"]
    assert list(due_dates(QUESTIONS, entries, NOW)) == ["01.q2", "01.q3"]


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


def test_filling_up_with_resting_ones_takes_those_that_come_back_soonest():
    resting = [answered(q.id, 0.5 - place / 100) for place, q in enumerate(QUESTIONS)]
    resting += [answered(QUESTIONS[0].id, 0.1, right=False), answered(QUESTIONS[0].id, 0.05)]
    chosen = ids(due(QUESTIONS, resting, count=2, fill=True, now=NOW))
    assert chosen == [QUESTIONS[1].id, QUESTIONS[2].id]


# A learner over the weeks of a course.


@dataclass
class Learner:
    """Works through a lesson a week, and reviews on some days; what she knows fades unless it comes back."""

    memory: float
    entries: list[Entry] = field(default_factory=list)
    asked: dict[str, list[float]] = field(default_factory=dict)

    def knows(self, item: str, day: float) -> bool:
        """A simple memory: it lasts longer with every time that the question was met."""
        met = self.asked.get(item, [])
        return bool(met) and day - met[-1] <= self.memory * 2 ** len(met)

    def answers(self, item: str, day: float, *, right: bool) -> None:
        moment = (NOW + datetime.timedelta(days=day)).isoformat()
        self.entries.append(
            Entry("answered", item, right=right, when=moment, key=str(len(self.entries)))
        )
        self.asked.setdefault(item, []).append(day)

    def reviews(self, day: float, count: int = 5) -> list[str]:
        chosen = ids(due(BANK, self.entries, count=count, now=NOW + datetime.timedelta(days=day)))
        for place, item in enumerate(chosen):
            moment = day + place / 1000
            known = self.knows(item, moment)
            self.answers(item, moment, right=known)
            if not known:
                # She reads the reply, and answers again.
                self.answers(item, moment + 0.0005, right=True)
        return chosen


BANK = [q for q in question_bank().values() if not q.is_prediction]
LESSONS = sorted({q.lesson for q in BANK})


def term_of(learner: Learner, review_days: int) -> dict[str, list[float]]:
    """Ten weeks of lessons, and ten weeks more of reviews; give the days on which each question was met."""
    for day in range(140):
        if day % 7 == 0 and day // 7 < len(LESSONS):
            for question in BANK:
                if question.lesson == LESSONS[day // 7]:
                    learner.answers(question.id, day, right=True)
        elif day % review_days == 0:
            learner.reviews(day + 0.3, 20)
    return learner.asked


@pytest.mark.parametrize("review_days", [1, 2, 3])
def test_questions_of_a_term_come_back_at_growing_intervals(review_days):
    met = term_of(Learner(memory=1000), review_days)
    assert set(met) == {q.id for q in BANK}
    for days in met.values():
        gaps = [round(later - earlier) for earlier, later in pairwise(days)]
        assert len(gaps) >= 3
        # Never before its time; later only because she did not review that day or had enough.
        assert all(gap >= rest for gap, rest in zip(gaps, REST_DAYS, strict=False))


def test_what_is_forgotten_comes_back_sooner_and_more_often():
    sure, shaky = term_of(Learner(memory=1000), 1), term_of(Learner(memory=0.2), 1)
    assert sum(map(len, shaky.values())) > 1.5 * sum(map(len, sure.values()))


def test_two_rounds_of_review_a_day_are_enough():
    """Ten questions a day, which is `review()` twice, and what waits stays few."""
    learner, waiting = Learner(memory=1000), []
    for day in range(7 * len(LESSONS)):
        if day % 7 == 0:
            for question in BANK:
                if question.lesson == LESSONS[day // 7]:
                    learner.answers(question.id, day, right=True)
        else:
            learner.reviews(day + 0.3)
            learner.reviews(day + 0.4)
            evening = NOW + datetime.timedelta(days=day + 0.5)
            waiting.append(len(due(BANK, learner.entries, count=999, now=evening)))
    assert max(waiting) <= 30


def test_missed_weeks_do_not_bury_her():
    """After a month without the course, five at a time, the longest overdue first."""
    learner = Learner(memory=1000)
    for place, question in enumerate(BANK[:40]):
        learner.answers(question.id, place / 1000, right=True)
    first = learner.reviews(30)
    assert first == [q.id for q in BANK[:5]]
    assert learner.reviews(30.1) == [q.id for q in BANK[5:10]]
