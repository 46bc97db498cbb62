"""The one short line that is said back when a button of the rota did what it says."""

from datetime import datetime
from zoneinfo import ZoneInfo

from groups.db import reading
from groups.rota.asking import when_words
from groups.rota.duties import DUTIES
from groups.rota.models import Coming, Duty
from groups.rota.reaching import kept_places
from groups.schedule.models import DutyKind, Meeting, Phase
from groups.schedule.words import clock_words
from groups.sentences import sentence


def answer_words(said: str, hour: Meeting, made, reader: ZoneInfo, now: datetime) -> str:
    """The sentence of that name (`groups/sentences`), for what was done at an hour. made: what the
    action gave back: a duty, a plan to come, or nothing."""
    starts = hour.starts_at.astimezone(reader)
    facts = {"day": when_words(starts, now.astimezone(reader)), "time": clock_words(starts)}
    if isinstance(made, Duty):
        facts["could"] = DUTIES[DutyKind(made.kind)].could
    if isinstance(made, Coming):
        said = _plan(hour, made)
    if said == "you_stepped_down" and hour.phase == Phase.LOBBY:
        said = "you_stepped_down_late"
    return sentence(said, **facts)


def _plan(hour, coming):
    if not coming.has_place:
        return "you_wait"
    with reading() as session:
        return "you_plan_to_come" if kept_places(session, hour) is None else "you_have_a_place"
