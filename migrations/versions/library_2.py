"""What the search of tips looks in: a full-text table on SQLite, a table with a vector on PostgreSQL.

Revision: library_2, after library_1
"""

from alembic import op

revision = 'library_2'
down_revision = 'library_1'
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute(
            'CREATE VIRTUAL TABLE search_tip USING fts5('
            "title, summary, body, item_id UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')"
        )
        return
    op.execute('CREATE TABLE search_tip (item_id integer PRIMARY KEY, words tsvector NOT NULL)')
    op.execute('CREATE INDEX ix_search_tip_words ON search_tip USING gin (words)')


def downgrade() -> None:
    op.execute('DROP TABLE search_tip')
