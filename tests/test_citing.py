"""From links to sources: rows, computed numbers, and the list at the end of a lesson."""

import re

import pytest

import tutor
from tests.naming import stable
from tutor import citing
from tutor.derived import all_derived
from tutor.interaction.message import Message
from tutor.interaction.questions import question_bank
from tutor.workshop import prose
from tutor.workshop.notebooks import REPOSITORY, course_notebooks

LESSONS = course_notebooks(REPOSITORY, "lessons")


@pytest.mark.parametrize("identifier", all_derived())
def test_computed_number_says_how_it_is_made(identifier):
    derived = all_derived()[identifier]
    said = repr(tutor.cite(identifier))
    assert derived.printed in said
    assert derived.how in said.replace("\n", " ") or derived.how in said
    assert prose.check_reference(derived.printed, identifier) == []
    assert prose.check_reference("987654321", identifier) != []
    assert prose.check_reference("", identifier) != []


def test_computed_number_may_be_a_word():
    assert prose.check_reference("three", "D0105") == []
    assert prose.check_reference("four", "D0105") == ["[four](#D0105): D0105 is 3."]
    assert prose.check_reference("3 or 4", "D0105") != []


def test_rows_are_cited_with_their_sources():
    said = repr(tutor.cite("E005"))
    assert "1886" in said
    assert "Confidence" in said


@pytest.mark.parametrize("unknown", ["E999", "nonsense", "", None, 12, object()], ids=stable)
def test_unknown_id_is_told_in_words(unknown):
    assert len(repr(tutor.cite(unknown))) > 20
    assert len(repr(tutor.term(unknown))) > 20


@pytest.mark.parametrize("lesson", ["99", "", "x", None, "*", "["], ids=stable)
def test_unknown_lesson_is_told_in_words(lesson):
    assert isinstance(tutor.sources(lesson), Message)


def linked(lesson):
    texts = [cell.source for cell in lesson.markdown_cells]
    for asked in question_bank().values():
        if asked.lesson == lesson.number:
            texts += citing._texts(asked)
    return {
        target
        for text in texts
        for target in re.findall(r"\]\(#([^)\s]+)\)", text)
        if not target.startswith("cell-")
    }


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_link_of_a_lesson_leads_to_its_list(lesson):
    page = tutor.sources(lesson.number)._repr_html_()
    anchors = re.findall(r'<li id="([^"]+)"', page)
    headings = {h.text.replace(" ", "-") for h in lesson.headings}
    assert linked(lesson) - headings <= set(anchors)
    assert len(set(anchors)) == len(anchors)


def test_number_of_a_lesson_may_be_a_number():
    assert repr(tutor.sources("01")) == repr(tutor.sources(1)) != ""


def test_ids_are_listed_once_in_the_order_of_the_texts():
    texts = ["[1950](#E025) and [1951](#E028)", "[again](#E025), [1938](#E017)"]
    assert citing.linked_ids(texts) == ["E025", "E028", "E017"]
