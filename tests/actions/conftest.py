"""What several files of tests tell their stories with."""

from tests.actions.telling import hour, keyring, told  # noqa: F401
from tests.backed_up import back, house, secret_half  # noqa: F401
from tests.laddered import stewards  # noqa: F401
