"""Texts a group reads together: whose they are, and by what right they are read. Pure."""

from dataclasses import dataclass

from groups.text import one_line, one_of, written

TITLE_LIMIT, TEXT_LIMIT, SOURCE_LIMIT, WORDS_LIMIT = 60, 3000, 120, 120
OURS = "Written for Lamplight"  # the source of every text we ship
LICENCES = {
    "own": "Written by our group",
    "public": "Public domain",
    "permission": "Used with permission from …",
    "licence": "Under a licence: …",
}
ASKING_MORE = ("permission", "licence")  # these say from whom, or which one


@dataclass(frozen=True)
class Reading:
    """One text. licence: a key of LICENCES; licence_words: from whom the permission is, or which
    licence. key: what a format calls it by; is_shipped: it came with the house."""

    title: str = ""
    text: str = ""
    source: str = ""
    licence: str = "own"
    licence_words: str = ""
    key: str = ""
    is_shipped: bool = False

    @property
    def right(self) -> str:
        """By what right it is read here, in words."""
        words = {"permission": f"Used with permission from {self.licence_words}", "licence": f"Licence: {self.licence_words}"}
        return words.get(self.licence, LICENCES.get(self.licence, ""))

    @property
    def credit(self) -> str:
        """The line under the text: whose it is, and by what right where that is not said already."""
        return self.source if self.is_shipped else f"{self.source} · {self.right}"

    def checked(self) -> "Reading":
        """The reading fit to be stored. Raises Invalid(field, reason)."""
        licence = one_of("licence", self.licence, LICENCES)
        return Reading(
            title=one_line("title", self.title, TITLE_LIMIT), text=written("text", self.text, TEXT_LIMIT),
            source=one_line("source", self.source, SOURCE_LIMIT), licence=licence,
            licence_words=one_line("licence_words", self.licence_words, WORDS_LIMIT) if licence in ASKING_MORE else "",
            key=self.key, is_shipped=self.is_shipped,
        )
