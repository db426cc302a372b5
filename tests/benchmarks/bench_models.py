"""How fast the models are; `python3 -m tutor benchmark -k bench_models -s` shows every number.

Two targets. Thousands of settings at once must cost at least 100 times less per setting than the
same formulas in plain Python, timed in the same run on the same machine. A call as a slider makes
it, one setting, must take less than 5 milliseconds. The last test prints both and puts them into
the report; the everyday tests do not collect this file.
"""

import itertools
import math
import statistics
import time

import numpy as np
import pytest
from measuring import target

from tutor import baselines, data
from tutor.models import (
    capital_mobility,
    complementarity,
    customs_union,
    gravity,
    integration_ladder,
    ricardian_trade,
    security_network,
    summit,
    tradp_curve,
    tradp_cycle,
    win_sets,
    zone_competition,
)

SETTINGS, ROUNDS = 10_000, 60
FASTER_AT_LEAST = 100
SLIDER_AT_MOST = 0.005

measured: dict[str, float] = {}


def many_settings():
    """10,000 settings of six unlike actors."""
    generator = np.random.default_rng(1993)
    return baselines.six_countries().varied(
        feedback=generator.uniform(0.1, 0.5, SETTINGS),
        support=generator.uniform(0.0, 0.3, SETTINGS),
        domestic_autonomy=generator.uniform(0.0, 0.4, (6, SETTINGS)),
        reluctance=generator.uniform(0.9, 1.5, (6, SETTINGS)),
    )


# The five steps in plain Python, one function a step as in the model and the formulas as they read.


def plain_autonomy(setting, previous, lift):
    return [
        own + lift * (1 - own) - setting["recentralization"] * (own - reform)
        for own, reform in zip(previous, setting["domestic_autonomy"], strict=True)
    ]


def plain_networks(setting, previous, autonomy):
    ties = [row[:] for row in previous]
    for i, j in itertools.combinations(range(len(autonomy)), 2):
        growth = (
            setting["tie_sensitivity"]
            * setting["complementarity"][i][j]
            * math.sqrt(autonomy[i] * autonomy[j])
            * (1 - setting["hostility"][i][j])
        )
        tie = previous[i][j]
        ties[i][j] = ties[j][i] = tie + growth * (1 - tie) - setting["tie_decay"] * tie
    return ties


def plain_bargaining(setting, ties):
    commitment = []
    for i, row in enumerate(ties):
        mean = sum(row) / (len(row) - 1)
        drive = (
            setting["central_interest"][i]
            + setting["tie_weight"] * mean
            + setting["support"]
            - setting["reluctance"][i]
        )
        commitment.append(1 / (1 + math.exp(-setting["steepness"] * drive)))
    return commitment


def plain_negotiation(commitment):
    return math.prod(commitment) ** (1 / len(commitment))


def in_plain_python(setting):
    """Run one setting and return F after each round."""
    autonomy, agreement = setting["domestic_autonomy"], 0.0
    ties = [[0.0] * len(autonomy) for _ in autonomy]
    path = [agreement]
    for _ in range(ROUNDS):
        lift = setting["feedback"] * agreement
        autonomy = plain_autonomy(setting, autonomy, lift)
        ties = plain_networks(setting, ties, autonomy)
        agreement = plain_negotiation(plain_bargaining(setting, ties))
        path.append(agreement)
    return path


