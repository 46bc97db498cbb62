"""Every door of the house."""

from groups.accounts.sessions import COOKIE

LAST = "/me/erase"  # whoever went through it is nobody any more
GROUP_PAGES = "slug"  # the argument every page of a group has


def doors(app, only: str = "") -> list[tuple[str, str, object]]:
    """(endpoint, method, rule) of every page, or of those that have this argument."""
    return [
        (rule.endpoint, method, rule)
        for rule in sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule == LAST, str(rule)))
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
        if rule.endpoint != "static" and (not only or only in rule.arguments)
    ]


def path(app, rule, values: dict) -> str:
    """The address of a page, filled in."""
    with app.test_request_context():
        return app.url_for(rule.endpoint, **{name: values[name] for name in rule.arguments})


def knock(person, method: str, address: str):
    """Ask for a page or send an empty form to it. Whom the door before signed out is signed in again."""
    if person.signed_in and not person.client.get_cookie(COOKIE):
        person.sign_in()
    return person.get(address) if method == "GET" else person.post(address)
