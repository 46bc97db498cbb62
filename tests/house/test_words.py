"""One sentence per reason, each reason with its sentence, and titles that give nothing away."""

import ast
import re
from string import Formatter

import pytest

from groups.sentences import SENTENCES, sentence
from groups.sentences.log import LOG
from groups.settings import ROOT
from groups.telling import TELLING
from tests.house.doors import doors, path
from tests.house.source import called, name, python_files, tree

# Which argument of a call is the reason word.
REASON_AT = {"Refused": 0, "NotFound": 0, "Busy": 0, "Failure": 0, "Invalid": 1, "refuse_unless": 1, "sentence": 0}
BLAMING = re.compile(r"\b(oops|error|invalid|forbidden|denied|session|socket|illegal|failed|abort)\b|!", re.IGNORECASE)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def words_in(node):
    """The string constants an argument can be: a word, or one of two by a condition."""
    if isinstance(node, ast.IfExp):
        return words_in(node.body) + words_in(node.orelse)
    return [node.value] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def reasons_raised():
    """{reason: where} for every reason word written in a refusal."""
    found = {}
    for file in python_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and len(node.args) > REASON_AT.get(called(node), 99):
                for word in words_in(node.args[REASON_AT[called(node)]]):
                    found[word] = f"{name(file)}:{node.lineno}"
    return found


def test_every_reason_has_its_sentence():
    missing = {reason: where for reason, where in reasons_raised().items() if reason not in SENTENCES}
    assert missing == {}


def test_every_sentence_is_said_somewhere():
    spoken = set()
    for file in python_files():
        if file.parent.name != "sentences":
            spoken |= {str(node.value) for node in ast.walk(tree(file)) if isinstance(node, ast.Constant)}
    scripts = "".join(file.read_text() for file in (*TEMPLATES, *(ROOT / "static" / "js").rglob("*.js")))
    spoken |= set(re.findall(r"[\"'](\w+)[\"']", scripts))
    assert sorted(set(SENTENCES) - spoken) == []


@pytest.mark.parametrize("reason", SENTENCES)
def test_a_sentence_is_kind_and_whole(reason):
    text = SENTENCES[reason]
    assert text[0].isupper() and text.rstrip("”")[-1] in ".?", text
    assert not BLAMING.search(text), text
    assert len(text) < 200
    assert "{" not in sentence(reason), "facts that are missing leave no gap"


def test_the_facts_a_sentence_needs_are_given_where_it_is_raised():
    needed = {reason: {part[1] for part in Formatter().parse(text) if part[1]} for reason, text in SENTENCES.items()}
    for file in python_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and len(node.args) > REASON_AT.get(called(node), 99):
                given = {keyword.arg for keyword in node.keywords} | ({"field"} if called(node) == "Invalid" else set())
                for word in words_in(node.args[REASON_AT[called(node)]]):
                    assert None in given or needed.get(word, set()) <= given, f"{name(file)}:{node.lineno} {word}"


def test_an_unknown_reason_reads_as_the_general_refusal_and_never_as_a_bare_word():
    assert sentence("no_such_reason_at_all") == SENTENCES["refused"]


@pytest.mark.parametrize("file", TEMPLATES, ids=name)
def test_a_title_is_neutral_and_holds_nothing_anybody_typed(file):
    for title in re.findall(r"{%\s*block title\s*%}(.*?){%\s*endblock", file.read_text(), re.DOTALL):
        assert not TELLING.search(title), title
        assert not re.search(r"about you|this group|emergenc|appeal|\bban|report", title, re.IGNORECASE), "nobody over a shoulder reads that it is about them"
        assert "{{" not in title.replace("{{ house }}", ""), "a name of a group or an hour would stay in the browser's history"


def test_the_titles_people_really_get_are_neutral_and_so_are_the_addresses(app, behind, visitor, maya):
    for _, method, rule in doors(app):
        assert not TELLING.search(str(rule)), rule
        if method == "GET":
            for person in (visitor, maya):
                answer = person.get(path(app, rule, behind["harbour"]))
                for title in re.findall(r"<title>(.*?)</title>", answer.text, re.DOTALL):
                    assert not TELLING.search(title), (rule, title)
                    assert "Harbour" not in title and "An hour" not in title, (rule, title)


def test_file_names_a_browser_shows_are_neutral():
    for file in (ROOT / "static").rglob("*"):
        assert not TELLING.search(name(file)), name(file)


BY_THE_CLOCK = re.compile(r"\b(tonight|your evening|for (the|that) night)\b", re.IGNORECASE)
KNOWS_THE_HOUR = ("schedule/front.html",)  # it says tonight of what begins in the evening, on the reader's clock


def test_no_hour_is_called_an_evening_by_those_who_do_not_know_when_it_is():
    """A group that meets at ten in the morning reads the same sentences."""
    said = dict(SENTENCES) | {f"log {action}": words for action, words in LOG.items()}
    said |= {file.name: file.read_text() for file in (ROOT / "groups" / "formats" / "shipped").rglob("*.toml")}
    said |= {str(file.relative_to(ROOT / "templates")): file.read_text() for file in TEMPLATES}
    found = {where: BY_THE_CLOCK.findall(words) for where, words in said.items() if where not in KNOWS_THE_HOUR}
    assert not {where: words for where, words in found.items() if words}
