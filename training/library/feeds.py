"""The tips as a feed shows them: the newest, with their full text, for readers that know no page of ours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, literal
from sqlalchemy.orm import Session

from training.library.builds import FORMAT, LessonBuild
from training.library.models import Item, Kind, Publication, RevisionBuild
from training.library.queries import Published, as_published, published
from training.library.tip_pages import lesson_of
from training.library.tip_statements import TODAY, holds

MOST = 20


def _newest(*, of_topic: bool) -> Select[*tuple[Any, ...]]:
    query: Select[*tuple[Any, ...]] = (
        published()
        .add_columns(Item.created_at, RevisionBuild.body)
        .join(
            RevisionBuild,
            and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT),
        )
        .where(Item.kind == Kind.LESSON, Publication.tip_on <= TODAY)
        .order_by(Publication.tip_on.desc(), Item.slug)
        .limit(MOST)
    )
    topic = literal("|").concat(bindparam("topic", type_=String())).concat("|")
    return query.where(holds(Publication.topics, topic)) if of_topic else query


_NEWEST = {of_topic: _newest(of_topic=of_topic) for of_topic in (False, True)}
_OURS = re.compile(r'(\s(?:href|src)=")([/#])')


@dataclass(frozen=True)
class FeedTip:
    """One tip of a feed. `created_at` never changes, so it may stand in the tip's name."""

    tip: Published
    created_at: datetime
    lesson: LessonBuild


@dataclass(frozen=True)
class FeedEntry:
    """A tip ready to be written: every address in `html` stands on its own."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    language: str
    published_at: datetime
    updated_at: datetime
    topics: tuple[str, ...]


@dataclass(frozen=True)
class Feed:
    """A whole feed. `url` is its own address, `page` the page that shows the same."""

    id: str
    url: str
    page: str
    title: str
    summary: str
    author: str
    language: str
    updated_at: datetime
    entries: tuple[FeedEntry, ...]


def list_feed_tips(session: Session, today: date, topic: str = "") -> list[FeedTip]:
    """The newest tips whose date has come, about `topic` where one is named, in one statement."""
    rows = session.execute(_NEWEST[bool(topic)], {"today": today, "topic": topic})
    return [
        FeedTip(as_published(row), row.created_at, lesson_of(session, row.revision_id, row.body))
        for row in rows
    ]


def standing_alone(html: str, base_url: str, url: str) -> str:
    """Safe HTML of ours with whole addresses: a feed reader knows neither our host nor the tip's page."""
    return _OURS.sub(lambda found: found[1] + (base_url if found[2] == "/" else url) + found[2], html)
