"""What our formats and languages are called in the lists of others. Tables, and nothing else."""

# The Meeting Guide's code for each of our languages. Several are not the two letters one would expect;
# for Czech and Chinese it has none, and then nothing is said.
LANGUAGE_CODES = {
    "en": "EN", "ar": "AR", "da": "DA", "de": "DE", "el": "EL", "es": "S", "fa": "FA", "fi": "FI", "fr": "FR", "he": "HE",
    "hi": "HI", "hu": "HU", "it": "ITA", "ja": "JA", "ko": "KOR", "nl": "NL", "no": "NO", "pa": "PUN", "pl": "POL", "pt": "POR",
    "ru": "RUS", "sv": "SV", "th": "TH", "tr": "TUR", "uk": "UK",
}
OPEN, CLOSED = "O", "C"

# The shipped formats: types of the Meeting Guide, and the world id BMLT servers translate by, as far as
# there is one that is true. The order gives BMLT's shared ids, so new ones go to the end.
FORMAT_CODES = {
    "sharing-60": (("D",), "DISC"),
    "check-in-45": (("D",), "DISC"),
    "open-talk-60": (("D", "XT"), "TOP"),
    "steps-60": (("LIT",), "LIT"),
    "speaker-60": (("SP",), "SPK"),
    "circle-90": (("D",), "DISC"),
    "skills-90": (("D", "XT"), "TOP"),
    "thoughts-90": (("D",), "DISC"),
    "steadying-120": ((), ""),
    "values-60": ((), ""),
    "parts-60": ((), ""),
    "body-45": (("MED",), "MED"),
    "beside-90": (("D",), "DISC"),
    "beside-60": (("D",), "DISC"),
    "reading-15": (("LIT", "MED"), "LIT"),
}


def guide_types(format_key: str, language: str, is_open: bool) -> list[str]:
    """The Meeting Guide's types of an hour: who may come, how it runs, in which language."""
    ways = FORMAT_CODES.get(format_key, ((), ""))[0]
    spoken = LANGUAGE_CODES.get(language)
    return [OPEN if is_open else CLOSED, *ways, *([spoken] if spoken else [])]
