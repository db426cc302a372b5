"""A lesson's cells on slides: what stands where, what waits, and what only the speaker reads."""

import itertools
import re

import pytest
from made_up import LESSON_CONTRACT, code, content, markdown, on_slide

from tutor.interaction.questions import Option, Question, question
from tutor.interaction.verdict import plain
from tutor.workshop.contracts import lesson_of
from tutor.workshop.notebooks import Notebook
from tutor.workshop.slides.deck import Slide, deck_notebook, slides_of
from tutor.workshop.slides.votes import answer_html, answer_in_words, notes_html, vote_html

CHART = '<figure class="tumen-chart"><div class="tumen-drawn"><img src="x" alt="It rises."></div></figure>'


def asks(identifier: str) -> str:
    return f'<div class="tumen-asked" data-question="{identifier}">{identifier}</div>'


def ran(slide_type: str, source: str, *html: str) -> dict:
    outputs = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": each}}
        for each in html
    ]
    return on_slide(slide_type, code(source)) | {"outputs": outputs}


def shown(cell: dict, *starts: str) -> dict:
    cell["metadata"]["slideshow"]["shown"] = list(starts)
    return cell


CELLS = [
    on_slide("slide", markdown("# A river: who closed it\n\nLong words to read.")),
    ran("subslide", 'tutor.begin("01")', "<p>for one reader</p>"),
    shown(on_slide("slide", markdown("## The bank\n\nFirst. In [1860](#E003). Third.")), "In 1860"),
    ran("subslide", 'tutor.predict("01.p2", tutor.x())', asks("01.p2"), "<form></form>", CHART),
    on_slide("fragment", markdown("Why? [Go on](02_the_thaw.ipynb).")),
    on_slide("notes", markdown("Try *this*.")),
    ran("skip", 'tutor.term("x")', "<p>a term</p>"),
    ran("subslide", 'tutor.quiz("01.q1")', asks("01.q1")),
    on_slide("subslide", markdown("A thought. And more.")),
    ran("subslide", "tutor.chart()", CHART, '<details class="tumen-equivalent">table</details>'),
    on_slide("fragment", markdown("It rose.")),
    on_slide(
        "slide", markdown("## What we know now\n\n- A point with [1886](#E005) and many words.")
    ),
    on_slide("skip", markdown("### Look back")),
    ran("subslide", 'tutor.recall("01")', "<p>From before:</p>", asks("00.q1"), asks("01.q4")),
    ran("slide", 'tutor.sources("01")', "<ul><li>all</li></ul>"),
]


@pytest.fixture
def slides(lesson: Notebook) -> list[Slide]:
    made = content(LESSON_CONTRACT, CELLS)
    for cell, original in zip(made["cells"], CELLS, strict=True):
        if "outputs" in original:
            cell["outputs"] = original["outputs"]
    page = Notebook(lesson.path, made, lesson.root)
    return slides_of(page, lesson_of(page))


def texts(slide: Slide) -> str:
    return re.sub(r"<[^>]+>", " ", "".join(piece.html for piece in slide.pieces))


def test_slides_follow_the_cells(slides):
    kinds = [(slide.kind, slide.opens_section) for slide in slides]
    assert kinds == [
        ("title", True),
        ("objectives", False),
        ("text", True),
        ("vote", False),
        ("chart", False),
        ("vote", False),
        ("aside", False),
        ("chart", False),
        ("points", True),
        ("vote", False),
        ("vote", False),
        ("sources", True),
    ]
    assert all(slide.notes for slide in slides[:-1])


def test_title_objectives_and_points_come_from_the_contract(slides):
    title, objectives, *_ = slides
    assert "A river: who closed it" in texts(title)
    assert LESSON_CONTRACT["question"] in texts(title)
    assert "Long words to read." not in texts(title)
    assert "Long words to read." in title.notes[0]
    assert all(objective in texts(objectives) for objective in LESSON_CONTRACT["objectives"])
    assert "for one reader" not in texts(objectives)
    assert LESSON_CONTRACT["key_points"][0] in texts(slides[8])
    assert "many words" in slides[8].notes[0]
    assert "many words" not in texts(slides[8])


def test_chosen_sentences_are_shown_and_all_are_noted(slides):
    assert "In 1860 ." in " ".join(texts(slides[2]).split())
    assert "First" not in texts(slides[2])
    assert "Third" in slides[2].notes[0]


