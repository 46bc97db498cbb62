"""JSON for the wire: strict in both directions. NaN and Infinity come neither in nor out (one of
them in a broadcast makes every official client drop its connection)."""

import msgspec
from socketio.packet import Packet


class Plain(Packet):
    """Packets of text: nothing here is binary, so nothing is looked through for it."""

    uses_binary_events = False


class WireJson:
    """The two functions python-socketio wants of a JSON module."""

    @staticmethod
    def dumps(value, **_) -> str:
        """Encode; moments become RFC 3339 in UTC."""
        return msgspec.json.encode(value).decode()

    @staticmethod
    def loads(text, **_):
        """Decode. Raises ValueError for anything that is not JSON, or nested too deeply."""
        try:
            return msgspec.json.decode(text)
        except (msgspec.MsgspecError, RecursionError):
            raise ValueError("not JSON") from None
