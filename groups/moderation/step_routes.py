"""Pages of steps: somebody's page for those who look after the group, and one's own page."""

from flask import Blueprint, flash, redirect, render_template, url_for

from groups import clock
from groups.accounts.forms import say_beside
from groups.accounts.routes import signed_in_account
from groups.errors import Failure, Invalid, Refused
from groups.forms_http import stands_on
from groups.http import account_id, keyring, member_of, refuse_in_place, viewer_zone
from groups.membership.tenure import band
from groups.moderation import appeal_actions, step_actions, step_views, steward_actions
from groups.moderation.standing import is_proposed
from groups.moderation.step_forms import AppealForm, BanForm, ReferForm, WarnForm
from groups.sentences import moderating as words

bp = Blueprint("steps", __name__)


@bp.record_once
def offer_to_templates(state):
    """The group's page leads to one's own steps without knowing what they are."""
    state.app.jinja_env.globals["has_own_steps"] = lambda group: step_views.has_own_steps(account_id(), group)
    state.app.jinja_env.globals["barred_words"] = lambda: step_views.barred_words(signed_in_account(), viewer_zone())


@bp.get("/g/<slug>/members/<handle>")
def member(slug, handle):
    """Somebody: how long they are here, what was done lately, what can be done."""
    return _member_page(member_of(slug), handle)


@bp.post("/g/<slug>/members/<handle>/warn")
def warn(slug, handle):
    """A word of warning."""
    by = member_of(slug)
    target, form = step_views.member_at(by, handle), WarnForm(by.group)

    def act():
        sanction = step_actions.warn(by, target, form.agreement.data)
        return words.DONE["proposed" if is_proposed(sanction) else "warned"]

    return _acted(by, handle, "warn_form", form, act, "agreement")


@bp.post("/g/<slug>/members/<handle>/ban")
def ban(slug, handle):
    """Out of the group for some days."""
    by = member_of(slug)
    target, form = step_views.member_at(by, handle), BanForm(by.group)

    def act():
        sanction = step_actions.ban(by, target, form.agreement.data, form.days.data)
        if is_proposed(sanction):
            return words.DONE["proposed"]
        said = words.DONE["banned_first" if sanction.asked_until else "banned"]
        return said.format(until=step_views.moment_words(sanction.until, _zone(by.group)))

    return _acted(by, handle, "ban_form", form, act, "days")


@bp.post("/g/<slug>/members/<handle>/stewards")
def refer(slug, handle):
    """Ask for somebody to be kept out of every group."""
    by = member_of(slug)
    target, form = step_views.member_at(by, handle), ReferForm()

    def act():
        steward_actions.refer(by, target, form.why.data)
        return words.DONE["referred" if step_views.has_stewards() else "referred_to_nobody"]

    return _acted(by, handle, "refer_form", form, act, "why")


@bp.post("/g/<slug>/steps/<step>/agree")
def agree(slug, step):
    """Be the second one."""
    by = member_of(slug)

    def act():
        sanction = step_actions.confirm_step(by, step)
        if sanction.step == "warn":
            return sanction, words.DONE["confirmed_warning"]
        return sanction, words.DONE["confirmed"].format(until=step_views.moment_words(sanction.until, _zone(by.group)))

    return _pressed(by, step, act)


@bp.post("/g/<slug>/steps/<step>/lift")
@stands_on("roles.members")
def lift(slug, step):
    """Take a step back."""
    by = member_of(slug)
    return _pressed(by, step, lambda: (step_actions.lift(by, step), words.DONE["lifted"]))


@bp.get("/g/<slug>/steps")
def mine(slug):
    """About oneself and this group, also for somebody who is out."""
    return _own_page(slug)


@bp.post("/g/<slug>/steps/<step>/appeal")
def appeal(slug, step):
    """Ask somebody else to look at it."""
    me, form = step_views.own_membership(account_id(), slug), AppealForm()
    try:
        asked = appeal_actions.appeal(me, step, form.words.data, keyring())
    except Invalid as failure:
        return _own_page(slug, step, form, say_beside(form, failure, "words"))
    except Refused as failure:
        refuse_in_place(failure)
        return _own_page(slug, step, form, 403)
    flash(words.DONE["appealed_to_nobody" if step_views.appealed_to_nobody(asked.sanction) else "appealed"])
    return redirect(url_for("steps.mine", slug=slug, _anchor=step), 303)


def _member_page(by, handle, status=200, **typed):
    page = step_views.member_page(by, handle, _zone(by.group))
    forms = {
        "warn_form": WarnForm(by.group, formdata=None), "ban_form": BanForm(by.group, formdata=None),
        "refer_form": ReferForm(formdata=None), "sent": "",
    }
    return render_template(
        "moderation/member.html", group=by.group, member=by, page=page, target=page.target, words=words,
        time=band(page.target.joined_at, clock.now()), **forms | typed,
    ), status


def _acted(by, handle, name, form, act, otherwise):
    """Do it and say so; or the page again, with the sentence and all that was typed."""
    typed = {name: form, "sent": name}
    if not form.validate():
        return _member_page(by, handle, 422, **typed)
    try:
        flash(act())
    except Invalid as failure:
        return _member_page(by, handle, say_beside(form, failure, otherwise), **typed)
    except Refused as failure:
        refuse_in_place(failure)
        return _member_page(by, handle, 403, **typed)
    return redirect(url_for("steps.member", slug=by.group.slug, handle=handle), 303)


def _pressed(by, step, act):
    """A button beside a step: done, or refused, on the page of whom it is about."""
    handle = step_views.whose_step(by, step)
    try:
        _, said = act()
        flash(said)
    except Failure as failure:
        refuse_in_place(failure)
    return redirect(url_for("steps.member", slug=by.group.slug, handle=handle), 303)


def _own_page(slug, asked=None, form=None, status=200):
    zone = _zone(step_views.own_membership(account_id(), slug).group)
    me, steps = step_views.own_steps(account_id(), slug, zone, keyring())
    forms = {step.id: form if step.id == asked else AppealForm(formdata=None) for step in steps}
    for step, one in forms.items():
        one.words.id = f"words-{step}"  # several of them stand on one page
    return render_template(
        "moderation/steps.html", group=me.group, member=me, steps=steps, words=words, zone=zone, asked=asked, forms=forms
    ), status


def _zone(group):
    return viewer_zone(group.zone)
