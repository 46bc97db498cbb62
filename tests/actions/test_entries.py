"""Private entries: nobody reads them but whoever has the seven words or a browser they are open in. Given
the database and the server's secret, everything else that could be tried fails."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from groups import clock
from groups.accounts import passphrase, unlocking
from groups.accounts.actions import SignedOut, end
from groups.accounts.models import SignIn
from groups.accounts.sessions import hashed
from groups.announcements import tell
from groups.checkins import actions, keys, opening
from groups.checkins.models import WORDS, EntryKey, EntryOpening, PrivateEntry
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.ids import token
from groups.sealing import derived
from tests.owned import keep, open_entries

SECRET_WORDS = "The lighthouse keeper slept badly, and so did I."
TODAY = date(2026, 11, 24)


@pytest.fixture
def words(app, tom):
    """Tom's account is kept, and these words open it."""
    return keep(app, tom)


@pytest.fixture
def key(app, tom, words):
    """His entries, open in a browser of his."""
    return open_entries(app, tom, words)


def stored(kind):
    with reading() as session:
        return session.scalars(select(kind)).all()


def stored_with(along):
    with change() as (session, _):
        along(session)


def write(tom, key, words=SECRET_WORDS, day=TODAY, kind="note"):
    return actions.write(tom.account, key, day, kind, words, TODAY)


def test_what_was_written_is_read_again_by_day_the_latest_first(tom, key):
    for day in (3, 1, 2):
        write(tom, key, f"day {day}", date(2026, 11, day))
    write(tom, key, "day 2 again", date(2026, 11, 2))
    assert [one.words for one in actions.entries_of(tom.account.id, key)] == ["day 3", "day 2 again", "day 2", "day 1"]


def test_the_database_holds_neither_words_nor_day_nor_kind_nor_length(tom, key, tmp_path):
    write(tom, key, kind="lapse")
    write(tom, key, "Short.", TODAY - timedelta(days=40))
    rows = stored(PrivateEntry)
    assert len({len(row.sealed) for row in rows}) == 1
    assert {column.name for column in PrivateEntry.__table__.columns} == {"id", "account_id", "sealed"}
    for file in tmp_path.glob("lamplight.db*"):
        for told in (SECRET_WORDS, "lighthouse", "lapse", "2026-11-24", "Short."):
            assert told.encode() not in file.read_bytes(), (told, file.name)


def test_database_and_server_secret_together_open_nothing(app, tom, key):
    """Whoever has both tries everything that is in them as a key, and everything derived from it."""
    write(tom, key)
    settings, entry = app.extensions["settings"], stored(PrivateEntry)[0]
    row, sign_in, mine = stored(EntryKey)[0], stored(SignIn)[0], stored(EntryOpening)[0]
    place = f"{tom.account.id}/{entry.id}"
    materials = [
        row.salt, row.wrapped, row.opener, mine.wrapped, mine.token_hash, sign_in.token_hash, tom.account.key, settings.secret.encode(),
        entry.sealed, str(tom.account.id).encode(),
    ]
    tries = 0
    for material in materials:
        for purpose in ("private entries", "meeting keys", "carried: words", "passphrase look-up", "codes of entries"):
            for guess in (derived(material.hex(), purpose), derived(settings.secret + material.hex(), purpose), material[:32].ljust(32, b"\0")):
                for sealed, at in ((entry.sealed, place), (row.wrapped, f"{tom.account.id}/{WORDS.hex()}"), (mine.wrapped, f"{tom.account.id}/{mine.token_hash.hex()}")):
                    tries += 1
                    with pytest.raises(keys.WrongKey):
                        keys.unseal(guess, sealed, at)
    assert tries == 450


