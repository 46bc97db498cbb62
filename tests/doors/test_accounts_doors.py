"""The doors of an account: in, me, out, away."""

from urllib.parse import unquote

import pytest
from sqlalchemy import func, select

from groups import announcements
from groups.accounts import actions, passphrase
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import COOKIE
from groups.db import change, reading
from tests.cast import Person
from tests.doors.asking import cookie, guard, is_kept, token_in

SEVEN = "abacus tshirt zoom yoyo dropdown ambulance felttip"
OTHERS = "zoom abacus tshirt yoyo dropdown ambulance felttip"
UNKNOWN = "These seven words open nothing."
DIFFERENT = "These are not quite the words shown."


@pytest.fixture
def words(app, otto):
    """Otto's account is kept, and these words open it."""
    actions.keep_account(otto.account, SEVEN.split(), app.extensions["settings"])
    return SEVEN


def rows(kind):
    with reading() as session:
        return session.scalar(select(func.count()).select_from(kind))


# --- signing in ---------------------------------------------------------------------------------


def test_seven_words_open_ones_own_page(visitor, words):
    assert "autocapitalize=\"none\"" in visitor.get("/sign-in").text
    answer = visitor.post("/sign-in", words="Abacus, T-shirt, zoom, yo-yo, drop-down, ambulance, felt-tip")
    assert (answer.status_code, answer.location) == (303, "/")
    assert "Your groups" in visitor.get("/me").text


@pytest.mark.parametrize("typed, status, told", [
    (OTHERS, 403, UNKNOWN),
    ("", 422, "Here are 0."),
    ("abacus tshirt zoom", 422, "Here are 3."),
    ("abacus tshirt zoom yoyo dropdown ambulance feltip", 422, "Word 7 is not one of ours."),
    ("x" * 201, 422, "shorten it"),
    ("\x00<script>", 422, "Here are"),
])
def test_words_that_do_not_fit_are_told_so_and_stay_in_their_field(visitor, words, typed, status, told):
    answer = visitor.post("/sign-in", words=typed)
    assert answer.status_code == status
    assert told in answer.text
    assert f'value="{typed}"' in answer.text or not typed.isalpha()
    assert 'aria-invalid="true"' in answer.text
    assert "<script>" not in answer.text
    assert visitor.get("/me").location == "/sign-in?next=/me"


def test_wrong_words_get_one_answer_whether_near_or_far(visitor, words):
    answers = {visitor.post("/sign-in", words=wrong).text.replace(wrong, "…") for wrong in (OTHERS, "zoom zoom zoom zoom zoom zoom zoom")}
    assert len(answers) == 1


def test_a_form_without_its_field_is_an_empty_one(visitor):
    assert visitor.post("/sign-in").status_code == 422


def test_signing_in_gives_a_new_cookie_and_the_old_one_opens_nothing(app, visitor, words):
    guard(app)
    token = token_in(visitor.get("/sign-in"))
    before = cookie(visitor)
    assert visitor.post("/sign-in", words=words, csrf_token=token).status_code == 303
    after = cookie(visitor)
    assert before and after and before != after
    thief = app.test_client()
    thief.set_cookie(COOKIE, before)
    assert thief.get("/me").location == "/sign-in?next=/me"


def test_the_words_are_nowhere_once_one_is_in(app, visitor, words, tmp_path):
    answer = visitor.post("/sign-in", words=words)
    seen = answer.text + str(answer.headers) + visitor.get("/me").text + visitor.get("/keep").text + cookie(visitor)
    stored = b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))
    for word in words.split():
        if word not in ("zoom",):  # also a setting of the viewport
            assert word not in seen
            assert word.encode() not in stored


@pytest.mark.parametrize("wanted, taken_to", [
    ("/g/abc/join?meeting=xyz", "/g/abc/join?meeting=xyz"), ("//evil.example", "/"), ("https://evil.example", "/"), ("/\\evil.example", "/"),
    ("\\\\evil.example", "/"), ("/\tx", "/"), ("javascript:alert(1)", "/"), ("", "/"), ("/" + "x" * 300, "/"),
])
def test_one_goes_on_only_to_pages_of_ours(visitor, words, wanted, taken_to):
    answer = visitor.client.post("/sign-in", query_string={"next": wanted}, data={"words": words})
    assert unquote(answer.location) == taken_to


def test_coming_in_as_somebody_else_ends_what_the_first_one_had_open(tom, words):
    heard = []
    announcements.on(actions.SignedOut, heard.append)
    tom.get("/me")
    tom.post("/sign-in", words=words)
    announcements.forget(actions.SignedOut, heard.append)
    assert len(heard) == 1
    assert "Tom" not in tom.get("/me").text


