"""The doors of links that let people in: open one, make one, end one."""

import re

import pytest

from groups.db import reading
from groups.membership.actions import invite
from tests.actions.stored import everything
from tests.doors.asking import of, same_as_nothing


def link_on(page):
    found = re.search(r'>http://localhost(/i/[^<]+)</textarea>', page.text)
    return found and found[1]


def test_a_link_leads_in_and_is_left_behind_at_the_door(rosa, visitor, willow):
    _, token = invite(rosa.membership, 1, 7)
    answer = visitor.get(f"/i/{token}")
    assert (answer.status_code, answer.location) == (303, of(willow, "/join"))
    page = visitor.get(of(willow, "/join"))
    assert page.status_code == 200
    assert token not in page.text
    assert visitor.post(of(willow, "/join"), agree="y", name="Ann").location == of(willow)
    assert visitor.get(of(willow)).status_code == 200


def test_a_link_that_is_carried_is_stored_nowhere_in_the_clear(rosa, visitor, tmp_path):
    _, token = invite(rosa.membership, 1, 7)
    visitor.get(f"/i/{token}")
    assert token.encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("lamplight.db*"))


def test_a_link_opened_in_one_browser_opens_nothing_in_another(rosa, visitor, otto, willow):
    _, token = invite(rosa.membership, 1, 7)
    visitor.get(f"/i/{token}")
    assert same_as_nothing(otto.get(of(willow, "/join")), otto, "/join")


def test_a_link_used_up_while_one_was_reading_is_told_and_the_name_stays(rosa, visitor, otto, willow):
    _, token = invite(rosa.membership, 1, 7)
    for person in (visitor, otto):
        person.get(f"/i/{token}")
    otto.post(of(willow, "/join"), agree="y", name="Otto")
    answer = visitor.post(of(willow, "/join"), agree="y", name="Ann")
    assert answer.status_code == 403
    assert "Ask for a new one" in answer.text and 'value="Ann"' in answer.text


def test_every_link_that_opens_nothing_gets_one_answer(rosa, visitor):
    _, used = invite(rosa.membership, 1, 7)
    other = visitor.client.application.test_client()
    other.get(f"/i/{used}")
    other.post(f"/g/{rosa.membership.group.slug}/join", data={"agree": "y", "name": "Ann"})
    answers = {(answer.status_code, answer.text) for answer in (visitor.get(f"/i/{token}") for token in (used, "t" * 43, "x", "a" * 3000))}
    assert len(answers) == 1
    assert answers.pop()[0] == 403


def test_a_member_who_opens_a_link_goes_straight_on(rosa, vera, willow):
    before_uses, token = invite(rosa.membership, 1, 7)
    assert vera.get(f"/i/{token}").location == of(willow)
    with reading() as session:
        assert session.get(type(before_uses), before_uses.id).uses_left == 1


def test_who_used_a_link_finds_their_group_by_it_again(rosa, visitor, willow):
    _, token = invite(rosa.membership, 1, 7)
    visitor.get(f"/i/{token}")
    visitor.post(f"/g/{willow.slug}/join", agree="y", name="Ann")
    assert visitor.get(f"/i/{token}").location == of(willow)


def test_a_moderator_makes_a_link_that_is_shown_once(maya, harbour):
    assert "Make a link" in maya.get(of(harbour, "/invitations")).text
    answer = maya.post(of(harbour, "/invitations"), uses="3", days="2")
    assert (answer.status_code, answer.location) == (303, of(harbour, "/invitations"))
    first, second = maya.get(answer.location), maya.get(answer.location)
    assert link_on(first) and not link_on(second)
    assert "Lets 3 more people in, for 2 more days." in second.text
    assert maya.client.application.test_client().get(link_on(first)).location == of(harbour, "/join")


def test_the_list_of_links_says_how_each_stands(rosa, visitor, willow):
    for uses, days in ((1, 1), (2, 1), (1, 1)):
        _, token = invite(rosa.membership, uses, days)
    visitor.get(f"/i/{token}")
    visitor.post(of(willow, "/join"), agree="y", name="Ann")
    assert rosa.post(of(willow, "/invitations/2/end")).location == of(willow, "/invitations")
    page = " ".join(rosa.get(of(willow, "/invitations")).text.split())
    assert "Link 1</strong> <span class=\"quiet\">Lets 1 more person in, for one more day.<" in page
    assert "Link 2</strong> <span class=\"quiet\">Ended by hand.<" in page
    assert "Link 3</strong> <span class=\"quiet\">Used up.<" in page


@pytest.mark.parametrize("form, told", [
    ({"other": "field"}, "whole number"), ({"uses": "many", "days": "7"}, "whole number"), ({"uses": "0", "days": "7"}, "from 1 to 20"),
    ({"uses": "21", "days": "7"}, "from 1 to 20"), ({"uses": "1", "days": "31"}, "from 1 to 30"), ({"uses": "1", "days": "9" * 400}, "from 1 to 30"),
    ({"uses": "1.5", "days": "7"}, "whole number"),
])
def test_a_link_for_too_many_or_too_long_is_told_so(maya, harbour, form, told):
    before = everything()
    answer = maya.post(of(harbour, "/invitations"), **form)
    assert answer.status_code == 422
    assert told in answer.text
    assert all(f'value="{typed}"' in answer.text for name, typed in form.items() if name != "other")
    assert everything() == before


def test_links_are_not_for_members_nor_for_other_groups_moderators(tom, rosa, maya, harbour):
    invite(maya.membership, 1, 1)
    before = everything()
    for person, status in ((tom, 403), (rosa, 404)):
        assert person.get(of(harbour, "/invitations")).status_code == status
        assert person.post(of(harbour, "/invitations"), uses="1", days="1").status_code == status
        assert person.post(of(harbour, "/invitations/1/end")).status_code == status
    assert everything() == before


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999", "x", "-1"])
def test_a_link_that_is_not_there_cannot_be_ended(maya, harbour, number):
    invite(maya.membership, 1, 1)
    assert maya.post(of(harbour, f"/invitations/{number}/end")).status_code == 404
