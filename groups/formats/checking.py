"""Whether a format can be lived: every reason why not, beside the part it is about. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import get_args

import msgspec

from groups.errors import Invalid
from groups.formats.fitting import LEAST_OFFER
from groups.formats.modes import RULES, Mode
from groups.formats.parts import ORDERS, plain
from groups.formats.shape import Exercise, Format, Lead, Overflow, Segment
from groups.text import one_line, one_of, paragraphs, whole_number

TITLE_LIMIT, KIND_LIMIT, NOTE_LIMIT, PROMPT_LIMIT, SCRIPT_LIMIT, TEXT_LIMIT, SOURCE_LIMIT = 60, 20, 600, 200, 1500, 3000, 120
SHORTEST, LONGEST = 10, 240  # minutes an hour may have
PARTS = (2, 40)
SMALLEST, LARGEST = 2, 500  # people
LEAST_WARNING = 5  # seconds
LONGEST_PAUSE = 600  # seconds between two posts of one person
MOST_EXTENSION = 600  # seconds


@dataclass(frozen=True)
class Draft:
    """A format to be. hour: the minutes it is made for, which the parts share. Values are as somebody
    typed them until `checked` was asked."""

    title: str = ""
    kind: str = ""
    note: str = ""
    hour: int | None = 60
    capacity: int | None = None
    door_shuts: int | None = None
    segments: tuple[Segment, ...] = ()

    def format(self, key: str) -> Format:
        """The same as a format of that name."""
        return Format(key, self.title, self.kind, self.segments, self.capacity, self.door_shuts, self.note)


class Unfit(Invalid):
    """A format that cannot be lived as it is. `problems`: every Invalid there is, in order of the
    page; a field of the fourth part is called "parts-3-turn"."""

    def __init__(self, problems: list[Invalid]):
        first = problems[0]
        super().__init__(first.field, first.reason, **{name: fact for name, fact in first.facts.items() if name != "field"})
        self.problems = problems


def draft_of(form: Format) -> Draft:
    """A format as a draft, for an hour as long as its parts."""
    return Draft(form.title, form.kind, form.note, form.minutes, form.capacity, form.door_shuts, form.segments)


def checked(draft: Draft, readings: Collection[str]) -> Draft:
    """The draft fit to be stored and held, tidied, and without what makes no sense in a part's mode.
    readings: keys of the texts a part may name. Raises Unfit with everything that is not right."""
    found = _Checks()
    whole = {
        "title": found.of(one_line, "title", draft.title, TITLE_LIMIT),
        "kind": found.of(one_line, "kind", draft.kind, KIND_LIMIT),
        "note": found.of(paragraphs, "note", draft.note, NOTE_LIMIT),
        "hour": found.of(whole_number, "hour", draft.hour, SHORTEST, LONGEST),
    }
    if draft.capacity is not None:
        found.of(whole_number, "capacity", draft.capacity, SMALLEST, LARGEST)
    if draft.door_shuts is not None:
        found.of(whole_number, "door_shuts", draft.door_shuts, 1, LONGEST)
    segments = tuple(plain(segment) for segment in draft.segments)
    segments = tuple(_part(found, n, segment, segments, readings) for n, segment in enumerate(segments))
    _together(found, segments, whole["hour"])
    if found.problems:
        raise Unfit(found.problems)
    return replace(draft, **whole, segments=segments)


class _Checks:
    """Goes on after a refusal, so that everything can be said at once."""

    def __init__(self):
        self.problems: list[Invalid] = []

    def of(self, check, field, value, *bounds):
        """The value as the check tidies it; or as it is, with its refusal noted."""
        try:
            return check(field, value, *bounds)
        except Invalid as refusal:
            self.problems.append(refusal)
            return value

    def that(self, is_so, refusal: Invalid) -> None:
        """Note the refusal unless it is so."""
        if not is_so:
            self.problems.append(refusal)

    def about(self, *fields: str) -> bool:
        """Whether something was refused about one of these."""
        return any(problem.field in fields for problem in self.problems)


def _part(found, n, part, parts, readings):
    at = f"parts-{n}-"
    told = {
        "title": found.of(one_line, at + "title", part.title, TITLE_LIMIT),
        "prompt": found.of(paragraphs, at + "prompt", part.prompt, PROMPT_LIMIT),
        "script": found.of(paragraphs, at + "script", part.script, SCRIPT_LIMIT),
        "text": found.of(paragraphs, at + "text", part.text, TEXT_LIMIT),
        "source": found.of(paragraphs, at + "source", part.source, SOURCE_LIMIT),
    }
    found.of(one_of, at + "mode", part.mode, list(Mode))
    found.of(one_of, at + "lead", part.lead, get_args(Lead))
    found.of(whole_number, at + "minutes", part.minutes, 1, LONGEST)
    found.of(whole_number, at + "least", part.least, 1, LONGEST)
    if found.about(at + "mode", at + "minutes", at + "least"):
        return part
    found.that(part.least <= part.minutes, Invalid(at + "least", "least_above_minutes", least=part.least, minutes=part.minutes))
    if RULES[part.mode].has_turns:
        _turns(found, at, part)
    elif part.mode == Mode.OPEN_TALK:
        found.of(whole_number, at + "turn", part.turn, LEAST_OFFER, LONGEST_PAUSE)
    elif part.mode == Mode.EXERCISE:
        found.of(one_of, at + "exercise", part.exercise, [name for name in get_args(Exercise) if name])
    elif part.mode == Mode.READING:
        _reading(found, at, part, told, readings)
    if part.mode == Mode.ONE_VOICE:
        found.of(one_of, at + "overflow", part.overflow, get_args(Overflow))
        if part.overflow == "borrow":
            found.that(_lends(part.borrow_from, n, parts), Invalid(at + "borrow_from", "cannot_lend"))
    return msgspec.structs.replace(part, **told)


def _turns(found, at, part):
    most = part.minutes * 60
    found.of(one_of, at + "order", part.order, ORDERS[part.mode])
    found.of(whole_number, at + "extension", part.extension, 0, MOST_EXTENSION)
    if not part.turn:
        found.that(False, Invalid(at + "turn", "turn_missing"))
    elif found.of(whole_number, at + "turn", part.turn, LEAST_OFFER, max(most, LEAST_OFFER)) and not found.about(at + "turn"):
        found.of(whole_number, at + "warn", part.warn, LEAST_WARNING, part.turn - 1)


def _reading(found, at, part, told, readings):
    if part.reading:
        found.of(one_of, at + "reading", part.reading, readings)
        found.that(not told["text"], Invalid(at + "text", "one_text"))
        return
    found.that(told["text"] or told["script"], Invalid(at + "reading", "reading_missing"))
    found.that(told["source"] or not told["text"], Invalid(at + "source", "source_missing"))


def _lends(lender, n, parts):
    """Whether that part comes later and has minutes above its least."""
    if not isinstance(lender, int) or not n < lender < len(parts) or parts[lender].mode == Mode.CLOSING:
        return False
    minutes, least = parts[lender].minutes, parts[lender].least
    return minutes is not None and least is not None and minutes > least


def _together(found, parts, hour):
    """What no part can be blamed for alone: how many they are, the closing, the hour."""
    low, high = PARTS
    found.that(len(parts) >= low, Invalid("parts", "no_parts"))
    found.that(len(parts) <= high, Invalid("parts", "too_many_parts", given=len(parts), limit=high))
    for n, part in enumerate(parts[:-1]):
        found.that(part.mode != Mode.CLOSING, Invalid(f"parts-{n}-mode", "closing_is_last"))
    if len(parts) >= low:
        found.that(parts[-1].mode == Mode.CLOSING, Invalid(f"parts-{len(parts) - 1}-mode", "no_closing"))
    if found.about("hour", *(f"parts-{n}-{name}" for n in range(len(parts)) for name in ("minutes", "least"))):
        return
    total = 0
    for n, part in enumerate(parts):
        total += part.minutes
        if total > hour:
            return found.that(False, Invalid(f"parts-{n}-minutes", "hour_runs_out", sum=total, hour=hour))
    grows = total == hour or any(part.grows for part in parts)
    found.that(grows or not parts, Invalid("hour", "nothing_grows", sum=total, hour=hour))
