"""Small troubles of the demo world, so that everything by which a group is kept safe has something to
show: an hour a while ago, a report of it, an emergency, an appeal. For development only, like
`seeds.py`; done by the same actions as anybody's, only earlier."""

from datetime import timedelta

from groups import clock
from groups.accounts.models import Account
from groups.conduct.ladder import LISTEN_FOR
from groups.conduct.models import Sanction, Step
from groups.conduct.record import write_step
from groups.conscience.inventory import answer_inventory
from groups.conscience.publishing import QUESTIONS
from groups.conscience.votes import answer_vote, open_vote
from groups.db import change
from groups.meeting import commands as c
from groups.meeting.actions import PATIENCE, meeting_of, open_lobby
from groups.meeting.commands_safety import RemoveNow
from groups.meeting.jobs import Job
from groups.meeting.ledger import Ledger
from groups.membership.actions import join
from groups.membership.models import Membership
from groups.membership.roles import answer_offer, offer_role
from groups.moderation.appeal_actions import appeal
from groups.moderation.notes import write_note
from groups.moderation.step_actions import ban, warn
from groups.reports.removals import keep_evidence
from groups.reports.reporting import report_share
from groups.rooms.models import Room
from groups.schedule.actions import add_one_meeting
from groups.sealing import Keyring

EARLIER = timedelta(hours=3)  # when the hour began that a report is about; its emergency is to be looked at for 21 more
TOGETHER, AWAY, APPEALED = timedelta(days=40), timedelta(hours=20), timedelta(hours=1)
UNKIND = "Get up earlier, all of you. It is not hard, and I do not know why we make so much of it."
SAID = (
    # by whom, what
    ("Tom", "It was a long week. I kept the evenings short and went to bed with a book."),
    ("Ida", "I am only tired today, and glad of the quiet in here."),
    ("Sam", UNKIND),
    ("Kay", "If anybody would rather be somewhere without those who look after this room, ask me."),
    ("Nia", "I would like us to go on with the round."),
)
APPEAL = "I was asked about my sister that night and answered in the room. I did not know that she should not be named."
QUESTION, CHOICES = "Shall the Friday hour begin at seven?", "At a quarter past six, as now\nAt seven\nNot sure"
INVENTORY = {"Maya": (4, 3, 3), "Tom": (4, 4, 3), "Nia": (3, 3, 3), "Sam": (3, 2, 2), "Ida": (4, 3, 2)}
NOTE = "Said at the door that evenings after a night shift are hard. A word before the hour helps."


def look_after_together(maya: Membership, nia: Membership) -> None:
    """Nia looks after the group, too, so that what needs two people can be tried."""
    with clock.ago(TOGETHER):
        answer_offer(nia, offer_role(maya, nia.handle).public_id, True)


def ask_the_group(people: dict[str, Membership]) -> None:
    """Last month's inventory, which is shown this month, and a question that is open. people: by name."""
    with clock.ago(_since_last_month()):
        for name, answers in INVENTORY.items():
            answer_inventory(people[name], dict(zip(QUESTIONS, answers, strict=True)))
    with clock.ago(timedelta(days=10)):
        vote = open_vote(people["Maya"], QUESTION, CHOICES, (clock.now() + timedelta(days=20)).date())
    answer_vote(people["Ida"], vote.public_id, 2)


def send_somebody_away(maya: Membership, account: Account) -> tuple[Membership, Sanction]:
    """Lou: taken up the ladder, and away for two days. Returns them and the ban."""
    with clock.ago(TOGETHER):
        lou, _ = join(account, maya.group, "Lou")
    with clock.ago(timedelta(days=9)):
        warn(maya, lou, 1)
    with clock.ago(timedelta(days=2)), change() as (session, _):
        for step, length in ((Step.LISTEN, LISTEN_FOR), (Step.LEAVE, timedelta(hours=2))):
            write_step(session, session.get(Membership, lou.id), step, 1, by=maya, until=clock.now() + length)
    with clock.ago(AWAY):
        return lou, ban(maya, lou, 1, 2)


def ask_again(lou: Membership, away: Sanction, keyring: Keyring) -> None:
    """Lou asks for another look at it."""
    with clock.ago(APPEALED):
        appeal(lou, away.public_id, APPEAL, keyring)


def hold_an_hour(people: dict[str, Membership], room: Room, account: Account, keyring: Keyring) -> None:
    """An hour of this afternoon: a share that somebody reports, and Kay, who is put out at once. account: Kay's."""
    maya = people["Maya"]
    with clock.ago(TOGETHER):
        people = people | {"Kay": join(account, maya.group, "Kay")[0]}
    ledger = Ledger(keyring)
    try:
        meeting = _planned(maya, room)
        with clock.ago(EARLIER):
            numbers = _talk(ledger, people, meeting)
        with clock.ago(EARLIER - timedelta(minutes=50)):
            report_share(ledger, keyring, people["Tom"], meeting, numbers[UNKIND], "unkind", "Ida went quiet after it.")
            remove = RemoveNow(by=maya.handle, who=people["Kay"].handle, why="solicitation", agreement=maya.group.contact_agreement)
            keep = keep_evidence(keyring)(ledger, maya, meeting.id, remove)
            ledger.submit(Job(meeting.id, remove)).result(PATIENCE)
            keep()
            ledger.submit(Job(meeting.id, c.Close(by=maya.handle))).result(PATIENCE)
    finally:
        ledger.stop()
    with clock.ago(EARLIER - timedelta(hours=1)):
        write_note(keyring, people["Nia"], people["Sam"].handle, NOTE)


def _planned(maya, room):
    with clock.ago(EARLIER + timedelta(hours=1)):
        meeting = add_one_meeting(
            maya, room, title="Afternoon hour", starts_at=clock.now() + timedelta(hours=1), zone=maya.group.zone, minutes=60,
            format="open-talk-60",
        )
    return meeting_of(meeting.id)


def _talk(ledger, people, meeting):
    """Everybody comes in and shares; the numbers of the shares by their words."""
    maya = people["Maya"].handle

    def do(*commands):
        return [ledger.submit(Job(meeting.id, command)) for command in commands][-1].result(PATIENCE)

    open_lobby(ledger, meeting)
    there = [people["Maya"], *(people[name] for name, _ in SAID)]
    do(
        *(c.Knock(by=one.handle, name=one.name, moderates=one.moderates) for one in there),
        c.TakeDuty(by=maya, duty="chair", entitled=True),
        *(c.Admit(by=maya, who=one.handle) for one in there[1:]), c.OpenDoor(by=maya),
    )
    while not ledger.look(meeting.id).state.rules.hands:
        do(c.NextSegment(by=maya))
    numbers = {}
    for name, words in SAID:
        who = people[name].handle
        share = c.Share(by=who, client_id=f"demo-{name}", words=words)
        numbers[words] = do(c.RaiseHand(by=who), c.GiveFloor(by=maya, who=who), share).number
    return numbers


def _since_last_month():
    return timedelta(days=clock.now().day + 2)  # a day more for the zones
