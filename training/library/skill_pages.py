"""What the pages of skills show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_
from sqlalchemy.orm import Session

from training.library.builds import SkillBuild
from training.library.models import Item, Kind, Publication
from training.library.queries import Published, as_published, find_published, load_skill, published
from training.library.tip_pages import may_read
from training.viewer import Viewer


@dataclass(frozen=True)
class SkillPage:
    """A skill, with the tips and calls that are about it."""

    skill: Published
    build: SkillBuild
    tips: tuple[Published, ...]
    calls: tuple[Published, ...]


def skill_page(session: Session, slug: str, today: date, viewer: Viewer) -> SkillPage:
    """A skill's page; NotFoundError where there is no such skill."""
    skill = find_published(session, Kind.SKILL, slug)
    query = (
        published()
        .where(
            Publication.refers_to.like(f"% skill/{skill.slug} %"),
            or_(Item.kind == Kind.SCENARIO, may_read(today, viewer)),
        )
        .order_by(Publication.tip_on.desc(), Publication.title)
    )
    about = [as_published(row) for row in session.execute(query)]
    return SkillPage(
        skill,
        load_skill(session, skill.revision_id),
        tuple(one for one in about if one.kind is Kind.LESSON),
        tuple(one for one in about if one.kind is Kind.SCENARIO),
    )
