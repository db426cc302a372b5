"""What the pages of the instructor's guide keep to, rule by rule.

Each rule takes the page of a session and returns sentences that say what is wrong; an empty list means
that it holds. They look at what is written by hand: what is made stands in `tutor.workshop.guide`.
`link_problems` holds for any page of Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

from tutor.workshop.guide import (
    FOLDER,
    Session,
    anchors_of_page,
    marked_parts,
    sessions,
    without_parts,
)
from tutor.workshop.notebooks import REPOSITORY, anchors, calls, lines_outside_fences, read
from tutor.workshop.prose import NUMBERED, STEP, WORDS, references

SHORTER_PLAN = 45
LONGEST_ACTIVITY, SHORTEST_ACTIVITY = 25, 10
FEWEST_DISCUSSIONS, MOST_DISCUSSIONS = 4, 6
BOARD_LINES, BOARD_WIDTH = 15, 78

# Lesson 00 shows how the course works: it takes the first minutes of a session.
SHORT = frozenset({"00"})

QUESTIONS = "Questions of the lesson, and predictions as votes"
MISCONCEPTIONS = "Misconceptions to expect"
DISCUSSION = "Discussion questions"
BOARD = "On the board at the end"
ACTIVITY = "Class activity: "
HOMEWORK = "Homework"
ARGUMENT = "The written argument"
CLOSE = "To close"

MARKERS = {
    QUESTIONS: "questions",
    MISCONCEPTIONS: "misconceptions",
    HOMEWORK: "exercise",
    ARGUMENT: "rubric",
    "Rows this page links to": "rows",
}

_LINK = re.compile(r"(?<!\\)\]\((?:<([^<>]*)>|([^()\s]+))\)")
_CODE = re.compile(r"(`+)(.+?)\1", re.DOTALL)
_ASKED = re.compile(r"\d\d\.[pq]\d+")
_MINUTES = re.compile(r"(\d+)-(\d+)")
_STEP = re.compile(r"^\d+\. \*\((\d+) minutes?\)\*", re.MULTILINE)
_FENCED = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


@dataclass(frozen=True)
class PlanRow:
    """One row of a plan: its minutes, and what stands in the other cells."""

    start: int
    end: int
    instructor: str
    students: str
    lesson: str


@dataclass(frozen=True)
class SessionPage:
    """The page of a session, and what the course knows about the session."""

    text: str
    session: Session

    @cached_property
    def by_hand(self) -> str:
        """What is written by hand."""
        return without_parts(self.text)

    @cached_property
    def sections(self) -> dict[str, str]:
        """What is written by hand under each heading of level two, in order."""
        return sections(self.by_hand)

    @property
    def number(self) -> str:
        """Number of the lesson, such as ``"01"``."""
        return self.session.lesson.number

    @property
    def plans(self) -> tuple[int, ...]:
        """The minutes for which the page has to hold a plan."""
        minutes = self.session.lesson.minutes_to_teach
        return (minutes,) if self.number in SHORT else (minutes, SHORTER_PLAN)

    @property
    def written_plans(self) -> dict[int, list[PlanRow]]:
        """The plans that are there, by their minutes; rows without two numbers are passed over."""
        texts = {
            minutes: self.sections.get(f"Plan for {minutes} minutes") for minutes in self.plans
        }
        return {minutes: list(_plan_rows(text)) for minutes, text in texts.items() if text}

    @property
    def long_plan(self) -> list[PlanRow] | None:
        """The plan for the minutes of the contract, or `None`."""
        return self.written_plans.get(self.plans[0])

    @property
    def activity(self) -> str:
        """The heading of the class activity, or an empty text."""
        return next((name for name in self.sections if name.startswith(ACTIVITY)), "")


Rule = Callable[[SessionPage], list[str]]


def sections(text: str) -> dict[str, str]:
    """Return the text under each heading of level two, in order."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    fenced = False
    for line in text.splitlines(keepends=True):
        fenced ^= line.startswith("```")
        if line.startswith("## ") and not fenced:
            current = found.setdefault(line[3:].strip(), [])
        else:
            current.append(line)
    return {heading: "".join(lines) for heading, lines in found.items()}


