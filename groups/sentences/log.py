"""What stands in the group's log, one sentence for each action. `{by}` and `{about}` are names in the
group, or "the room" and "somebody who left"."""

LOG: dict[str, str] = {
    # steps, appeals, incidents, stewards
    "step_warn": "{by} gave {about} a word of warning.",
    "step_listen": "{by} asked {about} to listen only.",
    "step_leave": "{by} asked {about} to leave for the night.",
    "step_ban": "{by} banned {about}.",
    "step_confirmed": "{by} agreed, as the second one, to a step about {about}.",
    "step_lifted": "{by} lifted a step about {about}.",
    "appeal_made": "{about} asked for a step to be looked at again.",
    "appeal_stands": "{by} looked at a step about {about} again. It stands.",
    "appeal_shortened": "{by} looked at a step about {about} again, and made it shorter.",
    "appeal_lifted": "{by} looked at a step about {about} again, and lifted it.",
    "incident_kept": "{by} looked at an emergency about {about}. It stays as it was.",
    "incident_lifted": "{by} looked at an emergency about {about}, and lifted the step.",
    "incident_lengthened": "{by} looked at an emergency about {about}, and made the step longer.",
    "appeal_by_stewards": "A steward looked at a step about {about} again, as nobody else in the group could.",
    "incident_by_stewards": "A steward looked at an emergency about {about}, as nobody else in the group could.",
    "stewards_asked": "{by} asked the stewards to keep {about} out of every group.",
    "stewards_barred": "Two stewards decided that no group takes {about} for a while.",
    "stewards_declined": "The stewards left it as it is about {about}.",
}
