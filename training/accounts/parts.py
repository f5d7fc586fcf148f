"""Parts that features above add to a person's own account page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app


@dataclass(frozen=True)
class AccountPart:
    """A section of the account page: a template that is included, and the values it finds as `part`."""

    template: str
    values: Mapping[str, object]


def add_account_part(app: Flask, part: Callable[[], AccountPart]) -> None:
    """Show what `part` gives, for the viewer, on their own account page."""
    cast("list[Callable[[], AccountPart]]", app.extensions.setdefault("account_parts", [])).append(part)


def account_parts() -> list[AccountPart]:
    """Every part, for this viewer."""
    found = cast("list[Callable[[], AccountPart]]", current_app.extensions.get("account_parts", []))
    return [part() for part in found]
