"""Whatever is written into a group's log has its sentence, and each sentence is written somewhere."""

import ast
from string import Formatter

import pytest

from groups.logbook.models import LogEntry
from groups.sentences.log import LOG
from tests.house.source import called, name, python_files, tree
from tests.house.test_words import words_in


def written():
    """{action: where} of every action word handed to `write_log`, also by way of a dict."""
    found = {}
    for file in python_files():
        for node in ast.walk(tree(file)):
            words = words_in(node.args[2]) if isinstance(node, ast.Call) and called(node) == "write_log" and len(node.args) > 2 else []
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                words += [word for key, value in pairs if isinstance(key, ast.Constant) and key.value == "action" for word in words_in(value)]
            found |= {word: f"{name(file)}:{node.lineno}" for word in words}
    return found


def test_every_action_in_the_log_has_its_sentence():
    assert {word: where for word, where in written().items() if word not in LOG} == {}


def test_every_sentence_of_the_log_is_written_somewhere():
    spoken = {
        node.value for file in python_files() if file.parent.name != "sentences"
        for node in ast.walk(tree(file)) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(LOG) - spoken) == []


@pytest.mark.parametrize("action", LOG)
def test_a_line_of_the_log_is_one_sentence_made_of_what_the_log_keeps(action):
    assert LOG[action][0] in "{ABCDEFGHIJKLMNOPQRSTUVWXYZ" and LOG[action].endswith((".", "?")) and "!" not in LOG[action]
    assert {part for _, part, _, _ in Formatter().parse(LOG[action]) if part} <= set(LogEntry.__table__.columns.keys())
    assert len(action) <= LogEntry.__table__.c.action.type.length
