"""What an hour is to the person who reads: "you serve", "you plan to come". The calendar does not know
who serves or comes; the concepts after it that do say so here, once, when the house starts.

Nothing of this is ever shown to anybody else."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import false

from groups.schedule.models import Meeting

# (session, account's id, ids of meetings) -> a word for those of them that are something to this
# person. Where two have a word for one hour, the first to be offered is heard.
MARKS: list[Callable[[object, int, Iterable[int]], Mapping[int, str]]] = []
# (account's id) -> a select of the ids of the meetings at which this person serves.
SERVED: list[Callable] = []


def offer(words: Callable | None = None, served: Callable | None = None) -> None:
    """Add to what marks hours. Offering the same twice is harmless."""
    for offered, known in ((words, MARKS), (served, SERVED)):
        if offered and offered not in known:
            known.append(offered)


def marks_of(session, account_id: int | None, meeting_ids: Iterable[int]) -> dict[int, str]:
    """{meeting's id: word}, for those of the meetings that are something to this account."""
    found: dict[int, str] = {}
    ids = list(meeting_ids)
    if account_id is None or not ids:
        return found
    for words in reversed(MARKS):
        found.update(words(session, account_id, ids))
    return found


def served_by(account_id: int | None):
    """The condition that this account serves at a meeting."""
    if account_id is None or not SERVED:
        return false()
    return Meeting.id.in_(SERVED[0](account_id))
