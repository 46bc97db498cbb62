"""What each audience is shown: everything they need, and nothing of anybody else."""

from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.formats.modes import RULES, Mode
from groups.meeting import commands as c
from groups.meeting.views import band, desk_view, floor_view, lobby_view, own_part
from tests.rules.stage import CLOSING, NAMES, PLAIN, ROUND, SEVEN, SHARES, TALK, UNHEARD, Stage
from tests.steps import asked_to_leave

DOING = {Mode.ROUND: "queued", Mode.ONE_VOICE: "may_raise", Mode.OPEN_TALK: "open"}  # else listening


def sent(*views):
    return msgspec.json.encode(views).decode()


# --- doing: one word, one thing on the page --------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
def test_inside_the_word_follows_the_mode(mode):
    stage = Stage(PLAIN[mode], CLOSING).begins("tom", "nia")
    assert stage.tom.sees()["doing"] == DOING.get(mode, "listening")
    stage.nia(c.SayNeed, need="settle")
    assert stage.nia.sees()["doing"] == "settled"
    stage.maya(c.Hush)
    assert stage.tom.sees()["doing"] == stage.nia.sees()["doing"] == "paused"
    stage.maya(c.Close)
    assert stage.tom.sees()["doing"] == "over"


def test_from_the_street_to_the_end_one_word_at_a_time():
    stage = Stage(ROUND, SHARES, UNHEARD, CLOSING)
    words = [stage.tom.sees()["doing"]]

    def then(command, by=stage.tom, **facts):
        by(command, **facts)
        words.append(stage.tom.sees()["doing"])

    then(c.Knock, name="Tom")
    stage.maya.serves("chair")
    then(c.Admit, stage.maya, who="tom")
    stage.now = SEVEN
    then(c.OpenDoor, stage.maya)
    then(c.GiveFloor, stage.maya, who="tom")
    then(c.PassTurn)
    then(c.NextSegment, stage.maya)
    then(c.RaiseHand)
    then(c.GiveFloor, stage.maya)
    then(c.Share, client_id="1", words="…")
    then(c.NextSegment, stage.maya)
    then(c.Leave)
    assert words == [
        "outside", "waiting", "early", "queued", "offered", "listening", "may_raise", "queued", "turn", "may_raise", "listening", "left",
    ]


@pytest.mark.parametrize(("sends", "doing"), [(c.Decline, "declined"), (asked_to_leave, "out")])
def test_who_was_sent_away_stays_so_also_when_the_hour_is_over(sends, doing):
    stage = Stage(TALK).begins()
    stage.tom(c.Knock, name="Tom")
    stage.maya(sends, who="tom")
    assert stage.tom.sees()["doing"] == doing
    stage.maya(c.Close)
    assert stage.tom.sees()["doing"] == doing and stage.otto.sees()["doing"] == "over"


def test_who_was_declined_is_told_why_until_the_door_thinks_again():
    stage = Stage(TALK).begins()
    stage.tom(c.Knock, name="Tom")
    stage.maya(c.Decline, who="tom", why="another_group")
    assert stage.tom.sees()["why"] == "another_group"
    stage.maya(c.Admit, who="tom")
    assert "why" not in stage.tom.sees()


def test_in_open_talk_one_sees_when_one_may_speak_again():
    stage = Stage(TALK).begins("tom")
    stage.tom.shares()
    assert stage.tom.sees()["again_at"] == stage.now + timedelta(seconds=60) and "again_at" not in stage.maya.sees()


