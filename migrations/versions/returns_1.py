"""Decisions that come back.

Revision: returns_1, after huddles_1
"""

import sqlalchemy as sa
from alembic import op

revision = 'returns_1'
down_revision = 'huddles_1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'return_card',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('public_id', sa.String(length=16), nullable=False),
        sa.Column('participant_id', sa.Integer(), nullable=False),
        sa.Column('skill', sa.String(length=80), nullable=False),
        sa.Column('stability', sa.Double(), nullable=False),
        sa.Column('difficulty', sa.Double(), nullable=False),
        sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('due_on', sa.Date(), nullable=False),
        sa.Column('missed_item_id', sa.Integer(), nullable=False),
        sa.Column('item_id', sa.Integer(), nullable=True),
        sa.Column('revision_id', sa.Integer(), nullable=True),
        sa.Column('waits_since', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reply', sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ['participant_id'],
            ['participant.id'],
            name=op.f('fk_return_card_participant_id_participant'),
            ondelete='CASCADE',
        ),
        sa.ForeignKeyConstraint(['missed_item_id'], ['item.id'], name=op.f('fk_return_card_missed_item_id_item')),
        sa.ForeignKeyConstraint(['item_id'], ['item.id'], name=op.f('fk_return_card_item_id_item')),
        sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_return_card_revision_id_revision')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_return_card')),
        sa.UniqueConstraint('participant_id', 'skill', name=op.f('uq_return_card_participant_id_skill')),
        sa.UniqueConstraint('public_id', name=op.f('uq_return_card_public_id')),
    )
    op.create_index('ix_return_card_due_on', 'return_card', ['due_on'])
    op.create_table(
        'return_answer_taken',
        sa.Column('source', sa.String(length=10), nullable=False),
        sa.Column('answer_id', sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint('source', 'answer_id', name=op.f('pk_return_answer_taken')),
    )


def downgrade() -> None:
    op.drop_table('return_answer_taken')
    op.drop_table('return_card')
