"""A figure cannot be without words and data; it is written so that the lab paints it offline."""

import json

import altair as alt
import IPython.display
import pandas as pd
import pytest

from tutor.charts import figure
from tutor.charts.figure import (
    METADATA,
    VEGA_LITE_MIME,
    Figure,
    Words,
    vega_lite,
)

DATA = pd.DataFrame({"x": [1, 2], "y": [3, 4]})


def drawn(**more):
    chart = alt.Chart(DATA).mark_point().encode(x="x", y="y").properties(title="It grows")
    return Figure(chart, **{"alternative": "Two points, the second higher.", "data": DATA} | more)


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_figure_without_words_cannot_be_made(words):
    with pytest.raises(ValueError, match="text that says what it shows"):
        drawn(alternative=words)


def test_figure_without_data_cannot_be_made():
    with pytest.raises(ValueError, match="table without rows"):
        drawn(data=DATA.iloc[:0])


def test_page_gets_vega_lite_5_and_words():
    bundle = drawn().mimebundle()
    assert set(bundle) == {VEGA_LITE_MIME, "text/plain"}
    assert bundle["text/plain"] == "[Chart] Two points, the second higher."
    json.dumps(bundle)


def test_words_and_table_stand_folded_below_the_chart(monkeypatch):
    seen = []
    monkeypatch.setattr(IPython.display, "display", lambda data, **more: seen.append((data, more)))
    drawn(note="Careful.")._ipython_display_()
    (chart, more), (below, _) = seen
    assert set(chart) == {VEGA_LITE_MIME, "text/plain"}
    assert more == {"raw": True, "metadata": METADATA}
    assert set(METADATA) == {VEGA_LITE_MIME}
    said = below["text/html"]
    assert "<details" in said
    assert " open" not in said
    assert "Two points, the second higher.</p>" in said
    assert ">Careful.</p>" in said
    assert '<tr><th scope="row">2</th><td>4</td></tr>' in said


def test_specification_is_of_version_5_with_theme_and_alternative_text():
    specification = vega_lite(drawn())
    assert specification["$schema"] == figure.VEGA_LITE_SCHEMA
    assert "/v5." in specification["$schema"]
    assert specification["description"] == "Two points, the second higher."
    for name, value in figure.THEME.items():
        assert specification["config"][name] == value


def test_nothing_is_fetched():
    specification = vega_lite(drawn())
    specification.pop("$schema")
    assert "http" not in json.dumps(specification)


def test_note_stands_below_the_title():
    note = "Where from. " * 20
    title = vega_lite(drawn(note=note))["title"]
    assert title["text"] == "It grows"
    assert " ".join(title["subtitle"]) == note.strip()
    assert all(len(line) <= 95 for line in title["subtitle"])
    assert "subtitle" not in json.dumps(vega_lite(drawn())["title"])


def test_table_is_a_copy():
    one = drawn()
    table = one.table()
    table["x"] = 99
    assert list(one.table()["x"]) == [1, 2]


def test_describe_says_words_and_note():
    said = drawn(note="Careful.").describe()
    assert said == "Two points, the second higher.\n\nCareful."
    assert isinstance(said, Words)


def test_words_are_shown_as_paragraphs_and_never_as_markup():
    shown = Words("a <b>\n\nc & d")._repr_html_()
    assert "a &lt;b&gt;</p><p>c &amp; d" in shown
