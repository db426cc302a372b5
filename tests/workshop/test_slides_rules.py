"""Every rule on slides lets the made-up lesson pass, and finds what a test breaks in it."""

import copy

import pytest
from made_up import code, markdown, on_slide, with_cell

from tutor.workshop.notebooks import Notebook
from tutor.workshop.slides import rules
from tutor.workshop.slides.wording import sentences, shown_markdown


def shown(cell: dict, *starts: object) -> dict:
    cell["metadata"]["slideshow"]["shown"] = list(starts)
    return cell


def long(words: int) -> dict:
    return markdown("Word " * (words - 1) + "word.")


# The rule, a cell that breaks it when it is added to the lesson, and a word of what it says.
BROKEN = [
    (rules.has_slide_types, markdown("Forgotten."), "slide type ''"),
    (rules.has_slide_types, on_slide("-", markdown("x")), "slide type '-'"),
    (rules.has_slide_types, on_slide("slide", markdown("No heading.")), "no ## heading"),
    (rules.has_slide_types, on_slide("slide", code('quiz("01.q1")')), "no ## heading"),
    (rules.has_slide_types, on_slide("slide", markdown("### Small")), "no ## heading"),
    (rules.has_slide_types, on_slide("notes", markdown("## A section")), "should be slide"),
    (rules.has_slide_types, on_slide("notes", code('quiz("01.q1")')), "is code"),
    (rules.has_slide_types, on_slide("fragment", code('quiz("01.q1")')), "is code"),
    (
        rules.shows_sentences_that_stand_in_it,
        shown(on_slide("subslide", markdown("One. Two.")), "Three"),
        "no sentence of the cell begins with 'Three'",
    ),
    (
        rules.shows_sentences_that_stand_in_it,
        shown(on_slide("subslide", markdown("One. One more.")), "One"),
        "2 sentences",
    ),
    (
        rules.shows_sentences_that_stand_in_it,
        shown(on_slide("notes", markdown("One. Two.")), "One"),
        "only be chosen",
    ),
    (
        rules.shows_sentences_that_stand_in_it,
        shown(on_slide("subslide", code("quiz('x')")), "One"),
        "only be chosen",
    ),
    (
        rules.shows_sentences_that_stand_in_it,
        shown(on_slide("subslide", markdown("One.")), 1),
        "a list of the beginnings",
    ),
    (rules.shows_sentences_that_stand_in_it, on_slide("subslide", long(81)), "81 words"),
    (rules.shows_sentences_that_stand_in_it, on_slide("fragment", long(41)), "41 words"),
    (rules.predictions_are_voted_on, on_slide("skip", code('predict("01.p1")')), "prediction"),
]


@pytest.mark.parametrize(("rule", "cell", "word"), BROKEN, ids=lambda value: None)
def test_rule_finds_what_is_wrong(lesson, rule, cell, word):
    assert rule(lesson) == []
    (problem,) = rule(with_cell(lesson, copy.deepcopy(cell)))
    assert word in problem


@pytest.mark.parametrize("words", [on_slide("subslide", long(80)), on_slide("fragment", long(40))])
def test_text_that_just_fits_passes(lesson, words):
    assert rules.shows_sentences_that_stand_in_it(with_cell(lesson, words)) == []


def test_deck_opens_with_a_slide(lesson):
    content = copy.deepcopy(lesson.content)
    content["cells"][0]["metadata"]["slideshow"]["slide_type"] = "skip"
    (problem,) = rules.has_slide_types(Notebook(lesson.path, content, lesson.root))
    assert problem.startswith("Cell 1 opens the deck")


def test_deck_has_slides_for_a_class(lesson):
    few = copy.deepcopy(lesson.content)
    few["cells"] = few["cells"][:6]
    many = copy.deepcopy(lesson.content)
    many["cells"] += [on_slide("subslide", markdown("x"))] * rules.MAX_SLIDES
    for content, count in ((few, 8), (many, 17 + rules.MAX_SLIDES)):
        (problem,) = rules.makes_a_deck_of_a_class(Notebook(lesson.path, content, lesson.root))
        assert f"about {count} slides" in problem


def test_rules_are_for_lessons(solution):
    assert [rule(solution) for rule in rules.RULES] == [[]] * len(rules.RULES)


def test_sentences_are_split_where_a_reader_would():
    text = (
        "## A heading\n\nHe met [K. B. Burns](#x), in 1.5 hours. “Why?” Nobody knows (yet). And\n"
        "[Beijing.](#E001) Then *this.* It ended.\n\n"
        "1. **First.** A point.\n2. Second: 3 of 4.\n\n| a | b |\n|---|---|\n| C. | D. |\n\n"
        "> **A note.** On [X](../a.b.ipynb)."
    )
    assert [sentence.plain for sentence in sentences(text)] == [
        "He met K. B. Burns, in 1.5 hours.",
        "“Why?”",
        "Nobody knows (yet).",
        "And Beijing.",
        "Then this.",
        "It ended.",
        "First.",
        "A point.",
        "Second: 3 of 4.",
        "A note.",
        "On X.",
    ]


def test_slide_shows_headings_chosen_sentences_and_tables():
    text = (
        "Before. ## no heading\n## Heading\n\nOne [1860](#E001). Two.\n\n- **Aye.** First. More.\n"
        "- **Bee.** Second.\n\n| a |\n|---|\n| 1 |\n\nLast."
    )
    assert shown_markdown(text, ["Two", "Aye.", "More", "Bee.", "Last"]) == (
        "## Heading\n\nTwo.\n\n- **Aye.** More.\n- **Bee.**\n\nLast.\n\n| a |\n|---|\n| 1 |"
    )
    assert shown_markdown(text).startswith("## Heading\n\nBefore.\n\n| a |")
    assert shown_markdown(text, []) == "## Heading\n\n| a |\n|---|\n| 1 |"
    assert (
        shown_markdown(text, ["One"]) == "## Heading\n\nOne [1860](#E001).\n\n| a |\n|---|\n| 1 |"
    )


def test_single_item_of_a_list_is_a_sentence():
    assert shown_markdown("- One.\n- Two.", ["Two"]) == "Two."
    assert shown_markdown("1. One.\n2. Two.\n3. Three.", ["One", "Three"]) == "1. One.\n2. Three."
