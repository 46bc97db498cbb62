"""The form of a list from elsewhere: what was sent, and how it is to be taken."""

from collections.abc import Mapping, Sequence

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import BooleanField, HiddenField, SubmitField, TextAreaField

from groups.errors import Invalid
from groups.exchange.fitting import Wish
from groups.exchange.sources import text_of
from groups.formats.shape import Format
from groups.forms import Cities, OneOf
from groups.rooms.forms import format_choices
from groups.schedule.forms import Ticks
from groups.schedule.languages import LANGUAGES
from groups.schedule.places import by_region

AS_IT_IS = {"rows": 6, "class": "raw", "spellcheck": "false", "autocomplete": "off", "autocapitalize": "none"}


class ImportForm(FlaskForm):
    """A file or what was in it; which rooms, and what goes for rows that are silent. `preview` only looks;
    `seen` says what was looked at."""

    file = FileField("A file", render_kw={"accept": ".json,.csv,.tsv,.ics,.zip,.txt"})
    text = TextAreaField("Or what is in it", render_kw=AS_IT_IS)
    rooms = Ticks("Into these rooms")
    zone = OneOf("Where no time zone is said, the clocks of", widget=Cities())
    language = OneOf("Where no language is said", choices=LANGUAGES)
    format = OneOf("How these hours run")
    offline = BooleanField("Take them as online hours: also those that meet at an address")
    seen = HiddenField()
    preview = SubmitField("Look at it")
    save = SubmitField("Bring them in")

    def __init__(self, offered: Sequence, formats: Mapping[str, Format], **kwargs):
        super().__init__(**kwargs)
        self.rooms.choices = {room.slug: room.name for room in offered}
        self.zone.choices = by_region()
        self.format.choices = format_choices(formats)

    def read_file(self) -> None:
        """Put what is in the file into the field, where it can be seen and is sent again. Raises Invalid."""
        content = self.file.data.read() if self.file.data else b""
        if content:
            self.text.data = text_of(content)

    def wish(self) -> Wish:
        """How the rows are to be taken, unchecked."""
        chosen = (one.data or "" for one in (self.zone, self.format, self.language))
        return Wish(tuple(self.rooms.data or ()), *chosen, offline=bool(self.offline.data))

    def the_text(self) -> str:
        """What is to be read. Raises Invalid for nothing."""
        if not (self.text.data or "").strip():
            raise Invalid("text", "import_nothing")
        return self.text.data
