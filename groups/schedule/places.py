"""Finding a time zone by what people call it: a city. Pure."""

from functools import lru_cache

from groups.zones import all_names, by_city, city, zone

where = zone
REGIONS = {"America": "The Americas", "Atlantic": "Atlantic islands", "Indian": "Indian Ocean islands", "Pacific": "Pacific"}


@lru_cache(maxsize=1)
def by_region() -> dict[str, dict[str, str]]:
    """Every zone's name and city, grouped by part of the world, both in alphabetical order."""
    regions: dict[str, dict[str, str]] = {}
    for name in sorted(all_names(), key=by_city):
        region = name.split("/")[0]
        title = "Everywhere" if name == "UTC" else REGIONS.get(region, region)
        regions.setdefault(title, {})[name] = city(name)
    return dict(sorted(regions.items()))
