"""The word of a calendar link was written in the clear until the tenth shape; from the eleventh it is sealed."""

import pytest
from sqlalchemy import select, text

from groups import db
from groups.migrating import upgrade
from groups.sealing import of_house
from groups.subscribing.models import Feed
from tests.migrations.earlier import migrations_until, put
from tests.migrations.test_shape import connected, url  # noqa: F401

OLD = """
INSERT INTO accounts (id, opened_at) VALUES (7, '2026-01-01 00:00:00');
INSERT INTO feeds (id, account_id, kind, token_hash, uid_key, word, remind_minutes, made_at, changed_at)
    VALUES (1, 7, 'discreet', '0', '1', 'Plantedword', 15, '2026-01-01 00:00:00', '2026-01-01 00:00:00');
INSERT INTO feeds (id, account_id, kind, token_hash, uid_key, word, made_at, changed_at)
    VALUES (2, 7, 'full', '2', '3', 'Appointment', '2026-01-01 00:00:00', '2026-01-01 00:00:00');
"""


@pytest.fixture
def ten_shapes(tmp_path):
    """The migrations as they were before."""
    return migrations_until(tmp_path, 10)


def test_a_word_that_was_there_is_sealed_and_stays(url, ten_shapes):  # noqa: F811
    of_house.know("a-secret-for-this-migration-0123456789")
    with connected(url) as engine:
        upgrade(engine, ten_shapes)
        put(engine, OLD)
        upgrade(engine)
        with db.reading() as session:
            feeds = session.scalars(select(Feed).order_by(Feed.id)).all()
            assert [(feed.word, feed.remind_minutes) for feed in feeds] == [("Plantedword", 15), ("Appointment", None)]
        with engine.connect() as connection:
            assert "Plantedword" not in repr(connection.execute(text("SELECT * FROM feeds")).all())
