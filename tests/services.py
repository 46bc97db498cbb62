"""The services tests need, brought up by `deploy/services.py`, and what becomes of a test without them."""

import os
from contextlib import ExitStack, contextmanager

import pytest

from deploy import services


def needed(what: str):
    """A service is missing: skip on a developer's machine, fail where everything must be there
    (REQUIRE_SERVICES=1, as in `make test`), so that nothing goes untested in silence."""
    (pytest.fail if os.environ.get("REQUIRE_SERVICES") else pytest.skip)(what)


def _or_needed(start):
    @contextmanager
    def started(*args, **how):
        with ExitStack() as stack:
            try:
                service = stack.enter_context(start(*args, **how))
            except services.Missing as missing:
                needed(str(missing))
            yield service

    return started


postgres = _or_needed(services.postgres)
postgres_server = _or_needed(services.postgres_server)
redis = _or_needed(services.redis)
haproxy = _or_needed(services.haproxy)
