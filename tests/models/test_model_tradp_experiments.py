"""Pushes, hysteresis and sensitivity, each against plain simulation."""

import math

import numpy as np
import pytest
from tradp_cases import alike

from tutor.models import tradp_curve as curve
from tutor.models import tradp_cycle as cycle
from tutor.models import tradp_experiments as model
from tutor.models.tradp_cycle import Push


@pytest.mark.parametrize("amount", [0.2, 0.3, 0.5])
def test_the_least_push_is_confirmed_by_simulation(amount):
    found = model.least_push(alike(), amount)
    lasting = cycle.settle(alike(), push=Push(amount, found.rounds)).state.agreement
    failing = cycle.settle(alike(), push=Push(amount, found.rounds - 1)).state.agreement
    assert lasting > found.threshold > failing
    assert failing == pytest.approx(found.without, rel=1e-6)
    assert f"{found.rounds} rounds" in found.reason


def test_the_published_push_lies_between_its_bounds():
    assert 10 < model.least_push(alike(), 0.3).rounds <= 15


def test_a_weak_push_never_lasts_and_none_is_needed_without_a_threshold():
    weak = model.least_push(alike(), 0.01, longest=50)
    assert weak.rounds is None
    assert "Even 50 rounds" in weak.reason
    easy = model.least_push(alike(reluctance=1.0), 0.3)
    assert easy.rounds == 0
    assert math.isnan(easy.threshold)


def test_a_push_from_a_later_start_can_be_shorter():
    settings = alike()
    grown = cycle.starting_state(settings, agreement=0.05, autonomy=0.2, ties=0.2)
    assert model.least_push(settings, 0.3, grown).rounds < model.least_push(settings, 0.3).rounds


def test_hysteresis_follows_the_simulation_there_and_back():
    change = np.linspace(-0.15, 0.2, 8)
    loop = model.hysteresis(alike(), change)
    state = None
    there = zip(change, loop.rising, strict=True)
    back = zip(change[::-1], loop.falling[::-1], strict=True)
    for step, level in (*there, *back):
        settings = alike(reluctance=1.25 + step)
        start = state or cycle.starting_state(settings, 1.0, 1.0, 1.0)
        state = cycle.settle(settings, start).state
        assert level == pytest.approx(float(state.agreement), rel=1e-6, abs=1e-9)


def test_history_matters_only_between_the_folds():
    low, high = curve.folds(alike())
    change = np.linspace(-0.15, 0.2, 15)
    loop = model.hysteresis(alike(), change)
    between = (1.25 + change > low.reluctance) & (1.25 + change < high.reluctance)
    assert (loop.gap[between] > 0.3).all()
    assert (np.abs(loop.gap[~between]) < 1e-9).all()


def test_one_at_a_time_matches_single_runs():
    result = model.one_at_a_time(
        alike(), {"support": (-0.05, 0.2), "hostility": (-0.2, 0.2)}, points=5, rounds=300
    )
    steps, outcome = result["support"]
    assert steps == pytest.approx([-0.05, 0.0125, 0.075, 0.1375, 0.2])
    assert outcome[-1] == pytest.approx(cycle.agreements(alike(support=0.3), 300)[-1])
    assert (np.diff(outcome) > 0).all()
    steps, outcome = result["hostility"]
    assert outcome[0] == pytest.approx(cycle.agreements(alike(hostility=0.0), 300)[-1])
    assert (np.diff(outcome) < 0).all()


def test_random_sampling_ranks_the_parameters():
    change = {"reluctance": (-0.1, 0.1), "support": (-0.01, 0.01), "tie_weight": (-0.3, 0.3)}
    result = model.random_sampling(alike(), change, runs=400, rounds=200)
    again = model.random_sampling(alike(), change, runs=400, rounds=200)
    assert result.rank_correlation == again.rank_correlation
    assert result.rank_correlation["reluctance"] < -0.5
    assert result.rank_correlation["tie_weight"] > 0.2
    assert abs(result.rank_correlation["support"]) < 0.3
    assert all(-0.1 <= step <= 0.1 for step in result.change["reluctance"])
    run = int(result.agreement.argmax())
    single = alike(
        **{
            name: {"reluctance": 1.25, "support": 0.1, "tie_weight": 2}[name] + steps[run]
            for name, steps in result.change.items()
        }
    )
    assert cycle.agreements(single, 200)[-1] == pytest.approx(result.agreement[run])


def test_rank_correlation_by_hand():
    assert model.rank_correlation([1, 2, 3], [10, 100, 1000]) == pytest.approx(1)
    assert model.rank_correlation([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    # Ranks 1 2 3 4 5 against 2 1 4 3 5: 1 - 6 x 4 / (5 x 24) = 0.8.
    assert model.rank_correlation([1, 2, 3, 4, 5], [20, 10, 40, 30, 50]) == pytest.approx(0.8)
    # Ties share their mean rank: 1.5 1.5 3 against 1 2 3.
    assert model.rank_correlation([5, 5, 9], [1, 2, 3]) == pytest.approx(math.sqrt(0.75))
    assert math.isnan(model.rank_correlation([1, 1], [1, 2]))


def test_bad_input():
    with pytest.raises(ValueError, match="amount is 0"):
        model.least_push(alike(), 0)
    with pytest.raises(ValueError, match="longest is 0"):
        model.least_push(alike(), 0.1, longest=0)
    with pytest.raises(ValueError, match="two rising numbers"):
        model.hysteresis(alike(), [0.1])
    with pytest.raises(ValueError, match="two rising numbers"):
        model.hysteresis(alike(), [0.1, 0.0])
    with pytest.raises(KeyError, match="Did you mean 'support'"):
        model.one_at_a_time(alike(), {"suport": (0, 1)})
    with pytest.raises(ValueError, match="must not exceed"):
        model.one_at_a_time(alike(), {"support": (1, 0)})
    with pytest.raises(ValueError, match="points is 1"):
        model.one_at_a_time(alike(), {"support": (0, 1)}, points=1)
    with pytest.raises(ValueError, match="change is empty"):
        model.random_sampling(alike(), {})
    with pytest.raises(ValueError, match="runs is 2"):
        model.random_sampling(alike(), {"support": (0, 1)}, runs=2)
    with pytest.raises(ValueError, match="seed is -1"):
        model.random_sampling(alike(), {"support": (0, 1)}, seed=-1)
    with pytest.raises(ValueError, match="rounds is 0"):
        model.one_at_a_time(alike(), {"support": (0, 1)}, rounds=0)
    with pytest.raises(ValueError, match="hold 3 values"):
        model.rank_correlation([1, 2, 3], [1, 2])
    many = alike().varied(support=[0.1, 0.2])
    for call in (lambda: model.hysteresis(many, [0, 1]), lambda: model.least_push(many, 0.1)):
        with pytest.raises(ValueError, match="holds 2 settings"):
            call()
    with pytest.raises(ValueError, match="holds 2 settings"):
        model.one_at_a_time(many, {"support": (0, 1)})
