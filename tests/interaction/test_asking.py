"""Asking: the form and the plain call mean the same, and what was answered is remembered."""

import datetime
import json
import math
import re
from pathlib import Path

import pytest

import tutor
from tests.naming import stable
from tutor.charts.figure import Figure
from tutor.interaction import asking
from tutor.interaction.message import Message
from tutor.interaction.questions import judge, plain_option, question_bank, shown_order
from tutor.interaction.record import Entry, journal

BANK = list(question_bank().values())


def every(asked=BANK):
    return pytest.mark.parametrize("asked", asked, ids=lambda asked: asked.id)


def of_kind(*kinds):
    return [q for q in BANK if q.kind in kinds]


def submit(widget, answer):
    """Do what the page does when the learner presses the button."""
    count = widget.submitted.get("count", 0) + 1
    widget.submitted = {"answer": answer, "count": count}


def right_in_the_form(asked):
    """Give what the page sends for the right answer: places as shown, from 0."""
    if asked.kind == "number":
        return f"{asked.right_number:g}"
    shown = list(shown_order(asked))
    if asked.kind == "order":
        return [shown.index(place) for place in range(len(shown))]
    return [shown.index(i) for i, option in enumerate(asked.options) if option.right]


def answers_in_the_form(asked):
    if asked.kind == "number":
        return ["", "about twelve", *(f"{max(r.low, asked.low):g}" for r in asked.ranges)]
    if asked.kind == "order":
        return [list(range(len(asked.options)))]
    return [[], *([place] for place in range(len(asked.options)))]


@every()
def test_form_and_plain_call_mean_the_same(asked):
    for sent in [*answers_in_the_form(asked), right_in_the_form(asked)]:
        widget = asking._widget(asked, fresh=True)
        submit(widget, sent)
        given = [place + 1 for place in sent] if isinstance(sent, list) else sent
        called = tutor.answer(asked.id, given)
        assert widget.status == called.status
        assert asking._reply_html(called) in widget.reply


@every()
def test_form_knows_no_answer_before_it_is_given(asked):
    widget = asking._widget(asked)
    assert (widget.reply, widget.status, widget.given, widget.settled) == ("", "", None, False)
    sent = " ".join([widget.prompt, *widget.options, widget.unit])
    assert asked.explanation not in sent
    assert not [option.reply for option in asked.options if option.reply and option.reply in sent]


@every()
def test_right_answer_settles_the_form_and_is_remembered(asked):
    widget = asking._widget(asked)
    submit(widget, right_in_the_form(asked))
    assert widget.status == "right"
    assert widget.settled
    again = asking._widget(asked)
    assert again.status == "right"
    assert again.settled
    assert again.reply == widget.reply.partition("<!--")[0]
    if asked.kind == "number":
        assert float(again.given) == asked.right_number
    elif asked.kind == "several":
        assert sorted(again.given) == sorted(right_in_the_form(asked))
    else:
        assert again.given == right_in_the_form(asked)


@every([q for q in BANK if not q.is_prediction])
def test_wrong_answer_is_remembered_and_can_be_changed(asked):
    widget = asking._widget(asked)
    wrong = next(s for s in answers_in_the_form(asked) if _status(asked, s) == "wrong")
    submit(widget, wrong)
    assert widget.status == "wrong"
    assert not widget.settled
    again = asking._widget(asked)
    assert (again.status, again.settled) == ("wrong", False)
    assert again.given == wrong or float(again.given) == float(wrong)
    submit(again, right_in_the_form(asked))
    assert again.settled
    assert [entry.right for entry in journal().entries()] == [False, True]


def _status(asked, sent):
    return judge(asked, asking._given(asked, sent)).status


