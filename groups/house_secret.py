"""The secret of the house: what wraps the keys of its meetings and salts its look-ups. In production it is given; elsewhere
it is made once and kept beside the database."""

import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from groups.errors import BadSetting

Which = Literal["any", "there", "back"]  # any house, one that is there, one that comes back
LEAST = 32  # characters; `python -c "import secrets; print(secrets.token_urlsafe(48))"` gives 64
LEAST_DIFFERENT = 12
MISSING = (
    "LAMPLIGHT_SECRET is missing. Make one with "
    "`python3 -c 'import secrets; print(secrets.token_urlsafe(48))'`, keep it outside the database and its backups."
)
NOT_MADE = {
    "there": "There is no house in {folder} yet. Look at LAMPLIGHT_INSTANCE and LAMPLIGHT_SECRET, or start it once with: make run",
    "back": "There is no file {file}, and without the old one nobody could sign in. "
    "Copy it there from the house that was, or set LAMPLIGHT_SECRET.",
}


def secret_of(env: Mapping[str, str], instance: Path, production: bool, house: Which) -> str:
    """The secret in the environment, or the one that is kept in this folder, which is made where any house will do.
    Raises BadSetting when there is none, or it is too weak."""
    secret, kept = env.get("LAMPLIGHT_SECRET") or "", instance / "secret"
    if not secret and production:
        raise BadSetting(MISSING)
    if not secret and house in NOT_MADE and not kept.exists():
        raise BadSetting(NOT_MADE[house].format(file=kept, folder=instance))
    if not secret:
        return _made_once(kept)
    if len(secret) < LEAST or len(set(secret)) < LEAST_DIFFERENT:
        raise BadSetting(f"LAMPLIGHT_SECRET is too weak: it needs at least {LEAST} random characters.")
    return secret


def _made_once(kept):
    """Readable by us alone."""
    if not kept.exists():
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = kept.with_name(f"secret.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(48))
        fresh.rename(kept)
    return kept.read_text().strip()
