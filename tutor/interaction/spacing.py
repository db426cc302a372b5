"""When a question comes back: the longer she has known the answer, the later.

After a right answer a question rests for 1 day, then 3, 7, 14, 30 and 60 (expanding retrieval, in
the manner of Leitner's boxes); after a wrong one it begins again.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from tutor.interaction.questions import Question
from tutor.interaction.record import Entry

REST_DAYS = (1, 3, 7, 14, 30, 60)


def rest(answers: Sequence[bool]) -> datetime.timedelta:
    """Say how long a question rests after these answers.

    Parameters
    ----------
    answers : sequence of bool
        Her answers to it, oldest first; at least one.

    Returns
    -------
    datetime.timedelta
        Zero after a wrong answer, then 1, 3, 7, 14, 30 and at most 60 days.

    Raises
    ------
    ValueError
        There is no answer.
    """
    if not answers:
        raise ValueError("answers: at least one answer is needed; the list is empty.")
    run = 0
    for right in reversed(answers):
        if not right:
            break
        run += 1
    if run == 0:
        return datetime.timedelta(0)
    return datetime.timedelta(days=REST_DAYS[min(run, len(REST_DAYS)) - 1])


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
        Her record.
    count : int
        How many at most.
    fill : bool
        Whether to fill up with questions never answered, then with those that still rest (latest
        lessons first).
    now : datetime.datetime, optional
        The moment; the present one unless told.

    Returns
    -------
    list of Question
        At most `count` questions.
    """
    now = now or datetime.datetime.now(datetime.UTC)
    history: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.what == "answered" and entry.right is not None:
            history.setdefault(entry.item, []).append(entry)
    overdue = {
        asked.id: now
        - _moment(history[asked.id][-1])
        - rest([bool(e.right) for e in history[asked.id]])
        for asked in questions
        if asked.id in history
    }
    ready = sorted(
        (
            asked
            for asked in questions
            if overdue.get(asked.id, datetime.timedelta(-1)) >= datetime.timedelta(0)
        ),
        key=lambda asked: -overdue[asked.id],
    )
    if fill:
        later = list(reversed(questions))
        ready += [asked for asked in later if asked.id not in overdue]
        ready += [asked for asked in later if asked not in ready]
    return ready[:count]


def _moment(entry: Entry) -> datetime.datetime:
    try:
        moment = datetime.datetime.fromisoformat(entry.when)
    except ValueError:
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)
