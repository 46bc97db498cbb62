"""Groups, and who is in them under which name. The unit that acts is the membership: nothing that
leaves the server says which memberships belong to one account."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from groups import clock
from groups.accounts.models import Account
from groups.db import Model, Moment
from groups.ids import public_id

NEW = timedelta(days=7)
FRESH, YOUNG = timedelta(hours=1), timedelta(days=1)


class Access(StrEnum):
    """Who may come: anybody (open), by invitation (closed), after being asked (screened)."""

    OPEN = "open"
    CLOSED = "closed"
    SCREENED = "screened"


class Role(StrEnum):
    MEMBER = "member"
    MODERATOR = "moderator"


class Group(Model):
    """People who meet under the same agreements."""

    __tablename__ = "groups"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    name: Mapped[str] = mapped_column(String(60))
    purpose: Mapped[str] = mapped_column(Text, default="")
    for_whom: Mapped[str] = mapped_column(String(80), default="")  # "partners and family", as the group words it
    access: Mapped[Access] = mapped_column(String(10), default=Access.OPEN)
    zone: Mapped[str] = mapped_column(String(40), default="Europe/London")
    founded_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    questions: Mapped[str] = mapped_column(Text, default="")  # asked of whoever wants to belong, one a line; screened groups
    contact_agreement: Mapped[int | None] = mapped_column(default=3)  # the number the guard names
    closing_asked_at: Mapped[datetime | None] = mapped_column(Moment)
    closing_asked_by_id: Mapped[int | None]  # a membership; a second one agrees
    closed_at: Mapped[datetime | None] = mapped_column(Moment)

    agreements: Mapped[list["Agreement"]] = relationship(
        back_populates="group", order_by="Agreement.number", lazy="selectin", cascade="all, delete-orphan"
    )


class Agreement(Model):
    """One numbered sentence everyone in the group said yes to."""

    __tablename__ = "agreements"
    __table_args__ = (UniqueConstraint("group_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str] = mapped_column(String(300))

    group: Mapped[Group] = relationship(back_populates="agreements", lazy="raise")


class Membership(Model):
    """An account in a group, under a name that is only used there. `handle` is what the wire and
    the meeting's log call this person; it is as random as any id and belongs to this group alone."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("account_id", "group_id"), UniqueConstraint("group_id", "name_key"))

    id: Mapped[int] = mapped_column(primary_key=True)
    handle: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    name_key: Mapped[str] = mapped_column(String(80))  # the name as the eye sees it: two alike names share it
    role: Mapped[Role] = mapped_column(String(12), default=Role.MEMBER)
    joined_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    barred_until: Mapped[datetime | None] = mapped_column(Moment)  # what bans say, kept here by them: no way back before
    first_shared_at: Mapped[datetime | None] = mapped_column(Moment)  # the first words here that were let into a room

    account: Mapped[Account] = relationship(lazy="raise")
    group: Mapped[Group] = relationship(lazy="joined")

    @property
    def is_current(self) -> bool:
        """True while this person belongs to the group."""
        return self.left_at is None

    @property
    def is_barred(self) -> bool:
        """True while a ban says that there is no way back yet."""
        return self.barred_until is not None and clock.now() < self.barred_until

    @property
    def is_unheard(self) -> bool:
        """True for somebody new whose words were never let into a room here."""
        return self.is_new and self.first_shared_at is None

    @property
    def is_fresh(self) -> bool:
        """True for who came within the hour, to a group that is older than a day: many such at once are a
        raid's first sign. In a group's first days everybody is."""
        now = clock.now()
        return not self.moderates and now - self.joined_at < FRESH < YOUNG < now - self.group.founded_at

    @property
    def is_new(self) -> bool:
        """True in the first week: at the door they are asked, and they are not asked to serve."""
        return not self.moderates and clock.now() - self.joined_at < NEW

    @property
    def moderates(self) -> bool:
        """True for the group's moderators."""
        return self.role == Role.MODERATOR


class Invitation(Model):
    """A link that lets somebody in. The table keeps only the hash of its token."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    uses_left: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    group: Mapped[Group] = relationship(lazy="joined")

    @property
    def is_good(self) -> bool:
        """True while it still lets somebody in."""
        return self.withdrawn_at is None and self.uses_left > 0 and clock.now() < self.until


class JoinRequest(Model):
    """Somebody asked to belong to a screened group. Whatever the answer is, the asker reads the same
    words until they may come; `sealed_answers` open with the group's own key."""

    __tablename__ = "join_requests"
    __table_args__ = (UniqueConstraint("account_id", "group_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"))
    name: Mapped[str] = mapped_column(String(40))
    sealed_answers: Mapped[bytes] = mapped_column(LargeBinary)
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime] = mapped_column(Moment)  # then it is forgotten, answered or not
    accepted: Mapped[bool | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))

    group: Mapped[Group] = relationship(lazy="joined")

    @property
    def lets_in(self) -> bool:
        """True while the group's page lets whoever asked come in."""
        return self.accepted is True and clock.now() < self.until


class RoleOffer(Model):
    """A role that carries power is given and taken by two (`roles.py`). With `role` moderator: somebody who
    has it offers, another of them agrees (where there is another), and whoever is asked says yes. With
    `role` member: somebody asks a moderator to give theirs back."""

    __tablename__ = "role_offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(20), unique=True, default=public_id)
    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), index=True)
    membership_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(String(12), default=Role.MODERATOR)
    hands_over: Mapped[bool] = mapped_column(default=False)  # whoever offers steps back once it is taken
    by_id: Mapped[int] = mapped_column(ForeignKey("memberships.id", ondelete="CASCADE"))
    made_at: Mapped[datetime] = mapped_column(Moment, default=clock.now)
    until: Mapped[datetime] = mapped_column(Moment)
    confirmed_by_id: Mapped[int | None] = mapped_column(ForeignKey("memberships.id", ondelete="SET NULL"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    accepted: Mapped[bool | None]
    answered_at: Mapped[datetime | None] = mapped_column(Moment)

    member: Mapped[Membership] = relationship(foreign_keys=[membership_id], lazy="joined")
    asks: Mapped[Membership] = relationship(foreign_keys=[by_id], lazy="joined")

    @property
    def gives(self) -> bool:
        """True where the role is offered, and false where it is asked back."""
        return self.role == Role.MODERATOR


class HeldName(Model):
    """A name nobody takes up in a group until then, because whoever had it was erased: nobody shall be
    taken for them. digest: of the name as the eye sees it, keyed, so that the row tells no name."""

    __tablename__ = "held_names"

    group_id: Mapped[int] = mapped_column(ForeignKey("groups.id", ondelete="CASCADE"), primary_key=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    until: Mapped[datetime] = mapped_column(Moment)
