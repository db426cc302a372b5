"""What the accessibility tests measure on a page."""

from __future__ import annotations

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
    assert result["passed"].get("color-contrast", 0) > 0, "axe measured no contrast"
    return {
        rule: nodes for rule, nodes in result["violations"].items() if rule not in CAUSED_BY_THE_LAB
    }
