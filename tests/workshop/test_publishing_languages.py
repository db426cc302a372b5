"""Native names and their languages, and the last pass over a page."""

import json

import pytest

from tutor.workshop.notebooks import course_notebooks
from tutor.workshop.publishing import languages
from tutor.workshop.publishing.finishing import finished, ids_in
from tutor.workshop.publishing.languages import language_of, marked


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("두만강", "ko"),
        ("Владивосток", "ru"),
        ("Дальний Восток", "ru"),
        ("Хөшөө", "mn"),
        ("マイクロリージョナリズム", "ja"),
        ("環日本海経済圏", "ja"),
        ("裏日本", "ja"),
        ("新潟", "ja"),
        ("图们江", "zh"),
        ("北京", "zh"),
        ("海參崴", "zh-Hant"),
        ("吉林", "zh-Hans"),
        ("鬱鬱鬱", ""),
        ("Tumen", ""),
    ],
)
def test_the_language_of_a_name(name, language):
    assert language_of(name) == language


def test_every_native_name_of_the_lessons_has_a_language():
    missing = {
        name: notebook.name
        for notebook in course_notebooks()
        for cell in notebook.markdown_cells
        for name in languages.unknown(cell.source)
    }
    assert not missing, "add them to ONLY_IN_PROSE in tutor/workshop/publishing/languages.py"


def test_no_name_is_listed_that_the_tables_know():
    names = languages._names()
    for name, language in languages.ONLY_IN_PROSE.items():
        held = [code for code in names if name in names[code]]
        # A name that the prose has in Chinese may be the Japanese one of a table.
        assert language[:2] not in held, name


def test_names_are_marked_and_words_around_them_stay():
    text = "At Peking 北京, by Lake Khasan Хасан &amp; 두만강."
    assert marked(text) == (
        'At Peking <span lang="zh">北京</span>, by Lake Khasan <span lang="ru">Хасан</span> &amp; '
        '<span lang="ko">두만강</span>.'
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p>Peking <span lang="zh">北京</span></p>',
        "<title>北京</title>",
        "<select><option>北京</option></select>",
        '<img alt="北京"><!-- 北京 --><math><mi>α</mi></math>',
        "<p>1 &lt; 2 &#x27;so&#x27; <br>\n<input disabled value='x'/></p>",
        '<script>const a = "<p>北京</p>";</script>',
    ],
)
def test_what_is_marked_already_or_is_no_prose_stays_as_it_is(html):
    assert finished(html, lambda target: "changed") == html


def test_marks_go_on_behind_an_element_that_has_its_own():
    html = '<p><em lang="ja">新潟</em> 北京</p><p>두만강'
    assert finished(html, str) == (
        '<p><em lang="ja">新潟</em> <span lang="zh">北京</span></p><p><span lang="ko">두만강</span>'
    )


def test_links_lead_where_the_page_says():
    html = '<a class="x" href="01.ipynb?a=1&amp;b=2" download>one</a> <a id="y">two</a>'
    assert finished(html, lambda target: f"to/{target}") == (
        '<a class="x" href="to/01.ipynb?a=1&amp;b=2" download>one</a> <a id="y">two</a>'
    )


def test_the_words_of_a_question_are_finished_too():
    data = {"replies": [{"status": "right", "html": '<a href="#E003">北京</a>'}], "keys": {"0": 0}}
    written = json.dumps(data).replace("<", "\\u003c")
    html = finished(
        f'<script type="application/json">{written}</script>', lambda target: f"s.html{target}"
    )
    assert html.count("<") == 2
    found = json.loads(html.partition(">")[2].rpartition("<")[0])
    assert found == {
        "replies": [
            {"status": "right", "html": '<a href="s.html#E003"><span lang="zh">北京</span></a>'}
        ],
        "keys": {"0": 0},
    }


def test_ids_are_found_in_any_element():
    assert ids_in('<h2 id="A-river">A</h2><li class="x" id=\'E003\'>id="no"</li>') == {
        "A-river",
        "E003",
    }
