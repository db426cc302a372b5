"""The words and the table below a chart: whole, short enough, in words that can be listened to."""

import re

import pandas as pd
import pytest
from test_every_chart import drawing_functions

import tutor
from tutor.charts.figure import Figure
from tutor.charts.text_equivalent import MOST_ROWS, SUMMARY, text_equivalent
from tutor.interaction.explorable import Explorable

SMALL = pd.DataFrame({"own_price": [1.0, 2.34567], "free <trade>": [True, False]})


@pytest.fixture(scope="module", params=drawing_functions())
def figure(request):
    shown = getattr(tutor, request.param)()
    drawn = shown.figure if isinstance(shown, Explorable) else shown
    if not isinstance(drawn, Figure):
        pytest.skip("shows no chart")
    return drawn


def cells(markup):
    return re.findall(r"<t[hd](?: [^>]*)?>(.*?)</t[hd]>", markup)


def test_values_are_written_as_they_are_read():
    assert cells(text_equivalent("Two.", SMALL)) == [
        *("own price", "free &lt;trade&gt;"),
        *("1", "yes"),
        *("2.346", "no"),
    ]


def test_values_that_are_not_known_stay_empty():
    unknown = pd.DataFrame(
        {"id": ["a", "b"], "value": [float("nan"), 1234567.8], "who": [None, "x"]}
    )
    assert cells(text_equivalent("Two.", unknown))[3:] == ["a", "", "", "b", "1234568", "x"]


def test_paragraphs_stay_paragraphs():
    said = text_equivalent("A <b>.\n\nAnd so on.", SMALL)
    assert said.count("<p ") == 2
    assert "A &lt;b&gt;.</p>" in said


def test_long_table_says_where_the_rest_is():
    long = pd.DataFrame({"year": range(MOST_ROWS + 1)})
    said = text_equivalent("Many.", long)
    assert said.count("<tr>") == MOST_ROWS + 1
    assert f"the first {MOST_ROWS} of {MOST_ROWS + 1} rows" in said
    assert "the first" not in text_equivalent("Many.", long.head(MOST_ROWS))


def test_every_chart_has_words_and_a_table_without_code(figure):
    said = text_equivalent(figure.describe(), figure.data)
    assert SUMMARY in said
    heads = re.findall(r'<th scope="col">(.*?)</th>', said)
    assert len(heads) == len(figure.data.columns)
    assert all(head.strip() for head in heads)
    assert not re.search(r">(nan|None|NaT|&lt;NA&gt;)<", said)
    assert not re.search(r">[\d.]+e[+-]\d+<", said)
    for number in re.findall(r">(\d+\.\d+)<", said):
        assert len(number.replace(".", "").lstrip("0")) <= 4


def test_every_text_equivalent_is_small(figure):
    assert len(text_equivalent(figure.describe(), figure.data)) < 25_000
