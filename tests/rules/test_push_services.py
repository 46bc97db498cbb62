"""Where this server may be made to send something by a browser it does not know: four services, and
what the steward adds; whatever tricks the address plays."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from groups.errors import Invalid
from groups.reminding.services import LONGEST, address_of

FCM = "https://fcm.googleapis.com/fcm/send/"
SINK = "http://127.0.0.1:9999"


def taken(endpoint, also=()):
    try:
        return address_of(endpoint, also)
    except Invalid as refused:
        assert (refused.field, refused.reason) == ("device", "push_service_unknown")
        return None


@pytest.mark.parametrize("endpoint, host, path", [
    (FCM + "dQw4:APA91b_-xyz", "fcm.googleapis.com", "/fcm/send/dQw4:APA91b_-xyz"),
    ("https://updates.push.services.mozilla.com/wpush/v2/gAAAAA=", "updates.push.services.mozilla.com", "/wpush/v2/gAAAAA="),
    ("https://wns2-par02p.notify.windows.com/w/?token=BQYAA%2bx%3d", "wns2-par02p.notify.windows.com", "/w/?token=BQYAA%2bx%3d"),
    ("https://db5p.wns2.notify.windows.com/w/?token=x", "db5p.wns2.notify.windows.com", "/w/?token=x"),
    ("https://web.push.apple.com/QGuQyavXutnMH9", "web.push.apple.com", "/QGuQyavXutnMH9"),
])
def test_the_services_browsers_use(endpoint, host, path):
    address = taken(endpoint)
    assert (address.host, address.port, address.path, address.secure) == (host, 443, path, True)
    assert address.origin == f"https://{host}"


@pytest.mark.parametrize("endpoint", [
    "http://fcm.googleapis.com/fcm/send/x",  # not in the clear
    "https://fcm.googleapis.com:443/x", "https://fcm.googleapis.com:8443/x", "https://fcm.googleapis.com:/x",
    "https://user@fcm.googleapis.com/x", "https://fcm.googleapis.com@evil.example/x", "https://fcm.googleapis.com:x@evil.example/",
    "https://evil.example/fcm.googleapis.com/x", "https://evil.example#fcm.googleapis.com/x", "https://evil.example?fcm.googleapis.com/x",
    "https://fcm.googleapis.com.evil.example/x", "https://evilfcm.googleapis.com/x", "https://x.fcm.googleapis.com/x",
    "https://notify.windows.com/x", "https://.notify.windows.com/x", "https://evilnotify.windows.com/x",
    "https://x.notify.windows.com.evil.example/x", "https://evil.example/.notify.windows.com", "https://evil.example\\.notify.windows.com/x",
    "https://fcm.googleapis.com./x", "https://FCM.googleapis.com/x", "HTTPS://fcm.googleapis.com/x",
    "https://fcm.googleapis.com", "https://fcm.googleapis.com?x", "https://fcm.googleapis.com/#x", "https://fcm.googleapis.com\\x",
    "https://127.0.0.1/x", "https://2130706433/x", "https://0x7f.1/x", "https://[::1]/x", "https://169.254.169.254/latest/meta-data",
    "https://localhost/x", "https://fcm.googleapis.com%2eevil.example/x", "https://fcm。googleapis。com/x", "https://ﬀcm.googleapis.com/x",
    " https://fcm.googleapis.com/x", "https://fcm.googleapis.com/x ", "https://fcm.googleapis.com/x\n", "https://fcm.googleapis.com/x\r\nHost: evil",
    "https://fcm.googleapis.com/x y", "https://fcm.googleapis.com/\x00", "https://fcm.googleapis.com/é", "https:fcm.googleapis.com/x",
    "https:///fcm.googleapis.com/x", "//fcm.googleapis.com/x", "file:///etc/passwd", "gopher://fcm.googleapis.com/x", "javascript:alert(1)",
    FCM + "x" * LONGEST, SINK + "/x", "",
])
def test_nothing_else(endpoint):
    assert taken(endpoint) is None


def test_what_the_steward_adds_is_taken_and_no_more():
    also = ("push.example.org", "*.up.example.net")
    assert taken("https://push.example.org/x", also) and taken("https://a.b.up.example.net/x", also)
    for endpoint in ("https://up.example.net/x", "https://x.push.example.org/x", "http://push.example.org/x", "https://xup.example.net/x"):
        assert taken(endpoint, also) is None
    assert taken("https://push.example.org/x") is None


def test_a_tests_own_sink_is_that_port_and_no_other():
    address = taken(f"{SINK}/push/1", (SINK,))
    assert (address.host, address.port, address.path, address.secure, address.origin) == ("127.0.0.1", 9999, "/push/1", False, SINK)
    for endpoint in ("http://127.0.0.1:99990/x", "http://127.0.0.1:999/x", "http://127.0.0.1/x", "http://localhost:9999/x", "https://127.0.0.1:9999/x"):
        assert taken(endpoint, (SINK,)) is None


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(st.characters(codec="utf-8"), max_size=40))
@example("", "@evil.example/")
def test_whatever_stands_before_and_after_we_only_ever_go_to_a_host_of_the_list(before, after):
    for endpoint in (before + FCM + after, "https://" + before + "fcm.googleapis.com" + after, "https://fcm.googleapis.com/" + before):
        address = taken(endpoint)
        assert address is None or (address.host, address.port, address.secure) == ("fcm.googleapis.com", 443, True)
        assert address is None or address.path.isascii() and address.path.isprintable() and " " not in address.path
