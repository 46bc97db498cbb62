"""The open data as a program finds it: the same for everybody, kept for a while, refused in JSON."""

from datetime import timedelta

import pytest

from tests.doors.asking import of
from tests.evenings import NOON, every_tuesday
from tests.exchanged import guide_faults

pytestmark = pytest.mark.usefixtures("noon")
FEED, BMLT = "/feeds/meetings.json", "/feeds/bmlt/client_interface/json/"
API = ("/api/v1/meetings", "/api/v1/series", "/api/v1/groups", "/api/v1/openapi.json")
ALL = (FEED, f"{BMLT}?switcher=GetSearchResults", f"{BMLT}?switcher=GetFormats", f"{BMLT}?switcher=GetServerInfo", *API)
TAG = '<link rel="alternate" type="application/json" title="Meetings Feed" href="/feeds/meetings.json">'


@pytest.fixture
def evening(maya, quay):
    """Tonight at 19:00 London in the Quay, and every Tuesday."""
    return every_tuesday(maya, quay)


@pytest.mark.parametrize("address", ALL)
def test_it_is_json_for_everybody(visitor, maya, vera, evening, address):
    answers = [person.get(address) for person in (visitor, maya, vera)]
    assert {answer.status_code for answer in answers} == {200} and answers[0].mimetype == "application/json"
    assert len({answer.text for answer in answers}) == 1 and "Willow" not in answers[0].text


@pytest.mark.parametrize("address", ALL)
def test_who_has_it_already_is_told_so_and_a_change_is_a_new_answer(visitor, evening, address, freeze):
    first = visitor.get(address)
    again = visitor.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data, again.headers["Cache-Control"]) == (304, b"", "public, max-age=300")
    # A date alone proves nothing: what is no longer listed leaves no later one behind.
    dated = visitor.get(address, headers={"If-Modified-Since": "Fri, 31 Dec 2027 23:59:59 GMT"})
    assert dated.status_code == 200
    assert visitor.client.head(address).headers["ETag"] == first.headers["ETag"]


def test_the_date_of_the_last_change_is_said(visitor, evening):
    for address in (FEED, "/api/v1/meetings", "/api/v1/series"):
        assert visitor.get(address).headers["Last-Modified"].startswith("Tue, 24 Nov 2026 12:0"), address


def test_the_feed_is_a_meeting_guide_feed_and_its_tag_is_where_it_belongs(visitor, maya, evening, harbour):
    feed = visitor.get(f"{FEED}?cache=17").json
    assert guide_faults(feed) == [] and [one["name"] for one in feed] == ["Evening harbour"]
    assert feed[0]["conference_url"].endswith(of(harbour, "/join"))
    assert visitor.get(feed[0]["conference_url"].removeprefix("http://localhost")).status_code == 200
    for address in ("/", "/calendar"):
        assert TAG in visitor.get(address).text
    for address in (of(harbour), of(harbour, f"/m/{evening.public_id}"), of(harbour, "/join"), "/sign-in"):
        assert "Meetings Feed" not in visitor.get(address).text


def test_bmlt_is_answered_in_its_own_words(visitor, evening):
    [found] = visitor.get(f"{BMLT}?switcher=GetSearchResults&weekdays=3").json
    assert (found["meeting_name"], found["weekday_tinyint"], found["venue_type"]) == ("Evening harbour", "3", "2")
    both = visitor.get(f"{BMLT}?switcher=GetSearchResults&get_used_formats=1").json
    assert both["meetings"] == [found]
    assert [one["key_string"] for one in both["formats"]] == ["VM", "O", "C", "sharing-60"]
    assert both["formats"] == visitor.get(f"{BMLT}?switcher=GetFormats").json
    assert visitor.get(f"{BMLT}?switcher=GetServerInfo").json[0]["nativeLang"] == "en"


def test_the_api_tells_dated_hours_series_and_groups(visitor, evening, harbour):
    found = visitor.get("/api/v1/meetings?zone=Europe/Berlin&limit=1").json
    assert (found["from"], found["to"], found["zone"]) == ("2026-11-24", "2026-12-01", "Europe/Berlin")
    [hour] = found["meetings"]
    assert hour["id"] == evening.public_id and hour["starts_at"] == "2026-11-24T19:00:00Z" and hour["own_start"] == "2026-11-24T19:00"
    assert hour["format"] == {"key": "sharing-60", "title": "Sharing, one at a time", "kind": "sharing"}
    assert visitor.get(hour["url"].removeprefix("http://localhost")).status_code == 200
    after = visitor.get(f"/api/v1/meetings?zone=Europe/Berlin&limit=1&cursor={found['next']}").json
    assert [one["starts_at"] for one in after["meetings"]] == ["2026-12-01T19:00:00Z"] and after["next"] is None
    [series] = visitor.get("/api/v1/series").json["series"]
    assert series["id"] == hour["series"] and series["words"].startswith("every Tuesday at 19:00 in London, from 24 November")
    assert [one["name"] for one in visitor.get("/api/v1/groups").json["groups"]] == ["Harbour"]


def test_a_group_by_invitation_is_nowhere_and_not_told_from_one_that_never_was(visitor, vera, willow):
    for person in (visitor, vera):
        theirs, nobodys = (person.get(f"/api/v1/meetings?group={slug}") for slug in (willow.slug, "b" * 10))
        assert theirs.status_code == 404 and theirs.json == nobodys.json
        assert theirs.json == {"reason": "not_listed", "sentence": "Nothing is listed here, or no longer."}


@pytest.mark.parametrize("address, field, reason", [
    ("/api/v1/meetings?from=soon", "from", "bad_date"), ("/api/v1/meetings?limit=1000", "limit", "out_of_range"),
    ("/api/v1/series?zone=UTC", "zone", "unknown_question"), ("/api/v1/groups?cursor=x", "cursor", "bad_cursor"),
    (BMLT, "switcher", "unknown_switcher"), (f"{BMLT}?switcher=GetChanges", "switcher", "unknown_switcher"),
    ("/api/v1/openapi.json?v=2", "v", "unknown_question"), ("/api/v1/meetings?group=%00", "group", "not_listed"),
])
def test_a_question_that_is_none_is_refused_in_json_and_not_kept(visitor, address, field, reason):
    answer = visitor.get(address)
    assert (answer.status_code, answer.json["field"], answer.json["reason"]) == (422, field, reason)
    assert answer.json["sentence"].endswith((".", "?")) and answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("address", [FEED, BMLT, *API])
def test_it_is_for_reading_only(visitor, address, method):
    answer = visitor.client.open(address, method=method)
    assert (answer.status_code, answer.json["reason"]) == (405, "only_reading") and "GET" in answer.headers["Allow"]


def test_an_address_that_is_not_there_and_a_page_that_breaks_say_so_in_json(app, visitor, monkeypatch):
    def broken():
        raise ZeroDivisionError("something somebody wrote")

    monkeypatch.setitem(app.view_functions, app.url_map.bind("").match("/api/v1/groups")[0], broken)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    assert visitor.get("/api/v1/people").json["reason"] == "not_listed"
    answer = visitor.get("/api/v1/groups")
    assert (answer.status_code, answer.json["reason"]) == (500, "broken") and "somebody wrote" not in answer.text


def test_looking_leaves_no_trace(visitor, evening, freeze):
    for address in ALL:
        assert "Set-Cookie" not in visitor.get(address).headers
    freeze(NOON + timedelta(days=400))
    for address in ALL:
        assert visitor.get(address).status_code == 200, "also when nothing is left"
