"""People in bulk: files that wait for a word, invitations that wait, links to join, teams that are over.

Revision: teams_2, after tips_1
"""

import sqlalchemy as sa
from alembic import op

revision = "teams_2"
down_revision = "tips_1"
branch_labels = None
depends_on = None

_INDEXES = (
    ("ix_person_name_id", "person", ["name", "id"]),
    ("ix_audit_entry_actor", "audit_entry", ["actor"]),
    ("ix_audit_entry_action", "audit_entry", ["action"]),
    ("ix_audit_entry_at", "audit_entry", ["at"]),
    ("ix_membership_team_id", "membership", ["team_id"]),
)


def upgrade() -> None:
    for name, table, columns in _INDEXES:
        op.create_index(name, table, columns)
    with op.batch_alter_table("team") as batch_op:
        batch_op.add_column(sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.create_index(op.f("ix_invitation_person_id"), ["person_id"])
        batch_op.create_foreign_key(
            op.f("fk_invitation_person_id_person"), "person", ["person_id"], ["id"], ondelete="CASCADE"
        )
    op.create_table(
        "invitation_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("requested_by_id", sa.Integer(), nullable=True),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_invitation_request_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["requested_by_id"],
            ["person.id"],
            name=op.f("fk_invitation_request_requested_by_id_person"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation_request")),
        sa.UniqueConstraint("person_id", name=op.f("uq_invitation_request_person_id")),
    )
    op.create_table(
        "join_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["team_id"], ["team.id"], name=op.f("fk_join_link_team_id_team"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_join_link_made_by_id_person"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_join_link")),
        sa.UniqueConstraint("public_id", name=op.f("uq_join_link_public_id")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_join_link_token_hash")),
    )
    op.create_index(op.f("ix_join_link_team_id"), "join_link", ["team_id"])
    op.create_table(
        "people_import",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("uploaded_by_id", sa.Integer(), nullable=False),
        sa.Column("called", sa.String(length=120), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"],
            ["person.id"],
            name=op.f("fk_people_import_uploaded_by_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people_import")),
        sa.UniqueConstraint("public_id", name=op.f("uq_people_import_public_id")),
    )
    op.create_index(op.f("ix_people_import_uploaded_by_id"), "people_import", ["uploaded_by_id"])


def downgrade() -> None:
    op.drop_table("people_import")
    op.drop_table("join_link")
    op.drop_table("invitation_request")
    with op.batch_alter_table("invitation") as batch_op:
        batch_op.drop_constraint(op.f("fk_invitation_person_id_person"), type_="foreignkey")
        batch_op.drop_index(op.f("ix_invitation_person_id"))
        batch_op.drop_column("person_id")
    with op.batch_alter_table("team") as batch_op:
        batch_op.drop_column("archived_at")
    for name, table, _columns in reversed(_INDEXES):
        op.drop_index(name, table_name=table)
