"""The one cookie: what is in it, when it changes, and that once a sign-in has ended, in whichever way, it opens
no page at all, also none that nobody thought of."""

import re
from base64 import urlsafe_b64decode

import pytest
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import func, select

from groups.accounts import passphrase, spare_codes
from groups.accounts.actions import keep_account, open_account
from groups.accounts.models import IDLE, SignIn
from groups.accounts.sessions import COOKIE, hashed
from groups.db import change, reading
from groups.membership.models import Group
from tests.cast import Person
from tests.doors.asking import cookie, words_on
from tests.house.doors import doors, path
from tests.owned import keep

# What anybody may open, signed in or not. Everything else leads to the sign-in, or is not there.
FOR_ANYBODY = {
    "schedule.front", "schedule.calendar", "schedule.choose_zone", "schedule.meeting", "subscribing.one_date",
    "membership.group", "membership.join", "membership.found", "honest.seen", "crisis.lines", "crisis.out", "crisis.kept",
    "accounts.sign_in", "codes.sign_in", "passkeys.begin", "passkeys.sign_in",
    "accounts.sign_out", "accounts.away", "browsers.forget", "leaving.leaving", "erasure.erased", "codes.put_away",
    "exchange.bmlt_feed", "exchange.document", "exchange.groups", "exchange.meetings", "exchange.meetings_feed", "exchange.series",
    "health.health", "health.ready",
}
ONE_RANDOM_FIELD = re.compile(r"[A-Za-z0-9_-]{43}")  # 256 bits, nothing signed and nothing packed
VARIES = re.compile(r'name="csrf_token"[^>]*value="[^"]+"|^(?:UID|DTSTAMP|LAST-MODIFIED):.*$|"challenge":"[^"]+"', re.M)


@pytest.fixture
def words(app, tom):
    return keep(app, tom)


@pytest.fixture
def phone(app, tom, words):
    """Tom's other browser, signed in."""
    other = Person("Tom", tom.account, tom.membership, app.test_client())
    other.sign_in()
    return other


def public_id(of):
    with reading() as session:
        return session.scalar(select(SignIn.public_id).where(SignIn.token_hash == hashed(of)))


def signs_out(tom, phone, words, freeze):
    phone.post("/sign-out")


def leaves_quickly(tom, phone, words, freeze):
    phone.get("/away")


def forgets_this_browser(tom, phone, words, freeze):
    phone.post("/forget")


def is_signed_out_from_elsewhere(tom, phone, words, freeze):
    tom.post(f"/me/browsers/{public_id(cookie(phone))}/end")


def is_signed_out_everywhere_else(tom, phone, words, freeze):
    tom.post("/me/browsers/end")


def is_signed_out_everywhere(tom, phone, words, freeze):
    tom.post("/me/browsers/end", here="1")


def chooses_other_words(tom, phone, words, freeze):
    tom.post("/me/words", words=words_on(tom.get("/me/words")), old=words)


def erases_themselves(tom, phone, words, freeze):
    tom.post("/me/erase", words=words, agrees="y")


def signs_in_again(tom, phone, words, freeze):
    phone.post("/sign-in", words=words)


def stays_away_too_long(tom, phone, words, freeze):
    freeze.forward(seconds=IDLE.total_seconds() + 60)


ENDS = (
    signs_out, leaves_quickly, forgets_this_browser, is_signed_out_from_elsewhere, is_signed_out_everywhere_else, is_signed_out_everywhere,
    chooses_other_words, erases_themselves, signs_in_again, stays_away_too_long,
)


def by_words(app, visitor):
    words = " ".join(passphrase.generate())
    keep_account(open_account(), words.split(), app.extensions["settings"])
    visitor.client.post("/sign-in", data={"words": words})


def by_a_spare_code(app, visitor):
    account = keep_account(open_account(), passphrase.generate(), app.extensions["settings"])
    codes = spare_codes.draw()
    spare_codes.make_card(account, codes, app.extensions["settings"])
    visitor.client.post("/sign-in/code", data={"code": codes[0]})


def by_a_name_alone(app, visitor):
    with reading() as session:
        slug = session.scalar(select(Group.slug).where(Group.name == "Harbour"))
    visitor.client.post(f"/g/{slug}/join", data={"name": "Olga", "agree": "y"})


def by_keeping_the_account(app, visitor):
    by_a_name_alone(app, visitor)
    visitor.came = cookie(visitor)
    visitor.client.post("/keep", data={"words": words_on(visitor.get("/keep"))})


