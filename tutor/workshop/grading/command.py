"""Grade a folder of submitted exercises: `python -m tutor grade FOLDER`."""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import json
import re
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TextIO

from tutor.workshop.bootstrap import COURSE
from tutor.workshop.grading import gradebook, marking, pages, results, room
from tutor.workshop.grading.assignments import (
    Assignment,
    AssignmentError,
    course_assignments,
    own_assignments,
)
from tutor.workshop.grading.collect import Collection, Submission, collect
from tutor.workshop.grading.files import write_text
from tutor.workshop.grading.grading_one import Graded, grade_one, not_graded
from tutor.workshop.grading.judge import ChecksError, try_checks
from tutor.workshop.grading.run import Isolation, Limits, find_isolation
from tutor.workshop.notebooks import REPOSITORY

SAVED = "graded"
"""Folder in the output that holds what is done already, so that a run can be taken up again."""

Grader = Callable[[Submission], Graded]


_REFUSAL = (
    "So nothing was run. Grade on Linux (on Windows: in WSL) or in a virtual machine. Ubuntu keeps users "
    "from making namespaces until you type: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0. If "
    "you trust everyone whose notebook is in the folder, say --even-without-rooms."
)


class _BrokenOffError(Exception):
    """The instructor broke the run off."""


@dataclass(frozen=True)
class Progress:
    """A bar of plain text, or a line for each notebook where no bar can be drawn."""

    stream: TextIO
    total: int

    def show(self, done: int, name: str) -> None:
        """Say how many are done, and which was the last."""
        words = f"{done}/{self.total}  {name}"
        if self.stream.isatty():
            filled = 30 * done // max(self.total, 1)
            self.stream.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {words[:44]:<44}")
            if done == self.total:
                self.stream.write("\n")
        else:
            self.stream.write(f"{words}\n")
        self.stream.flush()


def version_of(assignment: Assignment) -> str:
    """Give a digest of all that decides how an exercise is graded, its checks included."""
    package = Path(__file__).parent
    tutor = package.parents[1]
    own = assignment.checks.endswith(".py")
    checks = Path(assignment.checks) if own else tutor / "checks" / f"{assignment.checks[-9:]}.py"
    files = [
        *sorted(package.glob("*.py")),
        tutor / "checks" / "engine.py",
        tutor / "interaction" / "reading.py",
        checks,
    ]
    content = b"".join(path.read_bytes() for path in files)
    contract = json.dumps(asdict(assignment.exercise)).encode()
    return hashlib.sha256(content + contract).hexdigest()


