"""What somebody wants of a feed, as it was typed. Pure."""

from collections.abc import Collection
from dataclasses import dataclass

from groups.errors import Invalid
from groups.text import one_line, one_of

WORDS = ("Appointment", "Call", "Class", "Reading", "Busy")  # what an hour is called in a discreet feed
WORD_LIMIT = 40
REMINDERS = (None, 0, 5, 15, 30, 60, 120, 1440)  # minutes before; None: never


@dataclass(frozen=True)
class Wish:
    """word: what every hour is called, where the feed is a discreet one, and what a reminder says.
    groups: the slugs of those it carries. remind: minutes before, or None."""

    word: str = WORDS[0]
    groups: frozenset[str] = frozenset()
    remind: int | None = None

    def checked(self, mine: Collection[str]) -> "Wish":
        """The wish fit to be stored. mine: slugs of the groups this account belongs to now. Raises
        Invalid(field, reason)."""
        word = self.word if self.word in WORDS else one_line("own_word", self.word, WORD_LIMIT)
        if not self.groups:
            raise Invalid("groups", "choose_group")
        for slug in self.groups:
            one_of("groups", slug, mine)
        return Wish(word, self.groups, one_of("remind", self.remind, REMINDERS))
