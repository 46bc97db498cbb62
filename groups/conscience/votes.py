"""Questions a group asks itself. Moderators open one, everybody who knows the group answers once, nobody sees
anything before the end, and an answer cannot be changed: it is not known whose it was."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import func, select

from groups import clock, policy
from groups.conscience.counting import add_one, cast_ballot, lay_out
from groups.conscience.knowing import knows_group
from groups.conscience.models import Vote, VoteBallot, VoteCount
from groups.conscience.publishing import Shown, result_of
from groups.db import change, fresh, reading
from groups.errors import Invalid, NotFound
from groups.logbook.writing import write_log
from groups.membership.models import Membership
from groups.retention.deletions import remember_deleted
from groups.text import one_line, one_of, paragraphs
from groups.zones import zone

QUESTION, CHOICE, CHOICES = 300, 120, (2, 5)
LONGEST = timedelta(days=60)
SHOWN = 30  # on the page


def open_vote(by: Membership, question: str, choices: str, until: date | None) -> Vote:
    """Ask the group a question with two to five choices (one a line), to be answered up to and with
    that day on the group's clock. Raises Invalid(field, …), Refused."""
    with change() as (session, _):
        by = fresh(session, by)
        policy.may_open_vote(by, _count_open(session, by.group_id))
        vote = Vote(
            group_id=by.group_id, question=one_line("question", question, QUESTION), choices="\n".join(_choices(choices)),
            by_id=by.id, until=_end_of(until, by.group.zone),
        )
        session.add(vote)
        session.flush()
        lay_out(session, VoteCount, [{"vote_id": vote.id, "choice": n} for n in range(1, len(choices_of(vote)) + 1)])
        write_log(session, by.group_id, "vote_opened", by=by.handle)
    return vote


def answer_vote(by: Membership, public_id: str, choice: int | None) -> None:
    """Answer, once. Raises Invalid("choice", …); Refused: vote_over, known_first,
    answered_already; NotFound."""
    with change() as (session, _):
        by = fresh(session, by)
        vote = _reached(session, by, public_id, hold=True)
        policy.may_answer_vote(by, vote, clock.now(), knows_group(session, by))
        choice = one_of("choice", choice, range(1, len(choices_of(vote)) + 1))
        cast_ballot(session, VoteBallot(vote_id=vote.id, membership_id=by.id))
        add_one(session, VoteCount, VoteCount.vote_id == vote.id, VoteCount.choice == choice)


def withdraw_vote(by: Membership, public_id: str) -> None:
    """Take an open question back; whatever was answered is deleted unread. Raises Refused, NotFound."""
    with change() as (session, _):
        by = fresh(session, by)
        vote = _reached(session, by, public_id, hold=True)
        policy.may_withdraw_vote(by, vote, clock.now())
        session.delete(vote)
        remember_deleted(session, "vote", public_id)
        write_log(session, by.group_id, "vote_withdrawn", by=by.handle)


def may_ask(by: Membership) -> None:
    """Look at the form of a new question. Raises Refused, NotFound."""
    with reading() as session:
        policy.may_open_vote(by, _count_open(session, by.group_id))


def vote_for(by: Membership, public_id: str) -> tuple[Vote, bool, list[Shown] | None]:
    """A question, whether this member answered it, and what came of it: None before the end, and where
    fewer than five answered. Raises NotFound."""
    with reading() as session:
        vote = _reached(session, by, public_id)
        answered = session.get(VoteBallot, (vote.id, by.id)) is not None
        if clock.now() < vote.until:
            return vote, answered, None
        counts = dict(session.execute(select(VoteCount.choice, VoteCount.times).where(VoteCount.vote_id == vote.id)).all())
    return vote, answered, result_of(choices_of(vote), counts)


def votes_in(by: Membership) -> tuple[list[tuple[Vote, bool]], list[Vote]]:
    """The questions that are open, each with whether this member answered, the next to end first; and
    those that are over, the last one first."""
    policy.may_act(by)
    with reading() as session:
        votes = session.scalars(select(Vote).where(Vote.group_id == by.group_id).order_by(Vote.until.desc()).limit(SHOWN)).all()
        mine = VoteBallot.membership_id == by.id, VoteBallot.vote_id.in_([one.id for one in votes])
        answered, now = set(session.scalars(select(VoteBallot.vote_id).where(*mine))), clock.now()
    open_ones = [(one, one.id in answered) for one in votes if now < one.until]
    return open_ones[::-1], [one for one in votes if one.until <= now]


def choices_of(vote: Vote) -> list[str]:
    """What one may choose from."""
    return vote.choices.split("\n")


def _reached(session, by, public_id, hold=False):
    policy.may_act(by)
    query = select(Vote).where(Vote.public_id == public_id, Vote.group_id == by.group_id)
    vote = session.scalar(query.with_for_update() if hold else query) if public_id.isalnum() else None
    if vote is None:
        raise NotFound()
    return vote


def _count_open(session, group_id):
    return session.scalar(select(func.count()).select_from(Vote).where(Vote.group_id == group_id, Vote.until > clock.now()))


def _choices(typed):
    lines = [line for line in paragraphs("choices", typed, 2 * CHOICE * CHOICES[1]).split("\n") if line.strip()]
    found = [one_line("choices", line, CHOICE) for line in lines]
    if not CHOICES[0] <= len(found) <= CHOICES[1]:
        raise Invalid("choices", "two_to_five")
    if len({one.casefold() for one in found}) < len(found):
        raise Invalid("choices", "choices_alike")
    return found


def _end_of(day: date | None, zone_name: str) -> datetime:
    """The midnight after that day, on the group's clock."""
    if day is None:
        raise Invalid("until", "bad_date")
    here = zone(zone_name)
    today = clock.now().astimezone(here).date()
    if not today <= day <= today + LONGEST:
        raise Invalid("until", "vote_day")
    return datetime.combine(day + timedelta(days=1), time(), here)
