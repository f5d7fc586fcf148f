"""Frozen dataclasses to plain JSON values and back, by their own types."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from scenarios.document import Line

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """A dataclass as a list of its compared fields, a tuple as a list, everything else as it is."""
    if is_dataclass(value) and not isinstance(value, type):
        return [to_plain(getattr(value, one.name)) for one in fields(value) if one.compare]
    if isinstance(value, tuple):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], value: Any) -> T:
    """The dataclass that `to_plain` made a list of."""
    values: dict[str, Any] = {}
    of: Any = kind
    for (name, hint), plain in zip(compared(of), value, strict=True):
        values[name] = read_as(hint, plain)
    return kind(**values)


@cache
def compared(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind, localns={"Line": Line, "Where": tuple})
    return tuple((one.name, hints[one.name]) for one in fields(kind) if one.compare)


def read_as(hint: Any, plain: Any) -> Any:
    origin = get_origin(hint)
    if origin is Literal or plain is None:
        return plain
    if origin in (Union, types.UnionType):
        return read_as(next(one for one in get_args(hint) if one is not type(None)), plain)
    if origin is tuple:
        kinds = get_args(hint)
        if len(kinds) == 2 and kinds[1] is Ellipsis:
            return tuple(read_as(kinds[0], item) for item in plain)
        return tuple(read_as(one, item) for one, item in zip(kinds, plain, strict=True))
    return from_plain(hint, plain) if isinstance(hint, type) and is_dataclass(hint) else plain
