"""Modes: what may happen in a segment. Everything a person may do on the floor follows from the
mode; there are no further switches."""

from enum import StrEnum

import msgspec


class Mode(StrEnum):
    SILENCE = "silence"
    NOTICE = "notice"
    READING = "reading"
    ROUND = "round"
    ONE_VOICE = "one_voice"
    OPEN_TALK = "open_talk"
    EXERCISE = "exercise"
    CLOSING = "closing"


class Rules(msgspec.Struct, frozen=True):
    """What a mode allows.

    words: who may put words into the room: nobody, whoever has the floor, or anyone inside.
    hands: people may ask for the floor.
    offered: the floor goes round by itself, to everyone in order.
    breath: seconds between two turns, before the room calls the next person by itself.
    """

    words: str  # "nobody", "turn" or "anyone"
    hands: bool = False
    offered: bool = False
    breath: int = 0

    @property
    def has_turns(self) -> bool:
        """True where one person at a time has the floor."""
        return self.words == "turn"


RULES: dict[Mode, Rules] = {
    Mode.SILENCE: Rules(words="nobody"),
    Mode.NOTICE: Rules(words="nobody"),
    Mode.READING: Rules(words="nobody"),
    Mode.EXERCISE: Rules(words="nobody"),
    Mode.CLOSING: Rules(words="nobody"),
    Mode.ROUND: Rules(words="turn", offered=True, breath=5),
    Mode.ONE_VOICE: Rules(words="turn", hands=True, breath=20),
    Mode.OPEN_TALK: Rules(words="anyone"),
}
