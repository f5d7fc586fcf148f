"""Tables whose rows never change: the database itself refuses, on both kinds."""

from sqlalchemy import Connection, text

INSERT_ONLY = ("revision", "audit_entry")


def refuse_changes(connection: Connection, table: str) -> None:
    """Add the triggers that refuse UPDATE and DELETE on `table`. Used by migrations.

    A later batch migration of such a table on SQLite copies it and drops its triggers: call this again.
    """
    sentence = f"rows of {table} never change"
    if connection.dialect.name == "sqlite":
        for verb in ("UPDATE", "DELETE"):
            connection.execute(
                text(
                    f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table}"
                    f" BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
                )
            )
        return
    connection.execute(
        text(
            f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION '{sentence}'; END $$"
        )
    )
    connection.execute(
        text(
            f"CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )
    )


def allow_changes(connection: Connection, table: str) -> None:
    """Take the triggers away again, for a downgrade or before a batch migration."""
    if connection.dialect.name == "sqlite":
        for verb in ("update", "delete"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_{verb}"))
        return
    connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_no_change ON {table}"))
    connection.execute(text(f"DROP FUNCTION IF EXISTS {table}_refuse()"))
