"""Decks of slides in the browser, opened from a file as a teacher opens them: every slide, every key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from lab_pages import PATIENCE
from playwright.sync_api import Browser, Page, expect

from tutor.workshop.notebooks import REPOSITORY, course_paths, read
from tutor.workshop.run_tests import on_ci
from tutor.workshop.running import run
from tutor.workshop.slides.command import ASSETS, deck_html, write_deck_assets
from tutor.workshop.slides.reveal import kept_package
from tutor.workshop.slides.rules import slide_type
from tutor.workshop.slides.wording import heading_levels

EVERY_DAY = "01_cold_war_history"
SMALLEST_TEXT = 10
"""Pixels of the smallest text of a chart on a slide of 1280 by 720; a projector shows it larger."""

_READY = """() => document.documentElement.dataset.deck === 'ready'
  && document.documentElement.dataset.charts === 'live'"""

# Everything about the present slide, with all that waits for a key shown.
_LOOK = """() => {
  const slide = Reveal.getCurrentSlide(), inner = slide.querySelector('.tumen-slide');
  const all = inner.getBoundingClientRect(), problems = [];
  const visible = (box) => box.width > 0 && box.height > 0;
  const say = (element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`;
  const leaves = inner.querySelectorAll(
    '*:not(aside, aside *, script, svg, svg *, math *, .tumen-all-sources *, option)');
  for (const element of leaves) {
    const box = element.getBoundingClientRect();
    if (!visible(box)) continue;
    if (box.left < all.left - 1 || box.right > all.right + 1 || box.top < all.top - 1
        || box.bottom > all.bottom + 1) problems.push(`out of the slide: ${say(element)}`);
    const form = element.closest('form');
    if (form && box.right > form.getBoundingClientRect().right + 1)
      problems.push(`out of its form: ${say(element)}`);
  }
  const pieces = [...inner.querySelectorAll(':scope > .tumen-piece')]
    .map((one) => one.getBoundingClientRect());
  pieces.slice(1).forEach((box, place) => {
    if (box.top < pieces[place].bottom - 1) problems.push(`piece ${place + 1} lies on the one before`);
  });
  const charts = [...inner.querySelectorAll('figure.tumen-chart')].map((figure) => {
    const svg = figure.querySelector('svg'), scale = svg?.getScreenCTM().a ?? 0;
    const sizes = [...(svg?.querySelectorAll('text') ?? [])].filter((text) => text.textContent.trim())
      .map((text) => parseFloat(getComputedStyle(text).fontSize) * scale);
    const box = svg?.getBoundingClientRect();
    return { painted: Boolean(svg?.querySelector('.mark-group :is(path, line, text)')),
             smallest: Math.min(...sizes), height: box?.height ?? 0 };
  });
  return { kind: slide.className.match(/slide-([a-z]+)/)[1], problems, charts,
           notes: slide.querySelector('aside.notes')?.textContent.trim() ?? '' };
}"""

_GO = """(place) => {
  const { h, v } = Reveal.getIndices(Reveal.getSlides()[place]);
  Reveal.slide(h, v);
  while (Reveal.availableFragments().next) Reveal.nextFragment();
}"""


@dataclass
class Deck:
    """A deck in a page, and everything it asked for and complained of."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        self.page.goto(self.address + query)
        self.page.wait_for_function(_READY, timeout=PATIENCE)

    def _note(self, message: object) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def go(self, selector: str) -> None:
        """Turn to the first slide that holds something, with nothing shown yet that waits."""
        self.page.evaluate(
            """(selector) => {
              const slide = Reveal.getSlides().find((one) => one.querySelector(selector));
              const { h, v } = Reveal.getIndices(slide);
              Reveal.slide(h, v, -1);
            }""",
            selector,
        )

    @property
    def place(self) -> int:
        return self.page.evaluate("Reveal.getSlidePastCount()")

    def present(self, selector: str):
        return self.page.locator("section.present section.present").locator(selector)


def build(folder: Path, name: str) -> Path:
    path = REPOSITORY / "lessons" / f"{name}.ipynb"
    deck = folder / f"{name}.html"
    deck.write_text(deck_html(run(read(path))), encoding="utf-8")
    return deck


@pytest.fixture(scope="module")
def decks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("slides")
    if kept_package() is None:
        missing = "reveal.js is not here: run python -m tutor slides once while you are online."
        # Where nothing may be left out, this is a failure.
        (pytest.fail if on_ci(os.environ) else pytest.skip)(missing)
    write_deck_assets(folder / ASSETS)
    return folder


@pytest.fixture(scope="module")
def every_day(decks: Path) -> Path:
    return build(decks, EVERY_DAY)


def opened(browser: Browser, path: Path, query: str = "") -> Iterator[Deck]:
    # Without a network, and without motion, so that a slide is there when it is turned to.
    context = browser.new_context(
        viewport={"width": 1280, "height": 720}, offline=True, reduced_motion="reduce"
    )
    deck = Deck(context.new_page(), path.as_uri())
    deck.open(query)
    yield deck
    context.close()


@pytest.fixture
def deck(browser: Browser, every_day: Path) -> Iterator[Deck]:
    yield from opened(browser, every_day)


def look_at_every_slide(deck: Deck) -> list[dict]:
    seen = []
    for place in range(deck.page.evaluate("Reveal.getTotalSlides()")):
        deck.page.evaluate(_GO, place)
        seen.append(deck.page.evaluate(_LOOK))
    return seen


def hold_to_promises(deck: Deck, name: str) -> None:
    seen = look_at_every_slide(deck)
    assert [
        (place, each["problems"]) for place, each in enumerate(seen, 1) if each["problems"]
    ] == []
    charts = [(place, chart) for place, each in enumerate(seen, 1) for chart in each["charts"]]
    assert [place for place, chart in charts if not chart["painted"]] == []
    assert [place for place, chart in charts if chart["smallest"] < SMALLEST_TEXT] == []
    assert [place for place, chart in charts if chart["height"] < 250] == []
    assert len(charts) == sum(each["kind"] == "chart" for each in seen)
    assert [place for place, each in enumerate(seen, 1) if not each["notes"]] == [len(seen)]
    assert seen[-1]["kind"] == "sources"
    lesson = read(REPOSITORY / "lessons" / f"{name}.ipynb")
    sections = sum(
        slide_type(cell) == "slide" and 2 in heading_levels(cell.source)
        for cell in lesson.markdown_cells
    )
    # The sections, the title before them and the sources behind.
    assert deck.page.locator(".slides > section").count() == sections + 2
    assert [url for url in deck.requests if not url.startswith(("file:", "data:"))] == []
    assert deck.complaints == []


@pytest.mark.browser
def test_every_slide_fits_and_shows_what_it_promises(deck):
    hold_to_promises(deck, EVERY_DAY)


@pytest.mark.browser
def test_keys_on_controls_do_not_turn_the_slide(deck):
    deck.go("input[type=range]")
    here, slider = deck.place, deck.present("input[type=range]").first
    words, before = deck.present("output").first, deck.present("output").first.inner_text()
    slider.focus()
    for key in ("ArrowRight", "ArrowUp", "ArrowRight"):
        deck.page.keyboard.press(key)
    assert slider.input_value() == "1953"
    expect(words).not_to_have_text(before)
    deck.present("select").first.focus()
    deck.page.keyboard.press("ArrowDown")
    deck.page.keyboard.press(" ")
    deck.page.keyboard.press("Escape")
    assert (deck.place, deck.page.evaluate("Reveal.isOverview()")) == (here, False)
    # A remote turns the slide even while a control is held.
    held = deck.page.locator(f"#{slider.get_attribute('id')}")
    held.focus()
    deck.page.keyboard.press("PageDown")
    deck.page.keyboard.press("PageDown")
    assert (deck.place, held.input_value()) == (here + 1, "1953")


@pytest.mark.browser
def test_class_votes_before_it_sees_chart_and_answer(deck):
    deck.go(".tumen-options")
    right = deck.present(".tumen-options .tumen-right").first
    answer = deck.present(".tumen-piece-answer")
    expect(answer).to_be_hidden()
    mark = "(option) => getComputedStyle(option, '::after').content"
    assert right.evaluate(mark) == "none"
    deck.page.keyboard.press("ArrowRight")
    expect(answer).to_be_visible()
    expect(right).to_be_visible()
    assert "✓" in right.evaluate(mark)
    deck.page.keyboard.press("ArrowLeft")
    expect(answer).to_be_hidden()
    # A prediction: the chart is another slide, and its answer waits there.
    deck.go(
        "figure.tumen-chart + *, .tumen-piece-chart + .tumen-piece-answer, .tumen-piece-chart ~ .fragment"
    )
    chart = deck.place
    expect(deck.present(".tumen-piece-answer")).to_be_hidden()
    deck.page.keyboard.press("ArrowLeft")
    assert deck.place == chart - 1
    assert deck.present("figure.tumen-chart").count() == 0
    expect(deck.present(".tumen-piece-vote")).to_be_visible()


@pytest.mark.browser
def test_source_opens_beside_what_it_proves(deck):
    deck.go("a[href='#E005']")
    here = deck.place
    deck.present("a[href='#E005']").focus()
    deck.page.keyboard.press("Enter")
    dialog = deck.page.get_by_role("dialog", name="Source")
    expect(dialog).to_contain_text("Hunchun eastern boundary protocol")
    deck.page.keyboard.press("ArrowRight")
    deck.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    assert (deck.place, deck.page.evaluate("Reveal.isOverview()")) == (here, False)
    nowhere = deck.page.evaluate(
        """() => [...document.querySelectorAll(".slides a[href^='#']")].map((link) => link.hash.slice(1))
          .filter((id) => !document.querySelector(`.tumen-all-sources [id="${CSS.escape(id)}"]`))"""
    )
    assert nowhere == []


@pytest.mark.browser
def test_speaker_has_the_notes(deck):
    deck.go("a[href='#E005']")
    with deck.page.expect_popup() as opening:
        deck.page.keyboard.press("s")
    notes = opening.value.locator(".speaker-controls-notes .value")
    expect(notes).to_contain_text("Remember this protocol.")
    assert notes.locator("a").count() == 0


@pytest.mark.browser
def test_slides_are_accessible(deck):
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "preload": False}
    kinds = {each["kind"]: place for place, each in enumerate(look_at_every_slide(deck))}
    found = {}
    for kind, place in kinds.items():
        deck.page.evaluate(_GO, place)
        for violation in Axe().run(deck.page, options=rules).response["violations"]:
            found[kind, violation["id"]] = violation["nodes"][0]["html"]
    assert set(kinds) == {
        "title",
        "objectives",
        "text",
        "aside",
        "vote",
        "chart",
        "points",
        "sources",
    }
    assert found == {}
    assert deck.page.evaluate("document.documentElement.lang") == "en"
    # Tab stays on the slide that shows.
    deck.go("input[type=range]")
    for _ in range(8):
        deck.page.keyboard.press("Tab")
        hidden = "document.activeElement.closest('[aria-hidden=\"true\"]') !== null"
        assert deck.page.evaluate(hidden) is False


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize(
    "path", course_paths(REPOSITORY, "lessons"), ids=lambda path: path.stem[:2]
)
def test_every_deck(browser, decks, path):
    for deck in opened(browser, build(decks, path.stem)):
        hold_to_promises(deck, path.stem)


@pytest.mark.browser
@pytest.mark.slow
def test_deck_prints_a_page_for_each_slide(browser, every_day):
    for deck in opened(browser, every_day, "?print-pdf"):
        deck.page.wait_for_selector(".pdf-page")
        heights = deck.page.evaluate(
            "[...document.querySelectorAll('.pdf-page')].map((page) => page.offsetHeight)"
        )
        *slides, sources = heights
        assert set(slides) == {719}
        assert sources > 719
        waiting = "(all) => all.filter((one) => getComputedStyle(one).opacity !== '1').length"
        assert deck.page.locator(".fragment").evaluate_all(waiting) == 0
