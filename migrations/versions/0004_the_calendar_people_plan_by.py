"""the calendar people plan by"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'


def upgrade():
    op.create_table('devices',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('digest', sa.LargeBinary(length=32), nullable=False),
    sa.Column('sealed', sa.LargeBinary(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('sentence', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.Column('quiet_from', sa.Time(), nullable=True),
    sa.Column('quiet_to', sa.Time(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('worked_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_devices_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_devices')),
    sa.UniqueConstraint('digest', name=op.f('uq_devices_digest'))
    )
    with op.batch_alter_table('devices', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_devices_account_id'), ['account_id'], unique=False)

    op.create_table('feeds',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('token_hash', sa.LargeBinary(length=32), nullable=False),
    sa.Column('uid_key', sa.LargeBinary(length=32), nullable=False),
    sa.Column('word', sa.String(length=40), nullable=False),
    sa.Column('remind_minutes', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('fetched_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_feeds_account_id_accounts'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_feeds')),
    sa.UniqueConstraint('account_id', 'kind', name=op.f('uq_feeds_account_id_kind')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_feeds_token_hash'))
    )
    op.create_table('rota_rules',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('meetings', sa.Integer(), nullable=False),
    sa.Column('shadowing', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_rota_rules_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', name=op.f('pk_rota_rules'))
    )
    op.create_table('attended',
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_attended_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('membership_id', name=op.f('pk_attended'))
    )
    op.create_table('feed_groups',
    sa.Column('feed_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['feed_id'], ['feeds.id'], name=op.f('fk_feed_groups_feed_id_feeds'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_feed_groups_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('feed_id', 'group_id', name=op.f('pk_feed_groups'))
    )
    with op.batch_alter_table('feed_groups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_feed_groups_group_id'), ['group_id'], unique=False)

    op.create_table('reminded_groups',
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_reminded_groups_device_id_devices'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_reminded_groups_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('device_id', 'group_id', name=op.f('pk_reminded_groups'))
    )
    with op.batch_alter_table('reminded_groups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminded_groups_group_id'), ['group_id'], unique=False)

    op.create_table('room_days',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('room_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('yearly', sa.Boolean(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.Column('longer', sa.Integer(), nullable=False),
    sa.Column('note', sa.String(length=120), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_room_days_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['room_id'], ['rooms.id'], name=op.f('fk_room_days_room_id_rooms'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_room_days')),
    sa.UniqueConstraint('room_id', 'day', 'yearly', name=op.f('uq_room_days_room_id_day_yearly'))
    )
    op.create_table('served',
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_served_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('membership_id', 'kind', name=op.f('pk_served'))
    )
    op.create_table('date_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('series_id', sa.Integer(), nullable=False),
    sa.Column('on_day', sa.Date(), nullable=False),
    sa.Column('cancelled', sa.Boolean(), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('why', sa.String(length=200), nullable=False),
    sa.Column('to_day', sa.Date(), nullable=True),
    sa.Column('to_time', sa.Time(), nullable=True),
    sa.Column('title', sa.String(length=60), nullable=True),
    sa.Column('minutes', sa.Integer(), nullable=True),
    sa.Column('format', sa.String(length=40), nullable=True),
    sa.Column('needs', sa.String(length=60), nullable=True),
    sa.Column('sequence', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_date_changes_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['series_id'], ['series.id'], name=op.f('fk_date_changes_series_id_series'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_date_changes')),
    sa.UniqueConstraint('series_id', 'on_day', name=op.f('uq_date_changes_series_id_on_day'))
    )
    op.create_table('comings',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('has_place', sa.Boolean(), nullable=False),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_comings_meeting_id_meetings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_comings_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('meeting_id', 'membership_id', name=op.f('pk_comings'))
    )
    with op.batch_alter_table('comings', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_comings_membership_id'), ['membership_id'], unique=False)

    op.create_table('reminded',
    sa.Column('device_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('starts_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['device_id'], ['devices.id'], name=op.f('fk_reminded_device_id_devices'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_reminded_meeting_id_meetings'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('device_id', 'meeting_id', 'starts_at', name=op.f('pk_reminded'))
    )
    with op.batch_alter_table('reminded', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reminded_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('swap_offers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('duty_id', sa.Integer(), nullable=False),
    sa.Column('instead_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['duty_id'], ['duties.id'], name=op.f('fk_swap_offers_duty_id_duties'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['instead_id'], ['duties.id'], name=op.f('fk_swap_offers_instead_id_duties'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_swap_offers')),
    sa.UniqueConstraint('duty_id', 'instead_id', name=op.f('uq_swap_offers_duty_id_instead_id'))
    )
    with op.batch_alter_table('swap_offers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_swap_offers_instead_id'), ['instead_id'], unique=False)

    with op.batch_alter_table('duties', schema=None) as batch_op:
        batch_op.add_column(sa.Column('assigned_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('cover_asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_duties_assigned_by_id_memberships'), 'memberships', ['assigned_by_id'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('meetings', schema=None) as batch_op:
        batch_op.add_column(sa.Column('own_start', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('language', sa.String(length=10), server_default='en', nullable=False))
        batch_op.add_column(sa.Column('needs', sa.String(length=60), server_default='chair,door,second', nullable=False))
        batch_op.add_column(sa.Column('places', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('own_clock_first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('is_listed', sa.Boolean(), server_default=sa.true(), nullable=False))
        batch_op.add_column(sa.Column('why', sa.String(length=200), server_default='', nullable=False))
        batch_op.add_column(sa.Column('outcome', sa.String(length=10), nullable=True))
        batch_op.drop_index(batch_op.f('ix_meetings_starts_at_phase'))
        batch_op.create_index(
            'ix_meetings_on_the_calendar', ['starts_at', 'phase', 'room_id', 'ends_at', 'is_listed', 'language', 'format'], unique=False
        )

    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.add_column(sa.Column('follows_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('last_day', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('pauses', sa.String(length=120), server_default='', nullable=False))
        batch_op.add_column(sa.Column('needs', sa.String(length=60), server_default='chair,door,second', nullable=False))
        batch_op.add_column(sa.Column('places', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('own_clock_first', sa.Boolean(), server_default=sa.false(), nullable=False))
        batch_op.add_column(sa.Column('sequence', sa.Integer(), server_default='0', nullable=False))
        batch_op.add_column(sa.Column('changed_at', sa.DateTime(timezone=True), server_default=sa.text('CURRENT_TIMESTAMP'), nullable=False))
        batch_op.add_column(sa.Column('confirmed_at', sa.DateTime(timezone=True), server_default=sa.text('CURRENT_TIMESTAMP'), nullable=False))
        batch_op.add_column(sa.Column('unlisted_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('source', sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column('source_id', sa.String(length=80), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_series_room_id_source_source_id'), ['room_id', 'source', 'source_id'])
        batch_op.create_foreign_key(batch_op.f('fk_series_follows_id_series'), 'series', ['follows_id'], ['id'], ondelete='SET NULL')

    op.execute("UPDATE meetings SET own_start = starts_at")
    op.execute("UPDATE series SET last_day = CAST(ended_at AS DATE) WHERE ended_at IS NOT NULL")
    with op.batch_alter_table('series', schema=None) as batch_op:
        batch_op.drop_column('ended_at')

