"""The database: what every model inherits, how a transaction is written, and which schema is served."""

from training.database.base import Base, UtcDateTime, new_public_id
from training.database.duplicates import is_duplicate
from training.database.engine import engine_options
from training.database.schema import is_of_later_release, schema_problem, serving_problem
from training.database.session import db, transaction

__all__ = [
    "Base",
    "UtcDateTime",
    "db",
    "engine_options",
    "is_duplicate",
    "is_of_later_release",
    "new_public_id",
    "schema_problem",
    "serving_problem",
    "transaction",
]
