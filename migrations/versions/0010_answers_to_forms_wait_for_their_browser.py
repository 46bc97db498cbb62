"""answers to forms wait for their browser"""

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'


def upgrade():
    op.create_table('waiting_answers',
    sa.Column('mark', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sealed', sa.Text(), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('mark', name=op.f('pk_waiting_answers'))
    )
