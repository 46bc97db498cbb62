"""Numbers that are no way to reach anybody: hours, dates, verses, money, scores, counting, years,
and the lines that answer in a crisis. They are covered before telephone numbers are looked for."""

import re

COVER = "\0"
CURRENCY = (
    "€|£|¥|₽|₹|₺|usd|eur|gbp|euros?|dollars?|dolares|bucks?|pounds?|quid|yen|рублеи|руб|гривень|грн|lira|tl|pesos?|reais|zl|zlotych|francs?|franken|kr|"
    "kronen|kronor|rupees?|rs|元|块钱?|円|万"
)
COVERED = re.compile(
    r"(?=[\d$€£¥₽₹₺])(?:" + "|".join((
        r"(?<![\d:.])\d{1,3}:\d{1,3}(?:-\d{1,3})?(?::\d{2})?(?![\d:])",  # 7:30, 10:13, 139:1-18
        r"(?<![\d.])\d{1,2} ?h ?\d{2}(?:m|min)?(?![\w.])",  # 21h30
        r"(?<![\d./-])(?:19|20)\d\d([-./])\d{1,2}\1\d{1,2}(?![\d./-]\d)(?!\d)",  # 2023-04-17
        r"(?<![\d./-])\d{1,2}([-./])\d{1,2}\2(?:(?:19|20)\d\d|\d\d)(?![-./]? ?\d)",  # 17.04.2023
        rf"[$€£¥₽₹₺] ?\d[\d.,']{{0,15}}(?: \d{{3}}(?!\d)){{0,3}}|(?<![\d+])[1-9][\d.,']{{0,15}}(?: \d{{3}}(?!\d)){{0,3}} ?(?:{CURRENCY}|\$)(?!\w)",  # money
        r"(?<![\d.,+])[1-9]\d{0,2}(?:,\d{3}){1,4}(?:\.\d{1,2})?(?![.,]?\d)",  # 1,000,000.00
        r"(?<![\d.,+])[1-9]\d{0,1}(?:[.']\d{3}){1,4}(?:,\d{1,2})?(?![.,]?\d)",  # 1.000.000,00
        r"(?<![\d.,+])\d{1,4}[.,]\d{1,2} ?%|(?<![\d.])\d{1,3} ?%",
        r"(?<![\d/])\d{1,3}/\d{1,3}(?![\d/])(?! ?[-/]? ?\d)",  # 6/10
    )) + ")"
)
# Lines that listen in a crisis, and emergency numbers, by their figures alone; where each was found
# stands in `crisis/countries`. Short ones (988, 112, 116 123) are too short to be taken for a way
# to reach a person, and stand here so that two of them side by side pass as well.
CRISIS_LINES = set("""
    988 911 112 999 111 116123 116111 116016 116117 741741 85258 113 142 143 147 1813 3114 3018 3919 3020 024 016 15 17 18 119 110 188 190 192
    131114 1800737732 1300224636 1300659467 1800551800 131450
    18002738255 18006624357 18007997233 18006564673 18334564566 18668637233 18884887386 18774767763 8002738255 8006624357 8007997233 8006564673
    08001110111 08001110222 08001110333 08000116016 116006 08001111 08001235678 08082000247 08088010302 08085008802 08000684141 08002979999 08000116123
    08000113 0900113 0402580258 213544545 808242424 717003717 800860022 0223272327 19696 800702222 800121212 800120002 88002000122 88007000600 7333
    0800543354 0508828865 1737 0800567567 0800121314 1767 18002214444 9152987821 14416
    0120783556 0570064556 0120279338 0570783556 4001619995 01082951332 12356 12320 23892222 1925 1995 1393 109 70201201 90101 0925250111 1201 182 183 135 8002900024
""".split())
YEARS = re.compile(r"(?:19|20)\d\d")


def covered(text: str) -> str:
    """The flat text with every number that passes covered, letter for letter."""
    return COVERED.sub(lambda shape: COVER * len(shape[0]), text)


def is_crisis_line(groups: list[str]) -> bool:
    """True for the figures of one such line, however grouped, or of several one after the other."""
    reached = {0}
    for end in range(1, len(groups) + 1):
        if any(start in reached and "".join(groups[start:end]) in CRISIS_LINES for start in range(max(0, end - 12), end)):
            reached.add(end)
    return len(groups) in reached


def is_counting(groups: list[str]) -> bool:
    """True for years side by side, and for counting up or down, by ones or by any one step."""
    if len(groups) > 1 and all(YEARS.fullmatch(group) for group in groups):
        return True
    if len(groups) < 4 or max(map(len, groups)) > 4:
        return False
    values = [int(group) for group in groups]
    steps = [after - before for before, after in zip(values, values[1:], strict=False)]
    if len(set(steps)) == 1 and steps[0] and len(groups) > 4:
        return True
    breaks = sum(abs(step) != 1 for step in steps)  # where it starts over, or turns
    return groups[0] != "0" and breaks <= 1 + len(steps) // 12
