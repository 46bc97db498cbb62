"""A page whose sign-in has ended, or whose line is down. What somebody wrote belongs to their seat alone, whoever
comes back in the same browser; pressing something tries to come back, and nothing that was pressed is lost silently."""

import pytest
from playwright.sync_api import expect

from groups.accounts.sessions import COOKIE
from groups.meeting import commands as c
from groups.sentences import sentence
from tests import hours
from tests.browser.kept import keep_account
from tests.browser.rooms import HOUR, LETTER, TALK, press, sees
from tests.sockets import until

TITLE, LINE = "An hour", ".line-box [name=words] >> visible=true"
QUESTION = "Is there something you would like us to know, or to ask?"
# What can be read in the room at any moment from here on.
WATCH = """() => {
  const room = document.querySelector("live-room");
  window.read = "";
  const look = new MutationObserver(() => (window.read += room.innerText));
  look.observe(room, { subtree: true, childList: true, attributes: true, characterData: true });
}"""


@pytest.fixture
def signed_out(browse, house):
    """`signed_out(page, told)`: Tom's page, or somebody else's, signed out from another device of theirs. It says so by
    that sentence."""

    def end(page, told, who="Tom"):
        other = browse(house, who)
        other.goto("/me")
        press(other, "Sign out everywhere else")
        sees(page, sentence(told), seconds=20)

    return end


@pytest.fixture
def kept(browse, house):
    """`kept("Ren")`: their seven words, for they keep their account."""
    return lambda name: keep_account(browse(house, name))


@pytest.fixture
def sign_in(house):
    """`sign_in(page, "Nia")`: that account, in another window of the same browser. The page hears nothing of it."""
    return lambda page, name: page.context.add_cookies([{"name": COOKIE, "value": house.visit(name).cookie, "url": house.url}])


@pytest.mark.parametrize("shared", [False, True], ids=["a draft", "a pending share"])
def test_what_one_wrote_never_goes_out_under_the_name_of_another(room, begun, clerk, hour, signed_out, sign_in, shared):
    begun()
    maya = hours.handle("Maya")
    page = room("Tom")
    clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")), c.GiveFloor(by=maya))
    sees(page, "It is your turn.")
    page.locator("#words").fill(LETTER)
    signed_out(page, "signed_out_unkept")
    if shared:
        press(page, "Share")
    clerk.write(hour, c.EndTurn(by=maya), c.RaiseHand(by=hours.handle("Nia")), c.GiveFloor(by=maya))
    sign_in(page, "Nia")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("#words")).to_have_value("", timeout=20_000)
    sees(page, "It is your turn.")
    page.locator("#words").fill("My own.")
    press(page, "Share")
    expect(page.locator(".share", has_text="My own.")).to_have_count(1, timeout=20_000)
    expect(page.locator(".share")).to_have_count(1)


def test_before_the_line_is_up_for_the_first_time_the_page_is_one_seats_too(room, begun, sign_in):
    begun(HOUR.index(TALK))
    page = room("Tom")
    lines = []
    page.route_web_socket("**", lambda line: lines.append(line.connect_to_server()) if "let in" in lines else line.close())
    page.reload()
    page.locator("#words").fill(LETTER)
    sign_in(page, "Nia")
    lines.append("let in")
    expect(page.locator("#words")).to_have_value("", timeout=20_000)


def test_pressing_share_while_signed_out_tries_to_come_back(room, begun, signed_out, sign_in):
    begun(HOUR.index(TALK))
    tom = room("Tom")
    tom.locator("#words").fill(LETTER)
    signed_out(tom, "signed_out_unkept")
    press(tom, "Share")
    expect(tom.locator("share-box [data-state]")).to_have_text("")
    sees(tom, sentence("signed_out_unkept"))
    expect(tom.locator("#words")).to_be_editable()
    sign_in(tom, "Tom")
    press(tom, "Share")
    sees(tom, "Your words are in the room.")
    expect(tom.locator(".share")).to_have_count(1)


def test_sending_a_private_line_does_so_too(room, begun, signed_out, sign_in):
    begun()
    tom = room("Tom")
    tom.get_by_text("More", exact=True).click()
    line = tom.get_by_label("Only they and you read it").locator("visible=true")
    line.fill("Are you there?")
    tom.keyboard.press("Escape")
    signed_out(tom, "signed_out_unkept")
    expect(tom.get_by_role("button")).to_have_text(["Send"])
    press(tom, "Send")
    sees(tom, sentence("signed_out_unkept"))
    expect(line).to_have_value("Are you there?")
    sign_in(tom, "Tom")
    press(tom, "Send")
    expect(line).to_have_value("", timeout=20_000)
    sees(tom, "Are you there?")


def shows_only(page, *texts):
    """These and nothing else is to be read in the room, but the name of the hour."""
    until(lambda: stands(page) == [TITLE, *texts], 20, f"only {texts} to stand there, not {stands(page)}")


