"""What repeats around somebody: for moderators to look at, two of them."""

from flask import Blueprint, flash, redirect, render_template, url_for

from groups.errors import Failure
from groups.http import member_of, viewer_zone
from groups.moderation import pattern_looks
from groups.sentences import moderating, sentence

bp = Blueprint("patterns", __name__, url_prefix="/g/<slug>")


@bp.record_once
def offer_to_templates(state):
    """The page of a person includes `moderation/_pattern.html`, which asks these."""
    state.app.jinja_env.globals.update(
        pattern_on=pattern_on, said_pattern=moderating.PATTERNS, said_example=moderating.EXAMPLES
    )


def pattern_on(member, about_handle):
    """What repeats around somebody, for this moderator; None where nothing does, or for whoever may not see it."""
    try:
        return pattern_looks.pattern_around(member, about_handle)
    except Failure:
        return None


@bp.get("/patterns")
def every(slug):
    """All of them, until two have looked."""
    member = member_of(slug)
    shown = pattern_looks.patterns_of(member)
    return render_template("moderation/patterns.html", group=member.group, shown=shown, zone=viewer_zone(member.group.zone))


@bp.post("/members/<handle>/pattern/looks")
def look(slug, handle):
    """I have looked at this."""
    pattern_looks.look_at_pattern(member_of(slug), handle)
    flash(sentence("looked_at"))
    return redirect(url_for("patterns.every", slug=slug), 303)
