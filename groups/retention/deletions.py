"""The list of what was deleted by somebody's wish, so that a backup made before cannot bring it back.

A row is written in the transaction that deletes, and within a minute it also stands in a file beside the
backups (`copy_out`), because a backup is needed when the database is lost. A restore applies every line
that its backup does not know of (`groups/backups/replaying.py`). Lines hold keyed digests: without the
server's secret they say nothing, and with it no more than that a number or an id is gone."""

import json
import os
from datetime import datetime, timedelta
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import delete, select

from groups.db import change, reading
from groups.ids import public_id
from groups.retention.models import Deletion
from groups.sealing import digest_of, of_house, seal, unseal

LISTED = timedelta(days=21)  # three times as long as a backup lives, so that a wrong clock costs nothing
FILE = "deletions"


def remember_deleted(session, kind: str, name: str, until: datetime | None = None) -> None:
    """Write down, in the transaction that deletes it, that this is gone. `kind` is one that a restore knows
    (`groups/backups/replaying.py`); `name` is what finds it there, such as an account's number."""
    session.add(Deletion(kind=kind, digest=digest(kind, name), until=until))


def remember_changed(session, kind: str, name: str, becomes: bytes) -> None:
    """The same for something that was put in the place of another, which must not come back: `becomes` is
    sealed, for the list lies beside the backups in the clear."""
    line = public_id()
    session.add(Deletion(id=line, kind=kind, digest=digest(kind, name), becomes=seal(_box(), becomes, line.encode())))


def what_it_became(line: Deletion) -> bytes:
    """What stands in the place of what this line names."""
    return unseal(_box(), line.becomes, line.id.encode())


def digest(kind: str, name: str) -> bytes:
    """32 bytes that stand for one thing of a kind; the same for everybody who knows the secret."""
    return digest_of(of_house.key("deletion list"), f"{kind}\0{name}")


def copy_out(folder: Path) -> int:
    """Add to the file in this folder what the database knows and the file does not. Flushed to disk. A file
    with nothing in it says that nothing was deleted. Returns how many lines were new."""
    with reading() as session:
        rows = session.scalars(select(Deletion).order_by(Deletion.at, Deletion.id)).all()
    known = set(listed(folder))
    fresh = [row for row in rows if row.id not in known]
    if fresh or not (folder / FILE).exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(folder / FILE, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as out:
            # Begun by an end of line: a crash may have left half of one before.
            out.write("".join(f"\n{json.dumps(_line(row))}" for row in fresh) + "\n")
            out.flush()
            os.fsync(out.fileno())
    return len(fresh)


def listed(folder: Path) -> dict[str, Deletion]:
    """What the file in this folder says, by the id of each deletion. Half a line, after a crash, is no line:
    its row is still in the database and is copied again."""
    file, found = folder / FILE, {}
    for line in file.read_text().splitlines() if file.exists() else ():
        try:
            said = json.loads(line)
            row = Deletion(
                id=said["id"], kind=said["kind"], digest=bytes.fromhex(said["digest"]), at=datetime.fromisoformat(said["at"]),
                until=datetime.fromisoformat(said["until"]) if said.get("until") else None,
                becomes=bytes.fromhex(said["becomes"]) if said.get("becomes") else None,
            )
        except (ValueError, KeyError, TypeError):
            continue
        found[row.id] = row
    return found


def forget_deletions(folder: Path, now: datetime) -> int:
    """Let go of lines older than any backup, in both places. Returns how many rows went."""
    with reading() as session:
        over = session.scalar(select(Deletion.id).where(Deletion.at < now - LISTED).limit(1))
    lines = listed(folder).values()
    kept = [row for row in lines if row.at >= now - LISTED]
    if len(kept) < len(lines):
        fresh = folder / f"{FILE}.new"
        with open(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as out:
            out.write("".join(f"{json.dumps(_line(row))}\n" for row in kept))
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(folder / FILE)
    if over is None:
        return 0
    with change() as (session, _):
        return session.execute(delete(Deletion).where(Deletion.at < now - LISTED)).rowcount


def _line(row):
    line = {"id": row.id, "kind": row.kind, "digest": row.digest.hex(), "at": row.at.isoformat()}
    line |= {"until": row.until.isoformat()} if row.until else {}
    return line | ({"becomes": row.becomes.hex()} if row.becomes else {})


def _box():
    return AESGCM(of_house.key("deletion list, sealed"))
