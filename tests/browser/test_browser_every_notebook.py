"""Every notebook that learners open, run in JupyterLab: painted, quiet, named, and within its width."""

from collections.abc import Iterator

import pytest
from accessibility import violations
from lab_pages import CHART, OURS, TALL, LabPage, OpenNotebook, course_paths

pytestmark = pytest.mark.browser

# Every control in what the cells show, with the name that assistive technology reads.
_NAMES = """(panel) => [...panel.querySelectorAll(
    '.jp-OutputArea-output :is(input, select, textarea, button)')].map((one) => {
  const labels = [...(one.labels ?? [])].map((label) => label.textContent.trim()).join(' ');
  const own = one.tagName === 'BUTTON' ? one.textContent.trim() : '';
  return { what: one.outerHTML.slice(0, 120), name: one.getAttribute('aria-label') || labels || own };
})"""

_CHARTS = """(panel, chart) => [...panel.querySelectorAll(chart)].map((one) => {
  const svg = one.querySelector('svg');
  const { width, height } = svg.getBoundingClientRect();
  const marks = svg.querySelectorAll('.mark-group :is(path, line, text, circle)').length;
  const label = svg.closest('[aria-label]') ?? svg.querySelector('[aria-label]');
  return {
    width, height, marks,
    label: label?.getAttribute('aria-label') ?? '',
    broken: /NaN|undefined|Infinity/.test(svg.outerHTML),
  };
})"""

# What sticks out of the column in which the notebook shows it, by more than a rounding. The box that the
# lab puts around a chart is its own affair; what counts is the picture in it.
_TOO_WIDE = """(panel, [ours, chart]) => [...panel.querySelectorAll(ours)].flatMap((one) => {
  const column = one.closest('.jp-OutputArea-child').getBoundingClientRect();
  const inner = [...one.querySelectorAll('svg, input, select, button, output')];
  const parts = one.matches(chart) ? inner : [one, ...inner];
  const scrolls = one.matches(chart) && getComputedStyle(one).overflowX === 'auto';
  if (scrolls && inner.every((part) => part.getBoundingClientRect().width <= 300)) return [];
  const right = Math.max(...parts.map((part) => part.getBoundingClientRect().right));
  return right > column.right + 1 ? [`${one.className}: ${right} > ${column.right}`] : [];
})"""


@pytest.fixture(scope="module", params=course_paths("lessons", "exercises"))
def notebook(request: pytest.FixtureRequest, lab_page: LabPage) -> Iterator[OpenNotebook]:
    lab_page.lab.forget()
    lab_page.outside.clear()
    opened = lab_page.open(request.param)
    yield opened
    opened.close()


def test_cells_run_without_error(notebook):
    outputs = notebook.outputs()
    assert outputs
    wrong = [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]
    assert wrong == []


def test_charts_are_painted(notebook):
    notebook.skip_predictions()
    charts = notebook.panel.evaluate(_CHARTS, CHART)
    for chart in charts:
        assert chart["width"] > 200
        assert chart["height"] > 100
        assert chart["marks"] >= 5
        assert not chart["broken"]


def test_charts_are_named_by_what_they_show(notebook):
    labels = [chart["label"] for chart in notebook.panel.evaluate(_CHARTS, CHART)]
    assert [label for label in labels if len(label) < 40] == []


def test_nothing_is_asked_of_another_host(notebook):
    assert notebook.lab_page.outside == []


def test_browser_has_no_complaint(notebook):
    assert notebook.lab_page.complaints == []


def test_every_control_has_a_name(notebook):
    controls = notebook.panel.evaluate(_NAMES)
    assert [control["what"] for control in controls if not control["name"]] == []


def test_nothing_shown_is_closed_to_somebody(notebook):
    notebook.skip_predictions()
    notebook.panel.locator("details.tumen-equivalent").evaluate_all(
        "(all) => all.forEach((one) => { one.open = true; })"
    )
    assert violations(notebook.page) == {}


# An ordinary window of 1280 pixels, a narrow one, and the first enlarged to 200 and 400 percent.
@pytest.mark.parametrize("width", [1280, 800, 640, 320])
def test_forms_and_charts_fit_the_width(notebook, width):
    notebook.skip_predictions()
    page = notebook.page
    page.set_viewport_size({"width": width, "height": TALL["height"]})
    try:
        page.wait_for_function(
            "(width) => document.querySelector('#main').getBoundingClientRect().width === width",
            arg=width,
        )
        assert notebook.panel.evaluate(_TOO_WIDE, [OURS, CHART]) == []
    finally:
        page.set_viewport_size(TALL)
