"""The cycle: each step by hand, the whole against plain Python, ranges, vetoes, bad input."""

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tradp_cases import SIX, alike, random_settings

from tutor.models import tradp_cycle as model
from tutor.models.tradp_cycle import Push


def in_plain_python(settings, rounds):
    """The formulas of the model written out with loops, as an independent check."""
    count = len(settings.actors)
    kappa = model.tie_matrix(settings.complementarity)
    hostile = model.tie_matrix(settings.hostility)
    phi, delta = float(settings.feedback), float(settings.recentralization)
    beta, mu = float(settings.tie_sensitivity), float(settings.tie_decay)
    a = [float(x) for x in settings.domestic_autonomy]
    n = [[0.0] * count for _ in range(count)]
    f = 0.0
    agreements = [f]
    for _ in range(rounds):
        a = [
            a[i] + phi * f * (1 - a[i]) - delta * (a[i] - settings.domestic_autonomy[i])
            for i in range(count)
        ]
        for i, j in itertools.combinations(range(count), 2):
            growth = beta * kappa[i][j] * math.sqrt(a[i] * a[j]) * (1 - hostile[i][j])
            n[i][j] = n[j][i] = n[i][j] + growth * (1 - n[i][j]) - mu * n[i][j]
        c = []
        for i in range(count):
            mean = sum(n[i]) / (count - 1)
            drive = (
                settings.central_interest[i]
                + settings.tie_weight * mean
                + settings.support
                - settings.reluctance[i]
            )
            c.append(1 / (1 + math.exp(-settings.steepness * drive)))
        f = min(c) if settings.rule == "minimum" else math.prod(c) ** (1 / count)
        agreements.append(f)
    return a, n, c, agreements


def test_the_five_steps_by_hand():
    settings = alike(("A", "B"))
    state = model.starting_state(settings, agreement=0.5, ties=0.2)
    lift = model.feedback(settings, state.agreement)
    assert lift == pytest.approx(0.15)
    # 0.1 + 0.15 x 0.9 - 0.1 x 0
    regions = model.autonomy(settings, state.autonomy, lift)
    assert regions == pytest.approx([0.235, 0.235])
    # 0.2 + 0.3 x 0.7 x 0.235 x 0.8 x 0.8 - 0.15 x 0.2
    ties = model.networks(settings, state.ties, regions)
    assert ties == pytest.approx([0.2 + 0.0315840 - 0.03])
    # 12 x (0.45 + 2 x 0.201584 + 0.1 - 1.25) = -3.561984
    commitment = model.bargaining(settings, ties)
    assert commitment == pytest.approx([1 / (1 + math.exp(3.561984))] * 2)
    assert model.negotiation(settings, commitment) == pytest.approx(commitment[0])
    together = model.one_round(settings, state)
    assert together.agreement == model.negotiation(settings, commitment)
    assert together.ties == pytest.approx(ties)


def test_extra_support_enters_the_bargaining():
    settings = alike(("A", "B"))
    ties = np.array([0.5])
    # 12 x (0.45 + 1 + 0.1 + 0.3 - 1.25) = 7.2
    assert model.bargaining(settings, ties, 0.3)[0] == pytest.approx(1 / (1 + math.exp(-7.2)))


def test_negotiation_rules_by_hand():
    commitment = np.array([0.9, 0.9, 0.9, 0.9, 0.9, 0.1])
    assert model.negotiation(alike(), commitment) == pytest.approx((0.9**5 * 0.1) ** (1 / 6))
    assert model.negotiation(alike(), commitment) > 0.6  # One reluctant centre: a soft veto.
    assert model.negotiation(alike().varied(rule="minimum"), commitment) == pytest.approx(0.1)
    five = alike().varied(required=SIX[:5])
    assert model.negotiation(five, commitment) == pytest.approx(0.9)


def test_a_hard_veto_stops_everything_unless_the_consent_is_not_needed():
    vetoed = alike(reluctance=0.9).varied(refusing=("PRK",))
    assert vetoed.is_vetoed
    assert (model.agreements(vetoed, 200)[1:] == 0).all()
    bypassed = vetoed.varied(required=("CHN", "RUS", "MNG"))
    assert not bypassed.is_vetoed
    assert model.agreements(bypassed, 200)[-1] > 0.9
    state = model.simulate(bypassed, 1).last
    assert state.commitment[SIX.index("PRK")] == 0


