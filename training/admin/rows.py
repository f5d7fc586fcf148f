"""What one row of a file says of one person, and what is wrong with it. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from training.accounts.rules import NAME_LENGTH, clean_staff_number
from training.admin.headings import Column
from training.admin.table import Row
from training.mail.addresses import MAX_LENGTH, AddressError, clean_address
from training.teams.models import Role
from training.teams.rules import LONGEST_NAME
from training.web.csv_cells import safe_cell
from training.web.text_fields import can_be_seen, is_plain

_ROLES = {
    "": None,
    "learner": Role.LEARNER,
    "member": Role.LEARNER,
    "lead": Role.LEAD,
    "teamlead": Role.LEAD,
    "leader": Role.LEAD,
    "trainer": Role.TRAINER,
}
# Looked up only where something is wrong: five translations a row would be most of the reading.
_WHAT = {
    Column.NAME: _l("The name"),
    Column.EMAIL: _l("The e-mail address"),
    Column.STAFF_NUMBER: _l("The staff number"),
    Column.TEAM: _l("The team"),
    Column.ROLE: _l("The role"),
}


@dataclass(frozen=True)
class Problem:
    """What to mend. `row` is 0 where it is not of one row alone."""

    row: int
    words: str


@dataclass(frozen=True)
class Entry:
    """A row that makes sense by itself. `name` "" and `role` None leave somebody who is here as they are."""

    number: int
    name: str
    email: str | None
    staff_number: str | None
    team: str
    role: Role | None


class RowError(ValueError):
    """What is wrong with a cell, in words for whoever made the file."""


def read_row(row: Row) -> tuple[Entry | None, list[Problem]]:
    """The row's entry, or everything that is wrong with it."""
    problems: list[Problem] = []

    def taken(read: Callable[[Row], str | None]) -> str | None:
        try:
            return read(row)
        except RowError as wrong:
            problems.append(Problem(row.number, str(wrong)))
            return None

    name, email = taken(_name), taken(_email)
    number, team, role = taken(_staff_number), taken(_team), taken(_role)
    if problems:
        return None, problems
    if not email and not number:
        return None, [Problem(row.number, _("There is neither an e-mail address nor a staff number."))]
    if role and not team:
        return None, [Problem(row.number, _("There is a role but no team to have it in."))]
    found = _ROLES[role or ""]
    return Entry(row.number, name or "", email or None, number or None, team or "", found), []


def _name(row: Row) -> str:
    both = f"{row[Column.FIRST_NAME]} {row[Column.LAST_NAME]}"
    name = " ".join((row[Column.NAME] or both).split())
    _check(name, Column.NAME, NAME_LENGTH)
    return name


def _email(row: Row) -> str:
    text = row[Column.EMAIL]
    if text.count("@") > 1:
        raise RowError(_("There is more than one e-mail address. Keep one."))
    _check(text, Column.EMAIL, MAX_LENGTH)
    try:
        return clean_address(text).lower() if text else ""
    except AddressError:
        raise RowError(_("“%(text)s” is not an e-mail address.", text=text)) from None


def _staff_number(row: Row) -> str:
    text = row[Column.STAFF_NUMBER]
    _check(text, Column.STAFF_NUMBER, 80)
    try:
        return clean_staff_number(text) if text else ""
    except ValueError:
        raise RowError(
            _("“%(text)s” is not a staff number: up to 40 letters, digits and . / _ - only.", text=text)
        ) from None


def _team(row: Row) -> str:
    name = " ".join(row[Column.TEAM].split())
    _check(name, Column.TEAM, LONGEST_NAME)
    return name


def _role(row: Row) -> str:
    text = row[Column.ROLE]
    _check(text, Column.ROLE, 80)
    role = "".join(letter for letter in text.casefold() if letter.isalnum())
    if role not in _ROLES:
        raise RowError(_("“%(text)s” is not a role. Write learner, lead or trainer.", text=text))
    return role


def _check(text: str, column: Column, longest: int) -> None:
    """One line that is shown as it is, that no spreadsheet runs, and that fits."""
    if not text:
        return
    if not (text.isascii() and text.isprintable()) and not (is_plain(text) and can_be_seen(text)):
        raise RowError(_("%(what)s holds characters that cannot be seen. Type it anew.", what=_WHAT[column]))
    if safe_cell(text.lstrip("'")) != text.lstrip("'"):
        raise RowError(_("%(what)s begins like a formula (= + - @).", what=_WHAT[column]))
    if len(text) > longest:
        raise RowError(_("%(what)s is longer than %(most)s characters.", what=_WHAT[column], most=longest))
