"""The house itself, accounts, and groups."""

SENTENCES = {
    # nothing here
    "not_found": "There is nothing here for you, or no longer. The next open hours are below.",
    "refused": "This is not possible just now. Nothing you wrote is lost.",
    "other_name": "This house goes by another name: {place}. Please type that address yourself.",
    "broken": "Something here went wrong, and it is ours to mend. Please try again in a moment.",
    "busy": "We cannot take this in just now. Your words are safe here; please try again in a few seconds.",
    "crowded": "Very many people are coming in at once. Load this page once more in a few seconds: what you typed is sent again.",
    "too_fast": "That was a little fast. Your words are safe here; please wait {seconds} seconds and send again.",
    "form_of_another": "This page does not belong to whoever is signed in here now, so nothing of it was sent, and nothing of "
    "it is shown. Open it again from the front door.",
    "form_of_nobody": "This page was filled in before you signed in here, so nothing of it was sent, and nothing of it is "
    "shown. Open it again from the front door.",
    "form_before_sign_in": "This page was filled in before you signed in, so nothing of it was sent. Your words are still "
    "here; send them again if you still want to.",
    "form_too_old": "This page was open for a long time and had to be renewed. Your words are still here; please send again.",
    "too_big": "This is more than one form can carry. Go back: what you wrote is still there; please shorten it.",
    "sign_in_first": "Please sign in with your seven words first.",
    "signed_out": "You are signed out in this browser. Your words are safe here; sign in again in another tab, then send.",
    "signed_out_here": "You are signed out in this browser. To come back, sign in again in another tab.",
    "signed_out_unkept": "You are signed out in this browser. What you wrote stays while this page is open; without seven words "
    "there is no way back to this account. If you have kept it, sign in again in another tab.",
    "signed_out_here_unkept": "You are signed out in this browser. Without seven words there is no way back to this account. If "
    "you have kept it, sign in again in another tab.",
    "no_such_request": "This page asked for something we do not know. Reload it, please; nothing you wrote is lost.",
    "bad_shape": "Something in this did not arrive whole ({field}). Please check it and send again.",
    "too_long": "This is longer than fits ({limit} characters). Everything you wrote is still here; please shorten it.",
    "empty": "There is nothing written here yet.",
    # accounts
    "words_unknown": "These seven words open nothing. Check each word against your card; the order matters.",
    "words_differ": "These are not quite the words shown. Look once more; the order matters.",
    "words_missing": "An account has seven words. Here are {count}.",
    "word_not_ours": "Word {number} is not one of ours. Check how it is spelt; the other words can stay as they are.",
    "words_renewed": "The earlier words were shown too long ago. These are new ones; please write them down instead.",
    "already_kept": "This account is kept already. Your seven words open it.",
    # groups
    "by_invitation": "This group takes people in by invitation. Somebody who looks after it can send you a link.",
    "invitation_over": "This invitation has been used or has run out. Ask for a new one.",
    "name_taken": "Somebody here already goes by that name, or one that looks like it. Please choose another.",
    "name_of_yours": (
        "You go by this name in another group, too. Whoever is in both could tell that it is you. Take another, or send it again "
        "to keep it."
    ),
    "name_unclear": "A name here is 2 to 30 letters from one alphabet. Spaces, dots, hyphens and up to four digits are fine.",
    "name_reserved": "That name sounds like somebody on duty. Please choose another.",
    "agree_first": "Please say yes to the agreements first; they are what keeps the room safe.",
    "barred_until": "You can come back to this group from {until} on. You can ask somebody else to look at this.",
    "for_moderators": "This is for those who look after the group.",
    "last_moderator": "You are the only one looking after this group. Ask somebody to take over first.",
}
