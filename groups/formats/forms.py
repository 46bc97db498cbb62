"""The forms of formats and readings. They only read what was typed; the actions decide."""

from collections.abc import Mapping

from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, FormField, HiddenField, RadioField, StringField

from groups.errors import Invalid
from groups.formats import checking as limits
from groups.formats.checking import Draft, Unfit
from groups.formats.modes import Mode
from groups.formats.parts import ALWAYS, BESIDES, ORDERS, plain
from groups.formats.preview import EXERCISES, LEADS, MODES, OVERFLOWS, SEVEN
from groups.formats.preview import ORDERS as ORDER_WORDS
from groups.formats.readings import LICENCES, SOURCE_LIMIT, TEXT_LIMIT, TITLE_LIMIT, WORDS_LIMIT, Reading
from groups.formats.shape import Segment
from groups.forms import AtLength, InOneLine, MaybeNumber, OneOf, Rows, TimeOfDay, WholeNumber
from groups.sentences import sentence
from groups.together_forms import Together

PLAIN = {"autocomplete": "off"}
SUGGESTED = {"turn": 120}  # for a part that has no turns, should it become one that has


def _digits(low, high):
    return PLAIN | {"min": low, "max": high, "inputmode": "numeric"}


class PartForm(Form):
    """One part of the hour. What means nothing in its mode is not complained about."""

    title = StringField("Name of this part", render_kw=PLAIN | {"maxlength": limits.TITLE_LIMIT})
    mode = OneOf(
        "What happens", default="notice", choices={mode.value: name for mode, (name, _) in MODES.items()},
        render_kw={"class": "mode"},
    )
    minutes = WholeNumber("Minutes", default=5, render_kw=_digits(1, limits.LONGEST))
    least = WholeNumber("At the least", default=2, render_kw=_digits(1, limits.LONGEST))
    prompt = AtLength("What everybody sees", most=limits.PROMPT_LIMIT, render_kw={"rows": 2})
    script = AtLength("What is read out or posted, line by line", most=limits.SCRIPT_LIMIT, render_kw={"rows": 4})
    lead = OneOf("Who reads it", choices=LEADS, default="chair")
    turn = MaybeNumber("Seconds for one turn", default=120, render_kw=_digits(20, 3600))
    warn = MaybeNumber("Seconds before its end, a quiet word", default=30, render_kw=_digits(5, 600))
    order = OneOf("Who is next", default="hand")
    extension = MaybeNumber("Seconds one may ask for, once", default=60, render_kw=_digits(0, limits.MOST_EXTENSION))
    newcomers_first = BooleanField("Newcomers before the others")
    unheard = BooleanField("Only for those who have not shared yet")
    pass_ok = BooleanField("Passing is fine", default=True)
    step = BooleanField("What people say here goes home with them, on their last page")
    overflow = OneOf("When the minutes are over and hands are up", choices=OVERFLOWS, default="cut_to_next")
    borrow_from = OneOf("Borrow from", default="")
    grows = BooleanField("This part takes what is left of the hour")
    exercise = OneOf("Which exercise", choices={"": "Please choose"} | EXERCISES, default="")
    reading = OneOf("Which reading", default="")
    text = AtLength("Or the words themselves", most=limits.TEXT_LIMIT, render_kw={"rows": 4})
    source = InOneLine("Whose words these are", most=limits.SOURCE_LIMIT, render_kw=PLAIN)

    def validate(self, extra_validators=None):
        super().validate(extra_validators)
        for field in self:
            if self.mode.data in BESIDES and field.short_name not in (*ALWAYS, *BESIDES[self.mode.data]):
                field.errors = []
        return not self.errors

    def segment(self) -> Segment:
        """What was typed, without what means nothing in its mode; unchecked."""
        told = {name: value for name, value in self.data.items() if name != "borrow_from"}
        lender = self.borrow_from.data or ""
        mode = Mode(told["mode"]) if told["mode"] in BESIDES else told["mode"]
        return plain(Segment(**told | {"mode": mode, "borrow_from": int(lender) if lender.isdecimal() else None}))


class ClockForm(Form):
    """From when to look at the clock."""

    at = TimeOfDay("If it begins at", default=SEVEN)


