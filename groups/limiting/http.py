"""Limits as pages ask for them, and what a refused browser is told besides."""

from flask import current_app, g, request
from flask_login import current_user

from groups.errors import TooMany
from groups.limiting.counting import Counts
from groups.limiting.table import LIMITS, By
from groups.limiting.whence import WHENCE


def limit(action: str, link: str | None = None, meeting: str = "") -> None:
    """Count one more of `action` for whoever is asking, in one meeting where its public id is given. Raises TooMany."""
    counts: Counts = current_app.extensions["counts"]
    by = LIMITS[action].by
    try:
        if by is By.ACCOUNT and current_user.is_authenticated:
            counts.ask_account(action, current_user.id, meeting)
        else:
            counts.ask(action, link if by is By.LINK else request.environ.get(WHENCE))
    except TooMany as refusal:
        g.again_in = refusal.facts["seconds"]
        raise


def say_when(response):
    """An answer that says "too often" says in how many seconds it may be tried again."""
    if response.status_code == 429 and "again_in" in g:
        response.headers["Retry-After"] = str(g.again_in)
    return response


def init_app(app) -> None:
    """Attach what a refused browser is told. The counts themselves are the house's (`groups.furnish`)."""
    app.after_request(say_when)
