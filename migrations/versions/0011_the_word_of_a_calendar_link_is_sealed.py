"""the word of a calendar link is sealed"""

import os

import sqlalchemy as sa
from alembic import op
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

revision = '0011'
down_revision = '0010'


def upgrade():
    feeds = sa.table('feeds', *(sa.column(name) for name in ('id', 'account_id', 'kind', 'word', 'sealed_word')))
    with op.batch_alter_table('feeds') as batch_op:
        batch_op.add_column(sa.Column('sealed_word', sa.LargeBinary(length=300), nullable=True))
    for row in op.get_bind().execute(sa.select(feeds.c.id, feeds.c.account_id, feeds.c.kind, feeds.c.word)).all():
        box, nonce = AESGCM(op.get_context().config.attributes['key of house']('words of feeds')), os.urandom(12)
        sealed = nonce + box.encrypt(nonce, row.word.encode().ljust(240, b'\0'), f'{row.account_id} {row.kind}'.encode())
        op.execute(feeds.update().where(feeds.c.id == row.id).values(sealed_word=sealed))
    with op.batch_alter_table('feeds') as batch_op:
        batch_op.alter_column('sealed_word', existing_type=sa.LargeBinary(length=300), nullable=False)
        batch_op.drop_column('word')
