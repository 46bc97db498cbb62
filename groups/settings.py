"""Settings: read once from the environment, typed, frozen. A weak or unknown setting stops the
start with a sentence that says what to do; it never weakens anybody's safety quietly."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from groups.errors import BadSetting
from groups.house_secret import Which, secret_of
from groups.telling import tells
from groups.text import digits

ROOT = Path(__file__).resolve().parent.parent
MIN_PASSWORD = 16  # characters, of Redis: it answers a hundred thousand guesses a second
ENVIRONMENTS = ("development", "test", "production")
KNOWN = {
    "LAMPLIGHT_ENV", "LAMPLIGHT_SECRET", "LAMPLIGHT_URL", "LAMPLIGHT_INSTANCE", "LAMPLIGHT_AWAY_URL", "LAMPLIGHT_FANOUT",
    "LAMPLIGHT_NAME", "LAMPLIGHT_ASYNC", "LAMPLIGHT_PUSH_HOSTS", "LAMPLIGHT_PROXIES", "LAMPLIGHT_TEST_CLOCK", "LAMPLIGHT_FAST_HASH",
    "LAMPLIGHT_TEST_STALLS",
}
LONGEST_NAME = 24  # characters
NAME = re.compile(r"[^\W_](?:[^\W_]|[.'’&-]| (?! ))+")  # letters and figures of any script; nothing that turns or hides
HOST = re.compile(r"(\*\.)?([a-z0-9-]+\.)+[a-z][a-z0-9-]*")  # the last part begins with a letter: no addresses in numbers
SINK = re.compile(r"http://127\.0\.0\.1:[0-9]{1,5}")


@dataclass(frozen=True)
class Settings:
    """Everything the environment decides.

    environment: development, test or production.
    host, port: where to listen; port 0 takes a free one.
    url: how browsers reach us; the only Origin a socket may come from.
    name: what the house calls itself, in titles and at the top of each page; says nothing of what it is about.
    secret: at least 32 characters; wraps meeting keys and salts passphrase look-ups.
    database_url: SQLAlchemy URL with the driver named.
    instance: folder for the database, the meeting keys and the development secret.
    away_url: the neutral site that quick exit lands on.
    concurrency: eventlet or threading.
    fanout: fast (`realtime/fanout.py`), or plain: everything by python-socketio; with threading always plain.
    push_hosts: push services we may talk to besides the usual ones (`reminding/services.py`).
    redis_url: where processes ring for each other (`realtime/doorbell.py`); empty, they look every two seconds.
    proxies: how many proxies stand in front, 0 or 1. Behind one, its word on HTTP or HTTPS is taken, and a
        process that is asked to end first leaves it and sends its sockets elsewhere.
    fast_hash: tests only; a cheap passphrase hash.
    stalls: tests only; the file that says how long the loop was held up (`stalls.py`).
    """

    environment: str
    host: str
    port: int
    url: str
    secret: str
    database_url: str
    instance: Path
    away_url: str
    concurrency: str
    name: str = "Lamplight"
    fanout: str = "fast"
    push_hosts: tuple[str, ...] = ()
    redis_url: str = ""
    proxies: int = 0
    fast_hash: bool = False
    stalls: Path | None = None

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def secure_cookies(self) -> bool:
        return self.url.startswith("https://")

    @property
    def origins(self) -> tuple[str, ...]:
        """Where a socket may come from. On one's own machine both names of it are the same place."""
        twins = {"//127.0.0.1:": "//localhost:", "//localhost:": "//127.0.0.1:"}
        also = [self.url.replace(a, b) for a, b in twins.items() if a in self.url and not self.production]
        return (self.url, *also)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The names this house answers to."""
        return tuple(urlsplit(origin).hostname for origin in self.origins)

    @property
    def keys(self) -> Path:
        """Meeting keys live here, one file each. Backups must leave this folder out."""
        return self.instance / "keys"

    @property
    def backups(self) -> Path:
        """Backups lie here, and the list of what was deleted since; to be copied to another machine."""
        return self.instance / "backups"

    @property
    def push_key(self) -> Path:
        """What reminders are signed with, if `make push-keys` made it."""
        return self.instance / "push" / "key.pem"

    def __repr__(self):
        return f"<Settings {self.environment} {self.url}>"  # never the secret, in no log


def from_environment(env: Mapping[str, str] = os.environ, house: Which = "any") -> Settings:
    """Read the settings: of any house, of one that is there, or of one that comes back; only where any will do is a
    secret made. Raises BadSetting (a SystemExit) with a sentence when one is unusable."""
    unknown = sorted(name for name in env if name.startswith("LAMPLIGHT_") and name not in KNOWN)
    if unknown:
        raise BadSetting(f"{unknown[0]} is not a setting of Lamplight. Known: {', '.join(sorted(KNOWN))}.")
    environment = _choice(env, "LAMPLIGHT_ENV", ENVIRONMENTS, "development")
    instance = Path(env.get("LAMPLIGHT_INSTANCE") or ROOT / "instance").absolute()
    host, port = env.get("HOST", "127.0.0.1"), _port(env.get("PORT", "8000"))
    production = environment == "production"
    return Settings(
        environment=environment,
        host=host,
        port=port,
        url=_url(env, host, port, production),
        secret=secret_of(env, instance, production, house),
        database_url=_database(env, instance),
        instance=instance,
        away_url=_away(env),
        name=_name(env),
        concurrency=_choice(env, "LAMPLIGHT_ASYNC", ("eventlet", "threading"), "eventlet"),
        fanout=_choice(env, "LAMPLIGHT_FANOUT", ("fast", "plain"), "fast"),
        push_hosts=_push_hosts(env, environment),
        redis_url=_redis(env, production),
        proxies=_proxies(env, production),
        fast_hash=environment == "test" and env.get("LAMPLIGHT_FAST_HASH") == "1",
        stalls=_stalls(env, environment),
    )


def _choice(env, name, allowed, default):
    value = env.get(name) or default
    if value not in allowed:
        raise BadSetting(f"{name}={value} is not one of: {', '.join(allowed)}.")
    return value


def _port(value):
    port = digits(value, 5)
    if port is None or port > 65535:
        raise BadSetting(f"PORT={value} is not a port. Give a number up to 65535, or 0 for any free one.")
    return port


def _url(env, host, port, production):
    url = (env.get("LAMPLIGHT_URL") or "").rstrip("/")
    if not url and production:
        raise BadSetting("LAMPLIGHT_URL is missing. Set it to the address people type, such as https://meet.example.org.")
    url = url or f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or "*" in url:
        raise BadSetting(f"LAMPLIGHT_URL={url} is not an address. It looks like https://meet.example.org, with no path.")
    if production and parts.scheme != "https":
        raise BadSetting("LAMPLIGHT_URL must begin with https:// in production: words must not cross the network in the clear.")
    return url


def _database(env, instance):
    url = env.get("DATABASE_URL") or f"sqlite:///{instance / 'lamplight.db'}"
    if url.startswith(("postgres://", "postgresql://")):
        # A bare URL would pick another driver than the one we test with.
        url = "postgresql+psycopg2://" + url.split("://", 1)[1]
    if not url.startswith(("sqlite:///", "postgresql+psycopg2://")):
        raise BadSetting("DATABASE_URL must begin with sqlite:/// or postgresql+psycopg2://.")
    return url


def _stalls(env, environment):
    file = env.get("LAMPLIGHT_TEST_STALLS")
    return Path(file) if file and environment == "test" else None


def _proxies(env, production):
    """In production there is one: we speak no HTTPS ourselves. Not told of it, nobody's address would be known, and
    whatever is limited by place would not be."""
    proxies = int(_choice(env, "LAMPLIGHT_PROXIES", ("0", "1"), "0"))
    if production and not proxies:
        raise BadSetting(
            "LAMPLIGHT_PROXIES is not 1. In production a proxy speaks HTTPS in front of Lamplight: have it set X-Forwarded-For "
            "and X-Forwarded-Proto itself, as the files in deploy/ do, and set LAMPLIGHT_PROXIES=1."
        )
    return proxies


def _redis(env, production):
    """Also on one's own machine: whoever else runs something there could ring, and hear who rings. What is
    said of it names no part of it, for the password is in it."""
    url = env.get("REDIS_URL") or ""
    if url and not url.startswith("redis://"):
        raise BadSetting("REDIS_URL must begin with redis://, at a place only this house reaches.")
    password = urlsplit(url).password or ""
    if url and production and not password:
        raise BadSetting(
            "REDIS_URL has no password. Put `requirepass` with a long one into redis.conf, and the same here: "
            "redis://:the-password@127.0.0.1:6379/0 (letters and digits, or percent-encoded)."
        )
    if url and production and len(password) < MIN_PASSWORD:
        raise BadSetting(f"The password in REDIS_URL is too short: give {MIN_PASSWORD} random characters, here and in redis.conf.")
    return url


def _name(env):
    name = (env.get("LAMPLIGHT_NAME") or "").strip() or Settings.name
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise BadSetting(f"LAMPLIGHT_NAME is no name for a title: give 2 to {LONGEST_NAME} letters, figures and single spaces.")
    if tells(name):
        raise BadSetting(f"LAMPLIGHT_NAME={name} tells a stranger what people come here for. Choose an everyday word.")
    return name


def _away(env):
    url = env.get("LAMPLIGHT_AWAY_URL") or "https://www.wikipedia.org/"
    if urlsplit(url).scheme not in ("http", "https"):
        raise BadSetting("LAMPLIGHT_AWAY_URL must be a web address: quick exit lands there.")
    return url


def _push_hosts(env, environment):
    hosts = tuple((env.get("LAMPLIGHT_PUSH_HOSTS") or "").replace(",", " ").split())
    for host in hosts:
        ours = environment == "test" and SINK.fullmatch(host)
        if not ours and not HOST.fullmatch(host):
            raise BadSetting(f"LAMPLIGHT_PUSH_HOSTS={host} is not a host. List names such as push.example.org or *.example.org.")
    return hosts
