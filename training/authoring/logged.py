"""What is done in the studio stands in the audit log, in the transaction that does it."""

from sqlalchemy.orm import Session

from training.accounts import audit
from training.clock import now
from training.web import viewer


def log(session: Session, action: str, subject: str) -> None:
    """The viewer did `action` to `subject`, a draft's public id or an address. Call it last."""
    audit.append(session, actor=viewer().public_id, action=action, subject=subject, at=now())
