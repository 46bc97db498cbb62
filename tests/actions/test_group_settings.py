"""What a group says of itself, changed by those who look after it."""

from dataclasses import replace

import pytest

from groups import clock
from groups.db import change, reading
from groups.errors import Invalid, NotFound, Refused
from groups.membership.actions import leave
from groups.membership.describing import GroupWish, change_group, look_after_group
from groups.membership.models import Group, Membership
from tests.actions.logged import logged
from tests.cast import AGREEMENTS

AS_IT_IS = GroupWish(
    name="Harbour", purpose="A quiet hour to say how it is.", for_whom="anybody", access="open", zone="Europe/London",
    questions=["", "", ""], agreements=[*AGREEMENTS, ""], contact_agreement=3,
)


def stored(group):
    with reading() as session:
        return session.get(Group, group.id)


def texts(group):
    return [(one.number, one.text) for one in stored(group).agreements]


def test_everything_is_changed_and_each_change_is_a_line_in_the_log(maya, harbour):
    change_group(maya.membership, GroupWish(
        name=" The  Harbour", purpose="Company.", for_whom="women", access="screened", zone="Europe/Berlin",
        questions=["What brings you?", "", "Anything else?"], agreements=["We stay kind.", *AGREEMENTS[1:], "One more."], contact_agreement=None,
    ))
    group = stored(harbour)
    assert (group.name, group.purpose, group.for_whom, group.access, group.zone) == ("The Harbour", "Company.", "women", "screened", "Europe/Berlin")
    assert group.questions == "What brings you?\nAnything else?" and group.contact_agreement is None
    assert texts(harbour) == [(1, "We stay kind."), (2, AGREEMENTS[1]), (3, AGREEMENTS[2]), (4, "One more.")]
    assert logged(harbour, "action", "agreement", "detail") == [
        ("group_changed", None, "name"), ("group_changed", None, "purpose"), ("group_changed", None, "for whom"),
        ("access_changed", None, "screened"), ("group_changed", None, "clock"), ("group_changed", None, "questions"),
        ("group_changed", None, "contact agreement"), ("agreement_changed", 1, ""), ("agreement_added", 4, ""),
    ]


def test_what_stays_as_it_is_leaves_no_line(maya, harbour):
    change_group(maya.membership, AS_IT_IS)
    assert logged(harbour) == [] and [text for _, text in texts(harbour)] == list(AGREEMENTS)


def test_only_the_last_agreement_is_taken_out_so_that_numbers_stay_true(maya, harbour):
    change_group(maya.membership, replace(AS_IT_IS, agreements=[*AGREEMENTS[:2], "", ""], contact_agreement=1))
    assert texts(harbour) == [(1, AGREEMENTS[0]), (2, AGREEMENTS[1])]
    assert ("agreement_removed", 3) in logged(harbour, "action", "agreement")
    change_group(maya.membership, replace(AS_IT_IS, agreements=[*AGREEMENTS[:2], "Another third."], contact_agreement=1))
    assert texts(harbour)[2] == (3, "Another third.")


@pytest.mark.parametrize("wrong, field, reason", [
    ({"agreements": [AGREEMENTS[0], "", AGREEMENTS[2], ""]}, "agreement_2", "agreement_stays"),
    ({"agreements": [*AGREEMENTS[:2], "", "A new third, in the wrong place"]}, "agreement_3", "agreement_stays"),
    ({"agreements": ["", "", "", ""]}, "agreement_1", "empty"), ({"agreements": []}, "agreement_1", "empty"),
    ({"agreements": ["We."] * 13}, "agreement_13", "enough_agreements"), ({"agreements": ["x" * 301]}, "agreement_1", "too_long"),
    ({"agreements": AGREEMENTS[:2]}, "contact_agreement", "choose_one"), ({"contact_agreement": 4}, "contact_agreement", "choose_one"),
    ({"contact_agreement": -1}, "contact_agreement", "choose_one"),
    ({"questions": ["", "x" * 161, ""]}, "question_2", "too_long"), ({"name": "x"}, "name", "empty"), ({"name": "x" * 61}, "name", "too_long"),
    ({"purpose": "x" * 601}, "purpose", "too_long"), ({"access": "secret"}, "access", "choose_one"), ({"zone": "Europe/Atlantis"}, "zone", "unknown_zone"),
])
def test_what_makes_no_sense_is_refused_by_field_and_nothing_is_stored(maya, harbour, wrong, field, reason):
    with pytest.raises(Invalid) as caught:
        change_group(maya.membership, replace(AS_IT_IS, purpose="Another.", **wrong) if "purpose" not in wrong else replace(AS_IT_IS, **wrong))
    assert (caught.value.field, caught.value.reason) == (field, reason)
    assert logged(harbour) == [] and stored(harbour).purpose == AS_IT_IS.purpose and len(texts(harbour)) == 3


def test_only_present_moderators_change_their_own_group(tom, maya, nia, harbour):
    for wish in (lambda: change_group(tom.membership, AS_IT_IS), lambda: look_after_group(tom.membership)):
        with pytest.raises(Refused, match="for_moderators"):
            wish()
    with change() as (session, _):
        session.get(Membership, nia.membership.id).role = "moderator"
    leave(maya.membership)
    with pytest.raises(NotFound):
        change_group(maya.membership, AS_IT_IS)


def test_a_closed_group_stays_as_it_was(maya, harbour):
    with change() as (session, _):
        session.get(Group, harbour.id).closed_at = clock.now()
    with pytest.raises(Refused, match="group_closed"):
        change_group(maya.membership, AS_IT_IS)
