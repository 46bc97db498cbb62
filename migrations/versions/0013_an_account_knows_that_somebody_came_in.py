"""an account knows that somebody came in by it"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'


def upgrade():
    # Those from before go a day after they were opened, as ever.
    op.add_column('accounts', sa.Column('came_in', sa.Boolean(), nullable=False, server_default=sa.false()))
