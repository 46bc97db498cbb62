"""Services by their picture, where none is named: TomHarbour81 on the blue butterfly, same name on the bird.
A name with figures in it says enough by itself; any other has to be said to be one."""

import re

from groups.guard.reading import Line

COLOURS = "blue|yellow|white|black|green|purple|pink|red|orange|grey|gray|little|other|big|tiny|old"
DRAWN = "butterfly butterflies bird birdie ghost elephant mammoth alien".split()  # nobody sits on them
USED = "bubble plane aeroplane airplane camera".split()  # these need a colour with them
THINGS = DRAWN + USED
PLACE = "app|one|site|page|place|thing|net|network"
PICTURE = re.compile(rf"(?<= )on (?:the|that) (?:(?:(?:{COLOURS}) )?(?:{'|'.join(DRAWN)})|(?:{COLOURS}) (?:{'|'.join(USED)}))(?: (?:{PLACE}))?(?= )")
COLOURED = re.compile(rf"(?<= )on (?:the|that) (?:{COLOURS}) (?:{PLACE}|square|circle|icon|logo)(?= )")
ALSO = "(?:over |up |also |too |still |there )*"
FIGURED = re.compile(rf"(?<= )(?:[a-z]{{3,}}\d|[a-z]+\d+[a-z]\w)\w* {ALSO}$")
NAME = "(?:name|nick|nickname|user ?name|user|handle|id|alias|tag)"
ME = "(?:find|add|follow|search|reach|look|message|write|text|dm)(?: for| to)? (?:me|us)"
CALLED = re.compile(rf"(?<= )(?:(?:same|this|that|identical) {NAME}(?: \w+){{0,2}}|my {NAME}|{ME}(?: up)? (?:as|under|by)(?: \w+){{1,4}}|(?:go by|called|known as) \w+) {ALSO}$")
ASKED = re.compile(rf"(?<= ){ME}(?: up)? {ALSO}$")
SAME = re.compile(rf"(?: too| also)? (?:[|?] )?(?:by |with |under )?(?:the )?same {NAME}(?= )")
BEFORE = 80  # characters in which all of it stands


def said_pictured(line: Line) -> list[tuple[int, int]]:
    """Where in a line of words somebody says what they are called on a service that is only hinted at."""
    text = line.text
    if " on th" not in text:
        return []
    found = []
    for shape, befores in ((PICTURE, (FIGURED, CALLED)), (COLOURED, (FIGURED,))):
        for place in shape.finditer(text):
            start = max(0, place.start() - BEFORE)
            before, same = text[start : place.start()], SAME.match(text, place.end())
            wanted = (*befores, ASKED) if same else befores
            if called := next(filter(None, (one.search(before) for one in wanted)), None):
                found.append((start + called.start(), same.end() if same else place.end()))
    return found
