"""Our own access log counts pages by their patterns, and knows nothing of who came, where from and when."""

import logging
import re

from groups.access_log import band

LINE = re.compile(r"(GET|HEAD|POST|OPTIONS|\(other\)) (/[\w<>:/.-]*|\(none\)) \d{3} (<100ms|<1s|<10s|longer) ×\d+")
PLANTED = ("planted-word", "planted-agent", "203.0.113.7", "127.0.0.9", "planted-token")


def written(app, caplog):
    caplog.clear()
    with caplog.at_level(logging.INFO, "lamplight.access"):
        app.extensions["access_log"].write()
    return [record.getMessage() for record in caplog.records if record.name == "lamplight.access"]


def test_a_line_holds_method_pattern_status_band_and_a_count_and_nothing_else(whole_house, caplog):
    client = whole_house.test_client()
    who = {"headers": {"User-Agent": "planted-agent", "X-Forwarded-For": "203.0.113.7", "Referer": "https://planted-word.example"},
           "environ_base": {"REMOTE_ADDR": "127.0.0.9"}}
    for path in ("/g/planted-word/calendar?q=planted-word", "/c/planted-token.ics", "/planted-word", "/lines", "/i/planted-token"):
        client.get(path, **who)
        client.open(path, method="PLANTED-WORD", **who)
    client.post("/sign-in", data={"words": "planted-word"}, **who)
    lines = written(whole_house, caplog)
    assert lines == sorted(lines) and len(lines) >= 6, "in an order that says nothing of who came first"
    for line in lines:
        assert LINE.fullmatch(line), line
        assert not [sign for sign in PLANTED if sign in line.lower()]
    assert any(line.startswith("GET /lines 200") for line in lines)
    assert written(whole_house, caplog) == [], "counted once"


def test_what_everybody_fetches_all_the_time_is_not_counted(whole_house, caplog):
    client = whole_house.test_client()
    for path in ("/health", "/ready", "/static/css/tokens.css"):
        client.get(path).close()
    assert written(whole_house, caplog) == []


def test_an_answer_that_fails_is_counted_and_a_long_one_stands_in_its_band(whole_house, caplog):
    @whole_house.get("/broken/<what>")
    def broken(what):
        raise ZeroDivisionError(what)

    whole_house.test_client().get("/broken/planted-word")
    assert [line.split(" ")[:3] for line in written(whole_house, caplog)] == [["GET", "/broken/<what>", "500"]]
    assert [band(seconds) for seconds in (0, 0.099, 0.1, 0.99, 1, 9.9, 10, 600)] == [
        "<100ms", "<100ms", "<1s", "<1s", "<10s", "<10s", "longer", "longer"
    ]
