"""Every page is valid HTML, by a checker that is not ours."""

import json
import subprocess

from groups.settings import ROOT
from tests import services, walking

NODE = ROOT / "tests" / "node"
# Style, or said otherwise by us: our drawn HTML is not indented by hand, and void elements and short
# attributes are written as HTML5 allows.
RULES = {
    "extends": ["html-validate:standard", "html-validate:a11y"],
    "rules": {"no-trailing-whitespace": "off", "no-implicit-button-type": "off"},
    "root": True,
}


def test_every_page_is_valid(app, behind, visitor, tom, maya, rosa, tmp_path):
    checker = NODE / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
    if not checker.exists():
        services.needed("The checker of pages is not here: npm ci in tests/node")
    drawn = walking.pages(app, behind, {"": visitor, "Tom": tom, "Maya": maya, "Rosa": rosa})
    assert len(drawn) > 60, "most of the house was walked"
    (tmp_path / "rules.json").write_text(json.dumps(RULES))
    for number, page in enumerate(drawn):
        (tmp_path / f"{number}.html").write_text(page.html)
    asked = ["node", checker, "--config", tmp_path / "rules.json", "--formatter", "json", *sorted(tmp_path.glob("*.html"))]
    with (tmp_path / "told.json").open("w") as told:  # into a pipe it would say half of it
        subprocess.run(asked, stdout=told, cwd=NODE, timeout=100, check=False)
    found = [
        f"{drawn[int(page['filePath'].rpartition('/')[2][:-5])]}: line {one['line']}: {one['ruleId']}: {one['message']}"
        for page in json.loads((tmp_path / "told.json").read_text()) for one in page["messages"]
    ]
    assert found == []
