"""Links and e-mail addresses, plain or said, in a flat text and in its line of words.

Every shape is looked for from the sign that gives it away (an @, an ending such as .com), so that
no search begins at each letter of a long word."""

import re

from groups.guard.apps import PROVIDERS
from groups.guard.flat import laid_flat

# Endings that are no word anybody writes after a full stop without a space.
ENDINGS = (
    "com net org edu gov info biz io gg app chat xyz link club online site website page dev eu uk de fr pl ru ua by kz cz sk hu ro bg gr nl dk fi ch "
    "jp cn kr tw hk br mx ar cl co cc tv ly ee vip onion tel mobi shop space social zone ink rocks network community рф укр"
).split()
SPACED = "com net org io gg onion xyz chat app".split()  # also with spaces around the dot
SLASHED = "is it so me to at in no my be us am do one live life love care help today group as id im la li st se pt es ws ai be li la tk ms world room".split()
DOT_WORDS = {  # a dot as it is said, and what it is said before
    "dot": "com net org io gg me app chat info co uk de fr ru nl eu tv ly xyz", "d0t": "com", "punkt": "com net org de at ch info io", "point": "com fr org ch be io",
    "punto": "com net org it mx ar io", "ponto": "com br pt net org", "punt": "com nl be net", "kropka": "com pl net org", "точка": "ру рф ком com ru net org",
    "крапка": "юа ua com ком net", "nokta": "com net org tr", "نقطة": "com net org كوم", "点": "com cn net org", "ドット": "com jp net コム", "점": "com kr net",
    "tochka": "ru com", "пункт": "com", "dott": "com", "doht": "com", "period": "com net org",
}
AT_WORDS = (
    "at arroba arobase chiocciola chiocciolina klammeraffe małpa malpka apenstaartje snabela kukac ät собака собачка равлик эт kuyruklu 艾特 アット 골뱅이 على عند et "
    "alfakrull zavinac affenschwanz strudel"
).split()
# A word before the dot that shows it is talk: the dot com years.
TALK = {*"the a this that every of este esse ese un uno questo quel cet dieser jeder um le el der am au ce il o".split()}


_provider = laid_flat("|".join(PROVIDERS))
_end = r"(?![^\W_]|-[^\W_])"
LINKS = (
    re.compile(r"(?<![^\W_])(?:h(?:tt|xx|\*\*)ps?|ftp) ?:(?= ?/|\\)|(?<![^\W_])h(?:tt|xx)ps?(?= \w)|(?<![^\W_])www(?=[\s.,()\[\]]|$)"),
    re.compile(rf"(?<=[^\W_])[.,](?:{'|'.join(ENDINGS)}){_end}"),
    re.compile(rf"(?<=[^\W_]) ?[\[({{<]? ?\. ?[\])}}>]? ?(?:{'|'.join(SPACED)}){_end}"),
    re.compile(rf"(?<=[^\W_][^\W_])\.(?:(?!he/|she/|him/|and/)[a-z]{{2,8}}/[\w@]|(?:{'|'.join(SLASHED)})(?: / ?[\w@]| slash ))"),
    re.compile(r"(?<![\w'’])(?:t|wa|m|fb|ig) ?[\[({<]? ?(?:\.|dot) ?[\])}>]? ?me(?= ?/| slash)"),
    re.compile(r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]\d)(?=[:/]\d|/)"),
)
_host = r"[\w-]{2,40}"
AT_SIGN = (
    re.compile(rf"(?<=[\w)\]}}>])@{_host}(?:\.[\w-]{{2,20}}){{0,3}}\.[^\W\d_]{{2,}}"),
    re.compile(rf"(?<=[\w)\]}}>]) ?@ ?{_host} ?\. ?(?:{'|'.join(SPACED)}){_end}|(?<=[\w)\]}}>])@{_host},(?:{'|'.join(ENDINGS)}){_end}"),
    re.compile(rf"(?<=\w) ?[\[({{<]? ?@ ?[\])}}>]? ?(?:{_provider})(?!\w)"),
)
EMAILS = (
    re.compile(r"\b(?:liamg|liamtoh|oohay|kooltuo)\b|(?<!\w)moc\."),
    re.compile(r"mailto ?:"),
    re.compile(rf"(?<=\w) ?[\[({{<] ?(?:a|at|ät) ?[\])}}>] ?(?={_host} ?[.\[({{<])"),
)
_at = laid_flat("|".join(AT_WORDS))
SAID_EMAILS = (
    re.compile(rf"(?<= )(?:{_at}) (?:a )?(?:{_provider})(?= )"),
    re.compile(rf"(?<= )(?:{_provider}) (?:com|de|net|ru|fr|ком|ру)(?= )"),
    re.compile(rf"(?<= )(?:{_provider})(?: \w+){{0,6}} (?:an at|the at|at sign|the sign|at symbol|the symbol|at in between|at between)(?= )"),
)
_said = laid_flat("|".join(f"{word} (?:{endings.replace(' ', '|')})" for word, endings in DOT_WORDS.items()))
SAID_DOT = re.compile(rf"(?<= )([\w#%]+) (?:{_said})(?= )")
SAID_DOT_TIGHT = re.compile(laid_flat("(?:ドット|点) ?(?:com|net|jp|cn|org|コム)"))
SAID_AT = re.compile(rf" (?:{_at}) (?:a )?\Z")


def links(text: str) -> list[tuple[int, int]]:
    """Where in the flat text links stand; each reaches back over the name before its ending."""
    return _with_names(text, LINKS)


def emails(text: str) -> list[tuple[int, int]]:
    """Where in the flat text e-mail addresses stand."""
    return _with_names(text, AT_SIGN + EMAILS if "@" in text else EMAILS)


def said_links(line: str) -> list[tuple[int, int]]:
    """Where in a line of words a link is said: night room dot com."""
    found = [place for place in SAID_DOT.finditer(line) if place[1] not in TALK and not _after_at(line, place)]
    return [place.span() for place in found] + [place.span() for place in SAID_DOT_TIGHT.finditer(line)]


def said_emails(line: str) -> list[tuple[int, int]]:
    """Where in a line of words an e-mail address is said: tom at example dot org."""
    found = [place.span() for shape in SAID_EMAILS for place in shape.finditer(line)]
    return found + [place.span() for place in SAID_DOT.finditer(line) if place[1] not in TALK and _after_at(line, place)]


def _after_at(line, place):
    return SAID_AT.search(line[max(0, place.start() - 20) : place.start()])


def _with_names(text, shapes):
    """The stretches with what stands right before each, at most 40 letters back and not into the one before."""
    found = []
    for shape in shapes:
        last = 0
        for place in shape.finditer(text):
            start = place.start()
            while start > max(last, place.start() - 40) and (text[start - 1].isalnum() or text[start - 1] in "-_."):
                start -= 1
            found.append((start, last := place.end()))
    return found
