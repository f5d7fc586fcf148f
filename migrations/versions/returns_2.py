"""Decisions that come back, in the weekly mail of those who wish it.

Revision: returns_2, after reports_2
"""

import sqlalchemy as sa
from alembic import op

revision = "returns_2"
down_revision = "reports_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("subscription") as batch:
        batch.add_column(sa.Column("with_returns", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("subscription") as batch:
        batch.alter_column("with_returns", server_default=None)
    op.create_table(
        "return_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_id", sa.Integer(), nullable=False),
        sa.Column("revision_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["card_id"],
            ["return_card.id"],
            name=op.f("fk_return_mail_card_id_return_card"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["revision_id"], ["revision.id"], name=op.f("fk_return_mail_revision_id_revision")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_mail")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_return_mail_token_hash")),
    )
    op.create_index(op.f("ix_return_mail_card_id"), "return_mail", ["card_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_return_mail_card_id"), "return_mail")
    op.drop_table("return_mail")
    with op.batch_alter_table("subscription") as batch:
        batch.drop_column("with_returns")
