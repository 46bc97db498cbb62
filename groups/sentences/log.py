"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"."""

LOG: dict[str, str] = {
    # in a meeting
    "step_warn": "{by} warned {about}.",
    "step_listen": "{by} asked {about} to listen only, for ten minutes.",
    "step_leave": "{by} asked {about} to leave for that evening.",
    "step_ban": "{by} asked {about} to stay away.",
    "listening_over": "{by} let {about} speak again before the ten minutes were over.",
    "share_removed": "{by} took out a share of {about}.",
    "share_released": "{by} let a held share of {about} into the room.",
    "edit_asked": "{by} asked {about} to change a held share.",
    "share_dropped": "{by} kept a held share of {about} out of the room.",
    "hushed": "{by} stopped everything for a moment.",
    "raid_began": "{by} made the door slow: many came at once.",
    "raid_over": "{by} opened the door as usual again.",
    "rules_changed": "{by} changed the room’s settings for an hour that was on.",
}
