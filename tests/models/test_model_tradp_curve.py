"""The cycle as a curve: published folds and fixed points, slopes, and agreement with simulation."""

import itertools

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tradp_cases import SIX, alike, random_settings

from tutor.models import tradp_curve as model
from tutor.models import tradp_cycle as cycle


def test_the_published_folds():
    low, high = model.folds(alike())
    assert (low.reluctance, low.agreement) == pytest.approx((1.1632, 0.0221), abs=5e-5)
    assert (high.reluctance, high.agreement) == pytest.approx((1.3851, 0.4949), abs=5e-5)


def test_at_a_fold_the_curve_touches_the_diagonal():
    for fold in model.folds(alike()):
        settings = alike(reluctance=fold.reluctance)
        assert model.curve(settings, fold.agreement) == pytest.approx(fold.agreement, rel=1e-12)
        assert model.loop_gain(settings, fold.agreement).total == pytest.approx(1, rel=1e-9)


@pytest.mark.parametrize("find", [model.fixed_points, model.exact_fixed_points])
def test_the_published_fixed_points(find):
    points = find(alike())
    assert [point.agreement for point in points] == pytest.approx(
        [0.00299, 0.10414, 0.93476], abs=5e-6
    )
    assert [point.is_stable for point in points] == [True, False, True]
    assert all(point.is_certain for point in points)


def test_three_regimes_as_reluctance_rises():
    assert [model.regime(alike(reluctance=theta)) for theta in (1.16, 1.17, 1.38, 1.39)] == [
        "take-off only",
        "two outcomes",
        "two outcomes",
        "stall only",
    ]
    assert model.regime(alike(feedback=0)) == "no threshold"
    assert len(model.fixed_points(alike(reluctance=1.16))) == 1
    assert len(model.fixed_points(alike(reluctance=1.39))) == 1


def test_the_curve_by_hand():
    # a = (0.15 + 0.01) / (0.15 + 0.1) = 0.64; g = 0.3 x 0.7 x 0.64 x 0.8 = 0.10752;
    # n = 0.10752 / 0.25752; 12 x (0.45 + 2 n + 0.1 - 1.25) = 1.62051...
    state = model.settled_state(alike(), 0.5)
    assert state.autonomy == pytest.approx([0.64] * 6)
    assert state.ties == pytest.approx([0.10752 / 0.25752] * 15)
    drive = 12 * (0.45 + 2 * 0.10752 / 0.25752 + 0.1 - 1.25)
    assert model.curve(alike(), 0.5) == pytest.approx(1 / (1 + np.exp(-drive)))


def test_a_settled_state_does_not_move_when_the_agreement_is_held():
    settings = random_settings(3, count=5)
    held = model.settled_state(settings, 0.4)
    after = cycle.one_round(settings, held)
    assert after.autonomy == pytest.approx(held.autonomy, rel=1e-12)
    assert after.ties == pytest.approx(held.ties, rel=1e-12)
    assert after.agreement == pytest.approx(model.curve(settings, 0.4), rel=1e-12)


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.99), st.sampled_from(cycle.RULES))
def test_the_loop_gain_is_the_slope_of_the_curve(seed, held, rule):
    settings = random_settings(seed, rule=rule)
    step = 1e-5
    values = model.curve(settings, [held - step, held, held + step])
    left, right = (values[1] - values[0]) / step, (values[2] - values[1]) / step
    # At a kink of the minimum rule the two sides differ, and the slope is one of them.
    assume(abs(left - right) <= 1e-3 * (1 + abs(left)))
    gain = model.loop_gain(settings, held)
    assert gain.total == pytest.approx((left + right) / 2, rel=1e-3, abs=1e-9)
    product = gain.feedback * gain.autonomy * gain.networks * gain.bargaining * gain.negotiation
    assert gain.total == product


def test_the_steps_slopes_by_hand():
    # At F = 0.5: lift 0.15, slope of autonomy 0.1 x 0.9 / 0.25² = 1.44; of ties in autonomy
    # 0.15 x 0.168 / 0.25752²; of commitment 12 x 2 x c (1 - c); of the agreement 1.
    gain = model.loop_gain(alike(), 0.5)
    commitment = float(model.curve(alike(), 0.5))
    assert gain.feedback == pytest.approx(0.3)
    assert gain.autonomy == pytest.approx(1.44)
    assert gain.networks == pytest.approx(0.15 * 0.168 / 0.25752**2)
    assert gain.bargaining == pytest.approx(24 * commitment * (1 - commitment))
    assert gain.negotiation == pytest.approx(1)


def test_cut_feedback_gives_one_outcome_and_no_gain():
    settings = alike(feedback=0)
    (point,) = model.fixed_points(settings)
    assert point.loop_gain == 0
    assert model.folds(settings) == ()
    assert [each.agreement for each in model.exact_fixed_points(settings)] == pytest.approx(
        [point.agreement]
    )
    assert point.agreement == pytest.approx(float(model.curve(settings, 0.7)))
    no_autonomy = alike(feedback=0, domestic_autonomy=0)
    assert len(model.fixed_points(no_autonomy)) == 1


def test_a_hard_veto_leaves_nothing():
    for find in (model.fixed_points, model.exact_fixed_points):
        (point,) = find(alike(reluctance=0.5).varied(refusing=("RUS",)))
        assert (point.agreement, point.loop_gain, point.is_stable) == (0, 0, True)


