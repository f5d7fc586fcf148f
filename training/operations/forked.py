"""A forked worker starts without its parent's database connections.

The server forks its workers from the process that prepared the database. Two processes that speak through one
connection read each other's answers on PostgreSQL, and lose each other's locks on SQLite.
"""

from __future__ import annotations

import os
from weakref import WeakSet

from flask import Flask
from sqlalchemy import Engine, Pool

from training.database import db

_engines: WeakSet[Engine] = WeakSet()
# Closing a connection here would end it for the parent too, so a child keeps them, unused, until it ends.
_left_alone: list[Pool] = []


def init(app: Flask) -> None:
    """Have this app's engine begin anew in every forked child."""
    with app.app_context():
        _engines.add(db.engine)


def _begin_anew() -> None:
    for engine in list(_engines):
        _left_alone.append(engine.pool)
        engine.dispose(close=False)


os.register_at_fork(after_in_child=_begin_anew)
