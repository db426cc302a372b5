"""Pages that need no other file: feedback for each student, and the sheet for reading arguments.

Whatever a student wrote, her name included, is escaped before it reaches a page.
"""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections.abc import Mapping, Sequence

from tutor.interaction.verdict import OPENING, plain
from tutor.workshop.grading.marking import Key, Mark, to_read
from tutor.workshop.grading.results import (
    GradedExercise,
    GradedTask,
    Results,
    StudentResult,
    TaskResult,
    score,
)

STYLE = """
:root { color-scheme: light; }
body { font: 1rem/1.55 "Source Sans 3", "Segoe UI", "Noto Sans", Helvetica, sans-serif; color: #1a1a1a;
  background: #fff; margin: 0; }
main { max-width: 46rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .4rem; border-bottom: 2px solid #1a1a1a; padding-bottom: .2rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: .3rem 0; overflow-wrap: anywhere; }
table { border-collapse: collapse; margin: .8rem 0; }
th, td { text-align: left; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #bbb;
  vertical-align: top; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; }
section.task { border-left: 5px solid #6b6b6b; padding: .1rem 0 .2rem 1rem; margin: 1.3rem 0;
  break-inside: avoid; }
section.right { border-color: #1b5528; }
section.wrong { border-color: #b3450b; }
section.read { border-color: #324fd6; }
.points { color: #444; }
.trouble { background: #fdf0e6; border: 1px solid #b3450b; padding: .5rem .8rem; margin: .8rem 0; }
.answer, .text { background: #f3f3f3; padding: .3rem .6rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.answer { font-family: ui-monospace, Consolas, monospace; font-size: .92rem; display: inline-block; }
.text { margin: .5rem 0; border-left: 3px solid #999; }
@media print {
  main { max-width: none; padding: 0; } body { font-size: 10.5pt; }
  .answer, .text, .trouble { background: none; } .trouble, .answer { border: 1px solid #999; }
}
"""

_CLASSES = {"right": "right", "wrong": "wrong", "to read": "read"}
_OPENINGS = dict(OPENING) | {"not run": "Not handed over.", "to read": "Read by your instructor."}


def file_name(student: str) -> str:
    """Make the name of a student's page: safe on every system, and each student's another.

    The digest is long enough that nobody finds a name whose page would take the place of another's.
    """
    letters = unicodedata.normalize("NFKD", student).encode("ascii", "ignore").decode()
    readable = re.sub(r"[^a-z0-9]+", "_", letters.lower()).strip("_")[:40]
    digest = hashlib.sha256(student.encode("utf-8", "replace")).hexdigest()[:12]
    return f"{readable or 'student'}_{digest}.html"


def feedback(
    student: str,
    results: Sequence[StudentResult],
    exercises: Mapping[str, GradedExercise],
    given: Mapping[Key, str],
    marks: Mapping[Key, Mark],
) -> str:
    """Write the page of feedback for one student.

    Parameters
    ----------
    student : str
        Name.
    results : sequence of StudentResult
        Hers, one an exercise.
    exercises : mapping of str to GradedExercise
        The exercises by number.
    given : mapping
        By student and task, the answer in a line or the text of an argument.
    marks : mapping
        By student and task, what the instructor gave an argument.
    """
    parts = [
        f"<h1>Feedback for {_text(student)}</h1>",
        "<p>Across the Tumen. For each task: what the course says to your answer, and one step further "
        "where it is not right yet. You can change your notebook and try again.</p>",
    ]
    for result in results:
        exercise = exercises[result.exercise]
        parts.append(_exercise(result, exercise, given, marks))
    return page(f"Feedback for {student}", "\n".join(parts))


def _exercise(
    result: StudentResult,
    exercise: GradedExercise,
    given: Mapping[Key, str],
    marks: Mapping[Key, Mark],
) -> str:
    tasks = {task.id: task for task in exercise.tasks}
    trouble = (
        f'<p class="trouble"><strong>About the notebook.</strong> {_text(result.trouble)}</p>'
        if result.trouble
        else ""
    )
    sections = [
        _task(
            each,
            tasks[each.task],
            given.get((result.student, each.task), ""),
            marks.get((result.student, each.task)),
        )
        for each in result.tasks
    ]
    return "\n".join(
        [
            f"<h2>Exercise {_text(exercise.number)}: {_text(exercise.title)}</h2>",
            f'<p class="points">From the file {_text(result.file)}</p>',
            trouble,
            _summary(result, exercise),
            *sections,
        ]
    )


