"""What the contact guard costs: milliseconds for 4,000 and 32,000 characters, and the ratio of the two.

    python -m bench.guard          the table, on the screen

A ratio near eight says that the cost grows with the length and no faster. CPU time, the best of several."""

import sys
import time

from groups.guard.finding import find
from tests.rules.guarded import sentences

SHORT, LONG, RUNS = 4_000, 32_000, 5
HOSTILE = (
    "a", "a ", "1", "1 ", "0-", ".", "@", "a@", ".com", "a_", "( ", "12:", "1,000,", "微信", "aа", "é", "t e l e ", "a . b ",
    "oh ", "dot com ", "telegram ", "find me on ", "my telegram ", "let s talk this it on ", "on the telegram and then ",
    "can we you talk ", "you on telegram? ",
)


def milliseconds(words: str) -> float:
    """CPU time of one strict reading, the best of several."""
    spent = []
    for _ in range(RUNS):
        before = time.process_time()
        find(words, "strict")
        spent.append((time.process_time() - before) * 1000)
    return min(spent)


def rows() -> list[tuple[float, float, str]]:
    """(milliseconds for the short text, ratio to the long one, what it is made of), the slowest first."""
    texts = {"what people say": " ".join(sentences("ordinary")), "solicitation": " ".join(sentences("solicitation"))}
    texts |= {repr(piece): piece for piece in HOSTILE}
    measured = []
    for name, text in texts.items():
        short, long = ((text * (size // len(text) + 1))[:size] for size in (SHORT, LONG))
        first = milliseconds(short)
        measured.append((first, milliseconds(long) / first, name))
    return sorted(measured, reverse=True)


if __name__ == "__main__":
    for first, ratio, name in rows():
        sys.stdout.write(f"{first:6.1f} ms   x{ratio:4.1f}   {name}\n")
