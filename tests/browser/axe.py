"""axe-core in a page: what it finds against WCAG 2.1 A and AA."""

from importlib.resources import files
from typing import Any

from playwright.sync_api import Locator

SOURCE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# JupyterLab has a loader of modules, which would swallow the script: hide it from that.
LOAD = """(source) => {
  if (!window.axe) new Function('module', 'exports', 'define', source + ';window.axe = axe;')();
}"""
RUN = """async (root, rules) => {
  const found = await window.axe.run(root, {runOnly: rules, resultTypes: ['violations', 'passes']});
  const lines = found.violations.flatMap((rule) => rule.nodes.map(
    (node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`));
  return {lines, passes: found.passes.length};
}"""


def violations(panel: Locator) -> list[str]:
    """Return what is wrong with a part of a page; that axe looked at something is asserted."""
    page = panel.page
    page.evaluate(LOAD, SOURCE)
    found: dict[str, Any] = panel.evaluate(RUN, RULES)
    assert found["passes"] > 5, "axe had nothing to look at"
    return list(found["lines"])