def _summary(result: StudentResult, exercise: GradedExercise) -> str:
    points = score(result, exercise)
    stretch = sum(task.points for task in exercise.tasks if task.stretch)
    written = sum(t.points for t in exercise.tasks if t.kind == "argue" and not t.stretch)
    waiting = "not marked yet"
    rows = [
        ("Tasks that the course checks", points.checked, points.possible - written),
        ("Written argument", waiting if points.written is None else points.written, written),
        ("Together", waiting if points.total is None else points.total, points.possible),
        ("Bonus: stretch tasks", waiting if points.bonus is None else points.bonus, stretch),
    ]
    body = "".join(
        f'<tr><th scope="row">{name}</th><td class="number">{value}</td>'
        f'<td class="number">{possible}</td></tr>'
        for name, value, possible in rows
        if possible
    )
    return (
        '<table><thead><tr><th scope="col">Points</th><th scope="col" class="number">Yours</th>'
        f'<th scope="col" class="number">Of</th></tr></thead><tbody>{body}</tbody></table>'
    )


def _task(each: TaskResult, task: GradedTask, given: str, mark: Mark | None) -> str:
    kind = _CLASSES.get(each.status, "")
    bonus = " (bonus)" if task.stretch else ""
    points = "not marked yet" if each.points is None else f"{each.points} of {each.possible}"
    lines = [
        f'<section class="task {kind}"><h3>{_text(task.id)} {_text(task.title)}</h3>',
        f"<p><strong>{_OPENINGS[each.status]}</strong> "
        f'<span class="points">Points: {points}{bonus}</span></p>',
    ]
    if given and each.status in ("right", "wrong", "unreadable"):
        lines.append(f'<p>Your answer: <span class="answer">{_text(given)}</span></p>')
    if each.status == "to read" and each.points is not None:
        if mark and mark.comment:
            lines.append(f"<p>{_text(mark.comment)}</p>")
    elif each.status == "to read" and not each.mistake:
        lines.append(
            "<p>Length and evidence are there. What the argument is worth, your instructor will say.</p>"
        )
    else:
        lines.append(f"<p>{_words(each.message)}</p>")
        if each.hint:
            lines.append(f"<p><strong>Hint:</strong> {_words(each.hint)}</p>")
    return "".join([*lines, "</section>"])


def marking_sheet(
    results: Results,
    texts: Mapping[Key, str],
    rubrics: Mapping[str, str],
    marks: Mapping[Key, Mark],
) -> str:
    """Write the page with all written arguments, each task's under its rubric."""
    parts = [
        "<h1>Arguments to read</h1>",
        "<p>Write points, and a comment if you like, into <strong>marking.csv</strong>, and run the "
        "command once more. The check has looked at length and evidence only.</p>",
    ]
    heading = ""
    for result, task in to_read(results):
        if task.task != heading:
            heading = task.task
            exercise = results.exercise(result.exercise)
            title = next(each.title for each in exercise.tasks if each.id == heading)
            parts.append(f"<h2>{_text(heading)} {_text(title)}</h2>")
            parts.append(_markdown_table(rubrics.get(heading, "")))
        key = (result.student, task.task)
        text = texts.get(key, "")
        possible = task.possible
        waits = task.points is None
        points = f"not marked yet (0 to {possible})" if waits else f"{task.points} of {possible}"
        comment = f"<p>{_text(marks[key].comment)}</p>" if key in marks else ""
        form = "" if not task.mistake else f"<p>The check: {_words(task.message)}</p>"
        parts.append(
            f'<section class="task read"><h3>{_text(result.student)}</h3>'
            f'<p class="points">{len(text.split())} words. Points: {points}</p>{form}'
            f'<div class="text">{_text(_reflowed(text))}</div>{comment}</section>'
        )
    return page("Arguments to read", "\n".join(parts))


def _reflowed(text: str) -> str:
    """Join the lines of a paragraph, which a cell of code breaks where it likes."""
    return re.sub(r"(?<!\n)\n(?!\n)", " ", text)


def _markdown_table(markdown: str) -> str:
    """Write a rubric (a table in Markdown, from the instructor's own notebook) as HTML."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in markdown.splitlines()
        if line.lstrip().startswith("|")
    ]
    rows = [row for row in rows if not all(re.fullmatch(r":?-+:?", cell) for cell in row)]
    if not rows:
        return ""
    first, *others = rows
    head = "".join(f'<th scope="col">{_cell(cell) or "Criterion"}</th>' for cell in first)
    body = "".join(
        f'<tr><th scope="row">{_cell(row[0])}</th>'
        + "".join(f"<td>{_cell(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in others
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _cell(text: str) -> str:
    return _words(text.replace("**", ""))


def page(title: str, body: str) -> str:
    """Put a body into a page of HTML that needs no other file."""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        # Should anything ever slip through, no script runs and nothing is fetched.
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'\">"
        f"<title>{_text(title)}</title><style>{STYLE}</style></head>"
        f"<body><main>{body}</main></body></html>\n"
    )


def _text(text: str) -> str:
    return html.escape(str(text), quote=True)


def _words(text: str) -> str:
    """Write the course's small markup as words: a page of feedback has no rows to link to."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", _text(plain(text)))
