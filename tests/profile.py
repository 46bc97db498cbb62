"""What a browser has written down about its person: the folder of a Chromium profile, read as somebody
would who has the device."""

import sqlite3
from contextlib import closing
from pathlib import Path

# Where people look, and programs for looking: (file, what is written down there).
LISTS = (
    ("History", "SELECT url FROM urls UNION SELECT title FROM urls"), ("History", "SELECT term FROM keyword_search_terms"),
    ("History", "SELECT target_path FROM downloads"), ("Favicons", "SELECT page_url FROM icon_mapping UNION SELECT url FROM favicons"),
    ("Web Data", "SELECT value FROM autofill"), ("Login Data", "SELECT origin_url || username_value FROM logins"),
    ("Top Sites", "SELECT url || title FROM top_sites"), ("Shortcuts", "SELECT text || url || contents FROM omni_box_shortcuts"),
    ("Network/Cookies", "SELECT host_key || name FROM cookies"), ("Cookies", "SELECT host_key || name FROM cookies"),
)


def listed(profile: Path) -> dict[str, set[str]]:
    """{file: everything it lists} of all lists that are there."""
    found = {}
    for file, asked in LISTS:
        path = profile / "Default" / file
        if not path.exists():
            continue
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            try:
                found.setdefault(file, set()).update(str(row[0]) for row in database.execute(asked))
            except sqlite3.OperationalError:  # this version of the browser has no such list
                continue
    return found


def files_with(profile: Path, words: list[str]) -> dict[str, list[str]]:
    """{word: files} of every word that stands anywhere below this folder, in either of the two ways
    Chromium writes text."""
    found = {}
    for file in (file for file in profile.rglob("*") if file.is_file() and not file.is_symlink()):
        held = file.read_bytes()
        for word in words:
            if word.encode() in held or word.encode("utf-16-le") in held:
                found.setdefault(word, []).append(str(file.relative_to(profile)))
    return found
