"""The summit's table: plain calls, what the page is told, what is kept, and the debrief; no front end."""

import json
import re

import pytest

import tutor
from tutor.interaction import summit_game, summit_widget
from tutor.interaction.message import Message
from tutor.interaction.record import Entry, journal
from tutor.interaction.summit_debrief import Debrief
from tutor.interaction.summit_widget import SummitTable, view_of

COMPANY = {
    "run": "company",
    "port": "zarubino",
    "pay": "bank",
    "transit": "free",
    "order": "pilot",
}


def finished() -> SummitTable:
    table = tutor.summit("MNG", seed=3, guess="JPN")
    table.offer(COMPANY)
    table.offer(run="contiguous")
    table.vote()
    return table


def test_a_game_by_plain_calls():
    table = tutor.summit("MNG", seed=3)
    assert "Round 1 of 8. You speak for Mongolia" in repr(table)
    said = repr(table.offer(**COMPANY))
    assert "Mongolia offers: A joint company on leased land; Zarubino" in said
    for name in ("China", "Russia", "North Korea", "South Korea", "Japan"):
        assert f"{name} (" in said
    assert "Round 2 of 8" in said
    # What is not named stays as it was.
    assert "One zone, three administrations; Zarubino" in repr(table.offer(run="contiguous"))
    assert "The deal is made: 5 of 6 sign; Japan stays outside." in repr(table.vote())
    assert repr(table).startswith("The summit is over: 5 of 6 have signed.")
    assert repr(table.history()).count("offers:") == 2


def test_points_of_others_are_private_until_the_end():
    table = tutor.summit("MNG")
    own = table.points()
    assert own["points"].max() == 30
    assert len(own) == 19
    assert isinstance(table.points("CHN"), Message)
    assert len(finished().points("CHN")) == 19
    assert isinstance(table.points("XX"), Message)
    seen = json.dumps(view_of(summit_game.offer(table.game, COMPANY)))
    assert '"needed"' not in seen
    assert seen.count('"points"') == 19


def test_a_game_goes_on_after_the_kernel_has_gone():
    table = tutor.summit("MNG", seed=3)
    table.offer(COMPANY)
    assert tutor.summit().game == table.game
    assert tutor.summit("MNG", seed=3).game == table.game
    other = tutor.summit("MNG", seed=4)
    assert other.game.moves == ()
    assert tutor.summit().game == other.game
    assert tutor.summit(resume=table.save()).game == table.game
    assert tutor.summit().game == table.game


def test_a_finished_game_is_not_gone_on_with_but_begun_anew():
    assert finished().game.status == "agreed"
    assert tutor.summit().game.status == "agreed"
    assert tutor.summit("MNG", seed=3, guess="JPN").game.moves == ()


def test_restart_begins_the_same_game_again():
    table = finished().restart()
    assert table.game.moves == ()
    assert tutor.summit().game == table.game


def test_every_move_is_kept_once():
    table = tutor.summit("MNG", seed=3)
    table.offer(COMPANY)
    table.offer(run="nonsense")
    tutor.summit()
    kept = [entry.answer for entry in journal().entries() if entry.what == "played"]
    assert len(kept) == len(set(kept)) == 2


def test_a_damaged_record_asks_for_a_delegation_again():
    journal().add(Entry(what="played", item="09.summit", answer="SUMMIT1/MNG/mixed/1//o1/00000000"))
    assert tutor.summit().game is None


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: tutor.summit("XXX"), "must be one of CHN"),
        (lambda: tutor.summit(7), "give a code"),
        (lambda: tutor.summit("MNG", style=[]), "style is"),
        (lambda: tutor.summit("MNG", seed="x"), "whole number"),
        (lambda: tutor.summit("MNG", guess=[1]), "must be one of CHN"),
        (lambda: tutor.summit(resume="x"), "not a saved summit"),
        (lambda: tutor.summit(resume=7), "not a saved summit"),
        (lambda: SummitTable().offer(COMPANY), "Choose a delegation first"),
        (lambda: SummitTable().vote(), "Choose a delegation first"),
        (lambda: SummitTable().history(), "Nothing has happened"),
        (lambda: SummitTable().points(), "Choose a delegation first"),
        (lambda: SummitTable().save(), "no game yet"),
        (lambda: SummitTable().debrief(), "not over yet"),
        (lambda: tutor.summit("MNG").offer(), "settles nothing on"),
        (lambda: tutor.summit("MNG").offer(7), "give an option for each issue"),
        (lambda: tutor.summit("MNG").offer(run="x"), "must be one of separate"),
        (lambda: tutor.summit("MNG").offer(x="x"), "issue is 'x'"),
        (lambda: tutor.summit("MNG").vote(), "Nothing is on the table"),
        (lambda: tutor.summit("MNG").debrief(), "not over yet"),
        (lambda: finished().offer(COMPANY), "The summit is over"),
        (lambda: tutor.summit_debrief(), "no game to look back on"),
        (lambda: tutor.summit_debrief(7), "no game to look back on"),
        (lambda: tutor.summit_debrief("x"), "not a saved summit"),
        (lambda: tutor.summit_debrief(tutor.summit("MNG")), "not over yet"),
        (lambda: tutor.summit_groups({"a": "company rajin"}), "2 options are given"),
        (lambda: tutor.summit_groups({"a": 7}), "a: The deal is 7"),
        (lambda: tutor.summit_groups([1]), "Give a deal for each group"),
    ],
)
def test_what_cannot_be_is_said_in_words(call, words):
    said = call()
    assert isinstance(said, Message)
    assert words in repr(said)


