"""Writing the mails into the outbox: each once, however many processes do it, and wherever one is killed."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from training.assignments.queries import Member
from training.database import db, transaction
from training.errors import ConflictError
from training.mail.addresses import AddressError
from training.mail.composition import Composed, compose
from training.mail.models import Message
from training.mail.service import queue_composed
from training.reminders.models import Reminder
from training.reminders.queries import (
    Lead,
    Owed,
    TeamWeek,
    is_written,
    list_leads,
    people_to_remind,
    said_to,
    team_week,
)
from training.reminders.rules import week_of_mail
from training.reminders.words import how_far, what_to_say, when
from training.reports.words import headline
from training.viewer import Viewer


def write_reminders(at: datetime, quiet: Collection[int]) -> int:
    """Remind everybody whose time has come of all that is due; returns how many mails were written.

    One mail a person and day at most, and one for each thing and stage. Each is written in a transaction of
    its own together with what it reminds of, so a process that is killed leaves either all of it or nothing.
    """
    people = people_to_remind(db.session(), at, quiet)
    said = said_to(db.session(), people)
    waiting = [owed for owed in people if owed.not_in(said[owed.member.person_id])]
    return sum(_remind(owed, at) for owed in waiting)


def _remind(owed: Owed, at: datetime) -> bool:
    items = [
        {
            "title": one.module.title,
            "slug": one.module.slug,
            "when": when(one.due_on, one.cell.days),
            "how_far": how_far(one.cell),
        }
        for one in owed.owing
    ]
    mail = compose("reminder", {"name": owed.member.first_name, "modules": items})
    with transaction() as session:
        fresh = owed.not_in(said_to(session, [owed])[owed.member.person_id])  # again, under the lock
        key = f"reminder:{owed.member.public_id}:{owed.today.isoformat()}"
        if not fresh or not _queue(session, "reminder", owed.member.email, mail, key):
            return False
        session.add_all(
            Reminder(
                person_id=owed.member.person_id,
                assignment_id=one.module.assignment_id,
                due_on=one.due_on,
                stage=one.stage,
                written_at=at,
            )
            for one in fresh
        )
    return True


def write_monday_mails(at: datetime, quiet: Collection[int]) -> int:
    """Write each lead the mail of the week, by the clock of their first team; how many were written."""
    return sum(_write_week(lead, at, quiet) for lead in list_leads(db.session()))


def _write_week(lead: Lead, at: datetime, quiet: Collection[int]) -> bool:
    week = week_of_mail(at.astimezone(lead.teams[0].zone), quiet)
    key = f"monday:{lead.public_id}:{week.isoformat()}" if week else ""
    if not key or is_written(db.session(), key):
        return False
    weeks = [team_week(db.session(), team, at) for team in lead.teams]
    values = {"name": lead.first_name, "week": week, "teams": [_about(one) for one in weeks]}
    mail = compose("monday", values)
    with transaction() as session:
        return _queue(session, "monday", lead.email, mail, key)


class NudgedAlreadyError(ConflictError):
    """Once a day each is enough."""


def nudge(session: Session, member: Member, *, lead: Viewer, subject: str, words: str, today: date) -> bool:
    """Write to somebody in the lead's name, in the lead's words. False where that very mail is written.

    Raises NudgedAlreadyError where another one is.
    """
    mail = compose("nudge", {"lead": lead.name, "subject": subject, "words": words.splitlines()})
    key = f"nudge:{member.public_id}:{today.isoformat()}"
    if _queue(session, "nudge", member.email, mail, key):
        return True
    if session.scalar(select(Message.text).where(Message.dedupe_key == key)) == mail.text:
        return False
    raise NudgedAlreadyError(_("%(name)s had a nudge today already. Try again tomorrow.", name=member.name))


def _about(one: TeamWeek) -> dict[str, Any]:
    nudges = [(nudge, what_to_say(nudge.module.title, nudge.cell)) for nudge in one.report.nudges]
    return {
        "team": one.team,
        "finding": headline(one.report),
        "nudges": nudges,
        "finished": one.finished,
    }


def _queue(session: Session, purpose: str, to: str | None, mail: Composed, key: str) -> bool:
    """False where it was written before, or where there is nobody to write to."""
    try:
        return to is not None and queue_composed(
            session, purpose=purpose, to=to, composed=mail, dedupe_key=key
        )
    except AddressError:
        return False
