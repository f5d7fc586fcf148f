"""Finished calls that their learners share with their leads.

Revision: attempts_1, after library_2
"""

import sqlalchemy as sa
from alembic import op

revision = 'attempts_1'
down_revision = 'library_2'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('share',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('shared_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_share_attempt_id_attempt')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_share'))
    )
    with op.batch_alter_table('share') as batch_op:
        batch_op.create_index(batch_op.f('ix_share_attempt_id'), ['attempt_id'])
        batch_op.create_index(
            'uq_share_live',
            ['attempt_id'],
            unique=True,
            sqlite_where=sa.text('ended_at IS NULL'),
            postgresql_where=sa.text('ended_at IS NULL'),
        )


def downgrade() -> None:
    op.drop_table('share')
