"""Two authors met in one draft: what each did, side by side, and the text that holds both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from training.authoring.merging import Region, compare_three, merged_text
from training.authoring.service import Collision


@dataclass(frozen=True)
class CollisionPage:
    """`regions` are the changed ones alone. `text` holds both people's changes; where they clash, yours."""

    public_id: str
    slug: str
    version: int
    saved_by: str
    saved_at: datetime
    regions: tuple[Region, ...]
    text: str
    yours: str

    @property
    def file(self) -> str:
        return f"{self.slug}.md"

    @property
    def clashes(self) -> int:
        return sum(region.who == "clash" for region in self.regions)


def collision_page(public_id: str, slug: str, found: Collision, yours: str) -> CollisionPage:
    theirs = found.theirs
    regions = compare_three(found.base.text, theirs.text, yours)
    return CollisionPage(
        public_id,
        slug,
        theirs.number,
        theirs.saved_by.name if theirs.saved_by else "",
        theirs.saved_at,
        tuple(region for region in regions if region.who != "nobody"),
        merged_text(regions),
        yours,
    )
