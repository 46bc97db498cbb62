"""rooms are kept safe"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade():
    op.create_table('inventory_counts',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('question', sa.String(length=10), nullable=False),
    sa.Column('answer', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_inventory_counts_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'month', 'question', 'answer', name=op.f('pk_inventory_counts'))
    )
    op.create_table('moderation_log',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('action', sa.String(length=30), nullable=False),
    sa.Column('by', sa.String(length=20), nullable=True),
    sa.Column('about', sa.String(length=20), nullable=True),
    sa.Column('agreement', sa.Integer(), nullable=True),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('meeting', sa.String(length=20), nullable=True),
    sa.Column('report', sa.String(length=20), nullable=True),
    sa.Column('sanction', sa.String(length=20), nullable=True),
    sa.Column('undoes_id', sa.Integer(), nullable=True),
    sa.Column('detail', sa.String(length=40), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_moderation_log_group_id_groups')),
    sa.ForeignKeyConstraint(['undoes_id'], ['moderation_log.id'], name=op.f('fk_moderation_log_undoes_id_moderation_log')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_moderation_log'))
    )
    with op.batch_alter_table('moderation_log', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_moderation_log_about'), ['about'], unique=False)
        batch_op.create_index(batch_op.f('ix_moderation_log_group_id'), ['group_id'], unique=False)

    op.create_table('inventory_ballots',
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_inventory_ballots_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_inventory_ballots_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('group_id', 'month', 'membership_id', name=op.f('pk_inventory_ballots'))
    )
    op.create_table('join_requests',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=40), nullable=False),
    sa.Column('sealed_answers', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('answered_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_join_requests_account_id_accounts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['answered_by_id'], ['memberships.id'], name=op.f('fk_join_requests_answered_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_join_requests_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_join_requests')),
    sa.UniqueConstraint('account_id', 'group_id', name=op.f('uq_join_requests_account_id_group_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_join_requests_public_id'))
    )
    with op.batch_alter_table('join_requests', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_join_requests_group_id'), ['group_id'], unique=False)

    op.create_table('member_notes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('sealed_words', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_member_notes_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_member_notes_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_member_notes_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_member_notes')),
    sa.UniqueConstraint('public_id', name=op.f('uq_member_notes_public_id'))
    )
    with op.batch_alter_table('member_notes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_member_notes_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_member_notes_membership_id'), ['membership_id'], unique=False)

    op.create_table('pattern_looks',
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_pattern_looks_by_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_pattern_looks_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('membership_id', 'by_id', name=op.f('pk_pattern_looks'))
    )
    op.create_table('role_offers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('role', sa.String(length=12), nullable=False),
    sa.Column('hands_over', sa.Boolean(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('accepted', sa.Boolean(), nullable=True),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_role_offers_by_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['memberships.id'], name=op.f('fk_role_offers_confirmed_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_role_offers_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_role_offers_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_offers')),
    sa.UniqueConstraint('public_id', name=op.f('uq_role_offers_public_id'))
    )
    with op.batch_alter_table('role_offers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_offers_group_id'), ['group_id'], unique=False)

    op.create_table('signals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('other', sa.String(length=20), nullable=True),
    sa.Column('meeting', sa.String(length=20), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_signals_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_signals_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_signals'))
    )
    with op.batch_alter_table('signals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_signals_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_signals_membership_id'), ['membership_id'], unique=False)

    op.create_table('steward_matters',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('why', sa.String(length=20), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('first_account_id', sa.Integer(), nullable=True),
    sa.Column('first_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('second_account_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_steward_matters_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['first_account_id'], ['accounts.id'], name=op.f('fk_steward_matters_first_account_id_accounts'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_steward_matters_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_steward_matters_membership_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['second_account_id'], ['accounts.id'], name=op.f('fk_steward_matters_second_account_id_accounts'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_steward_matters')),
    sa.UniqueConstraint('membership_id', name=op.f('uq_steward_matters_membership_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_steward_matters_public_id'))
    )
    op.create_table('votes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('question', sa.String(length=300), nullable=False),
    sa.Column('choices', sa.Text(), nullable=False),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_votes_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_votes_group_id_groups'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_votes')),
    sa.UniqueConstraint('public_id', name=op.f('uq_votes_public_id'))
    )
    with op.batch_alter_table('votes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_votes_group_id'), ['group_id'], unique=False)

    op.create_table('vote_ballots',
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_vote_ballots_membership_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['vote_id'], ['votes.id'], name=op.f('fk_vote_ballots_vote_id_votes'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vote_id', 'membership_id', name=op.f('pk_vote_ballots'))
    )
    op.create_table('vote_counts',
    sa.Column('vote_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('times', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['vote_id'], ['votes.id'], name=op.f('fk_vote_counts_vote_id_votes'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('vote_id', 'choice', name=op.f('pk_vote_counts'))
    )
    op.create_table('debriefs',
    sa.Column('meeting_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('how', sa.String(length=10), nullable=False),
    sa.Column('wants_talk', sa.Boolean(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('met_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_debriefs_meeting_id_meetings'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_debriefs_membership_id_memberships'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['met_by_id'], ['memberships.id'], name=op.f('fk_debriefs_met_by_id_memberships'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('meeting_id', 'membership_id', name=op.f('pk_debriefs'))
    )
    with op.batch_alter_table('debriefs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_debriefs_membership_id'), ['membership_id'], unique=False)

    op.create_table('reports',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('about_id', sa.Integer(), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('what', sa.String(length=10), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.Column('share', sa.Integer(), nullable=True),
    sa.Column('sealed_words', sa.LargeBinary(), nullable=True),
    sa.Column('sealed_evidence', sa.LargeBinary(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('heard_back_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['about_id'], ['memberships.id'], name=op.f('fk_reports_about_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_reports_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['decided_by_id'], ['memberships.id'], name=op.f('fk_reports_decided_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_reports_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_reports_meeting_id_meetings'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reports')),
    sa.UniqueConstraint('public_id', name=op.f('uq_reports_public_id'))
    )
    with op.batch_alter_table('reports', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reports_about_id'), ['about_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reports_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reports_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reports_meeting_id'), ['meeting_id'], unique=False)

    op.create_table('sanctions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('membership_id', sa.Integer(), nullable=False),
    sa.Column('step', sa.String(length=10), nullable=False),
    sa.Column('agreement', sa.Integer(), nullable=False),
    sa.Column('meeting_id', sa.Integer(), nullable=True),
    sa.Column('emergency', sa.String(length=20), nullable=True),
    sa.Column('by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('asked_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_by_id', sa.Integer(), nullable=True),
    sa.Column('lifted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('lifted_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['by_id'], ['memberships.id'], name=op.f('fk_sanctions_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['memberships.id'], name=op.f('fk_sanctions_confirmed_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_sanctions_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['lifted_by_id'], ['memberships.id'], name=op.f('fk_sanctions_lifted_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['meeting_id'], ['meetings.id'], name=op.f('fk_sanctions_meeting_id_meetings'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['membership_id'], ['memberships.id'], name=op.f('fk_sanctions_membership_id_memberships'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sanctions')),
    sa.UniqueConstraint('public_id', name=op.f('uq_sanctions_public_id'))
    )
    with op.batch_alter_table('sanctions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sanctions_group_id'), ['group_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sanctions_membership_id'), ['membership_id'], unique=False)

    op.create_table('appeals',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('sanction_id', sa.Integer(), nullable=False),
    sa.Column('sealed_words', sa.LargeBinary(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.Column('sealed_answer', sa.LargeBinary(), nullable=True),
    sa.ForeignKeyConstraint(['decided_by_id'], ['memberships.id'], name=op.f('fk_appeals_decided_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_appeals_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['sanction_id'], ['sanctions.id'], name=op.f('fk_appeals_sanction_id_sanctions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_appeals')),
    sa.UniqueConstraint('public_id', name=op.f('uq_appeals_public_id')),
    sa.UniqueConstraint('sanction_id', name=op.f('uq_appeals_sanction_id'))
    )
    with op.batch_alter_table('appeals', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_appeals_group_id'), ['group_id'], unique=False)

    op.create_table('incidents',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=20), nullable=False),
    sa.Column('group_id', sa.Integer(), nullable=False),
    sa.Column('sanction_id', sa.Integer(), nullable=False),
    sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('outcome', sa.String(length=12), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['groups.id'], name=op.f('fk_incidents_group_id_groups'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['memberships.id'], name=op.f('fk_incidents_reviewed_by_id_memberships'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['sanction_id'], ['sanctions.id'], name=op.f('fk_incidents_sanction_id_sanctions'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incidents')),
    sa.UniqueConstraint('public_id', name=op.f('uq_incidents_public_id')),
    sa.UniqueConstraint('sanction_id', name=op.f('uq_incidents_sanction_id'))
    )
    with op.batch_alter_table('incidents', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_incidents_group_id'), ['group_id'], unique=False)

    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.add_column(sa.Column('steward_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('barred_until', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('groups', schema=None) as batch_op:
        batch_op.add_column(sa.Column('questions', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('contact_agreement', sa.Integer(), nullable=True, server_default='3'))
        batch_op.add_column(sa.Column('closing_asked_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('closing_asked_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.add_column(sa.Column('barred_until', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('first_shared_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('rooms', schema=None) as batch_op:
        batch_op.add_column(sa.Column('for_whom', sa.String(length=80), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('more_agreements', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('guard', sa.String(length=10), nullable=False, server_default='usual'))
        batch_op.add_column(sa.Column('holds_first', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('locked_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('locked_why', sa.String(length=200), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('archived_by_id', sa.Integer(), nullable=True))

    for table, columns in (
        ('groups', ('questions', 'contact_agreement')),
        ('rooms', ('for_whom', 'more_agreements', 'guard', 'holds_first', 'locked_why')),
    ):
        with op.batch_alter_table(table, schema=None) as batch_op:
            for column in columns:
                batch_op.alter_column(column, server_default=None)

    _keep_the_log()


def _keep_the_log():
    """The log is added to and nothing else: the database refuses, whoever asks."""
    if op.get_bind().dialect.name == 'sqlite':
        for verb in ('UPDATE', 'DELETE'):
            op.execute(
                f"CREATE TRIGGER moderation_log_no_{verb.lower()} BEFORE {verb} ON moderation_log "
                "BEGIN SELECT RAISE(ABORT, 'the log is added to, never changed'); END"
            )
        op.execute(  # INSERT OR REPLACE would be a deletion no trigger hears of
            "CREATE TRIGGER moderation_log_no_replace BEFORE INSERT ON moderation_log "
            "WHEN NEW.id IN (SELECT id FROM moderation_log) "
            "BEGIN SELECT RAISE(ABORT, 'the log is added to, never changed'); END"
        )
        return
    op.execute(
        "CREATE FUNCTION moderation_log_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is added to, never changed'; END $$"
    )
    op.execute(
        "CREATE TRIGGER moderation_log_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON moderation_log "
        "FOR EACH STATEMENT EXECUTE FUNCTION moderation_log_stays()"
    )
