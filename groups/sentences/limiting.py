"""When something was done too often. Nobody is blamed: most who read this did nothing wrong."""

SENTENCES = {
    "many_sign_ins": "There were many tries to sign in from where you are. Your words are still here; try again in some minutes.",
    "many_words": "The seven words were asked for many times just now. What you wrote is still here; try again in some minutes.",
    "many_newcomers": "Many people came in from where you are just now. What you wrote is still here; try again in some minutes.",
    "many_names": "You tried this many times in a short while. What you wrote is still here; please try again in a few minutes.",
    "many_links": "Many links were opened from where you are. Yours stays good; please open it again in a few minutes.",
    "many_invitations": "You made many links in the last hour. Those you have stay good; please make the next one later.",
    "many_knocks": "You knocked many times in a short while. Your place is kept; please wait {seconds} seconds and knock again.",
    "many_reports": "You told of many things in a short while, and all of it is kept. Please send this one in {seconds} seconds.",
    "many_fetches": "This calendar was fetched many times just now. It can be fetched again in a few minutes.",
}
