"""What leaving quickly does, and what no page can do for anybody: said where it can be read in peace."""

from flask import Blueprint, render_template

bp = Blueprint("leaving", __name__)


@bp.get("/leaving")
def leaving():
    """Three ways to leave, what each forgets, and what stays in the browser all the same."""
    return render_template("accounts/leaving.html")
