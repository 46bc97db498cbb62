"""A house with a key for backups, and putting one of them back on a new machine."""

import shutil
from dataclasses import replace

import pytest

from groups import db
from groups.backups import envelope
from groups.backups.restoring import restore
from groups.db import connect


@pytest.fixture
def house(app):
    """The settings of the house."""
    return app.extensions["settings"]


@pytest.fixture
def secret_half(house):
    return envelope.make_key(house.backups)


@pytest.fixture
def back(house, secret_half, tmp_path):
    """Put a backup back on a new machine: nothing of the old one but the folder of backups and the secret."""

    def put_back(file, **how):
        db.engine().dispose()
        new = tmp_path / "new-machine"
        shutil.rmtree(new, ignore_errors=True)
        shutil.copytree(house.backups, new / "backups")
        settings = replace(house, instance=new, database_url=f"sqlite:///{new}/lamplight.db")
        done = restore(settings, new / "backups" / file.name, how.pop("key", secret_half), **how)
        connect(settings.database_url)
        engines.append(db.engine())
        return settings, done

    engines = []
    yield put_back
    for engine in engines:
        engine.dispose()