@every([q for q in BANK if q.is_prediction])
def test_guess_is_named_and_the_truth_follows(asked):
    for sent in answers_in_the_form(asked):
        if _status(asked, sent) != "wrong":
            continue
        widget = asking._widget(asked, fresh=True, holds_back=True)
        submit(widget, sent)
        assert widget.status == "noted"
        assert widget.settled
        assert "You guessed: <em>" in widget.reply
        entry = journal().entries()[-1]
        assert (entry.what, entry.item, entry.right) == ("predicted", asked.id, False)
        if asked.kind == "choice":
            assert entry.answer.rstrip(".") == plain_option(asked.options[sent[0]])


@pytest.mark.parametrize(
    "sent",
    [{}, {"answer": None}, {"answer": {"x": 1}}, {"answer": ["a"]}, {"answer": [99]}, {"answer": [-1]},
     {"answer": [True]}, {"answer": 1.5}, {"answer": [[0]]}],
    ids=stable,
)  # fmt: skip
@every([of_kind(kind)[0] for kind in ("choice", "several", "number", "order")])
def test_nothing_that_a_page_sends_raises(asked, sent):
    widget = asking._widget(asked)
    widget.submitted = {**sent, "count": 1}
    assert widget.status in ("missing", "unreadable", "right", "wrong", "noted")
    assert widget.reply


def test_unreadable_and_missing_answers_are_not_kept():
    asked = of_kind("number")[0]
    widget = asking._widget(asked)
    for sent in ("", "about twelve", "nan"):
        submit(widget, sent)
        assert not widget.settled
    assert journal().entries() == []


def test_same_reply_twice_is_announced_twice():
    asked = of_kind("choice")[0]
    widget = asking._widget(asked)
    submit(widget, [])
    first = widget.reply
    submit(widget, [])
    assert widget.reply != first


def test_what_she_types_is_never_markup():
    widget = asking._widget(of_kind("number")[0])
    submit(widget, "<img src=x onerror=alert(1)>")
    assert "<img" not in widget.reply
    assert "&lt;img" in widget.reply


def test_answer_to_a_question_that_has_changed_is_not_shown():
    asked = of_kind("choice")[0]
    what = "predicted" if asked.is_prediction else "answered"
    journal().add(Entry(what, asked.id, right=True, answer="an option of last year"))
    widget = asking._widget(asked)
    assert (widget.given, widget.reply) == (None, "")


@pytest.mark.parametrize("identifier", ["01.q99", "1.q1", "", None, 12, [], object()], ids=stable)
@pytest.mark.parametrize("ask", [tutor.quiz, tutor.predict, lambda i: tutor.answer(i, 1)])
def test_unknown_question_is_told_in_words(ask, identifier):
    said = ask(identifier)
    assert isinstance(said, Message)
    close = re.search(r"Close to it: (\d\d)\.[pq]\d", repr(said))
    assert close
    assert close[1] == "01" or identifier != "01.q99"
    assert journal().entries() == []


@every()
def test_question_can_be_read_as_plain_text(asked):
    said = repr(tutor.quiz(asked.id))
    assert f'tutor.answer("{asked.id}", ...)' in said
    for option in asked.options:
        assert plain_option(option) in said
    assert asked.explanation not in said


def displayed(monkeypatch, shown):
    """Give what a notebook would display, in order."""
    import IPython.display

    seen = []
    monkeypatch.setattr(IPython.display, "display", lambda thing, **_: seen.append(thing))
    shown._ipython_display_()
    return seen


def test_prediction_shows_its_form_then_its_chart(monkeypatch):
    chart = tutor.region_map()
    form, then = displayed(monkeypatch, tutor.predict("00.p1", chart))
    assert form.holds_back
    assert form.button == "Commit my guess"
    assert then is chart
    assert isinstance(then, Figure)


def test_quiz_shows_a_form_that_holds_nothing_back(monkeypatch):
    (form,) = displayed(monkeypatch, tutor.quiz("01.q1"))
    assert not form.holds_back
    assert form.button == "Answer"


def test_prediction_without_a_chart_holds_nothing_back(monkeypatch):
    (form,) = displayed(monkeypatch, tutor.predict("00.p1"))
    assert not form.holds_back


