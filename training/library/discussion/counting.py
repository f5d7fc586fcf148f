"""How much is said under a lesson, as columns of a statement about lessons."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, distinct, exists, func, select

from training.library.discussion.models import Comment, CommentHiding, CommentRemoval
from training.library.models import Item


def is_removed(comment: type[Comment]) -> ColumnElement[bool]:
    """In SQL: its author took it back."""
    return exists().where(CommentRemoval.comment_id == comment.id).correlate(comment)


def is_hidden(comment: type[Comment]) -> ColumnElement[bool]:
    """In SQL: a trainer hid it."""
    live = exists().where(CommentHiding.comment_id == comment.id, CommentHiding.shown_at.is_(None))
    return live.correlate(comment)


def _of_the_item(column: ColumnElement[int]) -> ScalarSelect[int]:
    query = select(column).where(Comment.item_id == Item.id, ~is_removed(Comment), ~is_hidden(Comment))
    return query.correlate(Item).scalar_subquery()


def people_talking() -> ScalarSelect[int]:
    """How many people the outer item's discussion has. Each one who left counts by what they said."""
    return _of_the_item(func.count(distinct(func.coalesce(Comment.person_id, -Comment.id))))


def comments_said() -> ScalarSelect[int]:
    """How many comments it has."""
    return _of_the_item(func.count(Comment.id))


def newest_comment_at() -> ScalarSelect[datetime]:
    """When the newest one was posted."""
    query = select(func.max(Comment.posted_at)).where(
        Comment.item_id == Item.id, ~is_removed(Comment), ~is_hidden(Comment)
    )
    return query.correlate(Item).scalar_subquery()
