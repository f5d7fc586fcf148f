"""Drafts with their saves, what the studio published, corrections, and the file that an item came from.

Revision: authoring_1, after discussion_1
"""

import sqlalchemy as sa
from alembic import op

revision = "authoring_1"
down_revision = "discussion_1"
branch_labels = None
depends_on = None

# Until now everything that is published came from a file.
CAME_FROM_FILES = """
UPDATE item SET file_hash = (
    SELECT revision.content_hash FROM publication JOIN revision ON revision.id = publication.revision_id
    WHERE publication.item_id = item.id AND publication.ended_at IS NULL
) WHERE EXISTS (
    SELECT 1 FROM publication WHERE publication.item_id = item.id AND publication.ended_at IS NULL
)
"""


def upgrade() -> None:
    op.add_column("item", sa.Column("file_hash", sa.String(64), server_default="", nullable=False))
    op.execute(CAME_FROM_FILES)
    _corrections()
    _drafts()
    _saves()
    _approvals()
    _publishings()


def _corrections() -> None:
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(400), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["item_id"], ["item.id"], name=op.f("fk_correction_item_id_item")),
        _person("made_by_id", "correction"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_item_id"), "correction", ["item_id"])


def _drafts() -> None:
    op.create_table(
        "draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(16), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("base_revision_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("preview", sa.Text(), nullable=False),
        sa.Column("preview_version", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by_id", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["base_revision_id"], ["revision.id"], name=op.f("fk_draft_base_revision_id_revision")
        ),
        _person("begun_by_id", "draft"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_draft_public_id")),
    )
    is_open = sa.text("closed_at IS NULL")
    op.create_index(
        "uq_draft_open",
        "draft",
        ["kind", "slug"],
        unique=True,
        sqlite_where=is_open,
        postgresql_where=is_open,
    )


def _saves() -> None:
    op.create_table(
        "draft_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("how", sa.String(10), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("saved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_draft_save_draft_id_draft")),
        _person("saved_by_id", "draft_save"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_save")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_draft_save_draft_id_number")),
    )


def _approvals() -> None:
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_approval_draft_id_draft")),
        _person("approved_by_id", "approval"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint(
            "draft_id", "number", "approved_by_id", name=op.f("uq_approval_draft_id_number_approved_by_id")
        ),
    )


def _publishings() -> None:
    op.create_table(
        "publishing",
        sa.Column("publication_id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(400), nullable=False),
        sa.Column("published_by_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["publication_id"], ["publication.id"], name=op.f("fk_publishing_publication_id_publication")
        ),
        sa.ForeignKeyConstraint(["draft_id"], ["draft.id"], name=op.f("fk_publishing_draft_id_draft")),
        _person("published_by_id", "publishing"),
        sa.PrimaryKeyConstraint("publication_id", name=op.f("pk_publishing")),
    )


def _person(column: str, table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_{column}_person")
    return sa.ForeignKeyConstraint([column], ["person.id"], name=name, ondelete="SET NULL")


def downgrade() -> None:
    for table in ("publishing", "approval", "draft_save", "draft", "correction"):
        op.drop_table(table)
    op.drop_column("item", "file_hash")
