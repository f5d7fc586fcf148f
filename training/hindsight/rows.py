"""The table of what learners did: scenes, their replies in numbers, endings, and what to look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from scenarios import Scenario, Scene
from training.hindsight.figures import GroupFigures, SceneFigures
from training.hindsight.marks import Mark, Marked, marks_of
from training.hindsight.plays import Group
from training.library.builds import ScenarioBuild


@dataclass(frozen=True)
class ReplyRow:
    """A reply in numbers. `shares`: percent by group, None where that group is too small to be told of.

    `text` is None for silence; `line` is where the reply stands in the file.
    """

    index: int
    text: Markup | None
    leads_to: str
    line: int
    shares: Mapping[Group, int | None]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class SceneRows:
    """A scene with its replies. `people` and `seconds` by group, 0 below five; `left`: people who did."""

    slug: str
    title: str
    line: int
    people: Mapping[Group, int]
    seconds: Mapping[Group, int]
    left: int
    replies: tuple[ReplyRow, ...]
    marks: tuple[Mark, ...]

    @property
    def is_told(self) -> bool:
        return any(self.people.values()) or self.left > 0


@dataclass(frozen=True)
class EndingRow:
    slug: str
    title: str
    outcome: str
    shares: Mapping[Group, int | None]


@dataclass(frozen=True)
class ToDo:
    """Something to look at: where it stands in the file, and what was said there (None for the scene)."""

    mark: Mark
    scene: str
    title: str
    line: int
    said: Markup | None


def targets_of(scene: Scene) -> dict[int, str]:
    """Where each choice of a scene leads, by its authored index; 0 for silence, where it may be said."""
    targets = {choice.index: choice.target for choice in scene.choices}
    return targets | ({0: scene.timer.target} if scene.timer else {})


@dataclass(frozen=True)
class Table:
    """Figures and marks laid out by scene and reply, in the order of the file."""

    build: ScenarioBuild
    written: Scenario
    figures: Mapping[Group, GroupFigures]
    left: Mapping[str, int]
    basis: Group

    def scenes(self) -> tuple[SceneRows, ...]:
        return tuple(self._rows(scene) for scene in self.written.scenes if scene.choices)

    def endings(self) -> tuple[EndingRow, ...]:
        return tuple(
            EndingRow(
                scene.slug,
                scene.title,
                scene.ending.outcome,
                {
                    which: found.endings.get(scene.slug, 0) if found.people else None
                    for which, found in self.figures.items()
                },
            )
            for scene in self.written.scenes
            if scene.ending
        )

    def to_do(self) -> tuple[ToDo, ...]:
        return tuple(
            self._to_do(scene, one)
            for scene in self.written.scenes
            if scene.choices
            for one in self._marks(scene)
        )

    def _marks(self, scene: Scene) -> list[Marked]:
        there = self.figures[self.basis].scenes.get(scene.slug)
        return marks_of(scene, there, self.left.get(scene.slug, 0))

    def _to_do(self, scene: Scene, one: Marked) -> ToDo:
        line, said = self._reply(scene, one.choice) if one.choice is not None else (scene.where[0], None)
        return ToDo(one.mark, scene.slug, scene.title, line, said)

    def _reply(self, scene: Scene, index: int) -> tuple[int, Markup | None]:
        if not index:
            return scene.timer.where[0] if scene.timer else scene.where[0], None
        choice = scene.choices[index - 1]
        return choice.where[0], self.build.inline(choice.text)

    def _rows(self, scene: Scene) -> SceneRows:
        there = {which: found.scenes.get(scene.slug) for which, found in self.figures.items()}
        marks = self._marks(scene)
        return SceneRows(
            scene.slug,
            scene.title,
            scene.where[0],
            {which: found.people if found else 0 for which, found in there.items()},
            {which: found.seconds if found else 0 for which, found in there.items()},
            self.left.get(scene.slug, 0),
            tuple(
                self._row(scene, index, target, there, marks) for index, target in targets_of(scene).items()
            ),
            tuple(one.mark for one in marks if one.choice is None),
        )

    def _row(
        self,
        scene: Scene,
        index: int,
        target: str,
        there: Mapping[Group, SceneFigures | None],
        marks: list[Marked],
    ) -> ReplyRow:
        line, text = self._reply(scene, index)
        return ReplyRow(
            index,
            text,
            self.written.scene(target).title,
            line,
            {which: found.shares.get(index, 0) if found else None for which, found in there.items()},
            tuple(one.mark for one in marks if one.choice == index),
        )
