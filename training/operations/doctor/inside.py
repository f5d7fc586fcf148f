"""What the database says: can it be used, is the clock right, does mail leave, is there a backup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import cast

from flask import Flask
from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from training.accounts.models import AuditEntry, Person, SignInSession
from training.attempts.models import Step
from training.database import db, is_of_later_release, serving_problem
from training.jobs import jobs_of
from training.jobs.queries import list_standings
from training.mail.mailbox import open_mailbox
from training.mail.models import Message, MessageState, Priority
from training.mail.transport import AwayError, open_transport
from training.operations.backups.shelf import list_backups
from training.operations.doctor.finding import Finding, advice, well, wrong
from training.settings import Settings

CLOCKS_APART = timedelta(seconds=5)
FROM_THE_FUTURE = timedelta(minutes=2)
MAIL_WAITS = timedelta(hours=1)
NOT_ARRIVED = (MessageState.FAILED, MessageState.RETURNED, MessageState.UNCERTAIN)
_HOSTS = "SELECT count(DISTINCT client_addr) FROM pg_stat_activity WHERE datname = current_database()"
BACKUP_OLD, BACKUP_TOO_OLD = timedelta(hours=30), timedelta(days=3)


def look_at_database(app: Flask) -> Iterator[Finding]:
    """Reachable, sound, of the right schema, with content; the first that is not hides the rest."""
    about = "database"
    try:
        with db.engine.connect() as connection:
            problem = serving_problem(connection)
            is_later = is_of_later_release(connection)
            damage = _damage(connection)
    except SQLAlchemyError as error:
        yield wrong(
            about,
            f"it cannot be reached ({str(getattr(error, 'orig', error)).splitlines()[0]}).",
            "Is it running, and is TRAINING_DATABASE_URL right?",
        )
        return
    if damage:
        yield wrong(
            about,
            f"it is damaged: {damage}.",
            "Stop the site, then restore the newest sound backup.",
        )
        return
    if problem:
        mend = "Use the code of that release." if is_later else "flask --app app db upgrade"
        yield wrong(about, problem, mend)
        return
    if is_later:
        yield advice(
            about,
            "sound, and of a later release: this code can serve on it.",
            "Bring that release to this host too, before the next one.",
        )
    else:
        yield well(about, "sound, and of the schema that this code needs.")
    for check in cast("list[Callable[[], str | None]]", app.extensions["readiness"]):
        if said := check():
            yield wrong("content", said, "flask --app app content import")


def _damage(connection: Connection) -> str:
    if connection.dialect.name != "sqlite":
        return ""
    said = str(connection.execute(text("PRAGMA quick_check(1)")).scalar())
    return "" if said == "ok" else said


def look_at_hosts(session: Session, settings: Settings) -> Iterator[Finding]:
    """Several hosts must sign alike: a form that one gave out is sent to another."""
    if settings.secret_key or session.get_bind().dialect.name != "postgresql":
        return
    count = session.scalar(text(_HOSTS)) or 0
    if count > 1:
        yield wrong(
            "hosts",
            f"{count} hosts use this database, and this one signs forms with a key of its own.",
            "Set TRAINING_SECRET_KEY to the same on all.",
        )


def look_at_clock(session: Session, at: datetime) -> Iterator[Finding]:
    """The database's clock, and what was written: nothing of it can be from the future."""
    about = "clock"
    if session.get_bind().dialect.name == "postgresql":
        theirs = session.execute(select(func.clock_timestamp())).scalar_one()
        if abs(theirs - at) > CLOCKS_APART:
            apart = abs((theirs - at).total_seconds())
            yield wrong(
                about,
                f"this computer and the database's are {apart:.0f} s apart.",
                "Run a time service (chrony, systemd-timesyncd) on both.",
            )
            return
    newest = [
        session.execute(select(func.max(column))).scalar()
        for column in (Step.answered_at, AuditEntry.at, SignInSession.seen_at)
    ]
    latest = max((one for one in newest if one), default=at)
    if latest - at > FROM_THE_FUTURE:
        yield wrong(
            about,
            f"something was written at {latest:%Y-%m-%d %H:%M} UTC, and it is {at:%Y-%m-%d %H:%M} UTC now.",
            "The clock was ahead then, or is behind now. Run a time service.",
        )
        return
    yield well(about, f"{at:%Y-%m-%d %H:%M:%S} UTC.")


