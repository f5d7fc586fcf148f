"""What people say back, and what becomes of it: each function one promise."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts.participant import participant_for
from training.accounts.throttle import Pace, admit, bucket_key
from training.attempts.own import OwnAttempt
from training.errors import ConflictError, InvalidError, NotFoundError
from training.hindsight.models import Recheck, Remark, Story
from training.viewer import Viewer

# A long debrief may hold ten sentences; after that one every half minute, then fewer.
PACE = Pace(10, timedelta(seconds=30), timedelta(minutes=15), timedelta(hours=1))


def say_back(
    session: Session,
    attempt: OwnAttempt,
    number: int,
    viewer: Viewer,
    text: str,
    *,
    named: bool,
    at: datetime,
) -> None:
    """Send `text` about a turn of one's own finished call to whoever writes it.

    A turn takes one; said again it replaces what nobody has closed. Raises InvalidError for a turn that the
    call has not, ConflictError where it was closed, ThrottledError where this person has just said a lot.
    """
    if attempt.finished_at is None or not 1 <= number <= len(attempt.choices):
        raise InvalidError
    admit(session, bucket_key("remark", str(viewer.id)), PACE, at)
    earlier = session.scalar(
        select(Remark).where(Remark.attempt_id == attempt.id, Remark.number == number).with_for_update()
    )
    if earlier is not None and earlier.closed_at is not None:
        raise ConflictError("", f"{attempt.address}/turns/{number}/remark")
    remark = earlier or Remark(person_id=viewer.id, attempt_id=attempt.id, number=number)
    remark.text, remark.is_named, remark.made_at = text, named, at
    try:
        with session.begin_nested():
            session.add(remark)
            session.flush()
    except IntegrityError:
        return  # the same button, pressed twice at once


def tell_story(session: Session, viewer: Viewer, text: str, at: datetime) -> None:
    """Tell what happened. The very same story told twice is told once. ThrottledError where it is a lot."""
    known = select(Story.id).where(
        Story.person_id == viewer.id, Story.text == text, Story.closed_at.is_(None)
    )
    if session.scalar(known) is not None:
        return
    admit(session, bucket_key("story", str(viewer.id)), PACE, at)
    session.add(Story(person_id=viewer.id, text=text, told_at=at))
    session.flush()


def close_remark(session: Session, public_id: str, answer: str, by: int, at: datetime) -> None:
    """Answer a remark, and close it. One that is closed stays as it is."""
    found = session.execute(
        update(Remark)
        .where(Remark.public_id == public_id, Remark.closed_at.is_(None))
        .values(answer=answer, closed_at=at, closed_by_id=by)
        .returning(Remark.id)
    ).first()
    if found is None and not session.scalar(select(Remark.id).where(Remark.public_id == public_id)):
        raise NotFoundError


def open_story(session: Session, public_id: str) -> Story:
    """A story that nobody has closed, for who is about to close it; NotFoundError for any other."""
    query = select(Story).where(Story.public_id == public_id, Story.closed_at.is_(None)).with_for_update()
    found = session.scalar(query)
    if found is None:
        raise NotFoundError
    return found


def close_story(session: Session, story: Story, by: int, at: datetime, draft_id: int | None = None) -> None:
    """Done with it: a draft was begun from it, or it is read."""
    story.closed_at, story.closed_by_id, story.draft_id = at, by, draft_id
    session.flush()


def keep_recheck(
    session: Session, viewer: Viewer, correction_id: int, revision_id: int, choice: int | None, at: datetime
) -> None:
    """Keep what was picked at the decision that was put right. The first pick stays. It counts nowhere."""
    made = Recheck(
        correction_id=correction_id,
        participant_id=participant_for(session, viewer.id),
        revision_id=revision_id,
        choice=choice,
        checked_at=at,
    )
    try:
        with session.begin_nested():
            session.add(made)
            session.flush()
    except IntegrityError:
        return
