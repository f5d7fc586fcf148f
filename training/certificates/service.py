"""Making a certificate, and letting go of the name on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.certificates.models import Certificate
from training.certificates.queries import Finished


def make_certificate(session: Session, person_id: int, finished: Finished, at: datetime) -> str:
    """The certificate of a module that a person has finished; once made, the same one for ever."""
    # One after the other: of two clicks at once, the second finds what the first has made.
    person = session.scalars(select(Person).where(Person.id == person_id).with_for_update()).one()
    module = finished.module
    made = session.scalar(
        select(Certificate.public_id).where(
            Certificate.person_id == person_id, Certificate.module_id == module.item_id
        )
    )
    if made is not None:
        return made
    certificate = Certificate(
        person_id=person_id,
        module_id=module.item_id,
        revision_id=module.revision_id,
        name=person.name,
        title=module.title,
        finished_at=finished.finished_at,
        made_at=at,
    )
    session.add(certificate)
    session.flush()
    return certificate.public_id


def forget_names(session: Session, person_id: int, _at: datetime) -> None:
    """Whoever is erased leaves no name on their certificates: their addresses say “no longer kept”."""
    session.execute(update(Certificate).where(Certificate.person_id == person_id).values(name=""))
