"""What the accessibility tests measure on a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")

# WCAG 2.2, levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

# What the course puts into a notebook; the rest of the page is JupyterLab's own.
OUR_PARTS = ".jp-OutputArea-output, .jp-RenderedMarkdown"

# Found by axe in our parts, caused by JupyterLab itself: rule to reason. Nothing else is let through.
CAUSED_BY_THE_LAB: dict[str, str] = {}

# JupyterLab's body is 0 pixels high and hides what overflows (everything in it is positioned), from
# which axe concludes that no text can be seen, and measures no contrast at all.
_BODY = "body { height: 100vh }"

_RUN = """async ([parts, tags]) => {
  const panel = jupyterapp.shell.currentWidget.node;
  const result = await axe.run(
    { include: [...panel.querySelectorAll(parts)] },
    { runOnly: tags, resultTypes: ['violations', 'passes'] });
  const nodes = (one) => one.nodes.map((node) => node.html.slice(0, 160) + ' '
    + node.failureSummary.split('\\n')[1]);
  return {
    violations: Object.fromEntries(result.violations.map((one) => [one.id, nodes(one)])),
    passed: Object.fromEntries(result.passes.map((one) => [one.id, one.nodes.length])),
  };
}"""


def violations(page: Page, parts: str = OUR_PARTS) -> dict[str, list[str]]:
    """Run axe over our parts of the notebook in front, and give what is wrong by rule.

    Raises
    ------
    AssertionError
        If axe measured no contrast, as when it believes that nothing can be seen.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
        page.add_style_tag(content=_BODY)
    result = page.evaluate(_RUN, [parts, TAGS])
    assert result["passed"].get("color-contrast", 0) > 5, "axe measured no contrast"
    return {
        rule: nodes for rule, nodes in result["violations"].items() if rule not in CAUSED_BY_THE_LAB
    }


# The text of every live region each time that something is written into it, or that it comes to the page.
_LISTEN = """() => {
  const LIVE = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  const live = (node) => {
    const region = node?.closest?.('[aria-live], [role=status], [role=alert]');
    return region && region.getAttribute('aria-live') !== 'off' && region.closest('.jp-OutputArea')
      ? region : null;
  };
  window.heard = [];
  window.hears?.disconnect();
  window.hears = new MutationObserver((changes) => {
    const regions = [];
    for (const change of changes) {
      const within = live(change.target.nodeType === 1 ? change.target : change.target.parentElement);
      if (within && (change.addedNodes.length || change.type === 'characterData')) regions.push(within);
      for (const node of change.addedNodes) {
        if (node.nodeType !== 1) continue;
        for (const region of [node, ...node.querySelectorAll(LIVE)]) {
          if (region.matches(LIVE) && live(region)) regions.push(region);
        }
      }
    }
    for (const region of regions) {
      const words = region.innerText.replace(/\\s+/g, ' ').trim();
      if (words) window.heard.push(words);
    }
  });
  window.hears.observe(document.body, { childList: true, subtree: true, characterData: true });
}"""

# Where the keyboard is: what it is called, whether that can be seen, and whether something lies over it.
_FOCUS = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const shows = style.outlineStyle === 'auto'
    || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  const top = document.elementFromPoint(box.x + Math.min(box.width, innerWidth) / 2,
    box.y + Math.min(box.height, 40) / 2);
  const labels = [...(one.labels ?? [])].map((label) => label.textContent.trim()).join(' ');
  return {
    tag: one.tagName.toLowerCase(),
    classes: one.className,
    name: one.getAttribute('aria-label') || labels || one.textContent.trim().slice(0, 60),
    shows,
    covered: !(top && (one.contains(top) || top.contains(one))),
    ours: Boolean(one.closest('.jp-OutputArea-output')),
    cell: [...one.closest('.jp-Notebook')?.querySelectorAll('.jp-Cell') ?? []].indexOf(
      one.closest('.jp-Cell')),
  };
}"""


@dataclass(frozen=True)
class Focus:
    """Where the keyboard is.

    Parameters
    ----------
    tag, classes, name : str
        The element that has it.
    shows : bool
        Whether a line around it says so.
    covered : bool
        Whether something lies over it, or it is out of sight.
    ours : bool
        Whether it is in what a cell shows.
    cell : int
        The place of its cell in the notebook.
    """

    tag: str
    classes: str
    name: str
    shows: bool
    covered: bool
    ours: bool
    cell: int


def focus(page: Page) -> Focus:
    """Tell where the keyboard is."""
    return Focus(**page.evaluate(_FOCUS))


def listen(page: Page) -> None:
    """Begin to note what a screen reader would be told."""
    page.evaluate(_LISTEN)


def heard(page: Page) -> list[str]:
    """Give what the live regions have said since `listen`."""
    return page.evaluate("() => window.heard")


def tab_to(page: Page, name: str, *, most: int = 12, key: str = "Tab") -> Focus:
    """Press Tab until the keyboard is at what is called so, and hold every stop in our parts to its look.

    Raises
    ------
    AssertionError
        If it is not reached, or if a stop on the way cannot be seen.
    """
    stops = []
    for _ in range(most):
        page.keyboard.press(key)
        here = focus(page)
        stops.append(here)
        if here.ours:
            assert here.shows, here
            assert not here.covered, here
        if here.name.startswith(name):
            return here
    raise AssertionError(f"{name!r} was not reached by {most} times {key}: {stops}")
