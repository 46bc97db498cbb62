"""A log says what happened and where in our code, and nothing about anybody."""

import logging

from groups.logs import Discreet

WORDS = "something somebody wrote"


def logged(raising):
    try:
        raising()
    except Exception as failure:
        record = logging.LogRecord("lamplight", logging.ERROR, __file__, 1, "it failed", (), (type(failure), failure, failure.__traceback__))
        return Discreet("%(message)s").format(record)


def test_an_exception_is_logged_by_kind_and_place_without_its_message():
    def raising():
        raise ValueError(WORDS)

    text = logged(raising)
    assert "ValueError" in text and "test_logs.py" in text and "in raising" in text
    assert WORDS not in text


def test_so_is_the_one_behind_it():
    def raising():
        try:
            raise KeyError(WORDS)
        except KeyError as first:
            raise RuntimeError(WORDS) from first

    text = logged(raising)
    assert text.index("KeyError") < text.index("RuntimeError")
    assert f'"{WORDS}"' not in text and f"'{WORDS}'" not in text


def test_a_page_that_fails_is_logged_by_its_name_and_not_by_its_address(whole_house, caplog):
    @whole_house.get("/g/<slug>/broken")
    def broken(slug):
        raise ZeroDivisionError(WORDS)

    assert whole_house.test_client().get("/g/verysecretslug/broken?words=alsosecret").status_code == 500
    text = "\n".join([Discreet("%(message)s").format(record) for record in caplog.records])
    assert "broken" in text and "ZeroDivisionError" in text
    for sign in ("verysecretslug", "alsosecret"):
        assert sign not in text
