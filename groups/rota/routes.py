"""Pages of the rota, and its buttons, wherever these stand."""

from flask import Blueprint, flash, redirect, render_template, request, session, url_for

from groups import clock
from groups.accounts.forms import say_beside
from groups.db import reading
from groups.errors import Failure, Invalid, NotFound, Overtaken, Refused
from groups.http import STATUS, account_id, member_of, refuse_in_place, viewer_zone
from groups.membership.finding import memberships_of
from groups.rota import actions, coming, swaps
from groups.rota.answers import answer_words
from groups.rota.asking import one_ask
from groups.rota.forms import RulesForm
from groups.rota.pages import SPANS, my_shifts, rota_page
from groups.rota.shown import chair_found_at, coming_count, plan_to, service_of
from groups.schedule.details import meeting_of
from groups.schedule.routes import show_meeting

bp = Blueprint("rota", __name__)
DECLINED = "not_this_time"  # hours somebody said no to or asked out of: in this browser, until they sign out
MOST_DECLINED = 20
PAGES = {str(number) for number in range(1, SPANS + 1)}


@bp.record_once
def offer_to_templates(state):
    """The hour's page and others show who serves and who comes without knowing how."""
    state.app.jinja_env.globals.update(
        service_of=service_of, plan_to=plan_to, chair_found_at=chair_found_at, gaps_for=gaps_for, coming_count=coming_count,
    )


@bp.get("/g/<slug>/rota")
def rota(slug):
    """Who serves in the next weeks, and what is missing."""
    number = request.args.get("page", "1")
    if number not in PAGES:
        raise NotFound()
    return _show_rota(member_of(slug), int(number))


@bp.get("/me/shifts")
def shifts():
    """Where one serves, in all of one's groups; for oneself alone."""
    if account_id() is None:
        return redirect(url_for("accounts.sign_in", next=request.path), 303)
    return _show_shifts()


@bp.route("/g/<slug>/rota/rules", methods=["GET", "POST"])
def rules(slug):
    """What the group asks of those who serve."""
    member = member_of(slug)
    form, status = RulesForm.of(actions.look_after_rules(member)), 200
    if form.is_submitted():
        try:
            if form.validate():
                actions.set_rules(member, form.days.data, form.meetings.data, form.shadowing.data, form.seen.data)
                flash("Saved. Nobody who signed up already loses a duty by it.")
                return redirect(url_for("rota.rota", slug=slug), 303)
            status = 422
        except Overtaken as failure:
            status = form.say_what_stands(failure, RulesForm.of(actions.look_after_rules(member), formdata=None))
        except Failure as failure:
            status = say_beside(form, failure, "days")
    return render_template("rota/rules.html", form=form, group=member.group), status


@bp.post("/g/<slug>/m/<meeting>/duties")
def serve(slug, meeting):
    """Sign up, or take over from somebody who asks for cover."""
    return _wish(slug, meeting, lambda by, hour: actions.serve(by, hour, _sent("kind")), "you_serve")


@bp.post("/g/<slug>/m/<meeting>/duties/end")
def step_down(slug, meeting):
    """Give one's duty back."""
    return _wish(slug, meeting, _asking_out(actions.step_down), "you_stepped_down")


@bp.post("/g/<slug>/m/<meeting>/duties/cover")
def ask_for_cover(slug, meeting):
    """Rather not serve, and do until somebody takes over."""
    return _wish(slug, meeting, _asking_out(actions.ask_for_cover), "you_asked_for_cover")


@bp.post("/g/<slug>/m/<meeting>/duties/keep")
def keep_duty(slug, meeting):
    """Serve after all."""
    return _wish(slug, meeting, actions.keep_duty, "you_keep_it")


@bp.post("/g/<slug>/m/<meeting>/duties/assign")
def assign(slug, meeting):
    """Ask somebody to serve."""
    return _wish(slug, meeting, lambda by, hour: actions.assign(by, hour, _sent("kind"), _sent("name")), "they_are_asked")


@bp.post("/g/<slug>/m/<meeting>/duties/clear")
def clear(slug, meeting):
    """Free a duty for somebody else."""
    return _wish(slug, meeting, lambda by, hour: actions.clear(by, hour, _sent("kind")), "duty_is_free")


@bp.post("/g/<slug>/m/<meeting>/duties/not-now")
def not_this_time(slug, meeting):
    """Not be asked about this hour again; nobody is told."""
    return _wish(slug, meeting, lambda _, hour: _not_asked_again(hour.public_id))


