"""Switching reminders on, choosing, and letting go: each device belongs to one account, and goes with it."""

from dataclasses import replace
from datetime import time

import pytest
from sqlalchemy import func, select

from groups.accounts import passphrase
from groups.accounts.browsers import end_everywhere
from groups.accounts.changing import change_words
from groups.accounts.models import Account
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership.models import Group, Membership
from groups.reminding import actions
from groups.reminding.actions import Choices
from groups.reminding.models import Device, Reminded, RemindedGroup
from groups.reminding.subscriptions import unseal
from groups.schedule.models import Meeting
from tests import hours
from tests.owned import keep
from tests.pushing import Browser

ENDPOINT = "https://fcm.googleapis.com/fcm/send/{}"


@pytest.fixture
def settings(app):
    return app.extensions["settings"]


@pytest.fixture
def chosen(harbour):
    return Choices(groups=(harbour.slug,), minutes=15, sentence=0, zone="Europe/London", quiet_from=time(22), quiet_to=time(7))


@pytest.fixture
def switch_on(settings, chosen):
    def switch_on(person, name="1", browser=None, **other):
        found = (browser or Browser()).at(ENDPOINT.format(name))
        return actions.switch_on(person.account, found, replace(chosen, **other), settings)

    return switch_on


def count(kind):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


def test_a_device_is_known_by_what_was_chosen_and_nothing_else(switch_on, tom, harbour, settings):
    browser = Browser()
    device = switch_on(tom, browser=browser, minutes=60, sentence=2)
    assert actions.devices_of(tom.account)[0].name == device.name
    assert (device.minutes, device.sentence, device.zone, device.quiet_from, device.quiet_to) == (60, 2, "Europe/London", time(22), time(7))
    assert actions.groups_reminded(device) == [harbour.slug]
    assert unseal(settings.secret, device.sealed, device.digest) == browser.at(ENDPOINT.format("1"))
    assert {column.name for column in Device.__table__.columns} == {
        "id", "account_id", "digest", "sealed", "minutes", "sentence", "zone", "quiet_from", "quiet_to", "made_at", "worked_on"
    }


def test_a_copy_of_the_database_does_not_say_where_a_device_is_reached(switch_on, tom, tmp_path):
    browser = Browser()
    switch_on(tom, "a-very-secret-endpoint", browser)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    for secret in (b"a-very-secret-endpoint", b"googleapis", browser.auth, browser.point):
        assert secret not in stored


def test_switching_on_twice_is_one_device_with_the_later_choices(switch_on, tom):
    first, second = switch_on(tom), switch_on(tom, minutes=5, quiet_from=None, quiet_to=None)
    assert first.id == second.id
    assert (second.minutes, second.quiet_from) == (5, None)
    assert (count(Device), count(RemindedGroup)) == (1, 1)


def test_a_browser_two_people_use_reminds_the_one_who_switched_it_on_last(switch_on, tom, nia):
    switch_on(tom)
    switch_on(nia)
    assert actions.devices_of(tom.account) == []
    assert len(actions.devices_of(nia.account)) == 1


@pytest.mark.parametrize("other, field, reason", [
    ({"minutes": 7}, "minutes", "choose_one"), ({"minutes": None}, "minutes", "choose_one"), ({"sentence": 3}, "sentence", "choose_one"),
    ({"sentence": -1}, "sentence", "choose_one"), ({"sentence": None}, "sentence", "choose_one"), ({"zone": "Europe/Atlantis"}, "zone", "unknown_zone"),
    ({"quiet_from": None}, "quiet_to", "quiet_needs_both"), ({"quiet_to": None}, "quiet_to", "quiet_needs_both"),
    ({"quiet_from": time(0), "quiet_to": time(0)}, "quiet_to", "quiet_needs_both"), ({"groups": ()}, "groups", "choose_group"),
    ({"groups": ("nosuchgroup",)}, "groups", "choose_group"),
])
def test_what_cannot_be_chosen_is_told_by_name_and_changes_nothing(switch_on, tom, chosen, other, field, reason):
    with pytest.raises(Invalid) as refused:
        switch_on(tom, **other)
    assert (refused.value.field, refused.value.reason) == (field, reason)
    assert count(Device) == 0
    device = switch_on(tom, "2")
    with pytest.raises(Invalid):
        actions.choose(tom.account, device.name, replace(chosen, **other))
    kept = actions.devices_of(tom.account)[0]
    assert (kept.minutes, kept.sentence, kept.quiet_from, len(actions.groups_reminded(kept))) == (15, 0, time(22), 1)


