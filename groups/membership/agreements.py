"""What a new group agrees on until it finds its own words. Numbered: refusals name the number
("agreement 3: no contact details"), so the order stays."""

FIRST_AGREEMENTS = (
    "What is said here stays here. We tell nobody who was here or what they said.",
    "We speak about our own life, and leave everybody else's to them.",
    "No contact details: no numbers, addresses, account names or links, neither given nor asked for.",
    "No advice unless somebody asks for it. Listening is plenty.",
    "No graphic detail, and no names of sites or apps.",
    "We are kind, also where we see things differently. Anybody may pass at any time.",
    "We are adults, and nobody beside us reads or listens along.",
)

# Which of them an emergency is about, by its reason. What is about contact details a group says itself.
ABOUT = {"exposing": FIRST_AGREEMENTS[0], "threats": FIRST_AGREEMENTS[5]}
