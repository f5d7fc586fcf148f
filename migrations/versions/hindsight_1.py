"""What learners say back, stories from work, and decisions looked at again.

Revision: hindsight_1, after library_4
"""

import sqlalchemy as sa
from alembic import op

revision = 'hindsight_1'
down_revision = 'library_4'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recheck',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('correction_id', sa.Integer(), nullable=False),
    sa.Column('participant_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('choice', sa.Integer(), nullable=True),
    sa.Column('checked_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['correction_id'], ['correction.id'], name=op.f('fk_recheck_correction_id_correction')),
    sa.ForeignKeyConstraint(['participant_id'], ['participant.id'], name=op.f('fk_recheck_participant_id_participant')),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_recheck_revision_id_revision')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recheck')),
    sa.UniqueConstraint('correction_id', 'participant_id', name=op.f('uq_recheck_correction_id_participant_id'))
    )
    with op.batch_alter_table('recheck', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recheck_participant_id'), ['participant_id'], unique=False)

    op.create_table('remark',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('attempt_id', sa.Integer(), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('is_named', sa.Boolean(), nullable=False),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('answer', sa.String(length=600), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['attempt_id'], ['attempt.id'], name=op.f('fk_remark_attempt_id_attempt')),
    sa.ForeignKeyConstraint(['closed_by_id'], ['person.id'], name=op.f('fk_remark_closed_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_remark_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark')),
    sa.UniqueConstraint('attempt_id', 'number', name=op.f('uq_remark_attempt_id_number')),
    sa.UniqueConstraint('public_id', name=op.f('uq_remark_public_id'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index('ix_remark_closed_at', ['closed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_remark_person_id'), ['person_id'], unique=False)

    op.create_table('story',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('text', sa.String(length=400), nullable=False),
    sa.Column('told_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('draft_id', sa.Integer(), nullable=True),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('closed_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['closed_by_id'], ['person.id'], name=op.f('fk_story_closed_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['draft_id'], ['draft.id'], name=op.f('fk_story_draft_id_draft')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_story_person_id_person'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story')),
    sa.UniqueConstraint('public_id', name=op.f('uq_story_public_id'))
    )
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.create_index('ix_story_closed_at', ['closed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_story_draft_id'), ['draft_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_story_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.add_column(sa.Column('scene', sa.String(length=120), server_default='', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('correction', schema=None) as batch_op:
        batch_op.drop_column('scene')

    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_story_person_id'))
        batch_op.drop_index(batch_op.f('ix_story_draft_id'))
        batch_op.drop_index('ix_story_closed_at')

    op.drop_table('story')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_remark_person_id'))
        batch_op.drop_index('ix_remark_closed_at')

    op.drop_table('remark')
    with op.batch_alter_table('recheck', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_recheck_participant_id'))

    op.drop_table('recheck')
