"""The moderator's desk: one sentence for each kind of thing there is to do, and where there are several
of it another. Read on a phone by somebody who has a moment."""

DESK = {
    "raid": "{room} keeps its door: many strangers came at once",
    "held": "A share waits in {room} for somebody to look at it",
    "helds": "{count} shares wait in {room} for somebody to look at them",
    "nobody_on_duty": "Nobody on duty is in {room}; {inside} inside",
    "door": "{who} waits at the door of {room}, {wait}",
    "doors": "{count} people wait at the door of {room}, {wait}",
    "report": "A report waits, {wait}",
    "reports": "{count} reports wait, the first {wait}",
    "incident": "An emergency step waits for you to look at it, {left}",
    "incidents": "{count} emergency steps wait for you to look at them, the first {left}",
    "gap": "{title} begins {begins} and still needs {missing}",
    "step": "A step about {who} waits for a second person, {wait}",
    "request": "Somebody asks to belong, {wait}",
    "requests": "{count} people ask to belong, the first {wait}",
    "offer": "{who} is to help look after the group, if a second person agrees",
    "offer_back": "{who} is to look after the group no longer, if a second person agrees",
    "closing": "The group is to be closed, if a second person agrees, {wait}",
    "closing_alone": "The week is over: the group can be closed, as you asked",
    "appeal": "Somebody asks to have a step looked at again, {wait}",
    "appeals": "{count} steps are to be looked at again, the first {wait}",
    "steward": "Something waits for a steward",
    "stewards": "{count} things wait for a steward",
    "live": "{room} is open: {part}, {led}",
    "live_lobby": "{room} is in its lobby until {starts}, {led}",
    "pattern": "There is a pattern to look at",
    "patterns": "There are {count} patterns to look at",
    "talk": "{who} served {day} and would like to talk it over",
    "talking": "You talk an hour over with {who}",
    "review": "For two months in a row people felt less safe, seen or supported here",
}
WORDS = {
    "led": "{who} leads", "unled": "nobody leads", "reading": "read together", "paused": "everything stands still",
    "just_now": "since a moment ago", "overdue": "overdue", "to_go": "{time} to go",
    "nothing": "Nothing waits for you.",
}
