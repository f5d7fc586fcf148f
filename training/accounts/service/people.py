"""People: found by what they call themselves, changed, barred."""

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.models import Person
from training.accounts.rules import clean_identifier
from training.accounts.sessions import end_all_sessions
from training.accounts.token_models import EmailChange, Invitation, PasswordReset, SignInCode, SignInLink
from training.accounts.tokens import PersonToken, withdraw
from training.errors import InvalidError

_SIGN_IN_TOKENS: tuple[type[PersonToken], ...] = (
    SignInLink,
    PasswordReset,
    EmailChange,
    SignInCode,
    Invitation,
)


class LastAdminError(InvalidError):
    """The site would be left without anybody who may administer it."""


def find_by_identifier(session: Session, typed: str) -> Person | None:
    """The person whose e-mail or staff number was typed, unless they are disabled."""
    known = clean_identifier(typed)
    column = Person.email if "@" in known else Person.staff_number
    return session.scalar(select(Person).where(column == known, Person.disabled_at.is_(None)))


def find_namesake(session: Session, email: str | None, staff_number: str | None) -> Person | None:
    """Whoever has this e-mail or this staff number already, disabled or not."""
    same = (Person.email == email) if email else (Person.staff_number == staff_number)
    if email and staff_number:
        same = same | (Person.staff_number == staff_number)
    return session.scalar(select(Person).where(same).limit(1)) if email or staff_number else None


def rename_person(session: Session, person_id: int, name: str) -> None:
    """Call a person by another name."""
    session.get_one(Person, person_id).name = name
    session.flush()


def change_rights(
    session: Session, person: Person, *, is_trainer: bool, is_admin: bool, by: str, at: datetime
) -> None:
    """Give or take the rights of a trainer and an admin; signs the person out everywhere if they change.

    Raises LastAdminError.
    """
    if (person.is_trainer, person.is_admin) == (is_trainer, is_admin):
        return
    if not is_admin:
        _keep_an_admin(session, person)
    person.is_trainer, person.is_admin = is_trainer, is_admin
    sign_out_everywhere(session, person.id, at)
    action = f"rights: trainer {_word(is_trainer)}, admin {_word(is_admin)}"
    audit.append(session, actor=by, action=action, subject=person.public_id, at=at)


def disable_person(session: Session, person: Person, *, by: str, at: datetime) -> None:
    """Bar a person from now on: every session ends, every link and code is spent. Their history stays.

    Raises LastAdminError.
    """
    if person.disabled_at is not None:
        return
    _keep_an_admin(session, person)
    person.disabled_at = at
    end_all_sessions(session, person.id, at)
    withdraw_sign_in_tokens(session, person.id, at)
    audit.append(session, actor=by, action="person disabled", subject=person.public_id, at=at)


def enable_person(session: Session, person: Person, *, by: str, at: datetime) -> None:
    """Let a person in again; they sign in anew."""
    if person.disabled_at is None:
        return
    person.disabled_at = None
    audit.append(session, actor=by, action="person enabled", subject=person.public_id, at=at)


def sign_out_everywhere(session: Session, person_id: int, at: datetime) -> None:
    """Other rights are another sign-in. A code that a lead issued before must not open the new ones."""
    end_all_sessions(session, person_id, at)
    withdraw(session, SignInCode, person_id, at)


def withdraw_sign_in_tokens(session: Session, person_id: int, at: datetime) -> None:
    """Spend every live link and code of a person."""
    for kind in _SIGN_IN_TOKENS:
        withdraw(session, kind, person_id, at)


def _keep_an_admin(session: Session, person: Person) -> None:
    """Refuse what would leave the site without an admin; two admins who do it at once wait for each other."""
    if not person.is_admin:
        return
    able = select(Person.id).where(Person.is_admin, Person.disabled_at.is_(None)).order_by(Person.id)
    if session.scalars(able.with_for_update()).all() == [person.id]:
        raise LastAdminError(
            _("Nobody else administers this site, so this cannot be done. Make somebody else an admin first.")
        )


def _word(given: bool) -> str:
    return "yes" if given else "no"
