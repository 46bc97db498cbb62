"""Every event a browser may send, and what each kind of person is answered. A new event needs a row.

The hour of a row: a sharing meeting in its part for shares. Maya chairs, Dora keeps the door, Tom
has shared once, Ines is inside, Wes waits, Pia was put out, Nia is a member who has not come."""

from dataclasses import dataclass, field

# Who asks, and the person of the cast who does.
ROLES = {
    "chair": "Maya", "on duty": "Dora", "inside": "Ines", "waiting": "Wes", "outside": "Nia", "put out": "Pia",
    "former": "Fia", "elsewhere": "Vera", "nobody": "Otto",
}
NO_MEMBER = ("former", "elsewhere", "nobody")
SERVING = ("chair", "on duty")


@dataclass(frozen=True)
class Row:
    """`sends` besides the meeting ("@Wes" stands for his handle, "@share" for the number of Tom's
    share, "@held" for that of one of Ines that is held); `answers` by role, "ok" or a reason; `turn`:
    Ines has the floor; `held`: a share of Ines waits for those on duty, or she was asked to change it."""

    sends: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    turn: bool = False
    held: str = ""


def _answers(**by_role):
    return dict.fromkeys(NO_MEMBER, "not_found") | {role.replace("_", " "): answer for role, answer in by_role.items()}


def _everybody(answer, **but):
    return _answers(**{role.replace(" ", "_"): answer for role in ROLES if role not in NO_MEMBER} | but)


_ON_DUTY = _everybody("for_those_on_duty", chair="ok", on_duty="ok")
_CHAIR = _everybody("for_those_on_duty", chair="ok", on_duty="for_the_chair")
_FLOOR = {"outside": "not_here", "waiting": "not_let_in", "put_out": "left_for_tonight"}
_TURN = _everybody("wait_your_turn", inside="ok", **_FLOOR)
_TURN_WITHOUT_WORDS = _everybody("turn_is_over", inside="ok", **_FLOOR)

ROWS: dict[str, Row] = {
    "enter": Row({"after": 0}, _everybody("ok")),
    "catch_up": Row({"stream": "floor", "after": 0}, _everybody("ok", outside="not_let_in", waiting="not_let_in", put_out="not_let_in")),
    "knock": Row({}, _everybody("ok", put_out="left_for_tonight")),
    "leave": Row({}, _everybody("ok")),
    "say_need": Row({"need": "listen"}, _everybody("ok", outside="come_first", put_out="come_first")),
    "offer_duty": Row({"who": "@Ines", "duty": "reader"}, _ON_DUTY),
    "decline_duty": Row({}, _everybody("ok")),
    "take_duty_back": Row({"who": "@Dora"}, _everybody("for_those_on_duty", chair="ok", on_duty="your_own_duty")),
    "take_duty": Row({"duty": "second"}, _everybody("not_signed_up", chair="ok", outside="come_first", put_out="come_first")),
    "open_door": Row({}, _CHAIR),
    "admit": Row({"who": "@Wes"}, _ON_DUTY),
    "admit_all": Row({}, _ON_DUTY),
    "admit_known": Row({}, _ON_DUTY),
    "decline": Row({"who": "@Wes", "why": "full"}, _ON_DUTY),
    "raise_hand": Row({}, _everybody("ok", **_FLOOR)),
    "lower_hand": Row({}, _everybody("ok", **_FLOOR)),
    "move_hand": Row({"who": "@Tom", "place": 1}, _ON_DUTY),
    "give_floor": Row({"who": "@Tom"}, _ON_DUTY),
    "share": Row({"client_id": "matrix-0001", "words": "A quiet sentence."}, _TURN, turn=True),
    "hear": Row({}, _everybody("ok", **_FLOOR)),
    "extend": Row({}, _TURN_WITHOUT_WORDS, turn=True),
    "pass_turn": Row({}, _TURN_WITHOUT_WORDS, turn=True),
    "end_turn": Row({}, _ON_DUTY, turn=True),
    "add_minute": Row({}, _ON_DUTY),
    "next_segment": Row({}, _CHAIR),
    "remove_share": Row({"number": "@share"}, _everybody("ok", inside="for_those_on_duty", **_FLOOR)),
    "hush": Row({}, _ON_DUTY),
    "go_on": Row({}, _ON_DUTY),
    "write_desk": Row({"client_id": "matrix-0002", "words": "Among us."}, _ON_DUTY),
    "write_line": Row({"client_id": "matrix-0003", "words": "A word to you."}, _everybody("ok", outside="come_first", put_out="come_first")),
    "close": Row({}, _CHAIR),
    "take_step": Row({"who": "@Tom", "step": "warn", "agreement": 1}, _ON_DUTY),
    "end_listening": Row({"who": "@Tom"}, _ON_DUTY),
    "remove_now": Row({"who": "@Tom", "why": "solicitation", "agreement": 3}, _ON_DUTY),
    "remove_lately": Row({"who": "@Tom", "minutes": 5, "agreement": 3}, _ON_DUTY),
    "release_share": Row({"number": "@held"}, _ON_DUTY, held="waiting"),
    "ask_edit": Row({"number": "@held", "agreement": 3}, _ON_DUTY, held="waiting"),
    "drop_share": Row({"number": "@held", "agreement": 3}, _ON_DUTY, held="waiting"),
    "rewrite_share": Row(
        {"number": "@held", "client_id": "matrix-0004", "words": "Without it."}, _everybody("no_such_share", inside="ok", **_FLOOR),
        held="asked",
    ),
    "report": Row(
        {"number": "@share", "reason": "other"},
        _everybody("ok", outside="was_not_inside", waiting="was_not_inside"),
    ),
    "raise_concern": Row({"number": "@share"}, _everybody("ok", **_FLOOR)),
    "begin_raid": Row({}, _ON_DUTY),
    "end_raid": Row({}, _ON_DUTY),
    "turn_back": Row({}, _ON_DUTY),
}

# What may stand where the meeting's id belongs, and the answer it gets from everybody. "@own" is
# the row's own hour, "@other" one of a group none of them is in, "@sid" the socket's own name.
MEETINGS = {
    "other group's": ("@other", "not_found"), "unknown": ("zzzzzzzzzz", "not_found"), "one letter": ("z", "not_found"),
    "missing": ("@missing", "bad_shape"), "null": (None, "bad_shape"), "empty": ("", "bad_shape"), "list": (["@own"], "bad_shape"),
    "dict": ({"id": "@own"}, "bad_shape"), "number": (7, "bad_shape"), "bool": (True, "bad_shape"), "negative": (-1, "bad_shape"),
    "fraction": (1.5, "bad_shape"), "huge": ("z" * 10_000, "bad_shape"), "own sid": ("@sid", "bad_shape"),
    "path": ("../../etc/passwd", "bad_shape"), "upper case": ("@OWN", "bad_shape"), "with a space": ("@own ", "bad_shape"),
    "room name": ("floor:1", "bad_shape"), "quotes": ("' OR 1=1 --", "bad_shape"), "bell": ("\x00\x07", "bad_shape"),
}

# Payloads that are none, sent instead.
PAYLOADS = {
    "nothing": (), "null": (None,), "a string": ("@own",), "a number": (7,), "a list": ([{"meeting": "@own"}],), "two": ({"meeting": "@own"}, {}),
    "empty": ({},), "an unknown field": ({"meeting": "@own", "admin": True},), "somebody's name": ({"meeting": "@own", "by": "@Maya"},),
}
# Wrong values for the fields there are.
WRONG = (None, "", [], {}, -1, 1.5, True, "x" * 5_000, "../..", 10**12)
