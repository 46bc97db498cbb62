"""The page that says who can see what. The same for everybody, it asks nobody anything: no session
(`accounts/sessions.py` leaves the address alone) and no database."""

from flask import Blueprint, render_template

bp = Blueprint("honest", __name__)


@bp.get("/seen")
def seen():
    """What the house, its keepers, machines, networks and other companies can see, and what not."""
    return render_template("seen.html")