def _plan_rows(table: str) -> Iterator[PlanRow]:
    for line in table.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 4 and (match := _MINUTES.fullmatch(cells[0])):
            yield PlanRow(int(match[1]), int(match[2]), *cells[1:])


# ------------------------------------------------------------------ rules


def has_title(page: SessionPage) -> list[str]:
    """Require that the page opens with the number and the title of the lesson."""
    title = f"# Session {page.number}: {page.session.lesson.title}"
    return [] if page.text.startswith(f"{title}\n") else [f"It does not open with {title!r}."]


def has_sections(page: SessionPage) -> list[str]:
    """Require the headings of a session's page, in their order."""
    headings = [ACTIVITY if name.startswith(ACTIVITY) else name for name in page.sections]
    wanted = _wanted_headings(page)
    missing = [f"The heading {name!r} is missing." for name in wanted if name not in headings]
    if missing:
        return missing
    placed = [name for name in headings if name in wanted]
    return [
        f"The heading {name!r} does not stand in its place, after {before!r}."
        for before, name, found in zip(["the title", *wanted], wanted, placed, strict=False)
        if name != found
    ][:1]


def _wanted_headings(page: SessionPage) -> list[str]:
    plans = [f"Plan for {minutes} minutes" for minutes in page.plans]
    if page.number in SHORT:
        return ["Before class", "Opening", *plans, QUESTIONS, "If the computers fail", CLOSE]
    return [
        *(
            "Before class",
            "Opening",
            *plans,
            QUESTIONS,
            MISCONCEPTIONS,
            DISCUSSION,
            BOARD,
            ACTIVITY,
        ),
        *("What may go wrong", "If the computers fail", HOMEWORK, ARGUMENT, CLOSE),
        "Rows this page links to",
    ]


def has_markers(page: SessionPage) -> list[str]:
    """Require the markers of every made part, each under its heading."""
    names = {"lesson", *(name for heading, name in MARKERS.items() if heading in page.sections)}
    if page.session.solution is None:
        names -= {"exercise", "rubric"}
    whole = sections(page.text)
    missing = [name for name in sorted(names) if name not in marked_parts(page.text)]
    misplaced = [
        name
        for heading, name in MARKERS.items()
        if name in marked_parts(page.text)
        and f"<!-- {name}:begin -->" not in whole.get(heading, "")
    ]
    return [f"There is no place for the part {name!r}." for name in missing] + [
        f"The part {name!r} does not stand under its heading." for name in misplaced
    ]


def plans_add_up(page: SessionPage) -> list[str]:
    """Require that each plan begins at 0, has no gap, and ends at its minutes."""
    problems = []
    for minutes, rows in page.written_plans.items():
        now = 0
        for row in rows:
            if row.start != now or row.end <= row.start:
                problems.append(
                    f"Plan for {minutes} minutes: {row.start}-{row.end} does not follow on {now}."
                )
            now = row.end
        if now != minutes:
            problems.append(f"Plan for {minutes} minutes: it ends at {now}.")
    return problems


def plans_name_the_lesson(page: SessionPage) -> list[str]:
    """Require that what the plans name stands in the lesson: headings and calls."""
    headings = {heading.text for heading in page.session.notebook.headings}
    named = {call.name for call in calls(page.session.notebook)}
    problems = []
    for minutes, rows in page.written_plans.items():
        for row in rows:
            said = _CODE.sub(" ", row.lesson)
            problems += [
                f"Plan for {minutes} minutes: the lesson has no heading {heading!r}."
                for heading in re.findall(r"\*([^*]+)\*", said)
                if heading not in headings
            ]
            problems += [
                f"Plan for {minutes} minutes: the lesson does not call {code!r}."
                for _, code in _CODE.findall(row.lesson)
                if code not in named and not _ASKED.fullmatch(code)
            ]
    return problems


def questions_are_the_lessons(page: SessionPage) -> list[str]:
    """Require that the lesson asks every prediction and question that the page speaks of."""
    asked = {asked.question.id for asked in page.session.asked}
    mentioned = {code for _, code in _CODE.findall(page.by_hand) if _ASKED.fullmatch(code)}
    return [f"The lesson does not ask {name}." for name in sorted(mentioned - asked)]


