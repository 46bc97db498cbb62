"""Names on other services: @quiet_tom77, insta: quiettom, my telegram is quiettom, quiettom#4821."""

import re

from groups.guard.apps import NAMES, ORDINARY, WORDS
from groups.guard.flat import laid_flat
from groups.guard.languages import UNSPACED_NAMES
from groups.guard.reading import MAYBE, SURE, Line

_names = laid_flat("|".join(sorted({*NAMES, *WORDS}, key=len, reverse=True)))
ODD = r"(?=[\w.]{0,30}[\d_])"  # a digit or an underscore inside: nobody's name in a room
SHAPES = (
    re.compile(rf"(?<![\w)\]])@ ?{ODD}[^\W\d][\w.]{{2,40}}"),
    re.compile(r"(?<=\w\w)#\d{4}(?!\d)"),
    re.compile(r"(?<![^\W_/])/?u/[^\W_][\w-]{2,30}"),
    re.compile(r"(?<![\w.])(?=[a-z0-9._]{5,40}(?![\w]))[a-z][a-z0-9.]+_[a-z0-9_.]*[a-z0-9]"),
    re.compile(rf"(?<![^\W_])(?:{_names}) ?[:=]? ?@?(?=[a-z0-9._]{{0,30}}[\d_])[a-z][a-z0-9_.]{{3,40}}"),
    re.compile(r"(?<!\w)(?:qq|icq) ?:? ?(?:number|no|id|号)? ?:? ?\d{5,}"),
)
LABELLED = re.compile(rf"(?<![^\W_])(?:{_names})(?: ?(?:id|name|user|nick|handle|号|me))? ?(?:[:=>]+|[-]+>| - | -|\|) ?@?([^\W_][\w.]{{2,40}})")
ALONE = re.compile(r"\A\W*(?:snap|ig|tg|dc|wa)\W+([a-z][a-z0-9]{3,30})\W*\Z")
# Where words are not set apart, a Latin name after the service's: 微信号 quiettom, インスタは quiettom です.
WIDE = re.compile(rf"(?:{laid_flat('|'.join(name for name in UNSPACED_NAMES if not name.isascii()))}) ?(?:号码?|帐号|账号|id|の ?id ?は|id ?は|は|是)? ?:? ?([a-z][a-z0-9_.]{{3,30}})")
_app = f"[{SURE}{MAYBE}]"
IS = "is|s|name is|id is|nick is|handle is|user is|tag is|contact is|account is|user name is|name there is|username is|there is|heisst|ist|lautet|name ist|es|se llama|c est|est|e|si chiama|to|om|hesabim|name|id|nick|handle|username|user"
MY = (
    "my|mein|meine|meinem|moje|moim|mi|mon|ma|meu|minha|o meu|il mio|mio|mijn|moj|моя|мои|моe|мое|міи|benim|حسابي على|حسابي في|我的"
)
SAID = (
    re.compile(rf"(?<= )(?:{MY}) {_app} (?:{IS}) (\w{{3,}})(?= )"),
    re.compile(rf"(?<= )(?:{MY}) {_app} (\w{{4,}})(?= (?:[|?] )?$)"),
    re.compile(rf"(?<= )([a-z]{{3,}}\d+\w*) (?:on|auf|sur|en|su|na|op|no|в|на) (?:the )?{SURE}(?= )"),
    re.compile(rf"(?<= )(?:{MY}) (?:name|nick|nickname|handle|profile|username|user|id|account|page|nombre|usuario|nome|utente|naam|nazwa|pseudo|ник|профиль) (?:on|auf|bei|sur|en|de|di|von|do|w|na|su|в|на|for) {_app} (?:{IS}) (\w{{3,}})(?= )"),
    re.compile(rf"(?<= ){_app} (?:name|id|nick|handle|username|user name|user|friend code|code|ид|ник|号|の ?id は|は|id は|のid は) (?:is |= )?(\w{{3,}})(?= )"),
    re.compile(r"(?<= )my (?:user ?name|user name|handle|gamer ?tag|gamertag|user id) (?:is|there is|everywhere is) (\w{3,})(?= )"),
    re.compile(rf"(?<=[а-яіїєґ\u0620-\u06ff] ){_app} ([a-z][a-z0-9]{{3,30}})(?= )"),  # a Latin name right after the service's
    re.compile(rf"(?<= )at (\w{{3,}}) on {SURE}(?= )"),
    re.compile(rf"(?<= ){_app} @?((?=\w*[a-z])(?=\w*\d)\w{{4,}})(?= )"),
    re.compile(r"(?<= )\w{3,} (?:underscore|unterstrich|guion bajo|tiret bas|подчеркивание)(?= )()"),
    re.compile(rf"^ {SURE} (?:me )?([a-z0-9]{{4,}}) (?:[|?] )?$"),
)


ADJECTIVE = re.compile(r"^[a-z]+(?:ed|ing|ous|ful|less|able|ible|ive|ly|ic|cht|iert|ada|ado|ata|ato)$")  # my Instagram is boring


def handles(text: str) -> list[tuple[int, int]]:
    """Where in the flat text names on other services stand."""
    found = [place.span() for shape in SHAPES for place in shape.finditer(text)]
    shapes = [LABELLED, ALONE] if text.isascii() else [LABELLED, ALONE, WIDE]
    return found + [place.span() for shape in shapes for place in shape.finditer(text) if not _is_ordinary(place[1])]


def said_handles(line: Line) -> list[tuple[int, int]]:
    """Where in a line of words somebody says what they are called on a service."""
    return [place.span() for shape in SAID for place in shape.finditer(line.text) if not _is_ordinary(place[1])]


def _is_ordinary(word):
    if word.strip("._").isdigit() or ADJECTIVE.search(word):
        return True
    return bool({word, *re.split(r"[._]", word)[:1]} & ORDINARY)
