"""What is known to be wrong with the packages that serve people, as pip-audit finds it in the list PyPI keeps.
Part of `make audit`, and by itself once a week (`deploy/lamplight-audit.timer`). Needs nothing of Lamplight's
own packages. What it asks for tells PyPI which packages a machine stands on, and of people nothing.

Ends with 0 when every package was looked up and nothing is known; with 1 when something is; with 2 when it
could not be looked up, which is no good news: pip-audit itself calls a package nobody could find clean."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

HERE, ROOT = Path(__file__).parent, Path(__file__).parent.parent
TOOLS = Path(os.environ.get("AUDIT_TOOLS", HERE / ".venv" / "bin"))
PINS = ROOT / "requirements.txt"
PATIENCE = 300  # seconds for all of it
# Known holes that we stand over, and why: {its id: the reason}. Each is in docs/threats.md, T42.
ARGUED: dict[str, str] = {}


@dataclass(frozen=True)
class Looked:
    """What one look told. known: lines, one for each hole; unanswered: packages nobody could say anything of,
    or, where nothing at all was said, why."""

    known: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """What to end with: 0, 1 or 2."""
        return 1 if self.known else 2 if self.unanswered else 0


def look(pins: Path = PINS) -> Looked:
    """Ask about every package in a file of pins with hashes."""
    with tempfile.TemporaryDirectory() as cache:  # an answer of last week is none
        ask = [TOOLS / "pip-audit", "--requirement", pins, "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
        ask += ["--format", "json", "--cache-dir", cache, "--timeout", "15"]
        try:
            ran = subprocess.run([str(word) for word in ask], capture_output=True, text=True, timeout=PATIENCE, check=False)
            told = json.loads(ran.stdout)["dependencies"]
        except FileNotFoundError:
            return Looked(unanswered=("pip-audit is not installed: make audit/.venv",))
        except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
            return Looked(unanswered=("the list at PyPI gave no answer",))
    holes = [(one, hole) for one in told for hole in one.get("vulns", ()) if hole["id"] not in ARGUED]
    known = tuple(
        f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'no version yet'}"
        for one, hole in holes
    )
    unanswered = tuple(one["name"] for one in told if "skip_reason" in one)
    return Looked(known, unanswered if told else ("there was nothing to ask about",))


def words(looked: Looked) -> str:
    """The same for whoever looks after the house."""
    lines = [f"  {line}" for line in looked.known]
    said = [f"packages: something is known of {len(lines)}. Take newer versions: make pins, make test.", *lines] if lines else []
    if looked.unanswered:
        said.append(
            "packages: what is known of them could not be looked up from here, so this says nothing good of them. "
            f"Try again where there is a line out. ({_some(looked.unanswered)})"
        )
    return "\n".join(said) or "packages: all were looked up, and nothing is known to be wrong with them"


def _some(names):
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


if __name__ == "__main__":
    found = look()
    print(words(found))
    sys.exit(found.status)