@pytest.mark.parametrize("rule", model.RULES)
@pytest.mark.parametrize("seed", range(6))
def test_many_rounds_agree_with_plain_python(seed, rule):
    settings = random_settings(seed, rule=rule)
    a, n, c, agreements = in_plain_python(settings, 40)
    path = model.simulate(settings, 40)
    assert path.agreement == pytest.approx(agreements, rel=1e-11)
    assert path.autonomy[-1] == pytest.approx(a, rel=1e-11)
    assert model.tie_matrix(path.ties[-1]) == pytest.approx(np.array(n), rel=1e-11)
    assert path.commitment[-1] == pytest.approx(c, rel=1e-11)
    assert model.agreements(settings, 40) == pytest.approx(agreements, rel=1e-11)


@given(st.integers(0, 2**32 - 1), st.integers(2, 6))
def test_states_stay_in_the_unit_interval(seed, count):
    settings = random_settings(seed, count)
    start = model.starting_state(settings, agreement=1.0, autonomy=1.0, ties=1.0)
    path = model.simulate(settings, 30, start)
    for states in (path.autonomy, path.ties, path.commitment, path.agreement):
        assert states.min() >= 0
        assert states.max() <= 1


def test_rounding_at_the_edge_of_the_rates_does_not_leave_the_interval():
    settings = alike(feedback=0.9, recentralization=0.1, domestic_autonomy=1.0)
    regions = model.autonomy(settings, np.full(6, 0.3), 0.9)
    assert regions.max() <= 1
    assert alike(feedback=0.7, recentralization=0.3).feedback == 0.7


@given(st.integers(0, 2**32 - 1), st.permutations(range(4)))
def test_relabelling_the_actors_changes_nothing(seed, order):
    settings = random_settings(seed)
    order = list(order)
    shuffled = settings.varied(
        actors=tuple(settings.actors[i] for i in order),
        required=(),
        domestic_autonomy=settings.domestic_autonomy[order],
        central_interest=settings.central_interest[order],
        reluctance=settings.reluctance[order],
        complementarity=model.tie_matrix(settings.complementarity)[np.ix_(order, order)],
        hostility=model.tie_matrix(settings.hostility)[np.ix_(order, order)],
    )
    first, second = model.simulate(settings, 20), model.simulate(shuffled, 20)
    assert second.agreement == pytest.approx(first.agreement, rel=1e-9)
    assert second.autonomy == pytest.approx(first.autonomy[:, order], rel=1e-9)


def test_identical_actors_behave_as_one_whatever_their_number():
    two, six = model.agreements(alike(("A", "B")), 100), model.agreements(alike(), 100)
    assert two == pytest.approx(six, rel=1e-12)


def test_without_feedback_the_agreement_does_not_reach_the_regions():
    settings = alike(feedback=0)
    start = model.starting_state(settings, agreement=1.0)
    assert (model.simulate(settings, 50, start).autonomy == 0.1).all()


def test_thousands_of_settings_at_once_are_each_as_if_alone(monkeypatch):
    monkeypatch.setattr(model, "_BLOCK", 1024)
    count = 2100  # More than two blocks.
    generator = np.random.default_rng(7)
    reluctance = generator.uniform(0.9, 1.5, (6, count))
    hostility = np.zeros((6, 6, count))
    hostility[0, 2] = hostility[2, 0] = generator.uniform(0, 1, count)
    many = alike().varied(
        reluctance=reluctance,
        feedback=generator.uniform(0, 0.5, count),
        hostility=hostility,
    )
    assert many.count == count
    push = Push(0.2, generator.integers(0, 20, count), first_round=3)
    together = model.agreements(many, 30, push=push)
    assert together.shape == (31, count)
    assert together[-1] == pytest.approx(model.simulate(many, 30, push=push).agreement[-1])
    for column in (0, 1023, 1024, 2099):
        alone = alike().varied(
            reluctance=reluctance[:, column],
            feedback=float(many.feedback[column]),
            hostility=hostility[..., column],
        )
        single = model.agreements(alone, 30, push=Push(0.2, push.rounds[column], 3))
        assert together[:, column] == pytest.approx(single, rel=1e-12)


