"""Everybody as CSV, one place in a team a row, in the columns that an import reads."""

from collections import Counter
from collections.abc import Iterator

from flask_babel import gettext as _
from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.admin.headings import Column
from training.teams.models import Membership, Team
from training.web.csv_cells import to_csv


def people_as_csv(session: Session) -> bytes:
    """All people by name, with their places of now. Two statements; no cell can become a formula."""
    return to_csv(_rows(session))


def _rows(session: Session) -> Iterator[list[str]]:
    # The headings are the import's own, in every language: the file must find its way back.
    columns = (Column.NAME, Column.EMAIL, Column.STAFF_NUMBER, Column.TEAM, Column.ROLE)
    yield [*(column.label for column in columns), _("Since"), _("State")]
    called = _called(session)
    now_in = and_(Membership.person_id == Person.id, Membership.left_at.is_(None))
    statement = (
        select(
            Person.name,
            Person.email,
            Person.staff_number,
            Membership.team_id,
            Membership.role,
            Membership.joined_at,
            Person.disabled_at,
            Person.password_hash.is_not(None),
        )
        .outerjoin(Membership, now_in)
        .order_by(Person.name, Person.id, Membership.id)
    )
    for name, email, number, team, role, since, disabled, has_password in session.execute(statement):
        state = _("disabled") if disabled else _("active") if has_password else _("not come in yet")
        day = since.date().isoformat() if since else ""
        yield [name, email or "", number or "", called.get(team, ""), role or "", day, state]


def _called(session: Session) -> dict[int, str]:
    """What each team is called in the file: its name, or its address where two have one name."""
    rows = session.execute(select(Team.id, Team.name, Team.slug)).all()
    count = Counter(row.name.casefold() for row in rows)
    return {row.id: row.name if count[row.name.casefold()] == 1 else row.slug for row in rows}
