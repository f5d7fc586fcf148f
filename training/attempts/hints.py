"""Asking for a hint: recorded, and free."""

from __future__ import annotations

from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scenarios import Play
from training.attempts.models import HintAsked
from training.attempts.own import OwnAttempt, live_address
from training.errors import ConflictError, InvalidError


def ask_for_hint(session: Session, attempt: OwnAttempt, play: Play, step: int, at: datetime) -> None:
    """Note that the learner asked before this step. Asking twice is asking once.

    Raises ConflictError for a page that is out of date, InvalidError where there is no hint.
    """
    if not attempt.is_open or step != attempt.step_count + 1:
        raise ConflictError(_("This call has moved on. Go on here."), live_address(session, attempt))
    if not play.hint:
        raise InvalidError(_("There is no hint here. Nothing was changed."))
    try:
        with session.begin_nested():
            session.add(HintAsked(attempt_id=attempt.id, number=step, asked_at=at))
            session.flush()
    except IntegrityError:
        return
