"""Write into the instructor's guide what follows from lessons, question bank, checks and solutions.

The pages lie in ``solutions/guide``, one for each lesson, and are written by hand, but for the parts
between two markers such as ``<!-- lesson:begin -->`` and ``<!-- lesson:end -->``:

* ``lesson``: the contract of the lesson (question, objectives, minutes, terms, key points);
* ``questions``: what the lesson asks, in its order, with the right answers;
* ``misconceptions``: those of the contract, each with the wrong answers that show it;
* ``exercise``: the tasks, and the slips that their checks know by name;
* ``rubric``: the rubric of the written argument, out of the solution;
* ``rows``: what the page links to, with its sources; the links ``[1860](#E003)`` lead there.

Any other page may have ``rows`` too, and parts over the whole course: ``sessions`` (the pages, with
question and minutes), ``points`` and ``rubrics`` (of all exercises), and one for each of the ``PATHS``.

`python -m tutor guide` writes them; with ``--check`` it says which pages do not fit. What is written
by hand is held to `tutor.workshop.guide_rules`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType

from tutor.checks.engine import Task
from tutor.data.citations import citation
from tutor.data.statements import sentence, shortly
from tutor.interaction.questions import Question
from tutor.workshop.contracts import Exercise, Lesson, exercise_of, lesson_of
from tutor.workshop.exercises import RUBRIC_TAG
from tutor.workshop.notebooks import (
    COURSE_NUMBERS,
    REPOSITORY,
    Call,
    Notebook,
    calls,
    course_notebooks,
    first_argument,
    lines_outside_fences,
)
from tutor.workshop.python_taught import tasks_that_teach_what_is_missing

FOLDER = Path("solutions") / "guide"
ASKING = ("predict", "quiz")
KINDS_OF_TASK = {"read": "read", "compute": "compute", "argue": "argue in writing"}

# Which lessons make a shorter course, by the names of their markers.
PATHS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "three": ("01", "06", "09"),
        "threerecord": ("01", "06", "10"),
        "threemarkets": ("03", "04", "05"),
        "five": ("01", "03", "06", "08", "10"),
        "fivesummit": ("01", "03", "06", "07", "09"),
        "ten": tuple(number for number in COURSE_NUMBERS if number != "00"),
    }
)

_MARKER = re.compile(r"^<!-- (?P<name>[a-z]+):(?P<end>begin|end) -->$", re.MULTILINE)
_PART = re.compile(
    r"^<!-- (?P<name>[a-z]+):begin -->\n.*?^<!-- (?P=name):end -->$", re.MULTILINE | re.DOTALL
)
_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_ID = re.compile(r"\bid=[\"']([^\"']+)[\"']")
_LINK_TO_ROW = re.compile(r"\]\(#([^()\s]+)\)")


@dataclass(frozen=True)
class Asked:
    """A question where a lesson asks it.

    Attributes
    ----------
    question
        The question of the bank.
    section
        The heading of level two under which it stands.
    shows
        The call whose chart a prediction opens, such as ``"lower_tumen_map"``, or an empty text.
    """

    question: Question
    section: str
    shows: str


@dataclass(frozen=True)
class Session:
    """What the course knows about one session: the lesson and what belongs to it.

    Attributes
    ----------
    notebook
        The lesson.
    solution
        The solution of its exercise, or `None`.
    bank
        All questions of the course, by id.
    tasks
        All tasks of the exercises with their checks, by id.
    """

    notebook: Notebook
    solution: Notebook | None
    bank: Mapping[str, Question]
    tasks: Mapping[str, Task]

    @cached_property
    def lesson(self) -> Lesson:
        """The contract of the lesson."""
        return lesson_of(self.notebook)

    @cached_property
    def exercise(self) -> Exercise | None:
        """The contract of its exercise, or `None`."""
        return None if self.solution is None else exercise_of(self.solution)

    @property
    def page(self) -> Path:
        """The page of the guide, from the root of the repository."""
        return FOLDER / f"{self.notebook.path.stem}.md"

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """What the lesson asks, in its order."""
        return tuple(
            Asked(self.bank[first_argument(call)], self._section_of(call), _shown_by(call))
            for call in calls(self.notebook)
            if call.name in ASKING and first_argument(call) in self.bank
        )

    def _section_of(self, call: Call) -> str:
        before = [
            heading.text
            for heading in self.notebook.headings
            if heading.level <= 2 and heading.cell < call.cell
        ]
        return before[-1] if before else ""


def _shown_by(call: Call) -> str:
    import ast

    match call.node.args:
        case [_, ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)), *_]:
            return name
    return ""


def sessions(root: Path = REPOSITORY) -> tuple[Session, ...]:
    """Read what is known about every session, in the order of the course.

    Raises
    ------
    ValueError
        If a contract does not fit its schema.
    """
    from tutor.checks import tasks as all_tasks
    from tutor.interaction.questions import question_bank

    solutions = {notebook.number: notebook for notebook in course_notebooks(root, "solutions")}
    bank, tasks = question_bank(), all_tasks()
    return tuple(
        Session(lesson, solutions.get(lesson.number), bank, tasks)
        for lesson in course_notebooks(root, "lessons")
    )


# ------------------------------------------------------------------ the parts


def lesson_part(session: Session) -> str:
    """Write the contract of the lesson."""
    lesson = session.lesson
    links = [f"[lesson](../../{lesson.path})"]
    if session.exercise:
        links += [f"[exercise](../../{lesson.exercise})", f"[solution](../{_name(session)})"]
    lines = [
        " · ".join(links),
        "",
        f"**The question.** {lesson.question}",
        "",
        f"**Minutes.** {lesson.minutes_to_teach} in class; alone {lesson.minutes_to_do}"
        + (f", and {session.exercise.minutes} for the exercise." if session.exercise else "."),
        "",
        f"**Builds on.** {_enumerated(lesson.requires)}",
        "",
        "**Afterwards students can**",
        "",
        *(f"- {objective[0].lower()}{objective[1:]}" for objective in lesson.objectives),
        "",
        "**Key points**",
        "",
        *(f"- {sentence(point)}" for point in lesson.key_points),
        "",
        "**Sections, with the minutes they take alone.** "
        + ", ".join(f"*{section.title}* {section.minutes}" for section in lesson.sections)
        + ".",
    ]
    if lesson.terms:
        terms = ", ".join(f"[{citation(term).name}](#{term})" for term in lesson.terms)
        lines += ["", f"**Terms.** {terms}."]
    return "\n".join(lines)


def _name(session: Session) -> str:
    return session.solution.path.name if session.solution else ""


def _enumerated(numbers: tuple[str, ...]) -> str:
    if not numbers:
        return "Nothing."
    word = "Lesson" if len(numbers) == 1 else "Lessons"
    head = ", ".join(numbers[:-1])
    return f"{word} {f'{head} and ' if head else ''}{numbers[-1]}."


def questions_part(session: Session) -> str:
    """Write what the lesson asks, with the right answers."""
    rows = [
        (
            f"`{asked.question.id}`",
            asked.section,
            asked.question.prompt,
            right_answer(asked.question),
            f"`{asked.shows}`" if asked.shows else "",
        )
        for asked in session.asked
    ]
    return _table(("Id", "Section", "Asked", "Right", "Then shows"), rows)


def right_answer(question: Question) -> str:
    """Write the right answer of a question."""
    if question.kind == "number":
        within = f", within {question.tolerance:g}" if question.tolerance else ""
        return f"{question.right_number:g} {question.unit}".strip() + within
    if question.kind == "order":
        return "; ".join(
            f"{place}. {option.text.rstrip('.')}"
            for place, option in enumerate(question.options, 1)
        )
    right = [option.text for option in question.options if option.right]
    return right[0] if len(right) == 1 else "; ".join(text.rstrip(".") for text in right)


def misconceptions_part(session: Session) -> str:
    """Write the misconceptions of the contract, each with the wrong answers that show it."""
    blocks = []
    for misconception in session.lesson.misconceptions:
        shown = [
            *_shown_by_answers(session.bank, misconception.id),
            *_shown_by_mistakes(session.tasks, misconception.id),
        ]
        said = shown or ["- no question and no task: listen for it"]
        blocks.append("\n".join([f"**{misconception.id}** {misconception.text}", "", *said]))
    return "\n\n".join(blocks)


def _shown_by_answers(bank: Mapping[str, Question], misconception: str) -> Iterator[str]:
    for question in bank.values():
        for option in question.options:
            if option.misconception == misconception:
                missing = " not ticked" if option.right else ""
                yield f"- `{question.id}`{missing}: {_quoted(option.text)}"
        for numbers in question.ranges:
            if numbers.misconception == misconception:
                low, high = (max(numbers.low, question.low), min(numbers.high, question.high))
                given = f"{low:g}" if low == high else f"a number from {low:g} to {high:g}"
                yield f"- `{question.id}`: {given} {question.unit}".rstrip()


def _shown_by_mistakes(tasks: Mapping[str, Task], misconception: str) -> Iterator[str]:
    for task in tasks.values():
        for mistake in task.mistakes:
            if mistake.misconception == misconception:
                yield f"- task {task.id}, {mistake.name}: {_quoted(mistake.message)}"


def _quoted(text: str) -> str:
    return text if text.startswith("“") and text.endswith("”") else f"“{text}”"


def exercise_part(session: Session) -> str:
    """Write the tasks of the exercise, and the slips that their checks know by name."""
    if session.exercise is None:
        return "This lesson has no exercise."
    rows = [
        (
            task.id,
            task.title,
            KINDS_OF_TASK[task.kind] + (", stretch" if task.stretch else ""),
            str(task.points),
            "; ".join(mistake.name for mistake in session.tasks[task.id].mistakes),
        )
        for task in session.exercise.tasks
    ]
    total = sum(task.points for task in session.exercise.tasks)
    stretch = sum(task.points for task in session.exercise.tasks if task.stretch)
    points = f"{len(rows)} tasks, {total} points, {stretch} of them for the stretch task."
    table = _table(("Task", "Title", "Kind", "Points", "Slips the check knows"), rows)
    return f"{points}\n\n{table}"


def rubric_part(session: Session) -> str:
    """Write the rubric of the written argument as it stands in the solution."""
    if session.solution is None:
        return "This lesson has no written argument."
    cells = [cell for cell in session.solution.markdown_cells if RUBRIC_TAG in cell.tags]
    # Its own heading would stand below the page's, one level too deep.
    return "\n\n".join(re.sub(r"^#+ (.*)$", r"**\1**", cell.source, flags=re.M) for cell in cells)


def sessions_part(known: Sequence[Session]) -> str:
    """Write the list of all sessions, with links from the folder of the guide."""
    rows = [
        (
            s.lesson.number,
            f"[{s.lesson.title}]({s.page.name})",
            s.lesson.question,
            f"{s.lesson.minutes_to_teach} min",
            f"{s.lesson.minutes_to_do} min",
            f"{s.exercise.minutes} min" if s.exercise else "-",
        )
        for s in known
    ]
    return _table(("No.", "Session", "The question", "In class", "Alone", "Exercise"), rows)


def points_part(known: Sequence[Session]) -> str:
    """Write what every exercise holds, in points."""
    rows = []
    for session in known:
        if session.exercise is None:
            continue
        tasks = session.exercise.tasks
        argued = [task for task in tasks if task.kind == "argue"]
        rows.append(
            (
                f"[{session.lesson.number}](../../{session.lesson.exercise})",
                str(len(tasks)),
                str(sum(task.points for task in tasks)),
                str(sum(task.points for task in argued)),
                str(sum(task.points for task in tasks if task.stretch)),
                "; ".join(f"{task.id} {task.title}" for task in argued),
            )
        )
    header = ("Exercise", "Tasks", "Points", "for arguing", "for the stretch", "Written argument")
    return _table(header, rows)


def rubrics_part(known: Sequence[Session]) -> str:
    """Write all rubrics, each under the name of its exercise."""
    return "\n\n".join(
        f"### {session.lesson.number} {session.lesson.title}\n\n{rubric_part(session)}"
        for session in known
        if session.solution is not None
    )


def path_part(known: Sequence[Session], numbers: Sequence[str]) -> str:
    """Write a path: its lessons, their minutes, and what they build on that it leaves out."""
    chosen = [session for session in known if session.lesson.number in numbers]
    rows = [
        (
            str(place),
            f"[{session.lesson.number} {session.lesson.title}]({session.page.name})",
            f"{session.lesson.minutes_to_teach} min",
            f"{session.exercise.minutes} min" if session.exercise else "-",
            ", ".join(n for n in session.lesson.requires if n not in ("00", *numbers)) or "-",
        )
        for place, session in enumerate(chosen, 1)
    ]
    taught = sum(session.lesson.minutes_to_teach for session in chosen)
    home = sum(session.exercise.minutes for session in chosen if session.exercise)
    rows.append(("", "together", f"{taught} min", f"{home} min", ""))
    table = _table(("Session", "Lesson", "In class", "Exercise", "Builds on, left out"), rows)
    left_out = [session for session in known if session not in chosen]
    teaching = tasks_that_teach_what_is_missing(_solutions(chosen), _solutions(left_out))
    if not teaching:
        return table
    tasks = "; ".join(f"task {task} ({', '.join(names)})" for task, names in teaching.items())
    return f"{table}\n\nPython that these exercises use and others teach: {tasks}."


def _solutions(chosen: Iterable[Session]) -> list[Notebook]:
    return [session.solution for session in chosen if session.solution is not None]


def rows_part(page: str) -> str:
    """Write what a page links to: each row with its sources, where its links lead.

    A link to a heading of the page is left alone.

    Parameters
    ----------
    page
        The whole page; the part that is already there does not count.
    """
    rest = with_part(page, "rows", "") if "<!-- rows:begin -->" in page else page
    linked = set(_LINK_TO_ROW.findall(rest)) - anchors_of_page(rest)
    ids = sorted(linked, key=_in_order)
    entries = [f'- <a id="{row}"></a>**{row}** {_escaped(_row_says(row))}' for row in ids]
    return "\n".join(["In a notebook, `cite` says more of each.", "", *entries])


def _in_order(row: str) -> tuple[bool, str]:
    return (row[0].islower(), row)


def _row_says(row: str) -> str:
    from tutor.derived import all_derived

    if row in all_derived():
        derived = all_derived()[row]
        return f"{derived.name}: {derived.printed}. {derived.how}"
    entry = citation(row)
    if entry.table == "bibliography":
        return entry.says
    sources = f" From: {sentence(shortly(entry.sources))}" if entry.sources else ""
    care = ", ".join(dispute.id for dispute in entry.disputes)
    return sentence(entry.says) + sources + (f" Take care: {care}." if care else "")


def _escaped(text: str) -> str:
    return re.sub(r"([*_<>\[\]|])", r"\\\1", text)


def _table(header: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    escaped = ((cell.replace("|", "\\|").replace("\n", " ") for cell in line) for line in lines)
    return "\n".join(f"| {' | '.join(line)} |" for line in escaped)


# ------------------------------------------------------------------ pages


def slug(heading: str) -> str:
    """Return the anchor that GitHub makes for a heading."""
    shown = re.sub(r"\[([^\[\]]*)\]\([^()]*\)", r"\1", heading)
    return re.sub(r"[^\w\- ]", "", shown.lower()).replace(" ", "-")


def anchors_of_page(text: str) -> frozenset[str]:
    """Return what a ``#target`` can reach in a page of Markdown: headings and ids."""
    slugs: list[str] = []
    for line in lines_outside_fences(text):
        if match := _HEADING.match(line):
            plain = slug(match[2])
            slugs.append(plain if plain not in slugs else f"{plain}-{slugs.count(plain)}")
    return frozenset(slugs) | frozenset(_ID.findall(text))


