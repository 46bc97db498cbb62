"""Imports point inward: app → realtime → groups, and inside groups from the later concept to the
earlier, from routes to actions to models."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

from groups.settings import ROOT
from tests.house.source import PACKAGES, imported, module, name, python_files, tree

# Each may look to its left.
CONCEPTS = (
    "crisis", "retention", "limiting", "accounts", "logbook", "membership", "conduct", "guard", "formats", "rooms", "schedule", "rota", "conscience", "subscribing", "reminding",
    "exchange", "meeting", "reports", "moderation", "desk", "checkins", "erasure", "honest",
)
WEB = ("flask", "flask_login", "flask_wtf", "wtforms", "werkzeug")
# Where the web may be known. Everything else must work in a thread, a test or a command.
WEB_FILES = ("routes.py", "forms.py", "http.py", "headers.py", "sessions.py", "__init__.py", "serving.py")
LAYERS = ("models", "actions", "routes")  # inside a concept, each may look to its left; also calendar_routes and the like


def starts(dotted, *tops):
    return any(dotted == top or dotted.startswith(f"{top}.") for top in tops)


def concept_of(dotted):
    parts = dotted.split(".")
    return parts[1] if parts[0] == "groups" and len(parts) > 1 and parts[1] in CONCEPTS else None


def arrows(files):
    """(file, what it imports), for all that these import."""
    return [(file, found) for file in files for found in imported(file)]


def wrong(found):
    """Arrows as a failed test shows them."""
    return [f"{name(file)} → {dotted}" for file, dotted in found]


def test_the_house_knows_nothing_of_its_sockets():
    outside = ("realtime", "app", "flask_socketio", "socketio", "engineio")
    assert wrong((file, found) for file, found in arrows(python_files("groups")) if starts(found, *outside)) == []


def test_a_concept_looks_only_to_those_before_it():
    places = {concept: place for place, concept in enumerate(CONCEPTS)}

    def looks_ahead(file, found):
        here, there = concept_of(module(file)), concept_of(found)
        return here is not None and there is not None and places[there] > places[here]

    assert wrong(arrow for arrow in arrows(python_files("groups")) if looks_ahead(*arrow)) == []


def test_inside_a_concept_routes_know_actions_and_actions_know_models():
    def looks_up(file, found):
        here, layer = concept_of(module(file)), file.stem.rpartition("_")[2]
        if here is None or layer not in LAYERS:
            return False
        return starts(found, *(f"groups.{here}.{above}" for above in LAYERS[LAYERS.index(layer) + 1 :]))

    assert wrong(arrow for arrow in arrows(python_files("groups")) if looks_up(*arrow)) == []


def test_the_web_is_known_at_the_edge_only():
    inner = [file for file in python_files("groups") if not file.name.endswith(WEB_FILES)]
    assert wrong((file, found) for file, found in arrows(inner) if starts(found, *WEB)) == []


def test_models_know_no_request_no_policy_and_no_news():
    outside = ("groups.policy", "groups.http", "groups.announcements", "groups.sentences", "groups.settings")
    models = [file for file in python_files() if file.stem == "models"]
    assert wrong((file, found) for file, found in arrows(models) if starts(found, *outside)) == []


def test_routes_leave_questions_to_the_actions():
    routes = [file for file in python_files() if file.name.endswith("routes.py")]
    assert wrong((file, found) for file, found in arrows(routes) if starts(found, "groups.policy", "groups.announcements")) == []


def test_the_words_are_asked_for_again_where_tries_are_counted():
    """`accounts/forms.py::ask_again` counts; whoever asked past it could be guessed at."""
    asking = [name(file) for file in python_files("groups") if "groups.accounts.words_again.confirm" in imported(file)]
    assert asking == ["groups/accounts/forms.py"]


def test_policy_looks_at_loaded_things_only():
    asked = [found for file in (ROOT / "groups" / "policy").glob("*.py") for found in imported(file)]
    beyond = {found for found in asked if found.split(".")[0] not in sys.stdlib_module_names}
    assert {found for found in beyond if not starts(found, "groups.policy")} <= {"groups.errors.NotFound", "groups.errors.Refused"}


def test_two_modules_and_the_front_door_know_eventlet():
    ours = [ROOT / "app.py", *python_files()]
    knowing = {name(file) for file in ours if any(starts(found, "eventlet") for found in imported(file))}
    assert knowing == {"app.py", "groups/concurrency.py", "groups/listening.py"}


def test_only_broadcasts_emits():
    """And `fanout.py` carries what it emits, in the place of the library's own manager."""
    for file in python_files():
        emits = [node.lineno for node in ast.walk(tree(file)) if isinstance(node, ast.Attribute) and node.attr == "emit"]
        emits += [node.lineno for node in ast.walk(tree(file)) if isinstance(node, ast.alias) and node.name in ("emit", "send")]
        assert not emits or name(file) in ("realtime/broadcasts.py", "realtime/fanout.py"), f"{name(file)}:{emits}"


def test_nothing_of_ours_is_imported_inside_a_function_to_dodge_a_circle():
    for file in (ROOT / "app.py", *python_files()):
        functions = [node for node in ast.walk(tree(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        inside = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in inside:
            names = [node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            assert not any(starts(found, *PACKAGES, "app") for found in names), f"{name(file)}:{node.lineno}"


def test_a_commit_happens_where_changes_are_made_and_nowhere_else():
    allowed = {"groups/db.py"}
    for file in python_files():
        commits = [n.lineno for n in ast.walk(tree(file)) if isinstance(n, ast.Attribute) and n.attr == "commit"]
        assert not commits or name(file) in allowed, f"{name(file)}:{commits}"


def test_every_package_we_import_is_one_we_asked_for():
    asked = {line.lower() for line in re.findall(r"^([\w.-]+)==", (ROOT / "requirements.in").read_text(), re.M)}
    provided = packages_distributions()
    for file in [ROOT / "app.py", *python_files(), ROOT / "migrations" / "env.py"]:
        for top in {found.split(".")[0] for found in imported(file)} - set(sys.stdlib_module_names) - {*PACKAGES, "app"}:
            assert {package.lower() for package in provided[top]} & asked, f"{name(file)} imports {top}"
