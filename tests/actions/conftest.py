"""What several files of tests tell their stories with."""

from tests.actions.telling import hour, keyring, told  # noqa: F401
