"""The summit as a game: every game ends, no deal is illegal, sense pays, and one line holds it all."""

import random
import string

import pytest
import summit_players as players
from hypothesis import given
from hypothesis import strategies as st

from tutor import baselines
from tutor.interaction import summit_game
from tutor.interaction.summit_game import Game, Move, Offer, Vote
from tutor.models import summit as model

CODES = ("CHN", "RUS", "PRK", "KOR", "JPN", "MNG")
COMPANY = {
    "run": "company",
    "port": "zarubino",
    "pay": "bank",
    "transit": "free",
    "order": "pilot",
}
GOOD = COMPANY | {"run": "contiguous"}


def settings_of(count: int) -> list[tuple[str, str, int]]:
    styles = list(summit_game.STYLES)
    return [(CODES[seed % 6], styles[seed // 6 % 4], seed) for seed in range(count)]


def assert_legal(game: Game) -> None:
    """Hold the end of a game to the rule, worked out apart from the game."""
    assert game.status in ("agreed", "failed")
    assert len(game.moves) <= summit_game.rounds()
    assert game.votes_left >= 0
    if game.agreement is not None:
        verdict = model.judge(game.summit, game.agreement)
        assert verdict.passes
        assert set(game.turns[-1].signers) <= set(verdict.signers)
        assert {"CHN", "RUS", "PRK"} <= set(game.turns[-1].signers)
        assert len(game.turns[-1].signers) >= 5
    for turn in game.turns:
        if isinstance(turn, Offer):
            for reply in turn.replies:
                assert reply.delegation not in game.setting.people
                assert summit_game.reply_in_words(game, turn, reply)


def play_many(count: int) -> tuple[list[Game], list[Game]]:
    lucky = [
        players.play_randomly(summit_game.begin(*setting), random.Random(setting[2]))
        for setting in settings_of(count)
    ]
    clever = [players.play_sensibly(summit_game.begin(*setting)) for setting in settings_of(count)]
    return lucky, clever


def check_many(lucky: list[Game], clever: list[Game]) -> None:
    for game in (*lucky, *clever):
        assert_legal(game)
    for games in (lucky, clever):
        made = sum(game.agreement is not None for game in games)
        assert 0 < made < len(games)
    # A third of the clever player's games and more end in a deal, and it gains several times as much.
    assert sum(game.agreement is not None for game in clever) > len(clever) / 4
    assert sum(map(players.gain, clever)) > 3 * sum(map(players.gain, lucky))


def test_games_end_legally_and_sense_pays():
    check_many(*play_many(360))


@pytest.mark.slow
def test_thousands_of_games_end_legally():
    check_many(*play_many(3000))


def test_every_style_and_every_chair_can_reach_a_deal():
    for code in CODES:
        game = summit_game.offer(summit_game.begin(code), _best_of(code))
        assert summit_game.vote(game).status == "agreed"
    for style in summit_game.STYLES:
        games = [players.play_sensibly(summit_game.begin("PRK", style, seed)) for seed in range(12)]
        assert any(game.agreement is not None for game in games)


def _best_of(code: str) -> dict[str, str]:
    return model.best_deals(baselines.tumen_summit())[code][0]


def test_a_vote_goes_by_walk_away_values_not_by_what_was_said():
    game = summit_game.offer(summit_game.begin("MNG", "hard"), GOOD)
    said = {each.delegation: each.answer for each in game.last_offer.replies}
    assert "counter" in said.values() or "refuse" in said.values()
    ended = summit_game.vote(game)
    assert ended.status == "agreed"
    assert ended.turns[-1].signers == ("CHN", "RUS", "PRK", "KOR", "MNG")


def test_a_missing_veto_cannot_be_outvoted():
    game = summit_game.vote(summit_game.offer(summit_game.begin("MNG"), COMPANY))
    vote = game.turns[-1]
    assert len(vote.signers) == 5
    assert not vote.passes
    assert game.status == "talks"
    words = summit_game.vote_in_words(game, vote)
    assert "Without North Korea nothing is made" in words
    assert "only" not in words


def test_two_failed_votes_end_the_summit():
    game = summit_game.offer(summit_game.begin("MNG"), COMPANY)
    game = summit_game.vote(summit_game.vote(game))
    assert game.status == "failed"
    assert game.votes_left == 0
    with pytest.raises(ValueError, match="The summit is over"):
        summit_game.offer(game, GOOD)


def test_the_chair_puts_the_last_offer_to_the_vote():
    game = summit_game.begin("MNG")
    for _ in range(summit_game.rounds() - 1):
        game = summit_game.offer(game, COMPANY)
        assert game.status == "talks"
    ended = summit_game.offer(game, GOOD)
    assert isinstance(ended.turns[-1], Vote)
    assert ended.turns[-1].by_chair
    assert ended.status == "agreed"
    assert summit_game.offer(game, COMPANY).status == "failed"


def test_what_is_asked_for_falls_from_round_to_round():
    for style in ("hard", "problem-solving", "stalling"):
        game = summit_game.begin("MNG", style, 5)
        asked = [game.ambition("RUS", place) for place in range(summit_game.rounds())]
        assert asked == sorted(asked, reverse=True)
    first = {
        style: summit_game.begin("MNG", style, 5).ambition("RUS", 0)
        for style in ("hard", "problem-solving")
    }
    assert first["hard"] > first["problem-solving"] + 0.2


def test_a_stalling_delegation_proposes_nothing_at_first():
    game = summit_game.begin("MNG", "stalling")
    for _ in range(4):
        game = summit_game.offer(game, COMPANY)
    offers = [turn for turn in game.turns if isinstance(turn, Offer)]
    assert all(reply.counter is None for turn in offers[:3] for reply in turn.replies)
    assert any(reply.answer == "stall" for reply in offers[0].replies)
    assert any(reply.counter is not None for reply in offers[3].replies)


def test_the_seed_makes_the_game():
    def answers(seed: int) -> list[tuple[str, str, float]]:
        game = summit_game.offer(summit_game.begin("MNG", "mixed", seed), COMPANY)
        return [(r.delegation, r.answer, r.needed) for r in game.last_offer.replies]

    assert answers(7) == answers(7)
    assert len({tuple(answers(seed)) for seed in range(8)}) == 8
    styles = {summit_game.begin("MNG", "mixed", seed).style_of("RUS") for seed in range(20)}
    assert styles == {"hard", "problem-solving", "stalling"}


def test_people_take_turns_and_may_refuse():
    game = summit_game.begin(["MNG", "KOR", "RUS"])
    assert game.proposer == "MNG"
    game = summit_game.offer(game, GOOD)
    assert game.proposer == "KOR"
    assert {reply.delegation for reply in game.last_offer.replies} == {"CHN", "PRK", "JPN"}
    assert summit_game.vote(game).status == "agreed"
    refused = summit_game.vote(game, refusing=["RUS"])
    assert refused.status == "talks"
    assert "Without Russia nothing is made" in summit_game.vote_in_words(refused, refused.turns[-1])
    with pytest.raises(ValueError, match="not played by a person"):
        summit_game.vote(game, refusing=["CHN"])
    with pytest.raises(ValueError, match="signs it"):
        summit_game.vote(game, refusing=["KOR"])


def test_six_people_need_no_computer():
    game = summit_game.offer(summit_game.begin(CODES), GOOD)
    assert game.last_offer.replies == ()
    assert summit_game.vote(game).status == "agreed"


# One line ------------------------------------------------------------------------------------------


@given(
    st.lists(st.sampled_from(CODES), min_size=1, max_size=3),
    st.sampled_from(list(summit_game.STYLES)),
    st.integers(0, summit_game.LARGEST_SEED),
    st.sampled_from(["", *CODES]),
    st.integers(0, 10**6),
)
def test_a_saved_game_is_the_same_game(people, style, seed, guess, luck):
    chance = random.Random(luck)
    game = summit_game.begin(people, style, seed, guess)
    for _ in range(chance.randrange(4)):
        game = summit_game.offer(game, game.summit.deal(chance.randrange(768)))
    line = summit_game.save(game)
    assert "\n" not in line
    again = summit_game.resume(f"  {line[:9]}\n{line[9:]} ")
    assert again == game
    assert again.status == game.status
    assert summit_game.save(again) == line


def test_a_saved_vote_keeps_who_refused():
    game = summit_game.offer(summit_game.begin(["MNG", "KOR", "RUS"]), GOOD)
    game = summit_game.vote(game, refusing="RUS")
    assert summit_game.resume(summit_game.save(game)).moves[-1] == Move("vote", 319, ("RUS",))


@given(st.text(alphabet=string.printable, max_size=80))
def test_anything_else_is_no_saved_game(text):
    with pytest.raises(ValueError, match="not a saved summit"):
        summit_game.resume(text)


def test_a_changed_letter_is_noticed():
    line = summit_game.save(summit_game.offer(summit_game.begin("MNG"), GOOD))
    for place in range(len("SUMMIT1/"), len(line)):
        changed = line[:place] + ("0" if line[place] != "0" else "1") + line[place + 1 :]
        with pytest.raises(ValueError, match="saved summit"):
            summit_game.resume(changed)


def _sealed(body: str) -> str:
    import zlib

    return f"{body}/{zlib.crc32(body.encode()):08x}"


@pytest.mark.parametrize(
    "body",
    [
        "SUMMIT1/XXX/mixed/1//o1",
        "SUMMIT1/MNG/soft/1//o1",
        "SUMMIT1/MNG/mixed/-1//o1",
        "SUMMIT1/MNG/mixed/1/XXX/o1",
        "SUMMIT1/MNG/mixed/1//o768",
        "SUMMIT1/MNG/mixed/1//v1",
        "SUMMIT1/MNG/mixed/1//x1",
        "SUMMIT1/MNG/mixed/1//o",
        "SUMMIT1/MNG/mixed/1//o1..o1",
        "SUMMIT1/MNG/mixed/1//" + ".".join(["o1"] * 9),
    ],
)
def test_a_forged_line_is_turned_down(body):
    with pytest.raises(ValueError, match=r"\w"):
        summit_game.resume(_sealed(body))


# Hostile inputs --------------------------------------------------------------------------------------


class Awkward:
    def __repr__(self):
        raise RuntimeError("no")


HOSTILE = [
    None,
    3,
    1.5,
    True,
    "",
    "separate",
    [],
    {},
    {"run": "company"},
    {"run": "compny"} | {key: COMPANY[key] for key in ("port", "pay", "transit", "order")},
    {**COMPANY, "roads": "many"},
    {**COMPANY, "run": None},
    {**COMPANY, "run": ["company"]},
    {**COMPANY, 3: "company"},
    Awkward(),
    {"run": Awkward()},
    "x" * 10_000,
]


@pytest.mark.parametrize("deal", HOSTILE, ids=range(len(HOSTILE)))
def test_no_deal_of_any_kind_crashes_an_offer(deal):
    with pytest.raises(ValueError, match=r"\w+ \w+") as problem:
        summit_game.offer(summit_game.begin("MNG"), deal)
    assert len(str(problem.value)) < 400


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("XXX",), "must be one of CHN"),
        ((3,), "give a code"),
        (([],), "has to be yours"),
        (([3],), "must be one of CHN"),
        (({"MNG": 1},), "give a code"),
        (("MNG", "soft"), "style is 'soft'"),
        (("MNG", None), "style is None"),
        (("MNG", "mixed", -1), "seed is -1"),
        (("MNG", "mixed", 1.5), "seed is 1.5"),
        (("MNG", "mixed", True), "seed is True"),
        (("MNG", "mixed", 10**9), "whole number from 0"),
        (("MNG", "mixed", 1, "XXX"), "must be one of CHN"),
    ],
)
def test_no_setting_of_any_kind_crashes_a_beginning(arguments, words):
    with pytest.raises(ValueError, match=words):
        summit_game.begin(*arguments)


