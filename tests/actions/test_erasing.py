"""Erasing oneself: at once, all of it, and what stays is what the page says."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from groups import db
from groups.accounts.actions import SignedOut
from groups.accounts.models import Account
from groups.checkins.models import EntryKey, EntryOpening, PrivateEntry
from groups.conduct.models import Signal
from groups.db import reading
from groups.erasure.erasing import erase, left_alone
from groups.erasure.held import HELD, Fate
from groups.errors import NotFound, Refused
from groups.logbook.models import LogEntry
from groups.meeting import commands as c
from groups.meeting.models import Entry
from groups.meeting.snapshots import missed
from groups.membership.actions import MembershipEnded, found_group, join
from groups.membership.models import Group, Membership
from groups.moderation.models import StewardMatter
from groups.schedule.models import Meeting, Phase
from tests import hours
from tests.actions.telling import moderate, rows
from tests.evenings import NOON
from tests.news import heard
from tests.owned import leave_traces

POINTING = {"accounts", "memberships"}
BY_LETTERS = {
    "seats.handle", "entries.author", "signals.other", "moderation_log.by", "moderation_log.about", "rooms.locked_by_id",
    "rooms.archived_by_id", "groups.closing_asked_by_id",
}


def pointers():
    """{column: what the database does with it} of every foreign key to a person."""
    return {
        f"{table.name}.{key.parent.name}": key.ondelete
        for table in db.Model.metadata.sorted_tables for key in table.foreign_keys if key.column.table.name in POINTING
    }


def pointing(column, membership):
    """The rows that point at this person by this column."""
    table, _, field = column.partition(".")
    of = db.Model.metadata.tables[table]
    if column in BY_LETTERS and not field.endswith("_id"):
        return select(of).where(of.c[field] == membership.handle)
    return select(of).where(of.c[field] == (membership.account_id if field.endswith("account_id") else membership.id))


def everything_about(membership):
    """What is stored in the rows that will go: every value that could be found again in a file."""
    found = set()
    with db.engine().connect() as connection:
        for column, (fate, _) in HELD.items():
            if fate is Fate.GOES and column not in BY_LETTERS:
                for row in connection.execute(pointing(column, membership)):
                    found |= {value.encode() if isinstance(value, str) else value for value in row if isinstance(value, str | bytes)}
        words = connection.execute(text("SELECT sealed_words FROM entries WHERE author = :who"), {"who": membership.handle})
        found |= {one for (one,) in words if one}
    moments = re.compile(rb"\d{4}-\d\d-\d\d")  # others did things at the same moment
    return {value for value in found if len(value) >= 9 and not moments.match(value)} - {b"moderator"}


def in_files(folder, value):
    return [file.name for file in folder.rglob("*") if file.is_file() and value in file.read_bytes()]


@pytest.fixture
def traces(app, hour, tom, maya, nia, willow):
    """Tom left a trace of everything there is."""
    return leave_traces(app, tom, maya, nia, hour.meeting, willow)


def test_everything_that_leads_to_a_person_has_an_answer():
    """A new table fails here until it says what becomes of it, and the database does what it says."""
    ours = {"entry_keys.account_id", "entry_openings.account_id", "private_entries.account_id"}
    found = pointers()
    assert set(found) | BY_LETTERS == set(HELD)
    assert ours <= set(found)
    does = {"CASCADE": Fate.GOES, "SET NULL": Fate.LET_GO}
    assert {column: does[how] for column, how in found.items()} == {column: HELD[column][0] for column in found}
    listed = {f"{table.name}.{column.name}" for table in db.Model.metadata.sorted_tables for column in table.columns}
    assert set(HELD) <= listed


def test_it_is_gone_from_the_database_and_from_its_raw_files(app, tmp_path, hour, traces, tom):
    before = everything_about(tom.membership)
    assert len(before) >= 20, "there is something to look for"
    assert all(in_files(tmp_path, value) for value in before)
    written = [file.read_bytes() for file in tmp_path.glob("lamplight.db*")]
    assert any(b"Tomasz" in one for one in written) and any(b"toms-answers-sealed" in one for one in written)
    erase(tom.account, False, hour.ledger)
    left = {value: in_files(tmp_path, value) for value in before}
    left = {value: where for value, where in left.items() if where}
    log = {letters for line in rows(LogEntry) for letters in (line.by, line.about, line.sanction)}
    assert {value.decode() for value in left} <= log, "only letters the log has, which lead to nobody"
    for name in (b"Tomasz", b"toms-", b"a-note-about-tom", b"Choir"):
        assert in_files(tmp_path, name) == []


def test_no_row_points_at_them_any_more(app, hour, traces, tom, nia):
    erase(tom.account, False, hour.ledger)
    stay = {"moderation_log.by", "moderation_log.about"}
    with db.engine().connect() as connection:
        assert [column for column in HELD if column not in stay and connection.execute(pointing(column, tom.membership)).first()] == []
    with reading() as session:
        for kind in (PrivateEntry, EntryKey, EntryOpening):
            assert session.scalar(select(func.count()).select_from(kind)) == 0
    other = [one.other for one in rows(Signal) if one.membership_id == nia.membership.id]
    assert other and other[0] not in (None, tom.membership.handle), "still somebody, and nobody one knows"
    matter = next(one for one in rows(StewardMatter) if one.membership_id == nia.membership.id)
    assert (matter.first_account_id, matter.first_at, matter.asked_until) == (None, None, None), "it waits for a first steward again"


def test_what_they_said_in_the_hour_that_is_on_goes_and_so_do_they(app, hour, tom, maya):
    erase(tom.account, False, hour.ledger)
    live = hour.ledger.look(hour.meeting.id)
    said = [mark for mark in live.state.shares.values() if mark.by == tom.membership.handle]
    assert len(said) == 2 and all(mark.removed for mark in said)
    with reading() as session:
        assert session.scalar(select(func.count()).where(Entry.sealed_words.is_not(None))) == 5, "the others' words stay"
        assert session.scalar(select(func.count()).where(Entry.author == maya.membership.handle, Entry.sealed_words.is_not(None))) == 2


def test_words_of_an_hour_that_is_over_go_as_well_and_the_name_above_them(app, hour, tom, nia):
    hours.do(hour.ledger, hour.meeting, c.Close(by=hours.now(hour.ledger, hour.meeting).chair.handle))
    before = missed(hour.ledger, hour.meeting.id, nia.membership.handle, "floor", 0)
    erase(tom.account, False, hour.ledger)
    with reading() as session:
        assert session.scalar(select(func.count()).where(Entry.sealed_words.is_not(None))) == 5
    after = missed(hour.ledger, hour.meeting.id, nia.membership.handle, "floor", 0)
    assert "Tom" in str(before["entries"]) and "Tom" not in str(after["entries"])


def test_sockets_and_seats_are_told_and_a_second_time_there_is_nobody(app, hour, tom):
    tom.sign_in()
    with heard(SignedOut, MembershipEnded) as news:
        erase(tom.account, False, hour.ledger)
    assert [type(one) for one in news].count(SignedOut) == 1
    assert [one.handle for one in news if isinstance(one, MembershipEnded)] == [tom.membership.handle]
    assert "Sign in" in tom.get("/").text
    with pytest.raises(NotFound):
        erase(tom.account, False, hour.ledger)


def test_nobody_takes_the_name_for_thirty_days_and_the_row_tells_no_name(app, tmp_path, harbour, otto, tom, freeze):
    freeze(NOON)
    erase(tom.account, False, app.extensions["ledger"])
    for name in ("Tom", "TOM", "T0m"):
        with pytest.raises(Refused, match="name_taken"):
            join(otto.account, harbour, name)
    freeze(NOON + timedelta(days=29))
    with pytest.raises(Refused, match="name_taken"):
        join(otto.account, harbour, "Tom")
    freeze(NOON + timedelta(days=31))
    assert join(otto.account, harbour, "Tom")[0].name == "Tom"


def test_the_only_moderator_may_go_and_the_group_is_closed_where_they_say_so(app, harbour, maya):
    ledger = app.extensions["ledger"]
    alone = left_alone(maya.account.id)
    assert [(one.group.name, one.others) for one in alone] == [("Harbour", 2)]
    with pytest.raises(Refused, match="group_left_alone"):
        erase(maya.account, False, ledger)
    with reading() as session:
        assert session.get(Account, maya.account.id) and session.get(Group, harbour.id).closed_at is None
    hours.plan(begins_in=3000)
    erase(maya.account, True, ledger)
    with reading() as session:
        assert session.get(Account, maya.account.id) is None and session.get(Group, harbour.id).closed_at is not None
        assert session.scalar(select(Meeting.phase)) == Phase.CANCELLED
        assert session.scalar(select(func.count()).where(Membership.group_id == harbour.id)) == 2, "the others belong still"
        assert session.scalar(select(LogEntry.action)) == "group_closed"


def test_with_a_second_moderator_nothing_is_closed(app, harbour, maya, tom):
    moderate(tom)
    assert left_alone(maya.account.id) == []
    erase(maya.account, False, app.extensions["ledger"])
    with reading() as session:
        assert session.get(Group, harbour.id).closed_at is None


def test_a_group_of_ones_own_is_closed_without_a_word(app, otto, maya):
    mine, _ = found_group(otto.account, name="Alone", purpose="", for_whom="", access="open", zone="Europe/London", my_name="Otto")
    erase(otto.account, False, app.extensions["ledger"])
    with reading() as session:
        assert session.get(Group, mine.group_id).closed_at is not None