def predictions_are_votes(page: SessionPage) -> list[str]:
    """Require a line on every prediction, and a place for it in the longest plan."""
    predictions = [a.question.id for a in page.session.asked if a.question.is_prediction]
    votes = page.sections.get(QUESTIONS, "")
    problems = [
        f"There is no line - **{name}** on how to vote."
        for name in predictions
        if not _has(votes, name)
    ]
    if page.long_plan is not None:
        plan = " ".join(f"{row.instructor} {row.students} {row.lesson}" for row in page.long_plan)
        problems += [
            f"The plan for {page.plans[0]} minutes has no place for {name}."
            for name in predictions
            if f"`{name}`" not in plan
        ]
    return problems


def misconceptions_have_remedies(page: SessionPage) -> list[str]:
    """Require a line on every misconception of the contract: what helps in class."""
    remedies = page.sections.get(MISCONCEPTIONS, "")
    return [
        f"There is no line - **{item.id}** on what helps."
        for item in page.session.lesson.misconceptions
        if not _has(remedies, item.id)
    ]


def _has(text: str, name: str) -> bool:
    """Say whether a list has an item that begins with a bold name and says a few words."""
    return bool(re.search(rf"^- \*\*{re.escape(name)}\*\* (?:\S+\s+){{4}}", text, re.MULTILINE))


def discussion_rests_on_rows(page: SessionPage) -> list[str]:
    """Require four to six questions, each with pointers that cite a row."""
    if DISCUSSION not in page.sections:
        return []
    asked = re.split(r"^### ", page.sections[DISCUSSION], flags=re.MULTILINE)[1:]
    problems = []
    if not FEWEST_DISCUSSIONS <= len(asked) <= MOST_DISCUSSIONS:
        problems.append(
            f"There are {len(asked)} discussion questions; "
            f"{FEWEST_DISCUSSIONS} to {MOST_DISCUSSIONS} are right."
        )
    for place, block in enumerate(asked, 1):
        heading, _, pointers = block.partition("\n")
        if not heading.startswith(f"{place}. ") or not heading.rstrip().endswith("?"):
            problems.append(f"{heading!r} is not a numbered question.")
        if not re.search(r"^- ", pointers, re.MULTILINE) or not references(pointers):
            problems.append(f"{heading!r} has no pointers that cite a row.")
    return problems


def board_is_covered(page: SessionPage) -> list[str]:
    """Require a board that fits, with numbers that stand in a link or in a made part."""
    if BOARD not in page.sections:
        return []
    boards = _FENCED.findall(page.sections[BOARD])
    if len(boards) != 1:
        return [f"The board is one fenced block; there are {len(boards)}."]
    lines = boards[0].splitlines()
    problems = []
    if len(lines) > BOARD_LINES or max(map(len, lines), default=0) > BOARD_WIDTH:
        problems.append(
            f"The board has more than {BOARD_LINES} lines or {BOARD_WIDTH} signs a line."
        )
    covered = _numbers_covered(page)
    numbers = dict.fromkeys(_NUMBER.findall(STEP.sub(" ", NUMBERED.sub(" ", boards[0]))))
    return problems + [
        f"{number} on the board stands in no link of the page."
        for number in numbers
        if number not in covered
    ]


def _numbers_covered(page: SessionPage) -> frozenset[str]:
    linked = " ".join(text for text, _ in references(page.text))
    lesson = page.text.partition("<!-- lesson:begin -->")[2].partition("<!-- lesson:end -->")[0]
    words = {str(WORDS[word]) for word in re.findall(r"[a-z]+", linked.lower()) if word in WORDS}
    return frozenset(_NUMBER.findall(f"{linked} {lesson}")) | words


