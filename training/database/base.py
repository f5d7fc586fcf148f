"""What every model inherits."""

import secrets
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, MetaData
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

_ALPHABET = b"23456789abcdefghjkmnpqrstuvwxyz"
# Random bytes become letters, each as often as the others: the few bytes that would tip it are left out.
_FAIR = 256 - 256 % len(_ALPHABET)
_LETTERS = bytes(_ALPHABET[byte % len(_ALPHABET)] for byte in range(256))
_UNFAIR = bytes(range(_FAIR, 256))


def new_public_id() -> str:
    """An unguessable name for a row in addresses: 16 characters, 79 bits, none easily misread."""
    letters = b""
    while len(letters) < 16:
        letters += secrets.token_bytes(20).translate(_LETTERS, _UNFAIR)
    return letters[:16].decode("ascii")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant. Goes in aware, comes out aware and in UTC, on both databases.

    SQLite drops an offset without a word, so a naive value is refused here instead of stored wrong.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Base(DeclarativeBase):
    """Our own declarative base: mypy sees it, and every constraint gets a name that a migration can drop."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UtcDateTime, dict[str, Any]: JSON}  # noqa: RUF012  # SQLAlchemy's own name
