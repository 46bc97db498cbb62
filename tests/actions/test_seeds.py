"""The demo world: believable, kept, and with a meeting to walk into whatever the hour."""

import shutil
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from groups import clock, db, policy, seeds
from groups.accounts.actions import come_in
from groups.accounts.models import Account
from groups.conduct.models import Incident
from groups.conscience.inventory import months_of
from groups.conscience.votes import votes_in
from groups.db import change, reading
from groups.membership.asking import requests_for
from groups.membership.models import Group, Membership
from groups.migrating import upgrade
from groups.moderation.models import Appeal
from groups.moderation.notes import notes_about
from groups.reports.evidence import unpacked
from groups.reports.models import Report
from groups.reports.reporting import key_of
from groups.rooms.agreements import agreements_of
from groups.rooms.models import Room
from groups.rota.models import Duty
from groups.schedule.models import Meeting, Phase, Series
from groups.sealing import Keyring, of_house
from tests.conftest import settings_for
from tests.timing import Freeze

TWELVE = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """The folder of a house in which nobody was yet."""
    folder = tmp_path_factory.mktemp("empty")
    engine = db.connect(settings_for(folder).database_url)
    upgrade(engine)
    engine.dispose()
    return folder


@contextmanager
def in_use(settings):
    """These settings, of a house in development, with its database in use and its secret known."""
    of_house.know(settings.secret)
    engine = db.connect(settings.database_url)
    yield replace(settings, environment="development")
    engine.dispose()


@pytest.fixture
def settings(empty, tmp_path, house_settings):
    """Settings of a house in development over an empty database."""
    shutil.copytree(empty, tmp_path, dirs_exist_ok=True)
    with in_use(house_settings) as settings:
        yield settings


def furnish(empty, folder):
    """Make the world of a house in this folder; its settings."""
    shutil.copytree(empty, folder, dirs_exist_ok=True)
    with in_use(settings_for(folder)) as settings:
        seeds.open_house(settings)
    return settings


@pytest.fixture(scope="module")
def furnished(empty, tmp_path_factory):
    """A house whose world was made once, for tests that only look at it."""
    return furnish(empty, tmp_path_factory.mktemp("furnished"))


@pytest.fixture(scope="module")
def furnished_at_noon(empty, tmp_path_factory):
    """The folder of another, made at twelve, for tests that go on from there in a copy of it."""
    freeze = Freeze()
    freeze(TWELVE)
    folder = tmp_path_factory.mktemp("noon")
    furnish(empty, folder)
    freeze.back_to_now()
    return folder


@pytest.fixture
def walk_in(furnished_at_noon, tmp_path, house_settings, freeze):
    """It is twelve, and the world was made this moment; the meeting one can walk into."""
    shutil.copytree(furnished_at_noon, tmp_path, dirs_exist_ok=True)
    freeze(TWELVE)
    with in_use(house_settings):
        [meeting] = on_now()
        yield meeting


@pytest.fixture
def world(furnished):
    """The same, with its database in use."""
    engine = db.connect(furnished.database_url)
    yield furnished
    engine.dispose()


def on_now():
    """The meetings one can walk into."""
    soon = clock.now() + timedelta(minutes=15)
    with reading() as session:
        on = select(Meeting).where(
            Meeting.starts_at <= soon, Meeting.ends_at > clock.now(), Meeting.phase.not_in((Phase.CANCELLED, Phase.SEALED))
        )
        return [meeting for meeting in session.scalars(on) if meeting.room.name == seeds.ALWAYS]


def becomes(meeting, phase, **values):
    with change() as (session, _):
        meeting = session.get(Meeting, meeting.id)
        meeting.phase = phase
        for name, value in values.items():
            setattr(meeting, name, value)


def test_the_world_has_three_groups_with_weekly_hours_in_two_zones(world):
    with reading() as session:
        assert set(session.scalars(select(Group.name))) == {"Harbour", "Willow", "Meadow"}
        assert set(session.scalars(select(Series.zone))) == {"Europe/London", "America/New_York", "Europe/Dublin"}
        belonging = select(Membership.account_id)
        nowhere = select(Account).where(Account.id.not_in(belonging))
        assert len(session.scalars(nowhere).all()) == 2, "a newcomer, and who asks to belong to Meadow"


