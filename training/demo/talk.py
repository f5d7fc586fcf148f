"""What the fictional people said under a tip, and taking it away with them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm import Session, aliased

from training.accounts.models import Person
from training.library.discussion.models import Comment, CommentHiding, CommentRemoval
from training.library.models import Kind
from training.library.queries import find_published

TIP = "it-is-not-personal"


@dataclass(frozen=True)
class Said:
    """One comment: whose, how long ago, and what others said to it."""

    who: str
    ago: timedelta
    text: str
    replies: tuple["Said", ...] = ()


TALK = (
    Said(
        "Ayla Demir",
        timedelta(days=9, hours=3),
        "I do the count on my fingers, below the desk. Nobody has noticed yet, and I have had some long"
        " Mondays.",
        (
            Said(
                "Bruno Castellan",
                timedelta(days=9, hours=1),
                "I look at the kettle. It has never shouted at me.",
            ),
            Said(
                "Maeve Corrigan",
                timedelta(days=8),
                "The minute is yours. If the queue looks bad while you take it, that is for me to explain.",
            ),
        ),
    ),
    Said(
        "Gwen Pritchard",
        timedelta(days=2, hours=4),
        "What do you do when holding is what made them angry? Mine had waited forty minutes before he got"
        " me.",
        (
            Said(
                "Ibrahim Saleh",
                timedelta(days=1, hours=6),
                "I told mine that I would not put her on hold again, and that I needed ten quiet seconds to"
                " read her notes. She gave me the ten seconds.",
            ),
        ),
    ),
)


def talk(session: Session, people: Mapping[str, Person], at: datetime) -> None:
    """Say it all under the tip, in the past."""
    item_id = find_published(session, Kind.LESSON, TIP).item_id
    for said in TALK:
        head = _say(session, item_id, people, said, at)
        for reply in said.replies:
            _say(session, item_id, people, reply, at, head)


def _say(
    session: Session,
    item_id: int,
    people: Mapping[str, Person],
    said: Said,
    at: datetime,
    head: int | None = None,
) -> int:
    made = Comment(
        item_id=item_id,
        person_id=people[said.who].id,
        answers_id=head,
        text=said.text,
        posted_at=at - said.ago,
    )
    session.add(made)
    session.flush()
    return made.id


def forget_talk(session: Session, person_ids: Collection[int], at: datetime) -> None:
    """Take away what these people said. What somebody else answered stays below an empty place."""
    other, theirs = aliased(Comment), Comment.person_id.in_(person_ids)
    answered = exists().where(
        other.answers_id == Comment.id, other.person_id.is_(None) | other.person_id.not_in(person_ids)
    )
    kept = set(session.scalars(select(Comment.id).where(theirs, answered)))
    gone = set(session.scalars(select(Comment.id).where(theirs))) - kept
    for row in (CommentHiding, CommentRemoval):
        session.execute(delete(row).where(row.comment_id.in_(gone)))
    session.execute(delete(Comment).where(Comment.id.in_(gone), Comment.answers_id.is_not(None)))
    session.execute(delete(Comment).where(Comment.id.in_(gone)))
    session.execute(update(Comment).where(Comment.id.in_(kept)).values(text=""))
    removed = set(session.scalars(select(CommentRemoval.comment_id)))
    session.add_all(CommentRemoval(comment_id=one, removed_at=at) for one in kept - removed)
    session.flush()
