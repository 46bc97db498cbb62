"""What becomes of a row: its plan completed, its first date found, a free room, or why not."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from groups.errors import Invalid
from groups.exchange.archive import DecisionKept
from groups.exchange.fitting import Wish, fit
from groups.exchange.reckoning import CHANGED, NEW, NOT, SAME, Here, Occupied, Surroundings, reckon
from groups.exchange.sources.candidate import Candidate, Unread
from groups.formats.shipped import FORMATS
from groups.schedule.plans import Plan

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)  # a Tuesday
WISH = Wish(("quay",), "Europe/London", "sharing-60", "en")
WEEKLY = Plan("Evening", None, time(19), "Europe/London", "FREQ=WEEKLY;BYDAY=TU", 60, None, language="")


def candidate(row=1, decisions=(), offline="", **plan):
    return Candidate(row, "Evening", "bmlt", str(row), replace(WEEKLY, **plan), offline=offline, decisions=tuple(decisions))


def ready(*args, wish=WISH, **how):
    return fit(candidate(*args, **how), wish, FORMATS, NOW)


def decide(*rows, rooms=("quay",), here=None, most=60, places=None):
    places = places or {slug: Occupied(slug, slug.title(), 0) for slug in rooms}
    return reckon("a list", rows, Surroundings(places, rooms, here or {}, most), NOW).verdicts


def stored(row, room="quay", is_over=False, **changed):
    """The same hour as it would be here after an import."""
    return {("bmlt", str(row.candidate.row)): Here(7, room, replace(row.plan, **changed), is_over, frozenset())}


@pytest.mark.parametrize("plan, first", [
    ({}, date(2026, 11, 24)), ({"wall_time": time(11)}, date(2026, 12, 1)), ({"rule": "FREQ=WEEKLY;BYDAY=MO,FR"}, date(2026, 11, 27)),
    ({"first_day": date(2020, 1, 7)}, date(2026, 11, 24)), ({"first_day": date(2027, 1, 1)}, date(2027, 1, 5)),
    ({"first_day": date(2026, 11, 17), "rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}, date(2026, 12, 1)),
    ({"first_day": date(2020, 3, 31), "rule": "FREQ=MONTHLY"}, date(2026, 12, 31)),
    ({"zone": "Pacific/Auckland", "wall_time": time(0, 30)}, date(2026, 12, 1)),
])
def test_it_begins_with_the_next_date_there_is_and_keeps_its_turn(plan, first):
    assert ready(**plan).plan.first_day == first


@pytest.mark.parametrize("how, reason", [
    ({"offline": "import_in_person"}, "import_in_person"), ({"minutes": 420}, "import_length"), ({"minutes": 0}, "import_length"),
    ({"minutes": 15}, "hour_too_short"), ({"last_day": date(2026, 11, 20)}, "import_over"),
    ({"first_day": date(2026, 1, 1), "last_day": date(2026, 1, 1)}, "import_over"), ({"pauses": "always"}, "pause_unclear"),
    ({"decisions": [DecisionKept(on_day=date(2026, 12, 1), to_day=date(2027, 2, 1))]}, "import_far_move"),
    ({"decisions": [DecisionKept(on_day=date(2026, 12, 1), to_day=date(2026, 12, 8), to_time=time(19, 30))]}, "room_in_use"),
    ({"decisions": [DecisionKept(on_day=date(2026, 12, 1), needs="cook")]}, "choose_one"),
])
def test_what_does_not_fit_says_why(how, reason):
    with pytest.raises(Invalid) as caught:
        ready(**how)
    assert caught.value.reason == reason


def test_what_it_is_silent_about_is_what_somebody_chose_and_is_said():
    wish = replace(WISH, zone="Asia/Kathmandu", language="de", format="check-in-45", offline=True)
    found = ready(wish=wish, zone="", minutes=90, offline="import_in_person")
    assert (found.plan.zone, found.plan.language, found.plan.format) == ("Asia/Kathmandu", "de", "check-in-45")
    assert found.notes == (("import_zone_taken", {"city": "Kathmandu"}),)
    kept = ready(wish=wish, format="speaker-60", language="fr")
    assert (kept.plan.format, kept.plan.language, kept.notes) == ("speaker-60", "fr", ())
    assert ready(format="of another house").notes == (("import_format_taken", {"title": FORMATS["sharing-60"].title}),)


def test_decisions_about_dates_change_its_hours():
    days = [date(2026, 12, 1), date(2026, 12, 8), date(2020, 1, 1)]
    found = ready(decisions=[
        DecisionKept(on_day=days[0], cancelled=True), DecisionKept(on_day=days[1], to_time=time(20), minutes=9999, format="karaoke", why="x" * 300),
        DecisionKept(on_day=days[2], cancelled=True),
    ])
    starts = [start for start, _ in found.hours]
    assert datetime(2026, 12, 1, 19, tzinfo=UTC) not in starts and datetime(2026, 12, 8, 20, tzinfo=UTC) in starts
    assert [one.on_day for one in found.decisions] == days[:2]
    kept = found.decisions[1]
    assert (kept.minutes, kept.format, len(kept.why)) == (None, None, 200)


def test_the_first_room_that_is_free_takes_it():
    rows = [ready(n) for n in (1, 2, 3)] + [ready(4, wall_time=time(20))]
    found = decide(*rows, rooms=("quay", "attic"))
    assert [(one.outcome, one.room and one.room.slug) for one in found] == [(NEW, "quay"), (NEW, "attic"), (NOT, None), (NEW, "quay")]
    assert (found[2].reason, found[2].facts) == ("room_in_use", {"title": "Evening"})


@pytest.mark.parametrize("begins, outcome", [(time(18), NEW), (time(18, 1), NOT), (time(19), NOT), (time(19, 59), NOT), (time(20), NEW)])
def test_hours_may_touch_but_not_overlap(begins, outcome):
    assert decide(ready(1), ready(2, wall_time=begins))[1].outcome == outcome


def test_a_long_hour_that_began_before_is_in_the_way_too():
    place = Occupied("quay", "Quay", 1)
    place.take([(NOW, NOW + timedelta(hours=4))], "Long", 1)
    assert place.clash([(NOW + timedelta(hours=3), NOW + timedelta(hours=5))]) == "Long"
    assert place.clash([(NOW + timedelta(hours=3), NOW + timedelta(hours=5))], besides=1) is None
    place.free(1)
    assert place.clash([(NOW, NOW + timedelta(hours=1))]) is None


def test_a_room_takes_so_many_and_no_more():
    found = decide(*(ready(n, wall_time=time(n)) for n in range(1, 5)), most=3)
    assert [one.outcome for one in found] == [NEW, NEW, NEW, NOT] and (found[3].reason, found[3].facts) == ("enough_series", {"limit": 3})


def test_the_same_name_twice_comes_once():
    found = decide(ready(1), Unread(2, "B", "import_no_name", {}), replace(ready(1, wall_time=time(9)), candidate=replace(candidate(3), source_id="1")))
    assert [(one.outcome, one.reason) for one in found] == [(NEW, ""), (NOT, "import_no_name"), (NOT, "import_twice")]
    assert found[2].facts == {"row": 1}


@pytest.mark.parametrize("changed, outcome", [
    ({}, SAME), ({"format": "check-in-45", "needs": "chair", "places": 8}, SAME), ({"first_day": date(2024, 1, 2)}, SAME),
    ({"rule": "FREQ=WEEKLY"}, SAME), ({"language": "de"}, SAME), ({"title": "Morning"}, CHANGED), ({"minutes": 90}, CHANGED),
    ({"wall_time": time(20)}, CHANGED), ({"zone": "Europe/Lisbon"}, SAME), ({"zone": "Europe/Berlin"}, CHANGED),
    ({"rule": "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"}, CHANGED), ({"pauses": "07-01/08-31"}, CHANGED), ({"last_day": date(2027, 6, 1)}, CHANGED),
])
def test_what_came_before_is_the_same_or_changed_by_what_the_list_says(changed, outcome):
    row = ready(1)
    assert [one.outcome for one in decide(row, here=stored(row, **changed))] == [outcome]


def test_a_language_the_list_says_counts_and_so_do_new_dates_left_out():
    assert decide(ready(1, language="de"), here=stored(ready(1)))[0].outcome == CHANGED
    out = DecisionKept(on_day=date(2026, 12, 1), cancelled=True)
    assert decide(ready(1, decisions=[out]), here=stored(ready(1)))[0].outcome == CHANGED
    [(called, here)] = stored(ready(1)).items()
    decided = {called: replace(here, decided=frozenset([out.on_day]))}
    assert decide(ready(1, decisions=[out]), here=decided)[0].outcome == SAME, "what was decided here stands"


def test_a_change_may_take_its_own_time_and_not_anothers():
    row = ready(1, wall_time=time(19, 30))
    place = Occupied("quay", "Quay", 2)
    place.take(ready(1).hours, "Evening", 7)
    assert decide(row, here=stored(ready(1)), places={"quay": place})[0].outcome == CHANGED
    place = Occupied("quay", "Quay", 2)
    place.take(ready(1).hours, "Evening", 7)
    place.take(ready(2, wall_time=time(20)).hours, "Other", 8)
    [found] = decide(row, here=stored(ready(1)), places={"quay": place})
    assert (found.reason, found.facts) == ("room_in_use", {"title": "Other"})


def test_what_was_ended_here_stays_ended_and_a_closed_room_is_left_alone():
    row = ready(1)
    assert decide(row, here=stored(row, is_over=True))[0].reason == "import_ended"
    assert decide(row, here=stored(row, room="attic", title="Morning"))[0].reason == "room_locked"
    assert decide(row, here=stored(row, room="attic"))[0].outcome == SAME


def test_a_reckoning_has_a_word_for_exactly_what_it_came_to():
    def seen(*rows, **how):
        places = {"quay": Occupied("quay", "Quay", 0)}
        return reckon("a list", rows, Surroundings(places, ("quay",), how.get("here", {}), how.get("most", 60)), NOW).seen

    assert seen(ready(1)) == seen(ready(1))
    assert len({seen(ready(1)), seen(ready(2)), seen(ready(1, minutes=90)), seen(ready(1), most=0), seen(ready(1), here=stored(ready(1)))}) == 5
