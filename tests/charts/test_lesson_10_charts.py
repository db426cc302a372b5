"""What the charts and explorables of lesson 10 show, held against the data and the model."""

import itertools
import re

import pytest
import vl_convert

import tutor
from tutor import data
from tutor.baselines import teaching_value
from tutor.charts import after_1993 as charts
from tutor.charts.figure import vega_lite
from tutor.charts.palette import INK
from tutor.derived import after_1993 as derived
from tutor.interaction.message import Message
from tutor.models.tradp_cycle import Push, settle, simulate

EXPLANATIONS = [row["key"] for row in derived.explanations()]
COURSE = "".join(row["coding"][0] for row in derived.predictions())


def svg_of(figure):
    return vl_convert.vegalite_to_svg(vega_lite(figure), vl_version="v5.21")


def diamonds(figure):
    return len(re.findall(rf'stroke="{INK}" stroke-width="2.5"', svg_of(figure)))


# The record


@pytest.mark.parametrize("name", sorted({row["name"] for row in data.rows("river_stages")}))
def test_stages_of_a_place_follow_each_other(name):
    stages = sorted(
        (row for row in data.rows("river_stages") if row["name"] == name),
        key=lambda row: row["start"],
    )
    for before, after in itertools.pairwise(stages):
        assert before["end"]
        assert before["end"] <= after["start"]
    assert all(stage["end"] for stage in stages[:-1])


@pytest.mark.parametrize("year", charts.YEARS)
def test_words_name_every_stage_of_the_year(year):
    said = charts.describe_river(year)
    assert all(row["name"] in said for row in derived.stages_in(year))


@pytest.mark.parametrize("year", [1993, 1994, 2004, 2013, 2025])
def test_map_shows_the_stages_of_the_year_and_no_others(year):
    names = {row["name"] for row in derived.stages_in(year)}
    drawn = svg_of(charts.river_map(year))
    for row in data.rows("river_stages"):
        assert (f">{row['name']}" in drawn) is (row["name"] in names)


def test_members_leave_when_the_record_says():
    assert len(derived.members_in(2008)) == 5
    assert set(derived.members_in(2008)) - set(derived.members_in(2009)) == {"North Korea"}
    assert "Japan" not in derived.members_in(2025)


def test_year_outside_the_record_is_refused():
    with pytest.raises(ValueError, match="1993 to 2025"):
        derived.stages_in(2026)
    assert isinstance(tutor.explore_river_map(1992), Message)


# The scorecard


@pytest.mark.parametrize("row", derived.predictions(), ids=lambda row: row["id"])
def test_every_prediction_has_evidence_on_both_sides_from_after_the_study(row):
    said = charts.describe_prediction(row["id"])
    for side in ("for", "against"):
        pieces = derived.evidence(row["id"], side)
        assert pieces
        for piece in pieces:
            assert piece["says"].rstrip(".") in said
            assert all(data.find(e)["date"] >= "1993" for e in piece["rows"].split(";"))


def test_course_codes_stay_hidden_while_one_is_open():
    assert diamonds(charts.scorecard_chart("bcucuc?", "none", "yes")) == 0
    assert diamonds(charts.scorecard_chart("bcucucb", "none", "no")) == 0
    assert diamonds(charts.scorecard_chart("bcucucb", "none", "yes")) == 7
    hidden = tutor.compare_scorecard("bcucuc?")
    assert isinstance(hidden, Message)
    assert not any(row["reason"] in repr(hidden) for row in derived.predictions())


def test_no_words_of_the_explorable_give_the_course_codes_away():
    said = " ".join(tutor.explore_scorecard().texts().values())
    for row in derived.predictions():
        assert row["reason"] not in said


def test_comparison_counts_agreement():
    assert "agree on 7 of 7" in svg_of(tutor.compare_scorecard(COURSE))
    turned = ("c" if COURSE[0] == "b" else "b") + COURSE[1:]
    figure = tutor.compare_scorecard(turned)
    assert "agree on 6 of 7" in svg_of(figure)
    assert derived.predictions()[0]["reason"] in figure.describe()
    assert derived.predictions()[1]["reason"] not in figure.describe()


