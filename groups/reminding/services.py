"""Which push services this server talks to. The address of a device comes from a browser, so it is
a stranger's wish for where we should send something: only these hosts, by HTTPS, at its one port,
written in the one plain way, and never on to wherever they point. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from groups.errors import Invalid

USUAL = ("fcm.googleapis.com", "updates.push.services.mozilla.com", "*.notify.windows.com", "web.push.apple.com")
LONGEST = 1_000  # characters; the longest we know of has about 700
PATH = r"(/[A-Za-z0-9\-._~%!$&'()*+,;=:@/?]*)"
HTTPS = re.compile(r"https://([a-z0-9-]+(?:\.[a-z0-9-]+)+)" + PATH)
SINK = re.compile(r"(http://127\.0\.0\.1:([0-9]{1,5}))" + PATH)


@dataclass(frozen=True)
class Address:
    """Where a device is reached. secure is False for the sink of a test only."""

    host: str
    port: int
    path: str
    secure: bool = True

    @property
    def origin(self) -> str:
        """Scheme and host, as the service calls itself."""
        return f"https://{self.host}" if self.secure else f"http://{self.host}:{self.port}"


def address_of(endpoint: str, also: Iterable[str] = ()) -> Address:
    """Take an endpoint apart. also: hosts besides the usual ones, "*." before one for all below it.
    Raises Invalid("device", "push_service_unknown") for whatever is not exactly a path at one of them."""
    if len(endpoint) <= LONGEST:
        if (found := HTTPS.fullmatch(endpoint)) and any(_is(found[1], host) for host in (*USUAL, *also)):
            return Address(found[1], 443, found[2])
        if (found := SINK.fullmatch(endpoint)) and found[1] in also:  # the settings take it in tests alone
            return Address("127.0.0.1", int(found[2]), found[3], secure=False)
    raise Invalid("device", "push_service_unknown")


def _is(host, allowed):
    return host.endswith(allowed[1:]) if allowed.startswith("*.") else host == allowed
