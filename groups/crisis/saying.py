"""What is said of a line, on the page and in the list that can be kept. Pure."""

from collections.abc import Iterable
from datetime import date

from groups.crisis.countries import NEEDS, Country, Line
from groups.text import at_the_beginning

WHERE = {
    "own": "on its own pages", "public": "on the pages of a public body", "others": "on the pages of others",
    "list": "in a list that others keep",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)
ASK = "That is more than a year ago: please tell those who run this house if it does not answer."


def about(line: Line) -> str:
    """For whom, when, and in which languages."""
    needs = ". ".join(NEEDS[need] for need in line.needs)
    said = (needs + ".", line.note, f"{at_the_beginning(line.hours)}." if line.hours else "We do not know the hours.")
    return " ".join(filter(None, (*said, f"{joined(line.languages)}.")))


def checked(line: Line, today: date) -> str:
    """When and where the number was found again."""
    if line.checked is None:
        return "Not checked yet."
    said = f"Checked in {MONTHS[line.checked.month - 1]} {line.checked.year}, {WHERE[line.found.kind]}."
    return f"{said} {ASK}" if line.is_old(today) else said


def plain(shown: Iterable[Country], today: date) -> str:
    """The list as plain text, to be kept on a device."""
    parts = ["Somebody to talk to", "In danger now, the first numbers of each country are the ones."]
    for country in shown:
        now = ", ".join(f"{one.number} ({one.what})" if one.what else one.number for one in country.emergency)
        parts.append(f"{country.name.upper()}\nIn danger now: {now}")
        for line in country.in_order:
            parts.append("\n".join((line.name, *ways(line), about(line), f"{line.source} {checked(line, today)}")))
    return "\n\n".join(parts) + "\n"


def ways(line: Line) -> list[str]:
    """Every way to reach a line, as one would tell it."""
    said = [f"Call {' or '.join(line.phones)}"] if line.phones else []
    if line.text:
        said.append(f"Text {line.text.word} to {line.text.number}" if line.text.word else f"Text {line.text.number}")
    said += [f"WhatsApp {line.whatsapp}"] if line.whatsapp else []
    return said + ([f"Chat {line.chat}"] if line.chat else [])


def joined(words: tuple[str, ...]) -> str:
    """Languages in a row: "German, French and Italian"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
