"""The form of a feed. It reads what was typed; the action decides."""

from wtforms import RadioField, StringField

from groups.accounts.forms import AgainForm
from groups.forms import OneOf
from groups.schedule.forms import Ticks
from groups.schedule.words import minutes_words
from groups.subscribing.models import Feed, FeedKind
from groups.subscribing.wishes import REMINDERS, WORD_LIMIT, WORDS, Wish

OWN = "own"
MOST_CARRIED, LONGEST_CARRIED = 60, 200  # groups and characters of a refused form: a session holds little
CALLED = {word: word for word in WORDS} | {OWN: "A word of my own"}


def reminder_words(minutes: int | None) -> str:
    """'15 minutes before', 'Never'."""
    said = {None: "Never", 0: "When it begins", 1440: "A day before"}
    return said.get(minutes) or f"{minutes_words(minutes).capitalize()} before"


class FeedForm(AgainForm):
    """What a feed carries, and what it calls an hour; a full one calls each by its name. The words are asked for
    where a link is made by it, of whoever has any."""

    word = RadioField("Every hour is called", choices=CALLED, validate_choice=False)
    own_word = StringField("My own word", render_kw={"maxlength": WORD_LIMIT, "autocomplete": "off"})
    groups = Ticks("From these groups", coerce=str)
    remind = OneOf("A reminder", choices={"" if one is None else str(one): reminder_words(one) for one in REMINDERS})

    def __init__(
        self, kind: FeedKind, groups: list, feed: Feed | None, ticked: list[str], is_kept: bool, typed: dict | None = None, **how
    ):
        """groups: rows of all that somebody belongs to. ticked: the slugs of those carried so far. is_kept:
        whether seven words open the account. typed: what was chosen a moment ago, and refused (`typed`)."""
        word, minutes = (feed.word, feed.remind_minutes) if feed else (WORDS[0], None)
        so_far = {
            "word": word if word in WORDS else OWN, "own_word": "" if word in WORDS else word, "groups": ticked,
            "remind": "" if minutes is None else str(minutes),
        }
        super().__init__(**so_far | (typed or {}), **how)
        self.groups.choices = {group.slug: group.name for group in groups}
        if kind == FeedKind.FULL:
            del self.word, self.own_word
        if feed or not is_kept:
            del self.words

    @property
    def typed(self) -> dict:
        """What was chosen, fit to be carried along until the page is loaded again: all but the seven words."""
        groups = [slug for slug in self.groups.data or () if slug in self.groups.choices]
        chosen = {"groups": groups[:MOST_CARRIED], "remind": (self.remind.data or "")[:5]}
        if "word" in self:
            chosen["word"] = self.word.data if self.word.data in CALLED else OWN
            chosen["own_word"] = (self.own_word.data or "")[:LONGEST_CARRIED]
        return chosen

    @property
    def wish(self) -> Wish:
        """What was typed, unchecked."""
        word = WORDS[0]
        if "word" in self:
            word = self.own_word.data or "" if self.word.data in (OWN, None) else self.word.data
        remind = self.remind.data or None
        if remind and remind.isdecimal() and len(remind) < 6:
            remind = int(remind)
        return Wish(word, frozenset(self.groups.data or ()), remind)
