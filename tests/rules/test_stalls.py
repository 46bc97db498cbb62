"""A server under test knows how long its own loop was held up."""

import time

from groups.stalls import LONGEST, measure


def loop(file):
    """The loop's look at its sockets, in a house that measures it."""
    polls = []
    measure(file, lambda wrap: polls.append(wrap(lambda seconds: ["what came"])))
    return polls[0]


def longest(file):
    return LONGEST.unpack(file.read_bytes())


def work(seconds):
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_the_longest_turn_is_kept_by_work_and_by_the_clock(tmp_path):
    poll = loop(tmp_path / "stalls")
    assert poll(0.1) == ["what came"]
    for seconds in (0.02, 0.001):
        work(seconds)
        poll(0)
    worked, took = longest(tmp_path / "stalls")
    assert 0.02 <= worked <= took


def test_what_the_loop_did_not_do_itself_is_time_and_no_work(tmp_path):
    poll = loop(tmp_path / "stalls")
    time.sleep(0.02)
    poll(0)
    worked, took = longest(tmp_path / "stalls")
    assert worked < 0.02 <= took


def test_what_a_process_left_that_was_killed_is_there_until_it_is_read(tmp_path):
    file = tmp_path / "stalls"
    file.write_bytes(LONGEST.pack(7, 8))
    loop(file)(0)
    assert longest(file) == (7, 8)
    file.write_bytes(bytes(LONGEST.size))
    assert longest(file) == (0, 0)
