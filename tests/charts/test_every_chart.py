"""Every public chart and explorable of the course draws, speaks and fits its data."""

import inspect
import itertools
import json
import re
from collections import defaultdict

import pytest
import vl_convert
from sight import TOLD_APART, contrast, distance, paints

import tutor
from tutor.charts.figure import Figure, vega_lite
from tutor.charts.palette import BORDER
from tutor.interaction.explorable import Explorable

_BARS = "a pale bar has a line in it and a dot on it in the full colour, and its name beside it"
_AREA = "a pale area behind the marks, named in words"
PALE = {
    "comparative_advantage_table": _AREA,
    "explore_complementarity": "every field has its number written in it",
    "explore_customs_union": "both areas have dark edges where the curves run, and a number each",
    "explore_push": _AREA,
    "explore_scorecard": "the band behind the row that is being read, named above",
    "explore_side_payments": _BARS,
    "explore_stall_settings": "each of the three areas has its name written in it",
    "explore_theories": "the sign in the tile says the same",
    "explore_two_level_game": _BARS,
    "explore_win_sets": _BARS,
    "theory_table": "the sign in the tile says the same",
    "two_level_game": _BARS,
    "way_there_and_back": _AREA,
    "win_sets_of_two": _BARS,
}
"""Charts with marks of less than 3:1 contrast with white, and what stands out in their place."""

_AGREED = (
    "the orange line stands upright, with its words; the red one is Beijing's and lies in its row"
)
ALIKE = {
    "explore_chain_of_advantage": "the orange line stands upright; the red one lies in China's row",
    "explore_complementarity": "every field has its number written in it",
    "explore_security_network": "the orange dot stands in the lower chart, on the line, with its number",
    "explore_side_payments": _AGREED,
    "explore_two_country_trade": "the orange line stands upright; the other lies in its country's row",
    "explore_two_level_game": _AGREED,
    "explore_win_sets": _AGREED,
    "security_network": "the orange dot stands in the lower chart, on the line, with its number",
    "two_level_game": _AGREED,
    "win_sets_of_two": _AGREED,
}
"""Charts where two colours of like marks may be taken for each other, and what else tells them apart."""

MODULES = ("tutor.charts.", "tutor.interaction.explorables.")
# What every chart is called with where it needs to be told something.
NEEDED = inspect.Parameter.empty


def drawing_functions() -> list[str]:
    names = [name for name, module in tutor._PUBLIC.items() if module.startswith(MODULES)]
    return [name for name in sorted(names) if not _needs_arguments(getattr(tutor, name))]


def _needs_arguments(function: object) -> bool:
    parameters = inspect.signature(function).parameters.values()
    return any(p.default is NEEDED and p.kind is not p.VAR_POSITIONAL for p in parameters)


@pytest.fixture(scope="module", params=drawing_functions())
def shown(request):
    return getattr(tutor, request.param)()


@pytest.fixture(scope="module")
def drawn(shown) -> Figure:
    if isinstance(shown, Explorable):
        return shown.figure
    if not isinstance(shown, Figure):
        pytest.skip("shows no chart")
    return shown


def test_course_has_charts():
    assert {"region_map", "lower_tumen_map", "security_network", "explore_timeline"} <= set(
        drawing_functions()
    )


@pytest.fixture(scope="module")
def svg(drawn) -> str:
    return vl_convert.vegalite_to_svg(vega_lite(drawn), vl_version="v5.21")


def test_chart_is_painted_by_vega_lite(svg):
    assert svg.count("<path") + svg.count("<line") + svg.count("<text") > 5
    assert not re.search(r"NaN|undefined|Infinity", svg)


def test_words_in_the_chart_can_be_read(svg):
    painted = paints(svg)
    grounds = {"#FFFFFF"} | {one.colour for one in painted if one.mark != "text"}
    for one in painted:
        if one.mark == "text" and not one.halo:
            # Dark words stand on white or on something paler; white words, on a mark dark enough.
            on = grounds - {"#FFFFFF"} if contrast(one.colour) < 2 else {"#FFFFFF"}
            assert max(contrast(one.colour, ground) for ground in on) >= 4.5, one


def test_marks_stand_out_or_something_else_does(svg, request):
    name = request.node.callspec.params["shown"]
    for one in paints(svg):
        if one.mark in ("text", "shape", "arc") or one.edged or one.colour == "#FFFFFF":
            continue
        hairline = one.colour == BORDER and one.mark in ("rule", "line")
        assert contrast(one.colour) >= 3 or hairline or name in PALE, one


def test_colours_of_like_marks_are_told_apart_by_every_eye(svg, request):
    name = request.node.callspec.params["shown"]
    colours = defaultdict(set)
    for one in paints(svg):
        if one.mark != "text" and contrast(one.colour) >= 3:
            colours[one.mark].add(one.colour)
    for mark, found in colours.items():
        for pair in itertools.combinations(sorted(found), 2):
            assert distance(*pair) >= TOLD_APART or name in ALIKE, (mark, pair)


def test_what_need_not_stand_out_is_there():
    assert PALE.keys() | ALIKE.keys() <= set(drawing_functions())


def test_chart_is_named_by_what_it_shows(drawn):
    assert len(drawn.alternative.split()) >= 12
    assert drawn.alternative.rstrip().endswith((".", "!", ")"))
    assert "nan" not in re.findall(r"\w+", drawn.alternative.lower())
    assert drawn.alternative in drawn.describe()


def test_chart_has_a_title_that_says_the_finding(drawn):
    title = vega_lite(drawn)["title"]
    text = title if isinstance(title, str) else title["text"]
    # A title that follows the controls is an expression.
    words = (
        json.dumps(text)
        if isinstance(text, dict)
        else " ".join([text] if isinstance(text, str) else text)
    )
    assert len(words.split()) >= 4


def test_chart_has_a_small_table_with_named_columns(drawn):
    table = drawn.table()
    assert 0 < len(table) <= 2000
    assert all(isinstance(column, str) and column.strip() for column in table.columns)


def test_chart_asks_nothing_of_the_web(drawn):
    specification = vega_lite(drawn)
    specification.pop("$schema")
    assert not re.search(r"https?://", json.dumps(specification))


def test_controls_are_parameters_of_the_chart(drawn):
    parameters = {parameter["name"] for parameter in vega_lite(drawn).get("params", [])}
    assert set(drawn.controls) <= parameters


def test_chart_is_small_enough_for_a_notebook(drawn):
    assert len(json.dumps(vega_lite(drawn))) < 600_000
