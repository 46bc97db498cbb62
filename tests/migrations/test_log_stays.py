"""The group's log is added to and nothing else: the database itself refuses, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from groups import db
from groups.logbook.writing import write_log
from groups.membership.models import Group
from tests.server import KINDS, empty_database, move_in_at

CHANGES = {
    "update": "UPDATE moderation_log SET action = 'nothing'",
    "update one": "UPDATE moderation_log SET detail = '' WHERE id = 1",
    "delete": "DELETE FROM moderation_log",
    "delete the group": "DELETE FROM groups",
    "truncate": "TRUNCATE moderation_log",
    "truncate all": "TRUNCATE groups CASCADE",
}


@pytest.fixture(params=KINDS)
def house(request, tmp_path):
    with empty_database(request, tmp_path, "logstays") as url, move_in_at(url):
        with db.change() as (session, _):
            group = session.query(Group).first()
            write_log(session, group.id, "report_made", by=None, detail="contact")
        yield db.engine()


OVER = (
    "INSERT OR REPLACE INTO moderation_log (id, group_id, at, action, detail) "
    "SELECT id, group_id, at, 'other', '' FROM moderation_log"
)


def stored(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM moderation_log ORDER BY id")).all()


def test_the_database_refuses_to_change_or_delete_a_line(house):
    before = stored(house)
    assert len(before) == 1
    tried = 0
    for what, statement in CHANGES.items():
        if what.startswith("truncate") and house.dialect.name == "sqlite":
            continue  # it has no such verb
        with pytest.raises(DatabaseError), house.connect().execution_options(writes=True) as connection, connection.begin():
            connection.execute(text(statement))
        assert stored(house) == before, what
        tried += 1
    assert tried == (4 if house.dialect.name == "sqlite" else 6)


def test_a_line_is_not_written_over_either(house):
    before = stored(house)
    over = OVER if house.dialect.name == "sqlite" else OVER.replace(" OR REPLACE", "")
    with pytest.raises(DatabaseError), house.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(over))
    assert stored(house) == before


def test_another_line_is_welcome(house):
    with db.change() as (session, _):
        write_log(session, session.query(Group).first().id, "report_lapsed", by=None)
    assert [row.action for row in stored(house)] == ["report_made", "report_lapsed"]