@given(data=st.data(), mode=st.sampled_from(Mode))
def test_what_the_page_offers_is_what_would_not_be_refused(data, mode):
    stage = Stage(PLAIN[mode], CLOSING).begins("tom", "nia")
    taps = st.lists(st.tuples(st.sampled_from(("tom", "nia", "maya")), st.sampled_from((
        (c.RaiseHand, {}), (c.LowerHand, {}), (c.PassTurn, {}), (c.GiveFloor, {}), (c.EndTurn, {}), (c.Hush, {}), (c.GoOn, {}),
        (c.SayNeed, {"need": "settle"}), (c.SayNeed, {"need": "speak"}), (c.Leave, {}), (c.Share, {"words": "…"}),
        (c.Extend, {}), (c.TakeDuty, {"duty": "chair"}), (c.Knock, {"name": "Somebody"}),
    )), st.integers(0, 40)), max_size=12)
    for number, (handle, (command, facts), seconds) in enumerate(data.draw(taps)):
        stage.wait(seconds)
        facts = facts | {"client_id": str(number)} if command is c.Share else facts
        if getattr(stage, handle).refused(command, **facts) is None:
            getattr(stage, handle)(command, **facts)
        for who in (stage.tom, stage.nia, stage.maya):
            part = who.sees()
            speaks = who.refused(c.Share, client_id="new", words="…")
            assert (part["doing"] in ("turn", "offered", "open")) == (speaks in (None, "a_moment_between"))
            assert (part["doing"] == "may_raise") <= (who.refused(c.RaiseHand) is None)
            assert part.get("may_extend", False) == (who.refused(c.Extend) is None)
            leads = "may_lead_from" in part and part["may_lead_from"] <= stage.now
            if part["duty"] != "chair" and not part.get("offered"):
                assert leads == (who.refused(c.TakeDuty, duty="chair") is None)


# --- apart -----------------------------------------------------------------------------------------------


@given(data=st.data())
def test_what_others_do_privately_changes_nothing_on_the_floor_or_on_anybodys_page(data):
    stage = Stage(SHARES, TALK, CLOSING).begins("tom", "nia", "rosa")
    stage.rosa.serves("door")
    stage.vera(c.Knock, name="Vera", newcomer=True)
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    stage.tom.shares("a word " * 30)  # and it is being read
    private = st.sampled_from((
        (stage.nia, c.WriteLine, {"words": "…"}), (stage.maya, c.WriteLine, {"words": "…", "who": "nia"}),
        (stage.vera, c.WriteLine, {"words": "…"}), (stage.maya, c.WriteDesk, {"words": "…"}),
        (stage.otto, c.Knock, {"name": "Otto"}), (stage.rosa, c.Decline, {"who": "vera", "why": "full"}),
        (stage.nia, c.SayNeed, {"need": "speak"}), (stage.nia, c.SayNeed, {"need": "settle"}), (stage.nia, c.Hear, {}),
        (stage.maya, c.OfferDuty, {"who": "nia", "duty": "second"}), (stage.nia, c.RaiseHand, {}), (stage.nia, c.LowerHand, {}),
    ))
    before = sent(floor_view(stage.state), stage.tom.sees())
    for step, (who, command, facts) in enumerate(data.draw(st.lists(private, max_size=10))):
        facts = facts | ({"client_id": str(step)} if command in (c.WriteLine, c.WriteDesk) else {})
        if who.refused(command, **facts) is None:
            who(command, **facts)
        assert sent(floor_view(stage.state), stage.tom.sees()) == before, command


def test_the_floor_knows_one_name_and_no_handle_and_the_lobby_knows_nobody():
    stage = Stage(SHARES, CLOSING).begins("tom", "nia")
    stage.vera(c.Knock, name="Vera")
    stage.nia(c.RaiseHand)
    stage.tom(c.RaiseHand)
    stage.maya(c.GiveFloor)
    floor, lobby = sent(floor_view(stage.state)), sent(lobby_view(stage.state))
    assert "Nia" in floor and not [word for word in (*NAMES, *NAMES.values()) if word in floor and word != "Nia"]
    assert not [word for word in (*NAMES, *NAMES.values()) if word in lobby]
    own = sent(stage.tom.sees())
    assert "Tom" in own and not [word for word in NAMES.values() if word in own and word != "Tom"]


def test_the_desk_sees_who_waits_and_whose_hands_are_up_in_order():
    stage = Stage(SHARES, ROUND, CLOSING).begins("tom", "nia")
    stage.vera(c.Knock, name="Vera", newcomer=True)
    stage.nia(c.RaiseHand)
    stage.tom(c.RaiseHand)
    desk = desk_view(stage.state, stage.now)
    assert [hand["name"] for hand in desk["hands"]] == ["Nia", "Tom"] and desk["order"] == []
    assert desk["waiting"] == [{"who": "vera", "name": "Vera", "newcomer": True, "duty": None}]
    assert desk["duties"] == {"chair": "Maya"} and [p["name"] for p in desk["inside"]] == ["Maya", "Tom", "Nia"]
    stage.maya(c.NextSegment)
    desk = desk_view(stage.state, stage.now)
    assert desk["hands"] == [] and [hand["name"] for hand in desk["order"]] == ["Maya", "Tom", "Nia"]


