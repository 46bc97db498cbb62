"""Every action that writes into the group's log has its sentence, and every sentence its action."""

import ast
import re
from string import Formatter

from groups.logbook.models import LogEntry
from groups.moderation.log_lines import kind_words
from groups.sentences.log import DETAILS, LOG
from tests.house.source import called, name, python_files, tree
from tests.house.test_words import BLAMING, words_in

ACTION_AT = 2  # write_log(session, group_id, action, …)
KNOWN = {"by", "about", "agreement", "until", "detail"}


def pattern(node):
    """An f-string as a pattern: a part that is decided while running (a step, an outcome) is any word."""
    return "".join(re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in node.values)


def written():
    """{pattern of action words: where} for every line that is written: handed to `write_log` or to
    something of ours that hands it on, or by the name of `action` in a dict."""
    found = {}
    for file in python_files():
        for node in ast.walk(tree(file)):
            patterns = []
            if isinstance(node, ast.Call) and called(node) == "write_log" and len(node.args) > ACTION_AT:
                patterns += [re.escape(word) for word in words_in(node.args[ACTION_AT])]
            if isinstance(node, ast.Call) and re.fullmatch(r"write_\w*log", called(node)):
                patterns += [pattern(argument) for argument in node.args if isinstance(argument, ast.JoinedStr)]
            if isinstance(node, ast.Assign) and "action" in {one.id for one in ast.walk(node.targets[0]) if isinstance(one, ast.Name)}:
                patterns += [pattern(one) for one in ast.walk(node.value) if isinstance(one, ast.JoinedStr)]
            if isinstance(node, ast.Dict):
                pairs = zip(node.keys, node.values, strict=True)
                named = [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == "action"]
                patterns += [re.escape(word) for value in named for word in words_in(value)]
            found |= dict.fromkeys(patterns, f"{name(file)}:{node.lineno}" if patterns else "")
    return found


def test_every_action_has_its_sentence():
    missing = {words: where for words, where in written().items() if not any(re.fullmatch(words, action) for action in LOG)}
    assert missing == {}


def test_every_sentence_is_of_something_that_is_done():
    ours = [node for file in python_files() if file.parent.name != "sentences" for node in ast.walk(tree(file))]
    spoken = {node.value for node in ours if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    patterns = written()
    assert [word for word in LOG if word not in spoken and not any(re.fullmatch(one, word) for one in patterns)] == []


def test_a_sentence_is_whole_and_says_only_what_the_log_keeps():
    for action, text in LOG.items():
        assert (text[0] == "{" or text[0].isupper()) and text.endswith(".") and not BLAMING.search(text), text
        assert {field for _, field, _, _ in Formatter().parse(text) if field} <= KNOWN, text
        assert len(action) <= LogEntry.__table__.c.action.type.length, action
        assert kind_words(action)[0].isupper(), text


def test_a_detail_fits_its_column():
    assert all(len(word) <= LogEntry.__table__.c.detail.type.length for word in DETAILS)