def look_at_mail(session: Session, settings: Settings, at: datetime) -> Iterator[Finding]:
    """Can the server be reached and signed in to (nothing is sent), and does anything wait?"""
    about = "mail"
    try:
        with open_transport(settings):
            pass
    except AwayError as problem:
        yield wrong(about, str(problem), "Check TRAINING_SMTP_URL, the network and the password.")
    else:
        where = "the SMTP server answers" if settings.smtp_url else f"files in {settings.instance / 'outbox'}"
        if settings.smtp_url or settings.is_local:
            yield well(about, f"{where}.")
        else:
            yield advice(about, f"{where}: nobody gets a link.", "Set TRAINING_SMTP_URL.")
    yield from _look_at_bounces(settings)
    waiting = session.execute(
        select(func.count()).where(
            Message.state == MessageState.QUEUED,
            Message.priority != Priority.HELD,
            Message.not_before < at - MAIL_WAITS,
        )
    ).scalar_one()
    if waiting:
        yield wrong(about, f"{waiting} mails wait for more than an hour.", "flask --app app jobs run --once")
    stuck = session.execute(select(func.count()).where(Message.state.in_(NOT_ARRIVED))).scalar_one()
    if stuck:
        yield advice(
            about, f"{stuck} mails failed, came back or may not have arrived.", "flask --app app mail list"
        )
    demo = session.execute(select(func.count()).where(Person.is_demo)).scalar_one()
    if demo and not settings.is_local:
        yield wrong("people", f"{demo} fictional people are here.", "flask --app app demo leave")


def _look_at_bounces(settings: Settings) -> Iterator[Finding]:
    """Can the mailbox of what came back be read, where there is one?"""
    if not settings.bounces_url:
        return
    about = "mail"
    try:
        with open_mailbox(settings) as mailbox:
            unread = len(mailbox.unread())
    except AwayError as problem:
        yield wrong(about, str(problem), "Check TRAINING_BOUNCES_URL, the network and the password.")
    else:
        yield well(about, f"the mailbox of what came back answers ({unread} unread).")


def look_at_jobs(app: Flask, session: Session, at: datetime) -> Iterator[Finding]:
    """Is what should be done again and again being done, and does it end well?"""
    about, mend = "jobs", "Start `flask --app app jobs run`; `flask serve` does it by itself."
    standings = list_standings(session, jobs_of(app), at)
    if all(one.finished_at is None and one.failed_at is None for one in standings):
        settings = cast("Settings", app.extensions["settings"])
        yield (advice if settings.is_local else wrong)(about, "none has ever run: no mail leaves.", mend)
        return
    if late := [one.name for one in standings if one.is_late]:
        yield wrong(about, f"late: {', '.join(late)}.", mend)
    for one in standings:
        if one.fails:
            yield wrong(about, f"{one.name} {one.said}.", "Look the reference up in the log.")
    if not late and not any(one.fails for one in standings):
        yield well(about, f"{len(standings)} are done in time.")


def look_at_backups(settings: Settings, at: datetime) -> Iterator[Finding]:
    about, mend = "backups", "flask --app app backup create, every night"
    backups = list_backups(settings.backups)
    if not backups:
        yield (advice if settings.is_local else wrong)(about, f"there is none in {settings.backups}.", mend)
        return
    age = at - backups[0].made_at
    said = f"the newest is {age.total_seconds() / 3600:.0f} hours old ({len(backups)} in {settings.backups})."
    if age > BACKUP_TOO_OLD:
        yield wrong(about, said, mend)
    elif age > BACKUP_OLD:
        yield advice(about, said, mend)
    else:
        yield well(about, said)
