"""Keep the desk card as it is shown, so that no request renders Markdown.

Revision: teams_1, after 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "teams_1"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("team") as batch_op:
        batch_op.add_column(sa.Column("desk_card_html", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("team") as batch_op:
        batch_op.drop_column("desk_card_html")
