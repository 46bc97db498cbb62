"""Names that are counted by are never kept: only a hash of them, keyed with random bytes that live in
this process's memory for a day. A copy of that memory tells of an address nothing tomorrow, and two
processes cannot compare what they know; where they count together, in Redis, the key of the day comes from the
secret of the house, which Redis does not have."""

import ipaddress
import secrets
from hashlib import blake2b

from groups import clock
from groups.sealing import of_house

SIZE = 16  # bytes


class DailyKey:
    """Hashes of this day. `day` is the day they belong to; with it they all change."""

    def __init__(self):
        self.day, self._key = None, b""

    def turn(self) -> bool:
        """Take a new key where a new day (UTC) has begun; whether it has."""
        today = clock.now().date()
        if today == self.day:
            return False
        self.day, self._key = today, self._drawn(today)
        return True

    def _drawn(self, _day):
        return secrets.token_bytes(32)

    def of(self, *parts: object) -> bytes:
        """The hash of a name. What it is of cannot be told from it."""
        self.turn()
        return blake2b("\0".join(map(str, parts)).encode(), key=self._key, digest_size=SIZE).digest()


class HouseKey(DailyKey):
    """The same in every process of the house. purpose: what the hashes are for; no two can be compared."""

    def __init__(self, purpose: str):
        super().__init__()
        self._purpose = purpose

    def _drawn(self, day):
        return blake2b(day.isoformat().encode(), key=of_house.key(f"counted by: {self._purpose}"), digest_size=32).digest()


def network(address: str | None) -> str | None:
    """What one visitor comes from: an IPv4 address, or the /64 of an IPv6 one, of which everybody has
    billions. None where it is no address, and for this machine's own: that is a proxy, or its steward."""
    try:
        found = ipaddress.ip_address((address or "").strip())
    except ValueError:
        return None
    found = getattr(found, "ipv4_mapped", None) or found
    if found.is_loopback or found.is_unspecified:
        return None
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
