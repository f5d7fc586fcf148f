"""Huddles: what a team talked about, the votes while one is open, how it will be said.

Revision: huddles_1, after reports_1
"""

import sqlalchemy as sa
from alembic import op

revision = 'huddles_1'
down_revision = 'reports_1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('huddle',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('public_id', sa.String(length=16), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('revision_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('scene', sa.String(length=120), nullable=False),
    sa.Column('replies', sa.String(length=120), nullable=False),
    sa.Column('bands', sa.String(length=240), nullable=False),
    sa.Column('code', sa.String(length=8), nullable=True),
    sa.Column('made_by_id', sa.Integer(), nullable=True),
    sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closes_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revealed_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['made_by_id'], ['person.id'], name=op.f('fk_huddle_made_by_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['revision_id'], ['revision.id'], name=op.f('fk_huddle_revision_id_revision')),
    sa.ForeignKeyConstraint(['team_id'], ['team.id'], name=op.f('fk_huddle_team_id_team'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_huddle')),
    sa.UniqueConstraint('code', name=op.f('uq_huddle_code')),
    sa.UniqueConstraint('public_id', name=op.f('uq_huddle_public_id'))
    )
    with op.batch_alter_table('huddle', schema=None) as batch_op:
        batch_op.create_index('ix_huddle_closes_at', ['closes_at'], unique=False, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.create_index(batch_op.f('ix_huddle_team_id'), ['team_id'], unique=False)
        batch_op.create_index('uq_huddle_open', ['team_id'], unique=True, sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.create_table('huddle_count',
    sa.Column('huddle_id', sa.Integer(), nullable=False),
    sa.Column('way', sa.String(length=6), nullable=False),
    sa.Column('reply', sa.Integer(), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['huddle_id'], ['huddle.id'], name=op.f('fk_huddle_count_huddle_id_huddle'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('huddle_id', 'way', 'reply', name=op.f('pk_huddle_count'))
    )
    op.create_table('huddle_note',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('huddle_id', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=True),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['person.id'], name=op.f('fk_huddle_note_author_id_person'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['huddle_id'], ['huddle.id'], name=op.f('fk_huddle_note_huddle_id_huddle'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_huddle_note')),
    sa.UniqueConstraint('huddle_id', name=op.f('uq_huddle_note_huddle_id'))
    )
    with op.batch_alter_table('huddle_note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_huddle_note_author_id'), ['author_id'], unique=False)

    op.create_table('huddle_vote',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('huddle_id', sa.Integer(), nullable=False),
    sa.Column('browser_hash', sa.String(length=64), nullable=False),
    sa.Column('reply', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['huddle_id'], ['huddle.id'], name=op.f('fk_huddle_vote_huddle_id_huddle'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_huddle_vote')),
    sa.UniqueConstraint('huddle_id', 'browser_hash', name=op.f('uq_huddle_vote_huddle_id_browser_hash'))
    )


def downgrade() -> None:
    op.drop_table('huddle_vote')
    with op.batch_alter_table('huddle_note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_huddle_note_author_id'))

    op.drop_table('huddle_note')
    op.drop_table('huddle_count')
    with op.batch_alter_table('huddle', schema=None) as batch_op:
        batch_op.drop_index('uq_huddle_open', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))
        batch_op.drop_index(batch_op.f('ix_huddle_team_id'))
        batch_op.drop_index('ix_huddle_closes_at', sqlite_where=sa.text('closed_at IS NULL'), postgresql_where=sa.text('closed_at IS NULL'))

    op.drop_table('huddle')
