"""Replies: what the learner typed never becomes markup, and the course's own markup does."""

import html
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.interaction.message import Message
from tutor.interaction.verdict import OPENING, UNDERLINED_LINKS, Verdict, plain, rich

ALLOWED = {"a", "em", "p", "strong", "div"}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict]] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.seen.append((tag, dict(attrs)))


def tags_of(markup: str) -> list[tuple[str, dict]]:
    parser = Tags()
    parser.feed(markup)
    parser.close()
    return parser.seen


NASTY = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "[click](#x\"onclick='alert(1)')",
    "[<b>x</b>](#E001)",
    "*<i>x</i>*",
    "[x](#javascript:alert(1))",
    "</div><iframe>",
    "&lt;script&gt;",
]


@pytest.mark.parametrize("text", NASTY)
def test_markup_of_others_is_shown_not_run(text):
    for markup in (
        rich(text),
        Message(text)._repr_html_(),
        Verdict("wrong", text, text)._repr_html_().removeprefix(UNDERLINED_LINKS),
    ):
        for tag, attributes in tags_of(markup):
            assert tag in ALLOWED
            assert not [name for name in attributes if name.startswith("on")]
            assert attributes.get("href", "#").startswith("#")


@given(st.text(alphabet="<>\"'&[](#)* \nabc/=", max_size=60))
def test_no_text_can_make_a_tag_of_its_own(text):
    for tag, attributes in tags_of(f"<p>{rich(text)}</p>"):
        assert tag in {"a", "em", "p"}
        assert set(attributes) <= {"href"}


def test_markup_of_the_course_is_shown():
    assert rich("See [1950](#E025), *now*.") == 'See <a href="#E025">1950</a>, <em>now</em>.'
    assert rich("one\n\ntwo") == "one</p><p>two"
    assert plain("See [1950](#E025), *now*.") == "See 1950, now."
    assert rich("2 * 3 * 4") == "2 * 3 * 4"
    assert html.unescape(rich("a < b & c")) == "a < b & c"


@pytest.mark.parametrize("status", OPENING)
def test_every_verdict_begins_with_its_word(status):
    verdict = Verdict(status, "Because.", "Look again.")
    assert str(verdict) == f"{OPENING[status]} Because.\nHint: Look again."
    assert repr(verdict) == str(verdict)
    assert 'role="status"' in verdict._repr_html_()
    assert "Look again." in verdict._repr_html_()
    assert verdict.right is (status == "right")


def test_message_is_words_everywhere():
    message = Message("Lesson [01](#E001) is *ready*.")
    assert repr(message) == "Lesson 01 is ready."
    assert 'role="status"' in message._repr_html_()
