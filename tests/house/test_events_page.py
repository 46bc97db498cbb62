"""docs/events.md and the code say the same, and what must never be told to anybody has no event."""

import ast
import re

import pytest

from groups.meeting.events import EVENTS, WITH_WORDS
from groups.meeting.views import desk_view, floor_view, own_part
from groups.settings import ROOT
from realtime import meeting as _registers  # noqa: F401
from realtime.handling import HANDLERS
from tests.house.source import called, name, python_files, tree
from tests.rules.stage import Stage

PAGE = (ROOT / "docs" / "events.md").read_text()
FORBIDDEN = re.compile(
    r"typ(ing|es)|writ(ing|es)|present|presence|seen|unread|read_by|receipt|react|like|emoji|join|left|leav(es|ing)|arriv|came|gone|"
    r"online|count|status|idle|active|watch", re.IGNORECASE
)
REGISTERING = ("on", "on_event", "on_namespace", "register_namespace", "event")
COMING_AND_GOING = {"knocked", "admitted", "declined", "stepped_away", "stepped_back", "put_out", "duty_taken"}  # for the desk, never the floor


def section(title):
    """The page's part under this heading."""
    return PAGE.split(f"## {title}\n", 1)[1].split("\n## ")[0]


def table(text, columns):
    """Rows of a table as lists of cells, without its head."""
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith(("| `", "| | "))]
    return [row for row in rows if len(row) == columns]


def words(cell):
    """What stands in backquotes."""
    return re.findall(r"`(\w+)`", cell)


def emitted():
    """{event: files} of every name that is emitted anywhere, by reading the source."""
    found = {}
    for file in (file for file in python_files() if "socketio" in file.read_text()):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and called(node) in ("emit", "send", "call") and isinstance(node.func, ast.Attribute):
                whose = ast.unparse(node.func.value)
                if "socketio" in whose:
                    assert isinstance(node.args[0], ast.Constant), f"{name(file)}:{node.lineno} emits a name that cannot be read"
                    found.setdefault(node.args[0].value, set()).add(name(file))
    return found


def test_the_page_lists_every_event_a_browser_may_send_and_its_payload():
    listed = {words(row[0])[0]: set(words(row[2])) - {"chair", "door", "second"} for row in table(section("From the browser"), 5)}
    registered = {event: set(handler.shape.__struct_fields__) - {"meeting"} for event, handler in HANDLERS.items()}
    assert listed == registered


def test_the_page_lists_every_event_that_is_emitted():
    listed = {words(row[0])[0]: set(words(row[2])) for row in table(section("To the browser"), 3)}
    assert set(listed) == set(emitted())
    for node in ast.walk(tree(ROOT / "realtime" / "broadcasts.py")):
        if isinstance(node, ast.Call) and called(node) == "emit" and isinstance(node.args[1], ast.Dict):
            assert {key.value for key in node.args[1].keys} == listed[node.args[0].value]


def test_only_one_file_emits_and_always_says_to_whom():
    assert {file for files in emitted().values() for file in files} == {"realtime/broadcasts.py"}
    for node in ast.walk(tree(ROOT / "realtime" / "broadcasts.py")):
        if isinstance(node, ast.Call) and called(node) == "emit":
            assert [keyword.arg for keyword in node.keywords] == ["to"], ast.unparse(node)


def test_handlers_are_registered_in_one_place():
    """No event gets past the dispatcher: nobody else hands a handler to Socket.IO."""
    for file in python_files("realtime"):
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and called(node) in REGISTERING and "socketio" in ast.unparse(node.func):
                assert name(file) in ("realtime/__init__.py", "realtime/handling.py"), f"{name(file)}:{node.lineno}"


def test_the_page_lists_every_kind_of_entry_and_its_fields():
    floor, desk = {}, {}
    for row in table(section("To the browser"), 5):
        if words(row[0]):
            floor[words(row[0])[0]] = tuple(words(row[1].replace("null", "")))
        if words(row[3]):
            desk[words(row[3])[0]] = tuple(words(row[4]))
    of = {stream: {e.__struct_config__.tag: e.on_wire for e in EVENTS if e.stream == stream} for stream in ("floor", "desk")}
    for event in WITH_WORDS:
        if event.stream in of:
            of[event.stream][event.__struct_config__.tag] += ("words",)
    assert floor == of["floor"] and desk == of["desk"]


def test_the_page_lists_what_a_view_and_a_part_hold():
    stage = Stage()
    text = section("To the browser")
    for view, shown in (("**view** of the floor", floor_view(stage.state)), ("**view** of the desk", desk_view(stage.state, stage.now))):
        line = next(line for line in text.splitlines() if line.startswith(view))
        assert set(words(re.sub(r"\(.*?\)", "", line))) == set(shown), view
    part = next(line for line in text.splitlines() if line.startswith("**part**"))
    assert set(own_part(stage.state, "nobody")) | said_in("own_part", ast.Dict, ast.Tuple, ast.Subscript) <= set(words(part))
    doing = part.partition("exactly one thing for each: ")[2].rstrip(".").split(", ")
    assert set(doing) == said_in("_doing", ast.Return) | {"outside"} | {"waiting", "declined", "left", "out"}


def said_in(function, *where):
    """The words of ours a function of the views may answer: those that stand in such places of it."""
    views = ast.parse((ROOT / "groups" / "meeting" / "views.py").read_text(encoding="utf-8"))
    body = next(node for node in views.body if getattr(node, "name", "") == function)
    found = set()
    for node in (node for node in ast.walk(body) if isinstance(node, where)):
        if isinstance(node, ast.Dict):
            found |= {key.value for key in node.keys}
        elif isinstance(node, ast.Tuple):
            found |= {part.value for part in node.elts[:1] if isinstance(part, ast.Constant)}
        elif isinstance(node, ast.Subscript):
            found |= {node.slice.value} if isinstance(node.slice, ast.Constant) and isinstance(node.ctx, ast.Store) else set()
        elif node.value is not None:
            answers = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
            found |= {answer.value for answer in answers if isinstance(answer, ast.Constant)}
    return found


@pytest.mark.parametrize("told", sorted({*HANDLERS, *emitted(), *(event.__struct_config__.tag for event in EVENTS)} - {"leave"}))
def test_nothing_tells_who_is_typing_present_reading_or_reacting(told):
    assert not FORBIDDEN.search(told)


def test_the_floor_hears_of_nobody_coming_or_going():
    assert {e.__struct_config__.tag for e in EVENTS if e.stream == "floor"} & COMING_AND_GOING == set()
    assert all("who" not in e.on_wire and "by" not in e.on_wire and "to" not in e.on_wire or e.__struct_config__.tag == "time_added"
               for e in EVENTS if e.stream == "floor"), "handles stay on the desk"
