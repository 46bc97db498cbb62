"""The door of the sockets: who may connect, from where, and with what. Threats T8, T9, T12, T20 to
T24 of our notes: other sites, odd packets, half-open lines, readers who never read."""

import json
import time

import pytest
import websocket

from tests import hours
from tests.sockets import Line, Wire, until

MOST_SOCKETS, MOST_STRIKES = 8, 20


@pytest.fixture
def tom(house):
    return house.visit("Tom")


def connects(house, visit, **how) -> bool:
    """Whether a socket of this visit, asked for in this way, becomes a connection."""
    try:
        wire = Wire(house, visit.cookie, **how)
    except websocket.WebSocketException:
        return False
    connected = wire.connect()
    wire.close()
    return connected


def origins(house):
    here = house.url.removeprefix("http://")
    return {
        "evil": "https://evil.example", "null": "null", "another port": "http://127.0.0.1:1", "no port": "http://127.0.0.1",
        "a longer name": f"http://{here}.evil.example", "a name before": f"http://evil.example.{here}",
        "the other scheme": f"https://{here}", "upper case": f"HTTP://{here}", "a path behind": f"http://{here}/",
        "two at once": f"http://{here}, https://evil.example", "anybody": "*", "with a user": f"http://x@{here}",
    }


def test_a_page_of_our_own_connects(house, tom):
    assert connects(house, tom)
    assert connects(house, tom, origin=house.url.replace("127.0.0.1", "localhost"))


@pytest.mark.parametrize("which", origins(type("At", (), {"url": "http://127.0.0.1:1"})))
def test_a_page_of_another_place_does_not(house, tom, which):
    assert not connects(house, tom, origin=origins(house)[which])


def test_a_socket_that_does_not_say_where_it_comes_from_does_not_connect(house, tom):
    assert not connects(house, tom, origin=None)


@pytest.mark.parametrize("header", ["Host", "X-Forwarded-Host", "X-Forwarded-Proto", "Forwarded"])
def test_naming_the_house_otherwise_opens_nothing(house, tom, header):
    """The library's own rule compares the origin with the host that the request claims to be for."""
    named = "host=evil.example" if header == "Forwarded" else "https" if header.endswith("Proto") else "evil.example"
    for origin in ("https://evil.example", "http://evil.example"):
        assert not connects(house, tom, origin=origin, headers={header: named})


def test_nobody_connects_without_a_sign_in(house):
    for cookie in ("", "x", "y" * 43, "z" * 5000):
        wire = Wire(house, cookie)
        wire.send("40")
        assert json.loads(wire.hear()[2:])["message"] == "sign_in_first"
        wire.close()


def test_long_polling_is_refused(house, tom):
    for way in ("transport=polling", "", "transport=carrier-pigeon", "transport=websocket"):
        assert tom.get(f"/socket.io/?EIO=4&{way}").status_code == 400, way
        assert tom.post(f"/socket.io/?EIO=4&{way}&sid=abc").status_code == 400, way


def test_only_the_one_namespace_exists(house, tom):
    wire = Wire(house, tom.cookie)
    for namespace in ("/admin", "/chat", "/%00"):
        wire.send(f"40{namespace},")
        assert wire.hear().startswith(f"44{namespace},")


