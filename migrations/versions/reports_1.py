"""Which reminders went out, and every team in totals.

Revision: reports_1, after attempts_4
"""

import sqlalchemy as sa
from alembic import op

revision = "reports_1"
down_revision = "attempts_4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"],
            ["assignment.id"],
            name=op.f("fk_reminder_assignment_id_assignment"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "person_id",
            "assignment_id",
            "due_on",
            "stage",
            name=op.f("uq_reminder_person_id_assignment_id_due_on_stage"),
        ),
    )
    with op.batch_alter_table("reminder") as batch_op:
        batch_op.create_index(op.f("ix_reminder_assignment_id"), ["assignment_id"])
    op.create_table(
        "team_total",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        *[
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("people", "asked", "late", "finished", "checked", "first_tries", "first_passed")
        ],
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_team_total_team_id_team"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("team_id", name=op.f("pk_team_total")),
    )


def downgrade() -> None:
    op.drop_table("team_total")
    op.drop_table("reminder")
