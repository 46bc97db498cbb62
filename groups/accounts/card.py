"""The card somebody prints or copies: seven numbered words, and the same words for a camera.
Nothing on it says what it opens."""

from collections.abc import Sequence
from dataclasses import dataclass

import segno

QUIET_ZONE = 4  # modules of white around the code, as ISO/IEC 18004 asks
MODULE = 4  # pixels


@dataclass(frozen=True)
class Card:
    """What the template draws. `code` is a data: address for an image."""

    words: tuple[str, ...]
    code: str


def card_of(words: Sequence[str]) -> Card:
    """The card of these words."""
    code = segno.make_qr(" ".join(words), error="m")
    return Card(tuple(words), code.svg_data_uri(scale=MODULE, border=QUIET_ZONE, dark="#000", light="#fff"))
