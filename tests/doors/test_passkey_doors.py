"""Passkeys: added once the words were typed, and opening the door only for the very key that was asked."""

import json
import re

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts import passkeys
from groups.accounts.models import Passkey, SignIn
from groups.accounts.passkey_routes import ANSWERED_WITHIN
from groups.db import change, reading
from groups.schedule.words import dated_words
from tests.authenticator import Authenticator
from tests.doors.asking import cookie, guard
from tests.doors.test_words_doors import OTHERS, SEVEN, count, settings, words  # noqa: F401

UNKNOWN, NOT_READ = "This passkey opens nothing here", "did not arrive whole"
HERE = "http://localhost"
CAME_IN_WITH = "The one you came in with."


@pytest.fixture
def device(tom, words):  # noqa: F811
    """A device that holds a passkey of Tom's."""
    device = Authenticator(HERE)
    answer = add(tom, device)
    assert (answer.status_code, answer.location) == (303, "/me/passkeys")
    return device


def asked(person, **form):
    answer = person.post("/me/passkeys/begin", **form)
    assert answer.status_code == 200, answer.text
    return answer.json


def add(person, device, words=SEVEN):  # noqa: F811
    return person.post("/me/passkeys", credential=device.make(asked(person, words=words)))


def come_in(person, device):
    return person.post("/sign-in/passkey", credential=device.show(person.post("/sign-in/passkey/begin").json))


def test_what_a_device_is_asked_says_nothing_of_anybody(tom, nia, words, device, settings, visitor):  # noqa: F811
    first, second = asked(tom, words=SEVEN), asked(tom, words=SEVEN)
    assert first["user"]["name"] == first["user"]["displayName"] == "My page"
    assert first["rp"] == {"name": "localhost", "id": "localhost"}
    assert first["user"]["id"] != second["user"]["id"], "two keys of one account are not alike"
    chosen = first["authenticatorSelection"]
    assert (chosen["residentKey"], chosen["userVerification"]) == ("required", "required")
    assert first["attestation"] == "none"
    door = visitor.post("/sign-in/passkey/begin").json
    assert not door.get("allowCredentials") and door["userVerification"] == "required"


def test_a_passkey_opens_ones_own_page_by_a_new_cookie(app, visitor, tom, device):
    asked_first = visitor.post("/sign-in/passkey/begin").json
    before = cookie(visitor)
    answer = visitor.post("/sign-in/passkey", credential=device.show(asked_first))
    assert (answer.status_code, answer.location) == (303, "/")
    assert cookie(visitor) not in (None, "", before)
    assert "Harbour" in visitor.get("/me").text
    with reading() as session:
        assert session.scalar(select(SignIn.came_by).where(SignIn.came_by != "")) == "passkey"


@pytest.mark.parametrize("shared", ["", "y"])
def test_it_is_heard_that_others_use_the_device_too(visitor, device, shared):
    asked_first = visitor.post("/sign-in/passkey/begin").json
    answer = visitor.post("/sign-in/passkey", credential=device.show(asked_first), shared=shared)
    given = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("s="))
    assert ("Max-Age" in given) == (not shared)
    assert ("Others use this device, too." in visitor.get("/me").text) == bool(shared)


@pytest.mark.parametrize("typed, status", [("", 422), (OTHERS, 422), ("abacus", 422), ("x" * 500, 422)])
def test_without_the_words_a_device_is_not_even_asked(tom, words, typed, status):  # noqa: F811
    answer = tom.post("/me/passkeys/begin", words=typed)
    assert answer.status_code == status and answer.json["said"][-1] == "."
    assert "challenge" not in answer.json
    assert tom.post("/me/passkeys", credential="{}").status_code == 422


def test_an_answer_counts_once_and_for_a_few_minutes(visitor, tom, device, freeze):
    said = device.show(visitor.post("/sign-in/passkey/begin").json)
    assert visitor.post("/sign-in/passkey", credential=said).status_code == 303
    visitor.post("/sign-out")
    again = visitor.post("/sign-in/passkey", credential=said)
    assert again.status_code == 422 and NOT_READ in again.text
    said = device.show(visitor.post("/sign-in/passkey/begin").json)
    freeze.forward(seconds=ANSWERED_WITHIN.total_seconds() + 1)
    assert visitor.post("/sign-in/passkey", credential=said).status_code == 422


def wrong_origin(device):
    device.origin = "https://evil.example"


def nobody_looked(device):
    device.verified = False


def another_handle(device):
    device.handle = b"h" * 32


def a_copy_that_lags(device):
    device.times = -1


def another_key(device):
    device._key = Authenticator(HERE)._key


def unknown(device):
    device.credential = b"c" * 32


