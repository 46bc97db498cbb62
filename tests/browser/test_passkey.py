"""A passkey in a real browser, with its own virtual authenticator; and a card's pattern at the door."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from groups.accounts.actions import keep_account
from groups.accounts.models import Account, Passkey, SignIn
from groups.db import reading
from groups.membership.models import Membership
from tests.server import SECRET

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
HISTORY = "Your browser may keep this address, with the code in it, in its history. Once used it opens nothing; if you do not use it now, make a new card."
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def here(server):
    """The house by its name: a number can have no passkeys. Tom's account is kept."""
    with reading() as session:
        account = session.scalar(select(Account).join(Membership).where(Membership.name == "Tom"))
    keep_account(account, SEVEN.split(), SimpleNamespace(secret=SECRET, fast_hash=True))
    return server.url.replace("127.0.0.1", "localhost")


def device(page):
    """A device in this window that holds passkeys and knows who holds it; what speaks for it, and its name."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})["authenticatorId"]


def come_in(page, here, onward="/"):
    """By the seven words, to the page one was led from."""
    page.goto(f"{here}/sign-in{f'?next={onward}' if onward != '/' else ''}")
    page.get_by_label("Your seven words").fill(SEVEN)
    page.get_by_role("button", name="Come in", exact=True).click()
    page.wait_for_url(f"{here}{onward}")


def test_a_passkey_is_added_and_opens_the_door_with_no_name_typed(server, browse, here):
    page = browse(server, phone=True)
    wire, held_by = device(page)
    come_in(page, here)
    page.goto(f"{here}/me/passkeys")
    page.get_by_label("Your seven words").fill("abacus")
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("alert").get_by_text("An account has seven words").wait_for()
    page.get_by_label("Your seven words").fill(SEVEN)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_text("This device opens your page from now on.").wait_for()
    kept = wire.send("WebAuthn.getCredentials", {"authenticatorId": held_by})["credentials"]
    assert [(one["isResidentCredential"], one["rpId"], one.get("userName"), one.get("userDisplayName")) for one in kept] == [
        (True, "localhost", "My page", "My page")
    ]
    page.goto(f"{here}/me")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(f"{here}/sign-in")
    page.get_by_role("button", name="Come in with a passkey").click()
    page.wait_for_url(f"{here}/")
    page.goto(f"{here}/me")
    page.get_by_text("you came in with a passkey").wait_for()
    with reading() as session:
        assert session.scalar(select(Passkey.times)) > 0

    page.get_by_role("button", name="Sign out", exact=True).click()
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": held_by, "isUserVerified": False})
    page.goto(f"{here}/sign-in")
    page.get_by_role("button", name="Come in with a passkey").click()
    page.get_by_role("alert").get_by_text("Your seven words work as well.").wait_for()
    page.get_by_role("link", name="Use a spare code").wait_for()


def test_a_device_that_was_told_no_leaves_no_words_in_the_field(server, browse, here):
    page = browse(server, phone=True)
    wire, held_by = device(page)
    come_in(page, here, "/me/passkeys")
    wire.send("WebAuthn.setUserVerified", {"authenticatorId": held_by, "isUserVerified": False})
    page.get_by_label("Your seven words").fill(SEVEN)
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("alert").get_by_text("Your device did not make one.").wait_for()
    assert page.get_by_label("Your seven words").input_value() == ""


def test_without_script_the_door_offers_no_passkey_and_says_so_where_one_is_added(server, browse, here):
    page = browse(server, "Tom", script=False)
    page.goto("/sign-in")
    assert not page.get_by_role("button", name="Come in with a passkey").is_visible()
    page.goto("/me/passkeys")
    assert page.get_by_text("Your seven words work everywhere.").is_visible()


def test_the_pattern_of_a_card_fills_the_field_and_leaves_the_address(server, browse, here):
    page = browse(server, "Tom", phone=True)
    page.goto("/me/codes")
    page.get_by_label("Your seven words").fill(SEVEN)
    page.get_by_role("button", name="Make a card").click()
    code = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="With a QR code").click()
    page.locator(".pattern svg").wait_for()
    stranger = browse(server, phone=True)
    stranger.goto("/sign-in/code")
    assert stranger.get_by_text(HISTORY).is_hidden(), "whoever types a code has none in the address"
    stranger.goto("/sign-in")
    stranger.goto(f"/sign-in/code#{code}")
    stranger.wait_for_function("location.hash === ''")
    assert stranger.get_by_label("One of your spare codes").input_value() == code
    assert stranger.get_by_text(HISTORY).is_visible()
    stranger.get_by_label("One of your spare codes").fill("")
    stranger.evaluate(f"location.hash = '{code}'")  # the same page, opened by the pattern once more in this tab
    stranger.wait_for_function("location.hash === ''")
    assert stranger.get_by_label("One of your spare codes").input_value() == code
    stranger.get_by_role("button", name="Come in", exact=True).click()
    stranger.get_by_text("You came in by a spare code").wait_for()
    with reading() as session:
        assert "code" in session.scalars(select(SignIn.came_by)).all()
