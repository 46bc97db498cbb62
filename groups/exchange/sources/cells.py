"""What stands in the cells of other people's lists: names, clocks, weekdays, written this way and that.
Pure; a cell may hold anything."""

import html
import re
from datetime import time

from groups.errors import Invalid
from groups.schedule.languages import LANGUAGES
from groups.schedule.places import where
from groups.schedule.plans import TITLE_LIMIT
from groups.text import one_line

SHOWN = 60  # characters of a cell that are said back
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?(?::\d{2}(?:\.\d+)?)?\s*([ap])?\.?\s?(?:m\.?)?", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


def text(cell: object) -> str:
    """The cell as one line without markup; empty for what is no text or number."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return ""
    plain = html.unescape(_TAG.sub(" ", str(cell)))
    return " ".join("".join(letter if letter.isprintable() else " " for letter in plain).split())


def shown(cell: object) -> str:
    """The cell as it is said back to somebody."""
    return shorten(text(cell), SHOWN)


def shorten(words: str, limit: int) -> str:
    """The words, or as many of their characters as fit."""
    words = text(words)
    return words if len(words) <= limit else f"{words[: limit - 1]}…"


def title(cell: object) -> tuple[str, tuple]:
    """A name short enough for the calendar, and a note where it was longer. Raises Invalid."""
    words = text(cell)
    if not words:
        raise Invalid("name", "import_no_name")
    if len(words) <= TITLE_LIMIT:
        return one_line("name", words, TITLE_LIMIT), ()
    cut = words[: TITLE_LIMIT - 1].rsplit(" ", 1)[0].rstrip(" ,;:-–") or words[: TITLE_LIMIT - 1]
    return f"{cut}…", (("import_shortened", {"limit": TITLE_LIMIT}),)


def clock(cell: object) -> time:
    """A time of day: "19:30", "19:30:00", "7:30 PM", "7 pm", "noon". Raises Invalid."""
    words = text(cell)
    if words.lower() in ("noon", "midnight"):
        return time(12 if words.lower() == "noon" else 0)
    found = _CLOCK.fullmatch(words)
    if found and (found[2] or found[3]):
        hour, minute = int(found[1]), int(found[2] or 0)
        if found[3]:
            hour = hour % 12 + 12 * (found[3].lower() == "p") if 1 <= hour <= 12 else 99
        if hour <= 23 and minute <= 59:
            return time(hour, minute)
    raise Invalid("time", "import_bad_time", given=shown(cell))


def weekdays(cell: object) -> list[int]:
    """Weekdays from Sunday = 0, of a number, a name, or several of them. Raises Invalid."""
    cells = cell if isinstance(cell, list) else re.split(r"[,;/&]|\band\b", cell) if isinstance(cell, str) else [cell]
    return sorted({_weekday(one) for one in cells})


def _weekday(cell):
    words = text(cell).lower()
    if words.isascii() and words.isdigit() and len(words) == 1 and int(words) <= 6:
        return int(words)
    if len(words) >= 3 and words[:3] in _DAYS:
        return _DAYS.index(words[:3])
    raise Invalid("day", "import_bad_day", given=shown(cell))


def minutes_until(begins: time, ends: time) -> int:
    """Minutes from one time of day to the other, over midnight if need be."""
    return ((ends.hour - begins.hour) * 60 + ends.minute - begins.minute) % (24 * 60)


def zone_name(cell: object) -> str:
    """A known zone's name, or "" where nothing is said. Raises Invalid."""
    words = text(cell)
    try:
        return where(words).key if words else ""
    except Invalid:
        raise Invalid("zone", "import_bad_zone", given=shown(cell)) from None


def language(cell: object) -> tuple[str, tuple]:
    """A language of ours, or "" where nothing is said or it is none of ours; then with a note."""
    words = text(cell).lower()
    short = words.split("-")[0].split("_")[0]
    if not words or short in LANGUAGES:
        return short, ()
    return "", (("import_language_taken", {"given": shown(cell)}),)
