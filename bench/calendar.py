"""What the calendar costs, and how that grows: pages, feeds, an edit and an import at several sizes.

    python -m bench.calendar                       50, 5,000 and 50,000 series
    python -m bench.calendar --sizes 50,500        others

Writes bench/results/calendar.md and calendar.svg. CPU time of this process (pages run in it, through
Flask's test client), the median of several runs; the database is SQLite in a temporary folder."""

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import func, select

from bench import plots, world
from groups import clock, concurrency, create_app, db
from groups.accounts.models import Account, SignIn
from groups.accounts.sessions import COOKIE, hashed
from groups.errors import Refused
from groups.exchange.fitting import Wish as ImportWish
from groups.exchange.importing import look_at_list
from groups.exchange.sources import MOST
from groups.ids import token
from groups.membership.models import Group, Membership
from groups.rooms.models import Room
from groups.schedule.changing import cancel_date, restore_date
from groups.schedule.models import Meeting, Phase
from groups.settings import Settings
from groups.subscribing.actions import set_up_feed
from groups.subscribing.models import FeedKind
from groups.subscribing.wishes import Wish as FeedWish

RESULTS = Path(__file__).with_name("results")
SIZES = (50, 5_000, 50_000)
RUNS = 9
PAGES = {
    "front": ("front door", "/"), "month": ("month", "/calendar"), "week": ("week", "/calendar?view=week"),
    "agenda": ("agenda", "/calendar?view=agenda"), "filtered": ("month, German only", "/calendar?language=de"),
}
ROWS = {  # key: (name, shown in the picture)
    **{f"{key}_{who}": (f"{name}, {words}", key in ("month", "week", "front") and who == "member")
       for key, (name, _) in PAGES.items() for who, words in (("visitor", "a visitor"), ("member", "a member"))},
    "feed": ("discreet feed of 20 series, built", True), "feed_unchanged": ("the same, unchanged", True),
    "edit": ("cancel one date and take it back", True), "import": ("preview of an import", True),
}


def cpu(work: Callable, runs: int = RUNS) -> float:
    """Milliseconds of CPU, the median of several runs after one to warm up."""
    work()
    spent = []
    for _ in range(runs):
        before = time.process_time()
        work()
        spent.append((time.process_time() - before) * 1000)
    return statistics.median(spent)