@bp.post("/g/<slug>/m/<meeting>/swaps")
def offer_swap(slug, meeting):
    """Offer a duty of one's own for somebody's."""
    def offer(by, hour):
        swaps.offer_swap(by, hour, _sent("kind"), _sent("instead"))
        _not_asked_again(_sent("instead"))  # somebody who gives that hour away, should the offer be taken

    return _wish(slug, meeting, offer, "swap_offered")


@bp.post("/g/<slug>/m/<meeting>/swaps/end")
def withdraw_swap(slug, meeting):
    """Take one's offer back."""
    return _wish(slug, meeting, lambda by, hour: swaps.withdraw_swap(by, hour, _sent("kind")), "swap_withdrawn")


@bp.post("/g/<slug>/m/<meeting>/swaps/accept")
def accept_swap(slug, meeting):
    """Take somebody's duty, and they take one's own here."""
    accept = _asking_out(lambda by, hour: swaps.accept_swap(by, hour, _sent("instead"), _sent("kind")))
    return _wish(slug, meeting, accept, "swapped")


@bp.post("/g/<slug>/m/<meeting>/swaps/decline")
def decline_swap(slug, meeting):
    """Say no to an offer."""
    return _wish(slug, meeting, lambda by, hour: swaps.decline_swap(by, hour, _sent("instead"), _sent("kind")), "swap_declined")


@bp.post("/g/<slug>/m/<meeting>/coming")
def plan_to_come(slug, meeting):
    """Plan to come, or ask for a place."""
    return _wish(slug, meeting, coming.plan_to_come, "you_plan_to_come")


@bp.post("/g/<slug>/m/<meeting>/coming/end")
def change_plan(slug, meeting):
    """Not come after all."""
    return _wish(slug, meeting, coming.change_plan, "plan_changed")


@bp.post("/g/<slug>/m/<meeting>/coming/confirm")
def confirm_place(slug, meeting):
    """Still come."""
    return _wish(slug, meeting, coming.confirm_place, "place_confirmed")


def gaps_for(account: int | None, group=None):
    """For templates: the one thing this account is asked now, in any of its groups or in this one; or
    None. `templates/rota/_gaps.html` shows it."""
    members = memberships_of(account) if account is not None else []
    members = [member for member in members if group is None or member.group_id == group.id]
    if not members:
        return None
    with reading() as database:
        return one_ask(database, members, viewer_zone(members[0].group.zone), clock.now(), session.get(DECLINED, ()))


def _not_asked_again(hour: str):
    session[DECLINED] = [*(one for one in session.get(DECLINED, ()) if one != hour), hour][-MOST_DECLINED:]


def _wish(slug, meeting, action, said=None):
    """Do it, say so in one line (the sentence's name), and show the page it was asked on."""
    member = member_of(slug)
    with reading() as database:
        found = meeting_of(database, member, slug, meeting)
    here = _sent("on")
    try:
        made = action(member, found)
    except (Invalid, Refused) as failure:
        refuse_in_place(failure)
        return _page(here, member, slug, meeting), STATUS[type(failure)]
    if said:
        flash(answer_words(said, found, made, viewer_zone(found.zone), clock.now()))
    return redirect(_address(here, slug, meeting), 303)


def _asking_out(action):
    """The action, after which its hour is not one the actor is asked about."""
    def act(by, hour):
        action(by, hour)
        _not_asked_again(hour.public_id)

    return act


def _sent(name):
    return request.form.get(name, "")


def _address(here, slug, meeting):
    if here in ("rota.shifts", "schedule.front"):
        return url_for(here)
    if here in ("rota.rota", "membership.group"):
        return url_for(here, slug=slug)
    return url_for("schedule.meeting", slug=slug, meeting=meeting)


def _page(here, member, slug, meeting):
    """The page a form stood on; whatever else it says it stood on, the hour's own."""
    if here == "rota.rota":
        return _show_rota(member)
    return _show_shifts() if here == "rota.shifts" else show_meeting(slug, meeting, member)


def _show_rota(member, number=1):
    with reading() as database:
        page = rota_page(database, member, viewer_zone(member.group.zone), clock.now(), number)
    return render_template("rota/rota.html", page=page, member=member, group=member.group, reader=viewer_zone(member.group.zone))


def _show_shifts():
    mine = memberships_of(account_id())
    reader = viewer_zone(mine[0].group.zone if mine else "UTC")
    with reading() as database:
        found = my_shifts(database, account_id(), reader, clock.now())
    return render_template("rota/shifts.html", shifts=found, reader=reader)
