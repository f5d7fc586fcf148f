"""Saying something under a lesson, changing it, taking it back; and hiding what others said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts import audit
from training.accounts.throttle import admit, bucket_key
from training.errors import InvalidError, NotFoundError
from training.library.discussion.counting import is_removed
from training.library.discussion.models import Comment, CommentHiding, CommentRemoval
from training.library.discussion.rules import EDITABLE_FOR, PACE
from training.library.discussion.threads import FoundComment
from training.library.queries import Published, load_lesson
from training.viewer import Viewer


class ClosedError(InvalidError):
    """Nothing more can be said under this lesson, or no longer changed."""


def post_comment(
    session: Session, tip: Published, viewer: Viewer, text: str, at: datetime, answers: FoundComment | None
) -> str:
    """Say `text` under the lesson, to `answers` where it is a reply; returns the comment's public id.

    The very same, come twice, is said once: returned is the id of the first.
    Raises ClosedError where the lesson takes none, ThrottledError where this person has just said a lot,
    InvalidError for a reply to a reply or to what stands elsewhere.
    """
    if not load_lesson(session, tip.revision_id).takes_comments:
        raise ClosedError
    if answers is not None and (answers.head_id != answers.id or answers.tip.item_id != tip.item_id):
        raise InvalidError
    admit(session, bucket_key("comment", str(viewer.id)), PACE, at)
    head_id = answers.id if answers else None
    said = session.scalar(
        select(Comment.public_id).where(
            Comment.item_id == tip.item_id,
            Comment.person_id == viewer.id,
            Comment.answers_id == head_id,
            Comment.text == text,
            Comment.posted_at >= at - EDITABLE_FOR,
        )
    )
    if said is not None:
        return said
    made = Comment(item_id=tip.item_id, person_id=viewer.id, answers_id=head_id, text=text, posted_at=at)
    session.add(made)
    session.flush()
    return made.public_id


def edit_comment(session: Session, found: FoundComment, viewer: Viewer, text: str, at: datetime) -> None:
    """Say it otherwise: one's own, within fifteen minutes, where it is not hidden. Else ClosedError."""
    hidden = exists().where(CommentHiding.comment_id == found.id, CommentHiding.shown_at.is_(None))
    changed = session.execute(
        update(Comment)
        .where(
            Comment.id == found.id,
            Comment.person_id == viewer.id,
            Comment.posted_at >= at - EDITABLE_FOR,
            ~is_removed(Comment),
            ~hidden,
        )
        .values(text=text, edited_at=at)
        .returning(Comment.id)
        .execution_options(synchronize_session=False)
    ).first()
    if changed is None:
        raise ClosedError


def remove_comment(session: Session, found: FoundComment, viewer: Viewer, at: datetime) -> None:
    """Take one's own words back for good. Twice is harmless; somebody else's raises NotFoundError."""
    comment = session.get_one(Comment, found.id, with_for_update=True)
    if comment.person_id != viewer.id:
        raise NotFoundError
    if session.get(CommentRemoval, comment.id) is None:
        comment.text = ""
        session.add(CommentRemoval(comment_id=comment.id, removed_at=at))
        session.flush()


def take_all_back(session: Session, person_id: int, at: datetime) -> None:
    """Take back everything that a person said: they leave for good, and their words with them."""
    theirs = select(Comment.id).where(Comment.person_id == person_id, ~is_removed(Comment))
    for comment_id in list(session.execute(theirs).scalars()):
        session.add(CommentRemoval(comment_id=comment_id, removed_at=at))
    session.execute(update(Comment).where(Comment.person_id == person_id).values(text=""))
    session.flush()


def hide_comment(session: Session, found: FoundComment, viewer: Viewer, at: datetime) -> None:
    """Hide it from all but its author and those who moderate. One that is hidden stays as it is."""
    live = select(CommentHiding.id).where(
        CommentHiding.comment_id == found.id, CommentHiding.shown_at.is_(None)
    )
    if session.execute(live).first() is not None:
        return
    try:
        with session.begin_nested():
            session.add(CommentHiding(comment_id=found.id, hidden_by_id=viewer.id, hidden_at=at))
    except IntegrityError:
        return  # another trainer was first
    _note(session, viewer, "comment hidden", found, at)


def show_comment(session: Session, found: FoundComment, viewer: Viewer, at: datetime) -> None:
    """Show a hidden comment again. One that is not hidden stays as it is."""
    shown = session.execute(
        update(CommentHiding)
        .where(CommentHiding.comment_id == found.id, CommentHiding.shown_at.is_(None))
        .values(shown_at=at, shown_by_id=viewer.id)
        .returning(CommentHiding.id)
    ).first()
    if shown is not None:
        _note(session, viewer, "comment shown again", found, at)


def _note(session: Session, viewer: Viewer, action: str, found: FoundComment, at: datetime) -> None:
    audit.append(session, actor=viewer.public_id, action=action, subject=found.seen.public_id, at=at)
