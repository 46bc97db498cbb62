"""The duties in words: what each is called, what it is for, and how one offers to do it. Pure."""

from dataclasses import dataclass

from groups.schedule.models import DutyKind
from groups.schedule.words import list_words


@dataclass(frozen=True)
class Words:
    """How to speak of a duty. offer: on a button; missing: what an hour without it still needs; could:
    the rest of "Could you …"; cover: the rest of "somebody asks for cover …"."""

    title: str
    does: str
    offer: str
    missing: str
    could: str
    cover: str


DUTIES = {
    DutyKind.CHAIR: Words(
        "Chair", "leads the hour; every line to read is on the page", "I will chair", "somebody to lead", "lead", "as chair",
    ),
    DutyKind.DOOR: Words(
        "Door", "lets people in from the lobby", "I will keep the door", "somebody at the door", "keep the door", "at the door",
    ),
    DutyKind.SECOND: Words(
        "Second", "answers the private line", "I will stand by", "somebody to stand beside", "stand beside", "as second",
    ),
    DutyKind.READER: Words("Reader", "reads what is read together", "I will read", "somebody to read", "read", "as reader"),
    DutyKind.TIMEKEEPER: Words(
        "Timekeeper", "has an eye on the time for whoever leads", "I will keep the time", "somebody to keep the time",
        "keep the time", "as timekeeper",
    ),
}


def needed(meeting) -> list[DutyKind]:
    """The duties this hour is held with, in their usual order."""
    wanted = meeting.needs.split(",")
    return [kind for kind in DutyKind if kind in wanted]


def missing_words(kinds) -> str:
    """'somebody to lead and somebody at the door'."""
    return list_words([DUTIES[kind].missing for kind in kinds])


def cover_words(others, own) -> str:
    """'somebody asks for cover at the door and you ask for cover as chair', or nothing."""
    said = [f"{who} for cover {list_words([DUTIES[kind].cover for kind in kinds])}"
            for who, kinds in (("somebody asks", others), ("you ask", own)) if kinds]
    return list_words(said) if said else ""
