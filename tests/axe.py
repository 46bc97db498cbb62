"""axe, by Deque: what it says of a page that stands in a real browser."""

from playwright.sync_api import Page

from groups.settings import ROOT
from tests import services

PROGRAM = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"
LOOK = """async () => {
  const runOnly = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"] });
  return violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.target + " " + node.html.slice(0, 120)).join(" | ")}`);
}"""
HERE = "/axe.min.js"  # where `stage.py` has it


def program() -> str:
    """What looks pages over."""
    if not PROGRAM.exists():
        services.needed("What looks pages over is not here: npm ci in tests/node")
    return PROGRAM.read_text()


def complaints(page: Page, fetched: bool = False) -> list[str]:
    """Everything it finds wrong there. fetched: from the page's own server, which a browser reads once for many pages."""
    if fetched:
        page.add_script_tag(url=HERE)
    else:
        page.evaluate(program())
    return page.evaluate(LOOK)