def test_client_events_called_connect_and_disconnect_change_nothing(house, clerk, tom):
    meeting = clerk.plan()
    clerk.open_lobby(meeting)
    clerk.bring_in(meeting, "Tom", chair="Maya")
    line = Line(tom, meeting.public_id)
    line.enter()
    before = hours.position(meeting)
    for _ in range(MOST_STRIKES // 2 - 1):
        line.ask("connect", {"sid": "x"})
        line.ask("disconnect", "transport close")
    assert line.connected and hours.position(meeting) == before
    assert line.enter()["part"]["standing"] == "inside"


def test_twenty_answers_to_nonsense_close_the_socket(house, tom):
    line, wire = Line(tom), Wire(house, tom.cookie)
    assert wire.connect()
    for number in range(MOST_STRIKES):
        assert line.connected
        wire.event("no_such_thing", {}, number=number)
        assert wire.answer(number)["reason"] == "no_such_request"
    assert wire.hear() == "41"
    assert wire.hung_up(within=5)
    assert line.connected, "only the one that sent it"


def test_a_socket_that_was_put_out_cannot_just_go_on(house, tom):
    """The library closes the conversation and leaves the line open: a fresh CONNECT would begin anew."""
    wire = Wire(house, tom.cookie)
    wire.connect()
    for _ in range(MOST_STRIKES):
        wire.event("no_such_thing")
    until(lambda: wire.hear() == "41")
    for _ in range(30):
        try:
            wire.send("40")
        except OSError:
            break
        time.sleep(0.1)
    wire.hung_up(within=5)
    assert len([packet for packet in wire.said if packet.startswith("40")]) <= 2


def test_nobody_can_have_another_one_closed(house, tom):
    """The library takes the first argument of an event called "*" for the sender."""
    victim, wire = Line(house.visit("Nia")), Wire(house, tom.cookie)
    wire.connect()
    for _ in range(MOST_STRIKES + 5):
        wire.event("*", victim.sid, "x")
    wire.hung_up(within=5)
    assert victim.ask("no_such_thing", {})["reason"] == "no_such_request"
    assert victim.connected


ODD = {
    "not a packet": "x", "an unknown type": "9", "a noop": "6", "an empty message": "4", "not socket.io": "4x", "an event of nothing": "42",
    "an event without a name": "42[]", "a number for a name": "42[5,{}]", "a list for a name": '42[["enter"],{}]',
    "an object for a name": '42[{"a":1},{}]', "null for a name": "42[null]", "an object for an event": '42{"enter":1}',
    "a string for an event": '42"enter"', "broken JSON": '42["enter",{', "not a number": '420["enter",{"meeting":NaN}]',
    "infinity": '420["enter",{"meeting":1e999}]', "minus infinity": '420["enter",{"meeting":-Infinity}]',
    "deep lists": '420["enter",' + "[" * 15_000 + "]" * 15_000 + "]", "deep objects": '420["enter",' + '{"a":' * 5_000 + "1" + "}" * 5_000 + "]",
    "a long acknowledgement number": "42" + "1" * 200 + '["enter",{}]', "an answer nobody asked for": '431["x"]',
    "an error": '44{"message":"x"}', "binary": b"\x00\x01\x02", "a binary event": '451-["share",{"_placeholder":true,"num":0}]',
    "many attachments": '459999999999-["share"]', "a binary answer": '461-1[{"_placeholder":true,"num":0}]',
    "an attachment out of range": '451-["share",{"_placeholder":true,"num":99}]', "another namespace": '42/admin,0["enter",{}]',
    "a JSON message": '4["enter",{}]', "a lone surrogate": '420["share",{"words":"\\ud800"}]', "base64": "bAAAA",
}


@pytest.mark.parametrize("which", ODD)
def test_odd_packets_hurt_nobody(house, tom, which):
    other, wire = Line(house.visit("Nia")), Wire(house, tom.cookie)
    wire.connect()
    before = hours.position()
    try:
        for _ in range(MOST_STRIKES - 1):
            wire.send(ODD[which])
    except OSError:
        pass  # some are bad enough to be hung up on
    assert other.ask("no_such_thing", {})["reason"] == "no_such_request"
    assert tom.get("/sign-in").status_code == 200
    assert hours.position() == before
    assert "Traceback" not in house.log, house.log


@pytest.mark.parametrize("which", ["not socket.io", "an event without a name", "broken JSON", "infinity", "binary", "an error"])
def test_a_stream_of_odd_packets_is_cut(house, tom, which):
    wire = Wire(house, tom.cookie)
    wire.connect()
    try:
        for _ in range(500):
            wire.send(ODD[which])
    except OSError:
        return
    wire.hung_up(within=5)


def test_words_up_to_the_limit_come_in_and_larger_packets_do_not(house, tom):
    for size, comes in ((31_000, True), (33_000, False), (200_000, False)):
        wire = Wire(house, tom.cookie)
        wire.connect()
        try:
            wire.event("share", {"meeting": "m", "client_id": "c" * 8, "words": "x" * size})
            answer = wire.answer()
        except OSError:
            answer = None
        assert (answer["reason"] == "too_long") if comes else answer is None
        wire.close()


def test_a_message_in_endless_pieces_is_cut(house, tom):
    wire = Wire(house, tom.cookie)
    wire.connect()
    piece, sent = b"x" * 10_000, 0
    try:
        wire.socket.send_frame(websocket.ABNF.create_frame(b"42", websocket.ABNF.OPCODE_TEXT, 0))
        for _ in range(3000):
            wire.socket.send_frame(websocket.ABNF.create_frame(piece, websocket.ABNF.OPCODE_CONT, 0))
            sent += len(piece)
    except OSError:
        pass
    wire.hung_up(within=5)
    assert sent < 10_000_000, "what fits into the pipes on the way, and not the rest"


def test_the_ninth_socket_of_a_sign_in_is_refused_until_one_goes(house, tom):
    lines = [Line(tom) for _ in range(MOST_SOCKETS)]
    ninth = Wire(house, tom.cookie)
    ninth.send("40")
    assert json.loads(ninth.hear()[2:])["message"] == "busy"
    assert connects(house, house.visit("Tom")), "another sign-in of the same person is another browser"
    lines.pop().close()
    until(lambda: connects(house, tom), what="a place to be free again")


def test_more_than_twenty_wishes_in_ten_seconds_are_a_little_fast(house, clerk, tom):
    """For all pages of a sign-in together; nothing is lost, and nobody else is slowed down."""
    meeting = clerk.plan()
    clerk.open_lobby(meeting)
    pages = [Line(tom, meeting.public_id) for _ in range(2)]
    answers = [pages[number % 2].ask("knock") for number in range(25)]
    assert [answer["ok"] for answer in answers] == [True] * 20 + [False] * 5
    assert answers[-1]["reason"] == "too_fast" and answers[-1]["seconds"] == 3
    assert Line(house.visit("Tom"), meeting.public_id).ask("knock")["ok"]
    assert Line(house.visit("Nia"), meeting.public_id).ask("knock")["ok"]
    assert all(page.connected for page in pages), "haste is no nonsense"


def test_whoever_asks_for_hours_that_are_not_there_is_a_little_fast_as_well(tom):
    """Or every one of them would be a question to the database."""
    page = Line(tom)
    answers = [page.ask("enter", {"meeting": f"nowhere{number}", "after": 0}) for number in range(65)]
    assert [answer["reason"] for answer in answers] == ["not_found"] * 60 + ["too_fast"] * 5
