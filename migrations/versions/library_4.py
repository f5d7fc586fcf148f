"""Pictures sent from the studio, by the name that texts call them.

Revision: library_4, after returns_2
"""

import sqlalchemy as sa
from alembic import op

revision = "library_4"
down_revision = "returns_2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "media_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("picture_name", sa.String(length=40), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["picture_name"], ["picture.name"], name=op.f("fk_media_file_picture_name_picture")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_media_file")),
        sa.UniqueConstraint("name", name=op.f("uq_media_file_name")),
    )


def downgrade() -> None:
    op.drop_table("media_file")
