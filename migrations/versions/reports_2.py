"""Covering indexes for the pages of teams.

Revision: reports_2, after certificates_1
"""

from alembic import op

revision = "reports_2"
down_revision = "certificates_1"
branch_labels = None
depends_on = None

_READ_FOR_TEAMS = [
    "participant_id",
    "kind",
    "finished_at",
    "scenario_id",
    "team_id",
    "percent",
    "passed",
    "ending",
]


def upgrade() -> None:
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.create_index("ix_attempt_results", _READ_FOR_TEAMS)
        batch_op.drop_index("ix_attempt_participant_id")
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.create_index("ix_assignment_team_id", ["team_id"])


def downgrade() -> None:
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.drop_index("ix_assignment_team_id")
    with op.batch_alter_table("attempt") as batch_op:
        batch_op.create_index("ix_attempt_participant_id", ["participant_id"])
        batch_op.drop_index("ix_attempt_results")