def test_settings_can_be_varied_again():
    many = alike().varied(support=np.linspace(0, 0.2, 5))
    other = many.varied(support=np.linspace(0, 0.2, 3), reluctance=1.1)
    assert other.count == 3
    single = other.varied(support=0.1)
    assert single.count is None
    assert single.domestic_autonomy.shape == (6,)
    one_row = alike().varied(reluctance=np.linspace(1, 2, 4)[np.newaxis])
    assert one_row.count == 4
    assert one_row.reluctance.shape == (6, 4)


def test_a_trajectory_continues_where_another_ended():
    settings = alike(reluctance=1.0)
    whole = model.simulate(settings, 50)
    first = model.simulate(settings, 20)
    second = model.simulate(settings, 30, first.last)
    assert second.agreement[-1] == pytest.approx(whole.agreement[-1])
    assert second.agreement[0] == first.agreement[-1]


def test_a_push_lasts_its_rounds():
    push = Push(0.3, 2, first_round=4)
    assert [float(push.in_round(number)) for number in range(1, 8)] == [0, 0, 0, 0.3, 0.3, 0, 0]
    assert push.last_round == 5
    several = Push(0.3, [0, 1, 3])
    assert several.in_round(1).tolist() == [0, 0.3, 0.3]
    assert several.in_round(3).tolist() == [0, 0, 0.3]


def test_the_published_push_fails_for_ten_rounds_and_lasts_for_fifteen():
    settings = alike()
    assert model.settle(settings, push=Push(0.3, 10)).state.agreement == pytest.approx(
        0.00299, abs=5e-6
    )
    lasting = model.settle(settings, push=Push(0.3, 15))
    assert lasting.has_settled
    assert lasting.state.agreement == pytest.approx(0.93476, abs=5e-6)


def test_an_agreement_alone_falls_back_even_from_one():
    settings = alike()
    start = model.starting_state(settings, agreement=1.0)
    assert model.settle(settings, start).state.agreement == pytest.approx(0.00299, abs=5e-6)
    built = model.starting_state(settings, agreement=1.0, autonomy=1.0, ties=1.0)
    assert model.settle(settings, built).state.agreement == pytest.approx(0.93476, abs=5e-6)


def test_settling_says_when_it_gave_up():
    hurried = model.settle(alike(), most_rounds=5)
    assert not hurried.has_settled
    assert hurried.rounds == 5


@pytest.mark.parametrize("count", [2, 3, 6])
def test_many_means_are_added_up_as_few(count):
    generator = np.random.default_rng(count)
    ties = generator.uniform(size=(count * (count - 1) // 2, 20_000))
    means = model.mean_ties(ties)
    for column in (0, 777, 19_999):
        matrix = model.tie_matrix(ties[:, column])
        assert means[:, column] == pytest.approx(matrix.sum(axis=0) / (count - 1))
        assert model.mean_ties(ties[:, column]) == pytest.approx(means[:, column])


def test_pairs_and_matrices():
    settings = alike(("A", "B", "C"))
    assert settings.pairs == (("A", "B"), ("A", "C"), ("B", "C"))
    matrix = model.tie_matrix([0.1, 0.2, 0.3])
    assert matrix.tolist() == [[0, 0.1, 0.2], [0.1, 0, 0.3], [0.2, 0.3, 0]]
    assert model.mean_ties(np.array([0.1, 0.2, 0.3])) == pytest.approx([0.15, 0.2, 0.25])
    for wrong in ([0.1, 0.2], 0.5):
        with pytest.raises(ValueError, match="each pair"):
            model.tie_matrix(wrong)


def test_the_logistic_function_does_not_overflow():
    assert model.logistic([-1e6, 0, 1e6]) == pytest.approx([0, 0.5, 1])
    assert model.logistic(-50.0) == pytest.approx(math.exp(-50), rel=1e-12)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("feedback", -0.1, "from 0 to 1"),
        ("feedback", 0.95, "feedback and recentralization add up to 1.05"),
        ("recentralization", 0, "above 0"),
        ("domestic_autonomy", 1.2, "from 0 to 1"),
        ("tie_sensitivity", 2, "from 0 to 1"),
        ("tie_sensitivity", 0.9, "tie_sensitivity and tie_decay add up to 1.05"),
        ("complementarity", math.nan, "from 0 to 1"),
        ("hostility", -1, "from 0 to 1"),
        ("tie_decay", 0, "above 0"),
        ("steepness", 0, "above 0"),
        ("central_interest", math.inf, "must be a number"),
        ("tie_weight", -1, "of at least 0"),
        ("support", "much", "must be a number"),
        ("reluctance", None, "must be a number"),
        ("reluctance", [1, 2], "one number, 6 or 6 x m"),
        ("reluctance", np.ones((6, 0)), "is empty"),
        ("support", np.ones((2, 2)), "one number or m"),
        ("hostility", np.ones((5, 5)), "6 x 6"),
        ("hostility", np.triu(np.ones((6, 6))), "symmetric"),
    ],
)
def test_bad_parameters_are_refused(name, value, message):
    with pytest.raises(ValueError, match=message) as caught:
        alike().varied(**{name: value})
    assert name in str(caught.value)


