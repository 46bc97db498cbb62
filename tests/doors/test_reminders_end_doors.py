"""Where reminders are not switched on, and what ends them: their own browser signed out, and whatever somebody does
who fears for all of them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.db import reading
from groups.erasure.sweeping import sweep_accounts
from groups.sentences import SENTENCES
from tests.cast import Person
from tests.doors.asking import cookie
from tests.doors.test_reminders_doors import CHOSEN, PAGE, count, devices, on, said  # noqa: F401
from tests.owned import keep


def names(person):
    return [device.name for device in devices(person)]


# --- where others use the device, too ---------------------------------------------------------------


@pytest.fixture
def at_the_library(app, tom):
    """Tom's sign-in at a device that others use."""
    words = keep(app, tom)
    browser = Person("Tom", tom.account, tom.membership, app.test_client(), signed_in=True)
    assert browser.post("/sign-in", words=words, shared="y").status_code == 303
    return browser


def test_where_others_use_the_device_nothing_is_switched_on_and_the_page_says_why(on, at_the_library):  # noqa: F811
    page = at_the_library.get(PAGE)
    assert SENTENCES["shared_not_reminded"] in said(page)
    assert "Switch on for this device" not in page.text and "Switching on needs script" not in page.text
    answer, _ = on(at_the_library)
    assert answer.status_code == 403 and SENTENCES["shared_not_reminded"] in said(answer) and count() == 0


def test_what_is_on_can_be_changed_and_ended_from_there(on, tom, at_the_library, harbour):  # noqa: F811
    on(tom)
    name = names(tom)[0]
    assert at_the_library.post(f"{PAGE}/devices/{name}", groups=harbour.slug, **CHOSEN | {"minutes": "5"}).status_code == 303
    assert devices(tom)[0].minutes == 5
    assert at_the_library.post(f"{PAGE}/devices/{name}/end").status_code == 303 and count() == 0


# --- leaving -----------------------------------------------------------------------------------------


def test_leaving_quickly_forgets_every_device_of_mine_and_nobody_elses(on, tom, nia):  # noqa: F811
    on(tom, "phone")
    on(tom, "desktop")
    on(nia, "hers")
    assert '"storage"' in tom.get("/away").headers["Clear-Site-Data"]
    assert devices(tom) == [] and len(devices(nia)) == 1


@pytest.fixture
def laptop(app, tom):
    """Tom's other browser."""
    return Person("Tom", tom.account, tom.membership, app.test_client())


@pytest.mark.parametrize("way", ["/sign-out", "/forget"])
def test_signing_out_lets_go_of_what_this_browser_could_show_and_of_no_other(on, tom, laptop, way):  # noqa: F811
    on(laptop, "laptop")
    kept = names(tom)
    on(tom, "phone")
    assert '"storage"' in tom.post(way).headers["Clear-Site-Data"]
    assert names(tom) == kept


def test_what_was_switched_on_by_a_browser_goes_when_it_is_signed_out_from_elsewhere(on, tom, laptop, nia):  # noqa: F811
    on(nia, "hers"), on(tom, "phone")
    kept = names(tom)
    on(laptop, "laptop")
    with reading() as session:
        there = session.scalar(select(SignIn.public_id).where(SignIn.token_hash == hashed(cookie(laptop))))
    assert "Signing a browser out ends those it switched on" in said(tom.get("/me"))
    tom.post(f"/me/browsers/{there}/end")
    assert names(tom) == kept and len(devices(nia)) == 1


def test_whoever_comes_in_at_a_browser_ends_what_the_one_before_was_shown_there(app, on, tom, nia):  # noqa: F811
    words = keep(app, nia)
    on(tom)
    assert tom.post("/sign-in", words=words).status_code == 303
    assert devices(tom) == []


def test_coming_in_once_more_as_oneself_ends_nothing(app, on, tom):  # noqa: F811
    words = keep(app, tom)
    on(tom)
    assert tom.post("/sign-in", words=words).status_code == 303
    assert len(devices(tom)) == 1


def test_a_stranger_who_leaves_quickly_changes_nothing(on, tom, visitor):  # noqa: F811
    on(tom)
    assert visitor.get("/away").status_code == 302
    assert count() == 1


def test_an_account_that_nobody_kept_takes_its_devices_along(app, on, tom, freeze):  # noqa: F811
    on(tom)
    freeze(clock.now() + timedelta(days=4))
    assert sweep_accounts(app.extensions["keyring"], clock.now()) > 0
    assert count() == 0
