"""What may be wrong with a database, said so that it can be mended."""

import sqlite3
from contextlib import closing

from sqlalchemy import create_engine, text

from groups.database_faults import name_of, try_to_write
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


def test_a_file_that_somebody_else_is_writing_can_be_written(tmp_path):
    with closing(sqlite3.connect(tmp_path / "house.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        engine = create_engine(f"sqlite:///{tmp_path}/house.db", connect_args={"timeout": 0.1})
        try_to_write(engine)
        other.execute("ROLLBACK")
