"""One JupyterLab and one browser for all tests in this folder; a screenshot of every failure."""

import re
from collections.abc import Iterator

import lab_pages
import pytest
from lab_pages import Lab, LabPage, OpenNotebook
from playwright.sync_api import Browser, sync_playwright

from tutor.workshop.browser import VARIABLE, find_chromium


@pytest.fixture(scope="session")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    with lab_pages.running_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = find_chromium()
    if chromium is None:
        pytest.fail(f"No Chromium was found; install one, or name it in {VARIABLE}.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def lab_page(lab: Lab, browser: Browser) -> LabPage:
    """The lab in a page; notebooks open in it as tabs."""
    context = browser.new_context(viewport=lab_pages.TALL)
    opened = LabPage(lab, context.new_page())
    opened.begin()
    return opened


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    report = yield
    if report.failed:
        shown = [
            value for value in item.funcargs.values() if isinstance(value, LabPage | OpenNotebook)
        ]
        factory = item.funcargs.get("tmp_path_factory") or item._request.getfixturevalue(
            "tmp_path_factory"
        )
        for one in shown[:1]:
            name = re.sub(r"\W+", "_", item.name)
            path = factory.getbasetemp() / f"{name}_{report.when}.png"
            try:
                one.page.screenshot(path=path)
                report.sections.append(("Screenshot", str(path)))
            except Exception as problem:
                report.sections.append(("Screenshot", f"could not be taken: {problem}"))
    return report
