"""How often what may be done, by whom, and what holds where it cannot be counted. This is all there is.

by: whose it counts for. ADDRESS, where a visitor comes from, known only as a keyed hash of today
(`keys.py`), and not asked where no address is known. ACCOUNT, whoever is signed in; a visitor counts by
address. LINK, a link itself, whether it opens anything or not.
fails: OPEN, where nothing can be counted (the memory is full, or broken) it may be done all the same;
SHUT, it may not. What guards a secret, or makes something of nothing, is shut; what people are here
for is open.
together: where the house has a Redis, all its processes count as one. While Redis is away each counts for itself, in
its memory, and what `fails` says holds for that memory. Not together is what is counted on the event loop, which
waits for nobody: what people do in a room."""

from enum import Enum

from limits import RateLimitItem, parse


class By(Enum):
    """Whose count it is."""

    ADDRESS = "address"
    ACCOUNT = "account"
    LINK = "link"


class Fails(Enum):
    """What holds where nothing can be counted."""

    OPEN = "open"
    SHUT = "shut"


class Limit:
    """So many (`rate`, as in "20 per 5 minutes"), in any stretch of that length; `reason`: the sentence
    whoever went too fast reads."""

    def __init__(self, rate: str, by: By, fails: Fails, reason: str, together: bool = True):
        self.rate: RateLimitItem = parse(rate)
        self.by, self.fails, self.reason, self.together = by, fails, reason, together


# A house with thirty people in it goes by one address, so what counts by address is roomy; guessing is
# kept off by the length of what would have to be guessed, not by these.
LIMITS: dict[str, Limit] = {
    "sign_in": Limit("60 per 5 minutes", By.ADDRESS, Fails.SHUT, "many_sign_ins"),
    "words_again": Limit("10 per 10 minutes", By.ACCOUNT, Fails.SHUT, "many_words"),  # by whoever sits at a page that is open
    "sign_up": Limit("30 per 10 minutes", By.ADDRESS, Fails.SHUT, "many_newcomers"),  # whatever makes an account
    "join": Limit("20 per 10 minutes", By.ACCOUNT, Fails.SHUT, "many_names"),  # each try tells whether a name is taken
    "invitation": Limit("60 per 10 minutes", By.ADDRESS, Fails.SHUT, "many_links"),
    "invite": Limit("20 per 60 minutes", By.ACCOUNT, Fails.SHUT, "many_invitations"),
    "enter": Limit("30 per 1 minute", By.ACCOUNT, Fails.OPEN, "many_knocks", together=False),
    # And each room sets its own pace besides.
    "share": Limit("20 per 10 seconds", By.ACCOUNT, Fails.OPEN, "too_fast", together=False),
    "report": Limit("10 per 10 minutes", By.ACCOUNT, Fails.OPEN, "many_reports", together=False),
    "feed": Limit("60 per 10 minutes", By.LINK, Fails.OPEN, "many_fetches"),
}
# Forms with seven words in them, and the hashing of those: so many at once, and so many wait for their turn. Whoever
# comes then is told to come back (429). It counts for everybody together, and is shut.
HASHING = 4  # at once
WAITING = 20  # for their turn
# What of a live meeting is counted, by form and by socket together, for each meeting by itself.
WISHES = {
    "knock": "enter", "share": "share", "rewrite_share": "share", "write_line": "share", "write_desk": "share", "report": "report",
}