# The page ------------------------------------------------------------------------------------------


class Page:
    """What a page does, without one: it sends, and is shown a new view."""

    def __init__(self, table: SummitTable) -> None:
        self.view = view_of(table.game)
        self.table = table
        table._widgets.append(self)

    def send(self, **what: object) -> dict:
        self.table._received(self, what)
        return self.view


def test_a_game_on_the_page():
    page = Page(SummitTable())
    assert page.view["phase"] == "choose"
    assert [one["code"] for one in page.view["delegations"]][:1] == ["CHN"]
    view = page.send(what="begin", people=["MNG"], style="mixed", seed="3", guess="")
    assert (view["phase"], view["round"], view["me"]) == ("talks", 1, "MNG")
    assert view["table"] == []
    assert "5 of 6 signatures, among them China, Russia and North Korea." in view["rule"]
    view = page.send(what="offer", deal=COMPANY)
    assert view["turns"][-1]["words"] == "2 of 5 say yes: China, South Korea."
    russia = next(one for one in view["turns"][-1]["replies"] if one["code"] == "RUS")
    view = page.send(what="offer", deal=russia["counter"])
    numbers = {one["number"] for one in view["table"]}
    assert all(one["worth"] >= view["walk_away"] for one in view["table"])
    assert [one["option"] for one in view["table"][0]["deal"]] == [
        one["option"] for one in view["turns"][-1]["deal"]
    ]
    view = page.send(what="vote", number=view["table"][0]["number"], refusing=[])
    assert numbers
    assert view["phase"] == "over"
    assert "5 of 6 have signed" in view["ending"]
    assert page.send(what="again")["phase"] == "choose"
    json.dumps(view)


@pytest.mark.parametrize(
    "sent",
    [
        {},
        None,
        7,
        [],
        {"what": "fly"},
        {"what": "offer"},
        {"what": "offer", "deal": None},
        {"what": "offer", "deal": {"run": "<b>"}},
        {"what": "vote"},
        {"what": "vote", "number": "x"},
        {"what": "vote", "number": -1},
        {"what": "vote", "number": 10**30},
        {"what": "vote", "number": 511, "refusing": 7},
        {"what": "begin"},
        {"what": "begin", "people": [], "style": "mixed", "seed": 1},
        {"what": "begin", "people": ["MNG"], "style": {}, "seed": 1},
    ],
    ids=range(16),
)
def test_nothing_that_a_page_sends_crashes_or_changes_the_game(sent):
    table = tutor.summit("MNG", seed=3)
    table.offer(COMPANY)
    before, page = table.game, Page(table)
    table._received(page, sent)
    assert table.game == before
    assert page.view["problem"]
    assert page.view["phase"] == "talks"


def test_calls_and_page_show_the_same_game():
    table = tutor.summit("MNG", seed=3)
    page = Page(table)
    table.offer(COMPANY)
    assert page.view["round"] == 2


def test_several_people_are_told_whose_turn_it_is():
    table = tutor.summit(["MNG", "RUS"], seed=3)
    table.offer(COMPANY)
    view = view_of(table.game)
    assert view["me"] == "RUS"
    assert view["others"] == [{"code": "MNG", "name": "Mongolia"}]


def test_the_widget_is_made_with_its_form():
    widget = summit_widget._widget_class()(view=view_of(None))
    assert "chooseForm" in widget._esm
    assert ".tumen-summit" in widget._css


# Debrief ---------------------------------------------------------------------------------------------


def test_debrief_of_a_deal():
    found = finished().debrief()
    assert isinstance(found, Debrief)
    assert "88 points, +36 over no deal; the most that any deal gives it is 91" in found.words
    assert "Nothing was left on the table" in found.words
    assert "To have more, you would have had to take it from somebody else." in found.words
    assert "You expected Japan to be hardest to win" in found.words
    assert tutor.summit_debrief().words == found.words
    assert "your deal" in json.dumps(found.chart.figure.chart.to_dict())
    assert "[Chart]" in repr(found)


