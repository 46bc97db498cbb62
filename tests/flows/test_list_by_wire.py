"""A long list sent to the running server: this one form may carry it."""

import json

from sqlalchemy import select

from groups.db import reading
from groups.membership.models import Group
from groups.rooms.models import Room
from tests.exchanged import guide_list


def test_a_long_list_arrives_whole_and_a_longer_one_is_refused(house):
    with reading() as session:
        harbour = session.scalar(select(Group).where(Group.name == "Harbour"))
        quay = session.scalar(select(Room).where(Room.name == "The Quay"))
    maya, address = house.visit("Maya"), f"/g/{harbour.slug}/import"
    maya.get(address)
    form = {"csrf_token": maya.protection, "rooms": quay.slug, "zone": "UTC", "language": "en", "format": "sharing-60", "preview": "x"}
    for size, status in ((1_500_000, 200), (2_500_000, 413)):
        content = json.dumps([*json.loads(guide_list()), {"notes": "x" * size}])
        answer = maya.request("POST", house.url + address, data=form, files={"file": ("list.json", content)}, timeout=30)
        assert answer.status_code == status
        assert ("4 rows. 2 can come in" in answer.text) == (status == 200)
