"""On every page, whatever it is about and whatever went wrong: the way out among the first two things a keyboard
reaches, with what lets three presses and three taps do the same, and an icon that says nothing."""

import re

REACHED = re.compile(r"<(?:a|button|input|select|textarea|summary)\b[^>]*>")
NEEDED = {"the way out": '<a class="exit" href="/away"', "presses and taps": "js/away.js", "the icon": 'rel="icon"'}


def test_every_page_has_them(drawn):
    assert len(drawn) > 60
    missing = [(str(page), what) for page in drawn for what, sign in NEEDED.items() if sign not in page.html]
    assert missing == []
    late = [str(page) for page in drawn if not any("exit" in one for one in REACHED.findall(page.html.partition("<body")[2])[:2])]
    assert late == []
