"""How often anything may be done: the table, the memory behind it, and the names that are counted by."""

import pytest

from groups.limiting.counting import Counts
from groups.limiting.keys import DailyKey, network
from groups.limiting.memory import Memory
from groups.limiting.table import LIMITS, WISHES, Fails
from groups.limiting.whence import ADDRESSES, WHENCE, Whence
from groups.meeting.verbs import VERBS
from groups.sentences import SENTENCES
from realtime import meeting as _registers  # noqa: F401
from realtime.handling import HANDLERS
from tests.counted import asks

GUARDS = {"words_again", "sign_in", "sign_up", "join", "invitation", "invite"}  # a secret, or something made of nothing


class Watch:
    """A clock of one's own."""

    now = 1000.0

    def __call__(self):
        return self.now


@pytest.mark.parametrize("action", LIMITS)
def test_each_limit_lets_so_many_through_says_when_and_forgets(action):
    watch, limit = Watch(), LIMITS[action]
    counts = Counts(Memory(watch))
    most, span = limit.rate.amount, limit.rate.get_expiry()
    assert [asks(counts, action, "somebody") for _ in range(most)] == [True] * most
    watch.now += span / 2
    assert asks(counts, action, "somebody") == -(-span // 2), "and says in how many seconds"
    assert asks(counts, action, "somebody else") is True, "everybody counts for themselves"
    watch.now += span / 2 + 0.01
    assert asks(counts, action, "somebody") is True


@pytest.mark.parametrize("action", LIMITS)
def test_each_limit_says_whether_it_fails_open_or_shut_and_does(action):
    full = Counts(Memory(Watch(), many=0))
    assert LIMITS[action].fails is (Fails.SHUT if action in GUARDS else Fails.OPEN)
    assert (asks(full, action, "somebody") is True) == (LIMITS[action].fails is Fails.OPEN)


def test_every_refusal_has_its_sentence_and_every_wish_is_one():
    assert {limit.reason for limit in LIMITS.values()} <= set(SENTENCES)
    assert set(WISHES) <= set(VERBS) | set(HANDLERS) and set(WISHES.values()) <= set(LIMITS)
    words = {name for name, handler in HANDLERS.items() if "words" in handler.shape.__struct_fields__}
    assert words <= set(WISHES), "whatever carries words is counted"


def test_a_full_memory_forgets_the_quiet_and_grows_no_further():
    watch = Watch()
    memory = Memory(watch, many=100)
    counts = Counts(memory)
    for number in range(100):
        counts.ask("share", number)
    watch.now += 11
    counts.ask("share", "one more")
    assert memory.reset() == 1


def test_what_is_counted_by_is_a_keyed_hash_that_is_another_tomorrow(freeze):
    keys, others = DailyKey(), DailyKey()
    today = keys.of("203.0.113.9")
    assert today == keys.of("203.0.113.9") and today != others.of("203.0.113.9"), "two processes cannot compare"
    freeze.forward(days=1)
    assert keys.of("203.0.113.9") != today


def test_counts_begin_anew_with_a_new_day_and_hold_no_name(freeze):
    memory = Memory()
    counts = Counts(memory)
    for _ in range(LIMITS["sign_in"].rate.amount):
        counts.ask("sign_in", "203.0.113.9")
    assert "203.0.113" not in repr(vars(memory))
    assert asks(counts, "sign_in", "203.0.113.9") is not True
    freeze.forward(days=1)
    assert asks(counts, "sign_in", "203.0.113.9") is True and memory.reset() == 1


@pytest.mark.parametrize("address, known", [
    ("203.0.113.9", "203.0.113.9"), (" 203.0.113.9 ", "203.0.113.9"), ("::ffff:203.0.113.9", "203.0.113.9"),
    ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("127.0.0.1", None), ("::1", None), ("0.0.0.0", None), ("", None), (None, None),
    ("unknown", None), ("203.0.113.9:4711", None), ("1.2.3.4, 5.6.7.8", None),
])
def test_what_one_visitor_comes_from(address, known):
    assert network(address) == known


FORGED = (
    {"HTTP_X_FORWARDED_FOR": "198.51.100.1, 203.0.113.9"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_X_REAL_IP": "198.51.100.1"},
    {"HTTP_X_FORWARDED_FOR": "203.0.113.9", "HTTP_FORWARDED": "for=198.51.100.1"},
    {"HTTP_X_FORWARDED_FOR": "unknown,203.0.113.9", "HTTP_CLIENT_IP": "198.51.100.1"},
)


def seen(environ, proxies=1, https=True, front=None):
    """What is behind the front door of this environ."""
    found = {}
    front = front or Whence(lambda environ, _: found.update(environ), proxies, https)
    front._inside = lambda environ, _: found.update(environ)
    front(dict(environ), None)
    return found


def test_behind_the_front_door_nobody_has_an_address_and_forged_ones_change_nothing():
    front = Whence(None, 1, True)
    plain = seen({"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, front=front)
    assert plain[WHENCE] and not set(plain) & set(ADDRESSES)
    for forged in FORGED:
        found = seen({"REMOTE_ADDR": "10.0.0.1", **forged}, front=front)
        assert found[WHENCE] == plain[WHENCE] and not set(found) & set(ADDRESSES), forged


def test_without_a_proxy_what_a_visitor_claims_is_not_believed():
    front = Whence(None, 0, False)
    plain = seen({"REMOTE_ADDR": "203.0.113.9"}, front=front)
    assert plain[WHENCE] == seen({"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "198.51.100.1"}, front=front)[WHENCE]
    assert seen({"REMOTE_ADDR": "203.0.113.9"}, proxies=0, https=True)[WHENCE] is None, "a proxy we were not told of"
    assert seen({"REMOTE_ADDR": "10.0.0.1"}, proxies=1)[WHENCE] is None, "a proxy that does not say"
