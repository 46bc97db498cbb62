"""Filters and search, asked of a real database of either kind: the right hours and no others."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from groups.db import change, reading
from groups.errors import NotFound
from groups.formats.models import OwnFormat
from groups.membership.models import Access, Group, Membership
from groups.rooms.models import Door, Room
from groups.rota.models import Duty
from groups.schedule import listing, marks
from groups.schedule.calendar import Wish, calendar_page
from groups.schedule.choices import choices_for
from groups.schedule.filters import MINE, hidden, sign
from groups.schedule.models import DutyKind, Meeting, Phase, Series
from groups.schedule.month import edges_of, empty_days
from groups.schedule.reader import Reader
from groups.schedule.seeing import Narrow
from tests.evenings import EVENING, NOON
from tests.server import KINDS, empty_database, move_in_at

LONDON = ZoneInfo("Europe/London")
HOURS = {
    # title: (room, begins so many hours after Tuesday noon, what is not as usual)
    "Étape du soir": ("The Quay", 7, {"language": "fr"}), "Morning light": ("The Quay", 20, {"format": "check-in-45"}),
    "Late 100% light": ("The Quay", 34, {}), "Back room": ("Back room", 8, {}), "Own hour": ("The Grove", 9, {"format": "own"}),
    "Unlisted": ("The Quay", 50, {"is_listed": False}), "Cancelled": ("The Quay", 60, {"phase": Phase.CANCELLED, "why": "Holiday"}),
    "Frauenabend": ("Stube", 30, {"language": "de"}), "Put away": ("Attic", 10, {}),
}
OPEN = {"Étape du soir", "Morning light", "Late 100% light", "Cancelled", "Frauenabend"}


@pytest.fixture(params=KINDS, scope="module")
def world(request, tmp_path_factory):
    """The cast, a third group, and nine hours."""
    with empty_database(request, tmp_path_factory.mktemp("calendar"), "calendar") as url, move_in_at(url):
        plan_hours()
        yield


def plan_hours():
    with change() as (session, _):
        quay = session.scalar(select(Room).where(Room.name == "The Quay"))
        lantern = Group(name="Lantern", purpose="", for_whom="Women", access=Access.OPEN, zone="Europe/Berlin")
        session.add_all([
            Room(group=quay.group, name="Back room", door=Door.MEMBERS), Room(group=quay.group, name="Attic", archived_at=NOON),
            lantern, Room(group=lantern, name="Stube"),
        ])
        session.flush()
        rooms = {room.name: room for room in session.scalars(select(Room))}
        own = OwnFormat(group_id=rooms["The Grove"].group_id, key="own", title="Our way", kind="Knüpfen", hour=60, segments=())
        session.add(own)
        for n, (title, (room, hours, unusual)) in enumerate(HOURS.items()):
            at = NOON + timedelta(hours=hours)
            plain = {"zone": "Europe/London", "format": "sharing-60"}
            meeting = Meeting(room=rooms[room], title=title, starts_at=at, ends_at=at + timedelta(hours=1), **plain | unusual)
            language = unusual.get("language", "en")
            session.add_all([meeting, Series(
                room=rooms[room], title=title, first_day=EVENING.first_day, wall_time=EVENING.wall_time, language=language, **plain
            )])
            if n < 2:
                session.flush()
                tom = session.scalar(select(Membership).where(Membership.name == "Tom"))
                session.add(Duty(meeting_id=meeting.id, membership_id=tom.id, kind=DutyKind.CHAIR))


def reader(name=""):
    with reading() as session:
        member = name and session.scalar(select(Membership).where(Membership.name == name))
        return Reader(LONDON, NOON, (member.group,), member.account_id) if member else Reader(LONDON, NOON)


def shown(who="", /, **chosen):
    """The titles of November's hours for somebody who chose this."""
    with reading() as session:
        page = calendar_page(session, reader(who), Wish(view="agenda", chosen=chosen))
        day = [calendar_page(session, reader(who), Wish(day=str(one.date), chosen=chosen)) for one in page.days if one.count]
    assert page.problem is None
    titles = [hour.title for one in day for hour in one.days[0].rows]
    assert sum(one.count for one in page.days) == len(titles), "what is counted is what is there"
    return set(titles)


def test_without_a_choice_everybody_sees_what_is_theirs(world):
    assert shown() == OPEN
    assert shown("Tom") == OPEN | {"Back room", "Unlisted"}
    assert shown("Vera") == OPEN | {"Own hour"}


@pytest.mark.parametrize("who, chosen, titles", [
    ("", {"language": "fr"}, {"Étape du soir"}), ("", {"language": "de"}, {"Frauenabend"}),
    ("", {"for": sign("women")}, {"Frauenabend"}), ("", {"for": sign("anybody"), "language": "de"}, set()),
    ("", {"kind": sign("check-in")}, {"Morning light"}), ("Vera", {"kind": sign("knupfen")}, {"Own hour"}),
    ("Tom", {"who": "members"}, {"Back room"}), ("Tom", {"who": "open", "kind": sign("check-in")}, {"Morning light"}),
    ("Vera", {"who": "members"}, {"Own hour"}),
])
def test_each_choice_leaves_out_what_is_otherwise(world, who, chosen, titles):
    assert shown(who, **chosen) == titles


