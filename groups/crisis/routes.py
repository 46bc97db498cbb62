"""The page of lines. It asks nobody anything: no session (`accounts/sessions.py` leaves these addresses
alone), no database, no other thread (`concurrency.py` answers them at once)."""

from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from flask import Blueprint, current_app, redirect, render_template, request

from groups import clock
from groups.crisis import saying
from groups.crisis.choosing import by_clock, chosen
from groups.crisis.countries import Country, countries, digits
from groups.http import settings

bp = Blueprint("crisis", __name__)
# Before anybody comes: a file that will not do stops the start, and no table is read while they wait.
countries(), by_clock(None)


@bp.get("/lines")
def lines():
    """Every country, the chosen one alone, or all with that of this browser's clock first."""
    asked = request.args.get("country")
    country = chosen(asked)
    near = by_clock(request.cookies.get("tz")) if country is None else None
    unknown = bool(asked) and country is None
    drawn = _drawn.__wrapped__ if current_app.config["TEMPLATES_AUTO_RELOAD"] else _drawn
    return drawn(settings().name, country, near, unknown, clock.now().date()), 404 if unknown else 200


@lru_cache(maxsize=256)
def _drawn(house: str, country: Country | None, near: Country | None, unknown: bool, today: date) -> str:
    """The page, once a day for each that is asked for: it is the same for everybody."""
    return render_template(
        "crisis/lines.html", house=house, countries=countries(), country=country, near=near, unknown=unknown,
        today=today, digits=digits, saying=saying,
    )


@bp.get("/lines/out/<code>/<int:number>")
def out(code, number):
    """The last page of ours before somebody else's: it says where the way leads and what they learn
    (`headers.OUTWARD`: not even that we exist). It takes no address from anybody, so nobody can send
    people elsewhere with it."""
    country = chosen(code)
    shown = country.in_order[number - 1 : number] if country and number else ()
    if not shown or not shown[0].chat:
        return redirect("/lines", 303)
    return render_template("crisis/out.html", country=country, line=shown[0], host=urlsplit(shown[0].chat).hostname)


@bp.get("/lines.txt")
def kept():
    """The same as plain text, to be kept on a device that may have no line later."""
    country = chosen(request.args.get("country"))
    text = saying.plain([country] if country else countries().values(), clock.now().date())
    return text, {"Content-Type": "text/plain; charset=utf-8"}
