"""what is live is found at once"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'


def upgrade():
    few = sa.text("phase IN ('lobby', 'open', 'closing', 'sealed')")
    op.create_index('ix_meetings_with_words', 'meetings', ['phase'], sqlite_where=few, postgresql_where=few)
