"""When a question comes back: the longer she has known the answer, the later.

After a right answer a question rests for 1 day, then 3, 7, 14, 30 and 60; after a wrong one it begins again,
as cards go back to the first of Leitner's boxes. Practice spread over days is remembered longer than the
same practice at one go, and the best gap grows with the time over which one wants to remember: Cepeda,
Pashler, Vul, Wixted and Rohrer (2006), "Distributed practice in verbal recall tasks: A review and
quantitative synthesis", Psychological Bulletin 132(3), 354-380. The six numbers of days are ours. A right
answer before the day lets the question rest as long again, and no longer: repeating is not spacing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from itertools import groupby

from tutor.interaction.questions import Question
from tutor.interaction.record import Entry

REST_DAYS = (1, 3, 7, 14, 30, 60)

# Who learned in the evening finds the question the next morning, and not just after the same hour.
_EARLY = datetime.timedelta(hours=8)


def due_at(answers: Sequence[tuple[datetime.datetime, bool]]) -> datetime.datetime:
    """Say from when on a question should come back.

    Parameters
    ----------
    answers : sequence of (datetime.datetime, bool)
        When she answered it, and whether rightly; oldest first, at least one.

    Returns
    -------
    datetime.datetime
        The moment of the last answer if that was wrong; else 1, 3, 7, 14, 30 or at most 60 days later,
        less some hours.

    Raises
    ------
    ValueError
        There is no answer.
    """
    if not answers:
        raise ValueError("answers: at least one answer is needed; the list is empty.")
    box, due = 0, answers[0][0]
    for moment, right in answers:
        if not right:
            box, due = 0, moment
            continue
        if box == 0 or moment >= due:
            box = min(box + 1, len(REST_DAYS))
        due = moment + datetime.timedelta(days=REST_DAYS[box - 1]) - _EARLY
    return due


def due_dates(
    questions: Sequence[Question], entries: Iterable[Entry], now: datetime.datetime
) -> dict[str, datetime.datetime]:
    """Say for each of the questions that she has answered when it should come back, the earliest first."""
    known = {asked.id for asked in questions}
    answered = [
        e for e in entries if e.what == "answered" and e.right is not None and e.item in known
    ]
    answered.sort(key=lambda entry: entry.item)
    dates = {
        item: due_at([(_moment(e, now), bool(e.right)) for e in history])
        for item, history in groupby(answered, key=lambda entry: entry.item)
    }
    return dict(sorted(dates.items(), key=lambda date: date[1]))


def due(
    questions: Sequence[Question],
    entries: Iterable[Entry],
    *,
    count: int,
    fill: bool = False,
    now: datetime.datetime | None = None,
) -> list[Question]:
    """Choose the questions that should come back now, the longest overdue first.

    Parameters
    ----------
    questions : sequence of Question
        Those to choose from, in the order of the course.
    entries : iterable of Entry
        Her record, oldest first.
    count : int
        How many at most.
    fill : bool
        Whether to fill up with questions never answered (latest lessons first), then with those that
        still rest (those first that come back soonest).
    now : datetime.datetime, optional
        The moment; the present one unless told.

    Returns
    -------
    list of Question
        At most `count` questions.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    dates = due_dates(questions, entries, now)
    chosen = [item for item, date in dates.items() if date <= now]
    if fill:
        chosen += [asked.id for asked in reversed(questions) if asked.id not in dates]
        chosen += [item for item in dates if item not in chosen]
    by_id = {asked.id: asked for asked in questions}
    return [by_id[item] for item in chosen[:count]]


def _moment(entry: Entry, now: datetime.datetime) -> datetime.datetime:
    """Read when an entry was made; long ago if it does not say, or a wrong clock says some later day."""
    long_ago = datetime.datetime.min.replace(tzinfo=datetime.UTC)
    try:
        moment = datetime.datetime.fromisoformat(entry.when)
    except ValueError:
        return long_ago
    moment = moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
    return moment if moment <= now + datetime.timedelta(days=1) else long_ago
