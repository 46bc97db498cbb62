"""The formats and readings every group has from the first day, as files a person can read and change.
They are looked at when the house starts: a file that is not whole stops the start with a sentence.

Every line of them is our own. The files are checked by the rules for what a group writes itself."""

import tomllib
from pathlib import Path

import msgspec

from groups.errors import Invalid
from groups.formats.checking import checked, draft_of
from groups.formats.readings import OURS, Reading
from groups.formats.shape import Format, Segment
from groups.sentences import sentence

FOLDER = Path(__file__).with_name("shipped")
FIRST = "sharing-60"  # what a new room starts from
NOBODY_LEADS = "reading-15"  # what an hour becomes when nobody is free to lead it
ORDER = (  # as they are offered; the number is the minutes
    FIRST, "check-in-45", "open-talk-60", "steps-60", "speaker-60", "circle-90", "skills-90", "thoughts-90", "steadying-120",
    "values-60", "parts-60", "body-45", "beside-90", "beside-60", NOBODY_LEADS,
)


def shipped_readings(folder: Path) -> dict[str, Reading]:
    """The texts in `readings/`, by the name of their file. Raises SystemExit with a sentence."""
    return {file.stem: _whole(file, _reading) for file in sorted((folder / "readings").glob("*.toml"))}


def shipped_formats(folder: Path, readings: dict[str, Reading]) -> dict[str, Format]:
    """The formats in a folder, in the order they are offered. Raises SystemExit with a sentence."""
    files = {file.stem: file for file in folder.glob("*.toml")}
    if odd := sorted(files.keys() ^ set(ORDER)):
        raise SystemExit(f"The formats in {folder} and the list in shipped.py differ: {', '.join(odd)}.")
    return {key: _whole(files[key], _format, readings) for key in ORDER}


def _whole(file, read, *more):
    """What is in the file, or an end with a sentence that names the file and what is wrong in it."""
    try:
        return read(file.stem, tomllib.loads(file.read_text("utf-8")), *more)
    except Invalid as wrong:
        text = sentence(wrong.reason, **wrong.facts)
        raise SystemExit(f"{file} is not whole. At {wrong.field}: {text}") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, TypeError, ValueError) as wrong:
        raise SystemExit(f"{file} is not whole: {wrong}.") from None


def _format(key, data, readings):
    parts = tuple(_part(part) for part in data.pop("part", ()))
    form = msgspec.convert({"key": key, **_known(data, Format), "segments": parts}, Format)
    whole = checked(draft_of(form), readings)
    if whole.segments != form.segments:
        raise ValueError("a part says something that means nothing in its mode")
    if key.rpartition("-")[2] != str(form.minutes):
        raise ValueError(f"its parts make {form.minutes} minutes, and its name says otherwise")
    return form


def _part(data):
    """A part: its script is a list of lines, which are read or posted one by one."""
    data = _known(data, Segment) | {"script": "\n".join(data.get("script", ()))}
    return msgspec.convert(data | {"text": data.get("text", "").strip()}, Segment)


def _known(data, kind):
    known = {field.name for field in msgspec.structs.fields(kind)}
    if unknown := sorted(data.keys() - known):
        raise ValueError(f"it says {unknown[0]}, which is no word we know there")
    return data


def _reading(key, data):
    return Reading(title=data.pop("title", ""), text=data.pop("text", ""), source=OURS, key=key, is_shipped=True, **data).checked()


READINGS = shipped_readings(FOLDER)
FORMATS = shipped_formats(FOLDER, READINGS)
