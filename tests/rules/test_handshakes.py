"""Who is taken at the door at once: a handshake as browsers write it, and nothing else. What is odd is left
in the socket for the library, which answers it."""

import pytest

from realtime.lines import _greeting

ORIGIN = "https://meet.example.org"
START = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1"
USUAL = {
    "Host": "meet.example.org", "Connection": "keep-alive, Upgrade", "Upgrade": "websocket", "Origin": ORIGIN, "Cookie": "s=abc; t=1",
    "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Extensions": "permessage-deflate",
}


def head(start=START, more=(), **other):
    said = USUAL | {name.replace("_", "-"): value for name, value in other.items()}
    lines = [start, *(f"{name}: {value}" for name, value in said.items() if value is not None), *more]
    return "\r\n".join((*lines, "", "")).encode("latin-1")


def greeting(sent):
    return _greeting(sent, (ORIGIN,))


@pytest.mark.parametrize("sent", [head(), head(START.replace(" HTTP", "&t=abc HTTP")), head(Connection="upgrade"), head(Upgrade="WebSocket")])
def test_a_browser_is_taken_with_its_cookie(sent):
    assert greeting(sent + b"\x81") == (len(sent), USUAL["Sec-WebSocket-Key"], {"HTTP_ORIGIN": ORIGIN, "HTTP_COOKIE": "s=abc; t=1", "HTTP_X_FORWARDED_FOR": ""})


@pytest.mark.parametrize("sent", [
    b"", head()[:-2], head()[:60],
    head("POST /socket.io/?EIO=4&transport=websocket HTTP/1.1"),
    head("GET /socket.io/?EIO=4&transport=websocket HTTP/1.0"),
    head("GET /socket.io?EIO=4&transport=websocket HTTP/1.1"),
    head("GET /socket.io/?EIO=4&transport=polling HTTP/1.1"),
    head("GET /socket.io/?EIO=3&transport=websocket HTTP/1.1"),
    head("GET /socket.io/?EIO=4&transport=websocket&sid=abc HTTP/1.1"),
    head("GET /socket.io/?EIO=4&EIO=3&EIO=5&transport=websocket HTTP/1.1"),
    head(Origin=None), head(Origin="https://elsewhere.example"), head(Origin=ORIGIN + ".example"), head(more=[f"origin: {ORIGIN}"]),
    head(Upgrade=None), head(Connection="keep-alive"), head(Sec_WebSocket_Version="8"), head(Sec_WebSocket_Key="short"),
    head(Content_Length="5"), head(Transfer_Encoding="chunked"), head(Sec_WebSocket_Protocol="chat"),
    head(more=[" folded"]), head(more=["no colon"]), head(more=["Cookie : s=other"]), head(more=["X_Odd: 1"]), head(more=["cookie: s=other"]),
])
def test_whatever_is_odd_is_left_to_the_library(sent):
    assert greeting(sent) is None
