"""Groups, rooms and the calendar, asked about a *membership*."""

from datetime import timedelta

from groups.errors import NotFound
from groups.policy.asking import refuse_unless

ALONE_WAITS = timedelta(days=7)  # before somebody who is alone with a group may close it


def may_act(member) -> None:
    """Whoever does not belong, or no longer, finds nothing here."""
    if member is None or not member.is_current:
        raise NotFound()


def for_moderators(member) -> None:
    """What is for those who look after the group, whether it goes on or was closed."""
    may_act(member)
    refuse_unless(member.moderates, "for_moderators")


def may_look_at(group, invited: bool) -> None:
    """Somebody outside sees open and screened groups; a closed one is not there for them at all."""
    if group.access == "closed" and not invited:
        raise NotFound()


def may_join(group, invited: bool) -> None:
    """Open groups take anybody; the others need an invitation, or a yes to their asking."""
    refuse_unless(group.closed_at is None, "group_closed")
    refuse_unless(group.access == "open" or invited, "by_invitation")


def may_ask_to_join(group, member) -> None:
    """Ask to belong, where a group asks first. member: the membership there is or was, or None. A group
    of another kind has no such page."""
    if group.access != "screened":
        raise NotFound()
    refuse_unless(group.closed_at is None, "group_closed")
    refuse_unless(member is None or not member.is_current, "here_already")


def may_come_back(member, account, now) -> None:
    """Join, as far as bans allow: one from every group, and the group's, which follows the account.
    member: the membership there was, current or not; None for somebody who never belonged."""
    may_found(account, now)
    barred = member is not None and member.barred_until is not None and member.barred_until > now
    refuse_unless(not barred, "barred_until", until=barred and member.barred_until)


def may_found(account, now) -> None:
    """Begin a group: anybody but somebody whom no group takes for a while."""
    barred = account is not None and account.barred_until is not None and account.barred_until > now
    refuse_unless(not barred, "barred_everywhere", until=barred and account.barred_until)


def may_look_after(member) -> None:
    """Whatever moderators do with a group that goes on."""
    for_moderators(member)
    refuse_unless(member.group is None or member.group.closed_at is None, "group_closed")


def may_invite(member) -> None:
    """Moderators bring people in."""
    may_look_after(member)


def may_answer_requests(member) -> None:
    """Read who asks to belong, and say yes or no."""
    may_look_after(member)


def may_answer_anew(member, accepted: bool | None, answer: bool, seen: bool | None) -> None:
    """Say the other thing than was said (accepted) of a request: whoever read that answer (seen) only."""
    may_answer_requests(member)
    unawares = accepted is not None and accepted != answer and seen != accepted
    refuse_unless(not unawares, "answered_yes" if accepted else "answered_no")


def may_change_group(member) -> None:
    """Change what the group says of itself: purpose, who may come, questions, agreements."""
    may_look_after(member)


def may_manage_rooms(member) -> None:
    """Make a room, change it, lock it, put it away."""
    may_look_after(member)


def may_read_formats(member) -> None:
    """How an hour runs, every line of it, is for everybody in the group: anybody may chair one day."""
    may_act(member)


def may_edit_formats(member) -> None:
    """Write or put away the group's formats and readings."""
    may_look_after(member)


def may_schedule(member) -> None:
    """Make or change a series and its dates."""
    may_look_after(member)


def may_export(member) -> None:
    """Take a copy of everything the group wrote down about itself; names of members are in it."""
    for_moderators(member)


def may_import(member) -> None:
    """Bring in hours from elsewhere."""
    may_schedule(member)


def may_meet_in(member, room) -> None:
    """Put an hour into a room that is in use."""
    may_schedule(member)
    refuse_unless(room.locked_at is None and room.archived_at is None, "room_locked")


def may_change_hour(member, meeting, now) -> None:
    """Cancel, move or alter one date that is still ahead. What has begun is the room's; what is over is
    history and stays as it was."""
    may_schedule(member)
    refuse_unless(meeting.phase in ("planned", "cancelled") and meeting.starts_at > now, "hour_has_begun")


def may_see_members(member) -> None:
    """The list of names is for those who look after the group; there is no roster to collect."""
    for_moderators(member)


def may_leave(member, other_moderators: int) -> None:
    """Anybody may go; the last moderator hands the group over first."""
    may_act(member)
    refuse_unless(not member.moderates or other_moderators > 0, "last_moderator")


