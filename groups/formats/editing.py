"""Parts of a form that are added, taken out and moved about before anything is stored. What was typed
stays as it was typed, sense or nonsense; only the numbers of the parts change. Pure.

A form says `parts-3-title`; a button says `do=up-3`, `down-3`, `add-3` (below it) or `remove-3`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

MOST = 60  # parts looked at; a format has fewer, and a form with more is somebody's joke
NAME = re.compile(r"parts-(\d{1,6})-(\w+)")
WISH = re.compile(r"(up|down|add|remove)-(\d{1,6})")
FRESH = {
    "mode": "notice", "minutes": "5", "least": "2", "turn": "120", "warn": "30", "extension": "60", "pass_ok": "y", "lead": "chair",
}


@dataclass(frozen=True)
class Typed:
    """A form as it was sent: what belongs to no part, and each part by the names of its fields."""

    rest: list[tuple[str, str]]
    parts: list[dict[str, str]]

    def pairs(self) -> list[tuple[str, str]]:
        """As a form would send it."""
        return self.rest + [(f"parts-{n}-{name}", value) for n, part in enumerate(self.parts) for name, value in part.items()]


def typed(pairs: Iterable[tuple[str, str]]) -> Typed:
    """Read what was sent. The parts are numbered from nought, without gaps."""
    rest, parts = [], {}
    for name, value in pairs:
        if found := NAME.fullmatch(name):
            parts.setdefault(int(found[1]), {})[found[2]] = value
        else:
            rest.append((name, value))
    order: list[int | None] = sorted(parts)[:MOST]
    return Typed(rest, _arranged(parts, order))


def done(sent: Typed, wish: str) -> tuple[Typed, int | None]:
    """What was sent after one wish, and the number of the part it was about (None if nothing moved)."""
    found, count = WISH.fullmatch(wish), len(sent.parts)
    if found is None or int(found[2]) >= max(count, 1):
        return sent, None
    verb, n = found[1], int(found[2])
    order: list[int | None] = list(range(count))
    if verb == "remove" and count:
        del order[n]
        at = min(n, count - 2) if count > 1 else None
    elif verb == "add" and count < MOST:
        at = n + 1 if count else 0
        order.insert(at, None)
    else:
        at = {"up": n - 1, "down": n + 1}.get(verb, -1)
        if not 0 <= at < count:
            return sent, n if count else None
        order[n], order[at] = order[at], order[n]
    return Typed(sent.rest, _arranged(dict(enumerate(sent.parts)), order)), at


def _arranged(parts, order):
    """The parts in that order, None being a fresh one; who borrows from a part follows it."""
    now_at = {str(old): str(new) for new, old in enumerate(order) if old is not None}
    arranged = [dict(FRESH) if old is None else dict(parts[old]) for old in order]
    for part in arranged:
        if part.get("borrow_from"):
            part["borrow_from"] = now_at.get(part["borrow_from"], "")
    return arranged
