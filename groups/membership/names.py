"""The name somebody goes by in one group: what can be one, and when two look alike.

A name must not be mistaken for another person's or for somebody on duty. So: one script, no
invisible or turning characters, no towers of accents, and names are compared as the eye sees them."""

import hashlib
import re
import unicodedata

from groups.errors import Invalid
from groups.membership.scripts import fold, one_script
from groups.text import SHAPING

SHORTEST, LONGEST = 2, 30  # characters
LONGEST_TYPED = 120
MOST_DIGITS = 4  # more is a way to be reached
MOST_ACCENTS = 2  # in a row, for marks that go with any letter (UTS 39, section 5.4)
MOST_MARKS = 4  # in a row, for scripts that build syllables of them, such as Burmese
SIGNS = " .-'"
ADDRESS = re.compile(r"www|\w{2,}\.\w{2,}", re.IGNORECASE)  # a name is no way to be found elsewhere
# Phonetic letters that are drawn like small capitals or upside down; the rest of those blocks is
# in the alphabets of African languages and Azerbaijani, and allowed.
ODD_LETTERS = re.compile("(?![əɓɔɖɗɛɠɣɨɩɪɲɵʃʉʊʋʒʔ])[\u0250-\u02af\u1d00-\u1dbf\ua720-\ua7ff\uab30-\uab6f]")
# Counted as letters or marks by Unicode, and drawn as nothing (Default_Ignorable_Code_Point).
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
DUTIES = (
    "admin administrator animateur assistant bot chair chairman chairperson chairwoman coordinator door doorkeeper duty "
    "everybody everyone facilitator facilitateur greeter guard guardian helpdesk host hostess lamplight leader mod moderador moderator "
    "moderateur moderatorin moderatrice official operator owner room secretary security server service staff steward "
    "support system team timekeeper админ администратор ведущая ведущий модератор дежурный адмін модераторка διαχειριστής συντονιστής "
    "管理员 管理者 主持人 司会 관리자 진행자 مشرف مدير מנהל מנחה"
).split()
PARTS_OF_DUTIES = ("moderat", "moderad", "facilitat", "facilitad", "administrat", "administrad", "lamplight", "onduty", "модератор", "администратор", "管理员", "主持人")


_of_the_house: set[str] = set()  # look-alikes of the name this house goes by


def reserve(house: str) -> None:
    """Nobody goes by this name or one that looks like it: it is the house's. One at a time; for the start."""
    _of_the_house.clear()
    _of_the_house.update(look_alikes(house))


def checked(text: str, field: str = "name") -> str:
    """The name, tidied, as it will be shown. Raises Invalid(field, "name_unclear" or "name_reserved")."""
    name = _tidy(text)
    if not _is_clear(name):
        raise Invalid(field, "name_unclear")
    if _sounds_like_duty(name) or _of_the_house & look_alikes(name):
        raise Invalid(field, "name_reserved")
    return name


def name_key(name: str) -> str:
    """What the name is stored for comparing by: unique in a group. At most 80 characters."""
    return _key(name.casefold())


def look_alikes(name: str) -> set[str]:
    """Every key this name could be taken for: capitals of one alphabet look like another's."""
    return {name_key(name), _key(name), _key(name.upper())}


def line(text: str, field: str, longest: int, shortest: int = 0) -> str:
    """One line somebody wrote about a group, tidied. Raises Invalid(field, empty, too_long or bad_shape)."""
    clean = " ".join(unicodedata.normalize("NFC", text).split())
    if len(clean) < shortest:
        raise Invalid(field, "empty")
    if len(clean) > longest:
        raise Invalid(field, "too_long", limit=longest)
    if any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in clean if letter not in SHAPING):
        raise Invalid(field, "bad_shape")
    return clean


def _tidy(text):
    if len(text) > LONGEST_TYPED:
        return ""
    if INVISIBLE.search(text):
        return ""  # asked before normalising, which turns some of these into others
    text = re.sub("[’‘ʼ`´]", "'", text)  # phones turn apostrophes
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _is_clear(name):
    return (
        SHORTEST <= len(name) <= LONGEST
        and any(letter.isalpha() for letter in name)
        and all(_is_allowed(letter) for letter in name)
        and not ODD_LETTERS.search(name)
        and not re.search(r"[.'-]{2}|^[ .'-]|['-]$", name)
        and not ADDRESS.search(name)
        and _marks_are_honest(name)
        and _digits_are_few(name)
        and one_script(name)
    )


def _is_allowed(letter):
    kind = unicodedata.category(letter)
    return kind in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd") or letter in SIGNS


def _marks_are_honest(name):
    run, before = [], " "
    for letter in unicodedata.normalize("NFD", name):
        if unicodedata.category(letter)[0] != "M":
            run, before = [], letter
            continue
        run.append(letter)
        ordinary = [mark for mark in run if "\u0300" <= mark <= "\u036f"]
        if len(ordinary) > MOST_ACCENTS or len(run) > MOST_MARKS or run[-2:-1] == run[-1:] or not before.isalpha():
            return False
    return True


def _digits_are_few(name):
    digits = [letter for letter in name if letter.isdecimal()]
    return len(digits) <= MOST_DIGITS and len({ord(digit) - unicodedata.decimal(digit) for digit in digits}) <= 1


def _key(text):
    key = fold(text)
    return key if len(key) <= 80 else hashlib.sha256(key.encode()).hexdigest()


def _sounds_like_duty(name):
    for seen in (name.casefold(), name, name.upper(), _as_letters(name)):
        words = {seen, *re.split(r"[ .'-]+", seen), *re.split(r"[ .'\d-]+", seen), re.sub(r"\d", "", seen)}
        if {fold(word) for word in words} & _DUTIES or any(part in fold(seen) for part in _PARTS):
            return True
    return False


def _as_letters(name):
    """Digits written for the letters they look like."""
    return name.casefold().translate(str.maketrans("0134578", "oieastb"))


_DUTIES = {fold(word) for word in DUTIES}
_PARTS = [fold(part) for part in PARTS_OF_DUTIES]
