"""Importing people: a file is read and compared with the site. Nothing is written here."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from training.admin.known import read_known
from training.admin.people_in_file import Gathering, gather
from training.admin.plan import Choices, Plan, Planner
from training.admin.rows import Problem, read_row
from training.admin.table import Table, read_table

Tick = Callable[[int], None]


@dataclass(frozen=True)
class Preview:
    """A file as it was understood, and what it would change."""

    table: Table
    plan: Plan


@dataclass(frozen=True)
class ReadFile:
    """A file as it was understood, before it is compared with anything."""

    table: Table
    gathering: Gathering


def read_file(body: bytes, tick: Tick = lambda _count: None) -> ReadFile:
    """Understand a file. Asks the database nothing, so no lock need be held. `tick` is told of rows.

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
    return ReadFile(table, gathering)


def compare_file(session: Session, file: ReadFile, choices: Choices) -> Preview:
    """What the file would do now. Writes nothing."""
    known = read_known(session, file.gathering.people)
    return Preview(file.table, Planner(known, choices).compare(file.gathering))
