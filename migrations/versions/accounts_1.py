"""Room in the audit log for the longest address that something published can have.

Revision: accounts_1, after hindsight_1
"""

import sqlalchemy as sa
from alembic import op

from training.database.insert_only import refuse_changes

revision = "accounts_1"
down_revision = "hindsight_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _widen(80, 100)


def downgrade() -> None:
    _widen(100, 80)


def _widen(before: int, after: int) -> None:
    with op.batch_alter_table("audit_entry") as batch_op:
        batch_op.alter_column(
            "subject",
            existing_type=sa.String(length=before),
            type_=sa.String(length=after),
            existing_nullable=False,
        )
    if op.get_bind().dialect.name == "sqlite":  # a batch there copies the table, and its triggers are gone
        refuse_changes(op.get_bind(), "audit_entry")