@pytest.mark.parametrize("wrong", [wrong_origin, nobody_looked, another_handle, a_copy_that_lags, another_key, unknown])
def test_every_wrong_answer_gets_the_same_words(visitor, tom, device, wrong):
    assert come_in(visitor, device).status_code == 303
    visitor.post("/sign-out")
    device.times = 5
    assert come_in(visitor, device).status_code == 303
    visitor.post("/sign-out")
    wrong(device)
    answer = come_in(visitor, device)
    assert answer.status_code == 403 and UNKNOWN in answer.text
    assert visitor.get("/me").location == "/sign-in?next=/me"


@pytest.mark.parametrize("said", [
    "", "{}", "[]", "null", "x" * 20_000, '{"rawId": 7, "response": {}}', '{"rawId": "!!", "response": {}}', "[" * 9000,
    '{"rawId": "AAAA", "response": []}', "\x00",
])
@pytest.mark.parametrize("path", ["/sign-in/passkey", "/me/passkeys"])
def test_nonsense_is_refused_kindly(tom, words, said, path):  # noqa: F811
    tom.post("/sign-in/passkey/begin") if "sign-in" in path else asked(tom, words=SEVEN)
    answer = tom.post(path, credential=said)
    assert answer.status_code in (403, 422) and (NOT_READ in answer.text or UNKNOWN in answer.text)
    assert count(Passkey, tom.account) == 0


def test_known_parts_with_nonsense_inside_open_nothing(visitor, tom, device):
    said = json.loads(device.show(visitor.post("/sign-in/passkey/begin").json))
    for part, odd in (("signature", 7), ("signature", "AA"), ("clientDataJSON", "AA"), ("authenticatorData", ""), ("userHandle", None), ("userHandle", 7)):
        visitor.post("/sign-in/passkey/begin")
        broken = said | {"response": said["response"] | {part: odd}}
        assert visitor.post("/sign-in/passkey", credential=json.dumps(broken)).status_code in (403, 422), part


@pytest.mark.parametrize("spoil", [wrong_origin, nobody_looked])
def test_a_passkey_made_elsewhere_or_with_nobody_looking_is_not_kept(tom, words, spoil):  # noqa: F811
    device = Authenticator(HERE)
    spoil(device)
    answer = add(tom, device)
    assert answer.status_code == 422 and NOT_READ in answer.text
    assert count(Passkey, tom.account) == 0


def test_one_key_belongs_to_one_account(tom, device):
    answer = add(tom, device)
    assert answer.status_code == 422 and "holds a passkey for this account already" in answer.text


def test_an_account_holds_ten(tom, words):  # noqa: F811
    with change() as (session, _):
        session.add_all(
            Passkey(account_id=tom.account.id, credential=bytes([n]), handle=b"h", public_key=b"k", added_on=clock.now().date())
            for n in range(passkeys.MOST)
        )
    answer = tom.post("/me/passkeys/begin", words=SEVEN)
    assert answer.status_code == 403 and "at most 10" in answer.json["said"]


def test_removing_one_ends_it_and_only_ones_own_can_be_removed(visitor, tom, nia, device):
    with reading() as session:
        name = session.scalar(select(Passkey.public_id))
    assert nia.post(f"/me/passkeys/{name}/end").status_code in (303, 404) and count(Passkey, tom.account) == 1
    assert tom.post(f"/me/passkeys/{name}/end").location == "/me/passkeys"
    page = tom.get("/me/passkeys").text
    assert "Browsers that came in by it stay signed in" in page and 'href="/me#browsers"' in page
    assert tom.post(f"/me/passkeys/{name}/end").location == "/me/passkeys"
    assert "It was removed already." in tom.get("/me/passkeys").text
    assert come_in(visitor, device).status_code == 403


def test_each_says_its_day_and_which_one_opened_this_browser(visitor, tom, device, freeze):
    freeze.forward(days=1)
    tom.sign_in()
    other = Authenticator(HERE)
    add(tom, other)
    assert CAME_IN_WITH not in tom.get("/me/passkeys").text
    first, second = (one.added_on for one in passkeys.passkeys_of(tom.account))
    come_in(visitor, other)
    rows = re.findall(r'<li class="row">(.*?)</li>', visitor.get("/me/passkeys").text, re.DOTALL)
    assert [dated_words(day) in row for day, row in zip((first, second), rows, strict=True)] == [True, True] and first != second
    assert [CAME_IN_WITH in row for row in rows] == [False, True]


def test_nothing_is_kept_of_the_device_but_its_key(tom, device):
    columns = {column.name for column in Passkey.__table__.columns}
    assert columns == {"id", "public_id", "account_id", "credential", "handle", "public_key", "times", "added_on"}


def test_a_form_from_elsewhere_adds_and_opens_nothing(app, tom, visitor, device):
    guard(app)
    for person, path in ((tom, "/me/passkeys"), (tom, "/me/passkeys/begin"), (visitor, "/sign-in/passkey"), (visitor, "/sign-in/passkey/begin")):
        assert person.post(path, credential="{}", words=SEVEN).status_code == 400
