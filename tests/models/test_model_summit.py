"""The summit: a small game by hand, invariants, the computer delegations, bad input."""

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.models import summit as model
from tutor.models.summit import Delegation, Issue, Summit

ISSUES = (Issue("port", ("north", "south")), Issue("pay", ("us", "them", "bank")))


def delegation(name, port, pay, walk_away, has_veto=False):
    points = {
        "port": dict(zip(("north", "south"), port, strict=True)),
        "pay": dict(zip(("us", "them", "bank"), pay, strict=True)),
    }
    return Delegation(name, points, walk_away, has_veto)


# Scores in the order north/us, north/them, north/bank, south/us, south/them, south/bank:
# A 60 90 80 0 30 20; B 40 10 35 100 70 95; C 10 20 60 20 30 70.
SMALL = Summit(
    ISSUES,
    (
        delegation("A", (60, 0), (0, 30, 20), 20, has_veto=True),
        delegation("B", (0, 60), (40, 10, 35), 30),
        delegation("C", (0, 10), (10, 20, 60), 60),
    ),
    2,
)


@st.composite
def games(draw):
    points = st.integers(0, 40)
    delegations = tuple(
        delegation(
            name,
            draw(st.tuples(points, points)),
            draw(st.tuples(points, points, points)),
            draw(st.integers(0, 60)),
            draw(st.booleans()),
        )
        for name in "ABCD"
    )
    return Summit(ISSUES, delegations, draw(st.integers(1, 4)))


def test_the_small_game_by_hand():
    assert SMALL.scores.T.tolist() == [
        [60, 90, 80, 0, 30, 20],
        [40, 10, 35, 100, 70, 95],
        [10, 20, 60, 20, 30, 70],
    ]
    assert SMALL.signs.T.astype(int).tolist() == [
        [1, 1, 1, 0, 1, 1],
        [1, 0, 1, 1, 1, 1],
        [0, 0, 1, 0, 0, 1],
    ]
    assert SMALL.passes.tolist() == [True, False, True, False, True, True]
    # Outcomes of the passing deals: (60, 40, 60), (80, 35, 60), (30, 70, 60), (20, 95, 70).
    assert SMALL.outcomes[SMALL.passes].tolist() == [
        [60, 40, 60],
        [80, 35, 60],
        [30, 70, 60],
        [20, 95, 70],
    ]
    assert SMALL.is_pareto.tolist() == [True, False, True, False, True, True]


def test_nash_deals_by_hand():
    # All three: north/bank 60 x 5 x 0, south/bank 0 x 65 x 10: both 0, a tie. A and B: north/us
    # 40 x 10 = 400, south/them 10 x 40 = 400: another tie.
    deals = model.nash_deals(SMALL)
    assert list(deals) == [("A", "B", "C"), ("A", "B")]
    assert len(deals["A", "B", "C"]) == 2
    assert deals["A", "B"] == (
        {"port": "north", "pay": "us"},
        {"port": "south", "pay": "them"},
    )
    keener = replace(
        SMALL, delegations=(replace(SMALL.delegations[0], walk_away=10), *SMALL.delegations[1:])
    )
    # Now south/bank is 10 x 65 x 10 and wins; of the others south/them 20 x 40 = 800 beats 500.
    assert model.nash_deals(keener)["A", "B", "C"] == ({"port": "south", "pay": "bank"},)
    assert model.nash_deals(keener)["A", "B"] == ({"port": "south", "pay": "them"},)


def test_best_deals_and_who_blocks():
    best = model.best_deals(SMALL)
    assert best["A"] == ({"port": "north", "pay": "bank"},)
    assert best["B"] == best["C"] == ({"port": "south", "pay": "bank"},)
    # north/them lacks B or C; south/us lacks A alone.
    assert model.blocked_deals(SMALL) == {"A": 1, "B": 1, "C": 1}
    impossible = replace(
        SMALL, delegations=tuple(replace(each, walk_away=101) for each in SMALL.delegations)
    )
    assert model.best_deals(impossible) == {"A": (), "B": (), "C": ()}
    assert model.nash_deals(impossible) == {}
    assert model.balance(impossible).passing_share == 0


def test_a_verdict():
    verdict = model.judge(SMALL, {"pay": "us", "port": "south"})
    assert not verdict.passes
    assert not verdict.is_pareto
    assert verdict.signers == ("B",)
    assert verdict.obstacles == ("A", "C")
    assert verdict.scores == {"A": 0, "B": 100, "C": 20}
    assert verdict.better_deals == {"A": 3, "B": 4, "C": 1}
    good = model.judge(SMALL, {"port": "north", "pay": "us"})
    assert good.passes
    assert good.obstacles == ()
    assert good.better_deals == {"A": 1, "B": 2, "C": 1}


def test_balance_of_the_small_game():
    result = model.balance(SMALL)
    assert result.passing_share == pytest.approx(4 / 6)
    # A's favourite is north/them, B's south/us, C's south/bank, which passes.
    assert result.favourites_that_pass == ("C",)
    assert result.options_in_every_passing_deal == ()
    one = replace(SMALL, signatures_needed=3)
    assert model.balance(one).options_in_every_passing_deal == (("pay", "bank"),)


@given(games())
def test_deals_and_numbers_belong_together(game):
    for number in range(len(game.choices)):
        assert game.number(game.deal(number)) == number


