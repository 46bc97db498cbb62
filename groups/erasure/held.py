"""Everything in the database that leads to a person, and what becomes of it when they erase themselves.
A test compares this with the tables, so that nothing is added to them without an answer here.

goes: the row is deleted. let go: the row is others' or the group's, and stays without them. stays: said on the
page, with the reason. In each: by what name the person's own copy (`exporting.py`) holds it, or why not."""

from enum import StrEnum

OTHERS = "what others wrote about somebody is theirs, and may name them"
GROUPS = "the group's own, and in the group's copy"


class Fate(StrEnum):
    """What becomes of it."""

    GOES = "goes"
    LET_GO = "let go"
    STAYS = "stays"


GOES, LET_GO, STAYS = Fate

# {column that points at an account or a membership: (what becomes of it, where it is in the copy)}
HELD: dict[str, tuple[Fate, str]] = {
    # the account
    "sign_ins.account_id": (GOES, "sign_ins"),
    "spare_codes.account_id": (GOES, "a key is nothing to read"),
    "passkeys.account_id": (GOES, "a key is nothing to read"),
    "memberships.account_id": (GOES, "groups"),
    "join_requests.account_id": (GOES, "asked_to_join"),
    "devices.account_id": (GOES, "reminders"),
    "feeds.account_id": (GOES, "feeds"),
    "entry_keys.account_id": (GOES, "a key is nothing to read"),
    "entry_openings.account_id": (GOES, "a key is nothing to read"),
    "private_entries.account_id": (GOES, "private_entries"),
    "steward_matters.first_account_id": (LET_GO, "the matter is somebody else's"),
    "steward_matters.second_account_id": (LET_GO, "the matter is somebody else's"),
    # in a group: what is about them
    "sanctions.membership_id": (GOES, "groups.steps"),
    "signals.membership_id": (GOES, OTHERS),
    "member_notes.membership_id": (GOES, OTHERS),
    "pattern_looks.membership_id": (GOES, OTHERS),
    "pattern_looks.by_id": (GOES, "that a moderator looked, and at whom, is somebody else's"),
    "steward_matters.membership_id": (GOES, OTHERS),
    "role_offers.membership_id": (GOES, "groups.roles"),
    "role_offers.by_id": (GOES, "groups.roles"),
    "duties.membership_id": (GOES, "groups.serves"),
    "comings.membership_id": (GOES, "groups.comes"),
    "served.membership_id": (GOES, "groups.served"),
    "attended.membership_id": (GOES, "groups.let_into_hours"),
    "debriefs.membership_id": (GOES, "groups.after_serving"),
    "vote_ballots.membership_id": (GOES, "groups.answered_votes"),
    "inventory_ballots.membership_id": (GOES, "groups.answered_months"),
    "seats.handle": (GOES, "seen a moment ago, for a live hour only"),
    "entries.author": (GOES, "groups.said"),  # that they spoke stays under the hour's key until it is destroyed
    # in a group: what they did for it
    "reports.by_id": (LET_GO, "groups.reports"),
    "reports.about_id": (LET_GO, OTHERS),
    "reports.decided_by_id": (LET_GO, "groups.done"),
    "sanctions.by_id": (LET_GO, "groups.done"),
    "sanctions.confirmed_by_id": (LET_GO, "groups.done"),
    "sanctions.lifted_by_id": (LET_GO, "groups.done"),
    "incidents.reviewed_by_id": (LET_GO, "groups.done"),
    "appeals.decided_by_id": (LET_GO, "groups.done"),
    "steward_matters.by_id": (LET_GO, "groups.done"),
    "member_notes.by_id": (LET_GO, "what was noted about somebody is about them"),
    "join_requests.answered_by_id": (LET_GO, "groups.done"),
    "role_offers.confirmed_by_id": (LET_GO, "groups.done"),
    "invitations.by_id": (LET_GO, "groups.invitations"),
    "duties.assigned_by_id": (LET_GO, "groups.done"),
    "debriefs.met_by_id": (LET_GO, "a talk was two people's"),
    "votes.by_id": (LET_GO, GROUPS),
    "readings.added_by": (LET_GO, GROUPS),
    "date_changes.by_id": (LET_GO, GROUPS),
    "room_days.by_id": (LET_GO, GROUPS),
    "rooms.locked_by_id": (LET_GO, GROUPS),
    "rooms.archived_by_id": (LET_GO, GROUPS),
    "groups.closing_asked_by_id": (LET_GO, "groups.done"),
    "signals.other": (LET_GO, OTHERS),
    # the log nobody can change, by letters that lead to nobody from then on
    "moderation_log.by": (STAYS, "groups.done"),
    "moderation_log.about": (STAYS, OTHERS),
}
