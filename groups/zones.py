"""Time zones: rules from the pinned `tzdata` package, names people recognise.

Python would prefer the machine's own zone files, and an old machine is wrong about several places
today; so the search path is emptied once, here, before any zone is loaded."""

import unicodedata
import zoneinfo
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from groups.cities import WRITTEN
from groups.errors import Invalid

zoneinfo.reset_tzpath(to=())

# Older names whose place has a newer name of its own. The tz database links these to another place
# that keeps the same time, and somebody in Reykjavík would read "Abidjan".
RENAMED = {
    "Africa/Asmera": "Africa/Asmara", "Africa/Timbuktu": "Africa/Bamako", "America/Coral_Harbour": "America/Atikokan",
    "America/Virgin": "America/St_Thomas", "Antarctica/South_Pole": "Antarctica/McMurdo", "Iceland": "Atlantic/Reykjavik",
    "Pacific/Ponape": "Pacific/Pohnpei", "Pacific/Truk": "Pacific/Chuuk", "Pacific/Yap": "Pacific/Chuuk",
    "EST5EDT": "America/New_York", "CST6CDT": "America/Chicago", "MST7MDT": "America/Denver", "PST8PDT": "America/Los_Angeles",
    "Etc/UTC": "UTC", "Etc/GMT": "UTC",
}


@lru_cache(maxsize=1)
def all_names() -> tuple[str, ...]:
    """Every zone a person can choose, in alphabetical order: those of the tz database's own table of
    places, so that nothing is listed twice under an older name."""
    table = _file("zone.tab")
    return tuple(sorted(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))) + ("UTC",)


@lru_cache(maxsize=1)
def current_names() -> dict[str, str]:
    """{name: the one used for its zone today} of every name we understand. Browsers and other calendars
    still say Asia/Calcutta, Europe/Kiev or US/Pacific. Zones that are only an offset have no city, and
    are not among them."""
    links = {older: name for _, name, older in (line.split() for line in _file("tzdata.zi").splitlines() if line[:2] == "L ")}
    found = {name: name for name in all_names()}
    for older in (*RENAMED, *links):
        name = older
        while name not in found and (name in RENAMED or name in links):
            name = RENAMED.get(name) or links[name]
        if name in found:
            found[older] = found[name]
    return found


@lru_cache(maxsize=1000)
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name, which may be an older one; its `key` is the name of today. Raises
    Invalid("zone", "unknown_zone") for anything else."""
    if name not in current_names():
        raise Invalid("zone", "unknown_zone")
    try:
        return ZoneInfo(current_names()[name])
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid("zone", "unknown_zone") from None


@lru_cache(maxsize=1000)
def city(name: str) -> str:
    """What to call a zone on a page: 'Europe/London' is 'London', and so is 'GB'. Offsets mean little
    to people."""
    name = current_names().get(name, name)
    return WRITTEN.get(name) or name.split("/")[-1].replace("_", " ")


def by_city(name: str) -> tuple[str, str]:
    """A key to sort zones by as people look for them: the letters of the city, accents aside."""
    letters = unicodedata.normalize("NFKD", city(name)).casefold()
    return "".join(letter for letter in letters if letter.isalnum()), name


def same_clock(one: ZoneInfo, other: ZoneInfo, at: datetime) -> bool:
    """True when both zones show the same wall time at this moment."""
    at = at.astimezone(UTC)
    return at.astimezone(one).replace(tzinfo=None) == at.astimezone(other).replace(tzinfo=None)


def _file(name):
    return files("tzdata.zoneinfo").joinpath(name).read_text(encoding="utf-8")
