"""The duties in words: what each is called, what it is for, and how one offers to do it. Pure."""

from dataclasses import dataclass

from groups.schedule.models import DutyKind
from groups.schedule.words import list_words


@dataclass(frozen=True)
class Words:
    """How to speak of a duty. offer: on a button; missing: what an hour without it still needs; could:
    the rest of "Could you …"."""

    title: str
    does: str
    offer: str
    missing: str
    could: str


DUTIES = {
    DutyKind.CHAIR: Words("Chair", "leads the hour; every line to read is on the page", "I will chair", "somebody to lead", "lead"),
    DutyKind.DOOR: Words("Door", "lets people in from the lobby", "I will keep the door", "somebody at the door", "keep the door"),
    DutyKind.SECOND: Words("Second", "answers the private line", "I will stand by", "somebody to stand beside", "stand beside"),
    DutyKind.READER: Words("Reader", "reads what is read together", "I will read", "somebody to read", "read"),
    DutyKind.TIMEKEEPER: Words(
        "Timekeeper", "has an eye on the time for whoever leads", "I will keep the time", "somebody to keep the time",
        "keep the time",
    ),
}


def needed(meeting) -> list[DutyKind]:
    """The duties this hour is held with, in their usual order."""
    wanted = meeting.needs.split(",")
    return [kind for kind in DutyKind if kind in wanted]


def missing_words(kinds) -> str:
    """'somebody to lead and somebody at the door'."""
    return list_words([DUTIES[kind].missing for kind in kinds])
