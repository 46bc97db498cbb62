"""An address that only takes forms leads, when it is loaded, to the page its form stands on: the same way for
everybody, whether or not there is anything behind it."""

import re
from urllib.parse import urlsplit

from tests.house.doors import doors, knock, path

FORM = re.compile(r'<form[^>]*method="post"[^>]*action="([^"]+)"|formaction="([^"]+)"')
# Whoever has gone is nobody's any more, and the front page is for anybody; and a step does not say about whom it is,
# so whoever lifts one is led to where they are chosen.
ELSEWHERE = {"/sign-out": "/", "/forget": "/", "lift": "members"}


def only_for_forms(app):
    """The rule of every address that only takes forms."""
    shown = {str(rule) for _, method, rule in doors(app) if method == "GET"}
    return [rule for _, method, rule in doors(app) if method == "POST" and str(rule) not in shown]


def test_it_is_the_page_the_form_stands_on(walk, maya):
    stands = {}
    for page in walk:
        for found in FORM.findall(page.html):
            stands.setdefault(urlsplit("".join(found)).path, set()).add(urlsplit(page.address).path)
    led = {address: maya.get(address) for address in stands}
    led = {address: answer.headers["Location"] for address, answer in led.items() if answer.status_code == 302}
    assert len(led) > 20
    other = {address: to for address, to in led.items() if to not in stands[address]}
    assert {one.rsplit("/", 1)[-1] if one.startswith("/g/") else one: to.rsplit("/", 1)[-1] or "/" for one, to in other.items()} == ELSEWHERE


def test_no_form_on_what_such_an_address_answers_is_sent_there_by_mistake(app, behind, visitor, tom, maya):
    """A form that does not say where it goes, goes to the address it is shown at."""
    answered = 0
    for rule in only_for_forms(app):
        for person in (visitor, tom, maya):
            answer = knock(person, "POST", path(app, rule, behind["harbour"]))
            answered += answer.mimetype == "text/html" and "<form" in answer.text
            assert not re.search(r'<form(?=[^>]*method="post")(?![^>]*action=)', answer.text), (person.name, str(rule))
    assert answered > 8


def test_nobody_learns_anything_by_it(app, behind, visitor, otto, maya):
    """It is told by the shape of an address. What it leads to answers strangers as ever."""
    rules = only_for_forms(app)
    assert len(rules) > 70
    for rule in rules:
        theirs = behind["willow"]
        invented = {name: value if isinstance(value, int) else f"nosuch{name}" for name, value in theirs.items()}
        for person in (visitor, otto, maya):
            answers = [person.get(path(app, rule, values)) for values in (theirs, invented)]
            to = [answer.headers["Location"].split("/") for answer in answers]
            assert [answer.status_code for answer in answers] == [302, 302], str(rule)
            names = {value: name for values in (theirs, invented) for name, value in values.items() if not isinstance(value, int)}
            assert [names.get(part, part) for part in to[0]] == [names.get(part, part) for part in to[1]], str(rule)
            assert answers[0].headers["Cache-Control"] == "no-store"


def test_there_is_a_page(app, behind, maya):
    for rule in only_for_forms(app):
        answer = maya.get(path(app, rule, behind["harbour"]), follow_redirects=True)
        assert answer.status_code in (200, 404) and answer.request.path != path(app, rule, behind["harbour"]), str(rule)


def test_what_is_no_address_is_not_found_as_ever(maya):
    for address in ("/nowhere", "/nowhere/share", "/me/nothing"):
        assert maya.get(address).status_code == 404, address
    assert maya.client.put("/me/entries/open").status_code == 404, "only whoever loads it is led on"
