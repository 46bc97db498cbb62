"""Which country to show first: the one that was chosen, else the one whose clock this browser keeps.
Nothing is ever read from an address of the network."""

from functools import cache
from importlib.resources import files

from groups.crisis.countries import Country, countries
from groups.zones import current_names


def chosen(code: str | None) -> Country | None:
    """The country of that code, in large letters or small; None for any other word."""
    return countries().get((code or "").strip().upper())


def by_clock(zone: str | None) -> Country | None:
    """The country whose zone that is, if it is one of ours. Older names of zones are understood."""
    return countries().get(_places().get(current_names().get(zone or "", ""), ""))


@cache
def _places():
    """{zone: code} from the tz database's own table of places."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return {row[2]: row[0] for row in rows}
