"""Telephone numbers: runs of figures, however they are written, grouped or said.

The flat text is walked once. Figures, words for figures, "double oh", an O for a nought and what is
said between them make a run; anything else ends it. Whether a run is a number to ring is decided
by how many figures it has and how they are grouped."""

import re

from groups.guard.numerals import BETWEEN, FIGURES, HUNDREDS, TIMES, WIDE
from groups.guard.passing import covered, is_counting, is_crisis_line

FEWEST, MOST = 7, 20  # figures
PLENTY = 9  # enough without the shape of a number
_letter = rf"[^\W\d_{''.join(word for word in WIDE if len(word) == 1)}]"
PIECE = re.compile(rf"\d+|{'|'.join(sorted(WIDE, key=len, reverse=True))}|{_letter}+(?:'{_letter}+)?")
NEAR = re.compile(r"[\s.\-()/_*+~|'\"\[\]{}<>=#&:]{0,6}")
ENDING = re.compile(r"[.,;]\s")
COMMA = re.compile(r"\s*[,;]\s*")
LETTERS_FOR_FIGURES = str.maketrans("oli", "011")  # beside figures


class Run:
    """Figures read one after the other, and how."""

    def __init__(self):
        self.groups, self.starts, self.end = [], [], 0
        self.spoken = self.written = self.commas = self.linked = False
        self.times, self.pending = 1, False

    def add(self, figures, start, end, spoken):
        """Take in a group; a unit said after a ten belongs to it (twenty five)."""
        figures, self.times = figures * self.times, 1
        last = self.groups[-1] if self.groups else ""
        if spoken and self.spoken and len(last) == 2 and last[1] == "0" and last[0] > "1" and len(figures) == 1 and figures != "0":
            self.groups[-1] = last[0] + figures
        else:
            self.groups.append(figures)
            self.starts.append(start)
        self.end, self.spoken, self.written = end, self.spoken or spoken, self.written or not spoken
        self.linked, self.pending = self.linked or self.pending, False


def phones(text: str) -> list[tuple[int, int]]:
    """Where in the flat text telephone numbers stand."""
    text = covered(text)
    found, run, last = [], Run(), 0
    for piece in PIECE.finditer(text):
        gap = text[last : piece.start()]
        if run.groups and ("+" in gap or (ENDING.match(gap) and len(run.groups) <= MOST and _is_phone(run, 0, text))):
            run = _ended(run, text, found)  # a plus begins a number of its own; a stop ends one that is whole
        elif not NEAR.fullmatch(gap):
            if COMMA.fullmatch(gap) and run.groups:
                run.commas = True
            else:
                run = _ended(run, text, found)
        figures, spoken = _figures(piece, text)
        if figures:
            run.add(figures, piece.start(), piece.end(), spoken)
        elif piece[0] in TIMES:
            run.times = TIMES[piece[0]]
        elif piece[0] in HUNDREDS and run.groups:
            run.groups[-1] += HUNDREDS[piece[0]]
            run.end = piece.end()
        elif piece[0] in BETWEEN and run.groups and not run.pending:
            run.pending = True
        else:
            run = _ended(run, text, found)
        last = piece.end()
    _ended(run, text, found)
    return found


def _figures(piece, text):
    """The figures a piece stands for, and whether they were said as a word."""
    word = piece[0]
    if word.isdigit():
        return word, False
    beside = text[piece.start() - 1 : piece.start()].isdigit() or text[piece.end() : piece.end() + 1].isdigit()
    if beside and not word.strip("oli"):
        return word.translate(LETTERS_FOR_FIGURES), False
    return FIGURES.get(word.replace("'", ""), FIGURES.get(word, "")), True


def _ended(run, text, found):
    """Keep the run if it is a number, or what follows its first nought is: up at 6.00. 0 7 7 0 …"""
    noughts = (place for place, group in enumerate(run.groups) if place and group[0] == "0")
    for first in (0, next(noughts, 0)):
        if run.groups and _is_phone(run, first, text):
            found.append((run.starts[first], run.end))
            break
    else:  # a list around it does not hide a number written as one
        for start, group in zip(run.starts, run.groups, strict=True):
            if PLENTY < len(group) <= MOST and text[start : start + len(group)] == group and not is_crisis_line([group]):
                found.append((start, start + len(group)))
    return Run()


def _is_phone(run, first, text):
    groups, start = run.groups[first:], run.starts[first]
    figures = "".join(groups)
    if not FEWEST <= len(figures) <= MOST or is_crisis_line(groups) or is_counting(groups):
        return False
    opens = figures[0] == "0" or "+" in text[max(0, start - 2) : start]
    if run.commas and not run.written:
        return True
    if run.commas or run.linked:
        return opens and len(figures) >= PLENTY
    if opens:
        return True
    if max(map(len, groups)) >= FEWEST:
        return not figures.endswith("0000")
    if run.spoken:
        return len(figures) >= PLENTY or (len(groups) >= FEWEST and len(set(map(len, groups))) == 1)
    small = max(map(len, groups)) <= 2
    if small and (len(set(map(len, groups))) > 1 or len(figures) < PLENTY):
        return False  # a list of ratings or of hours
    return len(figures) >= PLENTY or bool(re.search(r"(?<!\d)\d{3} ?[-.] ?\d{4}(?!\d)", text[start : run.end]))
