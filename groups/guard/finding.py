"""The contact guard: finds ways to be reached elsewhere in what somebody wrote.

A meeting stays in its room. Before a share is said it is read here for links, e-mail addresses,
telephone numbers, names on other services, and invitations to meet there; the composer shows what
was found and where, and what is sent anyway can be held for somebody on duty.

How it reads: the text is laid flat first (flat.py), so that full-width, framed, accented, look-alike,
invisible and spaced-out letters read as what they say, and digits of any script as digits. Then
addresses (addresses.py), telephone numbers in figures or words (phones.py, without what passes:
passing.py) and names (handles.py, pictured.py) are looked for in it, and, in the line of words it reads as
(reading.py), phrases that ask to be met elsewhere (english.py, languages.py). Talk about a service,
hours, dates, steps, verses, money, counting and crisis lines pass.

Pure and total: any text gives findings, in order, apart from one another, in time that grows with
its length and no faster."""

import re

import msgspec

from groups.guard import addresses, handles, invitations, phones, pictured
from groups.guard.flat import flatten
from groups.guard.harmless import is_harmless
from groups.guard.reading import read

STRICTNESS = ("off", "usual", "strict")  # nothing; what is asked or given; vague hints as well
LABELS = {  # as it stands in a sentence: "this looks like …"
    "link": "a link",
    "email": "an e-mail address",
    "phone": "a phone number",
    "handle": "a name on another service",
    "elsewhere": "an invitation to meet elsewhere",
}
KINDS = tuple(LABELS)
FIRST = ("email", "link", "phone", "handle", "elsewhere")  # the kind that is named where several overlap
SLIP = re.compile(r"[^\W\d_]\.[A-ZÀ-Þ][a-zà-þ]\Z")  # the space after a full stop forgotten: at last.De todos modos


class Finding(msgspec.Struct, frozen=True):
    """One way to be reached: its kind, and where it stands in the text as written."""

    kind: str
    start: int
    end: int


def find(words: str, strictness: str = "usual") -> tuple[Finding, ...]:
    """What in these words is a way to be reached elsewhere, in the order it stands. Raises
    ValueError for a strictness that is none of STRICTNESS."""
    if strictness not in STRICTNESS:
        raise ValueError(f"strictness is one of {STRICTNESS}")
    if strictness == "off" or (strictness == "usual" and is_harmless(words)):
        return ()
    return read_closely(words, strictness == "strict")


def read_closely(words: str, strict: bool = False) -> tuple[Finding, ...]:
    """What is found when no text is taken for harmless at first sight."""
    flat = flatten(words)
    found = [Finding(kind, *flat.span(start, end)) for kind, start, end in _flat_findings(flat, strict) if start < end]
    return _apart(one for one in found if not (one.kind == "link" and SLIP.search(words[one.start : one.end])))


def _flat_findings(flat, strict):
    line = read(flat)
    text, said = flat.text, line.text
    yield from (("link", *span) for span in addresses.links(text))
    yield from (("email", *span) for span in addresses.emails(text))
    yield from (("phone", *span) for span in phones.phones(text))
    yield from (("handle", *span) for span in handles.handles(text))
    yield from (("elsewhere", *span) for span in invitations.asked_unspaced(text))
    if strict:
        yield from (("elsewhere", *span) for span in invitations.hinted_unspaced(text))
    if line.tokens:
        yield from (("link", *line.span(*span)) for span in addresses.said_links(said))
        yield from (("email", *line.span(*span)) for span in addresses.said_emails(said))
        yield from (("handle", *line.span(*span)) for span in handles.said_handles(line))
        yield from (("handle", *line.span(*span)) for span in pictured.said_pictured(line))
        yield from (("elsewhere", *line.span(*span)) for span in invitations.asked(line))
        if strict:
            yield from (("elsewhere", *line.span(*span)) for span in invitations.hinted(line))


def _apart(found):
    """Findings that overlap become one, of the kind that says most."""
    apart = []
    for one in sorted(found, key=lambda finding: (finding.start, finding.end)):
        if apart and one.start < apart[-1].end:
            last = apart[-1]
            kind = min(last.kind, one.kind, key=FIRST.index)
            apart[-1] = Finding(kind, last.start, max(last.end, one.end))
        else:
            apart.append(one)
    return tuple(apart)
