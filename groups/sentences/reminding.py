"""Reminders on devices."""

SENTENCES = {
    "push_not_set_up": "Reminders on devices are not set up on this server. Your own calendar can remind you instead.",
    "shared_not_reminded": "Others use this device, so reminders are not switched on here: they would go on when you are gone. "
    "A device of your own can show them, and so can your own calendar.",
    "push_service_unknown": "This browser takes its reminders from a company this server does not talk to. Another browser may do.",
    "device_unclear": "This browser did not say how to reach it. Reload the page, please, and switch reminders on once more.",
    "device_gone": "This browser takes no reminders from here any more. Switch them on once more, please.",
    "enough_devices": "You have reminders on {limit} devices, which is as many as we keep. Remove one of them first.",
    "quiet_needs_both": "Quiet hours need two different times, from and to. Leave both empty for none.",
    "just_shown": "One is on its way already. Please give it {seconds} seconds.",
    "reminder_not_taken": "It could not be handed over just now. Try again in a few minutes; your choices are kept.",
}
