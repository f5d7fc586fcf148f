"""Lines that people keep for themselves.

Revision: attempts_2, after attempts_1
"""

import sqlalchemy as sa
from alembic import op

revision = "attempts_2"
down_revision = "attempts_1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=35), nullable=False),
        sa.Column("call", sa.String(length=200), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_phrase_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_phrase")),
        sa.UniqueConstraint("person_id", "text", name=op.f("uq_phrase_person_id_text")),
        sa.UniqueConstraint("public_id", name=op.f("uq_phrase_public_id")),
    )
    with op.batch_alter_table("phrase") as batch_op:
        batch_op.create_index(batch_op.f("ix_phrase_person_id"), ["person_id"])


def downgrade() -> None:
    op.drop_table("phrase")
