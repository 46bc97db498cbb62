"""No field cuts what somebody pastes into it without a word: a browser that is told the most a field may hold drops the
rest and says nothing. What is too long is refused in a sentence, and stays. Short names may be cut: whoever types one sees it."""

from html.parser import HTMLParser

# Names, and one search. `why`: the reason for cancelling one date, whose form does not come back; its hint says how many.
CUT = {("input", name) for name in ("title", "name", "kind", "for_whom", "own_word", "why")}


class Cutting(HTMLParser):
    """The fields of a page in which a browser would cut."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if "maxlength" in told and told.get("type") != "search":
            self.found.add((tag, told["name"].rsplit("-", 1)[-1]))


def test_no_browser_cuts_what_somebody_writes_at_length(drawn):
    cuts = set()
    for page in drawn:
        fields = Cutting()
        fields.feed(page.html)
        cuts |= fields.found
    assert ("input", "title") in cuts, "it would be seen"
    assert cuts <= CUT
