"""What the charts and explorables of lesson 02 show, held against the data and the model."""

import itertools
import re

import pytest
import vl_convert

import tutor
from tutor import data
from tutor.charts import thaw
from tutor.charts.figure import vega_lite
from tutor.derived.thaw import HEAVIEST, PAIRS, READERS, WANTS, reading_of, wants_of
from tutor.interaction.message import Message
from tutor.models.ledger import balance, deciding_lines

LEDGERS = ["1111111", "3211121", "3333333", "0000001", "3000000", "3331111"]


def svg_of(figure):
    return vl_convert.vegalite_to_svg(vega_lite(figure), vl_version="v5.21")


def test_bridges_name_every_pair_and_those_without_relations():
    drawn = thaw.recognition_bridges()
    table = drawn.table()
    assert list(table["since"]) == [row["date"] for row in data.rows("recognition")]
    missing = drawn.alternative.partition("Without relations: ")[2]
    assert missing.count("North Korea") == list(table["since"]).count("") == 2


@pytest.mark.parametrize("pair", PAIRS)
def test_every_pair_has_a_want_and_its_words_name_both_sides(pair):
    rows = [row for row in data.rows("thaw_wants") if row["pair"] == pair]
    assert {row["actor"] for row in rows} == set(pair.split("-"))
    for row in rows:
        assert row["says"] in thaw.describe_want(pair, row["want"])


@pytest.mark.parametrize(("pair", "want"), list(itertools.product(PAIRS, WANTS)))
def test_words_say_yes_exactly_when_a_side_wanted_it(pair, want):
    said = thaw.describe_want(pair, want)
    assert (": yes, " in said) is bool(wants_of(pair, want))
    assert ("both did" in said) is (len(wants_of(pair, want)) == 2)


def test_every_want_is_somebody_s():
    assert {row["want"] for row in data.rows("thaw_wants")} == set(WANTS)
    assert {row["pair"] for row in data.rows("thaw_wants")} == set(PAIRS)


@pytest.mark.parametrize(("pair", "want"), [("KOR-SUN", "capital"), ("CHN-SUN", "frontier")])
def test_lines_lead_to_whoever_wanted_it(pair, want):
    wanted = len(wants_of(pair, want))
    svg = svg_of(thaw.thaw_calendar(pair, want))
    assert svg.count('stroke-width="4"') == wanted
    assert svg.count('stroke-dasharray="3,5"') == 2 - wanted


def test_calendar_dates_are_those_of_the_rows():
    table = thaw.thaw_calendar().table()
    assert list(table["date"]) == sorted(data.find(row)["date"] for row in table["id"])
    assert table["id"].is_unique
    marked = {pair for _, pair, _ in thaw._CALENDAR if pair}
    assert marked < set(PAIRS)  # of Japan and Moscow there is nothing to mark


@pytest.mark.parametrize(("pair", "want"), [("KOR-JPN", "capital"), ("CHN-SUN", "love"), (3, None)])
def test_unknown_pair_or_want_is_told_in_words(pair, want):
    assert isinstance(tutor.explore_thaw(pair, want), Message)


@pytest.mark.parametrize("digits", LEDGERS)
def test_chart_of_a_ledger_tips_as_the_model_says(digits):
    ledger = thaw.as_ledger(digits)
    outcome = balance(ledger)
    svg = svg_of(thaw.ledger_chart(digits))
    titles = {"signs": "the signs weigh more", "obstacles": "the obstacles weigh more"}
    assert titles.get(outcome.heavier, "the ledger is level") in svg
    assert f">obstacles {outcome.obstacles:g}<" in svg
    assert f">signs {outcome.signs:g}<" in svg
    names = [row["name"].lower() for row in data.rows("ledger_items")]
    hangs = thaw.describe_ledger(ledger).partition("It hangs on: ")[2]
    assert [name for name in names if name in hangs] == [names[p] for p in deciding_lines(ledger)]


@pytest.mark.parametrize(
    "bad", ["", "111", "11111111", "1111114", "111111a", [1] * 6, [0.5] * 7, None, 5, [-1] * 7]
)
def test_weights_that_cannot_be_are_told_in_words(bad):
    for shown in (tutor.ledger(bad), tutor.explore_ledger(bad), tutor.compare_ledgers(bad)):
        assert isinstance(shown, Message)
        assert "seven whole numbers from 0 to 3" in str(shown)


def test_readers_have_a_weight_for_every_line():
    for reader in READERS:
        weights = reading_of(reader).weights
        assert len(weights) == len(data.rows("ledger_items"))
        assert all(weight in range(HEAVIEST + 1) for weight in weights)
    assert isinstance(tutor.ledger("1111111", "nobody's aunt"), Message)
    with pytest.raises(KeyError, match="course"):
        reading_of("aunt")


def test_comparison_with_oneself_finds_no_gap_and_an_empty_ledger_has_no_shares():
    table = tutor.compare_ledgers("3211121", "3211121").table()
    assert (table["share_yours"] == table["share_other"]).all()
    assert "0 percent" in tutor.compare_ledgers([3, 2, 1, 1, 1, 2, 1], "3211121").alternative
    assert isinstance(tutor.compare_ledgers("0000000"), Message)


def test_every_setting_of_the_ledger_has_its_words():
    explorable = tutor.explore_ledger()
    texts = explorable.texts()
    controls = {control.name: control.values for control in explorable.controls}
    for place, (names, say) in enumerate(explorable.parts):
        for setting in itertools.product(*(controls[name] for name in names)):
            key = f"{place}:" + "|".join(map(str, setting))
            assert texts[key] == say(**dict(zip(names, setting, strict=True)))
    assert sorted(name for names, _ in explorable.parts for name in names) == sorted(controls)
    assert explorable.describe() == f"{texts['0:1|1|1']} {texts['1:1|1|1|1']}"


def test_form_of_the_ledger_carries_its_parts_and_speaks_by_them():
    form = tutor.explore_ledger()._form("x")
    assert "data-parts=" in form
    assert form.count("this.dataset.parts") == 1
    assert len(re.findall(r"<input type=.range", form)) == 7
