"""`flask people …` and `flask audit …`: for whoever runs the site."""

from collections.abc import Callable
from typing import cast

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts import audit, service
from training.accounts.models import Person
from training.accounts.rules import NAME_LENGTH, clean_staff_number
from training.accounts.token_models import Invitation
from training.accounts.tokens import token_url
from training.clock import now
from training.database import db, transaction
from training.mail.addresses import AddressError, clean_address
from training.settings import Settings
from training.web.text_fields import is_plain, normal

people = AppGroup("people", help="People: invite them, list them.")
audit_log = AppGroup("audit", help="The audit log.")
ROLES = ("learner", "lead", "trainer", "admin")
TeamIds = Callable[[Session, str], int | None]


@people.command("create")
@click.option("--name", required=True, help="What they are called; they may change it.")
@click.option("--email", help="Their e-mail. One of --email and --staff-number is needed.")
@click.option("--staff-number", help="Their staff number, for people without a mailbox.")
@click.option("--role", type=click.Choice(ROLES), default="learner", show_default=True, help="What they are.")
@click.option("--team", help="The team's slug: needed for a lead, possible for a learner.")
def create(name: str, email: str | None, staff_number: str | None, role: str, team: str | None) -> None:
    """Invite a person. Prints a link that works once, within seven days, and makes their account."""
    if not email and not staff_number:
        raise click.UsageError("Give --email, --staff-number or both: they sign in with it.")
    if role == "lead" and not team:
        raise click.UsageError("A lead leads a team: give --team as well.")
    with transaction() as session:
        invitee = service.Invitee(
            name=_name(name),
            email=_address(email),
            staff_number=_number(staff_number),
            makes_trainer=role == "trainer",
            makes_admin=role == "admin",
            team_id=_team_id(session, team) if team else None,
            role="lead" if role == "lead" else "learner",
        )
        try:
            secret = service.invite(session, invitee, by=None, at=now())
        except service.AlreadyHereError:
            raise click.ClickException("Somebody has this e-mail or staff number already.") from None
    click.echo(token_url(_settings().base_url, "invitation", secret))


@people.command("list")
def list_people() -> None:
    """Everybody, and the invitations that wait."""
    for person in db.session().scalars(select(Person).order_by(Person.name, Person.id)):
        rights = [word for word, has in (("trainer", person.is_trainer), ("admin", person.is_admin)) if has]
        rights += ["disabled"] if person.disabled_at else []
        known_as = " ".join(value for value in (person.email, person.staff_number) if value)
        click.echo(f"{person.name}  {known_as}  {', '.join(rights)}".rstrip())
    waiting = select(Invitation).where(Invitation.used_at.is_(None), Invitation.expires_at > now())
    for invitation in db.session().scalars(waiting.order_by(Invitation.id)):
        known_as = invitation.email or invitation.staff_number or "(the first admin)"
        click.echo(
            f"{invitation.name}  {known_as}  invited, until {invitation.expires_at:%Y-%m-%d %H:%M} UTC"
        )


@people.command("first-admin")
def first_admin() -> None:
    """Print the link that makes the first admin; nothing once there is one. Of several, one can be used."""
    with transaction() as session:
        link = service.first_admin_link(session, _settings().base_url, now())
    click.echo(link or "There is an admin already.", err=link is None)


@audit_log.command("verify")
def verify_audit() -> None:
    """Read the whole log and compare every row with the one before it; exit status 1 where one differs."""
    found = audit.verify(db.session())
    if found.broken_at is not None:
        raise click.ClickException(f"Row {found.broken_at} does not follow from the one before it.")
    click.echo(f"{found.count} rows, unbroken. The last hash is {found.last_hash}")


def _name(text: str) -> str:
    name = " ".join(normal(text).split())
    if not name or len(name) > NAME_LENGTH or not is_plain(name):
        raise click.UsageError("--name should be one line of 1 to 120 characters.")
    return name


def _address(text: str | None) -> str | None:
    try:
        return clean_address(text).lower() if text else None
    except AddressError:
        raise click.UsageError("--email should be one address, such as ana@example.org.") from None


def _number(text: str | None) -> str | None:
    try:
        return clean_staff_number(text) if text else None
    except ValueError:
        raise click.UsageError("--staff-number may hold letters, digits and . / _ - only.") from None


def _team_id(session: Session, slug: str) -> int:
    find = cast("TeamIds | None", current_app.extensions["team_ids"])
    team_id = find(session, slug) if find else None
    if team_id is None:
        raise click.UsageError(f"There is no team “{slug}”.")
    return team_id


def _settings() -> Settings:
    return cast("Settings", current_app.extensions["settings"])
