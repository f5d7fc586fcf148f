"""What people did with a lesson follows it to its new name."""

from __future__ import annotations

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session, aliased

from training.library.discussion.models import Comment
from training.library.models import Completion, Item, Kind, Publication

_ALIAS = "alias/"
_RENAMED = (
    select(Item.id, Publication.refers_to)
    .join(Publication, Publication.item_id == Item.id)
    .where(
        Item.kind == Kind.LESSON, Publication.ended_at.is_(None), Publication.refers_to.contains(f" {_ALIAS}")
    )
    .order_by(Item.slug)
)


def carry_over(session: Session) -> None:
    """Give what was read, answered and said under a retired lesson to the live one that names it as its own.

    Who did both keeps what they did first with the live one. Where nothing is left to give, nothing changes.
    """
    for item_id, refers_to in session.execute(_RENAMED).all():
        names = [name[len(_ALIAS) :] for name in refers_to.split() if name.startswith(_ALIAS)]
        live = exists().where(Publication.item_id == Item.id, Publication.ended_at.is_(None))
        earlier = select(Item.id).where(Item.kind == Kind.LESSON, Item.slug.in_(names), ~live)
        for earlier_id in session.execute(earlier.order_by(Item.id)).scalars().all():
            _carry(session, earlier_id, item_id)


def _carry(session: Session, earlier_id: int, item_id: int) -> None:
    theirs = aliased(Completion)
    done_too = exists().where(
        theirs.item_id == item_id,
        theirs.participant_id == Completion.participant_id,
        theirs.how == Completion.how,
    )
    for statement in (
        update(Completion).where(Completion.item_id == earlier_id, ~done_too).values(item_id=item_id),
        update(Comment).where(Comment.item_id == earlier_id).values(item_id=item_id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
