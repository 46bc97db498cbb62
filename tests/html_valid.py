"""html-validate, by a checker of pages that is not ours: what it says of many pages at once."""

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path

from groups.settings import ROOT
from tests import services

NODE = ROOT / "tests" / "node"
# Style, or said otherwise by us: our drawn HTML is not indented by hand, and void elements and short
# attributes are written as HTML5 allows.
RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {"no-trailing-whitespace": "off", "no-implicit-button-type": "off"},
    "root": True,
}
# A browser writes down what it holds in its own way; and an element of our own cannot be a <section>, but a region.
AS_HELD = RULES | {"rules": RULES["rules"] | {
    "attribute-boolean-style": "off", "attribute-empty-style": "off", "doctype-style": "off",
    "prefer-native-element": ["error", {"exclude": ["region"]}],
}}
HELD = """() => {
  const whole = document.documentElement.cloneNode(true);
  whole.querySelectorAll("template, noscript, [hidden]:not(button)").forEach((one) => one.remove());
  return `<!DOCTYPE html>\\n${whole.outerHTML}`;
}"""  # what is there for somebody now; the button of a form in which they write may wait for their turn


def complaints(pages: Mapping[str, str], folder: Path, rules: dict = RULES) -> list[str]:
    """Everything it finds wrong with these ({what it is: HTML}), by one process."""
    checker = NODE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not checker.exists():
        services.needed("The checker of pages is not here: npm ci in tests/node")
    names = list(pages)
    (folder / "rules.json").write_text(json.dumps(rules))
    for number, name in enumerate(names):
        (folder / f"{number}.html").write_text(pages[name])
    asked = ["node", checker, "--config", folder / "rules.json", "--formatter", "json", *sorted(folder.glob("*.html"))]
    with (folder / "told.json").open("w") as told:  # into a pipe it would say half of it
        subprocess.run(asked, stdout=told, cwd=NODE, timeout=100, check=False)
    return [
        f"{names[int(page['filePath'].rpartition('/')[2][:-5])]}: line {one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads((folder / "told.json").read_text()) for one in page["messages"]
    ]
