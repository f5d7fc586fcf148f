"""The weekly tip: who gets it, what was sent, what they answered.

Revision: tips_1, after jobs_1
"""

import sqlalchemy as sa
from alembic import op

revision = 'tips_1'
down_revision = 'jobs_1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('tip_confirmation',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_confirmation')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_tip_confirmation_token_hash'))
    )
    with op.batch_alter_table('tip_confirmation', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tip_confirmation_email'), ['email'], unique=False)

    op.create_table('tip_pause',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('paused_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('resumed_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_pause'))
    )
    op.create_table('tip_week',
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('skipped_at', sa.DateTime(timezone=True), nullable=True),
    sa.PrimaryKeyConstraint('year', 'week', name=op.f('pk_tip_week'))
    )
    op.create_table('subscription',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('email', sa.String(length=254), nullable=True),
    sa.Column('weekday', sa.Integer(), nullable=False),
    sa.Column('hour', sa.Integer(), nullable=False),
    sa.Column('time_zone', sa.String(length=60), nullable=True),
    sa.Column('paused_until', sa.Date(), nullable=True),
    sa.Column('began_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint('(person_id IS NULL) <> (email IS NULL)', name=op.f('ck_subscription_one_owner')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_subscription_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_subscription')),
    sa.UniqueConstraint('email', name=op.f('uq_subscription_email')),
    sa.UniqueConstraint('person_id', name=op.f('uq_subscription_person_id')),
    sa.UniqueConstraint('public_id', name=op.f('uq_subscription_public_id'))
    )
    op.create_table('tip_place',
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_tip_place_item_id_item')),
    sa.PrimaryKeyConstraint('item_id', name=op.f('pk_tip_place'))
    )
    op.create_table('tip_address_change',
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('new_email', sa.String(length=254), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_tip_address_change_subscription_id_subscription'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_address_change')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_tip_address_change_token_hash'))
    )
    with op.batch_alter_table('tip_address_change', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tip_address_change_subscription_id'), ['subscription_id'], unique=False)

    op.create_table('tip_issue',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('week', sa.Integer(), nullable=False),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_tip_issue_item_id_item')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_tip_issue_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_issue')),
    sa.UniqueConstraint('public_id', name=op.f('uq_tip_issue_public_id')),
    sa.UniqueConstraint('year', 'week', name=op.f('uq_tip_issue_year_week'))
    )
    with op.batch_alter_table('tip_issue', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tip_issue_item_id'), ['item_id'], unique=False)

    op.create_table('tip_manage_link',
    sa.Column('subscription_id', sa.Integer(), nullable=False),
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_tip_manage_link_subscription_id_subscription'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_manage_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_tip_manage_link_token_hash'))
    )
    with op.batch_alter_table('tip_manage_link', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tip_manage_link_subscription_id'), ['subscription_id'], unique=False)

    op.create_table('tip_answer',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=True),
    sa.Column('participant_id', sa.Integer(), nullable=True),
    sa.Column('item_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('reply', sa.Integer(), nullable=False),
    sa.Column('band', sa.String(length=10), nullable=False),
    sa.Column('skills', sa.String(length=400), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['issue_id'], ['tip_issue.id'], name=op.f('fk_tip_answer_issue_id_tip_issue')),
    sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_tip_answer_item_id_item')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_tip_answer_participant_id_participant'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_tip_answer_revision_id_revision')),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_tip_answer_subscription_id_subscription'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_answer')),
    sa.UniqueConstraint('issue_id', 'subscription_id', name=op.f('uq_tip_answer_issue_id_subscription_id'))
    )
    with op.batch_alter_table('tip_answer', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tip_answer_participant_id'), ['participant_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_tip_answer_subscription_id'), ['subscription_id'], unique=False)

    op.create_table('tip_delivery',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('issue_id', sa.Integer(), nullable=False),
    sa.Column('subscription_id', sa.Integer(), nullable=True),
    sa.Column('tip_hash', sa.String(length=64), nullable=False),
    sa.Column('stop_hash', sa.String(length=64), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['issue_id'], ['tip_issue.id'], name=op.f('fk_tip_delivery_issue_id_tip_issue')),
    sa.ForeignKeyConstraint(['subscription_id'], ['subscription.id'], name=op.f('fk_tip_delivery_subscription_id_subscription'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_tip_delivery')),
    sa.UniqueConstraint('issue_id', 'subscription_id', name=op.f('uq_tip_delivery_issue_id_subscription_id')),
    sa.UniqueConstraint('stop_hash', name=op.f('uq_tip_delivery_stop_hash')),
    sa.UniqueConstraint('tip_hash', name=op.f('uq_tip_delivery_tip_hash'))
    )
    with op.batch_alter_table('tip_delivery', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_tip_delivery_subscription_id'), ['subscription_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('tip_delivery', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tip_delivery_subscription_id'))

    op.drop_table('tip_delivery')
    with op.batch_alter_table('tip_answer', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tip_answer_subscription_id'))
        batch_op.drop_index(batch_op.f('ix_tip_answer_participant_id'))

    op.drop_table('tip_answer')
    with op.batch_alter_table('tip_manage_link', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tip_manage_link_subscription_id'))

    op.drop_table('tip_manage_link')
    with op.batch_alter_table('tip_issue', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tip_issue_item_id'))

    op.drop_table('tip_issue')
    with op.batch_alter_table('tip_address_change', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tip_address_change_subscription_id'))

    op.drop_table('tip_address_change')
    op.drop_table('tip_place')
    op.drop_table('subscription')
    op.drop_table('tip_week')
    op.drop_table('tip_pause')
    with op.batch_alter_table('tip_confirmation', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_tip_confirmation_email'))

    op.drop_table('tip_confirmation')
