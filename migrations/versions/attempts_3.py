"""Where learners asked for a hint.

Revision: attempts_3, after attempts_2
"""

import sqlalchemy as sa
from alembic import op

revision = "attempts_3"
down_revision = "attempts_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hint_asked",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempt.id"], name=op.f("fk_hint_asked_attempt_id_attempt")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hint_asked")),
        sa.UniqueConstraint("attempt_id", "number", name=op.f("uq_hint_asked_attempt_id_number")),
    )


def downgrade() -> None:
    op.drop_table("hint_asked")
