"""The statements behind the pages of tips, built once: who reads, which day it is and which tip come later.

Building the one of a lesson's page took three quarters of a request's time when each request did it. The
parameters: `:today`, `:slug`, and for members `:person_id` and `:trains`.
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Date,
    Integer,
    ScalarSelect,
    Select,
    String,
    and_,
    bindparam,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.orm import InstrumentedAttribute, aliased

from training.accounts.participant import Participant
from training.library.builds import FORMAT
from training.library.discussion.counting import people_talking
from training.library.models import Completion, Item, Kind, Publication, RevisionBuild
from training.library.queries import published
from training.library.rules import ANSWER, READ

# In the statement from the start: a plain string is written into it anew each time, a fifth of its cost.
_TWO_LINE_ENDS = cast("str", literal_column("'\n\n'"))
TODAY = bindparam("today", type_=Date())
_SLUG = bindparam("slug", type_=String())
_PERSON = bindparam("person_id", type_=Integer())
Text = ColumnElement[str] | InstrumentedAttribute[str]
_HAS_COME: ColumnElement[bool] = Publication.tip_on <= TODAY


def holds(column: Text, name: Text) -> ColumnElement[bool]:
    """In SQL: whether `column` has `name` in it. Not by LIKE, to which `_` in a name is any letter."""
    return func.replace(column, name, "") != column


def refers(to: type[Publication], kind: Kind, slug: Text) -> ColumnElement[bool]:
    """In SQL: whether the publication names the item of that kind and address."""
    return holds(to.refers_to, literal(f" {kind}/").concat(slug).concat(" "))


def may_read(*, member: bool) -> ColumnElement[bool]:
    """In SQL: tips whose date has come are for everybody; members also read what a live module lists.

    Who moderates and writes (`:trains`) reads every published one.
    """
    if not member:
        return _HAS_COME
    item, module = aliased(Item), aliased(Publication)
    lists = (
        select(module.id)
        .join(item, item.id == module.item_id)
        .where(item.kind == Kind.MODULE, module.ended_at.is_(None), refers(module, Kind.LESSON, Item.slug))
        .correlate(Item)
    )
    return or_(_HAS_COME, bindparam("trains", type_=Boolean()), lists.exists())


def own_columns(*, member: bool) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    """The reader's own columns: when they read the lesson, and which reply they gave."""
    if not member:
        return literal(None).label("read_at"), literal(None).label("answered")

    def mine(column: ColumnElement[Any], how: str) -> ScalarSelect[Any]:
        query = (
            select(column)
            .join(Participant, Participant.id == Completion.participant_id)
            .where(Completion.item_id == Item.id, Completion.how == how, Participant.person_id == _PERSON)
        )
        return query.correlate(Item).scalar_subquery()

    read_at = mine(Completion.completed_at, READ)  # type: ignore[arg-type]  # an attribute is a column expression
    answered = mine(Completion.reply, ANSWER)  # type: ignore[arg-type]  # the same
    return read_at.label("read_at"), answered.label("answered")


def _found(*, member: bool) -> Select[*tuple[Any, ...]]:
    return published().where(Item.kind == Kind.LESSON, Item.slug == _SLUG, may_read(member=member))


def _page(*, member: bool) -> Select[*tuple[Any, ...]]:
    """A lesson with its build, the call that practises it, its neighbours, and what its reader did."""
    call, call_item = aliased(Publication), aliased(Item)
    query: Select[*tuple[Any, ...]] = (
        _found(member=member)
        .add_columns(
            RevisionBuild.body,
            call_item.slug.label("call_slug"),
            call.title.label("call_title"),
            call.summary.label("call_summary"),
            call.minutes.label("call_minutes"),
            call.portrait.label("call_portrait"),
            _neighbour(older=True).label("older"),
            _neighbour(older=False).label("newer"),
            _related().label("related"),
            *own_columns(member=member),
            *((people_talking().label("talking"),) if member else ()),
        )
        .join(
            RevisionBuild,
            and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT),
        )
        .outerjoin(
            call_item,
            and_(call_item.kind == Kind.SCENARIO, refers(Publication, Kind.SCENARIO, call_item.slug)),
        )
        .outerjoin(call, and_(call.item_id == call_item.id, call.ended_at.is_(None)))
    )
    return query


def _neighbour(*, older: bool) -> ScalarSelect[str]:
    """Slug and title, a line each, of the tip next to the outer row's by date."""
    item, beside = aliased(Item), aliased(Publication)
    if older:
        on_that_side = or_(
            beside.tip_on < Publication.tip_on,
            and_(beside.tip_on == Publication.tip_on, item.slug > Item.slug),
        )
        nearest = (beside.tip_on.desc(), item.slug.asc())
    else:
        on_that_side = or_(
            beside.tip_on > Publication.tip_on,
            and_(beside.tip_on == Publication.tip_on, item.slug < Item.slug),
        )
        nearest = (beside.tip_on.asc(), item.slug.desc())
    query = (
        select(item.slug.concat("\n").concat(beside.title))
        .join(beside, beside.item_id == item.id)
        .where(item.kind == Kind.LESSON, beside.ended_at.is_(None), beside.tip_on <= TODAY, on_that_side)
        .order_by(*nearest)
        .limit(1)
    )
    return query.correlate(Item, Publication).scalar_subquery()


def _related() -> ScalarSelect[str]:
    """Slug and title of each tip that the outer row refers to and that has come, two line ends between."""
    item, beside = aliased(Item), aliased(Publication)
    query = (
        select(func.aggregate_strings(item.slug.concat("\n").concat(beside.title), _TWO_LINE_ENDS))
        .join(beside, beside.item_id == item.id)
        .where(
            item.kind == Kind.LESSON,
            beside.ended_at.is_(None),
            beside.tip_on <= TODAY,
            refers(Publication, Kind.LESSON, item.slug),
        )
    )
    return query.correlate(Item, Publication).scalar_subquery()


# By whether a member asks.
FIND_TIP = {member: _found(member=member) for member in (False, True)}
TIP_PAGE = {member: _page(member=member) for member in (False, True)}
