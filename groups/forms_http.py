"""Where a form stood. An address that only takes forms has no page; what answers a form waits there once
(accounts/answers_http.py), and whoever loads it again is led to the page the form stands on. That is the nearest
address above it that has one, or what its view says itself (`stands_on`).

Told by the shape of the address alone, before anything is looked for: it is the same for everybody, and whether or
not there is anything behind it."""

from flask import current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException


def stands_on(endpoint: str):
    """The form sent to this view stands on that page, which is found by (some of) the same values."""

    def note(view):
        view.stands_on = endpoint
        return view

    return note


def page_above():
    """The way to the page that holds the form which is sent to this address; None where that is no such address."""
    if request.method not in ("GET", "HEAD"):
        return None
    routes = current_app.create_url_adapter(request)
    try:
        endpoint, values = routes.match(method="POST")
    except HTTPException:
        return None
    above = getattr(current_app.view_functions[endpoint], "stands_on", None)
    if above:
        wanted = {name for rule in current_app.url_map.iter_rules(above) for name in rule.arguments}
        return redirect(url_for(above, **{name: value for name, value in values.items() if name in wanted}))
    path = request.path
    while path.strip("/"):
        path = path.rsplit("/", 1)[0]
        try:
            endpoint, values = routes.match(path or "/", method="GET")
        except HTTPException:  # no page there either
            continue
        return redirect(url_for(endpoint, **values))
    return None
