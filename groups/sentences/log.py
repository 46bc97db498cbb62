"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"; `{agreement}` is its number, `{until}` a day and `{detail}`
one of our own words. Where an action is about a room, `detail` is the room's public id."""

LOG: dict[str, str] = {
    # people come in
    "invited": "{by} made a link that lets people in.",
    "invitation_ended": "{by} ended a link that lets people in.",
    "request_accepted": "{by} said yes to somebody who asked to belong.",
    "request_declined": "{by} said no to somebody who asked to belong.",
    # what the group says of itself
    "group_changed": "{by} changed what the group says of itself: {detail}.",
    "access_changed": "{by} changed who may come. It is now: {detail}.",
    "agreement_added": "{by} added agreement {agreement}.",
    "agreement_changed": "{by} changed agreement {agreement}.",
    "agreement_removed": "{by} took out agreement {agreement}.",
    # roles
    "role_offered": "{by} asked {about} to help look after the group.",
    "role_agreed": "{by} agreed that {about} helps to look after the group.",
    "role_taken": "{about} looks after the group from now on.",
    "role_declined": "{about} would rather not look after the group.",
    "role_offer_withdrawn": "{by} took back what was asked of {about}.",
    "role_handed_over": "{by} handed over to {about}, and looks after the group no longer.",
    "role_given_back": "{by} looks after the group no longer, by their own wish.",
    "role_asked_back": "{by} asked for {about} not to look after the group any longer.",
    "role_removed": "{by} agreed, and {about} looks after the group no longer.",
    # closing
    "closing_asked": "{by} asked for the group to be closed.",
    "closing_taken_back": "{by} took back the asking to close the group.",
    "group_closed": "{by} closed the group.",
    # rooms
    "room_made": "{by} made a room.",
    "room_changed": "{by} changed a room’s settings, from its next meeting on.",
    "room_changed_now": "{by} changed a room’s settings, at once.",
    "room_locked": "{by} locked a room.",
    "room_unlocked": "{by} unlocked a room.",
    "room_archived": "{by} put a room away.",
    "room_reopened": "{by} opened a room again that was put away.",
}
