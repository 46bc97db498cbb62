"""A house knows its secret again."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from groups.errors import BadSetting
from groups.house_mark import FILE, know_again, mark_anew
from groups.sealing import Keyring
from groups.settings import from_environment


@pytest.fixture
def settings(tmp_path):
    return from_environment({"LAMPLIGHT_INSTANCE": str(tmp_path / "house"), "LAMPLIGHT_SECRET": "Zq3v9Lw1Tb7Yx5Rm2Kd8Hs4Ng6Pc0JfWe7U"})


def test_processes_that_start_together_leave_one_mark_and_nothing_else(settings):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(know_again, [settings] * 8))
    assert [file.name for file in settings.instance.iterdir()] == [FILE]
    assert (settings.instance / FILE).stat().st_mode & 0o777 == 0o600
    with pytest.raises(BadSetting, match="another"):
        know_again(replace(settings, secret=settings.secret[::-1]))


def test_a_house_of_before_is_given_its_mark_by_the_secret_that_opens_its_keys(settings):
    Keyring(settings.keys, settings.secret).create("tuesday")
    with pytest.raises(BadSetting, match="another"):
        know_again(replace(settings, secret=settings.secret[::-1]))
    know_again(settings)
    assert (settings.instance / FILE).exists()


def test_one_that_came_back_from_a_backup_has_the_mark_of_its_own_secret(settings):
    know_again(settings)
    other = replace(settings, secret=settings.secret[::-1])
    mark_anew(other)
    know_again(other)
