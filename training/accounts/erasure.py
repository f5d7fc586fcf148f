"""What features do when somebody is erased, beside what the database does by its own rules."""

from collections.abc import Callable
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.orm import Session

# Called with the person's id, in the transaction that erases them, while they are still there.
OnErase = Callable[[Session, int, datetime], None]


def on_erase(app: Flask, hook: OnErase) -> None:
    """Have `hook` clear what a feature keeps of people in words, or under a name that is no key."""
    app.extensions.setdefault("on_erase", []).append(hook)


def erase_hooks() -> list[OnErase]:
    found: list[OnErase] = current_app.extensions.get("on_erase", [])
    return found
