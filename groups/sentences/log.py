"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"."""

LOG: dict[str, str] = {}

LOG |= {
    # what the group asks itself
    "vote_opened": "{by} asked the group a question.",
    "vote_withdrawn": "{by} took back a question to the group.",
    "inventory_reviewed": "{by} noted that two poor months were talked over.",
}
