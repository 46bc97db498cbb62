"""The forms of one's own copy, and of erasing oneself."""

from wtforms import BooleanField

from groups.accounts.forms import WordsForm


class EraseForm(WordsForm):
    """The seven words once more, where there are any, and a yes to what it closes."""

    agrees = BooleanField("Close them for good")