def tuned_plain_python(setting):
    """Do the same by hand-tuned plain Python: one loop, no matrix, constants taken outside."""
    sqrt, exp = math.sqrt, math.exp
    phi, delta, mu = (setting[name] for name in ("feedback", "recentralization", "tie_decay"))
    reform, actors = setting["domestic_autonomy"], range(len(setting["domestic_autonomy"]))
    pairs = list(enumerate(itertools.combinations(actors, 2)))
    openness = [
        setting["tie_sensitivity"]
        * setting["complementarity"][i][j]
        * (1 - setting["hostility"][i][j])
        for _, (i, j) in pairs
    ]
    base = [
        setting["central_interest"][i] + setting["support"] - setting["reluctance"][i]
        for i in actors
    ]
    weight, steepness = setting["tie_weight"] / (len(base) - 1), setting["steepness"]
    autonomy, ties, agreement = list(reform), [0.0] * len(pairs), 0.0
    path = [agreement]
    for _ in range(ROUNDS):
        lift = phi * agreement
        for i in actors:
            own = autonomy[i]
            autonomy[i] = own + lift * (1 - own) - delta * (own - reform[i])
        sums = [0.0] * len(base)
        for place, (i, j) in pairs:
            tie = ties[place]
            growth = openness[place] * sqrt(autonomy[i] * autonomy[j])
            ties[place] = tie = tie + growth * (1 - tie) - mu * tie
            sums[i] += tie
            sums[j] += tie
        product = 1.0
        for i in actors:
            product *= 1 / (1 + exp(-steepness * (base[i] + weight * sums[i])))
        agreement = product ** (1 / len(base))
        path.append(agreement)
    return path


def as_plain_numbers(settings, column):
    """Take one of many settings out as floats and lists."""
    one = settings.block(column, column + 1)
    result = {}
    for name in tradp_cycle.PARAMETERS:
        array = getattr(one, name)
        if name in ("complementarity", "hostility"):
            result[name] = tradp_cycle.tie_matrix(array[:, 0]).tolist()
        else:
            result[name] = array[:, 0].tolist() if array.ndim == 2 else float(np.ravel(array)[0])
    return result


def slider_calls():
    """One call of every model as a slider makes it."""
    six = baselines.six_countries()
    equal = baselines.equal_actors()
    grid = np.linspace(0, 1, 201)
    ties, actors = data.rows("ties"), baselines.security_actors()
    sets = baselines.regional_factors()
    market = customs_union.Market(110, 2, -10, 2)
    countries = baselines.two_level_countries()
    game = baselines.tumen_summit()
    offer = game.deal(400)
    pairs = baselines.gravity_pairs()
    sizes = [[pair[name] for pair in pairs] for name in ("product_a", "product_b", "distance")]
    barriers = [pair["barrier_size"] for pair in pairs]
    trade = gravity.predicted_trade(*sizes, -3.2, 1, barriers)
    requirements = np.array([[1, 4], [2, 3], [3, 3], [4, 2], [5, 2], [6, 1]])

    def whole_summit():
        fresh = summit.Summit(game.issues, game.delegations, game.signatures_needed)
        return summit.nash_deals(fresh), summit.balance(fresh), fresh.is_pareto

    return {
        "network of a year": lambda: security_network.measure(
            security_network.security_network(ties, actors, 1955)
        ),
        "complementarity": lambda: complementarity.complementarity(sets),
        "Ricardian trade": lambda: ricardian_trade.free_trade(
            baselines.SIX, [10, 8, 6, 4, 2, 1], requirements, 0.4
        ),
        "ladder": lambda: integration_ladder.classify(integration_ladder.COMMITMENTS[:3]),
        "customs union": lambda: customs_union.form_union(market, 12, 10, 10),
        "capital mobility": lambda: capital_mobility.free_capital(
            baselines.SIX, [1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1], [1] * 6, 0.35
        ),
        "zone competition": lambda: zone_competition.compete(3, 30, 1, 0.5, 10),
        "gravity": lambda: gravity.predicted_trade(*sizes, -3.2, 1, barriers),
        "gravity estimate": lambda: gravity.estimate(trade, *sizes, barriers),
        "two-level game": lambda: win_sets.two_level_game(countries, 0.0, "study"),
        "cycle, changed and run 60 rounds": lambda: tradp_cycle.simulate(
            six.varied(support=0.2), 60
        ),
        "curve of 201 points": lambda: tradp_curve.curve(six.varied(support=0.2), grid),
        "fixed points, equal actors": lambda: tradp_curve.exact_fixed_points(equal),
        "fixed points, six countries": lambda: tradp_curve.fixed_points(six),
        "loop gain": lambda: tradp_curve.loop_gain(six, 0.1),
        "summit: verdict": lambda: summit.judge(game, offer),
        "summit: reply": lambda: summit.reply(game, "JPN", offer, 0.3),
        "summit: all deals from scratch": whole_summit,
    }


