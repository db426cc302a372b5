"""Every explorable of the course in JupyterLab: each control moves the words, and words and chart agree."""

from collections import defaultdict

import pytest
from lab_pages import CHART
from playwright.sync_api import expect

import tutor
from tutor.interaction.explorable import Explorable

pytestmark = pytest.mark.browser

EXPLORABLES = sorted(name for name in tutor.__all__ if name.startswith("explore_"))
BY_LESSON = defaultdict(list)
for name in EXPLORABLES:
    BY_LESSON[tutor._PUBLIC[name].rpartition(".")[2]].append(name)


@pytest.fixture(scope="module", params=sorted(BY_LESSON))
def opened(request, lab_page):
    """Open one notebook with the explorables of one lesson."""
    lab_page.lab.forget()
    names = BY_LESSON[request.param]
    cells = [f"tutor.{name}()" for name in names]
    notebook = lab_page.write(f"lessons/every_{request.param}.ipynb", "import tutor", *cells)
    yield names, notebook
    notebook.close()


def settings_of(form):
    """Read what the controls stand at, as the page joins them."""
    return form.evaluate(
        "form => [...form.elements].filter(e => e.name).map(e => e.value).join('|')"
    )


def test_each_control_moves_words_and_chart(opened):
    names, notebook = opened
    for name in names:
        notebook.run_cell(f"tutor.{name}()")
        form = notebook.panel.locator("form.tumen-explorable").nth(names.index(name))
        explorable = getattr(tutor, name)()
        words = explorable.texts() if type(explorable) is Explorable else None
        chart = notebook.below(form, CHART).first
        before = chart.inner_html()
        for control in explorable.controls:
            field = form.get_by_label(control.label, exact=True)
            expect(field).to_be_visible()
            if control.is_slider:
                field.press("ArrowLeft" if control.start == control.values[-1] else "ArrowRight")
            else:
                other = next(value for value in control.values if value != control.start)
                field.select_option(str(other))
            if words is not None:
                expect(form.get_by_role("status")).to_have_text(words[settings_of(form)])
        notebook.page.wait_for_function(
            "([chart, before]) => chart.innerHTML !== before", arg=[chart.element_handle(), before]
        )