def test_whoever_has_the_most_is_not_told_to_take_more():
    table = tutor.summit("KOR", seed=3)
    table.offer(COMPANY | {"run": "contiguous", "port": "rajin"})
    table.vote()
    words = table.debrief().words
    assert "94 points, +36 over no deal; the most that any deal gives it is 94" in words
    assert "Nothing was left on the table" in words
    assert "To have more" not in words


def test_debrief_of_a_deal_that_left_something():
    table = tutor.summit("KOR", seed=3)
    table.offer(COMPANY | {"run": "contiguous", "transit": "documents", "order": "build"})
    table.vote()
    words = table.debrief().words
    assert "would have been better for some and worse for nobody" in words
    assert "“A treaty on free transit” in place of “Common papers and border posts”" in words
    assert words.endswith("The one offer made could not have been signed by Japan.")


def test_debrief_of_a_deal_that_left_much_spells_out_two():
    table = tutor.summit("KOR", seed=3)
    table.offer(COMPANY | {"run": "contiguous", "transit": "national", "order": "build"})
    table.vote()
    words = table.debrief().words
    assert "12 deals would have been better for some" in words
    assert words.count("For one, “") == words.count("For another, “") == 1


def test_debrief_counts_whom_the_offers_left_out_most_often():
    table = tutor.summit("MNG", seed=3)
    for port in ("hunchun", "rajin", "zarubino"):
        table.offer(COMPANY | {"port": port})
    table.offer(run="contiguous")
    table.vote()
    shut_out = [
        sum(not table.game.can_sign(code, turn.deal) for turn in table.game.turns[:4])
        for code in table.game.summit.names
    ]
    assert f"Of the 4 offers made, most often Japan could not have signed: {max(shut_out)} of" in (
        table.debrief().words
    )


def test_debrief_without_a_deal():
    table = tutor.summit("MNG", seed=3, guess="RUS")
    table.offer(COMPANY)
    table.vote()
    table.vote()
    words = table.debrief().words
    assert "68 deals would have passed" in words
    assert words.startswith("*No deal.* 5 of 6 sign. Without North Korea nothing is made")
    assert "It lay on the table: Russia's proposal “One zone, three administrations; Zar" in words
    assert "would have passed in a vote, with 88 points for Mongolia." in words
    assert "The one offer made could not have been signed by North Korea." in words
    assert "Russia alone stops most, 70." in words


def test_debrief_names_the_deal_that_nobody_put_to_the_vote():
    table = tutor.summit("MNG", seed=3)
    table.offer(COMPANY | {"run": "contiguous"})
    for _ in range(7):
        table.offer(COMPANY | {"port": "hunchun"})
    assert table.game.status == "failed"
    words = table.debrief().words
    assert "You had it in your hands: your own offer “One zone, three administrations; Zar" in words
    assert "would have passed in a vote, with 88 points for Mongolia." in words


def test_debrief_names_the_smallest_change_that_would_have_done():
    table = tutor.summit("MNG", style="stalling", seed=3)
    table.offer(COMPANY)
    table.vote()
    table.vote()
    assert (
        "Nearest to a deal was the offer of round 1. With “One zone, three administrations” in place "
        "of “A joint company on leased land” it would have passed, with 88 points for Mongolia."
    ) in table.debrief().words


@pytest.mark.parametrize("seed", range(12))
def test_what_was_near_would_really_have_passed(seed):
    table = tutor.summit(["JPN", "CHN", "RUS", "PRK"][seed % 4], seed=seed)
    deals = [COMPANY | {"order": "build"}, COMPANY | {"port": "hunchun", "transit": "national"}]
    while table.game.status == "talks":
        table.offer(deals[len(table.game.moves) % 2])
    words = table.debrief().words
    points = float(re.search(r"with (\d+) points for", words)[1])
    assert points in {
        table.game.score(table.game.setting.people[0], table.game.summit.deal(int(number)))
        for number in table.game.summit.passes.nonzero()[0]
    }
    assert (
        points
        >= table.game.summit.walk_aways[table.game.summit.names.index(table.game.setting.people[0])]
    )


def test_a_class_is_compared():
    figure = tutor.summit_groups(
        {
            "one": "company rajin bank free pilot",
            "two": None,
            "three": ["contiguous", "vladivostok", "bank", "free", "pilot"],
            "four": "contiguous, zarubino, private, documents, build",
        }
    )
    table = figure.table().set_index("group")
    assert "below the walk-away value of Russia" in table.loc["one", "what it comes to"]
    assert table.loc["two", "what it comes to"].startswith("no deal")
    assert table.loc["two", "China"] == 50
    assert table.loc["three", "what it comes to"] == "a deal of 6, in the Pareto set"
    assert table.loc["four", "what it missed"].startswith("better for some, worse for nobody")
    assert "2 of 4 groups made a deal, and 1 left nothing on the table" in json.dumps(
        figure.chart.to_dict()
    )