@pytest.mark.parametrize("codes", ["bcu", "bcubcux", "", "bcubcubc", ["b"] * 6, 7])
def test_codes_that_are_none_get_a_message(codes):
    assert isinstance(tutor.compare_scorecard(codes), Message)


@pytest.mark.parametrize("codes", ["ucbuccu", "u c b u c c u", "UCB-UCCU", list("ucbuccu")])
def test_codes_are_read_in_several_forms(codes):
    assert charts.as_codes(codes) == tuple("ucbuccu")


# Errors


def test_every_kind_of_error_has_one_test():
    kinds = [row["kind"] for row in data.rows("error_kinds")]
    assert len(set(kinds)) == len(kinds)
    assert {row["error_type"] for row in derived.errata()} <= set(kinds)


@pytest.mark.parametrize("severity", charts.SEVERITIES)
def test_tests_share_the_errors_among_them(severity):
    every = len(charts.errors_chart(charts.EVERY_TEST, severity).table())
    found = [len(derived.errata(k, severity)) for k in derived.kinds_by_test().values()]
    assert sum(found) == every == len(derived.errata(severity=severity))


def test_errata_of_toloraya_do_not_count():
    assert {row["id"] for row in data.rows("errata")} - {r["id"] for r in derived.errata()} == {
        "X58",
        "X59",
        "X60",
    }


# Stall


@pytest.mark.parametrize("key", EXPLANATIONS)
def test_verdict_agrees_with_long_runs(key):
    found = derived.verdict(key)
    settings = derived.explained(key)
    assert float(settle(settings).state.agreement) == pytest.approx(found.from_nothing, abs=1e-4)
    if found.least_push is None:
        return
    amount = teaching_value("TV831")
    ends = [
        float(simulate(settings, 600, push=Push(amount, found.least_push - less)).agreement[-1])
        for less in (0, 1)
    ]
    assert ends[0] == pytest.approx(found.from_full, abs=1e-3)
    assert ends[1] == pytest.approx(found.from_nothing, abs=1e-3)


@pytest.mark.parametrize("key", EXPLANATIONS)
def test_titles_say_take_off_exactly_when_a_push_is_long_enough(key):
    least = derived.verdict(key).least_push
    for length in derived.LENGTHS:
        said = charts.describe_stall(key, length)
        assert ("is enough: take-off" in said) is (least is not None and length >= least > 0)


def test_more_support_never_ends_a_take_off():
    for low, high in itertools.pairwise(derived.SUPPORTS):
        for setting, outcome in derived.field(low).items():
            rank = derived.OUTCOMES.index
            assert rank(derived.field(high)[setting]) <= rank(outcome)


@pytest.mark.parametrize("support", derived.SUPPORTS)
def test_field_words_count_every_setting(support):
    said = [int(n) for n in re.findall(r"\b\d+\b(?!\.)", charts.describe_field(support))]
    counts = [derived.count_in_field(support, outcome) for outcome in derived.OUTCOMES]
    assert said[-4:] == [sum(counts), *counts]
    table = charts.stall_field_chart(support).table()
    assert [list(table["outcome"]).count(o) for o in derived.OUTCOMES] == counts


@pytest.mark.parametrize(
    "call",
    [
        lambda: tutor.explore_stall("luck"),
        lambda: tutor.explore_stall("realist", 7),
        lambda: tutor.explore_stall_settings(0.15),
        lambda: tutor.explore_errors("a guess"),
        lambda: tutor.explore_errors("a map", "grave"),
        lambda: tutor.explore_scorecard("bcu"),
        lambda: tutor.explore_scorecard(reading="PP99"),
        lambda: tutor.explore_aftermath(period="1858-1910"),
        lambda: tutor.scorecard("bcu"),
    ],
)
def test_settings_that_cannot_be_get_a_message(call):
    assert isinstance(call(), Message)


# Triangles


def test_triangles_have_every_feature_once():
    rows = data.rows("triangle_features")
    pairs = {(row["triangle"], row["feature"]) for row in rows}
    assert len(pairs) == len(rows) == 16
    ticks = re.findall(r">✓<", svg_of(tutor.growth_triangles()))
    assert len(ticks) == sum(row["holds"] == "yes" for row in rows)
