"""What the tests of doors ask and look for."""

import re

from groups.accounts.models import Account
from groups.accounts.sessions import COOKIE
from groups.db import reading


def guard(app) -> None:
    """Let forms ask for their token, as they do outside of tests."""
    app.config["WTF_CSRF_ENABLED"] = True


def of(group, path: str = "") -> str:
    """A page of this group."""
    return f"/g/{group.slug}{path}"


def cookie(person) -> str | None:
    """The value of this person's cookie now."""
    found = person.client.get_cookie(COOKIE)
    return found.value if found else None


def token_in(page) -> str:
    """The form's token."""
    return re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)[1]


def words_on(page) -> str:
    """The seven words of a card, or nothing."""
    return " ".join(re.findall(r"<li>([a-z]+)</li>", page.text))


def same_as_nothing(answer, person, path: str, **form) -> bool:
    """The answer is what anybody gets for a group that never was, to the letter."""
    ask = person.post if answer.request.method == "POST" else person.get
    nothing = ask(f"/g/nosuchgroup{path}", **form)
    return (answer.status_code, answer.text) == (404, nothing.text)


def is_kept(person) -> bool:
    """True once this person's account has words."""
    with reading() as session:
        return session.get(Account, person.account.id).is_kept


def fields_of(page) -> dict[str, str]:
    """What the form of a page that keeps what was typed sends."""
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return dict(hidden + re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)</textarea>', page.text))


def send_again(person, path: str, page):
    """Press the button of such a page, as a browser does that shows it still."""
    return person.client.post(path, data=fields_of(page))
