"""What stewards read about forgetting."""

STEPS = {
    "clock": "moments written by a clock that ran ahead",
    "meetings": "the words of meetings that are over",
    "accounts": "sign-ins and accounts nobody uses",
    "reminded": "reminders of hours that have begun",
    "reports": "reports past their fortnight",
    "appeals": "the words of appeals answered a month ago",
    "notes": "notes older than ninety days",
    "signals": "what was noted more than ninety days ago",
    "debriefs": "what was written after serving",
    "answers": "who answered in votes that are over",
    "requests": "what people asked who wanted to belong",
    "names": "names that were held for a month",
    "pages": "pages that were to be shown once and nobody came for",
    "openings": "what opened private entries in browsers that are signed out",
    "deletions": "the list beside the backups of what was deleted since",
    "backups": "backups older than a week",
    "disk": "what the disk still holds of all this",
    "rewrite": "what the gaps of the database’s files still hold, once a day",
}
