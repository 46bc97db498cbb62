"""Random public names for things. No id says when a thing was made or how many there are."""

import secrets

# No vowels, so that no id spells a word; no 0/o, 1/l, so that it can be read aloud.
LETTERS = "23456789bcdfghjkmnpqrstvwxz"
LENGTH = 10  # 27^10 is 47 bits: unguessable enough for something that is also access-checked
TOKEN_BYTES = 32


def public_id() -> str:
    """A short random name for a group, a room, a meeting or a membership."""
    number, letters = secrets.randbelow(len(LETTERS) ** LENGTH), []  # one draw: a calendar needs thousands
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    return "".join(letters)


def token() -> str:
    """256 random bits, for whatever opens a door by itself (cookies, invitations)."""
    return secrets.token_urlsafe(TOKEN_BYTES)
