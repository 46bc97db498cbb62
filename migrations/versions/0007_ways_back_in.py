"""a browser's sign-in can be listed and kept short, and there are spare codes and passkeys"""

import secrets

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'

LETTERS = '23456789bcdfghjkmnpqrstvwxz'


def upgrade():
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.add_column(sa.Column('public_id', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('came_by', sa.String(length=10), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('came_in_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('shared', sa.Boolean(), nullable=False, server_default=sa.false()))
    rows = sa.table('sign_ins', sa.column('id'), sa.column('public_id'), sa.column('came_in_at'), sa.column('used_at'))
    for (number,) in op.get_bind().execute(sa.select(rows.c.id)).all():
        name = ''.join(secrets.choice(LETTERS) for _ in range(10))
        op.execute(rows.update().where(rows.c.id == number).values(public_id=name, came_in_at=rows.c.used_at))
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.alter_column('public_id', existing_type=sa.String(length=20), nullable=False)
        batch_op.alter_column('came_by', server_default=None)
        batch_op.alter_column('came_in_at', existing_type=sa.DateTime(timezone=True), nullable=False)
        batch_op.alter_column('shared', server_default=None)
        batch_op.create_unique_constraint(batch_op.f('uq_sign_ins_public_id'), ['public_id'])
    op.create_table('spare_codes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('key', sa.LargeBinary(length=32), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_spare_codes_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_spare_codes')),
    sa.UniqueConstraint('key', name=op.f('uq_spare_codes_key'))
    )
    with op.batch_alter_table('spare_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_spare_codes_account_id'), ['account_id'], unique=False)
    op.create_table('passkeys',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('credential', sa.LargeBinary(length=1024), nullable=False),
    sa.Column('handle', sa.LargeBinary(length=32), nullable=False),
    sa.Column('public_key', sa.LargeBinary(length=2048), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('added_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_passkeys_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_passkeys')),
    sa.UniqueConstraint('credential', name=op.f('uq_passkeys_credential')),
    sa.UniqueConstraint('public_id', name=op.f('uq_passkeys_public_id'))
    )
    with op.batch_alter_table('passkeys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_passkeys_account_id'), ['account_id'], unique=False)
