"""One's own copy: everything that is held about the account, and nothing anybody else wrote."""

import json
import re
from datetime import UTC, datetime, time

import pytest
from sqlalchemy import select

from groups.accounts.models import SignIn
from groups.db import change
from groups.erasure.exporting import SHUT, export_mine
from groups.erasure.held import HELD, OTHERS, Fate
from groups.reminding.models import Device
from tests.actions.telling import tell
from tests.owned import APPEAL, ENTRY, leave_traces


@pytest.fixture
def traces(app, hour, tom, maya, nia, willow):
    """Tom left a trace of everything there is; the key of his entries."""
    return leave_traces(app, tom, maya, nia, hour.meeting, willow)


@pytest.fixture
def copy(keyring, hour, traces, tom):
    """His copy, made while his entries are open."""
    tell(hour, tom, place=3, words="Tom is worried about this.")
    return json.loads(export_mine(tom.account, traces, keyring))


def parts(copy):
    """The names that hold something, as `held.py` calls them."""
    found = {name for name, value in copy.items() if value}
    return found | {f"groups.{name}" for group in copy["groups"] for name, value in group.items() if value}


def test_every_part_that_is_promised_is_in_it_and_full(copy):
    promised = {where for _, where in HELD.values() if " " not in where}
    assert promised <= parts(copy), "Tom left a trace in each"
    assert all(where for _, where in HELD.values())


def test_his_own_words_can_be_read_in_it(copy):
    told = json.dumps(copy)
    for words in (ENTRY, APPEAL, "share 4 of Tom", "share 7 of Tom", "Tom is worried about this.", "Choir", "Tomasz", "Shall we begin earlier?"):
        assert words in told, words
    assert [one["words"] for one in copy["private_entries"]] == [ENTRY]
    assert copy["account"]["has_words"] is True and copy["groups"][0]["let_into_hours"] == 9


def test_what_others_wrote_or_did_is_not(copy, hour, keyring, nia, maya, tom):
    told = json.dumps(copy)
    assert "share 3 of Nia" not in told and "Please look." not in told
    for other in (nia, maya):
        assert other.membership.handle not in told and other.name not in told.replace("share", "")
    assert any("What others wrote about you" in line for line in copy["not_in_it"])
    assert [column for column, (fate, where) in HELD.items() if where == OTHERS and fate is not Fate.STAYS]


def test_shut_entries_are_said_to_be_there(keyring, hour, traces, tom):
    copy = json.loads(export_mine(tom.account, None, keyring))
    assert copy["private_entries"] == [{"words": None, "why": SHUT}], "and no number of the table"
    assert ENTRY not in json.dumps(copy)


def test_a_person_can_read_what_each_part_of_it_is(copy):
    said = dict(copy["about"])
    assert list(copy)[0] == "about"
    in_groups = {f"groups.{name}" for name, value in copy["groups"][0].items() if isinstance(value, list)}
    assert set(said) == set(copy) - {"about"} | in_groups
    assert all(sentence.endswith(".") for sentence in said.values())


def test_no_moment_is_nearer_than_a_minute_and_none_of_the_log_nearer_than_a_day(copy):
    told = json.dumps(copy)
    assert not re.search(r"\d\d:\d\d:\d\d", told)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", copy["account"]["opened_at"])
    [group] = copy["groups"]
    assert datetime.fromisoformat(group["joined_at"]).tzinfo == UTC
    assert group["done"] == [{"on": copy["made_at"][:10], "said": "Tom made a link that lets people in."}]
    assert group["answered_months"] == ["2026-11"]


def test_a_browser_is_told_as_its_page_tells_it(keyring, traces, tom):
    with change() as (session, _):
        for row in session.scalars(select(SignIn).where(SignIn.account_id == tom.account.id)):
            row.came_by, row.shared = "words", True
        for device in session.scalars(select(Device).where(Device.account_id == tom.account.id)):
            device.quiet_from, device.quiet_to, device.sentence = time(22), time(7, 30), 2
    copy = json.loads(export_mine(tom.account, traces, keyring))
    told = "used in the last few minutes; you came in by your seven words less than a day ago"
    assert copy["sign_ins"] == [{"told": told, "shared_device": True}]
    [device] = copy["reminders"]
    assert (device["shows"], device["quiet_from"], device["quiet_to"]) == ("Time for a pause.", "22:00", "07:30")


def test_an_account_that_did_nothing_gets_a_copy_as_well(app, keyring, otto):
    copy = json.loads(export_mine(otto.account, None, keyring))
    assert copy["groups"] == [] and copy["version"] == "lamplight-mine/2"
