"""Reading a page of times the way somebody does: by a clock, and without the markup."""

import re


def reads_by(person, zone: str):
    """The same person, whose browser keeps this zone."""
    person.client.set_cookie("tz", zone)
    return person


def text_of(page) -> str:
    """What one reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.text).split())


def part(page, name: str) -> str:
    """The section under the heading of that id."""
    return re.search(rf'<section[^>]*aria-labelledby="{name}">(.*?)</section>\s*(?=<section|<p>|</main)', page.text, re.S)[1]
