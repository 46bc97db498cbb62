"""What a group asks itself, and looking after those who look after it."""

SENTENCES = {
    # votes
    "vote_opened": "The group is asked. Nobody sees an answer before the end, and you do not either.",
    "vote_counted": "Counted. Nobody can tell which answer is yours, and it cannot be changed any more.",
    "vote_withdrawn": "The question is taken back. Whatever was answered is deleted, unread.",
    "vote_over": "The time to answer this question is over.",
    "answered_already": "You answered already. Nobody can tell which answer is yours, so it cannot be changed.",
    "known_first": "This is answered by those who have been in the group for a week or were in one of its "
    "hours. You can answer then.",
    "two_to_five": "A question has two to five answers to choose from, one on each line.",
    "choices_alike": "Two of these answers are the same. Please word one of them differently.",
    "vote_day": "Choose a day from today up to two months ahead.",
    "enough_questions": "Five questions are open already, which is enough to think about. Wait for one of them to end.",
    "too_few_answered": "Fewer than five answered, so nothing is shown.",
    # the inventory
    "inventory_counted": "Counted. Nobody can tell which answers are yours. What the month came to is shown here after it ends.",
    "inventory_talked_over": "Noted. It is asked again if the next months are no better.",
    # after serving
    "debrief_kept": "Noted. Thank you for serving.",
    "debrief_talk": "Noted. The others who look after the group see that you would like to talk it over.",
    "debrief_left": "That is fine. It is not on this page any more.",
    "debrief_over": "This is asked after an hour at which you served, for a few days. There is nothing to answer any more.",
    "talk_taken": "Thank you. They read on their page that you will talk with them.",
    "talk_gone": "Somebody else talks with them, or they changed their mind.",
}
