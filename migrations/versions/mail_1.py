"""Mailings, what goes into their slots, and addresses that get nothing more.

Revision: mail_1, after authoring_1
"""

import sqlalchemy as sa
from alembic import op

revision = 'mail_1'
down_revision = 'authoring_1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'mailing',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.String(length=16), nullable=False),
        sa.Column('key', sa.String(length=60), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('subject', sa.String(length=250), nullable=False),
        sa.Column('text', sa.Text(), nullable=False),
        sa.Column('html', sa.Text(), nullable=False),
        sa.Column('unsubscribe_url', sa.String(length=500), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing')),
        sa.UniqueConstraint('key', name=op.f('uq_mailing_key')),
        sa.UniqueConstraint('public_id', name=op.f('uq_mailing_public_id')),
    )
    op.create_index(op.f('ix_mailing_created_at'), 'mailing', ['created_at'])
    op.create_table(
        'address_key',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('secret', sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_address_key')),
    )
    op.create_table(
        'suppression',
        sa.Column('address_hash', sa.String(length=64), nullable=False),
        sa.Column('purpose', sa.String(length=40), nullable=False),
        sa.Column('reason', sa.String(length=120), nullable=False),
        sa.Column('since', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('address_hash', 'purpose', name=op.f('pk_suppression')),
    )
    op.create_table(
        'address_trouble',
        sa.Column('address_hash', sa.String(length=64), nullable=False),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('last_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('address_hash', name=op.f('pk_address_trouble')),
    )
    op.create_table(
        'mail_pace',
        sa.Column('key', sa.String(length=260), nullable=False),
        sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('count', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_mail_pace')),
    )
    with op.batch_alter_table('message') as batch:
        batch.add_column(sa.Column('address_hash', sa.String(length=64), nullable=True))
        batch.add_column(sa.Column('mailing_id', sa.Integer(), nullable=True))
        batch.add_column(sa.Column('token_values', sa.JSON(none_as_null=True), nullable=True))
        batch.add_column(sa.Column('priority', sa.Integer(), nullable=False, server_default='0'))
        batch.create_foreign_key(op.f('fk_message_mailing_id_mailing'), 'mailing', ['mailing_id'], ['id'])
        batch.drop_index('ix_message_state_not_before')
        batch.create_index('ix_message_state_priority_not_before', ['state', 'priority', 'not_before'])
        batch.create_index('ix_message_mailing_id_state', ['mailing_id', 'state'])
        batch.create_index(op.f('ix_message_address_hash'), ['address_hash'])
    with op.batch_alter_table('message') as batch:
        batch.alter_column('priority', server_default=None)


def downgrade() -> None:
    with op.batch_alter_table('message') as batch:
        batch.drop_constraint(op.f('fk_message_mailing_id_mailing'), type_='foreignkey')
        batch.drop_index(op.f('ix_message_address_hash'))
        batch.drop_index('ix_message_mailing_id_state')
        batch.drop_index('ix_message_state_priority_not_before')
        batch.create_index('ix_message_state_not_before', ['state', 'not_before'])
        for name in ('priority', 'token_values', 'mailing_id', 'address_hash'):
            batch.drop_column(name)
    for table in ('mail_pace', 'address_trouble', 'suppression', 'address_key', 'mailing'):
        op.drop_table(table)
