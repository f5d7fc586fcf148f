"""What the pages of skills show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import String, bindparam, or_
from sqlalchemy.orm import Session

from training.library.builds import SkillBuild
from training.library.models import Item, Kind, Publication
from training.library.queries import Published, as_published, find_published, load_skill, published
from training.library.tip_pages import asked_by
from training.library.tip_statements import may_read, refers
from training.viewer import Viewer

# Only members see skills.
_ABOUT = (
    published()
    .where(
        refers(Publication, Kind.SKILL, bindparam("slug", type_=String())),
        or_(Item.kind == Kind.SCENARIO, may_read(member=True)),
        Item.kind.in_((Kind.LESSON, Kind.SCENARIO)),
    )
    .order_by(Publication.tip_on.desc(), Publication.title)
)


@dataclass(frozen=True)
class SkillPage:
    """A skill, with the tips and calls that are about it."""

    skill: Published
    build: SkillBuild
    tips: tuple[Published, ...]
    calls: tuple[Published, ...]


# (session, person's id) → (skill, band) of each of their decisions, oldest first.
OwnMoments = Callable[[Session, int], Sequence[tuple[str, str]]]


def moments_by_skill(
    session: Session, person_id: int, sources: Sequence[OwnMoments]
) -> dict[str, tuple[str, ...]]:
    """The reader's own moments by skill, oldest first: strong, fair or weak. For their own eyes."""
    found: dict[str, list[str]] = {}
    for source in sources:
        for skill, band in source(session, person_id):
            found.setdefault(skill, []).append(band)
    return {skill: tuple(bands) for skill, bands in found.items()}


def skill_page(session: Session, slug: str, today: date, viewer: Viewer) -> SkillPage:
    """A skill's page; NotFoundError where there is no such skill."""
    skill = find_published(session, Kind.SKILL, slug)
    rows = session.execute(_ABOUT, asked_by(viewer, today) | {"slug": slug})
    about = [as_published(row) for row in rows]
    return SkillPage(
        skill,
        load_skill(session, skill.revision_id),
        tuple(one for one in about if one.kind is Kind.LESSON),
        tuple(one for one in about if one.kind is Kind.SCENARIO),
    )
