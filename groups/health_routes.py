"""Two pages for balancers, without a cookie, a session or a word about anything else."""

from flask import Blueprint, current_app

bp = Blueprint("health", __name__)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/health")
def health():
    """This process is alive."""
    return "alive\n", PLAIN


@bp.get("/ready")
def ready():
    """It wants new visitors; 503 while its database does not answer, and when it is about to end."""
    yes = current_app.extensions["readiness"].is_ready
    return ("ready\n" if yes else "not now\n"), 200 if yes else 503, PLAIN
