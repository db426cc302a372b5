"""The page of the class report that is for the instructor, with names.

It is one file of HTML that needs no other and no script. Every number stands in words; the bars only
repeat them, so that the page reads the same aloud, in print and in black and white.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tutor.interaction.verdict import plain
from tutor.workshop.grading.results import GradedTask, StudentResult, TaskResult
from tutor.workshop.report import markup, measures
from tutor.workshop.report.lessons import Treated
from tutor.workshop.report.measures import ExerciseSummary, Misunderstanding, TaskSummary
from tutor.workshop.report.results import ClassResults, is_marked, points_so_far

# How many of the wrong replies to a task are printed.
_REPLIES = 3

_SIGNS = {
    "right": ("right", "✓", "right"),
    "wrong": ("wrong", "✗", "wrong"),
    "missing": ("empty", "–", "empty"),
    "unreadable": ("unreadable", "?", "could not be read as an answer"),
    "not run": ("empty", "!", "not reached"),
    "to read": ("read", "…", "to be read by you"),
}


def instructor_page(results: ClassResults, treated: Mapping[str, Treated]) -> str:
    """Write the page for the instructor, with names.

    Parameters
    ----------
    results : ClassResults
        What the grader found.
    treated : mapping
        The course's misunderstandings by id.
    """
    summaries = measures.summaries(results)
    misunderstandings = measures.misunderstandings(results)
    talks = measures.conversations(results)
    body = "".join(
        (
            "<h1>Class report</h1>",
            f"<p class='soft'>{_exercises_named(results)}. With names: not for the projector.</p>",
            _facts(results, len(talks)),
            _contents(),
            _misunderstandings(misunderstandings, treated),
            _tasks(summaries),
            _discrimination(summaries),
            _conversations(talks, results, treated),
            _trouble(results),
            _everybody(results),
            _method(),
        )
    )
    return markup.page("Class report", body)


def _exercises_named(results: ClassResults) -> str:
    names = [f"{one.number} {one.title}" for one in results.exercises]
    return markup.text(("Exercise " if len(names) == 1 else "Exercises ") + ", ".join(names))


# --- the instructor's page ------------------------------------------------------------------------


def _facts(results: ClassResults, talks: int) -> str:
    students = {one.student for one in results.submissions}
    trouble = {one.student for one in results.in_trouble}
    facts = [
        (len(students), "student handed in", "students handed in"),
        (len(results.submissions), "notebook in all", "notebooks in all"),
        (
            len(trouble),
            "student whose notebook had trouble",
            "students whose notebooks had trouble",
        ),
        (talks, "student to have a word with", "students to have a word with"),
    ]
    items = "".join(
        f"<li><strong>{number}</strong>{markup.text(one if number == 1 else many)}</li>"
        for number, one, many in facts
    )
    return f"<ul class='facts'>{items}</ul>"


def _contents() -> str:
    places = (
        ("misunderstood", "What was misunderstood"),
        ("tasks", "Task by task"),
        ("wording", "Tasks that tell little apart"),
        ("talk", "Whom to have a word with"),
        ("trouble", "Notebooks with trouble"),
        ("everybody", "Everybody, task by task"),
        ("counted", "How this was counted"),
    )
    items = "".join(f'<li><a href="#{place}">{title}</a></li>' for place, title in places)
    return f'<nav aria-label="On this page"><ul>{items}</ul></nav>'


def _words_of(identifier: str, treated: Mapping[str, Treated]) -> tuple[str, str]:
    """Give the words of a misunderstanding, and where it is taken up."""
    known = treated.get(identifier)
    if known is None:
        return (
            f"Misunderstanding {identifier}",
            "No lesson lists it: it comes from a task of your own.",
        )
    return known.text, markup.again(known)


def _misunderstandings(found: Sequence[Misunderstanding], treated: Mapping[str, Treated]) -> str:
    head = '<h2 id="misunderstood">What was misunderstood</h2>'
    if not found:
        return f"{head}<p>No answer showed a misunderstanding that the course knows.</p>"
    rows = []
    for one in found:
        words, again = _words_of(one.id, treated)
        drawn = markup.bar(("wrong", one.students), among=one.among)
        rows.append(
            f'<tr><th scope="row">{markup.text(words)}</th>'
            f'<td class="number">{one.students} of {one.among}{drawn}</td>'
            f'<td data-head="In tasks: ">{markup.text(", ".join(one.tasks))}</td>'
            f"<td>{markup.text(again)}</td></tr>"
        )
    return (
        f"{head}<p>Commonest first. Each student counts once, however often she showed it.</p>"
        "<table class='stack'><caption>Misunderstandings that answers showed</caption><thead><tr>"
        '<th scope="col">What some believe</th><th scope="col">Students</th>'
        '<th scope="col">In tasks</th><th scope="col">Where the course takes it up</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )


def _tasks(summaries: Sequence[ExerciseSummary]) -> str:
    key = "".join(
        f'<li><span class="bar" aria-hidden="true"><span class="{kind}"></span></span>{words}</li>'
        for kind, words in (
            ("right", "right"),
            ("wrong", "wrong"),
            ("read", "for you to read"),
            ("", "empty"),
        )
    )
    return f"<h2 id=\"tasks\">Task by task</h2><ul class='key'>{key}</ul>" + "".join(
        _exercise(summary) for summary in summaries
    )


def _exercise(summary: ExerciseSummary) -> str:
    exercise = summary.exercise
    title = f"<h3>Exercise {markup.text(exercise.number)}: {markup.text(exercise.title)}</h3>"
    if not summary.students:
        return f"{title}<p>Nothing was handed in that could be graded.</p>"
    middle = (
        f" The student in the middle has {markup.number(summary.median_right or 0)} of the "
        f"{summary.common_tasks} tasks right that all should do and the course can judge."
        if summary.common_tasks
        else ""
    )
    rows = "".join(_task(one) for one in summary.tasks)
    return (
        f"{title}<p>{markup.count(summary.students, 'notebook', 'notebooks')} graded.{middle}</p>"
        f"<table class='stack'><caption>Tasks of exercise {markup.text(exercise.number)}</caption><thead><tr>"
        '<th scope="col">Task</th><th scope="col">Students</th>'
        '<th scope="col">Commonest wrong answers, and what was said to them</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _task(one: TaskSummary) -> str:
    parts = [
        (one.right, "right"),
        (one.wrong, "wrong"),
        (one.to_read, "to read"),
        (one.marked, f"marked (mean {one.mean_mark or 0:.1f} of {markup.number(one.task.points)})"),
        (one.empty, "empty"),
    ]
    counts = ", ".join(f"{number} {words}" for number, words in parts if number)
    bar = markup.bar(
        ("right", one.right),
        ("wrong", one.wrong),
        ("read", one.to_read + one.marked),
        among=one.handed_in,
    )
    replies = "".join(
        f"<li>{markup.count(wrong.students, 'student', 'students')}: {markup.text(plain(wrong.message))}</li>"
        for wrong in one.wrong_answers[:_REPLIES]
    )
    left = sum(wrong.students for wrong in one.wrong_answers[_REPLIES:])
    if left:
        replies += f"<li>{markup.count(left, 'student', 'students')}: something else</li>"
    said = f"<ul class='replies'>{replies}</ul>" if replies else "<span class='soft'>none</span>"
    return (
        f'<tr><th scope="row">{markup.text(one.task.id)} {markup.text(one.task.title)}{_tags(one.task)}</th>'
        f"<td>{counts}{bar}</td><td>{said}</td></tr>"
    )


def _tags(task: GradedTask) -> str:
    tags = (["argument"] if task.kind == "argue" else []) + (["stretch"] if task.stretch else [])
    return "".join(f' <span class="tag">{tag}</span>' for tag in tags)


def _discrimination(summaries: Sequence[ExerciseSummary]) -> str:
    head = '<h2 id="wording">Tasks that tell little apart</h2>'
    tasks = [one for summary in summaries for one in summary.tasks]
    judged = [one for one in tasks if one.discrimination.correlation is not None]
    poor = [one for one in judged if one.discrimination.poor]
    poor.sort(key=lambda one: one.discrimination.correlation or 0)
    if not judged:
        return (
            f"{head}<p>Nothing can be said: it takes at least {measures.FEWEST_STUDENTS} answers to a task, "
            f"of which {measures.FEWEST_ON_EACH_SIDE} are right and {measures.FEWEST_ON_EACH_SIDE} wrong.</p>"
        )
    if not poor:
        words = (
            "The one task that can be judged does"
            if len(judged) == 1
            else (f"All {len(judged)} tasks that can be judged do")
        )
        return (
            f"{head}<p>{words} what a task should: who did well in the rest of the exercise "
            "did better there too.</p>"
        )
    rows = "".join(_poor(one) for one in poor)
    return (
        f"{head}<p>In a good task, students who did well in the rest of the exercise do better than the "
        f"others. In these ({len(poor)} of the {len(judged)} that can be judged) they hardly do. It may be "
        "chance; it may also be a sentence that careful readers stumble over, or an answer that one gets by "
        "guessing. Read the task before you change anything.</p>"
        "<table class='stack'><caption>Tasks that hardly go with the rest of their exercise</caption>"
        '<thead><tr><th scope="col">Task</th><th scope="col">What to think of it</th>'
        '<th scope="col">Item-rest correlation</th><th scope="col">Answers</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _poor(one: TaskSummary) -> str:
    found = one.discrimination
    value, low, high = (
        markup.signed(part or 0) for part in (found.correlation, found.low, found.high)
    )
    if found.backwards:
        words = "Who did well elsewhere did worse here. Look at the wording and at the right answer first."
    elif (found.high or 0) < measures.POOR_DISCRIMINATION:
        words = "Hardly chance: it has little to do with the rest. Look at its wording."
    else:
        words = "This may be chance; another class will tell."
    return (
        f'<tr><th scope="row">{markup.text(one.task.id)} {markup.text(one.task.title)}</th><td>{words}</td>'
        f'<td data-head="Item-rest correlation: ">{value} (from {low} to {high})</td>'
        f'<td data-head="Answers: ">{found.students}</td></tr>'
    )


def _conversations(
    talks: Sequence[measures.Conversation], results: ClassResults, treated: Mapping[str, Treated]
) -> str:
    head = '<h2 id="talk">Whom to have a word with</h2>'
    rule = (
        "<p>In the order of their names; this is no ranking, and an exercise is no exam. Listed is who left "
        "half of the tasks empty, has fewer than half right of at least three answers, or showed the same "
        "misunderstanding twice.</p>"
    )
    if not talks:
        return (
            f"{head}<p>Nobody stands out: all are on their way.</p>{rule}{_not_handed_in(results)}"
        )
    items = "".join(_conversation(talk, treated) for talk in talks)
    return f"{head}{rule}<ul>{items}</ul>{_not_handed_in(results)}"


def _conversation(talk: measures.Conversation, treated: Mapping[str, Treated]) -> str:
    words = markup.text(" ".join(talk.reasons))
    claims = "".join(
        f"<li>{markup.text(_words_of(identifier, treated)[0])}</li>"
        for identifier in talk.misconceptions
    )
    begin = f" Something to begin with:<ul class='replies'>{claims}</ul>" if claims else ""
    return f"<li><strong>{markup.text(talk.student)}</strong>: {words}{begin}</li>"


def _not_handed_in(results: ClassResults) -> str:
    numbers = [exercise.number for exercise in results.exercises]
    handed_in: dict[str, set[str]] = {}
    for one in results.submissions:
        handed_in.setdefault(one.student, set()).add(one.exercise)
    items = "".join(
        f"<li>{markup.text(student)}: {markup.text(', '.join(missing))}</li>"
        for student, done in sorted(handed_in.items(), key=lambda item: measures.by_name(item[0]))
        if (missing := [number for number in numbers if number not in done])
    )
    if not items:
        return ""
    return (
        "<h3>Exercises not handed in</h3><p>By students who handed in another of these exercises.</p>"
        f"<ul>{items}</ul>"
    )


def _trouble(results: ClassResults) -> str:
    head = '<h2 id="trouble">Notebooks with trouble</h2>'
    items = "".join(_in_trouble(one) for one in results.in_trouble)
    items += "".join(
        f"<li><strong>{markup.text(one.student)}</strong>, exercise {markup.text(one.exercise)}"
        f"{_file(one)}: left out, for there is another notebook under this name that has more in it.</li>"
        for one in results.doubled
    )
    if not items:
        return f"{head}<p>No notebook had any.</p>"
    return (
        f"{head}<p>Often it is a damaged file or a loop without an end. Help these students first: they may "
        f"have done the work.</p><ul>{items}</ul>"
    )


def _in_trouble(one: StudentResult) -> str:
    why = one.trouble or "Nothing in it could be run."
    return (
        f"<li><strong>{markup.text(one.student)}</strong>, exercise {markup.text(one.exercise)}{_file(one)}: "
        f"{markup.text(why)}</li>"
    )


def _file(one: StudentResult) -> str:
    return f" ({markup.text(one.file)})" if one.file else ""


def _everybody(results: ClassResults) -> str:
    key = "".join(
        f'<li><span aria-hidden="true">{sign}</span> {words}</li>'
        for _, sign, words in _SIGNS.values()
    )
    key += "<li>a number: your mark</li>"
    tables = []
    for exercise in results.exercises:
        rows = sorted(
            (one for one in results.submissions if one.exercise == exercise.number),
            key=lambda one: measures.by_name(one.student),
        )
        if not rows:
            continue
        head = "".join(f'<th scope="col">{markup.text(task.id)}</th>' for task in exercise.tasks)
        body = "".join(
            f'<tr><th scope="row">{markup.text(one.student)}</th>{_cells(one, exercise.tasks)}'
            f"<td>{_points(one, exercise.tasks)}</td></tr>"
            for one in rows
        )
        label = f"Every answer to exercise {markup.text(exercise.number)}"
        tables.append(
            f'<div class="wide" tabindex="0" role="region" aria-label="{label}">'
            f"<table class='grid'><caption>{label}</caption>"
            f'<thead><tr><th scope="col">Student</th>{head}'
            '<th scope="col">Points so far (+ stretch)</th></tr></thead>'
            f"<tbody>{body}</tbody></table></div>"
        )
    return (
        '<h2 id="everybody">Everybody, task by task</h2>'
        f"<ul class='key'>{key}</ul>{''.join(tables)}"
    )


def _points(one: StudentResult, tasks: Sequence[GradedTask]) -> str:
    """Write the points so far, those of stretch tasks apart, as the gradebook has them."""
    stretch = {task.id for task in tasks if task.stretch}
    common = points_so_far(answer for answer in one.tasks if answer.task not in stretch)
    bonus = points_so_far(answer for answer in one.tasks if answer.task in stretch)
    return " + ".join(markup.number(points) for points in ((common, bonus) if bonus else (common,)))


def _cells(one: StudentResult, tasks: Sequence[GradedTask]) -> str:
    answers: dict[str, TaskResult] = {answer.task: answer for answer in one.tasks}
    cells = []
    for task in tasks:
        answer = answers.get(task.id)
        kind, sign, words = _SIGNS[answer.status if answer else "not run"]
        if answer and is_marked(answer):
            sign = markup.number(answer.points or 0)
            words = f"{markup.number(answer.points or 0)} by your mark"
        cells.append(
            f'<td class="{kind}"><span aria-hidden="true">{sign}</span>'
            f'<span class="hidden">{words}</span></td>'
        )
    return "".join(cells)


def _method() -> str:
    low, high = measures.interval(measures.POOR_DISCRIMINATION, measures.FEWEST_STUDENTS)
    students, side = measures.FEWEST_STUDENTS, measures.FEWEST_ON_EACH_SIDE
    shown = measures.FEWEST_TO_SHOW
    return f"""<h2 id="counted">How this was counted</h2>
