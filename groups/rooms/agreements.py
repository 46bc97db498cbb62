"""What is agreed on in a room: the group's agreements, and the room's own numbered on after them. Pure."""

from collections.abc import Iterable

from groups.membership.agreements import ABOUT
from groups.rooms.models import Room

MORE_AGREEMENTS, MORE_LIMIT = 5, 300  # of one room; characters of each


def agreements_of(room: Room) -> list[tuple[int, str]]:
    """(number, text) of everything that is agreed on here, in order. The one place that numbers them."""
    texts = [one.text for one in room.group.agreements] + [line for line in room.more_agreements.split("\n") if line]
    return list(enumerate(texts, 1))


def fitting(agreed: Iterable[tuple[int, str]], contact: int | None) -> dict[str, int]:
    """Which agreement an emergency is about, by its reason, as far as that is known. agreed: as `agreements_of` gives
    it; contact: the number the group says is about contact details. The others are known as long as the group left
    them in their first words. What is not known is not guessed: it would be said to somebody as a fact."""
    numbers = {text: number for number, text in agreed}
    known = {why: numbers[text] for why, text in ABOUT.items() if text in numbers}
    return known | ({"solicitation": contact} if contact in numbers.values() else {})