def parts(session: Session) -> dict[str, str]:
    """Return the parts that are made for a session's page, by the names of their markers."""
    return {
        "lesson": lesson_part(session),
        "questions": questions_part(session),
        "misconceptions": misconceptions_part(session),
        "exercise": exercise_part(session),
        "rubric": rubric_part(session),
    }


def course_parts(known: Sequence[Session]) -> dict[str, str]:
    """Return the parts over the whole course, by the names of their markers."""
    return {
        "sessions": sessions_part(known),
        "points": points_part(known),
        "rubrics": rubrics_part(known),
        **{name: path_part(known, numbers) for name, numbers in PATHS.items()},
    }


def with_part(page: str, name: str, text: str) -> str:
    """Return a page with a text between the markers of this name.

    Raises
    ------
    ValueError
        If the page does not have both markers, once each and in order.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    found = [match["end"] for match in _MARKER.finditer(page) if match["name"] == name]
    if found != ["begin", "end"]:
        raise ValueError(f"needs the lines {begin} and {end}, once each, in this order.")
    head, _, rest = page.partition(begin)
    tail = rest.partition(end)[2]
    return f"{head}{begin}\n{text}\n{end}{tail}"


def marked_parts(page: str) -> frozenset[str]:
    """Return the names of the parts that a page has markers for."""
    return frozenset(match["name"] for match in _MARKER.finditer(page))


def without_parts(page: str) -> str:
    """Return what is written by hand in a page of the guide."""
    return _PART.sub("", page)


def written_page(page: str, made: Mapping[str, str]) -> str:
    """Return a page with all parts that it has markers for.

    Raises
    ------
    ValueError
        If a marker is missing, or has a name that no part has.
    """
    unknown = marked_parts(page) - made.keys() - {"rows"}
    if unknown:
        known = ", ".join(sorted({*made, "rows"}))
        raise ValueError(f"has markers for {', '.join(sorted(unknown))}; there are: {known}.")
    for name, text in made.items():
        if name in marked_parts(page):
            page = with_part(page, name, text)
    return with_part(page, "rows", rows_part(page)) if "rows" in marked_parts(page) else page


@dataclass(frozen=True)
class MadePage:
    """A page of the guide: its path, what it should hold, and what keeps it from being made."""

    path: Path
    text: str
    problem: str = ""

    @property
    def is_written(self) -> bool:
        """Whether the file holds just that."""
        return self.path.read_bytes() == self.text.encode()


def made_pages(root: Path = REPOSITORY) -> list[MadePage]:
    """Return what each page of the guide should hold, if it is there.

    A page holds the parts that it has markers for. A page with a wrong marker, or with a link to a
    row that is not there, stays as it is.

    Raises
    ------
    ValueError
        If a contract cannot be read.
    """
    folder = root / FOLDER
    if not folder.is_dir():
        return []
    known = sessions(root)
    by_page = {root / session.page: session for session in known}
    of_course = course_parts(known)
    return [
        _made_page(path, parts(by_page[path]) if path in by_page else of_course)
        for path in sorted(folder.glob("*.md"))
    ]


def _made_page(path: Path, made: Mapping[str, str]) -> MadePage:
    text = path.read_text(encoding="utf-8")
    try:
        return MadePage(path, written_page(text, made))
    except (KeyError, ValueError) as error:
        return MadePage(path, text, str(error.args[0]))


def guide_problems(root: Path = REPOSITORY) -> list[str]:
    """Say which pages of the guide do not fit lessons, questions, checks and solutions."""
    pages = made_pages(root)
    return [f"{p.path.relative_to(root)}: {p.problem}" for p in pages if p.problem] + [
        f"{p.path.relative_to(root)} does not fit the lessons: run python -m tutor guide."
        for p in pages
        if not p.is_written
    ]


def main(argv: list[str] | None = None) -> int:
    """Write the parts of the instructor's guide that are made from the course."""
    parser = argparse.ArgumentParser(prog="python -m tutor guide", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail on differences")
    parser.add_argument("--root", type=Path, default=REPOSITORY, help=argparse.SUPPRESS)
    arguments = parser.parse_args(argv)
    root = arguments.root.resolve()
    try:
        if not arguments.check:
            for page in made_pages(root):
                if not page.is_written:
                    page.path.write_bytes(page.text.encode())
                    print(f"{page.path} written")
        problems = guide_problems(root)
    except ValueError as error:  # a contract that cannot be read
        print(error, file=sys.stderr)
        return 2
    print("\n".join(problems) or "The guide fits the lessons.")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
