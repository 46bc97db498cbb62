"""Every word can be read on what lies behind it: measured from the tokens, by day and by night.

WCAG 2.2: 4.5:1 for text, 7:1 for what is read at length, 3:1 for edges and the focus ring.
oklch to sRGB after Björn Ottosson, https://bottosson.github.io/posts/oklab/."""

import math
import re

import pytest

from groups.settings import ROOT

TOKENS = (ROOT / "static" / "css" / "tokens.css").read_text()
GROUNDS = ("page", "page-lit", "raised", "calm-page", "care-page")
READ = 7.0
TEXT = 4.5
SHAPE = 3.0

PAIRS = [
    *[("text", ground, READ) for ground in GROUNDS],
    *[("text-quiet", ground, TEXT) for ground in GROUNDS],
    *[(word, ground, TEXT) for word in ("calm", "care") for ground in GROUNDS],
    ("on-next", "next", READ),
    ("on-next", "next-near", READ),
    *[(shape, ground, SHAPE) for shape in ("edge", "focus") for ground in GROUNDS],
]


def declared(css: str) -> dict[str, str]:
    """Custom properties of a stretch of CSS, name to value."""
    return dict(re.findall(r"--([\w-]+):\s*([^;]+);", css))


def block(query: str) -> str:
    """What one media query declares for :root."""
    return TOKENS.split(f"({query})", 1)[1].split("@media", 1)[0]


DAY = declared(TOKENS.split("@media", 1)[0])
NIGHT = DAY | declared(block("prefers-color-scheme: dark"))
MORE = declared(block("prefers-contrast: more"))
LIGHTS = {"day": DAY, "night": NIGHT, "day, more contrast": DAY | MORE, "night, more contrast": NIGHT | MORE}


def colour(tokens: dict[str, str], meaning: str) -> tuple[float, float, float]:
    """Linear sRGB of a meaning, each part 0 to 1. Refuses a colour that a screen would have to bend."""
    raw = re.fullmatch(r"oklch\(var\(--([\w-]+)\)\)", tokens[meaning]).group(1)
    while reference := re.fullmatch(r"var\(--([\w-]+)\)", tokens[raw]):
        raw = reference.group(1)
    lightness, chroma, hue = (float(part) for part in tokens[raw].replace("%", "").split())
    lightness, hue = lightness / 100, math.radians(hue)
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long, medium, short = (
        (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3,
        (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3,
        (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3,
    )
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    assert all(-0.001 <= part <= 1.001 for part in linear), f"--{raw} is outside sRGB"
    return tuple(min(max(part, 0.0), 1.0) for part in linear)


def contrast(tokens: dict[str, str], one: str, other: str) -> float:
    """The ratio of two meanings, 1 to 21."""
    light, dark = sorted(
        (0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in (colour(tokens, one), colour(tokens, other))), reverse=True
    )
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself_is_right():
    ends = {"black": "oklch(var(--k))", "k": "0% 0 0", "white": "oklch(var(--w))", "w": "100% 0 0"}
    grey = {"grey": "oklch(var(--g))", "g": "56.58% 0 0"}  # #767676, the well-known 4.54:1 on white
    assert contrast(ends, "black", "white") == pytest.approx(21, abs=0.01)
    assert contrast(ends | grey, "grey", "white") == pytest.approx(4.54, abs=0.02)


@pytest.mark.parametrize("light", LIGHTS)
@pytest.mark.parametrize("word, ground, least", PAIRS)
def test_words_and_edges_stand_out(light, word, ground, least):
    assert contrast(LIGHTS[light], word, ground) >= least


def test_the_night_redefines_raw_values_only():
    changed = declared(block("prefers-color-scheme: dark")) | MORE
    assert not [name for name in changed if "oklch(" in DAY[name]]


def test_no_meaning_of_a_colour_goes_unmeasured():
    meanings = {name for name, value in DAY.items() if re.fullmatch(r"oklch\(var\(--[\w-]+\)\)", value)}
    decoration = {"line"}  # a hairline carries no meaning
    assert meanings == {name for pair in PAIRS for name in pair[:2]} | decoration


def test_components_use_meanings_and_no_colours_of_their_own():
    sheets = [file for file in (ROOT / "static" / "css").glob("*.css") if file.name != "tokens.css"]
    own = re.compile(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|oklab|lab|lch)a?\(|oklch\((?!var\(--lamp\))", re.I)
    assert not {file.name: own.findall(file.read_text()) for file in sheets if own.search(file.read_text())}