def test_plain_python_and_numpy_agree():
    settings = many_settings()
    together = tradp_cycle.agreements(settings, ROUNDS)
    for column in (0, 5_000, SETTINGS - 1):
        setting = as_plain_numbers(settings, column)
        assert together[:, column] == pytest.approx(in_plain_python(setting), rel=1e-9)
        assert together[:, column] == pytest.approx(tuned_plain_python(setting), rel=1e-9)


def test_thousands_of_settings(benchmark):
    settings = many_settings()
    alone = [as_plain_numbers(settings, column) for column in range(200)]
    # Processor time, since others may be using the machine; the three take turns.
    spent = {"plain": [], "tuned": [], "numpy": []}

    def timed(name, function, *arguments):
        start = time.process_time()
        function(*arguments)
        spent[name].append(time.process_time() - start)

    for turn in range(10):
        timed("numpy", tradp_cycle.agreements, settings, ROUNDS)
        for setting in alone[20 * turn : 20 * turn + 20]:
            timed("plain", in_plain_python, setting)
            timed("tuned", tuned_plain_python, setting)
    benchmark.pedantic(tradp_cycle.agreements, (settings, ROUNDS), rounds=5, iterations=1)
    measured.update({name: statistics.median(times) for name, times in spent.items()})
    measured["numpy"] /= SETTINGS


@pytest.mark.parametrize("name", slider_calls())
def test_a_slider_call(benchmark, name):
    benchmark.group = "one setting"
    benchmark.pedantic(slider_calls()[name], rounds=30, warmup_rounds=3, iterations=1)
    measured[name] = benchmark.stats.stats.median


def test_the_targets_are_met(capsys, report):
    if "numpy" not in measured:
        pytest.skip("nothing was timed: run the whole file, without --benchmark-disable")
    plain, tuned, numpy = (measured.pop(name) for name in ("plain", "tuned", "numpy"))
    slowest = max(measured, key=measured.get)
    report["The models"] = "\n\n".join(
        [
            f"The cycle, {SETTINGS:,} settings, {ROUNDS} rounds, 6 actors, in microseconds a setting: "
            f"{plain * 1e6:.0f} in plain Python step by step, {tuned * 1e6:.0f} tuned by hand, "
            f"{numpy * 1e6:.1f} in NumPy.",
            target(
                f"at least {FASTER_AT_LEAST} times plain Python; it is {plain / numpy:.0f} times",
                plain / numpy >= FASTER_AT_LEAST,
            ),
            target(
                f"one setting, as a slider asks, below {SLIDER_AT_MOST * 1e3:g} ms; the slowest of "
                f"{len(measured)} calls takes {measured[slowest] * 1e3:.1f} ms ({slowest})",
                measured[slowest] < SLIDER_AT_MOST,
            ),
        ]
    )
    with capsys.disabled():
        print(
            f"\n\nThe cycle, {SETTINGS:,} settings x {ROUNDS} rounds x 6 actors, per setting:\n"
            f"  plain Python, step by step {plain * 1e6:8.1f} microseconds\n"
            f"  the same, tuned by hand    {tuned * 1e6:8.1f} microseconds\n"
            f"  NumPy                      {numpy * 1e6:8.1f} microseconds\n"
            f"  ratio to plain Python      {plain / numpy:8.1f}  (target: {FASTER_AT_LEAST})\n"
            f"  ratio to the tuned loop    {tuned / numpy:8.1f}\n\n"
            f"One setting, median in milliseconds (target: below {SLIDER_AT_MOST * 1e3:g}):"
        )
        for name, seconds in measured.items():
            print(f"  {name:<36} {seconds * 1e3:7.3f}")
    assert plain / numpy >= FASTER_AT_LEAST
    assert max(measured.values()) < SLIDER_AT_MOST
