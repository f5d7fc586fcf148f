"""What learners did in a call, as its author sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from scenarios import Scenario, read_scenario
from training.authoring.history import source_of
from training.authoring.scene_map import SceneMap, scene_map
from training.fives import in_fives
from training.hindsight.figures import SceneFigures, Walks, figures_of, left_at
from training.hindsight.keys import CallKeys, KeyGroup, call_keys
from training.hindsight.plays import Group, read_pauses, read_plays
from training.hindsight.rows import EndingRow, SceneRows, Table, ToDo, targets_of
from training.library.builds import ScenarioBuild
from training.library.models import Kind


@dataclass(frozen=True)
class CallPage:
    """`basis`: whose figures make the map and the to-do list; `shares`: their percent by (scene, next).

    `number` is the revision whose words are shown, `group` the revisions that are counted together.
    """

    keys: CallKeys
    group: KeyGroup
    number: int
    title: str
    language: str
    basis: Group
    people: Mapping[Group, int]
    map: SceneMap
    shares: Mapping[tuple[str, str], int]
    scenes: tuple[SceneRows, ...]
    endings: tuple[EndingRow, ...]
    to_do: tuple[ToDo, ...]

    @property
    def file(self) -> str:
        return f"content/scenarios/{self.keys.slug}.md"

    @property
    def is_told(self) -> bool:
        return any(scene.is_told for scene in self.scenes)

    @property
    def told(self) -> tuple[Group, ...]:
        """The groups of which anything may be told."""
        return tuple(which for which in Group if any(scene.people[which] for scene in self.scenes))

    @property
    def anchors(self) -> frozenset[str]:
        """The scenes that the page has a part for; routes are none."""
        slugs = [scene.slug for scene in self.scenes]
        return frozenset([*slugs, *(ending.slug for ending in self.endings)])

    @property
    def words(self) -> dict[tuple[str, str], str]:
        """What stands at the map's arrows."""
        return {way: f"{percent} %" for way, percent in self.shares.items()}


def call_page(session: Session, slug: str, number: int, at: datetime) -> CallPage:
    """Five statements, however many people there are, and one for each revision not read lately.

    NotFoundError for a call or a revision that is not there.
    """
    keys = call_keys(session, slug)
    group = keys.group_of(number)
    shown = dict(zip(group.revision_ids, group.numbers, strict=True))[group.build.revision_id]
    written = _as_written(source_of(session, Kind.SCENARIO, slug, shown), group.build)
    walks = Walks(group.build.compiled)
    plays = read_plays(session, keys.item_id, group.revision_ids)
    figures = {which: figures_of(walks, found) for which, found in plays.items()}
    left = left_at(walks, read_pauses(session, keys.item_id, group.revision_ids, at))
    basis = next((which for which in Group if figures[which].scenes), Group.FIRST)
    table = Table(group.build, written, figures, left, basis)
    return CallPage(
        keys=keys,
        group=group,
        number=shown,
        title=group.build.title,
        language=written.language,
        basis=basis,
        people={which: found.people for which, found in figures.items()},
        map=scene_map(group.build.compiled),
        shares=_along_arrows(written, figures[basis].scenes),
        scenes=table.scenes(),
        endings=table.endings(),
        to_do=table.to_do(),
    )


def _as_written(source: str, build: ScenarioBuild) -> Scenario:
    """The same scenario with the lines of its file; those are not kept in a build."""
    return read_scenario(source, budget=1).scenario or build.compiled.scenario


def _along_arrows(written: Scenario, figures: Mapping[str, SceneFigures]) -> dict[tuple[str, str], int]:
    """Percent of the people in a scene who went on to another, for each arrow of the map."""
    found: dict[tuple[str, str], int] = {}
    for scene in written.scenes:
        if scene.slug not in figures:
            continue
        there = figures[scene.slug]
        targets = targets_of(scene)
        for target in dict.fromkeys(targets.values()):
            went = [one for one in there.people_here if targets[one.choice] == target]
            found[scene.slug, target] = in_fives(len(went), there.people)
    return found
