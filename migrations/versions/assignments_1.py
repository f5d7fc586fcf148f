"""Asking a role or one person, days after joining, more time, a new check; a team's own time zone.

Revision: assignments_1, after library_3
"""

import sqlalchemy as sa
from alembic import op

from training.database import new_public_id

revision = "assignments_1"
down_revision = "library_3"
branch_labels = None
depends_on = None

_OPEN_TO_MANY = sa.text("withdrawn_at IS NULL AND asked_of <> 'person'")
_OPEN_TO_ONE = sa.text("withdrawn_at IS NULL AND asked_of = 'person'")
_OPEN = sa.text("withdrawn_at IS NULL")


def upgrade() -> None:
    with op.batch_alter_table("team") as batch_op:
        batch_op.add_column(sa.Column("time_zone", sa.String(length=64), nullable=False, server_default=""))
    _widen_assignment()
    for name, what, who, when in (
        ("extension", sa.Column("due_on", sa.Date(), nullable=False), "given_by_id", "given_at"),
        ("check_allowance", sa.Column("scenario_id", sa.Integer(), nullable=False), "allowed_by_id", "allowed_at"),
    ):
        _create_for_one_person(name, what, who, when)


def _widen_assignment() -> None:
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.add_column(sa.Column("public_id", sa.String(length=16), nullable=True))
        batch_op.add_column(
            sa.Column("asked_of", sa.String(length=10), nullable=False, server_default="learner")
        )
        batch_op.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("due_after_days", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("coaching", sa.String(length=5), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_by_id", sa.Integer(), nullable=True))
    assignment = sa.table("assignment", sa.column("id"), sa.column("public_id"))
    for id_ in op.get_bind().execute(sa.select(assignment.c.id)).scalars().all():
        op.execute(sa.update(assignment).where(assignment.c.id == id_).values(public_id=new_public_id()))
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.alter_column("public_id", existing_type=sa.String(length=16), nullable=False)
        batch_op.create_unique_constraint(op.f("uq_assignment_public_id"), ["public_id"])
        for column in ("person_id", "withdrawn_by_id"):
            batch_op.create_foreign_key(
                op.f(f"fk_assignment_{column}_person"), "person", [column], ["id"], ondelete="SET NULL"
            )
        batch_op.drop_index("uq_assignment_open")
        batch_op.create_index(
            "uq_assignment_open",
            ["team_id", "module_id", "asked_of"],
            unique=True,
            sqlite_where=_OPEN_TO_MANY,
            postgresql_where=_OPEN_TO_MANY,
        )
        batch_op.create_index(
            "uq_assignment_open_person",
            ["team_id", "module_id", "person_id"],
            unique=True,
            sqlite_where=_OPEN_TO_ONE,
            postgresql_where=_OPEN_TO_ONE,
        )


def _create_for_one_person(name: str, what: sa.Column[object], who: str, when: str) -> None:
    """A table of what one person was given on top of an assignment: what, by whom, when."""
    keys = [
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignment.id"], name=op.f(f"fk_{name}_assignment_id_assignment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f(f"fk_{name}_person_id_person"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint([who], ["person.id"], name=op.f(f"fk_{name}_{who}_person"), ondelete="SET NULL"),
    ]
    if what.name == "scenario_id":
        keys.append(
            sa.ForeignKeyConstraint([what.name], ["item.id"], name=op.f(f"fk_{name}_scenario_id_item"))
        )
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assignment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        what,
        sa.Column(who, sa.Integer(), nullable=True),
        sa.Column(when, sa.DateTime(timezone=True), nullable=False),
        *keys,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
    )
    with op.batch_alter_table(name) as batch_op:
        for column in ("assignment_id", "person_id"):
            batch_op.create_index(op.f(f"ix_{name}_{column}"), [column])


def downgrade() -> None:
    op.drop_table("check_allowance")
    op.drop_table("extension")
    with op.batch_alter_table("assignment") as batch_op:
        batch_op.drop_index("uq_assignment_open_person")
        batch_op.drop_index("uq_assignment_open")
        for column in ("person_id", "withdrawn_by_id"):
            batch_op.drop_constraint(op.f(f"fk_assignment_{column}_person"), type_="foreignkey")
        batch_op.drop_constraint(op.f("uq_assignment_public_id"), type_="unique")
        for column in (
            "withdrawn_by_id",
            "coaching",
            "due_after_days",
            "person_id",
            "asked_of",
            "public_id",
        ):
            batch_op.drop_column(column)
        batch_op.create_index(
            "uq_assignment_open",
            ["team_id", "module_id"],
            unique=True,
            sqlite_where=_OPEN,
            postgresql_where=_OPEN,
        )
    with op.batch_alter_table("team") as batch_op:
        batch_op.drop_column("time_zone")
