"""The class report in Chromium: nothing is cut off on any screen, and axe finds nothing to mend."""

from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.workshop import made_up_class
from tutor.workshop.report import command

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("graded")
    made_up_class.write(folder)
    assert command.main([str(folder)]) == 0
    return folder


@pytest.fixture(params=[command.FOR_INSTRUCTOR, command.FOR_PROJECTOR])
def page(browser: Browser, folder: Path, request: pytest.FixtureRequest):
    opened = browser.new_page()
    asked: list[str] = []
    opened.on("request", lambda one: asked.append(one.url))
    opened.goto((folder / request.param).as_uri())
    yield opened
    assert asked == [(folder / request.param).as_uri()]
    opened.close()


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_everything_fits_and_axe_finds_nothing(page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("() => document.documentElement.scrollWidth") == width
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "(tags) => axe.run({ runOnly: tags, resultTypes: ['violations', 'passes'] })", TAGS
    )
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert "color-contrast" in {one["id"] for one in found["passes"]}
