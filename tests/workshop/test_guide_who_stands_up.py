"""The cards of session 08's activity do in class what the guide says that they do."""

import re

import pytest

from tutor.workshop.notebooks import REPOSITORY

PAGE = (REPOSITORY / "solutions" / "guide" / "08_tradp_model.md").read_text(encoding="utf-8")
CARDS = r"\d+(?:, \d+){9,}"


def cards_of(players: int) -> list[int]:
    """Read the list of cards for so many players from the page."""
    lists = [list(map(int, found.split(", "))) for found in re.findall(CARDS, PAGE)]
    return next(cards for cards in lists if len(cards) == players)


def play(cards: list[int], standing: int, *added: int) -> list[int]:
    """Count who stands, round by round; `added` is what is told beyond the count, then nothing."""
    counts = [standing]
    for more in (*added, *([0] * 30)):
        counts.append(sum(card <= counts[-1] + more for card in cards))
    return counts


@pytest.mark.parametrize(
    ("players", "lost", "push", "climb", "gives_way"),
    [(20, 6, 4, [1, 2, 5, 13], 6), (12, 3, 2, [1, 2, 6], 5)],
)
class TestCards:
    def test_two_ends_and_a_threshold(self, players, lost, push, climb, gives_way):
        cards = cards_of(players)
        ends = [play(cards, start)[-1] for start in range(players + 1)]
        assert ends == [0] * (lost + 1) + [players] * (players - lost)
        assert max(play(cards, lost)[5:]) == 0

    def test_a_push_must_last(self, players, lost, push, climb, gives_way):
        cards, enough = cards_of(players), len(climb)
        assert play(cards, 0, *[push] * enough)[1 : enough + 1] == climb
        assert play(cards, 0, *[push] * (enough - 1))[-1] == 0
        assert play(cards, 0, *[push] * enough)[-1] == players
        assert play(cards, 0, *[push - 1] * 30)[-1] == 0

    def test_the_way_back_is_longer(self, players, lost, push, climb, gives_way):
        cards, standing = cards_of(players), players
        left = []
        for taken in range(1, gives_way + 1):
            standing = play(cards, standing, *[-taken] * 30)[30]
            left.append(standing)
        assert left[-1] == 0
        assert min(left[:-1]) >= players - 1
        assert play(cards, standing)[-1] == 0


def test_zeros_would_start_the_class_by_itself():
    cards = sorted(cards_of(20))
    assert play([0, 0, 0, 0, *cards[:-4]], 0)[-1] == 20
