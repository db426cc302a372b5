"""The site to read, in a browser: nothing from elsewhere, nothing cut off, live, and usable by everybody."""

import http.server
import threading
from dataclasses import dataclass, field
from functools import partial

import pytest
from accessibility import AXE, TAGS
from playwright.sync_api import Page, expect

from tutor.workshop.notebooks import REPOSITORY, course_paths
from tutor.workshop.publishing.site import main

pytestmark = pytest.mark.browser

WIDTHS = (1280, 800, 390)

# Below a path, as on many a server: an address that is not relative leads nowhere.
BELOW = "some/where"
GENERAL = ("index.html", "terms.html", "sources.html")
LESSONS = {
    path.name[:2]: f"lessons/{path.stem}.html" for path in course_paths(REPOSITORY, "lessons")
}
SOME = ("00", "01")

_AXE = """async (tags) => {
  const result = await axe.run(document, { runOnly: tags, resultTypes: ['violations', 'passes'] });
  const nodes = (one) => one.nodes.map((node) => node.html.slice(0, 160));
  return {
    violations: Object.fromEntries(result.violations.map((one) => [one.id, nodes(one)])),
    passed: result.passes.map((one) => one.id),
  };
}"""

_TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1
    && !one.closest('.tumen-drawn, .tumen-scrolls, [role=region], pre, math, .skip, .tumen-unseen'))
  .map((one) => one.outerHTML.slice(0, 120))"""


@dataclass
class Visit:
    """A page of the site in the browser, and what it asked for and complained of."""

    page: Page
    base: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def begin(self):
        self.page.on("request", self._note_request)
        self.page.on("response", self._note_response)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"uncaught: {error}"))
        return self

    def open(self, address):
        self.page.goto(f"{self.base}/{address}")
        if address.startswith("lessons/"):
            expect(self.page.locator("html[data-charts=live][data-questions=live]")).to_have_count(
                1
            )
        return self.page

    def show_all(self):
        for button in self.page.locator(".tumen-skip").all():
            button.click()

    def _note_request(self, request):
        if not request.url.startswith((self.base, "data:")):
            self.outside.append(request.url)

    def _note_response(self, response):
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def _note_console(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


def build(folder, *numbers):
    assert main(["--out", str(folder / BELOW), *(("--lessons", *numbers) if numbers else ())]) == 0
    return folder


@pytest.fixture(scope="module")
def some(tmp_path_factory):
    """The site with two of its lessons."""
    return build(tmp_path_factory.mktemp("some"), *SOME)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The site with all lessons."""
    return build(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def visit(browser, some):
    with served(some) as base:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        yield Visit(context.new_page(), base).begin()
        context.close()


class served:
    """A web server on this machine only, for a folder."""

    def __init__(self, folder):
        handler = partial(_Quiet, directory=str(folder))
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{self.server.server_port}/{BELOW}"

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def violations(page):
    page.evaluate(AXE.read_text(encoding="utf-8"))
    result = page.evaluate(_AXE, TAGS)
    assert "color-contrast" in result["passed"], "axe measured no contrast"
    return result["violations"]


def hold_to_all(browser, folder, address):
    """Hold one page to everything that every page keeps to."""
    with served(folder) as base:
        context = browser.new_context(viewport={"width": WIDTHS[0], "height": 900})
        visit = Visit(context.new_page(), base).begin()
        page = visit.open(address)
        visit.show_all()
        assert page.locator(".tumen-chart:not([data-live])").count() == 0
        for summary in page.locator("details > summary").all():
            summary.click()
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            overflow = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
            assert overflow <= 0, (width, page.evaluate(_TOO_WIDE))
            assert page.evaluate(_TOO_WIDE) == [], width
        assert violations(page) == {}
        assert visit.outside == []
        assert visit.complaints == []
        context.close()


@pytest.mark.parametrize("address", [*GENERAL, *(LESSONS[number] for number in SOME)])
def test_a_page_holds(browser, some, address):
    hold_to_all(browser, some, address)


@pytest.mark.slow
@pytest.mark.parametrize("address", [*GENERAL, *LESSONS.values()])
def test_every_page_holds(browser, whole, address):
    hold_to_all(browser, whole, address)


def test_an_explorable_moves_by_keyboard(visit):
    page = visit.open(LESSONS["01"])
    form = page.locator("form.tumen-explorable", has_text="What counts as a tie").first
    chart = form.locator("xpath=following::figure[1]")
    before, said = chart.locator("svg").inner_html(), form.get_by_role("status").inner_text()
    form.get_by_label("Year").focus()
    page.keyboard.press("ArrowRight")
    expect(form.get_by_role("status")).not_to_have_text(said)
    expect(form.get_by_role("status")).to_contain_text("1951")
    expect(chart.locator("svg text", has_text="1951").first).to_be_attached()
    assert chart.locator("svg").inner_html() != before


def test_a_control_that_was_moved_before_its_chart_was_there_is_heard(visit):
    page, held = visit.page, []
    page.route("**/vega.js", lambda route: held.append(route))
    page.goto(f"{visit.base}/{LESSONS['00']}", wait_until="commit")
    form = page.locator("form.tumen-explorable")
    form.get_by_label("Year").press("ArrowRight")
    expect(form.get_by_role("status")).to_contain_text("1951")
    held[0].continue_()
    expect(page.locator("html[data-charts=live]")).to_have_count(1)
    chart = form.locator("xpath=following::figure[1]")
    expect(chart.locator("svg text", has_text="1951").first).to_be_attached()


def test_a_question_replies_by_keyboard_and_can_be_tried_again(visit):
    page = visit.open(LESSONS["01"])
    asked = page.locator("[data-question='01.q1']")
    asked.get_by_label("the Treaty of Aigun").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(asked.locator(".tumen-reply")).to_contain_text("Not yet. Aigun moved the border")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(asked.locator(".tumen-reply")).to_contain_text("Right. At Peking")
    expect(asked.get_by_role("button", name="Answer")).to_have_count(0)


def test_a_guess_in_numbers_is_read_and_named(visit):
    page = visit.open(LESSONS["01"])
    asked = page.locator("[data-question='01.p1']")
    for typed, reply in (
        ("", "Give a number first."),
        ("far", "Your answer is the text 'far'; a number is needed."),
        ("<b>1</b>", "the text '<b>1</b>'"),
        ("1,000", "You gave 1000"),
        ("300", "You guessed: 300 km. Much closer than that."),
    ):
        asked.get_by_role("textbox").fill(typed)
        asked.get_by_role("button", name="Commit my guess").click()
        expect(asked.locator(".tumen-reply")).to_contain_text(reply)
    assert asked.locator(".tumen-reply b").count() == 0


def test_a_chart_waits_for_the_guess_and_never_for_more(visit):
    page = visit.open(LESSONS["01"])
    asked = page.locator("[data-question='01.p1']")
    chart = asked.locator("xpath=following::figure[1]")
    expect(chart).to_be_hidden()
    asked.get_by_role("button", name="Commit my guess").click()
    expect(chart).to_be_hidden()
    asked.get_by_role("button", name="Show me without a guess").click()
    expect(chart).to_be_visible()


def test_an_order_is_judged_by_the_first_item_too_early(visit):
    page = visit.open(LESSONS["01"])
    asked = page.locator("[data-question='01.q3']")
    asked.get_by_role("button", name="Answer").click()
    expect(asked.locator(".tumen-reply")).to_contain_text(
        "“The mouth is blocked with piles” stands"
    )
    asked.get_by_role("button", name="Move later: Russia promises").click()
    asked.get_by_role("button", name="Move later: Russia promises").click()
    asked.get_by_role("button", name="Move later: The mouth is blocked").click()
    asked.get_by_role("button", name="Answer").click()
    expect(asked.locator(".tumen-reply")).to_contain_text("“Local officials open regular")


def test_a_date_leads_to_its_source_and_a_number_to_how_it_was_computed(visit):
    page = visit.open(LESSONS["01"])
    page.locator("a[href='#E003']").first.click()
    row = page.locator("li:target")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text("Convention of Peking")
    computed = page.locator("a[href='#D0101']").first
    computed.click()
    expect(page.locator("li:target")).to_contain_text("most like a fan: 1958")


def test_without_scripts_pictures_stand_and_answers_open(browser, some):
    with served(some) as base:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{base}/{LESSONS['01']}")
        pictures = page.locator(".tumen-chart img")
        assert pictures.count() >= 7
        for picture in pictures.all():
            picture.scroll_into_view_if_needed()
            expect(picture).to_be_visible()
            assert len(picture.get_attribute("alt")) > 40
        asked = page.locator("[data-question='01.q1']")
        asked.get_by_text("the Treaty of Aigun").click()
        expect(asked.get_by_text("Aigun moved the border")).to_be_visible()
        context.close()


def test_it_works_from_a_file(browser, some):
    context = browser.new_context()
    visit = Visit(context.new_page(), (some / BELOW).as_uri()).begin()
    page = visit.open(LESSONS["00"])
    assert (
        page.locator(".tumen-chart[data-live]").count() == page.locator(".tumen-chart").count() > 0
    )
    page.get_by_role("link", name="Terms").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terms")
    assert visit.outside == []
    assert visit.complaints == []
    context.close()


def test_the_first_key_offers_the_text_and_a_wide_chart_is_reached(visit):
    page = visit.open(LESSONS["01"])
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the text")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    chart = page.locator(".tumen-drawn").first
    expect(chart).not_to_have_attribute("tabindex", "0")
    page.set_viewport_size({"width": 390, "height": 800})
    expect(chart).to_have_attribute("tabindex", "0")
    chart.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("chart => chart.scrollLeft > 0", arg=chart.element_handle())


def test_on_paper_everything_shows_and_nothing_waits(visit):
    page = visit.open(LESSONS["01"])
    page.emulate_media(media="print")
    expect(
        page.locator("[data-question='01.p1']").locator("xpath=following::figure[1]")
    ).to_be_visible()
    expect(page.locator("header")).to_be_hidden()
    expect(page.get_by_role("button", name="Commit my guess").first).to_be_hidden()


def test_who_wants_no_motion_gets_none(visit):
    page = visit.open("index.html")
    scrolling = "() => getComputedStyle(document.documentElement).scrollBehavior"
    assert page.evaluate(scrolling) == "smooth"
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate(scrolling) == "auto"


def test_native_names_say_their_language(visit):
    page = visit.open(LESSONS["00"])
    for name, language in (("图们江", "zh"), ("두만강", "ko"), ("Туманная", "ru")):
        assert page.get_by_text(name, exact=True).first.get_attribute("lang") == language


def test_what_needs_a_kernel_says_so(visit):
    page = visit.open(LESSONS["00"])
    note = page.locator(".tumen-needs-kernel")
    expect(note).to_contain_text("no record")
    expect(note.get_by_role("link")).to_have_attribute(
        "href",
        "https://mybinder.org/v2/gh/across-the-tumen/across-the-tumen/HEAD"
        "?urlpath=lab/tree/lessons/00_start_here.ipynb",
    )
    assert "stay on this computer" not in page.locator(".outputs").first.inner_text()