def test_neither_the_cookie_without_the_database_nor_another_cookie_opens_them(app, tom, nia, key):
    write(tom, key)
    assert opening.key_in(tom.account.id, tom.cookie) == key
    assert opening.key_in(tom.account.id, token()) is None and opening.key_in(tom.account.id, None) is None
    assert opening.key_in(nia.account.id, tom.cookie) is None
    with pytest.raises(keys.WrongKey):
        keys.unseal(keys.key_of_cookie(tom.cookie), stored(PrivateEntry)[0].sealed, "")


def test_two_rows_that_are_swapped_are_refused_and_so_is_another_account(app, tom, nia, key):
    write(tom, key, "the first"), write(tom, key, "the second")
    with change() as (session, _):
        one, two = session.scalars(select(PrivateEntry)).all()
        one.sealed, two.sealed = two.sealed, one.sealed
    assert [one.words for one in actions.entries_of(tom.account.id, key)] == [None, None]
    with change() as (session, _):
        one, two = session.scalars(select(PrivateEntry)).all()
        one.sealed, two.sealed = two.sealed, one.sealed
        one.account_id = nia.account.id
    assert [one.words for one in actions.entries_of(nia.account.id, key)] == [None]
    assert len(actions.entries_of(tom.account.id, key)) == 1


def test_one_changed_bit_is_seen(tom, key):
    write(tom, key)
    with change() as (session, _):
        row = session.scalar(select(PrivateEntry))
        row.sealed = row.sealed[:-1] + bytes([row.sealed[-1] ^ 1])
    assert [(one.words, one.day) for one in actions.entries_of(tom.account.id, key)] == [(None, None)]


def test_other_words_open_nothing_and_new_words_open_what_the_old_did(app, tom, words, key):
    write(tom, key)
    new, other = (" ".join(passphrase.generate()) for _ in range(2))
    settings, fresh = app.extensions["settings"], token()
    with pytest.raises(keys.WrongKey):
        opening.open_with_words(tom.account.id, other, token(), settings)
    stored_with(unlocking.before_change(tom.account.id, words, new, tom.cookie, fresh))
    assert opening.key_in(tom.account.id, fresh) == key
    assert opening.key_in(tom.account.id, tom.cookie) is None, "other browsers ask for the new words"
    with pytest.raises(keys.WrongKey):
        opening.open_with_words(tom.account.id, words, token(), settings)
    assert opening.open_with_words(tom.account.id, new, again := token(), settings)
    assert actions.entries_of(tom.account.id, opening.key_in(tom.account.id, again))[0].words == SECRET_WORDS


def test_signing_in_by_the_words_opens_them_and_signing_out_shuts_them(app, tom, words, key):
    write(tom, key)
    unlocking.words_typed(tom.account.id, words, phone := token())
    assert opening.key_in(tom.account.id, phone) == key
    with reading() as session:
        sign_in = session.scalar(select(SignIn.id).where(SignIn.token_hash == hashed(tom.cookie)))
    end(sign_in)
    assert opening.key_in(tom.account.id, tom.cookie) is None
    assert hashed(tom.cookie) not in {row.token_hash for row in stored(EntryOpening)}


def test_signing_in_goes_on_where_they_do_not_open(app, tom, key):
    unlocking.words_typed(tom.account.id, " ".join(passphrase.generate()), token())
    assert len(stored(EntryOpening)) == 1


def test_each_code_of_the_card_opens_them_once(app, tom, words, key):
    codes = ["first-code-0123456789abcdef", "other-code-0123456789abcdef"]
    stored_with(unlocking.before_card(tom.account.id, words, codes, tom.cookie))
    assert len(stored(EntryKey)) == 3
    unlocking.code_used(tom.account.id, codes[0], phone := token())
    assert opening.key_in(tom.account.id, phone) == key
    unlocking.code_used(tom.account.id, codes[0], again := token())
    assert opening.key_in(tom.account.id, again) is None
    stored_with(unlocking.before_change(tom.account.id, "", new := " ".join(passphrase.generate()), phone, desk := token()))
    assert opening.open_with_words(tom.account.id, new, token(), app.extensions["settings"])
    stored_with(unlocking.before_card(tom.account.id, new, ["a-new-card-0123456789abcdef"], desk))
    unlocking.code_used(tom.account.id, codes[1], again)
    assert opening.key_in(tom.account.id, again) is None, "the card before opens nothing"