def test_recall_asks_questions_of_earlier_lessons_only(monkeypatch):
    assert "no earlier lesson" in repr(tutor.recall("00"))
    for lesson in ("02", "2", 2):
        shown = tutor.recall(lesson)
        assert len(shown.questions) == 2
        assert all(q.lesson < "02" and not q.is_prediction for q in shown.questions)
        assert repr(shown).startswith("Two questions from before:")
    assert repr(tutor.recall("01")).startswith("From before:")
    words, *forms = displayed(monkeypatch, tutor.recall("02"))
    assert repr(words) == "Two questions from before:"
    assert [form.reply for form in forms] == ["", ""]


def test_recalled_question_is_asked_afresh(monkeypatch):
    tutor.answer("00.q1", [1, 2, 4])
    _, form = displayed(monkeypatch, tutor.recall("01"))
    assert (form.reply, form.given) == ("", None)


def answered_days_ago(item: str, days: float, *, right: bool = True) -> None:
    moment = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=days)
    journal().add(Entry("answered", item, right=right, when=moment.isoformat()))


def test_review_brings_back_what_is_due():
    assert "what you answer in the lessons comes back" in repr(tutor.review())
    tutor.answer("01.q1", 1)
    assert [q.id for q in tutor.review().questions] == ["01.q1"]
    tutor.answer("01.q1", 2)
    tomorrow = datetime.datetime.now().astimezone() + datetime.timedelta(hours=16)
    assert f"comes back on {tomorrow.day} {tomorrow:%B}" in repr(tutor.review())


def test_review_says_how_many_more_there_are():
    quizzes = [q.id for q in question_bank().values() if not q.is_prediction][:7]
    for place, item in enumerate(quizzes):
        answered_days_ago(item, 20 - place)
    assert repr(tutor.review()).startswith("Due for review (5 of 7; run this again for the next):")
    assert repr(tutor.review(7)).startswith("Due for review:")
    for item in quizzes[:5]:
        journal().add(Entry("answered", item, right=True))
    assert [q.id for q in tutor.review().questions] == quizzes[5:]


def test_review_asks_afresh_and_its_answers_count(monkeypatch):
    answered_days_ago("01.q1", 2)
    _, form = displayed(monkeypatch, tutor.review())
    assert (form.reply, form.given) == ("", None)
    form.submitted = {"answer": [1], "count": 1}
    assert form.status == "right"
    assert "Nothing is due for review now" in repr(tutor.review())


@pytest.mark.parametrize("count", [0, -1, "many", None, [], 1e9, math.nan, object()], ids=stable)
def test_number_of_questions_that_is_none_is_told(count):
    for said in (tutor.review(count), tutor.recall("02", count)):
        assert isinstance(said, Message)
        assert "how many questions" in repr(said)


def test_closing_of_a_lesson_brings_back_what_is_due_first():
    """The longest overdue question of any earlier lesson comes before those never answered."""
    answered_days_ago("03.q1", 40)
    answered_days_ago("01.q2", 9)
    answered_days_ago("02.q1", 0.1)
    answered_days_ago("06.q1", 99)
    assert [q.id for q in tutor.recall("06").questions] == ["03.q1", "01.q2"]
    assert "more due" not in repr(tutor.recall("06"))
    answered_days_ago("04.q1", 8)
    assert "(1 more due: tutor.review() brings them.)" in repr(tutor.recall("06"))


def test_every_lesson_but_the_first_closes_with_a_recall():
    lessons = (Path(tutor.__file__).parent.parent / "lessons").glob("*.ipynb")
    for path in sorted(lessons)[1:]:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        places = [
            place
            for place, cell in enumerate(cells)
            if cell["cell_type"] == "code"
            and f'recall("{path.name[:2]}")' in "".join(cell["source"])
        ]
        assert len(places) == 1, path.name
        assert places[0] > 0.7 * len(cells), path.name
