"""Words are sealed under a key that dies with its meeting."""

import stat
import threading

import pytest

from groups.sealing import KeyGone, Keyring

SECRET = "a-secret-of-at-least-thirty-two-characters"
WORDS = b"It was a hard week."


@pytest.fixture
def ring(tmp_path):
    ring = Keyring(tmp_path / "keys", SECRET)
    ring.create("meeting1")
    return ring


def test_what_was_sealed_opens_again_also_after_a_restart(ring, tmp_path):
    sealed = ring.seal("meeting1", WORDS, b"7")
    assert WORDS not in sealed
    assert ring.open("meeting1", sealed, b"7") == WORDS
    assert Keyring(tmp_path / "keys", SECRET).open("meeting1", sealed, b"7") == WORDS


def test_the_same_words_never_look_the_same_twice(ring):
    assert ring.seal("meeting1", WORDS, b"7") != ring.seal("meeting1", WORDS, b"7")


def test_words_moved_to_another_place_do_not_open(ring):
    with pytest.raises(KeyGone):
        ring.open("meeting1", ring.seal("meeting1", WORDS, b"7"), b"8")


def test_words_of_one_meeting_do_not_open_with_another_meetings_key(ring):
    ring.create("meeting2")
    with pytest.raises(KeyGone):
        ring.open("meeting2", ring.seal("meeting1", WORDS, b"7"), b"7")


def test_a_changed_byte_is_noticed(ring):
    sealed = bytearray(ring.seal("meeting1", WORDS, b"7"))
    sealed[-1] ^= 1
    with pytest.raises(KeyGone):
        ring.open("meeting1", bytes(sealed), b"7")


def test_after_the_keys_destruction_nothing_opens_here_or_anywhere(ring, tmp_path):
    sealed = ring.seal("meeting1", WORDS, b"7")
    ring.destroy("meeting1")
    ring.destroy("meeting1")
    assert list((tmp_path / "keys").iterdir()) == []
    for keyring in (ring, Keyring(tmp_path / "keys", SECRET)):
        with pytest.raises(KeyGone):
            keyring.open("meeting1", sealed, b"7")


def test_a_copied_key_folder_is_worthless_without_the_secret(ring, tmp_path):
    sealed = ring.seal("meeting1", WORDS, b"7")
    with pytest.raises(KeyGone):
        Keyring(tmp_path / "keys", SECRET + "?").open("meeting1", sealed, b"7")


def test_a_key_is_made_once_however_many_ask_at_once(tmp_path):
    rings = [Keyring(tmp_path / "keys", SECRET) for _ in range(8)]
    threads = [threading.Thread(target=ring.create, args=["meeting1"]) for ring in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sealed = rings[0].seal("meeting1", WORDS, b"7")
    assert all(ring.open("meeting1", sealed, b"7") == WORDS for ring in rings)
    assert [file.name for file in (tmp_path / "keys").iterdir()] == ["meeting1.key"]


def test_only_we_can_read_the_keys(ring, tmp_path):
    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "keys" / "meeting1.key").stat().st_mode) == 0o600
    assert ring.names() == ["meeting1"]


@pytest.mark.parametrize("name", ["../secret", "a/b", "", "UPPER", "x" * 50])
def test_a_name_never_leads_out_of_the_folder(ring, name):
    with pytest.raises(KeyGone):
        ring.create(name)