def test_somebody_who_signs_out_while_another_signs_in_takes_nothing_along(app, tom, nia, words, key):
    """The opening is stored a moment before its sign-in is, and after a code it is all there is."""
    stored_with(unlocking.before_card(tom.account.id, words, ["first-code-0123456789abcdef"], tom.cookie))
    unlocking.code_used(tom.account.id, "first-code-0123456789abcdef", phone := token())
    tell(SignedOut(1))
    assert opening.key_in(tom.account.id, phone) == key
    opening.forget_openings(clock.now() + timedelta(minutes=5))
    assert opening.key_in(tom.account.id, phone) is None


def test_a_card_made_before_the_first_page_opens_what_is_written_later(app, tom, words):
    stored_with(unlocking.before_card(tom.account.id, words, ["first-code-0123456789abcdef"], token()))
    write(tom, open_entries(app, tom, words))
    unlocking.code_used(tom.account.id, "first-code-0123456789abcdef", phone := token())
    assert actions.entries_of(tom.account.id, opening.key_in(tom.account.id, phone))[0].words == SECRET_WORDS


def test_beginning_twice_keeps_the_key(app, tom, words, key):
    write(tom, key)
    opening.begin(tom.account.id, words, other := token(), app.extensions["settings"])
    assert opening.key_in(tom.account.id, other) == key and len(stored(EntryKey)) == 1


def test_a_lapse_is_one_more_entry_and_nothing_else(tom, key):
    """No streak, no counter, nothing that begins anew: the same rows as before and one more."""
    write(tom, key, "a walk", TODAY - timedelta(days=1), "good")
    before = {row.id: row.sealed for row in stored(PrivateEntry)}
    write(tom, key, "it happened", kind="lapse")
    after = {row.id: row.sealed for row in stored(PrivateEntry)}
    assert before.items() <= after.items() and len(after) == len(before) + 1
    for kind in (EntryKey, EntryOpening, PrivateEntry):
        assert not {column.name for column in kind.__table__.columns} & {"times", "count", "days", "streak", "since"}
    assert set(vars(actions.entries_of(tom.account.id, key)[0])) == {"id", "day", "kind", "words"}


@pytest.mark.parametrize(("field", "what"), [
    ("words", {"words": "  "}), ("words", {"words": "w" * 4001}), ("day", {"day": TODAY + timedelta(days=1)}), ("day", {"day": None}),
    ("day", {"day": date(1066, 1, 1)}), ("kind", {"kind": "streak"}), ("kind", {"kind": None}),
])
def test_what_makes_no_sense_is_refused_by_name(tom, key, field, what):
    with pytest.raises(Invalid) as refused:
        write(tom, key, **what)
    assert refused.value.field == field and stored(PrivateEntry) == []


def test_without_seven_words_there_is_nothing_to_lock_them_with(app, nia):
    with pytest.raises(Refused, match="keep_first"):
        write(nia, keys.fresh_key())


def test_one_of_somebody_elses_is_not_found(tom, nia, key):
    one = write(tom, key)
    with pytest.raises(NotFound):
        actions.take_out(nia.account, one.id)
    actions.take_out(tom.account, one.id)
    assert stored(PrivateEntry) == []


def test_openings_of_browsers_that_are_gone_are_forgotten_but_not_those_of_this_moment(app, tom, key):
    with change() as (session, _):
        session.add(EntryOpening(token_hash=b"x" * 32, account_id=tom.account.id, wrapped=b"", made_at=clock.now()))
    opening.forget_openings(clock.now())
    assert len(stored(EntryOpening)) == 2
    opening.forget_openings(clock.now() + timedelta(minutes=3))
    assert [row.token_hash for row in stored(EntryOpening)] == [hashed(tom.cookie)]