def measured(size: int) -> dict[str, float]:
    """Every figure at one size, in milliseconds of CPU; `rows` and `build` describe the world itself."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        before = time.process_time()
        world.build(Path(folder), size)
        built = (time.process_time() - before) * 1000
        app = create_app(_settings(Path(folder)))
        app.config["WTF_CSRF_ENABLED"] = False
        try:
            with db.reading() as session:
                rows = session.scalar(select(func.count()).select_from(Meeting))
                member = session.scalar(select(Membership).order_by(Membership.id))
            return {"build": built, "rows": rows} | _pages(app, member) | _feed(app, member) | _edit(member) | _import(member, size)
        finally:
            app.extensions["ledger"].stop()
            db.engine().dispose()


def _settings(folder):
    return Settings(
        environment="test", host="127.0.0.1", port=0, url="http://localhost", secret="only-for-measuring-0123456789-abcdefgh",
        database_url=f"sqlite:///{folder}/lamplight.db", instance=folder, away_url="https://www.wikipedia.org/",
        concurrency="threading", fast_hash=True,
    )


def _pages(app, member):
    visitor, signed_in = app.test_client(), app.test_client()
    cookie, notes = token(), json.dumps({"_user_id": str(member.account_id), "_fresh": True})
    with db.change() as (session, _):
        session.add(SignIn(token_hash=hashed(cookie), account_id=member.account_id, notes=notes))
    signed_in.set_cookie(COOKIE, cookie)
    figures = {}
    for key, (_, path) in PAGES.items():
        for who, client in (("visitor", visitor), ("member", signed_in)):
            assert client.get(path).status_code == 200, path
            figures[f"{key}_{who}"] = cpu(lambda client=client, path=path: client.get(path))
    return figures


def _feed(app, member):
    with db.reading() as session:
        account, group = session.get(Account, member.account_id), session.get(Group, member.group_id)
    client = app.test_client()
    address = f"/c/{set_up_feed(account, FeedKind.DISCREET, FeedWish(groups=frozenset([group.slug])))}.ics"
    answer = client.get(address)
    assert answer.status_code == 200 and answer.text.count("BEGIN:VEVENT") >= 20
    asked = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(address, headers=asked).status_code == 304
    return {"feed": cpu(lambda: client.get(address)), "feed_unchanged": cpu(lambda: client.get(address, headers=asked))}


def _edit(member):
    with db.reading() as session:
        ahead = select(Meeting).join(Room).where(
            Room.group_id == member.group_id, Meeting.phase == Phase.PLANNED, Meeting.starts_at > clock.now(),
            Meeting.starts_at == Meeting.own_start,
        )
        coming = session.scalars(ahead.order_by(Meeting.starts_at).limit(50)).all()

    def there_and_back(meeting):
        cancel_date(member, meeting, "Away.")
        restore_date(member, meeting)

    def can_be_edited(meeting):
        try:
            there_and_back(meeting)
        except Refused:  # the world is made at random, and somewhere two series want one room at one time
            return False
        return True

    meeting = next(filter(can_be_edited, coming))

    return {"edit": cpu(lambda: there_and_back(meeting))}


def _import(member, size):
    """As many rows as there are series, up to what can be looked at in one go; into one more room."""
    days = [
        {"name": f"Hour {n}", "slug": f"hour-{n}", "day": n % 7, "time": f"{6 + n // 7 % 16:02}:{n % 4 * 15:02}",
         "timezone": "Europe/London", "conference_url": "https://example.org/"}
        for n in range(min(size, MOST))
    ]
    with db.change() as (session, _):
        group = session.get(Group, member.group_id)
        session.add(Room(group=group, name="One more", slug="onemore"))
    wish = ImportWish(rooms=("onemore",), zone="Europe/London", format="sharing-60", language="en")
    text = json.dumps(days)
    return {"import": cpu(lambda: look_at_list(member, text, wish), runs=3)}


def table(figures: dict[int, dict[str, float]]) -> str:
    """The figures as a Markdown page."""
    sizes = sorted(figures)
    lines = [
        "# The calendar, measured", "",
        f"{clock.now():%Y-%m-%d}, one run on one machine, SQLite. Milliseconds of CPU, medians: read them against each other.",
        f"An import is of as many rows as there are series, at most {MOST:,}, which is as many as are looked at in one go.", "",
        "| | " + " | ".join(f"{size:,} series" for size in sizes) + " |", "|---|" + "---:|" * len(sizes),
        "| dated hours in the table | " + " | ".join(f"{figures[size]['rows']:,}" for size in sizes) + " |",
    ]
    for key, (name, _) in ROWS.items():
        lines.append(f"| {name} | " + " | ".join(f"{figures[size][key]:.1f}" for size in sizes) + " |")
    return "\n".join([*lines, "", "![How each grows](calendar.svg)", ""])


def main() -> None:
    """Measure, print, write the page and the picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default=",".join(map(str, SIZES)), help="numbers of series, with commas between")
    sizes = [int(size) for size in parser.parse_args().sizes.split(",")]
    concurrency.start("threading")
    figures = {}
    for size in sizes:
        print(f"{size:,} series …", flush=True)  # noqa: T201  (speaks to whoever started it)
        figures[size] = measured(size)
    RESULTS.mkdir(exist_ok=True)
    page = table(figures)
    (RESULTS / "calendar.md").write_text(page)
    plots.growth(figures, {key: name for key, (name, shown) in ROWS.items() if shown}, "series", RESULTS / "calendar.svg")
    print(page)  # noqa: T201


if __name__ == "__main__":
    main()