CAME = [f"p{number}" for number in range(9)]


def needs_of(*said, chair=None):
    """What the desk reads of what people came for, once these have said it."""
    stage = Stage(SHARES, CLOSING).begins("tom")
    for who in CAME:
        stage.do(c.Knock(by=who, name=who))
    before = desk_view(stage.state, stage.now)
    for who, need in zip(CAME, said, strict=False):
        stage.do(c.SayNeed(by=who, need=need))
    if chair:
        stage.maya(c.SayNeed, need=chair)
    after = desk_view(stage.state, stage.now)
    assert {key for key in after if after[key] != before[key]} <= {"needs"}
    return after["needs"]


@pytest.mark.parametrize("said", [(), ("speak",), ("speak", "settle"), ("speak",) * 4, ("settle", "settle", "listen", "speak")])
def test_of_a_few_nobody_reads_what_they_came_for(said):
    """With few answers a total says whose it is; so there is none."""
    assert needs_of(*said) is None


@pytest.mark.parametrize("said, most", [
    (("speak",) * 5, "speak"), (("speak",) * 3 + ("settle",) * 2, "speak"), (("listen",) * 4 + ("speak", "settle"), "listen"),
    (("settle",) * 5 + ("speak",) * 4, "settle"), (("speak",) * 3 + ("settle",) * 2 + ("listen",) * 4, "speak"), (("speak", "listen", "settle", "speak", "listen"), "mixed"),
])
def test_of_five_and_more_the_desk_reads_what_most_came_for_and_never_how_many(said, most):
    """That all of them came for one thing reads like that most did: it would tell everybody's."""
    assert needs_of(*said) == most


def test_those_on_duty_know_their_own_and_are_not_among_the_five():
    assert needs_of(*("speak",) * 4, chair="speak") is None


def test_what_they_read_changes_only_once_five_others_have_said_something():
    """Whoever speaks fifth, or goes, or says it five times over, would otherwise be the one who changed it."""
    stage = Stage(SHARES, CLOSING).begins("tom")
    for who in CAME:
        stage.do(c.Knock(by=who, name=who))

    def says(who, need):
        stage.do(c.SayNeed(by=who, need=need))
        return desk_view(stage.state, stage.now)["needs"]

    assert [says(who, "speak") for who in CAME[:5]] == [None] * 4 + ["speak"]
    stage.do(c.Leave(by=CAME[0]))
    assert {says(CAME[1], need) for need in ("settle", "listen") * 3} == {"speak"}
    assert [says(who, "listen") for who in CAME[5:]] == ["speak"] * 3 + ["listen"]


@pytest.mark.parametrize("mode", Mode)
def test_everyone_reads_what_the_room_says_in_this_part(mode):
    part = msgspec.structs.replace(PLAIN[mode], prompt="PROMPT", script="SCRIPT", text="TEXT", source="SOURCE")
    stage = Stage(part, CLOSING).begins("tom")
    floor = sent(floor_view(stage.state))
    assert "PROMPT" in floor and "TEXT" in floor and "SOURCE" in floor and "SCRIPT" in floor
    assert floor_view(stage.state)["words"] == RULES[mode].words and "SCRIPT" in sent(desk_view(stage.state, stage.now))


@given(st.integers(0, 2000))
def test_how_many_are_here_is_said_in_words(count):
    assert not any(letter.isdigit() for letter in band(count))


def test_the_clock_ahead_ends_with_the_hour():
    stage = Stage(ROUND, SHARES, CLOSING).begins("tom")
    for _ in range(3):
        rows = desk_view(stage.state, stage.now)["agenda"]
        assert [row["done"] for row in rows] == [index < stage.state.index for index in range(3)]
        ahead = [row["ends_at"] for row in rows if not row["done"]]
        assert ahead == sorted(ahead) and ahead[-1] <= stage.state.ends_at
        stage.maya(c.NextSegment)
    assert own_part(stage.state, "nobody")["doing"] == "over"
