"""The commands, which `make` calls by shorter names.

    python -m groups.backups key              make the pair of keys, once
    python -m groups.backups make             write a backup into instance/backups/
    python -m groups.backups restore FILE     fill an empty house from one"""

import argparse
import getpass
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from groups import concurrency, logs, private_files
from groups.backups.beforehand import CannotRestore, look_first
from groups.backups.envelope import Unreadable, make_key, take_along
from groups.backups.making import NoKey, make_backup
from groups.backups.replaying import ListTooOld, UnknownKind
from groups.backups.restoring import restore, said
from groups.db import connect
from groups.house_mark import know_again
from groups.sealing import of_house
from groups.settings import Settings, from_environment

NO_RECIPIENT = (
    "It makes no backups yet: the public half of the key, a file called recipient, was not beside the backup. Copy it into "
    "{folder} from where your backups are, or make a new pair with: make backup-key"
)
WHICH = "Which backup? Name its file: make restore FILE=instance/backups/….age"
KEY_MADE = """The key is made. Here is its secret half, once and nowhere else. Keep it away from this machine
(on paper is good): without it no backup opens, and with it every one does.

    {key}
"""


def main() -> None:
    """Run the command named on the command line."""
    parser = argparse.ArgumentParser(prog="python -m groups.backups", description="Backups that their own machine cannot open.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("key", help="make the pair of keys, once")
    commands.add_parser("make", help="write a backup")
    back = commands.add_parser("restore", help="fill an empty house from a backup")
    back.add_argument("file", type=Path)
    back.add_argument("--without-list", action="store_true", help="there is no list of deletions, and nothing was ever deleted")
    back.add_argument("--old-list", action="store_true", help="the list is older than the backup, and there is no newer one")
    asked = parser.parse_args()
    if asked.command == "restore" and not asked.file.is_file():
        raise SystemExit(f"There is no file {asked.file}." if asked.file.name else WHICH)
    logs.start()
    private_files.begin()
    concurrency.start("threading")
    settings = from_environment(house="back" if asked.command == "restore" else "there")
    private_files.warn(settings.instance)
    if asked.command == "key":
        key = make_key(settings.backups)
        print(KEY_MADE.format(key=key) if key else "There is a key already, and it stays.")
    elif asked.command == "make":
        print(_make(settings))
    else:
        print(_restore(settings, asked))


def _make(settings: Settings) -> str:
    know_again(settings)
    of_house.know(settings.secret)
    engine = connect(settings.database_url)
    try:
        file = make_backup(settings)
    except NoKey:
        raise SystemExit("There is no key to make backups for yet. Make one with: make backup-key") from None
    except OSError as failure:
        raise SystemExit(f"The backup could not be written to {settings.backups} ({failure.strerror}).") from None
    except SQLAlchemyError:
        raise SystemExit("There is no house in this database yet, or it does not answer. Look at DATABASE_URL.") from None
    finally:
        engine.dispose()
    return f"{file}\nCopy the folder {settings.backups} to another machine: this file, and the list of deletions, which grows."


def _restore(settings: Settings, asked: argparse.Namespace) -> str:
    file = asked.file
    try:
        look_first(settings, file, asked.without_list)
        key = getpass.getpass("The secret half of the key (not shown while you type): ")
        done = restore(settings, file, key, asked.without_list, asked.old_list)
    except CannotRestore as why:
        raise SystemExit(str(why)) from None
    except Unreadable:
        raise SystemExit("This is no backup, or it is damaged, or it is for another key. Nothing was changed.") from None
    except ListTooOld:
        raise SystemExit("The list of deletions is older than the backup. Find the newest file called deletions.") from None
    except UnknownKind as kinds:
        raise SystemExit(f"The list of deletions was written by a newer Lamplight ({kinds}). Restore with that one.") from None
    except EOFError:
        raise SystemExit("No key was typed, and nothing was changed.") from None
    words = f"The house is as it was on {said(done.made_at)}; {done_again(done.again)}."
    if done.as_of:
        words += f"\nThe list of deletions you gave is as of {said(done.as_of)}; what was deleted after that, it does not know."
    if not take_along(file.parent, settings.backups):
        words += f"\n{NO_RECIPIENT.format(folder=settings.backups)}"
    return f"{words}\nEverybody signs in anew, and makes new links and reminders."


def done_again(many: int) -> str:
    """'2 later deletions were done again'."""
    few = {0: "nothing was deleted since", 1: "1 later deletion was done again"}
    return few.get(many, f"{many} later deletions were done again")


if __name__ == "__main__":
    main()
