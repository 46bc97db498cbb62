"""Memory as the C library keeps it. glibc lets eight threads on each core keep for themselves what they freed, and
gives back only the end of a heap: a process that people come to and go from grows for hours by nothing but such
leftovers. Other C libraries know neither wish, and nothing is done."""

import ctypes

HEAPS, ARENA_MAX = 2, -8  # heaps for all threads; the number by which `mallopt` knows that wish
_wish, _trim = (getattr(ctypes.CDLL(None), name, None) for name in ("mallopt", "malloc_trim"))


def share() -> None:
    """Have all threads share two heaps. Before there are any."""
    if _wish is not None:
        _wish(ARENA_MAX, HEAPS)


def give_back() -> None:
    """Give what was freed back to the machine, also from the middle of a heap. A tenth of a millisecond where there is
    little, and without the interpreter's lock."""
    if _trim is not None:
        _trim(0)
