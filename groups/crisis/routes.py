"""The page of lines. It asks nobody anything: no session (`accounts/sessions.py` leaves these addresses
alone), no database, no other thread (`concurrency.py` answers them at once)."""

from flask import Blueprint, render_template, request

from groups import clock
from groups.crisis import saying
from groups.crisis.choosing import by_clock, chosen
from groups.crisis.countries import NEEDS, countries, digits

bp = Blueprint("crisis", __name__)
countries()  # a file that will not do stops the start, not somebody's night


@bp.get("/lines")
def lines():
    """Every country, the chosen one alone, or all with that of this browser's clock first."""
    asked = request.args.get("country")
    country = chosen(asked)
    near = by_clock(request.cookies.get("tz")) if country is None else None
    page = render_template(
        "crisis/lines.html", countries=countries(), country=country, near=near, unknown=bool(asked) and country is None,
        today=clock.now().date(), digits=digits, saying=saying, needs=NEEDS,
    )
    return page, 404 if asked and country is None else 200


@bp.get("/lines.txt")
def kept():
    """The same as plain text, to be kept on a device that may have no line later."""
    country = chosen(request.args.get("country"))
    text = saying.plain([country] if country else countries().values(), clock.now().date())
    return text, {"Content-Type": "text/plain; charset=utf-8"}