class FormatForm(FlaskForm):
    """A group's own format, whole. `at` is only for looking at the clock."""

    title = StringField("Name of the format", render_kw=PLAIN | {"maxlength": limits.TITLE_LIMIT})
    kind = StringField("Two words for the calendar", render_kw=PLAIN | {"maxlength": limits.KIND_LIMIT})
    note = AtLength("What somebody should know before choosing it", most=limits.NOTE_LIMIT, render_kw={"rows": 3})
    hour = WholeNumber("Minutes of the hour", render_kw=_digits(limits.SHORTEST, limits.LONGEST))
    capacity = MaybeNumber("Places, at most", render_kw=_digits(limits.SMALLEST, limits.LARGEST))
    door_shuts = MaybeNumber("The door shuts after so many minutes", render_kw=_digits(1, limits.LONGEST))
    parts = Rows(FormField(PartForm))
    at = TimeOfDay("If it begins at", default=SEVEN)
    edition = HiddenField()

    def offer(self, readings: Mapping[str, Reading]) -> None:
        """Put in what can be chosen: readings, and for each part the later ones it could borrow from."""
        own = {key: text.title for key, text in readings.items() if not text.is_shipped}
        ready = {key: text.title for key, text in readings.items() if text.is_shipped}
        texts = {"None": {"": "No reading from the library"}} | ({"Your own": own} if own else {}) | {"Ready to use": ready}
        titles = [(str(n), f"{n + 1}. {part.form.title.data or 'no name'}") for n, part in enumerate(self.parts)]
        for n, part in enumerate(self.parts):
            part.form.reading.choices = texts
            part.form.borrow_from.choices = [("", "Please choose"), *titles[n + 1:]]
            mode = part.form.mode.data
            part.form.order.choices = [(key, ORDER_WORDS[key]) for key in ORDERS.get(mode, ORDERS[Mode.ONE_VOICE])]

    def draft(self) -> Draft:
        """What was typed, unchecked."""
        return Draft(
            title=self.title.data or "", kind=self.kind.data or "", note=self.note.data or "", hour=self.hour.data,
            capacity=self.capacity.data, door_shuts=self.door_shuts.data,
            segments=tuple(part.form.segment() for part in self.parts),
        )

    def begun_from(self) -> int | None:
        """The edition the page began from."""
        return int(self.edition.data) if (self.edition.data or "").isdecimal() and len(self.edition.data) < 9 else None

    def complaints(self) -> list[tuple[str, str, str]]:
        """(id of the field, which part it is in, sentence) for everything that is not right."""
        found = [("", "", text) for text in self.form_errors]
        found += [(f.id, "", text) for f in self if f is not self.parts for text in f.errors]
        for n, part in enumerate(self.parts, 1):
            where = part.form.title.data or f"Part {n}"
            found += [(f.id, where, text) for f in part.form for text in f.errors]
        return found

    def say(self, unfit: Unfit) -> None:
        """Put every sentence beside the field it is about."""
        for problem in unfit.problems:
            self._field(problem.field, problem)

    def _field(self, path: str, problem: Invalid):
        text = sentence(problem.reason, **problem.facts)
        _, _, rest = path.partition("parts-")
        if rest:
            n, _, name = rest.partition("-")
            field = self.parts[int(n)].form[name]
        elif path in self and path != "parts":
            field = self[path]
        else:
            self.form_errors = [*self.form_errors, text]
            return
        field.errors = [*field.errors, text]


def as_typed(draft: Draft, edition: int) -> dict:
    """A draft as the data of the form."""
    parts = []
    for segment in draft.segments:
        part = {name: getattr(segment, name) for name in segment.__struct_fields__}
        lender = segment.borrow_from
        parts.append(part | {"turn": segment.turn or SUGGESTED["turn"], "borrow_from": "" if lender is None else str(lender)})
    return vars(draft) | {"parts": parts, "edition": str(edition)}


class ReadingForm(Together, FlaskForm):
    """A text of the group's own, with its source and the right to read it."""

    title = StringField("Title", render_kw=PLAIN | {"maxlength": TITLE_LIMIT})
    text = AtLength("The words", most=TEXT_LIMIT, render_kw={"rows": 12})
    source = InOneLine("Who wrote it, or where it is from", most=SOURCE_LIMIT, render_kw=PLAIN)
    licence = RadioField("By what right you read it", choices=LICENCES, validate_choice=False)
    licence_words = InOneLine("From whom, or which licence", most=WORDS_LIMIT, render_kw=PLAIN)

    def reading(self) -> Reading:
        """What was typed, unchecked."""
        return Reading(
            title=self.title.data, text=self.text.data, source=self.source.data, licence=self.licence.data,
            licence_words=self.licence_words.data,
        )
