"""What arrives at the push service, what its answer does, and that two processes that look at once send
nothing twice."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock, db
from groups.db import reading
from groups.membership.models import Membership
from groups.migrating import upgrade
from groups.reminding import actions, sending
from groups.reminding.actions import Choices
from groups.reminding.due import claim
from groups.reminding.models import Device
from groups.sentences import REMINDERS
from tests import cast, hours
from tests.conftest import settings_for
from tests.migrations.test_shape import connected
from tests.pushing import Browser
from tests.server import database_named


def test_what_arrives_is_one_of_three_sentences_in_one_size_with_the_same_words_around_it(reminded, beat, maya, tom, nia, sink):
    browsers = {}
    for person, sentence, minutes in ((maya, 0, 5), (tom, 1, 60), (nia, 2, 1440)):
        for name in ("phone", "desktop"):
            browsers[f"/push/{person.name}-{name}"] = reminded(person, name, sentence=sentence, minutes=minutes)
    hours.plan(begins_in=4)
    assert beat() == 6
    assert {browsers[got.path].open(got.body) for got in sink.got} == set(REMINDERS)
    assert len({len(got.body) for got in sink.got}) == 1
    around = {tuple((name, value) for name, value in got.headers.items() if name != "authorization") for got in sink.got}
    assert len(around) == 1, "nothing but the address and the signature differs"
    names = dict(next(iter(around)))
    assert names == {
        "host": sink.url.removeprefix("http://"), "accept-encoding": "identity", "content-length": "230", "content-encoding": "aes128gcm",
        "content-type": "application/octet-stream", "ttl": "300", "topic": "note", "urgency": "high",
    }
    assert all(got.headers["authorization"].startswith("vapid t=") for got in sink.got)


@pytest.mark.parametrize("status, stays, worked", [
    (201, True, True), (200, True, True), (404, False, False), (410, False, False), (301, True, False), (307, True, False), (308, True, False),
    (400, True, False), (403, True, False), (413, True, False), (429, True, False), (500, True, False), (503, True, False),
])
def test_what_the_service_says_is_what_becomes_of_the_device(reminded, sender, tom, sink, caplog, status, stays, worked):
    reminded(tom)
    sink.status = status
    found = actions.devices_of(tom.account)[0]
    assert sender.ask(sending.wake_of(found)) == status
    left = actions.devices_of(tom.account)
    assert len(left) == stays
    assert [one.worked_on for one in left] == ([clock.now().date() if worked else None] if stays else [])
    assert len(sink.got) == 1, "nobody is followed, and nothing is sent again"
    assert [record.getMessage() for record in caplog.records] == ([] if worked else [f"a reminder was not taken: {status}"])


def test_a_service_that_cannot_be_reached_is_logged_without_its_name(reminded, sender, tom, sink, app, caplog):
    reminded(tom)
    nowhere = "http://127.0.0.1:9"
    settings = replace(app.extensions["settings"], push_hosts=(nowhere, sink.url))
    chosen = Choices((hours.plan().room.group.slug,), 15, 0, "UTC")
    actions.switch_on(tom.account, Browser().at(f"{nowhere}/secret-endpoint"), chosen, settings)
    unreachable = sending.Sender(settings)
    assert unreachable.ask(sending.wake_of(actions.devices_of(tom.account)[1])) is None
    assert len(actions.devices_of(tom.account)) == 2
    assert [record.getMessage() for record in caplog.records] == ["a reminder was not handed over"]


def test_what_waited_too_long_is_not_sent_any_more(reminded, sender, tom, sink, freeze):
    reminded(tom)
    waited = sending.wake_of(actions.devices_of(tom.account)[0])
    freeze(clock.now() + sending.FRESH)
    assert sender.ask(waited) is None
    assert sink.got == [] and len(actions.devices_of(tom.account)) == 1


def test_that_a_device_works_is_noted_in_steps_of_a_week(reminded, sender, tom, freeze):
    reminded(tom)
    begun = clock.now()
    for days, noted in ((0, 0), (1, 0), (6, 0), (7, 7), (9, 7)):
        freeze(begun + timedelta(days=days))
        assert sender.ask(sending.wake_of(actions.devices_of(tom.account)[0])) == 201
        assert actions.devices_of(tom.account)[0].worked_on == (begun + timedelta(days=noted)).date()


def test_a_host_that_is_not_allowed_any_more_is_not_asked(reminded, sender, tom, sink, app, caplog):
    reminded(tom)
    settings = replace(app.extensions["settings"], push_hosts=())
    assert sending.Sender(settings).ask(sending.wake_of(actions.devices_of(tom.account)[0])) is None
    assert sink.got == []
    assert [record.getMessage() for record in caplog.records] == ["a reminder failed: Invalid"]


def test_under_another_secret_nothing_is_opened_and_nothing_is_lost(reminded, tom, sink, app, caplog):
    reminded(tom)
    settings = replace(app.extensions["settings"], secret="another-secret-of-more-than-forty-characters")
    assert sending.Sender(settings).ask(sending.wake_of(actions.devices_of(tom.account)[0])) is None
    assert sink.got == [] and len(actions.devices_of(tom.account)) == 1
    assert [record.getMessage() for record in caplog.records] == ["a reminder failed: InvalidTag"]


# --- two at once -----------------------------------------------------------------------------------


def at_the_same_moment(work, many=2):
    """Run it in that many threads that begin together; what each returned."""
    barrier, results = threading.Barrier(many), []

    def one():
        barrier.wait()
        results.append(work())

    threads = [threading.Thread(target=one) for _ in range(many)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def all_devices():
    with reading() as session:
        return list(session.scalars(select(Device).order_by(Device.id)))


def woken_by_two(settings, tom, harbour):
    """How many sentences two processes would send that look at the same moment, again and again."""
    for name in ("phone", "desktop"):
        endpoint = f"https://fcm.googleapis.com/{name}"
        actions.switch_on(tom, Browser().at(endpoint), Choices((harbour.slug,), 15, 0, "UTC"), settings)
    found, woken = all_devices(), []
    for _ in range(10):
        hours.plan()
        woken.append(sum(len(wakes) for wakes in at_the_same_moment(lambda: claim(found, clock.now()))))
    return woken


def test_two_that_look_at_once_wake_each_device_once(app, tom, harbour):
    assert woken_by_two(app.extensions["settings"], tom.account, harbour) == [2] * 10


def test_nor_more_than_once_on_postgresql(database, tmp_path):
    with database_named(database, "reminding"), connected(database.replace("/postgres?", "/reminding?")) as engine:
        upgrade(engine)
        cast.move_in()
        with db.reading() as session:
            member = session.scalar(select(Membership).where(Membership.name == "Tom"))
            tom = session.get(cast.Account, member.account_id)
        assert woken_by_two(settings_for(tmp_path), tom, member.group) == [2] * 10
