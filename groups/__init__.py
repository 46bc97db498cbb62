"""Lamplight: what must still be true after a restart. `create_app` puts the house together."""

from datetime import timedelta

from flask import Flask, request
from flask_login import LoginManager

from groups import forms_again_http as forms_again
from groups import health_routes as health
from groups import http, tidying
from groups.access_log import tell_pattern
from groups.accounts import answers_http as answers
from groups.accounts import code_routes as codes
from groups.accounts import leaving_routes as leaving
from groups.accounts import passkey_routes as passkeys
from groups.accounts import routes as accounts
from groups.accounts import session_routes as browsers
from groups.accounts import words_routes as words
from groups.accounts.models import Account
from groups.accounts.sessions import ServerSessions
from groups.checkins import rewrapping
from groups.checkins import routes as checkins
from groups.conscience import routes as conscience
from groups.crisis import routes as crisis
from groups.db import connect, reading
from groups.desk import routes as desk
from groups.erasure import routes as erasure
from groups.exchange import routes as exchange
from groups.formats import routes as formats
from groups.headers import add_headers
from groups.honest import routes as honest
from groups.limiting import http as limiting
from groups.limiting.counting import Counts
from groups.limiting.shared import Shared
from groups.meeting import routes as meeting
from groups.meeting.actions import ALONG
from groups.meeting.commands_safety import RemoveNow
from groups.meeting.ledger import Ledger
from groups.membership import names
from groups.membership import request_routes as requests
from groups.membership import role_routes as roles
from groups.membership import routes as membership
from groups.membership import settings_routes as group_settings
from groups.moderation import closing_routes as closing
from groups.moderation import log_routes, note_routes, pattern_routes
from groups.moderation import review_routes as reviews
from groups.moderation import step_routes as steps
from groups.moderation import steward_routes as stewards
from groups.readiness import Readiness
from groups.reminding import routes as reminding
from groups.reminding.sending import Sender
from groups.reports import routes as reports
from groups.reports.removals import keep_evidence
from groups.rooms import routes as rooms
from groups.rota import care_routes as care
from groups.rota import marks
from groups.rota import routes as rota
from groups.schedule import edit_routes as editing
from groups.schedule import routes as schedule
from groups.schedule import series_routes as series
from groups.sealing import Keyring, of_house
from groups.settings import ROOT, Settings
from groups.subscribing import routes as subscribing

CONCEPTS = (
    health, crisis, accounts, leaving, browsers, words, codes, passkeys, membership, requests, roles, group_settings, formats,
    rooms, schedule, editing, series, rota, care, conscience, subscribing, reminding, exchange, meeting, desk, reports, log_routes,
    note_routes, pattern_routes, steps, reviews, stewards, closing, checkins, erasure, honest,
)


def create_app(settings: Settings) -> Flask:
    """The pages of a house. Sockets are attached by `realtime.init_app`; migrations are run before."""
    app = Flask(__name__, root_path=str(ROOT))
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    app.request_class = http.BoundedRequest
    furnish(app, settings)
    marks.offer_to_the_calendar()
    app.before_request(lambda: tell_pattern(request))  # before anything that may turn a visitor away
    forms_again.init_app(app)
    _sign_in_by_cookie(app)
    http.init_app(app)
    answers.init_app(app)
    limiting.init_app(app)
    for concept in CONCEPTS:
        app.register_blueprint(concept.bp)
    app.after_request(lambda response: add_headers(response, request.path, "v" in request.args, http.settings().secure_cookies))
    return app


def furnish(app: Flask, settings: Settings) -> None:
    """Everything the pages work with that is one house's own: its settings, database, keys, ledger, counts. The
    pages themselves are the same for every house, and making them is what takes long; so the same ones may be
    furnished again, for another."""
    app.instance_path = str(settings.instance)
    app.config.update(
        SECRET_KEY=settings.secret,
        WTF_CSRF_TIME_LIMIT=int(timedelta(hours=24).total_seconds()),  # people write slowly, and should
        TRAP_HTTP_EXCEPTIONS=False,
        TEMPLATES_AUTO_RELOAD=settings.environment == "development",
    )
    app.extensions["settings"] = settings
    app.extensions["keyring"] = Keyring(settings.keys, settings.secret)
    of_house.know(settings.secret)
    names.reserve(settings.name)
    connect(settings.database_url)
    app.extensions["ledger"] = Ledger(app.extensions["keyring"])
    app.extensions["tidying"] = tidying.steps(app.extensions["ledger"], app.extensions["keyring"], settings)
    app.extensions["sender"] = Sender(settings)
    app.extensions["readiness"] = Readiness()
    app.extensions["counts"] = Counts(shared=Shared(settings) if settings.redis_url else None)
    app.session_interface = ServerSessions(settings.secure_cookies)
    ALONG[RemoveNow] = keep_evidence(app.extensions["keyring"])
    rewrapping.listen(settings)
    said = {"house": settings.name, "elsewhere": settings.away_url}
    if not said.items() <= app.jinja_env.globals.items():
        app.jinja_env.globals.update(said)
        app.jinja_env.cache.clear()  # macros remember what they were made with


def _sign_in_by_cookie(app):
    login = LoginManager(app)
    # The default would put a hash of the visitor's address and browser into the session.
    login.session_protection = None
    login._session_identifier_generator = lambda: ""

    @login.user_loader
    def load(number):
        with reading() as session:
            return session.get(Account, int(number))
