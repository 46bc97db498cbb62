"""What may be wrong with a database, said so that it can be mended."""

import sqlite3

from sqlalchemy import create_engine, text

from groups.database_faults import name_of
from realtime import heartbeat


def test_a_beat_that_failed_is_logged_with_the_name_sqlite_gives_it_and_no_more(tmp_path, caplog):
    sqlite3.connect(tmp_path / "house.db").execute("CREATE TABLE said (words)")
    engine = create_engine(f"sqlite:///file:{tmp_path}/house.db?mode=ro&uri=true")

    def beat():
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO said VALUES ('in confidence')"))

    heartbeat._once(beat)
    assert [record.getMessage() for record in caplog.records] == ["a beat failed: OperationalError SQLITE_READONLY"]
    assert name_of(ValueError()) == ""
