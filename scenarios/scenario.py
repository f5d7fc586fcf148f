"""A scenario with every name resolved: what is proved, played, scored and compiled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from scenarios.document import Line, Where

Outcome = Literal["success", "partial", "failure"]
PASSING: dict[str, frozenset[Outcome]] = {
    "success": frozenset({"success"}),
    "partial": frozenset({"success", "partial"}),
}


@dataclass(frozen=True, slots=True)
class Meter:
    """A small number: starts at `start`, stays within 0 … `most`."""

    name: str
    start: int
    most: int


@dataclass(frozen=True, slots=True)
class Test:
    """One comparison: a flag that must be `wanted`, or a meter within `low` … `high`."""

    name: str
    wanted: bool = True
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """Tests joined by `and`; `unless` turns the whole round. `text` is the author's."""

    tests: tuple[Test, ...]
    unless: bool = False
    text: str = ""
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """`index` is the authored one, from 1. `points` by skill and `changes` by meter, each once."""

    index: int
    text: str
    target: str
    points: tuple[tuple[str, int], ...] = ()
    changes: tuple[tuple[str, int], ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    once: bool = False
    reaction: tuple[Line, ...] = ()
    thoughts: tuple[Line, ...] = ()
    coaching: tuple[Line, ...] = ()
    where: Where = field(default=(0, 0), compare=False)

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.points)


@dataclass(frozen=True, slots=True)
class Route:
    """Followed when its condition holds; None is `Otherwise`."""

    text: str
    target: str
    condition: Condition | None
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Timer:
    text: str
    target: str
    seconds: int
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Ending:
    outcome: Outcome
    text: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A menu of choices (and perhaps a timer), or routes, or an ending."""

    slug: str
    title: str
    lines: tuple[Line, ...] = ()
    choices: tuple[Choice, ...] = ()
    routes: tuple[Route, ...] = ()
    timer: Timer | None = None
    ending: Ending | None = None
    hint: str | None = None
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Term:
    """A word with a meaning to tap."""

    term: str
    meaning: str
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Scenario:
    title: str
    summary: str
    you: str
    customer: str
    portrait: str
    facts: tuple[str, ...]
    skills: tuple[str, ...]
    meters: tuple[Meter, ...]
    flags: tuple[str, ...]
    pass_mark: int
    pass_ending: Literal["success", "partial"]
    warning: str
    lessons: tuple[str, ...]
    pair: str
    order: Literal["shuffled", "fixed"]
    feedback: Literal["now", "end"]
    language: str
    author: str
    allow: tuple[tuple[str, str], ...]
    briefing: tuple[Line, ...]
    scenes: tuple[Scene, ...]
    glossary: tuple[Term, ...]

    def scene(self, slug: str) -> Scene:
        return next(scene for scene in self.scenes if scene.slug == slug)

    @property
    def passing(self) -> frozenset[Outcome]:
        """The endings that a play can pass with; a failure is never one."""
        return PASSING[self.pass_ending]

    @property
    def speaker(self) -> str:
        """The speaker whose face is shown: the first word of `customer`."""
        return self.customer.split()[0].strip(",") if self.customer.split() else ""
