"""Somebody erases themselves while a report waits: of what goes along with it, nothing of theirs stays but what was
reported of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts.models import UNKEPT, Account
from groups.db import change, reading
from groups.erasure.erasing import erase
from groups.erasure.sweeping import sweep_accounts
from groups.meeting import commands as c
from groups.meeting.commands_safety import RemoveNow
from groups.reports.evidence import packed, unpacked
from groups.reports.looking import open_report
from groups.reports.models import Report
from groups.reports.removals import keep_evidence
from groups.reports.reporting import key_of
from tests.actions.telling import moderate, tell

GAP = (True, "", "", None)
WHOLE = [
    ("Maya", "share 2 of Maya"), ("Nia", "share 3 of Nia"), ("Tom", "share 4 of Tom"), ("Maya", "share 5 of Maya"),
    ("Nia", "share 6 of Nia"),
]


def stored(keyring, report):
    """What is sealed there now, opened without anybody looking at it."""
    with reading() as session:
        sealed = session.scalar(select(Report.sealed_evidence).where(Report.public_id == report.public_id))
    return unpacked(keyring.open(key_of(report.public_id), sealed, b"evidence"))


def said(evidence):
    return [(one.name, one.words) for one in evidence]


def gaps(evidence):
    return [(one.erased, one.handle, one.name, one.words) for one in evidence if one.erased]


def sealed(report):
    with reading() as session:
        return session.scalar(select(Report.sealed_evidence).where(Report.public_id == report.public_id))


def test_whoever_reported_and_spoke_beside_it_is_not_in_it_any_more(hour, keyring, nia, maya):
    report = tell(hour, nia, words="Nia wrote this.")
    assert said(stored(keyring, report)) == WHOLE
    erase(nia.account, False, hour.ledger)
    opened = open_report(keyring, maya.membership, report.public_id)
    assert not opened.words and opened.evidence == stored(keyring, report)
    assert gaps(opened.evidence) == [GAP, GAP]
    assert said(one for one in opened.evidence if not one.erased) == [one for one in WHOLE if one[0] != "Nia"]


def test_nothing_of_it_is_left_in_any_file(hour, tmp_path, keyring, nia):
    report = tell(hour, nia)
    before = sealed(report)
    files = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert any(before in file.read_bytes() for file in files), "there is something to look for"
    erase(nia.account, False, hour.ledger)
    assert [file.name for file in tmp_path.rglob("*") if file.is_file() and before in file.read_bytes()] == []
    handle = nia.membership.handle.encode()
    assert handle not in packed(stored(keyring, report)), "its letters lead nowhere either"


def test_of_whoever_was_reported_everything_stays_till_it_is_decided(hour, keyring, nia, tom, maya):
    """Else whoever was reported could have it undone."""
    hour.numbers.append(hour.says("Tom", "share 8 of Tom"))
    report = tell(hour, nia, place=8)  # his share before it is part of what is told of him
    before = stored(keyring, report)
    assert [one.name for one in before].count("Tom") == 2
    erase(tom.account, False, hour.ledger)
    assert open_report(keyring, maya.membership, report.public_id).evidence == stored(keyring, report) == before


def test_what_an_emergency_was_about_loses_whoever_spoke_beside_it_as_well(hour, keyring, nia, maya, tom):
    moderate(nia)
    put_out = RemoveNow(by=maya.membership.handle, number=hour.numbers[3], why="solicitation", agreement=3)
    keep_evidence(keyring)(hour.ledger, maya.membership, hour.meeting.id, put_out)()
    with reading() as session:
        report = session.scalar(select(Report))
    assert said(stored(keyring, report)) == WHOLE
    erase(maya.account, False, hour.ledger)
    opened = open_report(keyring, nia.membership, report.public_id)
    assert gaps(opened.evidence) == [GAP, GAP] and [one.name for one in opened.evidence if not one.erased] == ["Nia", "Tom", "Nia"]


def test_a_report_that_was_sealed_at_the_same_moment_is_read_without_them(hour, keyring, nia, maya):
    """Whoever told had read the room before; what is sealed names somebody who was gone by then."""
    report = tell(hour, nia)
    before = sealed(report)
    erase(nia.account, False, hour.ledger)
    with change() as (session, _):
        session.get(Report, report.id).sealed_evidence = before
    opened = open_report(keyring, maya.membership, report.public_id)
    assert gaps(opened.evidence) == [GAP, GAP]


def test_what_was_decided_or_whose_key_is_gone_keeps_nobody_from_going(hour, keyring, nia, maya):
    keyring.destroy(key_of(tell(hour, nia).public_id))
    erase(nia.account, False, hour.ledger)
    with reading() as session:
        assert session.get(Account, nia.account.id) is None


def test_an_account_nobody_kept_goes_out_of_it_too(hour, keyring, nia, maya, freeze):
    report = tell(hour, maya)
    hour.do(c.Close(by=hour.chair))
    with change() as (session, _):
        for account in session.scalars(select(Account)):
            account.key = None if account.id == nia.account.id else str(account.id).encode()
    freeze(clock.now() + UNKEPT + timedelta(minutes=1))
    assert sweep_accounts(keyring, clock.now()) == 1
    assert gaps(stored(keyring, report)) == [GAP, GAP]


@pytest.mark.parametrize("one_goes", [0, 1])
def test_two_who_go_leave_both_their_gaps(hour, keyring, nia, maya, tom, one_goes):
    moderate(tom)
    report = tell(hour, nia)
    for person in (nia, maya)[:: 1 if one_goes else -1]:
        erase(person.account, False, hour.ledger)
    assert [one.erased for one in stored(keyring, report)] == [True, True, False, True, True]
