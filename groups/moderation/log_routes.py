"""The pages of the group's log."""

from flask import Blueprint, Response, render_template, request

from groups.errors import NotFound
from groups.http import member_of, viewer_zone
from groups.moderation.log_export import as_csv, as_json
from groups.moderation.log_reading import log_page, whole_log
from groups.text import digits

bp = Blueprint("logbook", __name__, url_prefix="/g/<slug>")
LONGEST = 30  # characters of a handle or an action


@bp.get("/log")
def pages(slug):
    """Newest first, by days; of one person or of one kind, if asked."""
    member = member_of(slug)
    zone = viewer_zone(member.group.zone)
    before, who, kind = (request.args.get(name, "") for name in ("before", "who", "kind"))
    above = digits(before, 9)
    if before and above is None or max(len(who), len(kind)) > LONGEST:
        raise NotFound()
    page = log_page(member, zone, above, who, kind)
    return render_template("moderation/log.html", group=member.group, page=page, zone=zone, who=who, kind=kind, before=before)


@bp.get("/log.csv")
def table(slug):
    """All of it, for a spreadsheet."""
    return _file(as_csv(whole_log(member_of(slug))), "text/csv", "log.csv")


@bp.get("/log.json")
def data(slug):
    """All of it, for programs."""
    return _file(as_json(whole_log(member_of(slug))), "application/json", "log.json")


def _file(text, kind, name):
    return Response(text, content_type=f"{kind}; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'})
