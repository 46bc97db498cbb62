"""What a person reads when something cannot be done: one sentence or two per reason, the same on
the page, in the ack and on the plain page. Plain, kind, and it says what to do next.

The sentences stand beside one another by what they are about, one file each."""

from datetime import datetime

from groups.sentences import (
    accounts,
    belonging,
    calendar,
    conscience,
    exchange,
    formats,
    house,
    limiting,
    meeting,
    mine,
    moderating,
    reminding,
    serving,
)

_ABOUT = (
    house, limiting, accounts, belonging, calendar, reminding, exchange, serving, formats, meeting, moderating, conscience, mine
)
SENTENCES: dict[str, str] = {reason: text for about in _ABOUT for reason, text in about.SENTENCES.items()}

# What a device shows before an hour. Whoever stands beside it may read this, and three companies may
# guess at it: it says nothing of where it is from, and there are these three and no others.
REMINDERS = ("Something you planned is coming up.", "A quiet hour is near.", "Time for a pause.")


def sentence(reason: str, **facts) -> str:
    """The sentence for a reason word, with the facts filled in; of a moment, its day on the clock it is on. An
    unknown word is a mistake of ours and reads as the general refusal, never as the bare word."""
    text = SENTENCES.get(reason, SENTENCES["refused"])
    days = {name: f"{fact:%-d %B %Y}" for name, fact in facts.items() if isinstance(fact, datetime)}
    return text.format_map(_Facts(facts | days))


class _Facts(dict):
    def __missing__(self, name):
        return "…"
