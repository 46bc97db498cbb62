"""a room says what it asks newcomers and who sees whose hands are up"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'


def upgrade():
    question = 'Is there something you would like us to know, or to ask?'
    with op.batch_alter_table('rooms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('newcomer_question', sa.String(length=160), nullable=False, server_default=question))
        batch_op.add_column(sa.Column('hands_seen_by', sa.String(length=10), nullable=False, server_default='duty'))
    with op.batch_alter_table('rooms', schema=None) as batch_op:
        batch_op.alter_column('newcomer_question', server_default=None)
        batch_op.alter_column('hands_seen_by', server_default=None)