@pytest.mark.parametrize("come_in", [by_words, by_a_spare_code, by_a_name_alone, by_keeping_the_account], ids=lambda how: how.__name__)
def test_whoever_comes_in_gets_a_new_cookie_and_the_one_before_is_nobodys(app, visitor, come_in):
    """A cookie that somebody else planted, or saw, is worth nothing after it (`test_passkey_doors.py` for passkeys)."""
    visitor.client.get("/sign-in/code")
    visitor.client.set_cookie(COOKIE, "planted-by-somebody-else-before-the-sign-in")
    with change() as (session, _):
        session.add(SignIn(token_hash=hashed("planted-by-somebody-else-before-the-sign-in")))
    come_in(app, visitor)
    before = getattr(visitor, "came", "planted-by-somebody-else-before-the-sign-in")
    assert asked(app, "GET", "/me", cookie(visitor)).status_code == 200
    assert cookie(visitor) != before
    assert asked(app, "GET", "/me", before).location == "/sign-in?next=/me"


def test_a_browser_holds_one_cookie_and_in_it_one_random_field(app, behind, tom, words):
    """From the same place and browser twice: nothing is alike. Whichever page is opened, no other cookie is
    given; but for the zone somebody chose, which is there without a sign-in."""
    given = []
    for _ in range(2):
        client = app.test_client()
        client.post("/sign-in", data={"words": words}, headers={"User-Agent": "The same/1.0"}, environ_base={"REMOTE_ADDR": "198.51.100.7"})
        for endpoint, method, rule in doors(app):
            if method == "GET" and endpoint != "accounts.away":
                answer = client.get(path(app, rule, behind["harbour"]))
                assert {one.split("=")[0] for one in answer.headers.getlist("Set-Cookie")} <= {COOKIE}, rule
        assert list(client._cookies) == [("localhost", "/", COOKIE)]
        value = client.get_cookie(COOKIE).value
        assert ONE_RANDOM_FIELD.fullmatch(value), value
        with pytest.raises(BadSignature):
            URLSafeTimedSerializer(app.secret_key).loads(value)
        given.append(urlsafe_b64decode(value + "="))
    one, other = given
    alike = sum(a == b for a, b in zip(one, other, strict=True))
    assert len(one) == 32 and alike <= 4, "of 32 bytes, chance alone makes five alike once in five million times"


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_however_it_ended_the_old_cookie_is_nobodys(app, tom, phone, words, freeze, end):
    old = cookie(phone)
    assert asked(app, "GET", "/me", old).status_code == 200
    end(tom, phone, words, freeze)
    for method in ("GET", "POST"):
        answer = asked(app, method, "/me/codes", old)
        assert (answer.status_code, answer.location) == (303, "/sign-in?next=/me/codes")
        assert f"s={old}" not in answer.headers.get("Set-Cookie", "")


@pytest.mark.parametrize("end", [is_signed_out_from_elsewhere, stays_away_too_long], ids=["its row is gone", "its row is there still"])
def test_no_page_answers_it_otherwise_than_somebody_who_never_was_here(app, behind, tom, phone, words, freeze, end):
    old = cookie(phone)
    end(tom, phone, words, freeze)
    for endpoint, method, rule in doors(app):
        address = path(app, rule, behind["harbour"])
        answer = answered_as_nobody(app, method, address, old)
        if endpoint not in FOR_ANYBODY:
            to_the_door = answer.status_code == 303 and answer.location.startswith("/sign-in")
            assert to_the_door or answer.status_code in (403, 404), (method, address, answer.status_code)
    with reading() as session:
        mine = select(func.count()).select_from(SignIn).where(SignIn.token_hash == hashed(old))
        assert session.scalar(mine) <= (end is stays_away_too_long), "nothing brought it back (and leaving quickly took it away)"


def asked(app, method, address, sent):
    """The answer to somebody with this cookie (None: with none), whatever a page before gave them."""
    client = app.test_client(use_cookies=False)
    return client.open(address, method=method, headers={"Cookie": f"s={sent}"} if sent else {})


def answered_as_nobody(app, method, address, old):
    """The answer to the old cookie, which is the one to somebody with none. Asked again where they differ: a
    minute may have turned between the two."""
    for _ in range(3):
        of_old, of_nobody = (asked(app, method, address, sent) for sent in (old, None))
        if told(of_old) == told(of_nobody):
            return of_old
    raise AssertionError(f"{method} {address} tells an old cookie from none")


def told(answer):
    """All of an answer but for what is new each time."""
    return answer.status_code, answer.location, VARIES.sub("", answer.text)
