"""Events that keep a room safe. All of them are the desk's: on the floor nobody is named, and what is
done is the room's."""

from datetime import datetime

from groups.meeting.events_apart import DeskEvent
from groups.meeting.events_floor import Event

# --- the ladder ----------------------------------------------------------------------------------


class Warned(DeskEvent, kw_only=True, tag="warned"):
    who: str
    by: str
    agreement: int
    on_wire = ("who", "agreement")


class ListenOnly(DeskEvent, kw_only=True, tag="listen_only"):
    who: str
    by: str
    agreement: int
    until: datetime
    on_wire = ("who", "agreement", "until")


class ListeningOver(DeskEvent, kw_only=True, tag="listening_over"):
    who: str
    by: str  # a handle, or "room" when the time is over
    on_wire = ("who",)


class SteppedBack(DeskEvent, kw_only=True, tag="stepped_back"):
    who: str  # who was put out, and may come to the door again: the step was lifted
    on_wire = ("who",)


# --- held shares ---------------------------------------------------------------------------------


class ShareHeld(DeskEvent, kw_only=True, tag="share_held"):
    by: str
    name: str
    client_id: str
    words: str | None = None
    note: str | None = None
    why: tuple[str, ...] = ()  # first, raid, rewritten, or kinds of ways to be reached
    rewrites: int | None = None  # the held share it takes the place of
    on_wire = ("by", "name", "note", "why", "rewrites")


class ShareReleased(DeskEvent, kw_only=True, tag="share_released"):
    held: int
    by: str
    on_wire = ("held",)


class EditAsked(DeskEvent, kw_only=True, tag="edit_asked"):
    held: int
    by: str
    agreement: int
    on_wire = ("held", "agreement")


class ShareDropped(DeskEvent, kw_only=True, tag="share_dropped"):
    held: int
    by: str  # a handle, or "room" when its author went
    agreement: int | None = None
    on_wire = ("held", "agreement")


# --- somebody is no more -----------------------------------------------------------------------------


class Erased(DeskEvent, kw_only=True, tag="erased"):
    who: str  # what they said, wrote and were called is on no page any more
    on_wire = ("who",)


# --- concern, reports, raids --------------------------------------------------------------------------


class ConcernRaised(DeskEvent, kw_only=True, tag="concern_raised"):
    who: str  # whom somebody is worried about
    by: str
    share: int | None = None
    on_wire = ("who", "share")


class ReportNoted(Event, kw_only=True, tag="report_noted"):
    report: str  # its public id
    share: int | None = None
    about: str | None = None
    quiet: bool = False  # logs from before have it on the desk

    @property
    def stream(self) -> str:
        """Nobody hears of it: those on duty may be whom it is about."""
        return "quiet" if self.quiet else "desk"


class ReportSettled(Event, kw_only=True, tag="report_settled"):
    report: str  # decided, or run out
    stream = "quiet"


class RaidBegan(DeskEvent, kw_only=True, tag="raid_began"):
    why: str  # joins, shares, reports, key
    by: str
    on_wire = ("why",)


class RaidOver(DeskEvent, kw_only=True, tag="raid_over"):
    by: str


class TurnedBack(DeskEvent, kw_only=True, tag="turned_back"):
    by: str
    people: int  # how many were asked to come another time
    on_wire = ("people",)


class RulesChanged(DeskEvent, kw_only=True, tag="rules_changed"):
    capacity: int
    guard: str
    holds_first: bool
    hands_seen: bool
    on_wire = ("capacity",)