def test_other_bad_input():
    settings = alike()
    with pytest.raises(ValueError, match="at least 2 are needed"):
        alike(("CHN",))
    with pytest.raises(ValueError, match="CHN twice"):
        alike(("CHN", "CHN"))
    with pytest.raises(KeyError, match="Did you mean 'PRK'"):
        settings.varied(refusing=("PKR",))
    with pytest.raises(KeyError, match="required is 'XXX'"):
        settings.varied(required=("XXX",))
    with pytest.raises(KeyError, match="Did you mean 'minimum'"):
        settings.varied(rule="minimun")
    with pytest.raises(KeyError, match="Did you mean 'reluctance'"):
        settings.varied(reluctanse=1)
    with pytest.raises(KeyError, match="Did you mean 'feedback'"):
        model.same_for_all(SIX, feedbak=1)
    with pytest.raises(ValueError, match="missing: recentralization"):
        model.same_for_all(SIX, feedback=1)
    with pytest.raises(ValueError, match="different numbers of settings"):
        settings.varied(support=[0.1, 0.2], feedback=[0.1, 0.2, 0.3])
    with pytest.raises(ValueError, match="rounds is -1"):
        model.simulate(settings, -1)
    with pytest.raises(ValueError, match=r"rounds is 1\.5"):
        model.agreements(settings, 1.5)
    with pytest.raises(ValueError, match="tolerance is 0"):
        model.settle(settings, tolerance=0)
    with pytest.raises(ValueError, match="most_rounds is 0"):
        model.settle(settings, most_rounds=0)
    with pytest.raises(ValueError, match="agreement is 2"):
        model.starting_state(settings, agreement=2)
    with pytest.raises(ValueError, match=r"autonomy\[1\] is 3"):
        model.starting_state(settings, autonomy=[0, 3, 0, 0, 0, 0])
    with pytest.raises(ValueError, match="ties is -1"):
        model.starting_state(settings, ties=-1)
    with pytest.raises(ValueError, match="agreement is given for 2 settings"):
        model.starting_state(settings, agreement=[0.1, 0.2])
    with pytest.raises(ValueError, match="start has autonomy of shape"):
        model.simulate(settings, 5, model.starting_state(alike(("A", "B"))))
    with pytest.raises(ValueError, match="push is given for 3 settings"):
        model.simulate(settings, 5, push=Push(0.1, [1, 2, 3]))
    with pytest.raises(ValueError, match="amount is nan"):
        Push(math.nan, 3)
    with pytest.raises(ValueError, match="whole number"):
        Push(0.1, 2.5)
    with pytest.raises(ValueError, match="rounds is -1"):
        Push(0.1, -1)
    with pytest.raises(ValueError, match="first_round is 0"):
        Push(0.1, 1, 0)
