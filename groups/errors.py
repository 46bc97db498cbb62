"""The ways a wish can fail, each with a name. Two places translate them: `groups/http.py`
for pages and `realtime/handling.py` for acks; the sentences are in `groups/sentences`. And the way
a start can fail, which brings its own."""


class Failure(Exception):
    """Base of everything Lamplight refuses on purpose. `reason` is a word of the catalogue."""

    reason = "refused"

    def __init__(self, reason: str | None = None, **facts):
        super().__init__(reason or self.reason)
        self.reason = reason or self.reason
        self.facts = facts


class NotFound(Failure):
    """There is nothing here for this person: it does not exist, or is none of their business."""

    reason = "not_found"


class Refused(Failure):
    """It exists, and they may see it, but may not do this now. `reason` says why."""


class Overtaken(Refused):
    """Somebody else changed it after this person's page was drawn, so nothing was stored."""


class Invalid(Failure):
    """What was sent does not make sense. `field` names the part, `reason` says what is wrong."""

    def __init__(self, field: str, reason: str, **facts):
        super().__init__(reason, field=field, **facts)
        self.field = field


class TooMany(Failure):
    """It may be done, and was done too often just now. `seconds`: when to try again."""

    def __init__(self, reason: str, seconds: int):
        super().__init__(reason, seconds=seconds)


class Busy(Failure):
    """The server is saturated or cannot keep the promise just now; nothing was stored."""

    reason = "busy"


class Crowded(Busy):
    """Only the door is full: more people are coming in than words can be looked up for. Another process
    is not asked instead (503), or a flood would go on to the next one."""

    reason = "crowded"


class BadSetting(SystemExit):
    """A setting is missing or weak. The message is for the steward; the process ends with it."""
