"""What a learner's first page names of the library, in one statement."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Date, bindparam, literal, select, tuple_, union_all
from sqlalchemy.orm import Session

from training.library.models import Item, Kind, Publication
from training.library.queries import Published, as_published, published

Name = tuple[Kind, str]
_NEWEST = (
    published()
    .where(Publication.tip_on <= bindparam("today", type_=Date()))
    .order_by(Publication.tip_on.desc())
    .limit(1)
    .subquery()
)
_NAMED = tuple_(Item.kind, Item.slug).in_(bindparam("names", expanding=True))
# Built once, not at each request.
_SHOWN = union_all(
    select(_NEWEST, literal(1).label("is_tip")), published().add_columns(literal(0)).where(_NAMED)
)


def list_shown(
    session: Session, today: date, names: Collection[Name]
) -> tuple[Published | None, dict[Name, Published]]:
    """The tip of the week, whose date came last, and those of `names` that are published."""
    tip, found = None, {}
    for row in session.execute(_SHOWN, {"today": today, "names": sorted(names)}):
        about = as_published(row)
        if row.is_tip:
            tip = about
        else:
            found[about.kind, about.slug] = about
    return tip, found
