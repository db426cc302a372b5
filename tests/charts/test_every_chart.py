"""Every public chart and explorable of the course draws, speaks and fits its data."""

import inspect
import json
import re

import pytest
import vl_convert

import tutor
from tutor.charts.figure import Figure, vega_lite
from tutor.interaction.explorable import Explorable

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


def test_chart_is_painted_by_vega_lite(drawn):
    svg = vl_convert.vegalite_to_svg(vega_lite(drawn), vl_version="v5.21")
    assert svg.count("<path") + svg.count("<line") + svg.count("<text") > 5
    assert not re.search(r"NaN|undefined|Infinity", svg)


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
