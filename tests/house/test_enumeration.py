"""What exists and is not yours, and what never was: the same status, the same bytes, the same time. So is
a link that is used up, and one that nobody made.

2,000 of each are what `docs/threats.md` speaks of; here it is as many as a suite has time for, and the
bound is one that chance does not cross: ENUMERATION=2000 asks for more."""

import os
import time
from statistics import NormalDist, median
from types import SimpleNamespace

import pytest

from groups.accounts import spare_codes
from groups.ids import token
from groups.membership import actions
from groups.subscribing.actions import end_feed
from groups.subscribing.models import FeedKind
from tests.doors import linking
from tests.house.doors import doors, path
from tests.owned import keep

PROBES = int(os.environ.get("ENUMERATION", 60))  # of each kind, one after the other in turns
CHANCE = 1e-6  # by chance alone, one run in a million is as far apart as this
APART, MANY = 5, 1000  # milliseconds between the medians, which settle only where there are so many probes


def mann_whitney(some, others) -> float:
    """How likely two such samples are if nothing sets them apart: two-sided, by the normal approximation."""
    both = sorted([(value, True) for value in some] + [(value, False) for value in others])
    ranks = sum(rank for rank, (_, mine) in enumerate(both, 1) if mine)
    n, m = len(some), len(others)
    z = (ranks - n * (n + 1) / 2 - n * m / 2) / (n * m * (n + m + 1) / 12) ** 0.5
    return 2 * (1 - NormalDist().cdf(abs(z)))


def timed(ask):
    """(status, bytes, milliseconds) of an answer."""
    began = time.perf_counter()
    answer = ask()
    return (answer.status_code, answer.text), (time.perf_counter() - began) * 1000


def compare(one, other):
    """Ask both in turns. Returns (medians' distance in ms, likelihood); fails where anything but time differs."""
    times = [], []
    for number in range(PROBES + 5):
        told = []
        for which, ask in ((0, one), (1, other))[:: 1 if number % 2 else -1]:
            answer, took = timed(ask)
            told.append(answer)
            if number >= 5:  # the first ones fill caches
                times[which].append(took)
        assert told[0] == told[1]
    return abs(median(times[0]) - median(times[1])), mann_whitney(*times)


def alike(one, other):
    """Once more where a busy machine got in between; a real difference is there every time."""
    found = [compare(one, other)]
    if found[0][1] < CHANCE:
        found.append(compare(one, other))
    apart, likely = found[-1]
    assert likely > CHANCE, found
    assert apart <= APART or PROBES < MANY, found
    return apart, likely


def test_a_test_of_the_test():
    assert mann_whitney(range(200), range(200)) > 0.9 and mann_whitney(range(200), range(100, 300)) < 1e-9


PAGES = ("membership.group", "membership.join", "requests.ask", "meeting.room", "schedule.meeting", "subscribing.one_date", "reports.every")


@pytest.mark.parametrize("endpoint", PAGES)
def test_a_group_that_hides_takes_as_long_as_one_that_never_was(app, behind, otto, endpoint, figures):
    rule = next(rule for name, method, rule in doors(app) if name == endpoint and method == "GET")
    theirs = path(app, rule, behind["willow"])
    nobodys = path(app, rule, behind["willow"] | {"slug": "n" * len(behind["willow"]["slug"]), "meeting": "n" * len(behind["willow"]["meeting"])})
    apart, likely = alike(lambda: otto.get(theirs), lambda: otto.get(nobodys))
    figures(medians_apart_ms=apart, likely_by_chance=f"{likely:.2g}")


def test_a_link_that_is_used_up_takes_as_long_as_one_nobody_made(app, willow, rosa, visitor, figures):
    _, token = actions.invite(rosa.membership, 1, 1)
    actions.withdraw_invitation(rosa.membership, 1)
    apart, likely = alike(lambda: visitor.get(f"/i/{token}"), lambda: visitor.get("/i/" + "t" * len(token)))
    figures(medians_apart_ms=apart, likely_by_chance=f"{likely:.2g}")


def test_a_calendar_link_that_was_ended_takes_as_long_as_one_nobody_made(app, harbour, tom, visitor, figures):
    ended = linking.make(tom, harbour)
    end_feed(tom.account, FeedKind.DISCREET)
    nobodys = ended.replace(ended.removesuffix(".ics").rsplit("/", 1)[1], token())
    asking = uncounted(app)
    apart, likely = alike(lambda: asking(visitor.get, ended), lambda: asking(visitor.get, nobodys))
    figures(medians_apart_ms=apart, likely_by_chance=f"{likely:.2g}")


def test_a_spare_code_that_was_used_takes_as_long_as_one_nobody_drew(app, tom, visitor, figures):
    used, *unused = spare_codes.draw()
    keep(app, tom)
    spare_codes.make_card(tom.account, (used, *unused), app.extensions["settings"])
    spare_codes.come_in_by_code(used, app.extensions["settings"])
    nobodys, asking = spare_codes.draw()[0], uncounted(app)

    def come_in(code):
        answer = asking(visitor.post, "/sign-in/code", code=code)
        return SimpleNamespace(status_code=answer.status_code, text=answer.text.replace(code, ""))  # it stays in its field

    apart, likely = alike(lambda: come_in(used), lambda: come_in(nobodys))
    figures(medians_apart_ms=apart, likely_by_chance=f"{likely:.2g}")


def uncounted(app):
    """Asks as often as one likes: what was counted is forgotten each time."""
    def ask(how, *what, **form):
        app.extensions["counts"].memory.reset()
        return how(*what, **form)

    return ask