def activity_takes_its_minutes(page: SessionPage) -> list[str]:
    """Require an activity of 10 to 25 minutes whose steps add up and for which the plan has room."""
    if not page.activity:
        return []
    stated = re.search(r"\((\d+) minutes\)$", page.activity)
    if not stated:
        return [f"{page.activity!r} does not end with its minutes, as in (20 minutes)."]
    minutes = int(stated[1])
    steps = [int(step) for step in _STEP.findall(page.sections[page.activity])]
    problems = []
    if not SHORTEST_ACTIVITY <= minutes <= LONGEST_ACTIVITY:
        problems.append(f"The activity takes {minutes} minutes.")
    if sum(steps) != minutes:
        problems.append(f"The activity says {minutes} minutes, its steps take {sum(steps)}.")
    if page.long_plan is not None:
        rows = [row for row in page.long_plan if "class activity" in row.instructor.lower()]
        room = sum(row.end - row.start for row in rows)
        if room < minutes:
            problems.append(f"The plan gives the activity {room} of its {minutes} minutes.")
    return problems


def argument_is_explained(page: SessionPage) -> list[str]:
    """Require what a full and a middling answer hold, how to mark, and the way to the solution."""
    if ARGUMENT not in page.sections:
        return []
    text = page.sections[ARGUMENT]
    wanted = ("Full marks.", "In the middle.", "Marking.")
    problems = [f"There is no line - **{name}**" for name in wanted if not _has(text, name)]
    if page.session.solution and f"../{page.session.solution.path.name}" not in text:
        problems.append("The written argument has no link to the solution.")
    return problems


def closes_with_question(page: SessionPage) -> list[str]:
    """Require that the page closes with a question to the class."""
    said = page.sections.get(CLOSE, "").strip()
    return [] if said.endswith("?") else [f"{CLOSE!r} does not end with a question."]


RULES: tuple[Rule, ...] = (
    has_title,
    has_sections,
    has_markers,
    plans_add_up,
    plans_name_the_lesson,
    questions_are_the_lessons,
    predictions_are_votes,
    misconceptions_have_remedies,
    discussion_rests_on_rows,
    board_is_covered,
    activity_takes_its_minutes,
    argument_is_explained,
    closes_with_question,
)


def page_problems(page: SessionPage) -> list[str]:
    """Say everything that is wrong with the page of a session."""
    return [problem for rule in RULES for problem in rule(page)]


def session_pages(root: Path = REPOSITORY) -> list[SessionPage]:
    """Read the pages of the sessions that are there."""
    return [
        SessionPage((root / session.page).read_text(encoding="utf-8"), session)
        for session in sessions(root)
        if (root / session.page).is_file()
    ]


def lessons_without_page(root: Path = REPOSITORY) -> list[str]:
    """Say which lessons have no page in the guide."""
    return [
        f"There is no {session.page.as_posix()}."
        for session in sessions(root)
        if not (root / session.page).is_file()
    ]


# ------------------------------------------------------------------ links


def link_problems(path: Path, root: Path = REPOSITORY) -> list[str]:
    """Say which links of a page of Markdown lead nowhere; addresses on the web are not tried."""
    text = path.read_text(encoding="utf-8")
    prose = _CODE.sub("", "\n".join(lines_outside_fences(text)))
    targets = [unquote(one or two) for one, two in _LINK.findall(prose)]
    return [
        f"{path.relative_to(root)}: the link to {target!r} leads nowhere."
        for target in dict.fromkeys(targets)
        if not target.startswith(("https://", "http://", "mailto:")) and not _leads(path, target)
    ]


def _leads(page: Path, target: str) -> bool:
    file, _, anchor = target.partition("#")
    path = page.parent / file if file else page
    if not path.exists():
        return False
    if not anchor:
        return True
    if path.suffix == ".ipynb":
        return anchor in anchors(read(path))
    return path.suffix == ".md" and anchor in anchors_of_page(path.read_text(encoding="utf-8"))


def guide_rule_problems(root: Path = REPOSITORY) -> list[str]:
    """Say everything that is wrong with what is written by hand in the guide, if there is one."""
    if not (root / FOLDER).is_dir():
        return []
    pages = [
        f"{page.session.page.as_posix()}: {problem}"
        for page in session_pages(root)
        for problem in page_problems(page)
    ]
    links = [p for path in sorted((root / FOLDER).glob("*.md")) for p in link_problems(path, root)]
    return [*lessons_without_page(root), *pages, *links]
