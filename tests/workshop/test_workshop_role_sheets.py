"""The printed sheets: all that a class needs stands in them, and nothing confidential in the public ones."""

import re
from html.parser import HTMLParser

import pytest

from tutor import data
from tutor.workshop import role_sheets

CODES = [row["delegation"] for row in data.rows("summit_delegations")]
VOID = {"meta", "br"}


class Outline(HTMLParser):
    """Read a page, and hold it to be well nested."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        assert not any(name in ("src", "href") for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, words):
        self.text += words


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "sheets"
    said: list[str] = []
    assert role_sheets.main([str(folder)], said.append) == 0
    assert "11 pages written" in said[0]
    return folder


def read(folder, name):
    return Outline((folder / f"{name}.html").read_text(encoding="utf-8")).text


def test_there_is_a_page_for_everything(folder):
    names = {path.stem for path in folder.iterdir()}
    others = {"public_brief", "chair", "observer", "deal_form", "all_sheets"}
    assert names == others | {f"role_{code}" for code in CODES}


@pytest.mark.parametrize("code", CODES)
def test_a_role_holds_its_own_points_and_nobody_elses(folder, code):
    text = read(folder, f"role_{code}")
    assert "Confidential" in text
    for row in data.rows("summit_points"):
        if row["delegation"] == code:
            assert row["reason"] in text
    own = {row["reason"] for row in data.rows("summit_points") if row["delegation"] == code}
    others = {row["reason"] for row in data.rows("summit_points")} - own
    # Short reasons can be parts of longer ones; whole sentences of others must not be there.
    assert not [reason for reason in others if len(reason) > 30 and reason in text]
    walk_away = next(
        row["walk_away"] for row in data.rows("summit_delegations") if row["delegation"] == code
    )
    assert f"Your walk-away value: {walk_away} points." in text


@pytest.mark.parametrize("name", ["public_brief", "chair"])
def test_the_rule_is_said_in_full(folder, name):
    text = " ".join(read(folder, name).split())
    assert re.search(
        r"at least 5 of the six signatures, and among them those of China, Russia and North Korea",
        text,
    )


@pytest.mark.parametrize("name", ["chair", "observer"])
def test_who_has_no_delegation_learns_nothing_confidential(folder, name):
    text = read(folder, name)
    assert not any(row["reason"] in text for row in data.rows("summit_points"))
    assert not re.search(r"\d+ points", text)


@pytest.mark.parametrize("name", ["public_brief", "deal_form"])
def test_public_sheets_hold_every_option_and_no_points(folder, name):
    text = read(folder, name)
    for row in data.rows("summit_options"):
        assert row["name"] in text
    assert not any(row["reason"] in text for row in data.rows("summit_points"))
    assert not re.search(r"\d+ points", text)


def test_the_form_asks_for_the_keys_that_the_debrief_reads(folder):
    text = read(folder, "deal_form")
    assert all(f"({row['key']})" in text for row in data.rows("summit_options"))


def test_a_folder_that_cannot_be_written_is_named(tmp_path, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("")
    assert role_sheets.main([str(blocked / "sheets")]) == 1
    assert "could not be written" in capsys.readouterr().err