def test_a_crowd_at_the_door_is_told_when_to_try_again(visitor, words, monkeypatch):
    monkeypatch.setattr(passphrase, "_places", passphrase.threading.BoundedSemaphore(1))
    passphrase._places.acquire()
    answer = visitor.post("/sign-in", words=words)
    assert answer.status_code == 429
    assert answer.headers["Retry-After"]
    assert words in answer.text
    assert "once more in a few seconds" in answer.text


# --- my page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/keep", "/me"])
def test_a_visitor_is_asked_to_sign_in_first(visitor, path):
    assert visitor.get(path).location == f"/sign-in?next={path}"


def test_a_visitor_who_sends_the_form_keeps_nothing(visitor):
    before = rows(Account)
    assert visitor.post("/keep", words=SEVEN).location == "/sign-in?next=/keep"
    assert rows(Account) == before


def test_my_page_lists_my_groups_under_my_names_there_and_nobody_elses(tom, vera):
    page = tom.get("/me").text
    assert "Harbour" in page and "Tom" in page
    assert "Willow" not in page and "Maya" not in page
    assert "Willow" in vera.get("/me").text


def test_my_page_warns_while_the_account_is_not_kept(tom, otto, words):
    assert "is not kept yet" in tom.get("/me").text
    assert "is not kept yet" not in otto.get("/me").text


# --- out and away ---------------------------------------------------------------------------------


@pytest.mark.parametrize("leave", [lambda person: person.post("/sign-out"), lambda person: person.get("/away")])
def test_leaving_ends_the_sign_in_here_and_for_whoever_kept_the_cookie(app, tom, leave):
    heard = []
    announcements.on(actions.SignedOut, heard.append)
    assert "Harbour" in tom.get("/me").text
    kept, before = cookie(tom), rows(SignIn)
    answer = leave(tom)
    announcements.forget(actions.SignedOut, heard.append)
    assert answer.status_code in (302, 303)
    assert cookie(tom) in (None, "")
    assert rows(SignIn) == before - 1
    assert len(heard) == 1
    thief = app.test_client()
    thief.set_cookie(COOKIE, kept)
    for path in ("/me", "/keep"):
        assert thief.get(path).location == f"/sign-in?next={path}"
    assert "Sign in" in thief.get("/sign-in").text


def test_away_leaves_no_trace_and_lands_somewhere_harmless(tom):
    tom.client.set_cookie("tz", "Europe/Berlin")
    answer = tom.get("/away")
    assert (answer.status_code, answer.location) == (302, "https://www.wikipedia.org/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"', "all cookies would take the one along that leads nobody back"
    assert answer.headers["Cache-Control"] == "no-store"
    assert tom.client.get_cookie("tz") is None
    assert cookie(tom) in (None, "")


def test_away_and_out_are_there_for_a_visitor_too(visitor):
    before = rows(SignIn)
    assert visitor.get("/away").status_code == 302
    assert visitor.post("/sign-out").status_code == 303
    assert rows(SignIn) == before


def test_signing_out_needs_a_form_and_away_needs_none(tom):
    assert tom.get("/sign-out").location == "/"
    assert "Harbour" in tom.get("/me").text


def test_signing_out_keeps_the_account(app, otto, words):
    otto.post("/sign-out")
    assert actions.come_in(words, app.extensions["settings"]).id == otto.account.id


# --- for all of them -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/keep"])
def test_a_form_from_elsewhere_changes_nothing(app, tom, words, path):
    guard(app)
    tom.get("/me")
    with reading() as session:
        before = session.execute(select(SignIn.__table__)).all()
    answer = tom.post(path, words=words)
    assert answer.status_code == 400
    assert "nothing of it was sent" in answer.text and " ".join(words) not in answer.text
    with reading() as session:
        assert session.execute(select(SignIn.__table__)).all() == before
    assert "Harbour" in tom.get("/me").text
    assert not is_kept(tom)


def test_no_page_of_an_account_holds_its_number(app):
    with change() as (session, _):
        account = Account(id=987_654_321)
        session.add(account)
    una = Person("Una", account, None, app.test_client())
    for path in ("/me", "/keep", "/sign-in"):
        answer = una.get(path)
        assert answer.status_code == 200
        assert "987654321" not in answer.text + str(answer.headers) + cookie(una)


def test_signing_out_ends_nobody_whose_row_took_the_same_number(tom):
    """A database may give a number away again at once: to whoever comes in at this very moment."""
    def takes_the_number(news):
        with change() as (session, _):
            session.add(SignIn(id=news.sign_in_id, token_hash=b"somebody else's", account_id=None))

    announcements.on(actions.SignedOut, takes_the_number)
    try:
        assert tom.post("/sign-out").status_code == 303
    finally:
        announcements.forget(actions.SignedOut, takes_the_number)
    with reading() as session:
        assert session.scalar(select(SignIn.token_hash).where(SignIn.token_hash == b"somebody else's"))