def test_there_is_something_of_everything_for_those_who_look_after_harbour(world):
    keyring = Keyring(world.keys, world.secret)
    with reading() as session:
        people = {member.name: member for member in session.scalars(select(Membership))}
        [report, removal] = session.scalars(select(Report).order_by(Report.id))
        [asked], [incident] = session.scalars(select(Appeal)).all(), session.scalars(select(Incident)).all()
        [hour] = session.scalars(select(Meeting).where(Meeting.id == report.meeting_id))
    nia = people["Nia"]
    assert nia.moderates and people["Maya"].moderates
    assert (report.about_id, removal.about_id) == (people["Sam"].id, people["Kay"].id)
    for one in (report, removal):
        said = unpacked(keyring.open(key_of(one.public_id), one.sealed_evidence, b"evidence"))
        assert [share.reported for share in said].count(True) == 1 and len(said) > 2
    assert hour.ends_at < clock.now() and hour.phase in (Phase.CLOSING, Phase.SEALED)
    policy.may_decide_appeal(nia, asked)
    policy.may_review(nia, incident)
    assert incident.due_at > clock.now() + timedelta(hours=12)
    assert not people["Lou"].is_current and people["Lou"].is_barred and not people["Kay"].is_current
    assert len(votes_in(people["Tom"])[0]) == 1 and months_of(people["Tom"])[0][0].is_shown
    assert notes_about(keyring, nia, people["Sam"].handle)[1]
    [waiting], _ = requests_for(people["Lena"], keyring)
    assert len(waiting.answers) == 2


def test_one_room_has_agreements_of_its_own(world):
    with reading() as session:
        landing = session.scalar(select(Room).where(Room.name == "The Landing"))
        assert len(agreements_of(landing)) == len(landing.group.agreements) + 2


def test_nobody_of_the_groups_is_new_there(world):
    """Else nobody could be asked to serve, and the door would call everybody new."""
    with reading() as session:
        assert not [member.name for member in session.scalars(select(Membership)) if member.is_new]


def test_every_printed_sign_in_opens_its_account(world):
    shown = seeds.welcome(world, "http://127.0.0.1:8000")
    assert "http://127.0.0.1:8000" in shown
    for line in (world.instance / seeds.SIGN_INS).read_text().splitlines():
        name, words = line.split(": ")
        account = come_in(words, world)
        with reading() as session:
            named = session.scalar(select(Membership.name).where(Membership.account_id == account.id))
        assert named == (None if name in (seeds.NEWCOMER, seeds.ASKS[0]) else name)
        assert (words in shown) == (name in seeds.INTRODUCED)


def test_opening_the_house_again_keeps_everything(world):
    before, shown = counts(), seeds.welcome(world)
    seeds.open_house(world)
    assert (counts(), seeds.welcome(world)) == (before, shown)


def counts():
    with reading() as session:
        return [session.scalar(select(func.count()).select_from(kind)) for kind in (Account, Membership, Meeting, Duty)]


@pytest.mark.parametrize("hour", [0, 19, 23])
def test_whatever_the_hour_a_meeting_chaired_by_maya_is_about_to_begin(settings, freeze, hour):
    freeze(datetime(2026, 11, 22, hour, 57, 30, tzinfo=UTC))
    seeds.open_house(settings)
    [meeting] = on_now()
    assert timedelta(minutes=4) < meeting.starts_at - clock.now() <= timedelta(minutes=6)
    with reading() as session:
        chair = select(Membership.name).join(Duty, Duty.membership_id == Membership.id).where(Duty.meeting_id == meeting.id)
        assert session.scalars(chair).all() == ["Maya"]


def test_an_hour_that_is_on_is_not_doubled(walk_in, freeze):
    becomes(walk_in, Phase.OPEN)
    freeze.forward(minutes=30)
    seeds.ensure_meeting_now()
    assert [one.id for one in on_now()] == [walk_in.id]


def test_after_an_hour_that_was_closed_there_is_another(walk_in, freeze):
    becomes(walk_in, Phase.SEALED)
    freeze.forward(minutes=20)
    seeds.ensure_meeting_now()
    [other] = on_now()
    assert other.id != walk_in.id


def test_an_hour_nearly_over_gets_a_successor_right_behind_it(walk_in, freeze):
    becomes(walk_in, Phase.OPEN)
    freeze(walk_in.ends_at - timedelta(minutes=8))
    seeds.ensure_meeting_now()
    assert [one.starts_at for one in on_now()] == [walk_in.starts_at, walk_in.ends_at]


def test_an_hour_that_began_while_nothing_was_running_is_called_off_for_a_new_one(walk_in, freeze):
    freeze.forward(minutes=40)
    seeds.ensure_meeting_now()
    [other] = on_now()
    assert other.id != walk_in.id and other.starts_at > clock.now()


def test_somebody_who_made_a_world_of_their_own_is_left_alone(settings):
    with change() as (session, _):
        session.add(Account())
    seeds.open_house(settings)
    with reading() as session:
        assert session.scalar(select(Group.id)) is None


@pytest.mark.parametrize("environment", ["test", "production"])
def test_there_is_no_demo_world_outside_development(settings, environment):
    with pytest.raises(RuntimeError):
        seeds.open_house(replace(settings, environment=environment))
