"""An account is a generated passphrase and nothing else: no name, no address, no e-mail.
A sign-in is one browser that holds one random cookie; the table knows only its hash."""

from datetime import date, datetime, timedelta

from sqlalchemy import Boolean, Date, ForeignKey, Integer, LargeBinary, String, Text, and_, or_
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.db import Model, Moment
from groups.ids import public_id

IDLE = timedelta(hours=12)  # a sign-in unused for this long has ended
SHORT_IDLE = timedelta(minutes=30)  # where others use the device, too
SHORT_AT_MOST = timedelta(hours=4)  # and there it ends in any case: a page left open is no use
UNKEPT = timedelta(hours=24)  # an account nobody kept, and no browser remembers, stays no longer than this
CAME_IN_STEP = timedelta(minutes=10)  # `used_at` moves in steps, so that it is no record of clicks
SHORT_STEP = timedelta(minutes=2)


class Account(Model):
    """Somebody we know nothing about. `key` is what the seven words are looked up by; it is empty
    until the words were shown and typed back ("keep this account"). `came_in`: a browser was signed in to it by a
    name alone; once none is any more, and it is not kept, nobody can come back to it."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    opened_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    came_in: Mapped[bool] = mapped_column(Boolean, default=False)
    steward_since: Mapped[datetime | None] = mapped_column(Moment)  # may decide what concerns more than one group
    barred_until: Mapped[datetime | None] = mapped_column(Moment)  # from every group, by two stewards

    # What Flask-Login asks of a user.
    is_authenticated = True
    is_active = True
    is_anonymous = False

    def get_id(self) -> str:
        """Stays on the server, in the sign-in's row; the cookie knows nothing of it."""
        return str(self.id)

    @property
    def is_kept(self) -> bool:
        """True once the seven words open it again."""
        return self.key is not None


class SignIn(Model):
    """One browser's session. Account is empty for a visitor who only has a form token so far. Nothing
    says where the browser is or of what kind."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), default=public_id, unique=True)  # for its own account's list
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    notes: Mapped[str] = mapped_column(String(4000), default="{}")  # Flask's session as JSON: form token, notices
    came_by: Mapped[str] = mapped_column(String(10), default="")  # words, code, passkey; empty for a name alone
    came_in_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    used_at: Mapped[datetime] = mapped_column(Moment, default=clock.now, index=True)
    shared: Mapped[bool] = mapped_column(Boolean, default=False)  # others use this device, too: it ends soon

    account: Mapped[Account | None] = relationship(lazy="joined")

    @property
    def is_over(self) -> bool:
        """True when it was left unused for its idle limit."""
        return clock.now() > ends_at(self.used_at, self.came_in_at, self.shared)


def ends_at(used_at: datetime, came_in_at: datetime, shared: bool) -> datetime:
    """When a sign-in is over if nothing more is done in it."""
    return min(used_at + SHORT_IDLE, came_in_at + SHORT_AT_MOST) if shared else used_at + IDLE


def over_at(now: datetime):
    """The same as a condition on rows."""
    short = or_(SignIn.used_at < now - SHORT_IDLE, SignIn.came_in_at < now - SHORT_AT_MOST)
    return or_(SignIn.used_at < now - IDLE, and_(SignIn.shared, short))


class SpareCode(Model):
    """One code of a printed card that opens the account once. The table knows a keyed hash of it."""

    __tablename__ = "spare_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)


class Passkey(Model):
    """A key that a device or its keyring holds for this account. `handle` is drawn for this one key, so
    that no two say that they belong together; what made it and what it calls itself is not kept."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), default=public_id, unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    credential: Mapped[bytes] = mapped_column(LargeBinary(1024), unique=True)
    handle: Mapped[bytes] = mapped_column(LargeBinary(32))
    public_key: Mapped[bytes] = mapped_column(LargeBinary(2048))
    times: Mapped[int] = mapped_column(Integer, default=0)  # the key's own counter; most keep it at 0
    added_on: Mapped[date] = mapped_column(Date)


class WaitingAnswer(Model):
    """The page that answers a form, until its browser has come for it. `mark` stands for a cookie and an
    address; neither it nor the sealed page says whose it is."""

    __tablename__ = "waiting_answers"

    mark: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    sealed: Mapped[str] = mapped_column(Text)
    since: Mapped[datetime] = mapped_column(Moment, default=clock.now)