def stands(page):
    return [line for line in page.locator("live-room").inner_text().splitlines() if line.strip()]


def test_in_the_lobby_nothing_stands_any_more_but_what_was_typed(room, hour, signed_out):
    with_words, without = room("Tom", phone=True), room("Tom")
    press(with_words, "Go to the lobby")
    for page in (with_words, without):
        sees(page, "You are in the lobby, as Tom.")
    with_words.locator(LINE).fill("I am a little early.")
    signed_out(with_words, "signed_out_unkept")
    known = (QUESTION, "Only those on duty read it, and they can write back to you here.", "Tell them")
    shows_only(with_words, *known, sentence("signed_out_unkept"))
    expect(with_words.locator(LINE)).to_have_value("I am a little early.")
    shows_only(without, sentence("signed_out_here_unkept"))


@pytest.mark.parametrize("turn", [False, True], ids=["listening", "their turn"])
def test_inside_nothing_is_said_of_the_room_any_more(room, begun, clerk, hour, signed_out, turn):
    begun()
    tom, also = room("Tom", phone=True), room("Tom")
    if turn:
        clerk.write(hour, c.RaiseHand(by=hours.handle("Tom")), c.GiveFloor(by=hours.handle("Maya")))
        sees(tom, "It is your turn.")
        tom.locator("#words").fill(LETTER)
    sees(also, "It is your turn." if turn else "Listening is fine.")
    signed_out(tom, "signed_out_unkept" if turn else "signed_out_here_unkept")
    shows_only(tom, *(["Your words", "Share", sentence("signed_out_unkept")] if turn else [sentence("signed_out_here_unkept")]))
    shows_only(also, sentence("signed_out_here_unkept"))


@pytest.mark.parametrize(("who", "words"), [("Ren", ""), ("Ada", "I am a little early.")], ids=["nothing typed", "words typed"])
def test_the_line_leads_to_the_sign_in_in_another_tab_and_the_page_goes_on(room, kept, hour, signed_out, who, words):
    hours.join(who)
    seven = kept(who)
    page = room(who)
    press(page, "Go to the lobby")
    line = page.locator(LINE)
    line.fill(words)
    signed_out(page, "signed_out" if words else "signed_out_here", who)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="sign in again in another tab").click()
    other = opened.value
    assert other.evaluate("opener") is None
    other.locator("[name=words]").fill(seven)
    press(other, "Come in")
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")  # which a browser without windows leaves out
    sees(page, f"You are in the lobby, as {who}.")
    expect(line).to_have_value(words)


def everywhere(browse, house, name):
    other = browse(house, name)
    other.goto("/me")
    press(other, "Sign out everywhere")


def erased(browse, house, name):
    other = house.visit(name)
    other.get("/me/erase")
    assert other.post("/me/erase").headers["Location"] == "/erased"


@pytest.mark.parametrize("end", [everywhere, erased])
@pytest.mark.parametrize("inside", [False, True], ids=["lobby", "inside"])
def test_signed_out_everywhere_or_erased_nothing_is_offered_that_cannot_work(room, begun, browse, house, clerk, hour, end, inside):
    (wren,) = hours.join(f"{end.__name__.title()} {int(inside)}")
    begun()
    page = room(wren.name)
    press(page, "Go to the lobby")
    sees(page, f"You are in the lobby, as {wren.name}.")
    if inside:
        clerk.write(hour, c.Admit(by=hours.handle("Maya"), who=wren.handle))
        sees(page, "Listening is fine.")
    page.evaluate(WATCH)
    end(browse, house, wren.name)
    shows_only(page, sentence("signed_out_here_unkept"))
    page.wait_for_timeout(2500)
    shows_only(page, sentence("signed_out_here_unkept"))
    assert "The line dropped" not in page.evaluate("read")


def test_whoever_signs_in_again_after_signing_out_everywhere_is_inside_again(room, begun, browse, house, sign_in):
    begun()
    page = room("Tom")
    sees(page, "Listening is fine.")
    everywhere(browse, house, "Tom")
    sees(page, sentence("signed_out_here_unkept"))
    sign_in(page, "Tom")
    page.evaluate("dispatchEvent(new Event('focus'))")
    sees(page, "Listening is fine.")


def test_what_was_pressed_while_the_line_was_down_is_said_to_be_lost(room, begun):
    begun()
    tom = room("Tom")
    tom.context.set_offline(True)
    sees(tom, "The line dropped.", seconds=20)
    press(tom, "Raise your hand")
    sees(tom, "What you pressed did not go through.")
    tom.context.set_offline(False)
    sees(tom, "The line is back. What you pressed did not go through: press it again.", seconds=20)
    press(tom, "Raise your hand")
    sees(tom, "You are next. Write while you wait.")
