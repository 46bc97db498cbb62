"""Events that only some hear: those on duty (`desk`), one person and those on duty (`line:…`), or
nobody at all (`quiet`, which only counts)."""

from datetime import datetime

from groups.meeting.events_floor import Event

# --- desk: those on duty ------------------------------------------------------------------------


class DeskEvent(Event, frozen=True, kw_only=True):
    """What those on duty hear."""

    stream = "desk"


class Knocked(DeskEvent, kw_only=True, tag="knocked"):
    who: str
    name: str
    newcomer: bool = False
    unheard: bool = False  # new, and nothing of theirs was ever let into a room
    fresh: bool = False  # came to the group within the hour
    moderates: bool = False  # looks after the group
    not_yet: tuple[str, ...] = ()  # duties the rota does not open to them yet
    earlier: str | None = None  # the highest step of the last weeks
    on_wire = ("who", "name", "newcomer")


class Admitted(DeskEvent, kw_only=True, tag="admitted"):
    who: str
    by: str  # a handle, or "room" when somebody only comes back
    on_wire = ("who",)


class Declined(DeskEvent, kw_only=True, tag="declined"):
    who: str
    by: str
    why: str = "not_tonight"  # one of DECLINES
    on_wire = ("who", "why")


class SteppedAway(DeskEvent, kw_only=True, tag="stepped_away"):
    who: str
    on_wire = ("who",)


class PutOut(DeskEvent, kw_only=True, tag="put_out"):
    who: str
    by: str
    agreement: int | None = None
    emergency: str | None = None  # why steps were skipped: one of EMERGENCIES
    days: int | None = None  # for how long they are barred
    on_wire = ("who", "agreement", "emergency")


class DutyTaken(DeskEvent, kw_only=True, tag="duty_taken"):
    who: str
    duty: str
    by: str | None = None  # who asked them to; None where it was theirs to take
    moderates: bool = False
    on_wire = ("who", "duty")


class DutyEnded(DeskEvent, kw_only=True, tag="duty_ended"):
    """The role that made it theirs was taken from them; or the duty itself was, by somebody on duty (`by`)."""

    who: str
    duty: str
    by: str | None = None
    on_wire = ("who", "duty")


class DutyOffered(DeskEvent, kw_only=True, tag="duty_offered"):
    who: str
    duty: str
    by: str | None = None
    on_wire = ("who", "duty")


class DutyDeclined(DeskEvent, kw_only=True, tag="duty_declined"):
    who: str
    duty: str
    on_wire = ("who", "duty")


class HandMoved(DeskEvent, kw_only=True, tag="hand_moved"):
    who: str
    place: int  # 1 is next
    on_wire = ("who", "place")


class MoreTimeAsked(DeskEvent, kw_only=True, tag="more_time_asked"):
    until: datetime  # then the room goes on
    on_wire = ("until",)


class DeskNote(DeskEvent, kw_only=True, tag="desk_note"):
    by: str
    name: str
    client_id: str
    words: str | None = None
    on_wire = ("name",)


class HandRaised(DeskEvent, kw_only=True, tag="hand_raised"):
    who: str
    on_wire = ("who",)


class HandLowered(DeskEvent, kw_only=True, tag="hand_lowered"):
    who: str
    on_wire = ("who",)


# --- one person and those on duty --------------------------------------------------------------------


def line_of(handle: str) -> str:
    """The stream of somebody's private line."""
    return f"line:{handle}"


class LineWritten(Event, kw_only=True, tag="line_written"):
    who: str  # whose private line it is
    by: str
    name: str
    client_id: str
    words: str | None = None
    on_wire = ("name",)

    @property
    def stream(self) -> str:
        """One stream for each person, so that nobody's numbers tell of somebody else's line."""
        return line_of(self.who)


# --- nobody: it only counts ---------------------------------------------------------------------------


class Heard(Event, kw_only=True, tag="heard"):
    by: str
    share: int
    stream = "quiet"


class NeedSaid(Event, kw_only=True, tag="need_said"):
    who: str
    need: str  # speak, listen, settle
    stream = "quiet"


class RoleOver(Event, kw_only=True, tag="role_over"):
    who: str  # looks after the group no longer
    stream = "quiet"
