"""Finding a tip by words: the database's own full-text search, and a pass over the titles for slips."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Date, Select, and_, bindparam, func, select, text
from sqlalchemy.orm import Session

from training.library.builds import FORMAT
from training.library.models import Item, Kind, Publication, RevisionBuild
from training.library.spelling import title_score, words_of

MOST_WORDS = 12
LONGEST_QUERY = 200
# A title in which every word stands, be it with a slip, comes before any text that mentions them.
_IN_TITLE = 0.6
_TAG = re.compile(r"<[^>]*>")

_FORGET = text("DELETE FROM search_tip WHERE item_id = :item_id")
_ADD = {
    "sqlite": text(
        "INSERT INTO search_tip (title, summary, body, item_id) VALUES (:title, :summary, :body, :item_id)"
    ),
    "postgresql": text(
        "INSERT INTO search_tip (item_id, words) VALUES (:item_id,"
        " setweight(to_tsvector('english', :title), 'A') || setweight(to_tsvector('english', :summary), 'B')"
        " || to_tsvector('english', :body))"
    ),
}
# Best first; `rank` is better the greater it is, on both.
_FIND = {
    "sqlite": text(
        "SELECT item_id, -bm25(search_tip, 10.0, 4.0, 1.0) AS rank FROM search_tip"
        " WHERE search_tip MATCH :asked"
    ),
    "postgresql": text(
        "SELECT item_id, ts_rank(words, asked) AS rank"
        " FROM search_tip, to_tsquery('english', :asked) AS asked WHERE words @@ asked"
    ),
}
_TITLES = (
    select(Item.id, Publication.title)
    .join(Publication, Publication.item_id == Item.id)
    .where(
        Item.kind == Kind.LESSON,
        Publication.ended_at.is_(None),
        Publication.tip_on <= bindparam("today", type_=Date()),
    )
)


@dataclass(frozen=True)
class Entry:
    """What the search knows of one tip: words in small letters without accents, so that both search alike."""

    item_id: int
    title: str
    summary: str
    body: str


def search_tips(session: Session, asked: str, today: date) -> list[int]:
    """The ids of the tips that answer `asked`, best first: two statements, whatever was typed.

    Every word must be in the tip, as it is or as the beginning of a word, in any of its forms; or in its
    title, where one slip in a word of five letters or more is forgiven. Where nothing has all the words,
    tips that have some of them are found.
    """
    words = words_of(asked[:LONGEST_QUERY])[:MOST_WORDS]
    if not words:
        return []
    titles = _titles(session, today)
    in_title = {item_id: title_score(words, title) for item_id, title in titles.items()}
    in_text = _find(session, words, " AND ", " & ")
    found = {item_id for item_id, score in in_title.items() if score >= _IN_TITLE} | set(in_text)
    if not found & set(titles):
        in_text = _find(session, words, " OR ", " | ")
        found = {item_id for item_id, score in in_title.items() if score > 0} | set(in_text)

    def order(item_id: int) -> tuple[float, float, int]:
        score = in_title[item_id]
        return (-score if score >= _IN_TITLE else 0.0, -in_text.get(item_id, 0.0), -item_id)

    return sorted(found & set(titles), key=order)


def entry_of(item_id: int, title: str, summary: str, topics: Collection[str], body: str) -> Entry:
    """The entry of a lesson whose build has this `body`."""
    held = json.loads(body)
    said = [text for _kind, _speaker, text in held["prompt"]]
    parts = [held["html"], *said, *(reply["text"] for reply in held["replies"]), *topics]
    body_text = html.unescape(_TAG.sub(" ", " ".join(parts)))
    return Entry(item_id, *(" ".join(words_of(part)) for part in (title, summary, body_text)))


def index_tip(session: Session, entry: Entry) -> None:
    """Let the tip be found by the words it has now."""
    forget_tips(session, [entry.item_id])
    session.execute(_ADD[_dialect(session)], vars(entry))


def forget_tips(session: Session, item_ids: Collection[int]) -> None:
    """Let these tips be found no more."""
    if item_ids:
        session.execute(_FORGET, [{"item_id": item_id} for item_id in item_ids])


def reindex(session: Session) -> int:
    """Make the index anew from what is live; returns how many lessons can be found."""
    session.execute(text("DELETE FROM search_tip"))
    entries = [
        entry_of(item_id, title, summary, topics.strip("|").split("|"), body)
        for item_id, title, summary, topics, body in session.execute(_live())
    ]
    if entries:
        session.execute(_ADD[_dialect(session)], [vars(entry) for entry in entries])
    return len(entries)


def is_whole(session: Session) -> bool:
    """Whether the index holds as many lessons as are live; a database from before the index holds none."""
    live = select(func.count()).select_from(_live().subquery())
    held = session.execute(text("SELECT count(*) FROM search_tip")).scalar()
    return bool(held == session.execute(live).scalar())


def _live() -> Select[int, str, str, str, str]:
    """Every live lesson with its build, those of days to come too: they are found once their day has come."""
    built = and_(RevisionBuild.revision_id == Publication.revision_id, RevisionBuild.format == FORMAT)
    return (
        select(Item.id, Publication.title, Publication.summary, Publication.topics, RevisionBuild.body)
        .join(Publication, Publication.item_id == Item.id)
        .join(RevisionBuild, built)
        .where(Item.kind == Kind.LESSON, Publication.ended_at.is_(None))
    )


def _titles(session: Session, today: date) -> dict[int, str]:
    return {row.id: row.title for row in session.execute(_TITLES, {"today": today})}


def _find(session: Session, words: list[str], sqlite_join: str, postgres_join: str) -> dict[int, float]:
    """Rank by item id. The words are letters and digits only, so none is a sign of a query language."""
    if _dialect(session) == "sqlite":
        asked = sqlite_join.join(f'"{word}"*' for word in words)
    else:
        asked = postgres_join.join(f"{word}:*" for word in words)
    rows = session.execute(_FIND[_dialect(session)], {"asked": asked})
    return {int(item_id): float(rank) for item_id, rank in rows}


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name
