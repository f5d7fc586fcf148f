"""What changed in meaning between two revisions of a scenario: wording, routing, scoring, scene by scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from scenarios.diagnostics import quoted

if TYPE_CHECKING:
    from scenarios.document import Line
    from scenarios.scenario import Choice, Scenario, Scene

Kind = Literal["wording", "routing", "scoring"]
WORDS = ("title", "summary", "you", "customer", "portrait", "facts", "warning", "language", "author")
SCORING = ("pass_mark", "pass_ending", "skills")
ROUTING = ("meters", "flags", "order")


@dataclass(frozen=True, slots=True)
class Change:
    """One change; `scene` is the new heading (the old one of a scene that is gone), or "" for the whole."""

    kind: Kind
    scene: str
    message: str


def compare(old: Scenario, new: Scenario) -> tuple[Change, ...]:
    """The changes from one revision to the next, in the order of the new file."""
    return tuple(Comparison(old, new).changes())


class Comparison:
    """`pairs` maps each old scene's address to the new one's: the same, or where it was renamed to."""

    def __init__(self, old: Scenario, new: Scenario) -> None:
        self.old, self.new = old, new
        self.pairs = paired(old, new)

    def changes(self) -> Iterator[Change]:
        yield from self.of_whole()
        before = {self.pairs.get(scene.slug): scene for scene in self.old.scenes}
        for scene in self.new.scenes:
            earlier = before.get(scene.slug)
            if earlier is None:
                yield Change("routing", scene.title, "The scene is new.")
            else:
                yield from self.of_scene(earlier, scene)
        for scene in self.old.scenes:
            if scene.slug not in self.pairs:
                yield Change("routing", scene.title, "The scene is gone.")

    def of_whole(self) -> Iterator[Change]:
        groups: tuple[tuple[Kind, tuple[str, ...]], ...] = (
            ("wording", WORDS),
            ("scoring", SCORING),
            ("routing", ROUTING),
        )
        for kind, names in groups:
            for name in names:
                if getattr(self.old, name) != getattr(self.new, name):
                    field = "pass" if name == "pass_mark" else name
                    yield Change(kind, "", f"`{field}` is another.")
        if self.old.briefing != self.new.briefing:
            yield Change("wording", "", "The briefing is another.")
        if self.old.glossary != self.new.glossary:
            yield Change("wording", "", "The glossary is another.")

    def of_scene(self, old: Scene, new: Scene) -> Iterator[Change]:
        title = new.title
        if old.title != title:
            yield Change("wording", title, f"The heading was {quoted(old.title)}.")
        if told(old.lines) != told(new.lines) or old.hint != new.hint:
            yield Change("wording", title, "What is told or said here is another.")
        if self.exits(old) != exits(new):
            yield Change("routing", title, "The routes, or the timer, lead elsewhere or at another time.")
        if (old.ending and old.ending.outcome) != (new.ending and new.ending.outcome):
            yield Change("scoring", title, "The kind of ending is another.")
        elif (old.ending and old.ending.text) != (new.ending and new.ending.text):
            yield Change("wording", title, "What happens in the end is told otherwise.")
        yield from self.of_menu(old, new)

    def exits(self, scene: Scene) -> list[object]:
        """The routes and the timer of an old scene, with the new addresses."""
        return [
            [(self.pairs.get(route.target, route.target), route.condition) for route in scene.routes],
            (self.pairs.get(scene.timer.target), scene.timer.seconds) if scene.timer else None,
        ]

    def of_menu(self, old: Scene, new: Scene) -> Iterator[Change]:
        matches = matched(old.choices, new.choices)
        for choice in new.choices:
            earlier = matches.get(choice.index)
            if earlier is None:
                yield Change("routing", new.title, f"The choice {quoted(choice.text)} is new.")
            else:
                yield from self.of_choice(earlier, choice, new.title)
        kept = {one.index for one in matches.values()}
        for choice in old.choices:
            if choice.index not in kept:
                yield Change("routing", new.title, f"The choice {quoted(choice.text)} is gone.")

    def of_choice(self, old: Choice, new: Choice, scene: str) -> Iterator[Change]:
        said = quoted(new.text)
        if old.text != new.text:
            yield Change("wording", scene, f"{said} was {quoted(old.text)}.")
        if (told(old.reaction), told(old.thoughts)) != (told(new.reaction), told(new.thoughts)):
            yield Change("wording", scene, f"The answer to {said} is another.")
        if told(old.coaching) != told(new.coaching):
            yield Change("wording", scene, f"The coaching for {said} is another.")
        if sorted(old.points) != sorted(new.points):
            yield Change("scoring", scene, f"{said} earns {earned(new)} instead of {earned(old)}.")
        if self.pairs.get(old.target, old.target) != new.target:
            yield Change(
                "routing", scene, f"{said} leads to {quoted(new.target)} instead of {quoted(old.target)}."
            )
        if gates(old) != gates(new):
            yield Change("routing", scene, f"{said} is offered at other times.")
        if switches(old) != switches(new):
            yield Change("routing", scene, f"{said} changes meters or flags otherwise.")
        if old.index != new.index:
            yield Change("routing", scene, f"{said} has another place among the choices.")


def paired(old: Scenario, new: Scenario) -> dict[str, str]:
    """Old addresses to new ones: the same heading, else the unclaimed scene that shares most of the words."""
    taken = {scene.slug for scene in new.scenes}
    pairs = {scene.slug: scene.slug for scene in old.scenes if scene.slug in taken}
    free = [scene for scene in new.scenes if scene.slug not in pairs.values()]
    for scene in old.scenes:
        if scene.slug in pairs or not free:
            continue
        best = max(free, key=lambda other: shared(scene, other))
        if shared(scene, best) > 0:
            pairs[scene.slug] = best.slug
            free.remove(best)
    return pairs


def shared(one: Scene, other: Scene) -> int:
    """How many pieces of text two scenes have in common."""
    return len(pieces(one) & pieces(other))


def pieces(scene: Scene) -> set[str]:
    ending = {scene.ending.text} if scene.ending else set()
    labels = {choice.text for choice in scene.choices} | {route.text for route in scene.routes}
    return {line.text for line in scene.lines} | labels | ending


def matched(old: tuple[Choice, ...], new: tuple[Choice, ...]) -> dict[int, Choice]:
    """New indices to old choices: the same words first, then what is left, in order."""
    by_text = {choice.text: choice for choice in old}
    matches = {one.index: by_text.pop(one.text) for one in new if one.text in by_text}
    left = [choice for choice in old if choice.text in by_text]
    for one in new:
        if one.index not in matches and left:
            matches[one.index] = left.pop(0)
    return matches


def earned(choice: Choice) -> str:
    return ", ".join(f"{skill} {amount:+d}" for skill, amount in sorted(choice.points)) or "nothing"


def told(lines: tuple[Line, ...]) -> list[tuple[str, str, str]]:
    return [(line.kind, line.speaker, line.text) for line in lines]


def exits(scene: Scene) -> list[object]:
    return [
        [(route.target, route.condition) for route in scene.routes],
        (scene.timer.target, scene.timer.seconds) if scene.timer else None,
    ]


def gates(choice: Choice) -> object:
    return [(one.tests, one.unless) for one in choice.conditions], choice.once


def switches(choice: Choice) -> object:
    return sorted(choice.changes), sorted(choice.sets), sorted(choice.clears)
