"""Whatever this process writes is for its own user alone: the database and its log, too, which SQLite makes for everybody."""

import logging
import os
import stat
from pathlib import Path

log = logging.getLogger("lamplight")
OTHERS = 0o077


def begin() -> None:
    """From here on files and folders are made for us alone."""
    os.umask(OTHERS)


def warn(folder: Path) -> None:
    """A folder that was there before stays as it is: where others may look into it, one line says so."""
    if folder.exists() and (mode := stat.S_IMODE(folder.stat().st_mode)) & OTHERS:
        log.warning("others on this machine may look into the folder of the house (mode %o): chmod 700 %s", mode, folder)
