"""Finding a time zone by what people call it: a city. Pure."""

from functools import lru_cache

from groups.zones import all_names, city, zone

where = lru_cache(maxsize=1000)(zone)  # looking up whether a name is known reads a file each time
REGIONS = {"America": "The Americas", "Atlantic": "Atlantic islands", "Indian": "Indian Ocean islands", "Pacific": "Pacific"}


@lru_cache(maxsize=1)
def by_region() -> dict[str, list[tuple[str, str]]]:
    """Every zone as (name, city), grouped by part of the world, both in alphabetical order."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name in all_names():
        region = name.split("/")[0]
        title = "Everywhere" if name == "UTC" else REGIONS.get(region, region)
        regions.setdefault(title, []).append((name, city(name)))
    return {title: sorted(names, key=lambda pair: pair[1]) for title, names in sorted(regions.items())}
