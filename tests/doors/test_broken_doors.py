"""Something of ours fails, or the database is away, while somebody sends what they wrote: it comes back with the page."""

import re

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree

from tests.doors.asking import token_in

WORDS = "Something I have never said to anybody before."


@pytest.fixture
def report(app, harbour, tom):
    """Where Tom writes a report; its form, and a way to have it fail."""
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.config["WTF_CSRF_ENABLED"] = True
    return f"/g/{harbour.slug}/reports/new"


@pytest.mark.parametrize("mistake, status, says", [
    (ZeroDivisionError(WORDS), 500, "ours to mend"), (OperationalError("SELECT", {}, Exception("gone")), 503, "Your words are safe here"),
    (NoneFree(), 503, "Your words are safe here"),
])
def test_what_was_written_comes_back_and_sent_again_it_arrives(app, report, tom, monkeypatch, mistake, status, says):
    endpoint = app.url_map.bind("").match(report, method="POST")[0]
    token = token_in(tom.get(report))

    def broken(**_):
        raise mistake

    with monkeypatch.context() as broken_now:
        broken_now.setitem(app.view_functions, endpoint, broken)
        answer = tom.post(report, csrf_token=token, reason="unkind", words=WORDS)
    assert answer.status_code == status and says in answer.text and f">{WORDS}</textarea>" in answer.text
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text))
    assert tom.post(report, words=WORDS, **again).status_code == 303, "nothing else is needed"


def test_what_another_site_sent_is_not_shown(app, report, tom, monkeypatch):
    def broken(**_):
        raise ZeroDivisionError()

    monkeypatch.setitem(app.view_functions, app.url_map.bind("").match(report, method="POST")[0], broken)
    assert WORDS not in tom.client.post("/nowhere", data={"words": WORDS}).text
    app.before_request_funcs[None].insert(0, broken)
    try:
        answer = tom.client.post(report, data={"words": WORDS})
    finally:
        app.before_request_funcs[None].pop(0)
    assert answer.status_code == 500 and WORDS not in answer.text