@hypothesis_settings(max_examples=60)
@given(
    st.floats(0.05, 0.6),
    st.floats(0.02, 0.4),
    st.floats(0, 0.5),
    st.floats(0.05, 0.5),
    st.floats(0.05, 0.5),
    st.floats(1, 30),
    st.floats(0, 4),
    st.floats(0.3, 2.5),
)
def test_the_certified_search_finds_what_the_folds_bracket(
    phi, delta, reform, beta, mu, steepness, weight, theta
):
    settings = alike(
        feedback=phi,
        recentralization=delta,
        domestic_autonomy=reform,
        tie_sensitivity=beta,
        tie_decay=mu,
        steepness=steepness,
        tie_weight=weight,
        reluctance=theta,
    )
    exact, found = model.exact_fixed_points(settings), model.fixed_points(settings)
    assume(all(abs(point.loop_gain - 1) > 1e-5 for point in exact))
    assert len(exact) in (1, 3)
    assert [point.agreement for point in found] == pytest.approx(
        [point.agreement for point in exact], rel=1e-9
    )
    assert [point.is_stable for point in found] == [point.is_stable for point in exact]


@pytest.mark.parametrize("distance", [1e-3, 1e-6, 1e-9, 1e-12])
def test_a_pair_near_the_fold_is_not_missed(distance):
    low, high = model.folds(alike())
    for reluctance, inside in (
        (low.reluctance + distance, True),
        (low.reluctance - distance, False),
        (high.reluctance - distance, True),
        (high.reluctance + distance, False),
    ):
        points = model.fixed_points(alike(reluctance=reluctance))
        assert len(points) == (3 if inside else 1)
        assert len(model.exact_fixed_points(alike(reluctance=reluctance))) == len(points)


def test_at_the_fold_itself_rounding_hides_the_pair_and_the_search_says_so():
    low, _ = model.folds(alike())
    points = model.fixed_points(alike(reluctance=low.reluctance))
    assert [point.is_certain for point in points] == [False, True]
    assert points[0].agreement == pytest.approx(low.agreement, abs=1e-6)


@hypothesis_settings(max_examples=40)
@given(st.integers(0, 2**32 - 1), st.sampled_from(cycle.RULES), st.booleans())
def test_fixed_points_take_turns_and_are_all_there(seed, rule, lone):
    settings = random_settings(seed, count=2 if lone else 4, rule=rule)
    points = model.fixed_points(settings)
    assume(all(point.is_certain for point in points))
    levels = [point.agreement for point in points]
    assert levels == sorted(levels)
    assert model.curve(settings, levels) == pytest.approx(levels, rel=1e-9)
    assert points[0].is_stable
    assert points[-1].is_stable
    assert all(a.is_stable != b.is_stable for a, b in itertools.pairwise(points))
    grid = np.linspace(0, 1, 4001)
    excess = np.sign(model.curve(settings, grid) - grid)
    assert np.count_nonzero(np.diff(excess[excess != 0])) <= len(points)


@hypothesis_settings(max_examples=40)
@given(st.integers(0, 2**32 - 1))
def test_the_slope_test_agrees_with_simulated_stability(seed):
    generator = np.random.default_rng(seed)
    kappa = generator.uniform(0.3, 1, (6, 6))
    settings = alike().varied(
        domestic_autonomy=generator.uniform(0, 0.3, 6),
        reluctance=generator.uniform(0.9, 1.5, 6),
        complementarity=(kappa + kappa.T) / 2,
    )
    points = model.fixed_points(settings)
    assume(all(abs(point.loop_gain - 1) > 0.05 for point in points))
    edges = [0.0, *(point.agreement for point in points if not point.is_stable), 1.0]
    outcomes = [point.agreement for point in points if point.is_stable]
    assert len(outcomes) == len(edges) - 1
    for outcome, lower, upper in zip(outcomes, edges, edges[1:], strict=False):
        for share in (0.02, 0.98):
            held = lower + share * (upper - lower)
            start = model.settled_state(settings, held)
            rested = cycle.settle(settings, start)
            assert rested.has_settled
            assert rested.state.agreement == pytest.approx(outcome, rel=1e-6, abs=1e-9)


def test_six_actors_unlike_one_another_can_have_thresholds_too():
    settings = alike().varied(
        domestic_autonomy=[0, 0.1, 0.2, 0.3, 0, 0.05],
        reluctance=[1.1, 1.2, 1.25, 1.3, 1.15, 1.2],
    )
    assert [point.is_stable for point in model.fixed_points(settings)] == [True, False, True]


def test_bad_input():
    settings = alike()
    many = settings.varied(support=[0.1, 0.2])
    for call in (model.fixed_points, model.folds, model.exact_fixed_points, model.regime):
        with pytest.raises(ValueError, match="holds 2 settings"):
            call(many)
    with pytest.raises(ValueError, match=r"agreement is 1\.5"):
        model.curve(settings, 1.5)
    with pytest.raises(ValueError, match="2 axes"):
        model.loop_gain(settings, [[0.5]])
    unlike = settings.varied(reluctance=[1, 1, 1, 1, 1, 2])
    for call in (model.folds, model.exact_fixed_points, model.regime):
        with pytest.raises(ValueError, match="reluctance differs between actors"):
            call(unlike)
    bypassed = settings.varied(refusing=("PRK",), required=SIX[:3])
    with pytest.raises(ValueError, match="not alike"):
        model.folds(bypassed)