def may_step_back(member, other_moderators: int) -> None:
    """Give the moderator's role back and stay; the last one hands it over instead."""
    for_moderators(member)
    refuse_unless(other_moderators > 0, "last_moderator")


def may_offer_role(by, to) -> None:
    """Ask a member to help look after the group."""
    may_look_after(by)
    may_act(to)
    refuse_unless(not to.moderates, "moderates_already")


def may_ask_role_back(by, whose) -> None:
    """Ask another moderator to give the role back, or the others to take it. One's own is given back
    without asking."""
    may_look_after(by)
    may_act(whose)
    refuse_unless(whose.moderates, "moderates_no_more")
    refuse_unless(whose.id != by.id, "asked_oneself")


def may_agree_about_role(by, offer, now) -> None:
    """Be the second person: neither who asked nor who is asked about."""
    may_look_after(by)
    may_answer_offer(offer, now)
    refuse_unless(by.id not in (offer.by_id, offer.membership_id), "second_person")


def may_answer_offer(offer, now) -> None:
    """Answer while it stands, once. Whoever asked must still look after the group."""
    refuse_unless(offer.accepted is None and now < offer.until and offer.asks.is_current and offer.asks.moderates, "offer_over")


def may_withdraw_offer(by, offer) -> None:
    """Take back what was asked about a role: anybody who looks after the group, but for whom it is about."""
    may_look_after(by)
    refuse_unless(by.id != offer.membership_id, "second_person")


def may_take_role(member, offer, other_moderators: int, now) -> None:
    """Take the role one is offered: after a second moderator agreed, where there is one besides whoever
    offers. other_moderators: those besides the one who offers. Nobody else finds the offer."""
    may_act(member)
    if offer.membership_id != member.id:
        raise NotFound()
    may_answer_offer(offer, now)
    refuse_unless(other_moderators == 0 or offer.confirmed_by_id is not None, "second_person_first")


def may_ask_to_close(member) -> None:
    """Ask for the group to be closed, or take the asking back."""
    may_look_after(member)


def may_close(member, group, other_moderators: int, now) -> None:
    """Close the group: whoever agrees with the one who asked. Who is alone with it waits a week instead."""
    may_look_after(member)
    refuse_unless(group.closing_asked_at is not None, "closing_not_asked")
    if group.closing_asked_by_id == member.id:
        refuse_unless(other_moderators == 0, "second_person")
        ends = group.closing_asked_at + ALONE_WAITS
        refuse_unless(now >= ends, "closing_waits", until=ends)


def may_come_to(member, meeting, free=None) -> None:
    """Come to the door of a meeting that has one. free: how many places nobody has, where places are
    kept, the hour has not begun and this member has none; None where that does not matter. From the
    start on, whatever is free is open to anyone."""
    may_act(member)
    refuse_unless(meeting.room.locked_at is None and meeting.room.archived_at is None, "room_locked")
    refuse_unless(meeting.room.door != "known" or not member.is_new, "for_known")
    refuse_unless(meeting.phase != "planned", "not_yet_open")
    refuse_unless(meeting.phase != "cancelled", "meeting_cancelled")
    refuse_unless(meeting.phase not in ("sealed", "purged"), "meeting_over")
    refuse_unless(free is None or free > 0, "places_kept")


# --- what the group asks itself ---------------------------------------------------------------------

VOTES_AT_ONCE = 5


def may_open_vote(member, open_now: int) -> None:
    """Moderators ask the group a question; not more than people can keep in mind. open_now: how many are."""
    may_look_after(member)
    refuse_unless(open_now < VOTES_AT_ONCE, "enough_questions")


def may_answer_vote(member, vote, now, known: bool) -> None:
    """Whoever knows the group answers, until the end. known: past their first week, or let into an hour."""
    may_act(member)
    refuse_unless(now < vote.until, "vote_over")
    refuse_unless(known, "known_first")


def may_answer_inventory(member, known: bool) -> None:
    """Say how it is here, once one knows how. known: as above."""
    may_act(member)
    refuse_unless(known, "known_first")


def may_withdraw_vote(member, vote, now) -> None:
    """Take a question back that was asked by mistake. What is over is the group's own word."""
    for_moderators(member)
    refuse_unless(now < vote.until, "vote_over")


def may_review_inventory(member) -> None:
    """Say that two poor months were talked over."""
    for_moderators(member)
