"""Filling in a form as a browser does: what the page holds, with some of it typed over."""

from html.parser import HTMLParser


class _Form(HTMLParser):
    """The fields of the last form on a page, as a browser would send them without pressing anything."""

    def __init__(self):
        super().__init__()
        self.fields, self._area, self._select = {}, None, None

    def handle_starttag(self, tag, attributes):
        told = dict(attributes)
        if tag == "form":
            self.fields = {}
        elif tag == "input" and "name" in told and told.get("type") != "submit":
            if told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self._take(told["name"], told.get("value", ""), told.get("type") == "checkbox")
        elif tag == "textarea":
            self._area = told["name"]
            self.fields[self._area] = ""
        elif tag == "select":
            self._select = told["name"]
        elif tag == "option" and self._select and ("selected" in told or self._select not in self.fields):
            self.fields[self._select] = told.get("value", "")

    def _take(self, name, value, may_be_several):
        """Boxes of one name that are ticked make a list."""
        before = self.fields.get(name) if may_be_several else None
        self.fields[name] = value if before is None else [*([before] if isinstance(before, str) else before), value]

    def handle_data(self, data):
        if self._area:
            self.fields[self._area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            self.fields[self._area] = self.fields[self._area].removeprefix("\r\n").removeprefix("\n")
            self._area = None
        elif tag == "select":
            self._select = None


def form_on(page) -> dict[str, str | list[str]]:
    """What the last form on this page would send as it is, but for its buttons."""
    form = _Form()
    form.feed(page.text)
    return form.fields
