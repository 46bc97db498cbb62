"""No field lets the browser remember what was written in it: not to offer it again, and not in what it
writes to the disk so that it can open its pages again tomorrow."""

from html.parser import HTMLParser

WRITTEN_IN = ("text", "search", "tel", "url", "email", "number", "password")


class Fields(HTMLParser):
    """The fields of a page that the browser would remember."""

    def __init__(self):
        super().__init__()
        self.remembered, self._form = [], False

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "form":
            self._form = told.get("autocomplete") == "off"
        written_in = tag in ("textarea", "select") or (tag == "input" and told.get("type", "text") in WRITTEN_IN)
        if written_in and not self._form and told.get("autocomplete") != "off":
            self.remembered.append(f"<{tag} name={told.get('name')}>")

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = False


def remembered(html: str) -> list[str]:
    """The fields on it that the browser would remember."""
    fields = Fields()
    fields.feed(html)
    return fields.remembered


def test_no_field_anywhere_is_remembered_by_the_browser(drawn):
    found = {str(page): fields for page in drawn if (fields := remembered(page.html))}
    assert found == {}


def test_a_form_that_comes_back_to_be_sent_again_is_not_remembered_either(app, visitor):
    app.config["WTF_CSRF_ENABLED"] = True
    page = visitor.post("/sign-in", words="seven words")
    assert page.status_code == 400 and remembered(page.text) == []
