"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"."""

LOG: dict[str, str] = {}
