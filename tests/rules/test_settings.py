"""Settings: a weak or unknown one stops the start with a sentence that says what to do."""

import stat

import pytest

from groups.settings import BadSetting, from_environment
from tests.commands import GOOD


def started(folder, **env):
    return from_environment({"LAMPLIGHT_INSTANCE": str(folder), **env})


def test_nothing_needs_to_be_set_to_see_it_work(tmp_path):
    settings = started(tmp_path)
    assert (settings.environment, settings.host, settings.port) == ("development", "127.0.0.1", 8000)
    assert settings.url == "http://127.0.0.1:8000"
    assert settings.database_url == f"sqlite:///{tmp_path}/lamplight.db"
    assert settings.concurrency == "eventlet"
    assert not settings.secure_cookies


def test_a_development_secret_is_made_once_and_kept_to_ourselves(tmp_path):
    first = started(tmp_path / "instance").secret
    assert len(first) > 40
    assert started(tmp_path / "instance").secret == first
    assert stat.S_IMODE((tmp_path / "instance" / "secret").stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "instance").stat().st_mode) == 0o700


def test_production_with_everything_set_will_do(tmp_path):
    settings = started(tmp_path, **GOOD)
    assert settings.production and settings.secure_cookies
    assert not (tmp_path / "secret").exists()


@pytest.mark.parametrize(
    "name, value, told",
    [
        ("LAMPLIGHT_SECRET", "", "is missing. Make one with"),
        ("LAMPLIGHT_SECRET", "short", "at least 32 random characters"),
        ("LAMPLIGHT_SECRET", "a" * 64, "too weak"),
        ("LAMPLIGHT_URL", "", "Set it to the address people type"),
        ("LAMPLIGHT_URL", "http://meet.example.org", "must begin with https://"),
        ("LAMPLIGHT_URL", "https://*", "is not an address"),
        ("LAMPLIGHT_URL", "https://meet.example.org/lamp", "with no path"),
        ("LAMPLIGHT_ENV", "prod", "is not one of: development, test, production"),
        ("LAMPLIGHT_ASYNC", "gevent", "is not one of: eventlet, threading"),
        ("LAMPLIGHT_SECRT", "typing mistake", "LAMPLIGHT_SECRT is not a setting"),
        ("LAMPLIGHT_AWAY_URL", "javascript:alert(1)", "must be a web address"),
        ("LAMPLIGHT_PUSH_HOSTS", "push.example.org https://push.example.net", "https://push.example.net is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "http://127.0.0.1:9999", "is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "127.0.0.1", "is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "localhost", "is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "push.example.org:8443", "is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "*.org", "is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "*", "is not a host"),
        ("LAMPLIGHT_PUSH_HOSTS", "push.*.org", "is not a host"),
        ("LAMPLIGHT_PROXIES", "2", "is not one of: 0, 1"),
        ("LAMPLIGHT_PROXIES", "", "have it set X-Forwarded-For"),
        ("REDIS_URL", "localhost:6379", "must begin with redis://"),
        ("REDIS_URL", "redis://127.0.0.1:6379/0", "has no password"),
        ("REDIS_URL", "redis://doorbell:6379/0", "has no password"),
        ("REDIS_URL", "redis://somebody@doorbell:6379/0", "has no password"),
        ("REDIS_URL", "redis://:…@127.0.0.1:6379/0", "is too short"),
        ("LAMPLIGHT_NAME", "Recovery evenings", "tells a stranger"),
        ("LAMPLIGHT_NAME", "SLAA", "tells a stranger"),
        ("LAMPLIGHT_NAME", "A", "is no name for a title"),
        ("LAMPLIGHT_NAME", "A name that is far too long", "is no name for a title"),
        ("LAMPLIGHT_NAME", "Evening\nClass", "is no name for a title"),
        ("LAMPLIGHT_NAME", "Evening\u202eClass", "is no name for a title"),
        ("LAMPLIGHT_NAME", "Evening\u200bClass", "is no name for a title"),
        ("LAMPLIGHT_NAME", "<b>Class</b>", "is no name for a title"),
        ("LAMPLIGHT_NAME", "🕯 light", "is no name for a title"),
        ("PORT", "http", "is not a port"),
        ("PORT", "65536", "is not a port"),
        ("DATABASE_URL", "mysql://localhost/lamp", "must begin with sqlite:/// or postgresql"),
    ],
)
def test_a_bad_setting_stops_the_start_with_a_sentence(tmp_path, name, value, told):
    with pytest.raises(BadSetting, match=told.replace("(", r"\(")) as stopped:
        started(tmp_path, **GOOD | {name: value})
    assert name in str(stopped.value)


def test_postgresql_is_always_spoken_to_with_the_driver_we_test(tmp_path):
    for url in ("postgres://lamp@db/lamp", "postgresql://lamp@db/lamp", "postgresql+psycopg2://lamp@db/lamp"):
        assert started(tmp_path, DATABASE_URL=url).database_url == "postgresql+psycopg2://lamp@db/lamp"


def test_redis_wants_a_password_in_production_and_no_sentence_tells_it(tmp_path):
    url = "redis://:wN4xGq2vT8yLb6Rc@127.0.0.1:6379/0"
    assert started(tmp_path, **GOOD, REDIS_URL=url).redis_url == url
    assert started(tmp_path, REDIS_URL="redis://127.0.0.1:6379/0").redis_url, "to look at it, none is needed"
    with pytest.raises(BadSetting) as stopped:
        started(tmp_path, **GOOD, REDIS_URL="redis://:tooshort@127.0.0.1:6379/0")
    assert "tooshort" not in str(stopped.value)


def test_the_house_goes_by_the_name_its_steward_chose(tmp_path):
    assert started(tmp_path).name == started(tmp_path, LAMPLIGHT_NAME=" ").name == "Lamplight"
    for name in ("Calendar", "Evening class", "Abendkurs 7", "Café d’hiver", "Вечер", "Tea & talk", "St. Ann's"):
        assert started(tmp_path, **GOOD, LAMPLIGHT_NAME=name).name == name


def test_the_cheap_hash_exists_in_tests_only(tmp_path):
    assert started(tmp_path, LAMPLIGHT_ENV="test", LAMPLIGHT_FAST_HASH="1").fast_hash
    assert not started(tmp_path, LAMPLIGHT_FAST_HASH="1").fast_hash
    assert not started(tmp_path, **GOOD, LAMPLIGHT_FAST_HASH="1").fast_hash


def test_push_services_can_be_added_and_one_on_this_machine_in_tests_only(tmp_path):
    assert started(tmp_path).push_hosts == ()
    assert started(tmp_path, **GOOD, LAMPLIGHT_PUSH_HOSTS="push.example.org, *.up.example.net").push_hosts == ("push.example.org", "*.up.example.net")
    sink = "http://127.0.0.1:9999"
    assert started(tmp_path, LAMPLIGHT_ENV="test", LAMPLIGHT_PUSH_HOSTS=sink).push_hosts == (sink,)
    with pytest.raises(BadSetting):
        started(tmp_path, LAMPLIGHT_ENV="development", LAMPLIGHT_PUSH_HOSTS=sink)


def test_settings_print_without_the_secret(tmp_path):
    settings = started(tmp_path, **GOOD)
    assert settings.secret not in f"{settings} {settings!r}"