class Saved:
    """What is graded already, one file a submission."""

    def __init__(self, folder: Path, versions: Mapping[str, str], limits: Limits) -> None:
        self._folder = folder / SAVED
        self._versions = versions
        self._limits = limits

    def _path(self, submission: Submission) -> Path:
        parts = [
            *(submission.student, submission.exercise, submission.file, submission.digest),
            *(submission.trouble, self._versions[submission.exercise], repr(self._limits)),
        ]
        key = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
        return self._folder / f"{key}.json"

    def get(self, submission: Submission) -> Graded | None:
        """Give what is saved for a submission; None if nothing is, or if anything has changed."""
        try:
            content = json.loads(self._path(submission).read_text(encoding="utf-8"))
            return Graded(**content | {"result": results.student_result(content["result"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, submission: Submission, graded: Graded) -> None:
        """Save what came of a submission; what the grader failed on is tried again in the next run."""
        if graded.failed:
            return
        write_text(self._path(submission), json.dumps(asdict(graded), ensure_ascii=False))

    def keep_only(self, submissions: Sequence[Submission]) -> None:
        """Remove what belongs to no submission of now."""
        wanted = {self._path(each) for each in submissions}
        for path in self._folder.glob("*.json"):
            if path not in wanted:
                path.unlink()


def grade_all(
    submissions: Sequence[Submission],
    grader: Grader,
    saved: Saved,
    progress: Progress,
    at_once: int,
    stop: threading.Event,
) -> list[Graded]:
    """Grade all submissions that are not graded yet, some at a time; save each when it is done.

    A notebook that ran out of time beside another one is run once more, alone, when all others are done:
    what one student's notebook takes away must not cost another's points.
    """
    done = {each: graded for each in submissions if (graded := saved.get(each))}
    count = len(done)
    if count:
        progress.show(count, "done before")
    again = []
    for submission, graded in _in_parallel(
        [each for each in submissions if each not in done], grader, at_once, stop
    ):
        if graded.out_of_time and at_once > 1:
            again.append(submission)
            continue
        count += 1
        done[submission] = graded
        saved.put(submission, graded)
        progress.show(count, submission.student)
    for submission, graded in _in_parallel(again, grader, 1, stop):
        count += 1
        done[submission] = graded
        saved.put(submission, graded)
        progress.show(count, submission.student)
    return [done[each] for each in submissions]


def _in_parallel(
    submissions: Sequence[Submission], grader: Grader, at_once: int, stop: threading.Event
) -> Iterator[tuple[Submission, Graded]]:
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        waiting: dict[Future[Graded], Submission] = {
            pool.submit(grader, each): each for each in submissions
        }
        try:
            while waiting:
                # A short wait, as on Windows nothing interrupts a long one.
                ended, _ = wait(waiting, timeout=0.5, return_when=FIRST_COMPLETED)
                for each in ended:
                    submission = waiting.pop(each)
                    yield submission, each.result()
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def misconceptions(root: Path = REPOSITORY) -> dict[str, str]:
    """Give what each misconception of the lessons' contracts says, by id."""
    found = {}
    for path in sorted((root / "lessons").glob("*.ipynb")):
        contract = json.loads(path.read_text(encoding="utf-8"))["metadata"].get("course", {})
        found |= {each["id"]: each["text"] for each in contract.get("misconceptions", ())}
    return found


def write_everything(
    folder: Path,
    graded: Sequence[Graded],
    collection: Collection,
    assignments: Mapping[str, Assignment],
    separator: str = ",",
) -> tuple[results.Results, list[str]]:
    """Write results, gradebook, marking sheet and pages of feedback; give what the instructor should know.

    Raises
    ------
    OSError
        A file cannot be written.
    """
    numbers = sorted({each.result.exercise for each in graded})
    found = results.Results(
        tuple(assignments[number].exercise for number in numbers),
        tuple(each.result for each in graded),
    )
    given = {
        (each.result.student, task): text for each in graded for task, text in each.given.items()
    }
    marks, notes = marking.read_marks(folder)
    found, changed = marking.with_marks(found, marks, given)
    rubrics = {
        task: text for number in numbers for task, text in assignments[number].rubrics.items()
    }
    results.write(found, folder)
    gradebook.write_csv(
        folder / "gradebook.csv", *gradebook.gradebook_rows(found), separator=separator
    )
    gradebook.write_csv(
        folder / "tasks.csv",
        *gradebook.task_rows(found, given, misconceptions()),
        separator=separator,
    )
    gradebook.write_csv(
        folder / "collected.csv", *gradebook.collected_rows(collection), separator=separator
    )
    if marking.write_marking(folder, found, marks, given, separator):
        sheet = pages.marking_sheet(found, given, rubrics, marks)
        write_text(folder / "marking.html", sheet)
    _write_feedback(folder / "feedback", found, given, marks)
    return found, [*notes, *changed]


def _write_feedback(
    folder: Path,
    found: results.Results,
    given: Mapping[marking.Key, str],
    marks: Mapping[marking.Key, marking.Mark],
) -> None:
    exercises = {each.number: each for each in found.exercises}
    of_student: dict[str, list[results.StudentResult]] = {}
    for result in found.students:
        of_student.setdefault(result.student, []).append(result)
    written = {
        write_text(
            folder / pages.file_name(student),
            pages.feedback(student, hers, exercises, given, marks),
        )
        for student, hers in of_student.items()
    }
    for path in folder.glob("*.html"):
        if path not in written:
            path.unlink()


def _arguments(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tutor grade", description=main.__doc__)
    parser.add_argument("folder", type=Path, help="the submissions: a folder or one zip file")
    parser.add_argument("--out", type=Path, help="where to write (default: FOLDER_graded)")
    parser.add_argument(
        "--tasks", type=Path, help="a folder with tasks of your own, used in place of the course's"
    )
    parser.add_argument(
        "--even-without-rooms",
        action="store_true",
        help="run notebooks also where this system cannot keep them from your files and the network",
    )
    parser.add_argument("--at-once", type=int, default=2, help="notebooks at a time (default: 2)")
    limits = Limits()
    parser.add_argument(
        "--cell-seconds",
        type=int,
        default=limits.cell_seconds,
        help="of processor time for one cell; by the clock three times that",
    )
    parser.add_argument("--seconds", type=int, default=limits.seconds, help="for one notebook")
    parser.add_argument(
        "--memory", type=int, default=limits.memory_megabytes, help="megabytes for one notebook"
    )
    parser.add_argument(
        "--separator",
        choices=(",", ";"),
        default=",",
        help="between the columns of the tables; ';' for spreadsheets in German, French and others",
    )
    arguments = parser.parse_args(argv)
    for name in ("at_once", "cell_seconds", "seconds", "memory"):
        if getattr(arguments, name) < 1:
            parser.error(f"--{name.replace('_', '-')} must be at least 1")
    return arguments


def main(argv: Sequence[str] | None = None, say: Callable[[str], None] = print) -> int:
    """Run submitted exercises apart from each other, and write gradebook, feedback and results."""
    arguments = _arguments(argv)
    folder: Path = arguments.folder
    if not folder.exists():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 1
    default = folder.resolve().with_name(f"{folder.resolve().stem}_graded")
    out: Path = arguments.out or default
    limits = Limits(
        cell_seconds=arguments.cell_seconds,
        cell_wait_seconds=3 * arguments.cell_seconds,
        seconds=arguments.seconds,
        memory_megabytes=arguments.memory,
    )
    try:
        return _grade(folder, out, arguments, limits, say)
    except (AssignmentError, ChecksError) as problem:
        print(problem, file=sys.stderr)
    except OSError as problem:
        where = problem.filename or out
        print(
            f"{where} cannot be written: {problem.strerror}. Is it open in a spreadsheet? Close it and "
            "run the command again; what is graded stays graded.",
            file=sys.stderr,
        )
    except KeyboardInterrupt:
        print(
            "\nBroken off. What is graded is saved: the same command takes up where it stopped.",
            file=sys.stderr,
        )
        return 130
    return 1


def _grade(
    folder: Path,
    out: Path,
    arguments: argparse.Namespace,
    limits: Limits,
    say: Callable[[str], None],
) -> int:
    assignments = course_assignments()
    if arguments.tasks:
        own = own_assignments(arguments.tasks)
        assignments |= own
        say(f"Tasks of your own are used for exercise {', '.join(sorted(own))}.")
    collection = collect(folder, assignments, leave_out=out)
    say(_found(collection))
    for note in _unknown_tasks(collection, assignments):
        say(note)
    if not collection.submissions:
        print(
            f"{folder} holds no exercise of the course: nothing was graded. A submission is the notebook "
            "from the folder exercises, filled in, in a folder or a zip file.",
            file=sys.stderr,
        )
        return 1
    used = {each.exercise: assignments[each.exercise] for each in collection.submissions}
    for number in used:
        try_checks(used[number].checks, used[number].task_ids)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tumen-course-") as place:
        furnished = room.furnish(Path(place) / "course")
        kept_out = (*room.kept_out(), folder, out, arguments.tasks)
        hidden = tuple(str(each.resolve()) for each in kept_out if each)
        isolation = replace(find_isolation(furnished), hidden=hidden)
        if not (isolation.namespaces or arguments.even_without_rooms):
            print("\n".join([*isolation.does_not_cover(), _REFUSAL]), file=sys.stderr)
            return 1
        _say_isolation(isolation, say)
        stop = threading.Event()

        def grader(submission: Submission) -> Graded:
            if stop.is_set():
                raise _BrokenOffError
            assignment = used[submission.exercise]
            try:
                graded = grade_one(submission, assignment, furnished, isolation, limits, stop)
            except Exception as problem:
                graded = not_graded(submission, assignment, problem)
            if stop.is_set():
                raise _BrokenOffError
            return graded

        saved = Saved(out, {number: version_of(each) for number, each in used.items()}, limits)
        graded = grade_all(
            collection.submissions,
            grader,
            saved,
            Progress(sys.stderr, len(collection.submissions)),
            arguments.at_once,
            stop,
        )
    saved.keep_only(collection.submissions)
    found, notes = write_everything(out, graded, collection, assignments, arguments.separator)
    for note in notes:
        say(note)
    _say_written(found, out, say)
    return 0


def _found(collection: Collection) -> str:
    students = len({each.student for each in collection.submissions})
    exercises = sorted({each.exercise for each in collection.submissions})
    others = len(collection.leftovers)
    said = (
        f"{_count(len(collection.submissions), 'notebook')} of {_count(students, 'student')}, "
        f"exercise{'s' if len(exercises) > 1 else ''} {', '.join(exercises) or '(none)'}."
    )
    return said + (f" Left out: {_count(others, 'file')}, see collected.csv." if others else "")


_CALL = re.compile(r"""\bcheck\(\s*["'](\d\d\.\d{1,3})["']""")


def _unknown_tasks(collection: Collection, assignments: Mapping[str, Assignment]) -> list[str]:
    """Say which tasks students answered that the exercise, as it is graded, does not have."""
    asked: dict[str, set[str]] = {}
    for each in collection.submissions:
        text = "\n".join(cell.source for cell in each.cells if cell.is_code)
        ours = {task for task in _CALL.findall(text) if task.startswith(f"{each.exercise}.")}
        asked.setdefault(each.exercise, set()).update(ours)
    unknown = {
        number: sorted(asked[number] - set(assignments[number].task_ids)) for number in asked
    }
    return [
        f"Exercise {number} is graded without {', '.join(tasks[:5])}: notebooks answer what it does not ask. "
        "If you handed out tasks of your own, say where they are: --tasks FOLDER."
        for number, tasks in sorted(unknown.items())
        if tasks
    ]


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _say_isolation(isolation: Isolation, say: Callable[[str], None]) -> None:
    say("How notebooks are kept apart on this system:")
    for line in isolation.covers():
        say(f"  {line}")
    say("What that does not cover:")
    for line in isolation.does_not_cover():
        say(f"  {line}")


def _say_written(found: results.Results, out: Path, say: Callable[[str], None]) -> None:
    waiting = sum(task.points is None for _, task in marking.to_read(found))
    troubled = [each for each in found.students if each.trouble]
    say(f"\nWritten to {out}:")
    say("  gradebook.csv   points, a row a student")
    say("  tasks.csv       a row a task, with the misunderstanding that the answer shows")
    say("  feedback        a page for each student, to hand back")
    say("  collected.csv   every file found, and what became of it")
    if marking.to_read(found):
        say("  marking.html    the written arguments, with the rubric")
        say(
            f"  marking.csv     for their points ({waiting} to be marked): fill it in, and run this again"
        )
    say(f'What the class misunderstood: {COURSE} report "{out}"')
    for each in troubled:
        say(f"{each.student}, exercise {each.exercise}: {each.trouble}")


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
