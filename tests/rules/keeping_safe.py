"""What people on duty do to keep a room safe, for the machine and the long evenings: steps, held shares,
emergencies, raids; mostly where it makes sense."""

from hypothesis import strategies as st

from groups.conduct.ladder import EMERGENCIES, height
from groups.meeting import commands_safety as c

CONTACT = "write to me at someone@example.org"
RULES = {"capacity": 9, "guard": "strict", "holds_first": True, "hands_seen": False}
STEPS = ("warn", "listen", "leave")


def commands(who, agreement, client_ids, words):
    """Every command of `commands_safety.py`, by anybody about anybody."""
    numbers = st.integers(-1, 40)
    return (
        st.builds(c.TakeStep, by=who, who=who, step=st.sampled_from(STEPS), agreement=agreement, earlier=st.none() | st.sampled_from(STEPS),
                  looks_after=st.just(()) | st.lists(who, max_size=2).map(tuple))
        | st.builds(c.EndListening, by=who, who=who)
        | st.builds(c.RemoveNow, by=who, who=who, why=st.sampled_from(EMERGENCIES), agreement=agreement,
                    looks_after=st.just(()) | st.lists(who, max_size=2).map(tuple))
        | st.builds(c.RemoveLately, by=who, who=who, minutes=st.integers(1, 60))
        | st.builds(c.Release, by=who, number=numbers, words=words)
        | st.builds(c.AskEdit, by=who, number=numbers, agreement=agreement)
        | st.builds(c.DropHeld, by=who, number=numbers, agreement=agreement)
        | st.builds(c.Rewrite, by=who, number=numbers, client_id=client_ids, words=words)
        | st.builds(c.RaiseConcern, by=who, number=st.none() | numbers, who=st.none() | who)
        | st.builds(c.NoteReport, by=st.just("room"), report=st.sampled_from("abc"), about=st.none() | who)
        | st.builds(c.SettleReport, by=st.just("room"), report=st.sampled_from("abc"))
        | st.builds(c.LetBack, by=st.just("room"), who=who)
        | st.builds(c.TakeAllBack, by=st.just("room"), who=who)
        | st.builds(c.BeginRaid, by=who) | st.builds(c.EndRaid, by=who) | st.builds(c.TurnBack, by=who)
        | st.builds(c.ChangeRules, by=st.just("room"), **{name: st.just(value) for name, value in RULES.items()})
    )


def wishes(state, chance, serving, somebody, number):
    """What whoever serves might do just now; `number` makes new words."""
    others = [p for p in state.standing("inside") if not p.on_duty]
    target = chance.choice(others).handle if others else somebody
    listens = min(state.silenced, default=target)
    rung = getattr(state.person(target), "rung", None)
    step = STEPS[min(height(rung), 2)] if chance.random() < 0.5 else "listen"
    do = [
        c.TakeStep(by=serving, who=target, step="warn", agreement=1), c.TakeStep(by=serving, who=target, step=step, agreement=2),
        c.RaiseConcern(by=somebody, number=state.last_share), c.RaiseConcern(by=serving, who=somebody),
        c.NoteReport(by="room", report=number, about=target),
        c.SettleReport(by="room", report=min(state.reports_waiting, default=number)), c.EndListening(by=serving, who=listens),
        c.RemoveLately(by=serving, who=target, minutes=5), c.EndRaid(by=serving),
    ]
    do += [c.EndListening(by=serving, who=who) for who in sorted(state.silenced)] * 6
    do += [c.EndRaid(by=serving)] * 6 * bool(state.raid)
    for place, held in state.held.items():
        if held.status == "waiting":
            do += [c.Release(by=serving, number=place, words="…")] * 4 + [c.AskEdit(by=serving, number=place, agreement=1)] * 4
            do += [c.DropHeld(by=serving, number=place, agreement=3)] * 4
        if held.status == "asked":
            do += [c.Rewrite(by=held.by, number=place, client_id=f"again-{number}", words="…")] * 6
    if any(p.fresh and not p.duty for p in state.standing("waiting")):
        do += [c.TurnBack(by=serving)] * 6
    do += [c.LetBack(by="room", who=out.handle) for out in state.standing("out")]
    if chance.random() < 0.08:
        do = [
            c.RemoveNow(by=serving, who=target, why=chance.choice(EMERGENCIES), agreement=1), c.BeginRaid(by=serving), c.BeginRaid(by=serving),
            c.TurnBack(by=serving), c.ChangeRules(by="room", **RULES | {"capacity": chance.choice((9, 12))}),
            c.TakeStep(by=serving, who=target, step="leave", agreement=1, earlier="listen"), c.TakeAllBack(by="room", who=target),
        ]
    return do
