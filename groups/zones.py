"""Time zones: rules from the pinned `tzdata` package, names people recognise.

Python would prefer the machine's own zone files, and an old machine is wrong about several places
today; so the search path is emptied once, here, before any zone is loaded."""

import zoneinfo
from datetime import UTC, datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from groups.errors import Invalid

zoneinfo.reset_tzpath(to=())


@lru_cache(maxsize=1)
def all_names() -> tuple[str, ...]:
    """Every zone a person can choose, in alphabetical order: those of the tz database's own table of
    places, so that nothing is listed twice under an older name."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    return tuple(sorted(line.split("\t")[2] for line in table.splitlines() if line and not line.startswith("#"))) + ("UTC",)


@lru_cache(maxsize=1000)
def zone(name: str) -> ZoneInfo:
    """The zone of that IANA name. Raises Invalid("zone", "unknown_zone") for anything else."""
    if name not in zoneinfo.available_timezones():
        raise Invalid("zone", "unknown_zone")
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise Invalid("zone", "unknown_zone") from None


def city(name: str) -> str:
    """What to call a zone on a page: 'Europe/London' is 'London'. Offsets mean little to people."""
    return name.split("/")[-1].replace("_", " ")


def same_clock(one: ZoneInfo, other: ZoneInfo, at: datetime) -> bool:
    """True when both zones show the same wall time at this moment."""
    at = at.astimezone(UTC)
    return at.astimezone(one).replace(tzinfo=None) == at.astimezone(other).replace(tzinfo=None)