<ul>
<li><strong>Students.</strong> Every notebook that could be run counts, each student once for each
exercise. Tasks left empty are shown as empty, not as wrong.</li>
<li><strong>Misunderstandings</strong> are those that the lessons list. The checks recognize them by
the wrong answer. An answer may be wrong for another reason, so ask before you teach.</li>
<li><strong>Tasks that tell little apart.</strong> The item-rest correlation: that between a task's
points and the points in the exercise's other tasks, among those who answered it. The task itself is
left out of the rest, since otherwise every task would seem to do well (Henrysson 1963,
<cite>Psychometrika</cite> 28, 211–218). Stretch tasks and written arguments are not part of the
rest. Below {measures.POOR_DISCRIMINATION} a task is called poor (Ebel and Frisbie 1991,
<cite>Essentials of Educational Measurement</cite>). It is worked out only with at least {students}
answers, at least {side} of them right and {side} wrong: with {students} answers a value of
{measures.POOR_DISCRIMINATION} may still stand for anything from {markup.signed(low)} to
{markup.signed(high)} (Fisher's z, 95 %), and with fewer it says nothing.</li>
<li><strong>The page for the projector</strong> names nobody, quotes no answer, and
rounds to tenths; a share is given only if at least {shown} students are on either side of it, and
to a class of fewer than {2 * shown} none at all.</li>
</ul>"""
