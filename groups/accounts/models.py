"""An account is a generated passphrase and nothing else: no name, no address, no e-mail.
A sign-in is one browser that holds one random cookie; the table knows only its hash."""

from datetime import datetime, timedelta

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.db import Model, Moment

IDLE = timedelta(hours=12)  # a sign-in unused for this long has ended
UNKEPT = timedelta(hours=48)  # an account nobody wrote the words down for is deleted after this
CAME_IN_STEP = timedelta(minutes=10)  # `used_at` moves in steps, so that it is no record of clicks


class Account(Model):
    """Somebody we know nothing about. `key` is what the seven words are looked up by; it is empty
    until the words were shown and typed back ("keep this account")."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    opened_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
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
    """One browser's session. Account is empty for a visitor who only has a form token so far."""

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    notes: Mapped[str] = mapped_column(String(4000), default="{}")  # Flask's session as JSON: form token, notices
    used_at: Mapped[datetime] = mapped_column(Moment, default=clock.now, index=True)

    account: Mapped[Account | None] = relationship(lazy="joined")

    @property
    def is_over(self) -> bool:
        """True when it was left unused for the idle limit."""
        return clock.now() - self.used_at > IDLE
