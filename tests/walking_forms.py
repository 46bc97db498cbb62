"""Every form of the house as it comes back when it is refused: filled in with what cannot be, and with nothing. And
the pages of whoever has kept their account, where the seven words are asked for."""

from collections.abc import Iterator
from html.parser import HTMLParser

from tests.cast import Person
from tests.house.doors import LAST, doors
from tests.owned import keep
from tests.walking import Drawn

LONG = "x" * 3000
CANNOT_BE = {"number": "many", "date": "no day", "time": "25:99", "datetime-local": "never", "select": "nosuch", "radio": "nosuch", "checkbox": None}
HIDDEN = ("hidden", "submit", "button")


def kept(app, person: Person, group) -> list[Drawn]:
    """Somebody's own pages once their account is kept: with no link for a calendar, with one as it is shown once, and
    with both."""
    words = keep(app, person)
    own = [str(rule) for _, method, rule in doors(app) if method == "GET" and not rule.arguments and str(rule).startswith(("/me", "/sign-in", "/keep"))]
    feeds = [f"/me/feeds/{kind}" for kind in ("discreet", "full")]
    found = [Drawn(person.name, f"{address}, kept", person.get(address).text) for address in feeds]
    for address in feeds:
        form = {"word": "Class", "own_word": "", "remind": "15", "groups": [group.slug], "words": words}
        made = person.post(address, **form)
        found.append(Drawn(person.name, f"{address}, just made", person.get(made.location).text))
    for address in (*own, *feeds):
        answer = person.get(address)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            found.append(Drawn(person.name, f"{address}, kept", answer.text))
    return found


class _Forms(HTMLParser):
    """The forms of a page that are sent: (address, {name: [(kind, value)]})."""

    def __init__(self):
        super().__init__()
        self.forms, self._form, self._button = [], None, {}

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self._form = (told.get("action"), {}) if told.get("method", "").lower() == "post" else None
            if self._form:
                self.forms.append(self._form)
        elif self._form and tag in ("input", "textarea", "select") and told.get("name"):
            kind = told.get("type", "text") if tag == "input" else tag
            self._form[1].setdefault(told["name"], []).append((kind, told.get("value", "")))

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None


def _forms(page: Drawn) -> Iterator[tuple[str, dict]]:
    parser = _Forms()
    parser.feed(page.html)
    for action, fields in parser.forms:
        if any(kind not in HIDDEN for kinds in fields.values() for kind, _ in kinds):
            yield action or page.address.partition(",")[0], fields


def _filled(fields, empty):
    data = {}
    for name, kinds in fields.items():
        kind, value = kinds[0]
        if kind in HIDDEN:
            data[name] = value
        elif (cannot := "" if empty else CANNOT_BE.get(kind, LONG)) is not None:
            data[name] = cannot
    return data


def refused(drawn: list[Drawn], people: dict, ways: tuple[bool, ...] = (False, True)) -> list[Drawn]:
    """What comes back of every form on these pages, once for each form and each way of filling it in wrongly. ways:
    whether with nothing in it."""
    found = {}
    for page in drawn:
        for address, fields in _forms(page):
            for empty in ways:
                path, key = address.split("?")[0], (tuple(sorted(fields)), empty, _shape(address))
                if key in found or path == LAST:
                    continue
                answer = people[page.name].post(address, **_filled(fields, empty))
                if 400 <= answer.status_code < 500 and answer.mimetype == "text/html" and "<form" in answer.text:
                    said = "with nothing in it" if empty else "with what cannot be"
                    found[key] = Drawn(page.name, f"{address}, sent {said}", answer.text)
    return list(found.values())


def _shape(address):
    """The address without what is one group's, room's or hour's own."""
    return "/".join(part if len(part) < 9 or not any(letter.isdigit() for letter in part) else "…" for part in address.split("?")[0].split("/"))
