"""Explorables: words for every setting, controls with labels, and charts bound to them."""

import html
import json
import math
import re
from html.parser import HTMLParser

import altair as alt
import pandas as pd
import pytest

import tutor
from tutor.charts.figure import VEGA_LITE_MIME, Figure, vega_lite
from tutor.interaction.explorable import Control, Explorable, explorable_or_message
from tutor.interaction.message import Message

NAMES = sorted(name for name in tutor._PUBLIC if name.startswith("explore_"))


class Form(HTMLParser):
    """The controls, labels and data of a form."""

    def __init__(self, markup):
        super().__init__()
        self.controls, self.labels, self.options, self.form = {}, [], [], {}
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag in ("input", "select"):
            self.controls[attributes["id"]] = attributes
        elif tag == "label":
            self.labels.append(attributes["for"])
        elif tag == "option":
            self.options.append(attributes)
        elif tag == "form":
            self.form = attributes


@pytest.fixture(scope="module", params=NAMES)
def explorable(request):
    shown = getattr(tutor, request.param)()
    assert isinstance(shown, Explorable)
    return shown


@pytest.fixture
def texts(explorable):
    if type(explorable) is not Explorable:
        pytest.skip("puts its words together in the page, from parts")
    return explorable.texts()


def test_there_are_words_for_every_setting(explorable, texts):
    assert len(texts) == math.prod(len(control.values) for control in explorable.controls)
    assert all(text.strip() for text in texts.values())
    assert not [text for text in texts.values() if re.search(r"\b(nan|inf)\b", text)]


def test_words_change_with_every_control(explorable, texts):
    for place, control in enumerate(explorable.controls):
        said = {}
        for key, text in texts.items():
            others = key.split("|")
            others[place] = ""
            said.setdefault(tuple(others), set()).add(text)
        assert any(len(different) > 1 for different in said.values()), control.name


def test_chart_listens_to_what_every_control_tells(explorable):
    specification = explorable._bound("abc")
    signals = {signal["name"]: signal for signal in specification["config"]["signals"]}
    form = explorable._form("abc")
    assert set(signals) == {control.name for control in explorable.controls}
    assert not set(signals) & {each["name"] for each in specification["params"]}
    for control in explorable.controls:
        (listens,) = signals[control.name]["on"]
        assert signals[control.name]["value"] == control.start
        assert listens["events"]["source"] == "window"
        assert f"CustomEvent(&#x27;{listens['events']['type']}&#x27;" in form


def test_every_control_has_a_label(explorable):
    form = Form(explorable._form("abc"))
    assert sorted(form.labels) == sorted(form.controls)
    assert all(control.label.strip() for control in explorable.controls)


def test_words_can_be_looked_up_by_what_the_page_has(explorable, texts):
    form = Form(explorable._form("abc"))
    assert json.loads(form.form["data-texts"]) == texts
    assert explorable.describe() in texts.values()


def test_page_writes_values_as_python_does(explorable, texts):
    form = Form(explorable._form("abc"))
    for control, attributes in zip(explorable.controls, form.controls.values(), strict=True):
        if not control.is_slider:
            continue
        step, low = float(attributes["step"]), float(attributes["min"])
        keys = {key.split("|")[explorable.controls.index(control)] for key in texts}
        steps = len(control.values)
        # A browser adds steps to the minimum and writes the result as short as it can.
        written = {f"{round(low + i * step, 10):.10g}" for i in range(steps)}
        assert written == keys
        assert float(attributes["max"]) == pytest.approx(low + (steps - 1) * step)


def test_explorable_speaks_without_a_page(explorable):
    assert explorable.figure.alternative in repr(explorable)
    assert explorable.describe() in repr(explorable)
    assert len(explorable.table())


def test_live_region_is_in_the_form(explorable):
    form = explorable._form("abc")
    assert form.count('role="status"') == 1
    assert form.count('aria-live="polite"') == 1


def made_up(**more) -> Explorable:
    data = pd.DataFrame({"x": [1, 2, 3]})
    chart = alt.Chart(data).mark_point().encode(x="x").add_params(alt.param("n", value=1))
    settings = {
        "figure": Figure(chart, "Three points.", data, controls=("n",)),
        "controls": (Control("n", 'A "label" <b>', (1, 2, 3), 2, plays=True),),
        "say": lambda n: f"<script>{n}</script> & 'more' \"quotes\"",
    }
    return Explorable(**settings | more)


def test_words_are_never_markup():
    form = made_up()._form("abc")
    assert "<script>" not in form
    assert "<b>" not in form.partition("<label")[2].partition("</label>")[0]
    assert json.loads(Form(form).form["data-texts"])["2"].startswith("<script>2")


def test_every_display_has_controls_of_its_own(monkeypatch):
    import IPython.display

    seen = []
    monkeypatch.setattr(IPython.display, "display", lambda thing, **_: seen.append(thing))
    one = made_up()
    one._ipython_display_()
    one._ipython_display_()
    identifiers = [set(Form(shown.data).controls) for shown in seen[::3]]
    assert identifiers[0].isdisjoint(identifiers[1])
    for shown, bundle in zip(seen[::3], seen[1::3], strict=True):
        (signal,) = bundle[VEGA_LITE_MIME]["config"]["signals"]
        assert signal["on"][0]["events"]["type"] in Form(shown.data).controls
        assert html.unescape(bundle["text/plain"]) == repr(one)
    assert all("<table>" in below["text/html"] for below in seen[2::3])


def test_drawing_twice_leaves_the_figure_alone():
    one = made_up()
    before = vega_lite(one.figure)
    one._bound("abc")
    assert vega_lite(one.figure) == before


def test_control_without_its_parameter_is_refused():
    with pytest.raises(ValueError, match=r"no parameter for: \['m'\]"):
        made_up(controls=(Control("m", "Em", (1, 2), 1),))._bound("abc")


def test_start_that_cannot_be_is_refused_and_said():
    with pytest.raises(ValueError, match="from 1 to 3"):
        Control("n", "Number", (1, 2, 3), 9)
    with pytest.raises(ValueError, match="one of 'a', 'b'"):
        Control("n", "Letter", ("a", "b"), "c")
    said = explorable_or_message(
        lambda: made_up().figure, lambda: (Control("n", "Number", (1, 2, 3), 9),), str
    )
    assert isinstance(said, Message)
    assert "from 1 to 3" in repr(said)


BAD_STARTS = [
    ("explore_security_network", {"year": 1900}),
    ("explore_security_network", {"year": "1950"}),
    ("explore_security_network", {"year": None}),
    ("explore_security_network", {"year": 1950.5}),
    ("explore_security_network", {"year": [1950]}),
    ("explore_security_network", {"counted": "friendship"}),
    ("explore_security_network", {"counted": ["security"]}),
    ("explore_security_network", {"counted": None}),
    ("explore_timeline", {"country": "FRA"}),
    ("explore_timeline", {"kind": 3}),
    ("explore_timeline", {"period": "1900"}),
    ("explore_timeline", {"period": (1946, 1960)}),
]


@pytest.mark.parametrize(("name", "setting"), BAD_STARTS, ids=str)
def test_setting_that_cannot_be_becomes_a_message(name, setting):
    said = getattr(tutor, name)(**setting)
    assert isinstance(said, Message)
    assert len(repr(said)) > 20


def test_start_is_where_the_chart_begins():
    shown = tutor.explore_security_network(year=1972, counted="every")
    assert shown.describe().startswith("31 December 1972")
    values = {one["name"]: one["value"] for one in shown._bound("abc")["config"]["signals"]}
    assert values == {"year": 1972, "counted": "every"}
