"""Are there fictional people, and may there be?"""

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from training.accounts.models import AuditEntry, Person

LEFT = "demo people removed"


def demo_people_exist(session: Session) -> bool:
    """While this is true the site may neither be reached by others nor send mail by SMTP."""
    return bool(session.scalar(select(exists().where(Person.is_demo))))


def demo_may_begin(session: Session) -> bool:
    """Only where there is nobody at all, and never again after the demo people were removed."""
    anybody = session.scalar(select(exists().select_from(Person)))
    return not anybody and not session.scalar(select(exists().where(AuditEntry.action == LEFT)))
