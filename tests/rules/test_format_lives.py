"""Whatever passes the checks can be lived: stored, laid onto its minutes, and led to its end."""

from dataclasses import replace
from datetime import timedelta

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.formats.checking import LONGEST, Draft, Unfit, checked, draft_of
from groups.formats.fitting import fit
from groups.formats.modes import Mode
from groups.formats.parts import plain
from groups.formats.shape import Format, Segment
from groups.formats.shipped import FORMATS, READINGS
from groups.meeting import commands as c
from groups.meeting import events as e
from groups.meeting.clockwork import OVERRUN
from groups.sentences import SENTENCES, sentence
from tests.rules.stage import SEVEN, Stage, body_and_back

END = Segment("Closing", Mode.CLOSING, 2, 1)
NUMBERS = st.integers(-3, 300) | st.sampled_from((0, 1, 20, 60, 120, 3600)) | st.none()
SOME_WORDS = st.text(max_size=20)
CHOSEN = {  # what a select in the editor can send
    "order": st.sampled_from(("hand", "arrival", "random", "least_spoken")), "overflow": st.sampled_from(("cut_to_next", "borrow", "ask")),
    "lead": st.sampled_from(("chair", "reader")), "unheard": st.booleans(), "newcomers_first": st.booleans(), "pass_ok": st.booleans(),
    "grows": st.booleans(), "prompt": SOME_WORDS, "script": SOME_WORDS.map("Read. {}".format), "borrow_from": st.none() | st.integers(1, 6),
}
LIKELY_PART = st.builds(
    Segment, st.sampled_from(("A part", "Ein Teil", "🌊")), st.sampled_from([mode for mode in Mode if mode != Mode.CLOSING]),
    st.integers(5, 20), st.integers(1, 5), turn=st.integers(20, 300), warn=st.integers(5, 19), extension=st.integers(0, 600),
    exercise=st.sampled_from(("breath", "urge")), reading=st.sampled_from(("", "arriving")), **CHOSEN,
)
ANY_PART = st.builds(
    Segment, st.sampled_from(("A part", "")), st.sampled_from(Mode) | st.just("karaoke"), NUMBERS, NUMBERS, turn=NUMBERS, warn=NUMBERS,
    extension=NUMBERS, exercise=st.sampled_from(("", "breath", "yoga")), text=SOME_WORDS, source=SOME_WORDS,
    reading=st.sampled_from(("", "arriving", "gone")), **CHOSEN,
)


@st.composite
def written(draw):
    """A format from an empty page: mostly sense, with a slip here and there."""
    parts = draw(st.lists(LIKELY_PART, min_size=1, max_size=6))
    if draw(st.integers(0, 3)) == 0:
        parts.insert(draw(st.integers(0, len(parts))), draw(ANY_PART))
    made = sum(part.minutes or 0 for part in parts) + END.minutes
    hour = draw(st.sampled_from((made, made, made + 10)) | NUMBERS)
    end = (END,) if draw(st.integers(0, 9)) else ()
    return Draft("Title", "kind", draw(SOME_WORDS), hour, draw(st.none() | NUMBERS), draw(st.none() | NUMBERS), (*parts, *end))


@st.composite
def edited(draw):
    """A shipped format after a few random edits, such as a moderator in a hurry makes."""
    draft = draft_of(draw(st.sampled_from(sorted(FORMATS.values(), key=lambda form: form.key))))
    parts = list(draft.segments)
    for _ in range(draw(st.integers(1, 4))):
        n = draw(st.integers(0, len(parts) - 1))
        what = draw(st.sampled_from(("drop", "double", "swap", "mode", "minutes", "least", "turn")))
        if what == "drop" and len(parts) > 1:
            del parts[n]
        elif what == "double":
            parts.insert(n, parts[n])
        elif what == "swap":
            m = draw(st.integers(0, len(parts) - 1))
            parts[n], parts[m] = parts[m], parts[n]
        elif what == "mode":
            parts[n] = msgspec.structs.replace(parts[n], mode=draw(st.sampled_from(Mode)))
        elif what in ("minutes", "least", "turn"):
            parts[n] = msgspec.structs.replace(parts[n], **{what: draw(st.integers(1, 30) | st.integers(0, 90))})
    made = sum(part.minutes for part in parts)
    hour = draft.hour if draw(st.integers(0, 4)) == 0 else made + draw(st.sampled_from((0, 0, 7)))
    return replace(draft, hour=hour, segments=tuple(parts))


def holds(draft):
    """The draft is refused with sentences beside things there are; or it can be stored and lived."""
    try:
        whole = checked(draft, READINGS)
    except Unfit as unfit:
        for problem in unfit.problems:
            assert problem.reason in SENTENCES and "…" not in sentence(problem.reason, **problem.facts).replace("from …", ""), problem.reason
            name = problem.field.split("-")
            if name[0] == "parts" and len(name) == 3:
                assert int(name[1]) < len(draft.segments) and name[2] in Segment.__struct_fields__
            else:
                assert problem.field in ("title", "kind", "note", "hour", "capacity", "door_shuts", "parts")
        return
    assert checked(whole, READINGS) == whole, "checking twice changes nothing"
    form = msgspec.json.decode(msgspec.json.encode(whole.format("k")), type=Format)
    assert form == whole.format("k") and form.segments == tuple(map(plain, form.segments))
    assert form.least <= form.minutes <= whole.hour <= LONGEST
    ends = SEVEN + timedelta(minutes=whole.hour)
    marks = fit(form.segments, SEVEN, ends)
    assert marks[-1] == ends and list(marks) == sorted(marks)
    stage = Stage(*form.segments, minutes=whole.hour).begins("tom", "nia")
    assert body_and_back(stage.log[0]) == stage.log[0], "the lobby copies it whole"
    while stage.state.phase != "sealed":
        for who in (stage.tom, stage.nia):
            if who.refused(c.RaiseHand) is None:
                who(c.RaiseHand)
        stage.wait(45)
    assert stage.state.closed_at <= stage.state.ends_at + OVERRUN
    assert next(event for event in stage.log if isinstance(event, e.SegmentBegan)).index == 0


@settings(max_examples=300)
@given(edited())
def test_no_edit_stores_what_cannot_be_lived(draft):
    holds(draft)


@settings(max_examples=300)
@given(written())
def test_nothing_anybody_types_stores_what_cannot_be_lived(draft):
    holds(draft)
