"""Grade one submission: run it apart, have its values judged, and say what came of every task."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tutor.workshop.grading.assignments import Assignment
from tutor.workshop.grading.collect import Submission
from tutor.workshop.grading.judge import Judgement, judge_apart
from tutor.workshop.grading.results import GradedTask, StudentResult, TaskResult
from tutor.workshop.grading.run import Isolation, Limits, Run, run_apart


@dataclass(frozen=True)
class Graded:
    """The result of one submission, and what only the instructor's own pages show.

    Parameters
    ----------
    result : StudentResult
        What came of each task.
    given : mapping of str to str
        By task, the answer in a line, or the text of an argument.
    digest : str
        Digest of the file that was graded.
    out_of_time : bool
        Whether time decided, or the notebook broke off.
    failed : bool
        Whether the grader failed, so that the next run tries again.
    """

    result: StudentResult
    given: Mapping[str, str]
    digest: str
    out_of_time: bool = False
    failed: bool = False


def grade_one(
    submission: Submission,
    assignment: Assignment,
    furnished: Path,
    isolation: Isolation,
    limits: Limits,
    stop: threading.Event | None = None,
) -> Graded:
    """Grade one submission; the arguments are those of `run_apart`.

    Returns
    -------
    Graded
        A result for every task of the exercise, whatever the notebook does.

    Raises
    ------
    ChecksError
        The instructor's checks cannot be loaded.
    """
    if submission.trouble:
        run = Run(trouble=f"{submission.trouble.rstrip('.')}.")
    else:
        run = run_apart(submission.cells, assignment, furnished, isolation, limits, stop)
    tasks = assignment.exercise.tasks
    arguments = [task.id for task in tasks if task.kind == "argue"]
    judged = judge_apart(assignment.checks, run.handed, arguments)
    results = tuple(
        _result(task, judged.get(task.id), run.ends.get(task.id, ()), run.trouble) for task in tasks
    )
    return Graded(
        StudentResult(
            submission.student, submission.exercise, submission.file, run.trouble, results
        ),
        {task: judgement.given for task, judgement in judged.items()},
        submission.digest,
        run.out_of_time,
    )


def not_graded(submission: Submission, assignment: Assignment, problem: Exception) -> Graded:
    """Give the result of a submission on which the grader itself failed: all others are graded."""
    trouble = f"The grader failed on this notebook ({type(problem).__name__}): please look at it yourself."
    results = tuple(
        TaskResult(task.id, "not run", 0, task.points, message=trouble)
        for task in assignment.exercise.tasks
    )
    result = StudentResult(
        submission.student, submission.exercise, submission.file, trouble, results
    )
    return Graded(result, {}, submission.digest, failed=True)


def _result(
    task: GradedTask,
    judgement: Judgement | None,
    ends: Sequence[tuple[str, str]],
    trouble: str,
) -> TaskResult:
    if judgement is None:
        message, hint = _why_not_run(task.id, ends, trouble)
        return TaskResult(task.id, "not run", 0, task.points, message=message, hint=hint)
    status, points = judgement.status, 0
    if status not in ("right", "wrong", "missing"):
        status = "unreadable"
    if status == "right":
        points = task.points
    if task.kind == "argue" and status in ("right", "wrong"):
        # The check sees length and evidence; the thought is for a human.
        status, points = "to read", None
    return TaskResult(
        task.id,
        status,
        points,
        task.points,
        judgement.mistake,
        judgement.misconception,
        judgement.message,
        judgement.hint,
    )


_AGAIN = "Choose Run, Restart Kernel and Run All Cells before you hand in, and look for red."


def _why_not_run(task: str, ends: Sequence[tuple[str, str]], trouble: str) -> tuple[str, str]:
    kinds = dict(ends)
    if "time" in kinds:
        return "The cell of this task did not come to an end.", "Is there a loop that never stops?"
    if "output" in kinds:
        return "The cell of this task printed without end.", "Is there a loop that never stops?"
    if "died" in kinds:
        return "The cell of this task ended the kernel, so nothing could be handed over.", _AGAIN
    if "error" in kinds:
        return (
            f"The cell of this task stopped with {kinds['error'] or 'an error'} before its answer was "
            "looked at.",
            _AGAIN,
        )
    if trouble and not ends:
        return "The notebook did not get as far as this task.", trouble
    return (
        "No cell of your notebook hands over an answer to this task.",
        f'The last line of the cell was check("{task}", answer): put it back.',
    )