@pytest.mark.parametrize("who, words, titles", [
    ("", "light", {"Morning light", "Late 100% light"}), ("", "LIGHT late", {"Late 100% light"}), ("", "etape", {"Étape du soir"}),
    ("", "ÉTAPE", {"Étape du soir"}), ("", "100%", {"Late 100% light"}), ("", "1%0", set()), ("", "_", set()),
    ("", "stube", {"Frauenabend"}), ("", "lantern", {"Frauenabend"}), ("", "check-in", {"Morning light"}), ("", "back", set()),
    ("Tom", "harbour back", {"Back room"}), ("Vera", "knupf", {"Own hour"}), ("Vera", "our way", {"Own hour"}), ("", "knupf", set()),
    ("", "unlisted", set()), ("Tom", "unlisted", {"Unlisted"}), ("", "'; drop table meetings; --", set()),
])
def test_words_are_found_in_titles_rooms_groups_and_kinds(world, who, words, titles):
    assert shown(who, q=hidden(words)) == titles


def test_a_group_and_its_room_can_be_chosen(world):
    with reading() as session:
        slugs = {room.name: (room.group.slug, room.slug) for room in session.scalars(select(Room))}
    harbour, back = slugs["Back room"]
    assert shown(group=harbour) == OPEN - {"Frauenabend"}
    assert shown("Tom", group=harbour, room=back) == {"Back room"}
    with reading() as session:
        assert calendar_page(session, reader(), Wish(chosen={"group": harbour, "room": back})).problem.field == "room"
        for who in ("", "Tom"):
            with pytest.raises(NotFound):
                calendar_page(session, reader(who), Wish(chosen={"group": slugs["The Grove"][0]}))


def test_my_groups_are_one_choice_for_who_has_several(world):
    with reading() as session:
        tom, vera = reader("Tom"), reader("Vera")
        both = Reader(LONDON, NOON, tom.groups + vera.groups, tom.account_id)
        page = calendar_page(session, both, Wish(chosen={"group": MINE}))
        assert sum(day.count for day in page.days) == 7 and MINE in page.choices.groups
        assert MINE not in calendar_page(session, tom, Wish()).choices.groups, "one group is its own choice"


def test_where_i_serve_is_a_choice_once_somebody_knows(world, monkeypatch):
    monkeypatch.setattr(marks, "SERVED", [])
    with reading() as session:
        assert not choices_for(session, reader("Tom"), "").can_serve
    of_tom = select(Duty.meeting_id).join(Membership, Duty.membership_id == Membership.id)
    marks.offer(served=lambda account_id: of_tom.where(Membership.account_id == account_id))
    assert shown("Tom", serve="1") == {"Étape du soir", "Morning light"}
    assert shown("Vera", serve="1") == set()
    with reading() as session:
        assert calendar_page(session, reader(), Wish(chosen={"serve": "1"})).problem.field == "serve"


def test_choices_name_only_what_this_reader_could_see(world):
    with reading() as session:
        stranger, vera = choices_for(session, reader(), ""), choices_for(session, reader("Vera"), "")
    assert list(stranger.languages) == ["en", "de", "fr"] and stranger.access == {}
    assert [one.label for one in stranger.whom.values()] == ["anybody", "Women"]
    assert [one.label for one in stranger.groups.values()] == ["Harbour", "Lantern"]
    assert "Knüpfen" not in [one.label for one in stranger.kinds.values()] and sign("Knüpfen") in vera.kinds
    assert [one.label for one in vera.groups.values()] == ["Willow", "Harbour", "Lantern"]


def test_where_nothing_fits_the_next_hour_that_does_is_named(world):
    with reading() as session:
        page = calendar_page(session, reader(), Wish(month="2026-10", chosen={"language": "fr"}))
        assert page.is_empty and page.next_fit.title == "Étape du soir"
        page = calendar_page(session, reader(), Wish(chosen={"q": hidden("nowhere")}))
        assert page.is_empty and page.next_fit is None


def test_a_tally_knows_the_first_start_and_the_last_end(world):
    days = empty_days(NOON.date().replace(day=1), NOON.date())
    with reading() as session:
        told = listing.tallies(session, frozenset(), edges_of([day.date for day in days], LONDON), Narrow((Group.name == "Harbour",)))
    tuesday = next(tally for number, tally in told.items() if days[number].date == NOON.date())
    assert (tuesday.count, tuesday.first, tuesday.last) == (1, NOON + timedelta(hours=7), NOON + timedelta(hours=8))
