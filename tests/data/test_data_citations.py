"""From an id to its sources: what is shown, and what is said when there is nothing to show."""

import html.parser
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor import data
from tutor.data.citations import (
    Citation,
    Entry,
    citation,
    cite,
    search,
    source_list,
    term,
)
from tutor.data.statements import Reference

EVERY_ID = [record.id for record in data._records()]


class Balance(html.parser.HTMLParser):
    """Notes tags that do not close, anchors and addresses."""

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.addresses, self.tags = [], [], [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.tags.add(tag)
        self.ids += [value for name, value in attrs if name == "id"]
        self.addresses += [value for name, value in attrs if name in ("href", "src")]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def parsed(shown) -> Balance:
    parser = Balance()
    parser.feed(shown._repr_html_())
    assert parser.open == []
    return parser


def test_an_event_shows_sources_confidence_and_what_the_study_gets_wrong():
    text = str(cite("E001"))
    assert "28 May 1858" in text
    assert "Standard treaty and diplomatic history" in text
    assert "Confidence: high" in text
    assert "Take care (X03): the 1993 Tumen study, A Brief History" in text
    assert "The Yalu is the China-Korea border" in text


def test_a_source_stands_in_full_with_its_places_together():
    text = str(cite("Z13"))
    assert "Burns, Katherine B. 1993. Subnational Power" in text
    assert text.count("Burns, Katherine") == 1
    assert "section 1.1, 1.2" in text


def test_what_only_the_study_says_is_marked():
    assert "Only the 1993 Tumen study says so" in str(cite("E012"))
    assert "Confidence: low" in str(cite("E012"))


def test_what_was_not_looked_up_is_marked():
    assert "our judgement of a well-known fact" in citation("E013").confidence
    assert "judgement" not in citation("E005").confidence


def test_a_work_shows_its_reference():
    text = str(cite("putnam-1988"))
    assert "Putnam, Robert D. 1988. Diplomacy and Domestic Politics" in text
    assert "not looked up" in text


def test_several_ids_keep_their_order():
    assert [entry.id for entry in cite("E002", "E001").entries] == ["E002", "E001"]


def test_an_unknown_id_is_answered_with_close_matches():
    shown = cite("scalapino-1992")
    assert shown.entries == ()
    assert "scalapino-1991" in str(shown)
    with pytest.raises(KeyError, match="scalapino-1991"):
        citation("scalapino-1992")


def test_words_offer_the_rows_that_speak_of_them():
    assert "E001 Treaty of Aigun" in str(cite("aigun"))
    assert search("Aigun")[0].id == "E001"
    assert search("zhanggufeng")[0].id in ("E016", "P05")
    assert search("tratado") == ()
    assert len(search("the", limit=3)) == 3


def test_cite_without_ids_says_how_to_call_it():
    assert "cite(" in str(cite())


@pytest.mark.parametrize("table", data.names())
def test_every_row_of_every_table_can_be_cited(table):
    for row in data.rows(table):
        entry = citation(row[data.schema_of(table).identifier])
        assert isinstance(entry, Entry)
        assert len(entry.says) > 8, entry
        # A cell that was read as None would stand alone; a sentence may begin with the word.
        assert not re.search(r"\bNone\b(?! of)", entry.says), entry
        assert "  " not in str(Citation((entry,))).replace("\n  ", "\n"), entry.id
        parsed(Citation((entry,)))


def test_every_row_names_a_source_where_its_table_does():
    for table in data.names():
        columns = data.schema_of(table).columns
        if "sources" in columns and columns["sources"].required:
            for row in data.rows(table):
                assert citation(row["id"]).sources, row["id"]


def test_short_references():
    assert Reference.of("keohane-nye-1977").short == "Keohane and Nye 1977"
    assert Reference.of("evans-1993").short == "Evans and others 1993"
    assert Reference.of("baker-1991").short == "Baker 1991/92"
    assert Reference.of("chia-lee-1993").short == "Chia and Lee 1993"
    assert Reference.of("hankyung §9 October 1991").short.endswith("9 October 1991")
    assert Reference.of("tumen-1993 §1.2").short == "the 1993 Tumen study, section 1.2"


def test_html_is_escaped_and_uses_nothing_from_outside():
    hostile = cite("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>')
    assert parsed(hostile).tags <= {"div", "p"}
    for shown in (cite(*EVERY_ID[:60]), source_list(EVERY_ID), term("Hunchun")):
        page = parsed(shown)
        assert not page.tags & {"script", "img", "link", "iframe", "style"}
        assert all(address.startswith("https://") for address in page.addresses)


def test_source_list_has_one_anchor_for_each_row_and_work():
    shown = source_list("E001", ["Z13", "E001"], ("scalapino-1991",))
    ids = parsed(shown).ids
    assert {"E001", "Z13", "scalapino-1991", "tumen-1993", "toloraya"} <= set(ids)
    assert len(ids) == len(set(ids))
    assert "E001: Treaty of Aigun" in str(shown)
    assert "nope" in str(source_list("nope"))


def test_a_term_stands_with_its_native_scripts():
    text = str(term("win-sets"))
    assert text.startswith("win-set (G17)")
    assert "Korean: 윈셋" in text
    assert 'lang="ko"' in term("G17")._repr_html_()
    assert "no 'growth of nothing'" in str(term("growth of nothing"))


def test_a_term_is_found_by_its_short_form_and_places_too():
    assert term("GTI").id == "G64"
    assert term("NET").id == "G06"
    assert term("hunchun").id == "P08"
    assert "Chinese: 珲春" in str(term("Hunchun"))
    assert "vary" in str(term("paradiplomacy"))
    assert "did you mean" in str(term("parradiplomacy"))


def test_notebooks_get_plain_text_besides_html():
    shown = cite("E001")
    assert repr(shown) == str(shown)
    assert "<" not in str(shown)


@given(st.one_of(st.text(), st.none(), st.integers(), st.floats(), st.sampled_from(EVERY_ID)))
def test_nothing_a_learner_asks_for_raises(anything):
    for shown in (cite(anything), term(anything), source_list([anything])):
        assert str(shown)
        parsed(shown)
    assert isinstance(search(str(anything)), tuple)
