"""What is one's own: the seven words asked again, private entries, erasing oneself."""

SENTENCES = {
    "words_not_yours": "These are not the seven words of this account. Check each against your card; the order matters.",
    "group_left_alone": "Nobody else looks after these groups. Say yes to their closing, or ask somebody to take over first.",
    "keep_first": "This account has no words yet. Keep it first, then come back.",
    "entry_ahead": "That day is still to come. Choose today or a day before.",
    "enough_entries": "There is room for {most} entries. Take some out first; what you wrote is still here.",
}
