"""The text of a recurrence rule: an RFC 5545 RRULE without DTSTART, part by part. Pure."""

import re
from datetime import date
from functools import lru_cache

from groups.errors import Invalid

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_RULE = 200  # characters

_WEEKDAY = "(?:MO|TU|WE|TH|FR|SA|SU)"
_NUMBER = "[+-]?[1-9][0-9]{0,2}"
_MONTH_DAY = "[+-]?(?:[1-9]|[12][0-9]|3[01])"
_PARTS = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "[1-9][0-9]?",
    "COUNT": "[1-9][0-9]{0,3}",
    "UNTIL": "[0-9]{8}(?:T[0-9]{6}Z?)?",
    "BYDAY": f"(?:[+-]?[1-9][0-9]?)?{_WEEKDAY}(?:,(?:[+-]?[1-9][0-9]?)?{_WEEKDAY})*",
    "BYMONTHDAY": f"{_MONTH_DAY}(?:,{_MONTH_DAY})*",
    "BYMONTH": "(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
    "BYSETPOS": f"{_NUMBER}(?:,{_NUMBER})*",
    "WKST": _WEEKDAY,
}


@lru_cache(maxsize=2000)
def parts_of(rule: str) -> dict[str, str]:
    """The parts of an RRULE by name. Raises Invalid("rule", "rule_unclear") for what is not one, or
    for one finer than days: hours within a day are several series."""
    parts = dict(piece.split("=", 1) for piece in rule.split(";") if "=" in piece)
    whole = len(rule) <= LONGEST_RULE and len(parts) == rule.count(";") + 1 and "FREQ" in parts
    if not whole or not all(name in _PARTS and re.fullmatch(_PARTS[name], text) for name, text in parts.items()):
        raise Invalid("rule", "rule_unclear")
    numbered = re.search("[0-9]", parts.get("BYDAY", "")) and parts["FREQ"] in ("DAILY", "WEEKLY")
    if numbered or {"COUNT", "UNTIL"} <= parts.keys() or ("BYMONTHDAY" in parts and parts["FREQ"] == "WEEKLY"):
        raise Invalid("rule", "rule_unclear")
    return parts


def text_of(parts: dict[str, str]) -> str:
    """The rule of these parts, in their order."""
    return ";".join(f"{name}={text}" for name, text in parts.items())


def without(rule: str, *names: str) -> str:
    """The rule without the parts of these names. Raises as `parts_of` does."""
    return text_of({name: text for name, text in parts_of(rule).items() if name not in names})


def weekly_rule(weekdays: list[int], every: int = 1) -> str:
    """The rule for "every second Tuesday and Friday": weekdays count from Monday = 0."""
    days = ",".join(WEEKDAYS[number] for number in sorted(set(weekdays)))
    return f"FREQ=WEEKLY;INTERVAL={every};BYDAY={days}" if every > 1 else f"FREQ=WEEKLY;BYDAY={days}"


def said_out(rule: str, first_day: date) -> dict[str, str]:
    """The parts of a rule written the way ours are, so that two rules for the same days compare as
    equal: what RFC 5545 takes from the first day is said, lists are in order, and what changes nothing
    is left away. How the rule ends is left away, too."""
    parts = {name: text for name, text in parts_of(rule).items() if name not in ("COUNT", "UNTIL")}
    by = [name for name in parts if name.startswith("BY")]
    if parts["FREQ"] == "WEEKLY" and "BYDAY" not in by:
        parts["BYDAY"] = WEEKDAYS[first_day.weekday()]
    elif parts["FREQ"] in ("MONTHLY", "YEARLY") and set(by) <= {"BYMONTH"}:
        parts["BYMONTHDAY"] = str(first_day.day)
        if parts["FREQ"] == "YEARLY":
            parts.setdefault("BYMONTH", str(first_day.month))
    elif parts == {"FREQ": "DAILY"} or parts == {"FREQ": "DAILY", "INTERVAL": "1"}:
        parts = {"FREQ": "WEEKLY", "BYDAY": ",".join(WEEKDAYS)}
    if parts.get("INTERVAL") == "1":
        del parts["INTERVAL"]
    # Where a week begins tells apart only rules of more than one week, and is Monday unless said.
    if parts.get("WKST") == "MO" or parts["FREQ"] != "WEEKLY" or "INTERVAL" not in parts:
        parts.pop("WKST", None)
    for name, text in parts.items():
        if name.startswith("BY"):
            parts[name] = ",".join(sorted({_plain(one) for one in text.split(",")}, key=_order))
    return parts


def _plain(one):
    return one.removeprefix("+")


def _order(one):
    number, day = re.fullmatch(r"(-?[0-9]*)([A-Z]*)", one).groups()
    number = int(number or 0)
    return number <= 0 and number != 0, abs(number), day and WEEKDAYS.index(day)
