"""The forms of accounts, and how a form says what is not right."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField

from groups.accounts.models import Account
from groups.accounts.words_again import confirm
from groups.errors import Failure, Invalid, Refused
from groups.http import said, settings, status_of
from groups.limiting.http import limit

AS_TYPED = {"autocomplete": "off", "autocapitalize": "none", "autocorrect": "off", "spellcheck": "false"}


class WordsForm(FlaskForm):
    """Seven words in one field, untouched by the phone's corrections."""

    words = StringField("Your seven words", render_kw=AS_TYPED | {"inputmode": "text"})


class SharedDevice:
    """What every way in asks besides; for a form to stand before `FlaskForm`."""

    shared = BooleanField("Others use this device, too")


class ComeInForm(SharedDevice, WordsForm):
    """The same at the door, where others may be about to use the device."""


class CodeForm(SharedDevice, FlaskForm):
    """One spare code."""

    code = StringField("One of your spare codes", render_kw=AS_TYPED | {"autocapitalize": "characters"})


class AgainForm(WordsForm):
    """The words once more, before something that not everybody at this page may do."""

    def confirmed(self, account: Account, field: str = "words") -> str:
        """The words, if they are this account's. Raises as `ask_again`, about that field."""
        try:
            return ask_again(account, self[field].data)
        except Invalid as wrong:
            raise Invalid(field, wrong.reason, **{name: fact for name, fact in wrong.facts.items() if name != "field"}) from None
        except Refused as refused:
            raise Invalid(field, refused.reason) from None


class ChangeForm(AgainForm):
    """The new words typed back, and the old ones."""

    words = StringField("The new seven words", render_kw=AS_TYPED)
    old = StringField("Your seven words until now", render_kw=AS_TYPED)

    def confirmed(self, account: Account, field: str = "old") -> str:
        """The old words, if they are this account's."""
        return super().confirmed(account, field)


def ask_again(account: Account, typed: str | None) -> str:
    """The seven words once more, which nobody can try out at a page that was left open: tries are counted
    for the account, all its pages and browsers together. Raises as `words_again.confirm`, and TooMany."""
    limit("words_again")
    return confirm(account, typed or "", settings())


def say_beside(form: FlaskForm, failure: Failure, otherwise: str) -> int:
    """Put the sentence beside the field it is about (`otherwise` names it when the failure does
    not) and return the status of the page. Everything typed stays in the form."""
    name = getattr(failure, "field", otherwise)
    field = form[name if name in form else otherwise]
    field.errors = [*field.errors, said(failure)]
    return status_of(failure)
