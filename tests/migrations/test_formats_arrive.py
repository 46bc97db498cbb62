"""From the first tables to formats and readings: what was there stays, and what is new works."""

import pytest
from sqlalchemy import delete, func, select

from groups import db
from groups.formats.actions import change_format, copy_format
from groups.formats.choosing import format_of
from groups.formats.library import add_reading
from groups.formats.models import OwnFormat, OwnReading
from groups.formats.readings import Reading
from groups.formats.shipped import FORMATS
from groups.membership.models import Group, Membership
from groups.migrating import upgrade
from groups.schedule.models import Meeting
from tests import cast
from tests.migrations.earlier import migrations_until, put
from tests.migrations.test_shape import connected, url  # noqa: F401

OLD = """
INSERT INTO groups (id, slug, name, purpose, for_whom, access, zone, founded_at)
    VALUES (1, 'old', 'Old harbour', '', '', 'open', 'Europe/London', '2026-01-01 00:00:00');
INSERT INTO rooms (id, slug, group_id, name, about, door, capacity, format, retention_minutes, made_at)
    VALUES (1, 'room', 1, 'The Quay', '', 'anyone', 40, 'sharing-60', 60, '2026-01-01 00:00:00');
INSERT INTO meetings (id, public_id, room_id, title, zone, starts_at, ends_at, format, phase)
    VALUES (1, 'hour', 1, 'Old', 'Europe/London', '2026-11-24 19:00:00', '2026-11-24 20:00:00', 'sharing-60', 'planned');
"""  # as the first tables were; the models may have moved on


@pytest.fixture
def first_tables(tmp_path):
    """The migrations as they were before there were formats."""
    return migrations_until(tmp_path, 1)


def maya():
    with db.reading() as session:
        return session.scalar(select(Membership).where(Membership.name == "Maya"))


def test_a_house_with_meetings_gets_formats_and_loses_nothing(url, first_tables):  # noqa: F811
    with connected(url) as engine:
        upgrade(engine, first_tables)
        put(engine, OLD)
        upgrade(engine)
        with db.reading() as session:
            meeting = session.get(Meeting, 1)
            assert (meeting.format, meeting.room.name, meeting.room.group.name) == ("sharing-60", "The Quay", "Old harbour")
        assert format_of(1, meeting.format).steps == FORMATS["sharing-60"].steps


def test_formats_and_readings_are_kept_as_they_were_written(url):  # noqa: F811
    with connected(url) as engine:
        upgrade(engine)
        cast.move_in()
        poem = add_reading(maya(), Reading("Ein Gedicht", "Über die Welle 🌊\n\nund zurück.", "Wir"))
        for form in FORMATS.values():
            row = copy_format(maya(), form.key)
            change_format(maya(), row.key, row.draft, 1)
        upgrade(engine)
        with db.reading() as session:
            kept = session.scalars(select(OwnFormat).order_by(OwnFormat.id)).all()
            assert [row.segments for row in kept] == [form.segments for form in FORMATS.values()]
            assert session.get(OwnReading, poem.id).text == "Über die Welle 🌊\n\nund zurück."
        with db.change() as (session, _):
            session.execute(delete(Group).where(Group.name == "Harbour"))
        with db.reading() as session:
            assert session.scalar(select(func.count()).select_from(OwnFormat)) == 0, "they go with their group"
            assert session.scalar(select(func.count()).select_from(OwnReading)) == 0
