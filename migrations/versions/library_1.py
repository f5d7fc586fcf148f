"""What lists choose published items by: portrait, topics, and what each refers to.

Revision: library_1, after teams_1
"""

import sqlalchemy as sa
from alembic import op

revision = 'library_1'
down_revision = 'teams_1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('publication') as batch_op:
        batch_op.add_column(sa.Column('portrait', sa.String(length=40), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('topics', sa.String(length=400), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('refers_to', sa.Text(), nullable=False, server_default=''))


def downgrade() -> None:
    with op.batch_alter_table('publication') as batch_op:
        batch_op.drop_column('refers_to')
        batch_op.drop_column('topics')
        batch_op.drop_column('portrait')
