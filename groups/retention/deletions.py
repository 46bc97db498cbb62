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

from groups import clock
from groups.db import change, reading
from groups.ids import public_id
from groups.retention.models import Deletion
from groups.sealing import digest_of, of_house, seal, unseal

LISTED = timedelta(days=21)  # three times as long as a backup lives, so that a wrong clock costs nothing
FILE = "deletions"
RENEWED = timedelta(hours=1)  # so old may the moment grow that the list is as of, while nothing is deleted
MOMENTS = 100  # of them are kept at most; the last one counts


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


def copy_out(folder: Path, renew: bool = False) -> int:
    """Add to the file in this folder what the database knows and the file does not, and as of when that is: with
    every deletion, every hour, and where `renew` asks for it. Flushed to disk. Returns how many lines were new."""
    now, (known, moments) = clock.now(), _read(folder)  # before the database is asked
    before = _as_of(known, moments)
    with reading() as session:
        rows = session.scalars(select(Deletion).order_by(Deletion.at, Deletion.id)).all()
    fresh = [row for row in rows if row.id not in known]
    if fresh or renew or before is None or before < now - RENEWED:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(os.open(folder / FILE, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as out:
            # Begun by an end of line: a crash may have left half of one before.
            out.write("".join(f"\n{json.dumps(_line(row))}" for row in fresh) + f"\n{_moment(now)}\n")
            out.flush()
            os.fsync(out.fileno())
    return len(fresh)


def listed(folder: Path) -> dict[str, Deletion]:
    """What the file in this folder says, by the id of each deletion. Half a line, after a crash, is no line:
    its row is still in the database and is copied again."""
    return _read(folder)[0]


def listed_as_of(folder: Path) -> datetime | None:
    """Up to when the file in this folder names whatever was deleted. One from before it said so is as of its last line;
    None where there is none, or nothing in it."""
    return _as_of(*_read(folder))


def forget_deletions(folder: Path, now: datetime) -> int:
    """Let go of lines older than any backup, in both places. Returns how many rows went."""
    with reading() as session:
        over = session.scalar(select(Deletion.id).where(Deletion.at < now - LISTED).limit(1))
    lines, moments = _read(folder)
    kept = [row for row in lines.values() if row.at >= now - LISTED]
    if len(kept) < len(lines) or len(moments) > MOMENTS:
        fresh = folder / f"{FILE}.new"
        with open(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as out:
            out.write("".join(f"{json.dumps(_line(row))}\n" for row in kept))
            out.write("".join(f"{_moment(moment)}\n" for moment in sorted(moments)[-1:]))
            out.flush()
            os.fsync(out.fileno())
        fresh.rename(folder / FILE)
    if over is None:
        return 0
    with change() as (session, _):
        return session.execute(delete(Deletion).where(Deletion.at < now - LISTED)).rowcount


def _read(folder):
    """The deletions by their id, and the moments the list was as of."""
    file, rows, moments = folder / FILE, {}, []
    for line in file.read_text().splitlines() if file.exists() else ():
        try:
            said = json.loads(line)
            if "as_of" in said:
                moments.append(datetime.fromisoformat(said["as_of"]))
            else:
                rows[said["id"]] = _row(said)
        except (ValueError, KeyError, TypeError):
            continue
    return rows, moments


def _as_of(rows, moments):
    return max(moments, default=None) or max((row.at for row in rows.values()), default=None)


def _row(said):
    return Deletion(
        id=said["id"], kind=said["kind"], digest=bytes.fromhex(said["digest"]), at=datetime.fromisoformat(said["at"]),
        until=datetime.fromisoformat(said["until"]) if said.get("until") else None,
        becomes=bytes.fromhex(said["becomes"]) if said.get("becomes") else None,
    )


def _moment(at):
    return json.dumps({"as_of": at.isoformat()})


def _line(row):
    line = {"id": row.id, "kind": row.kind, "digest": row.digest.hex(), "at": row.at.isoformat()}
    line |= {"until": row.until.isoformat()} if row.until else {}
    return line | ({"becomes": row.becomes.hex()} if row.becomes else {})


def _box():
    return AESGCM(of_house.key("deletion list, sealed"))
