"""What is agreed on in a room: numbered in one place, the group's first."""

import pytest

from groups.membership.models import Agreement, Group
from groups.rooms.agreements import agreements_of
from groups.rooms.models import Room


@pytest.mark.parametrize("own, more, expected", [
    (["Kind.", "Quiet."], "", [(1, "Kind."), (2, "Quiet.")]),
    (["Kind.", "Quiet."], "Women only.\nNo names.", [(1, "Kind."), (2, "Quiet."), (3, "Women only."), (4, "No names.")]),
    ([], "Alone.", [(1, "Alone.")]), ([], "", []),
])
def test_a_rooms_own_agreements_go_on_from_the_groups(own, more, expected):
    group = Group(agreements=[Agreement(number=number, text=text) for number, text in enumerate(own, 1)])
    assert agreements_of(Room(group=group, more_agreements=more)) == expected
