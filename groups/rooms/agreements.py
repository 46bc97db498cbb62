"""What is agreed on in a room: the group's agreements, and the room's own numbered on after them. Pure."""

from groups.rooms.models import Room

MORE_AGREEMENTS, MORE_LIMIT = 5, 300  # of one room; characters of each


def agreements_of(room: Room) -> list[tuple[int, str]]:
    """(number, text) of everything that is agreed on here, in order. The one place that numbers them."""
    texts = [one.text for one in room.group.agreements] + [line for line in room.more_agreements.split("\n") if line]
    return list(enumerate(texts, 1))
