"""Every page of the house once, drawn for somebody who may see it, for what is to be true of all of them."""

from dataclasses import dataclass

from tests.house.doors import doors, path

DRAWN_FIRST = ("Maya", "Rosa", "Tom", "")  # whoever of them gets the page; a visitor's is drawn besides

NO_PAGES = ("accounts.away",)  # it would end the walk


@dataclass(frozen=True)
class Drawn:
    """A page as it was sent, to whom ("" for a visitor), and from where."""

    name: str
    address: str
    html: str

    def __str__(self):
        return f"{self.address} for {self.name or 'a visitor'}"


def pages(app, behind: dict, people: dict) -> list[Drawn]:
    """Every page that can be opened, by the first of these people who may, and by a visitor where it is
    there for visitors; then what is shown when something is not there, too old, or broken."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    found = {}
    for _, method, rule in doors(app):
        if method != "GET" or rule.endpoint in NO_PAGES:
            continue
        address = path(app, rule, behind["harbour"])
        for name in DRAWN_FIRST:
            if html := _html(people[name].get(address)):
                found[name, address] = Drawn(name, address, html)
                break
        if html := _html(people[""].get(address)):
            found["", address] = Drawn("", address, html)
    found["Tom", "/nowhere"] = Drawn("Tom", "/nowhere", people["Tom"].get("/nowhere").text)
    whole = app.view_functions["honest.seen"]
    app.view_functions["honest.seen"] = lambda: 1 / 0
    try:
        found["Tom", "broken"] = Drawn("Tom", "/seen, broken", people["Tom"].get("/seen").text)
    finally:
        app.view_functions["honest.seen"] = whole
    return list(found.values())


def _html(answer):
    whole = answer.status_code == 200 and answer.mimetype == "text/html" and answer.text.startswith("<!")
    return answer.text if whole else ""
