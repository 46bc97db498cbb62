"""Every page of a group is closed to whoever does not belong, also to those nobody thought of."""

from tests.house.doors import GROUP_PAGES, doors, knock, path

CALENDAR = ("room", "meeting", "series", "key", "reading")
# What anybody may open in a group that takes anybody: read about it, join it, see when an hour is.
OPEN_DOORS = {"membership.group", "membership.join", "schedule.meeting", "subscribing.one_date"}


def test_every_page_of_an_open_group_is_closed_to_otto_but_those_meant_for_strangers(app, behind, otto, visitor, vera):
    nowhere = {person.name: person.get("/nowhere").text for person in (otto, visitor, vera)}
    for endpoint, method, rule in doors(app, GROUP_PAGES):
        address = path(app, rule, behind["harbour"])
        for person in (otto, visitor, vera):
            answer = knock(person, method, address)
            if endpoint in OPEN_DOORS:
                assert answer.status_code in (200, 422), (person.name, method, address)
            else:
                assert answer.status_code == 404, (person.name, method, address)
                assert answer.text == nowhere[person.name], (person.name, method, address)


def test_a_group_by_invitation_shows_strangers_nothing_at_all(app, behind, otto, visitor, maya):
    for _, method, rule in doors(app, GROUP_PAGES):
        address = path(app, rule, behind["willow"])
        for person in (otto, visitor, maya):
            answer = knock(person, method, address)
            assert answer.status_code == 404, (person.name, method, address)
            assert "Willow" not in answer.text, (person.name, method, address)


def test_nothing_of_one_group_is_reached_through_another(app, behind, maya):
    for _, method, rule in doors(app, GROUP_PAGES):
        for part in (*CALENDAR, "report", "vote", "handle", "step", "appeal", "incident", "asked", "offer"):
            if part in rule.arguments:
                address = path(app, rule, behind["harbour"] | {part: behind["willow"][part]})
                assert knock(maya, method, address).status_code == 404, (method, address)


def test_what_does_not_exist_looks_the_same_as_what_is_not_yours(app, behind, otto):
    for _, method, rule in doors(app, GROUP_PAGES):
        theirs = knock(otto, method, path(app, rule, behind["willow"]))
        nobodys = knock(otto, method, path(app, rule, behind["willow"] | {"slug": "nosuchgroup", "meeting": "nosuchhour"}))
        assert (nobodys.status_code, nobodys.text) == (theirs.status_code, theirs.text), (method, str(rule))


def test_who_left_finds_every_door_closed_again(app, behind, tom):
    assert tom.post(f"/g/{behind['harbour']['slug']}/leave").status_code == 303
    for endpoint, method, rule in doors(app, GROUP_PAGES):
        if endpoint not in OPEN_DOORS:
            assert knock(tom, method, path(app, rule, behind["harbour"])).status_code == 404, (method, str(rule))
