"""The pictures that lessons show.

Revision: library_3, after attempts_3
"""

import sqlalchemy as sa
from alembic import op

revision = 'library_3'
down_revision = 'attempts_3'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'picture',
        sa.Column('name', sa.String(length=40), nullable=False),
        sa.Column('mimetype', sa.String(length=20), nullable=False),
        sa.Column('body', sa.LargeBinary(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('name', name=op.f('pk_picture')),
    )


def downgrade() -> None:
    op.drop_table('picture')