def test_nobody_is_reminded_of_a_group_they_do_not_belong_to(switch_on, tom, willow, harbour):
    with pytest.raises(Invalid, match="choose_group"):
        switch_on(tom, groups=(willow.slug,))
    assert actions.groups_reminded(switch_on(tom, groups=(willow.slug, harbour.slug))) == [harbour.slug]


def test_a_service_that_is_not_known_is_not_talked_to(settings, tom, chosen):
    with pytest.raises(Invalid, match="push_service_unknown"):
        actions.switch_on(tom.account, Browser().at("https://push.evil.example/1"), chosen, settings)
    assert count(Device) == 0


def test_one_account_has_a_handful_of_devices(switch_on, tom, nia):
    for number in range(actions.MOST):
        switch_on(tom, str(number))
    switch_on(tom, "0", minutes=5)
    with pytest.raises(Refused, match="enough_devices"):
        switch_on(tom, "one-more")
    switch_on(nia, "nias-own")


def test_a_device_is_nobody_elses_to_see_to_change_or_to_remove(switch_on, tom, nia, chosen, settings):
    device = switch_on(tom)
    for attempt in (
        lambda: actions.device_of(nia.account, device.name), lambda: actions.choose(nia.account, device.name, chosen),
        lambda: actions.remove_device(nia.account, device.name), lambda: actions.known_as(nia.account, ENDPOINT.format("1"), settings),
        lambda: actions.known_as(tom.account, ENDPOINT.format("2"), settings), lambda: actions.remove_device(tom.account, "0" * 16),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert actions.known_as(tom.account, ENDPOINT.format("1"), settings).id == device.id
    assert actions.devices_of(nia.account) == []


def test_removing_one_leaves_the_others_and_forgetting_takes_all_of_ones_own(switch_on, tom, nia):
    first, second, hers = switch_on(tom, "1"), switch_on(tom, "2"), switch_on(nia, "3")
    actions.remove_device(tom.account, first.name)
    assert [device.id for device in actions.devices_of(tom.account)] == [second.id]
    for _ in range(2):
        with change() as (session, _):
            actions.forget_devices(session, tom.account.id)
    assert actions.devices_of(tom.account) == []
    assert [device.id for device in actions.devices_of(nia.account)] == [hers.id]


@pytest.mark.parametrize("gone, left", [(Account, (0, 0, 0)), (Group, (1, 0, 0)), (Meeting, (1, 1, 0))])
def test_what_it_hangs_on_takes_it_along(switch_on, tom, harbour, gone, left):
    device, meeting = switch_on(tom), hours.plan()
    with change() as (session, _):
        session.add(Reminded(device_id=device.id, meeting_id=meeting.id, starts_at=meeting.starts_at))
    things = {Account: tom.account, Group: harbour, Meeting: meeting}
    with change() as (session, _):
        session.execute(Membership.__table__.delete().where(Membership.account_id == tom.account.id))
        session.execute(gone.__table__.delete().where(gone.id == things[gone].id))
    assert (count(Device), count(RemindedGroup), count(Reminded)) == left


def other_words(app, tom):
    keep(app, tom)
    change_words(tom.account, passphrase.generate(), app.extensions["settings"], None)


def signed_out_everywhere_else(app, tom):
    end_everywhere(tom.account, but=1)


def left_quickly(app, tom):
    tom.get("/away")


@pytest.mark.parametrize("fears", [other_words, signed_out_everywhere_else, left_quickly])
def test_whoever_fears_that_somebody_came_in_ends_every_device_with_it(app, switch_on, tom, nia, fears):
    tom.sign_in()
    switch_on(tom, "1"), switch_on(nia, "3")
    fears(app, tom)
    assert actions.devices_of(tom.account) == [] and len(actions.devices_of(nia.account)) == 1