@given(games())
def test_pareto_set_and_nash_deals_by_brute_force(game):
    passing = [number for number in range(6) if game.passes[number]]
    for number in range(6):
        dominated = any(
            (game.outcomes[other] >= game.outcomes[number]).all()
            and (game.outcomes[other] > game.outcomes[number]).any()
            for other in passing
        )
        assert game.is_pareto[number] == (number in passing and not dominated)
    assert bool(game.is_pareto.any()) == bool(passing)
    for signers, deals in model.nash_deals(game).items():
        columns = [game.names.index(name) for name in signers]
        best = max(
            float(np.prod(game.scores[number, columns] - game.walk_aways[columns]))
            for number in passing
            if model.judge(game, game.deal(number)).signers == signers
        )
        for deal in deals:
            number = game.number(deal)
            assert np.prod(game.scores[number, columns] - game.walk_aways[columns]) == best


@given(games(), st.permutations(range(4)))
def test_the_order_of_the_delegations_changes_nothing(game, order):
    other = replace(game, delegations=tuple(game.delegations[place] for place in order))
    assert (other.passes == game.passes).all()
    assert (other.is_pareto == game.is_pareto).all()
    assert model.blocked_deals(other) == model.blocked_deals(game)
    assert {frozenset(signers) for signers in model.nash_deals(other)} == {
        frozenset(signers) for signers in model.nash_deals(game)
    }


@given(games(), st.sampled_from("ABCD"), st.integers(0, 5), st.floats(0, 1))
def test_a_computer_delegation_keeps_to_its_own_points(game, name, number, ambition):
    answer = model.reply(game, name, game.deal(number), ambition)
    column = game.names.index(name)
    assert answer.score == game.scores[number, column]
    assert answer.needed >= game.walk_aways[column]
    assert (answer.answer == "accept") == (answer.score >= answer.needed)
    if answer.answer == "counter":
        assert game.scores[game.number(answer.counter), column] >= answer.needed
    if answer.answer != "accept":
        points = game.delegations[column].points
        loss = {
            issue: max(points[issue].values()) - points[issue][game.deal(number)[issue]]
            for issue in game.issue_names
        }
        assert loss[answer.hurts] == max(loss.values())


def test_a_counter_changes_as_little_as_it_can():
    answer = model.reply(SMALL, "A", {"port": "south", "pay": "us"})
    # Three deals with one change would do: south/them 30, south/bank 20, north/us 60.
    assert answer.answer == "counter"
    assert answer.counter == {"port": "south", "pay": "bank"}
    assert answer.hurts == "port"
    assert model.reply(SMALL, "A", {"port": "north", "pay": "us"}).answer == "accept"
    ambitious = model.reply(SMALL, "A", {"port": "north", "pay": "us"}, ambition=1)
    assert ambitious.counter == {"port": "north", "pay": "them"}
    stubborn = model.reply(SMALL, "C", {"port": "north", "pay": "us"}, ambition=1)
    assert stubborn.answer == "refuse"
    assert stubborn.hurts == "pay"


def test_bad_input():
    with pytest.raises(ValueError, match="settles nothing on pay"):
        SMALL.number({"port": "north"})
    with pytest.raises(ValueError, match="must give an option"):
        SMALL.number("north")
    with pytest.raises(KeyError, match="Did you mean 'port'"):
        SMALL.number({"prot": "north", "pay": "us"})
    with pytest.raises(KeyError, match="Did you mean 'north'"):
        model.judge(SMALL, {"port": "nort", "pay": "us"})
    with pytest.raises(ValueError, match="number is 6"):
        SMALL.deal(6)
    with pytest.raises(KeyError, match="delegation is 'D'"):
        model.reply(SMALL, "D", {"port": "north", "pay": "us"})
    with pytest.raises(ValueError, match="ambition is 2"):
        model.reply(SMALL, "A", {"port": "north", "pay": "us"}, 2)
    with pytest.raises(ValueError, match="at least 2"):
        Issue("port", ("north",))
    with pytest.raises(ValueError, match="signatures_needed is 4"):
        replace(SMALL, signatures_needed=4)
    with pytest.raises(ValueError, match="A twice"):
        replace(SMALL, delegations=(SMALL.delegations[0],) * 2)
    with pytest.raises(ValueError, match="port twice"):
        replace(SMALL, issues=(ISSUES[0], ISSUES[0]))
    with pytest.raises(ValueError, match="walk_away of A is -1"):
        replace(
            SMALL, delegations=(replace(SMALL.delegations[0], walk_away=-1), *SMALL.delegations[1:])
        )


@pytest.mark.parametrize(
    ("points", "error", "message"),
    [
        ({"port": {"north": 1}}, ValueError, "lack the option south"),
        ({"port": {"north": 1, "south": -1}}, ValueError, "for south is -1"),
        ({"port": {"north": 1, "suoth": 1}}, KeyError, "Did you mean 'south'"),
        ({"prot": {}}, KeyError, "Did you mean 'port'"),
    ],
)
def test_bad_points(points, error, message):
    whole = {"pay": {"us": 1, "them": 1, "bank": 1}, **points}
    with pytest.raises(error, match=message):
        replace(
            SMALL, delegations=(replace(SMALL.delegations[0], points=whole), SMALL.delegations[1])
        )


def test_all_deals_are_enumerated_once():
    assert len({tuple(row) for row in SMALL.choices.tolist()}) == 6
    assert [SMALL.deal(number) for number in range(6)] == [
        {"port": port, "pay": pay}
        for port, pay in itertools.product(("north", "south"), ("us", "them", "bank"))
    ]
