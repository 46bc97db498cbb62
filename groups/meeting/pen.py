"""The ledger's own line to the database: kept from one batch to the next, and with it what it has found of who
belongs (decision 0030)."""

from collections.abc import Iterable
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError

from groups.db import engine, writer_turn
from groups.meeting.standing import Standing


class Pen:
    """For one thread. Begins transactions that write, and knows of whom nobody else has written meanwhile."""

    def __init__(self):
        self._line, self._standing, self._version = None, None, None

    @contextmanager
    def writing(self):
        """A transaction that writes. Raises what the database does; the line is not used again after that."""
        with writer_turn():
            if self._line is None or self._line.engine is not engine():
                self.put_down()
                self._line = engine().connect().execution_options(writes=True)
            try:
                with self._line.begin():
                    yield self._line
            except IntegrityError:  # another process was faster; the line is as good as before
                raise
            except DBAPIError:
                self.put_down()
                raise

    def standing(self, pairs: Iterable[tuple[int | None, int | None]]) -> Standing:
        """Inside `writing`: whether these pairs of a membership and the sign-in it acts by still belong. Only those are
        asked about who are not known yet, or of whom somebody else may have written since."""
        version = _version(self._line)
        if self._standing is None or version is None or version != self._version:
            self._standing, self._version = Standing(self._line, pairs), version
        else:
            self._standing.ask(self._line, pairs)
        return self._standing

    def forget(self) -> None:
        """What was just written with this pen may be about who belongs."""
        self._standing = None

    def put_down(self) -> None:
        """Give the line back."""
        line, self._line, self._standing = self._line, None, None
        if line is not None:
            line.close()


def _version(line):
    """What differs once any other line has committed something (SQLite's documentation, PRAGMA data_version); None where
    nothing says so."""
    if line.dialect.name != "sqlite":
        return None
    return line.connection.driver_connection.execute("PRAGMA data_version").fetchone()[0]
