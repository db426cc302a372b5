"""Charts of lesson 08: what their words say is what the model does, at every setting of the controls."""

import pytest
import vl_convert

from tutor.charts import tradp_model as charts
from tutor.charts.figure import vega_lite
from tutor.derived import tradp_model as derived
from tutor.interaction.explorable import Explorable
from tutor.interaction.explorables import tradp_model as explorables
from tutor.interaction.message import Message
from tutor.models import tradp_curve


@pytest.mark.parametrize("step", derived.STEPS)
def test_each_step_has_its_explorable_with_its_evidence(step):
    shown = explorables.explore_step(step)
    assert isinstance(shown, Explorable)
    svg = vl_convert.vegalite_to_svg(vega_lite(shown.figure), vl_version="v5.21")
    for row in derived.evidence(step):
        assert row["says"] in shown.figure.alternative
        assert row["says"] in svg.replace("&#x27;", "'")
    # With no unwilling capital it does not matter what an unwilling one would do.
    said = [words for key, words in shown.texts().items() if not (step == "2.2" and key[0] == "0")]
    assert len(set(said)) == len(said)


def test_an_unknown_step_gets_a_message():
    said = explorables.explore_step("3.1")
    assert isinstance(said, Message)
    assert "'2.3'" in repr(said)


def test_every_setting_of_the_curve_has_its_row():
    rows = vega_lite(charts.cycle_curve())["datasets"]["settings"]
    kept = {(row["assumption"], row["gap"]) for row in rows}
    assert len(kept) == len(rows)
    wanted = {
        (assumption, round(100 * (reluctance - support)))
        for assumption in derived.ASSUMPTIONS
        for reluctance in derived.RELUCTANCES
        for support in derived.SUPPORTS
    }
    assert wanted == kept


@pytest.mark.parametrize("assumption", derived.ASSUMPTIONS)
def test_words_of_the_curve_fit_its_crossings(assumption):
    for reluctance in derived.RELUCTANCES[::5]:
        words = charts.describe_curve(assumption, reluctance, 0.1)
        settings = derived.assumed(assumption, derived.gap(reluctance, 0.1))
        stable = [point.is_stable for point in tradp_curve.fixed_points(settings)]
        assert ("Two outcomes" in words) == (stable == [True, False, True])
        assert ("One outcome" in words) == (stable == [True])


def test_each_theory_changes_one_place_in_the_circle():
    worked = derived.assumed("study", 1.15)
    for assumption in ("functionalism", "neofunctionalism", "intergovernmentalism", "realism"):
        other = derived.assumed(assumption, 1.15)
        changed = [
            name
            for name in ("feedback", "domestic_autonomy", "hostility", "tie_weight", "reluctance")
            if (getattr(other, name) != getattr(worked, name)).any()
        ]
        assert len(changed) == 1, assumption


@pytest.mark.parametrize("amount", derived.AMOUNTS)
def test_the_verdict_on_a_push_is_what_the_line_does(amount):
    agreement, _ = derived.pushed(amount, 600)
    for length in derived.LENGTHS[1:]:
        lasts = "It is enough" in charts.describe_push(amount, length)
        assert lasts == (agreement[-1, length] > 0.5), length


@pytest.mark.parametrize("change", derived.CHANGES)
def test_six_countries_rest_at_the_outermost_crossings(change):
    for support in (0.1, 0.3):
        points = tradp_curve.fixed_points(derived.changed(change).varied(support=support))
        found = derived.outcomes(change, support)
        assert found["nothing"].agreement == pytest.approx(points[0].agreement, abs=1e-4)
        assert found["full"].agreement == pytest.approx(points[-1].agreement, abs=1e-4)


def test_a_full_start_never_ends_lower():
    found = derived.sensitivity()
    assert 0 < found["nothing"]["share"] < found["full"]["share"] < 1
    for reluctance in derived.RELUCTANCES:
        low, high = (derived.paths(reluctance, start).agreement[-1] for start in derived.STARTS)
        assert low <= high + 1e-9


@pytest.mark.parametrize(
    ("function", "wrong"),
    [
        (charts.describe_curve, {"assumption": "idealism"}),
        (charts.describe_curve, {"reluctance": 2.0}),
        (charts.describe_push, {"duration": 31}),
        (charts.describe_six, {"change": "weather"}),
        (charts.describe_rounds, {"start": "middle"}),
        (charts.describe_negotiation, {"unwilling": True}),
        (charts.describe_ties, {"hostility": 0.3}),
    ],
)
def test_a_value_that_no_control_offers_is_named(function, wrong):
    (name,) = wrong
    with pytest.raises(ValueError, match=rf"{name} is .*; it can be"):
        function(**wrong)
