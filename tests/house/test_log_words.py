"""Every action that writes into the group's log has its sentence, and every sentence its action."""

import ast
import re
from string import Formatter

from groups.moderation.log_lines import kind_words
from groups.sentences.log import DETAILS, LOG
from tests.house.source import called, name, python_files, tree
from tests.house.test_words import BLAMING, words_in

ACTION_AT = 2  # write_log(session, group_id, action, …)


def written():
    """{pattern of action words: where} for every line that is written; a part that is decided while
    running (a step) stands for any word."""
    found = {}
    for file in python_files():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.Call) and called(node) == "write_log":
                where, action = f"{name(file)}:{node.lineno}", node.args[ACTION_AT]
                patterns = [re.escape(word) for word in words_in(action)]
                if isinstance(action, ast.JoinedStr):
                    patterns = ["".join(
                        re.escape(part.value) if isinstance(part, ast.Constant) else "[a-z_]+" for part in action.values
                    )]
                assert patterns, f"{where}: say the action's word where the line is written"
                found |= dict.fromkeys(patterns, where)
    return found


def test_every_action_has_its_sentence():
    missing = {pattern: where for pattern, where in written().items() if not any(re.fullmatch(pattern, word) for word in LOG)}
    assert missing == {}


def test_every_sentence_is_of_something_that_is_done():
    patterns = list(written())
    assert [word for word in LOG if not any(re.fullmatch(pattern, word) for pattern in patterns)] == []


def test_a_sentence_is_whole_and_speaks_of_names_only():
    for action, text in LOG.items():
        assert text.endswith(".") and not BLAMING.search(text), text
        assert {field for _, field, _, _ in Formatter().parse(text) if field} <= {"by", "about"}, text
        assert len(action) <= 30, action
        assert kind_words(action)[0].isupper(), text


def test_a_detail_fits_its_column():
    assert all(len(word) <= 40 for word in DETAILS)
