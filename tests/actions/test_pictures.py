"""The world that `make shots` walks through can still be made."""

from sqlalchemy import func, select

from groups import db
from groups.conscience.models import Vote
from groups.membership.models import JoinRequest
from groups.moderation.models import Appeal
from groups.reports.models import Report
from tests import pictures


def test_the_world_of_the_pictures_has_everything_a_page_is_shown_of(app):
    pictures.fill(app.extensions["keyring"])
    with db.reading() as session:
        assert all(session.scalar(select(func.count()).select_from(kind)) for kind in (Vote, Appeal, Report, JoinRequest))
