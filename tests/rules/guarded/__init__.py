"""Sentences the contact guard is measured by. Each file has one a line; a line in [brackets] names a
part, one that begins with "# " says something about the file. `unseen-` files are never tuned on."""

import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def sentences(file: str) -> tuple[str, ...]:
    """The sentences of one file, with escapes (\\n, \\u200b) read."""
    lines = (HERE / f"{file}.txt").read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("# ") and not re.fullmatch(r"\[[^\]]*\]", line)]
    return tuple(re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), line).replace("\\n", "\n") for line in kept)
