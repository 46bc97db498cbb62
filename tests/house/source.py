"""The house reading its own source: files, imports, calls."""

import ast
from functools import cache
from pathlib import Path

from groups.settings import ROOT

PACKAGES = ("groups", "realtime")


def python_files(*packages: str) -> list[Path]:
    """Every Python file of these packages, in order."""
    return sorted(file for package in packages or PACKAGES for file in (ROOT / package).rglob("*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(file.read_text(), str(file))


def name(file: Path) -> str:
    """How to speak of a file: its path from the top."""
    return file.relative_to(ROOT).as_posix()


def module(file: Path) -> str:
    """The dotted name of a Python file."""
    return name(file).removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imported(file: Path) -> set[str]:
    """The dotted names a file imports, wherever in it; `from a import b` counts as a.b."""
    found = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name(file)}:{node.lineno} imports relatively; say the whole name"
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def called(node: ast.Call) -> str:
    """The last word of what is called: `policy.refuse_unless(…)` is refuse_unless."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
