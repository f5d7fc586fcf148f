"""Importing people: a file is read and compared with the site. Nothing is written here."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training.admin.known import read_known
from training.admin.people_in_file import gather
from training.admin.plan import Choices, Plan, Planner
from training.admin.rows import Problem, read_row
from training.admin.table import Table, read_table

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Preview:
    """A file as it was understood, and what it would change."""

    table: Table
    plan: Plan


def preview_file(
    session: Session, body: bytes, choices: Choices, tick: Tick = lambda _count: None
) -> Preview:
    """What the file would do now. Writes nothing. `tick` is told of rows as they are read.

    Raises UnreadableError where the file as a whole makes no sense; every other mistake is a problem of the
    plan, by its row.
    """
    table = read_table(body)
    entries, problems = [], list[Problem]()
    for count, row in enumerate(table.rows, 1):
        entry, wrong = read_row(row)
        problems += wrong
        if entry is not None:
            entries.append(entry)
        if count % 1000 == 0:
            tick(1000)
    tick(len(table.rows) % 1000)
    gathering = gather(entries)
    gathering.problems += problems
    return Preview(table, Planner(read_known(session, gathering.people), choices).compare(gathering))
