"""What can be said about a class from its answers: pure functions over `results`.

Every number is a count, a share or a correlation that a reader can work out by hand. Rules for small classes
stand here as constants, with the reason beside them; the page repeats them in words.
"""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tutor.workshop.grading.results import GradedExercise, GradedTask, StudentResult, TaskResult
from tutor.workshop.report.results import ClassResults, could_be_graded, is_given, is_marked

# Fewer students say nothing about how well a task tells them apart: with 20, the 95 % interval around a
# correlation of 0.2 still runs from -0.27 to 0.59, and it widens fast below.
FEWEST_STUDENTS = 20
# Nor does a task that nearly everybody got right, or nearly nobody.
FEWEST_ON_EACH_SIDE = 5
# Ebel and Frisbie's (1991) guide value: below it a task is poor at telling strong from weak work.
POOR_DISCRIMINATION = 0.2
_NORMAL_95 = statistics.NormalDist().inv_cdf(0.975)

# Whoever can be counted among fewer than this many could be recognized.
FEWEST_TO_SHOW = 3

# When a word with a student may help.
LEFT_EMPTY = 0.5
FEW_RIGHT = 0.5
ENOUGH_ANSWERS = 3
SAME_MISUNDERSTANDING = 2


@dataclass(frozen=True)
class Discrimination:
    """How well a task tells those apart who did well in the rest of the exercise from those who did not.

    Parameters
    ----------
    correlation : float or None
        Item-rest correlation, from -1 to 1; None where `reason` says why there is none.
    low, high : float or None
        Its rough 95 % interval (Fisher's z).
    students : int
        How many answered the task.
    reason : str
        Why nothing can be said, or ``""``.
    """

    correlation: float | None
    low: float | None
    high: float | None
    students: int
    reason: str = ""

    @property
    def poor(self) -> bool:
        """Whether the task discriminates badly as far as this class shows."""
        return self.correlation is not None and self.correlation < POOR_DISCRIMINATION

    @property
    def backwards(self) -> bool:
        """Whether those who did well elsewhere clearly did worse here."""
        return self.high is not None and self.high < 0


@dataclass(frozen=True)
class WrongAnswer:
    """One kind of wrong answer to a task: how many gave it, and what they were told."""

    mistake: str
    misconception: str
    message: str
    students: int


@dataclass(frozen=True)
class TaskSummary:
    """How a class did in one task.

    Parameters
    ----------
    task : GradedTask
        The task.
    handed_in : int
        Students whose notebook could be graded.
    right, wrong, empty, to_read, marked : int
        Students by what came of their answer; an answer that could not be read is wrong, one that was
        never reached is empty, an argument is to be read until it has its mark. They add up to `handed_in`.
    mean_mark : float or None
        Mean points of the marked arguments.
    wrong_answers : tuple of WrongAnswer
        The kinds of wrong answers, commonest first.
    discrimination : Discrimination
        How well it tells students apart.
    """

    task: GradedTask
    handed_in: int
    right: int
    wrong: int
    empty: int
    to_read: int
    marked: int
    mean_mark: float | None
    wrong_answers: tuple[WrongAnswer, ...]
    discrimination: Discrimination

    @property
    def answered(self) -> int:
        """How many gave an answer."""
        return self.right + self.wrong + self.to_read + self.marked

    @property
    def ease(self) -> float | None:
        """Share of right answers among those that could be judged, or None if there are none.

        Test theory calls it the difficulty of an item, though it grows as the item gets easier.
        """
        judged = self.right + self.wrong
        return self.right / judged if judged else None


@dataclass(frozen=True)
class ExerciseSummary:
    """How a class did in one exercise.

    Parameters
    ----------
    exercise : GradedExercise
        The exercise.
    students : int
        How many handed it in so that it could be graded.
    median_right : float or None
        Right answers of the student in the middle, among the tasks that all should do.
    common_tasks : int
        How many of these there are.
    tasks : tuple of TaskSummary
        One for each task.
    """

    exercise: GradedExercise
    students: int
    median_right: float | None
    common_tasks: int
    tasks: tuple[TaskSummary, ...]


@dataclass(frozen=True)
class Misunderstanding:
    """How many students showed a misunderstanding, in which tasks, among how many who could have."""

    id: str
    students: int
    among: int
    tasks: tuple[str, ...]


@dataclass(frozen=True)
class Conversation:
    """A student for whom a word may help.

    Parameters
    ----------
    student : str
        Her name.
    reasons : tuple of str
        Why, in plain sentences.
    misconceptions : tuple of str
        Ids of what her answers showed, the most frequent first: something to begin with.
    """

    student: str
    reasons: tuple[str, ...]
    misconceptions: tuple[str, ...] = ()


def correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Work out Pearson's correlation; None where one side does not vary.

    With only 0 and 1 on one side this is the point-biserial correlation.

    Parameters
    ----------
    first, second : sequence of float
        Two values for each student, in the same order.
    """
    if len(set(first)) < 2 or len(set(second)) < 2:
        return None
    value = statistics.correlation(first, second)
    return max(-1.0, min(1.0, value))


def interval(value: float, students: int) -> tuple[float, float]:
    """Give the rough 95 % interval of a correlation by Fisher's z.

    Parameters
    ----------
    value : float
        The correlation, from -1 to 1.
    students : int
        How many it rests on, at least 4.
    """
    if abs(value) >= 1:
        return value, value
    middle, reach = math.atanh(value), _NORMAL_95 / math.sqrt(students - 3)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def discrimination(
    task: GradedTask, exercise: GradedExercise, submissions: Sequence[StudentResult]
) -> Discrimination:
    """Work out a task's item-rest correlation among those who answered it.

    The item's own points are left out of the score it is compared with; else every item would seem to
    discriminate a little (Henrysson 1963, *Psychometrika* 28, 211-218). The rest is made of the tasks that
    all should do and that need no reader.
    """
    if task.kind == "argue":
        return Discrimination(None, None, None, 0, "is read by you")
    shared = {other.id for other in _common(exercise) if other.id != task.id}
    rows = [
        (answers[task.id].points or 0.0, sum(_points(answers, other) for other in shared))
        for one in submissions
        if (answers := _by_task(one)).get(task.id) is not None
        and is_given(answers[task.id])
        and answers[task.id].points is not None
    ]
    items, rests = [row[0] for row in rows], [row[1] for row in rows]
    full = sum(item >= task.points for item in items)
    if len(rows) < FEWEST_STUDENTS:
        return Discrimination(None, None, None, len(rows), "too few answers")
    if min(full, len(rows) - full) < FEWEST_ON_EACH_SIDE:
        nearly = "nearly everybody right" if full > len(rows) / 2 else "nearly nobody right"
        return Discrimination(None, None, None, len(rows), nearly)
    value = correlation(items, rests)
    if value is None:
        return Discrimination(None, None, None, len(rows), "the rest is alike for all")
    return Discrimination(value, *interval(value, len(rows)), len(rows))


def _common(exercise: GradedExercise) -> list[GradedTask]:
    """List the tasks that all should do and that need no reader."""
    return [task for task in exercise.tasks if not task.stretch and task.kind != "argue"]


def _points(answers: dict[str, TaskResult], task: str) -> float:
    return (answers[task].points or 0.0) if task in answers else 0.0


def _by_task(submission: StudentResult) -> dict[str, TaskResult]:
    return {answer.task: answer for answer in submission.tasks}


def summarize(exercise: GradedExercise, submissions: Sequence[StudentResult]) -> ExerciseSummary:
    """Say how a class did in an exercise.

    Parameters
    ----------
    exercise : GradedExercise
        The exercise.
    submissions : sequence of StudentResult
        What was handed in for it and could be graded, each student once.
    """
    common = {task.id for task in _common(exercise)}
    rights = [
        sum(answer.status == "right" for answer in one.tasks if answer.task in common)
        for one in submissions
    ]
    return ExerciseSummary(
        exercise,
        len(submissions),
        statistics.median(rights) if rights else None,
        len(common),
        tuple(_summarize_task(task, exercise, submissions) for task in exercise.tasks),
    )


def summaries(results: ClassResults) -> tuple[ExerciseSummary, ...]:
    """Say how a class did in each exercise."""
    return tuple(
        summarize(exercise, results.of_exercise(exercise.number)) for exercise in results.exercises
    )


def _summarize_task(
    task: GradedTask, exercise: GradedExercise, submissions: Sequence[StudentResult]
) -> TaskSummary:
    answers = [_by_task(one).get(task.id) for one in submissions]
    statuses = Counter(answer.status if answer else "not run" for answer in answers)
    marks = [answer.points for answer in answers if answer and is_marked(answer)]
    return TaskSummary(
        task,
        len(submissions),
        statuses["right"],
        statuses["wrong"] + statuses["unreadable"],
        statuses["missing"] + statuses["not run"],
        statuses["to read"] - len(marks),
        len(marks),
        statistics.fmean(marks) if marks else None,
        _wrong_answers([answer for answer in answers if answer is not None]),
        discrimination(task, exercise, submissions),
    )


def _wrong_answers(answers: Sequence[TaskResult]) -> tuple[WrongAnswer, ...]:
    kinds = Counter(
        (answer.mistake, answer.misconception, answer.message)
        for answer in answers
        if answer.status == "wrong"
    )
    return tuple(
        WrongAnswer(*kind, students)
        for kind, students in sorted(kinds.items(), key=lambda item: (-item[1], item[0]))
    )


def misunderstandings(results: ClassResults) -> tuple[Misunderstanding, ...]:
    """Count how many students showed each misunderstanding, commonest first; each student once."""
    shown: dict[str, dict[str, set[str]]] = {}
    for one in results.submissions:
        for answer in one.tasks:
            if answer.misconception:
                tasks = shown.setdefault(answer.misconception, {})
                tasks.setdefault(answer.task, set()).add(one.student)
    counted = []
    for identifier, tasks in shown.items():
        where = {task.partition(".")[0] for task in tasks}
        could = {one.student for number in where for one in results.of_exercise(number)}
        students = set().union(*tasks.values())
        counted.append(
            Misunderstanding(
                identifier, len(students), len(could | students), tuple(sorted(tasks, key=_place))
            )
        )
    return tuple(sorted(counted, key=lambda one: (-one.students, one.id)))


def by_name(student: str) -> tuple[str, str]:
    """Give the key that sorts names as a list of a class does: É beside E, small beside capital."""
    letters = unicodedata.normalize("NFKD", student)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.casefold(), student


def _place(task: str) -> tuple[str, int]:
    lesson, _, number = task.partition(".")
    return lesson, int(number) if number.isdigit() else 0


def conversations(results: ClassResults) -> tuple[Conversation, ...]:
    """Say with whom a word may help, by name; the rules are the constants above.

    Three things count, each by itself: half of an exercise's tasks (without the stretch) left empty; fewer
    than half right among at least three answers; the same misunderstanding in two tasks or more.
    """
    tasks = {task.id: task for exercise in results.exercises for task in exercise.tasks}
    students: dict[str, list[StudentResult]] = {}
    for one in results.submissions:
        if could_be_graded(one):
            students.setdefault(one.student, []).append(one)
    found = []
    for student, handed_in in sorted(students.items(), key=lambda item: by_name(item[0])):
        reasons = [reason for one in handed_in for reason in _reasons(one, tasks)]
        often = Counter(
            answer.misconception
            for one in handed_in
            for answer in one.tasks
            if answer.misconception
        )
        if often and max(often.values()) >= SAME_MISUNDERSTANDING:
            reasons.append("The same misunderstanding came up more than once.")
        if reasons:
            first = sorted(often, key=lambda identifier: (-often[identifier], identifier))
            found.append(Conversation(student, tuple(reasons), tuple(first)))
    return tuple(found)


def _reasons(submission: StudentResult, tasks: dict[str, GradedTask]) -> list[str]:
    common = [answer for answer in submission.tasks if not tasks[answer.task].stretch]
    empty = sum(not is_given(answer) for answer in common)
    judged = [answer for answer in common if answer.status in ("right", "wrong", "unreadable")]
    right = sum(answer.status == "right" for answer in judged)
    reasons = []
    if common and empty >= LEFT_EMPTY * len(common):
        reasons.append(
            f"In exercise {submission.exercise}, {empty} of {len(common)} tasks are still empty."
        )
    if len(judged) >= ENOUGH_ANSWERS and right < FEW_RIGHT * len(judged):
        reasons.append(
            f"In exercise {submission.exercise}, {right} of {len(judged)} answers are right so far."
        )
    return reasons


def shown_to_all(count: int, among: int) -> str:
    """Say a count so that nobody can be recognized by it.

    Fewer than three, nobody included, are not told apart; nor are all from all but one or two, because the
    one or two could be recognized just as well. Between them the share is rounded to tenths, so that no two
    numbers on the page can be subtracted from one another to find a few.

    Parameters
    ----------
    count, among : int
        How many of how many.

    Returns
    -------
    str
        The words for a page that everybody sees; ``""`` where the class is too small for any.
    """
    tenths = tenths_to_show(count, among)
    if tenths is not None:
        return f"about {tenths} in 10"
    if among < 2 * FEWEST_TO_SHOW:
        return ""
    return f"fewer than {FEWEST_TO_SHOW}" if count < FEWEST_TO_SHOW else "all or nearly all"


def tenths_to_show(count: int, among: int) -> int | None:
    """Round a share to tenths, from 1 to 9; None where few could be recognized (see `shown_to_all`)."""
    if min(count, among - count) < FEWEST_TO_SHOW:
        return None
    return min(9, max(1, math.floor(10 * count / among + 0.5)))
