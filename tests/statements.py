"""What is said to the database, for tests that count it."""

import pytest
from sqlalchemy import event

from groups import db


@pytest.fixture
def queries(app):
    """The statements sent while a test runs."""
    sent = []

    def note(connection, cursor, statement, *_):
        sent.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    yield sent
    event.remove(db.engine(), "before_cursor_execute", note)
