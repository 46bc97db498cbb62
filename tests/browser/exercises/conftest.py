"""An exercise in a browser: the real template under the real headers; only its address is a test's own."""

import logging
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from flask import render_template_string, request
from werkzeug.serving import make_server

from groups import clock
from groups.formats.exercises import exercise_of, steps_of
from groups.headers import CONTENT_POLICY
from tests.browser.exercises.seen import LENGTH
from tests.conftest import make_pages

PAGE = """{% extends "layouts/base.html" %}
{% block head %}{% for sheet in ("letters", "exercise", "exercise-words") %}
<link rel="stylesheet" href="{{ url_for('static', filename='css/' ~ sheet ~ '.css') }}">{% endfor %}
<script type="module" src="/static/js/elements/exercise.js"></script>{% endblock %}
{% block main %}<h1>The hour</h1>{% include "meeting/_exercise.html" %}{% endblock %}"""
# The device's clock is wrong by so many milliseconds. Timers go on as they are.
WRONG_CLOCK = "{ const right = Date.now.bind(Date); Date.now = () => right() + %d; }"


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    """One page more: an exercise that began a while ago."""
    app, config = make_pages(tmp_path_factory.mktemp("pages"))

    @app.get("/exercise/<key>")
    def exercise(key):
        now, gone = clock.now(), request.args.get("gone", 0, float)
        begins = now - timedelta(seconds=gone)
        known = {} if "bare" in request.args else {"now": now}
        return render_template_string(
            PAGE, exercise=exercise_of(key), steps=steps_of(key, LENGTH), begins=begins, ends=begins + timedelta(seconds=LENGTH), **known
        )

    return app, config


@pytest.fixture
def house(app):
    """The pages, served from here."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield SimpleNamespace(url=f"http://localhost:{server.port}")  # by a name the house answers to
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def window(browse, house):
    """`page, exercise = window("breath", gone=20)`: that exercise in a window, that far in."""

    def open_one(key, gone=0.0, wrong=0, bare=False, **how):
        page = browse(house, **how)
        if wrong:
            page.add_init_script(WRONG_CLOCK % wrong)
        answer = page.goto(f"/exercise/{key}?gone={gone}{'&bare=1' if bare else ''}")
        assert answer.headers["content-security-policy"] == CONTENT_POLICY
        return page, page.locator("step-exercise")

    return open_one
