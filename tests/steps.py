"""Somebody is asked to leave for tonight, after the steps that come before it."""

from functools import partial

from groups.meeting.commands_safety import TakeStep

# As a command, where the steps before were taken another evening.
asked_to_leave = partial(TakeStep, step="leave", agreement=1, earlier="listen")


def put_out(by, who: str) -> None:
    """The whole ladder over the wire, by somebody on duty: a word, ten minutes of listening, leave."""
    for step in ("warn", "listen", "leave"):
        answer = by.ask("take_step", who=who, step=step, agreement=2)
        assert answer["ok"], answer
