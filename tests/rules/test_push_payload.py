"""What leaves the house for a device: one of three constant sentences, always the same number of bytes,
sealed as the standards say and signed by a key that was made once."""

import json
import re
import stat
from base64 import urlsafe_b64decode
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from groups.errors import Invalid
from groups.reminding.keys import base64url, key_in, make_key
from groups.reminding.payload import ROOM, payload, seal
from groups.reminding.subscriptions import digest_of, subscription
from groups.sentences import REMINDERS
from tests.house.test_words import BLAMING, TELLING
from tests.pushing import Browser

NOW = datetime(2026, 11, 24, 19, 30, tzinfo=UTC)


def raw(text):
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_standards_own_example_comes_out_to_the_letter():
    """RFC 8291, section 5."""
    ours = ec.derive_private_key(int.from_bytes(raw("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")), ec.SECP256R1())
    point = raw("BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4")
    auth, salt = raw("BTBZMqHH6r4Tts7J_aSIgg"), raw("DGv6ra1nlYgDCS1FRnbzlw")
    assert base64url(seal(b"When I grow up, I want to be a watermelon\x02", point, auth, salt, ours)) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6"
        "cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_three_sentences_and_one_size():
    browser = Browser()
    bodies = [payload(number, browser.point, browser.auth) for number in range(len(REMINDERS)) for _ in range(3)]
    assert {browser.open(body) for body in bodies} == set(REMINDERS)
    assert len({len(body) for body in bodies}) == 1
    assert len(set(bodies)) == len(bodies), "no two messages look alike"
    assert len({body[21:86] for body in bodies}) == len(bodies), "nor do they share a key"


def test_there_are_three_sentences_and_they_tell_nothing():
    assert len(REMINDERS) == 3
    for words in REMINDERS:
        assert len(words.encode()) < ROOM
        assert not TELLING.search(words) and not BLAMING.search(words)
        assert not re.search(r"lamp|light|group|meeting|room|harbour|door|chat|message", words, re.IGNORECASE), words


def test_a_key_is_made_once_and_kept_to_ourselves(tmp_path):
    file = tmp_path / "instance" / "push" / "key.pem"
    assert key_in(file) is None
    assert make_key(file)
    first = file.read_bytes()
    assert not make_key(file)
    assert file.read_bytes() == first
    assert [one.name for one in file.parent.iterdir()] == ["key.pem"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert key_in(file).public == key_in(file).public


def test_a_message_is_signed_for_its_service_alone_and_for_half_a_day(tmp_path):
    make_key(tmp_path / "key.pem")
    key = key_in(tmp_path / "key.pem")
    scheme, token, public = re.fullmatch(r"(\w+) t=([\w.-]+), k=([\w-]+)", key.authorization("https://web.push.apple.com", "https://meet.example.org", NOW)).groups()
    head, claims, signature = token.split(".")
    assert scheme == "vapid" and public == key.public and len(raw(public)) == 65
    assert json.loads(raw(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(raw(claims)) == {"aud": "https://web.push.apple.com", "exp": int(NOW.timestamp()) + 12 * 3600, "sub": "https://meet.example.org"}
    r, s = (int.from_bytes(half) for half in (raw(signature)[:32], raw(signature)[32:]))
    verifying = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), raw(public))
    verifying.verify(encode_dss_signature(r, s), f"{head}.{claims}".encode(), ec.ECDSA(SHA256()))


@pytest.mark.parametrize("wrong", [
    {"point": ""}, {"auth": ""}, {"point": "é"}, {"point": "!!!!"}, {"auth": "AAAA"}, {"auth": "A" * 43},
    {"point": "BA" + "A" * 85}, {"point": "A" * 87}, {"point": "AA"}, {"point": "BCVxsr7N"},
])
def test_what_no_browser_would_say_is_not_taken(wrong):
    told = Browser().told("https://push.example.org/1") | wrong
    with pytest.raises(Invalid) as refused:
        subscription(**told)
    assert (refused.value.field, refused.value.reason) == ("device", "device_unclear")


def test_what_a_browser_says_is_taken_with_and_without_padding():
    browser = Browser()
    told = browser.told("https://push.example.org/1")
    assert subscription(**told) == subscription(**told | {"point": told["point"] + "=", "auth": told["auth"] + "=="}) == browser.at("https://push.example.org/1")


def test_a_digest_finds_an_endpoint_and_says_nothing_without_the_secret():
    assert digest_of("one secret", "https://a/1") == digest_of("one secret", "https://a/1")
    assert len({digest_of(secret, endpoint) for secret in ("one secret", "another") for endpoint in ("https://a/1", "https://a/2")}) == 4