def test_vote_comes_before_chart_and_answer(slides):
    vote, chart = slides[3:5]
    assert plain(question("01.p2").prompt) in plain(texts(vote)).replace("  ", " ")
    assert [piece.kind for piece in vote.pieces] == ["reminder", "vote"]
    assert "figure" not in vote.pieces[-1].html
    assert [(piece.kind, piece.waits) for piece in chart.pieces] == [
        ("reminder", False),
        ("chart", False),
        ("answer", True),
    ]
    assert "Answer: A: the Korean War." in texts(chart)
    # The sentence after the chart waits with the answer; what it links to is not in the deck.
    assert "Why?" in chart.pieces[-1].html
    assert "ipynb" not in "".join(chart.notes)
    assert "It rises." in "".join(chart.notes)
    assert "Try <em>this</em>." in "".join(chart.notes)


def test_quiz_waits_with_its_explanation(slides):
    quiz = slides[5]
    assert [(piece.kind, piece.waits) for piece in quiz.pieces][1:] == [
        ("vote", False),
        ("answer", True),
    ]
    assert "Aigun, in" in texts(quiz)
    assert "If they say A:" in quiz.notes[0]


def test_chart_alone_has_no_table_and_its_sentence_waits(slides):
    assert [(piece.kind, piece.waits) for piece in slides[7].pieces] == [
        ("reminder", False),
        ("chart", False),
        ("text", True),
    ]
    assert "tumen-equivalent" not in slides[7].pieces[1].html


def test_recall_asks_under_its_own_heading(slides):
    assert [texts(slide).split("Vote")[0].strip() for slide in slides[9:11]] == ["Look back"] * 2
    assert "From before" not in texts(slides[9])


def test_sources_hold_what_slides_link_to(slides):
    listed = slides[-1].pieces[0].html
    ids = set(re.findall(r'id="([^"]+)"', listed))
    linked = set(
        re.findall(r'href="#([^"]+)"', "".join(p.html for s in slides[:-1] for p in s.pieces))
    )
    assert linked
    assert linked <= ids
    assert "E005" not in ids  # only the notes link to it


def test_notebook_for_the_exporter(slides):
    made = deck_notebook(slides, "A river")
    starts = [cell["metadata"]["slideshow"]["slide_type"] for cell in made["cells"]]
    assert starts.count("slide") == sum(slide.opens_section for slide in slides)
    assert starts.count("slide") + starts.count("subslide") == len(slides)
    # Notes that follow what waits would belong to it.
    for before, after in itertools.pairwise(starts):
        assert not (before == "fragment" and after == "notes")
    notes = [cell["source"] for cell in made["cells"] if cell["metadata"]["piece"] == "notes"]
    assert len(notes) == len(slides) - 1
    assert not any("<a " in each for each in notes)


SEVERAL = Question(
    "01.q90",
    "several",
    "Which?",
    "Because.",
    (Option("one", "", True), Option("two", "No.", False), Option("three", "", True)),
)
ORDER = Question("01.q91", "order", "In order.", "So.", tuple(Option(n, "") for n in "abc"))
NUMBER = Question("01.q92", "number", "How many?", "Many.", answer=12.0, unit="years")
QUESTION_MARK = Question("01.q93", "choice", "Ask.", "Why.", (Option("Who?", "", True),))
OPEN = Question("01.p94", "choice", "Guess.", "No answer.", (Option("x", "a"), Option("y", "b")))


def test_answers_in_words():
    assert answer_in_words(SEVERAL) == "A and C"
    assert answer_in_words(NUMBER) == "12 years"
    assert answer_in_words(question("01.q1")) == "B: the Convention of Peking"
    assert answer_in_words(OPEN) == ""
    letters = answer_in_words(ORDER).split(", ")
    shown = re.findall(r"<b[^>]*>(\w)</b><span>(\w)</span>", vote_html(ORDER))
    assert [dict(shown)[letter] for letter in letters] == ["a", "b", "c"]
    assert shown != list(zip("ABC", "abc", strict=True))


def test_vote_does_not_say_the_answer_in_words():
    assert "Because." not in vote_html(SEVERAL)
    assert vote_html(SEVERAL).count('class="tumen-right"') == 2
    assert "tumen-right" not in vote_html(ORDER)
    assert "12" not in vote_html(NUMBER)


def test_answer_is_a_sentence():
    assert answer_html(NUMBER, explained=True) == "<p><strong>Answer: 12 years.</strong> Many.</p> "
    assert answer_html(NUMBER, explained=False) == "<p><strong>Answer: 12 years.</strong></p> "
    assert "<strong>Answer: A: Who?</strong>" in answer_html(QUESTION_MARK, explained=False)
    quoted = answer_html(question("07.q11"), explained=False)
    assert quoted.endswith("enough to bound it.”</strong></p> ")
    assert answer_html(OPEN, explained=False) == "<p> No answer.</p> "


def test_speaker_reads_what_each_answer_shows():
    assert "If they say B: No." in notes_html(SEVERAL)
    assert "From 0 to 11.99: A little further than that." in notes_html(question("01.p1"))
