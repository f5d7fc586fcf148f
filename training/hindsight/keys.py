"""The revisions of a call by key: of one structure and scoring, what people did in them adds up."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.errors import NotFoundError
from training.library.models import Item, Kind, Publication, Revision
from training.library.queries import ScenarioBuild, find_scenario


@dataclass(frozen=True)
class KeyGroup:
    """Revisions that differ in wording only, the newest first. `build` is the one that is shown."""

    numbers: tuple[int, ...]
    revision_ids: tuple[int, ...]
    build: ScenarioBuild

    @property
    def newest(self) -> int:
        return self.numbers[0]


@dataclass(frozen=True)
class CallKeys:
    """A call with all its keys, the newest first. `live` is the number of the live revision, 0 for none."""

    item_id: int
    slug: str
    live: int
    groups: tuple[KeyGroup, ...]

    def group_of(self, number: int) -> KeyGroup:
        """The group with that revision; 0: the live one, or else the newest. NotFoundError for none."""
        wanted = number or self.live or self.groups[0].newest
        for group in self.groups:
            if wanted in group.numbers:
                return group
        raise NotFoundError


def call_keys(session: Session, slug: str) -> CallKeys:
    """Two statements, and one for each revision that this process has not read lately.

    A revision that was not built for this release is left out; NotFoundError where none is there.
    """
    item_id = session.scalar(select(Item.id).where(Item.kind == Kind.SCENARIO, Item.slug == slug))
    rows = session.execute(
        select(Revision.id, Revision.number, Publication.id.label("live"))
        .outerjoin(Publication, (Publication.revision_id == Revision.id) & Publication.ended_at.is_(None))
        .where(Revision.item_id == item_id)
        .order_by(Revision.number.desc())
    ).all()
    found: dict[str, list[tuple[int, int, ScenarioBuild]]] = {}
    for row in rows:
        build = find_scenario(session, row.id)
        if build is None:
            continue
        found.setdefault(build.compiled.key, []).append((row.number, row.id, build))
    if item_id is None or not found:
        raise NotFoundError
    live = next((row.number for row in rows if row.live is not None), 0)
    return CallKeys(item_id, slug, live, tuple(_group(held, live) for held in found.values()))


def _group(held: list[tuple[int, int, ScenarioBuild]], live: int) -> KeyGroup:
    shown = next((build for number, _id, build in held if number == live), held[0][2])
    return KeyGroup(tuple(one[0] for one in held), tuple(one[1] for one in held), shown)
