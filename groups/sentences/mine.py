"""What is one's own: the seven words asked again, private entries, erasing oneself."""

SENTENCES = {
    "group_left_alone": "Nobody else looks after these groups. Say yes to their closing, or ask somebody to take over first.",
    "entry_ahead": "That day is still to come. Choose today or a day before.",
    "entries_shut": "Your pages are shut in this browser. What you wrote is still here; open them in another tab, then send.",
    "earlier_words_wrong": "These do not open what is locked either. Nothing was changed; you can try others.",
    "words_of_account": "These look like the words that open this account. They are not kept here, and the field is empty again.",
    "words_in_a_room": "These look like the seven words that open an account. Nobody was shown them. If they are not, add a word.",
    "enough_entries": "There is room for {most} entries. Take some out first; what you wrote is still here.",
}
