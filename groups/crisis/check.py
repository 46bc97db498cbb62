"""Which lines want looking at, the longest unchecked first: `make lines`, or `python -m groups.crisis.check`.
Reads the files and nothing else. Ends with 1 when something stands in them that cannot be so."""

import sys
from datetime import date

from groups import clock
from groups.crisis.countries import countries, regions


def by_age(today: date) -> list[tuple[int | None, str, str]]:
    """(days since it was checked, country, line), the longest ago first and those never checked before all."""
    found = [
        ((today - line.checked).days if line.checked else None, country.name, f"{line.name}  {line.source}")
        for country in countries().values() for line in country.lines
    ]
    for name, region in regions().items():
        found.append(((today - region.emergency.checked).days, name.capitalize(), "emergency numbers"))
    return sorted(found, key=lambda row: (row[0] is not None, -(row[0] or 0)))


def wrong(today: date) -> list[str]:
    """What cannot be so, as sentences."""
    found = [f"{place}: {line} was checked in the future." for days, place, line in by_age(today) if days is not None and days < 0]
    for country in countries().values():
        numbers = [number for line in country.lines for number in line.phones]
        found += [f"{country.name}: {number} stands there twice." for number in sorted(set(numbers)) if numbers.count(number) > 1]
    return found


def main() -> None:
    """Print both lists."""
    today = clock.now().date()
    for days, country, line in by_age(today):
        print(f"{'never' if days is None else f'{days} d':>8}  {country}: {line}")
    problems = wrong(today)
    print(*problems, sep="\n", end="\n" if problems else "")
    sys.exit(bool(problems))


if __name__ == "__main__":
    main()