def test_names_do_as_well_as_codes():
    assert (
        summit_game.begin("mongolia", " Hard ", "12").setting
        == summit_game.begin("MNG", "hard", 12).setting
    )
    named = {
        "How jointly the zone is run": "A joint company on leased land",
        "PORT": " Zarubino ",
        "pay": "bank",
        "transit": "free",
        "order": "pilot",
    }
    assert summit_game.read_deal(named) == COMPANY


def test_illegal_votes_are_turned_down():
    fresh = summit_game.begin("MNG")
    with pytest.raises(ValueError, match="Nothing is on the table"):
        summit_game.vote(fresh)
    game = summit_game.offer(fresh, COMPANY)
    with pytest.raises(ValueError, match="has not been on the table"):
        summit_game.vote(game, COMPANY | {"port": "hunchun", "order": "build"})
    poor = summit_game.offer(fresh, COMPANY | {"transit": "national", "pay": "own"})
    with pytest.raises(ValueError, match="not to sign below 52"):
        summit_game.vote(poor)
    with pytest.raises(ValueError, match="must be a list"):
        summit_game.vote(game, refusing=3)


def test_a_proposal_on_another_issue_than_the_complaint_says_so():
    game = summit_game.offer(summit_game.begin("MNG", seed=1), COMPANY)
    said = {
        reply.delegation: summit_game.reply_in_words(game, game.turns[0], reply)
        for reply in game.turns[0].replies
    }
    assert "What we miss most is “Free transit and ships on the river”" in said["CHN"]
    assert "For now another change would do: “An inland port at Hunchun” in place" in said["CHN"]
    assert "What we miss most is “Each on its own soil”" in said["JPN"]
    assert "Our proposal: “Private investors with United Nations help” in place" in said["JPN"]


def test_what_is_only_too_little_is_not_called_a_hurt():
    game = summit_game.begin("MNG", "hard", seed=1)
    game = summit_game.offer(game, COMPANY | {"transit": "documents"})
    game = summit_game.offer(game, COMPANY | {"transit": "national"})
    papers, closed = (
        summit_game.reply_in_words(game, turn, turn.replies[0]) for turn in game.turns
    )
    # Common papers bring China something, the present rules nothing.
    assert "What we miss most is “Free transit and ships on the river”" in papers
    assert "What hurts most is “National rules as they are”" in closed
