"""Groups and who looks after them: asking to belong, settings, roles, closing; and rooms."""

SENTENCES = {
    # asking to belong
    "request_sent": "Sent. Those who look after the group read it. If there is a place, this page lets you in.",
    "adults_only": "Groups here are for adults. Please say that you are one.",
    "here_already": "You belong to this group already.",
    "enough_requests": "Very many people have asked already. Please come back in a few days.",
    "answered_yes": "Somebody answered this already: yes. It stands below, under what was answered.",
    "answered_no": "Somebody answered this already: no. It stands below, under what was answered.",
    # settings
    "agreement_stays": "The agreements after this one keep their numbers, so it needs words. Only the last one can be taken out.",
    "enough_agreements": "A group has up to {limit} agreements.",
    # roles
    "moderates_already": "They look after this group already.",
    "moderates_no_more": "They do not look after this group any more.",
    "asked_oneself": "Your own role you give back further down, without asking anybody.",
    "offered_already": "They have been asked already. It stands for seven days.",
    "offer_over": "This was answered, taken back, or its seven days are over.",
    "second_person": "This needs a second person: somebody else who looks after the group.",
    "second_person_first": "Somebody else who looks after the group agrees first. Then it is yours to answer.",
    "choose_person": "Please choose somebody from the list.",
    # closing a group
    "group_closed": "This group has closed. The next open hours of others are on the calendar.",
    "closing_not_asked": "Nobody asks for this group to be closed just now.",
    "closing_waits": "You are the only one looking after this group, so there is time until {until} for somebody to take over.",
    "hours_ended": "This group has closed, and with it this hour.",
    # rooms
    "for_known": "This room is for people who have been in the group for a week. Its other rooms are open to you before.",
    "enough_more_agreements": "A room has up to {limit} agreements of its own.",
}
