"""The page of the class report that a class may see: nobody can be recognized in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tutor.workshop.report import markup, measures
from tutor.workshop.report.lessons import Treated
from tutor.workshop.report.measures import ExerciseSummary, Misunderstanding, TaskSummary
from tutor.workshop.report.results import ClassResults


def projector_page(results: ClassResults, treated: Mapping[str, Treated]) -> str:
    """Write the page that a class may see: no names, no files, nobody to be recognized.

    Only words of the course are printed (titles, misunderstandings), never what a student handed in.
    """
    summaries = measures.summaries(results)
    small = all(one.students < 2 * measures.FEWEST_TO_SHOW for one in summaries)
    body = ["<h1>What we did, and what to look at again</h1>"]
    if small:
        body.append(
            "<p>So few exercises were handed in that numbers would show who did what. "
            "Let us talk about them instead.</p>"
        )
    else:
        body.append(_claims(measures.misunderstandings(results), treated))
        body += [_public_tasks(one) for one in summaries]
        body.append(
            "<p class='soft'>Shares are rounded, and said only with three of us or more on either side.</p>"
        )
    return markup.page("What we did, and what to look at again", "".join(body), "projector")


def _claims(found: Sequence[Misunderstanding], treated: Mapping[str, Treated]) -> str:
    shown = [
        one
        for one in found
        # What only a few showed is theirs to hear, and not the class's.
        if one.id in treated
        and one.students >= measures.FEWEST_TO_SHOW
        and measures.shown_to_all(one.students, one.among)
    ]
    head = "<h2>To look at again</h2>"
    if not shown:
        return f"{head}<p>No misunderstanding was shared by many of us.</p>"
    items = "".join(
        f"<li><strong>{markup.text(treated[one.id].claim)}</strong>"
        f"{_sentence(measures.shown_to_all(one.students, one.among))} of us answered like that. "
        f"{markup.text(markup.again(treated[one.id]))}</li>"
        for one in shown
    )
    question = "Some of us answered as if this were so. What speaks against it?"
    return f"{head}<p>{question}</p><ul class='claims'>{items}</ul>"


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


def _public_tasks(summary: ExerciseSummary) -> str:
    exercise = summary.exercise
    title = f"<h2>Exercise {markup.text(exercise.number)}: {markup.text(exercise.title)}</h2>"
    if summary.students < 2 * measures.FEWEST_TO_SHOW:
        return f"{title}<p>Too few of us have handed it in to count.</p>"
    rows = "".join(
        f'<tr><th scope="row">{markup.text(one.task.id)} {markup.text(one.task.title)}</th>'
        f"<td>{measures.shown_to_all(one.right, one.handed_in)}{_public_bar(one)}</td></tr>"
        for one in summary.tasks
        if one.task.kind != "argue"
    )
    return (
        f"{title}<table><caption>How many of us have it right</caption><thead><tr>"
        '<th scope="col">Task</th><th scope="col">Right</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _public_bar(one: TaskSummary) -> str:
    # An exact bar would give away what the words round or leave open.
    tenths = measures.tenths_to_show(one.right, one.handed_in)
    return "" if tenths is None else markup.bar(("right", tenths), among=10)
