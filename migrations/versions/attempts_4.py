"""When the coach speaks in an attempt; finished checks of a call found in the order in which they ended.

Revision: attempts_4, after mail_1
"""

import sqlalchemy as sa
from alembic import op

revision = "attempts_4"
down_revision = "mail_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.add_column(sa.Column("coaching", sa.String(length=5), nullable=True))
        batch_op.create_index("ix_attempt_scenario_kind", ["scenario_id", "kind", "finished_at"])


def downgrade() -> None:
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.drop_index("ix_attempt_scenario_kind")
        batch_op.drop_column("coaching")
