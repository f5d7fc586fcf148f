"""What the author wrote, with its places: the tree that the tools format, rename and check."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from scenarios.front_matter import FrontMatter

Where = tuple[int, int]
LineKind = Literal["narration", "speech", "thought", "coach"]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said or told; `text` is Markdown. `speaker` is empty for narration."""

    kind: LineKind
    speaker: str
    text: str
    where: Where = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Written:
    """A detail as it stands: an effect, a condition, `Once`; or an attribute's text with its `name`."""

    text: str
    where: Where = field(default=(0, 0), compare=False)
    name: str = ""


@dataclass(slots=True)
class Entry:
    """A list item of a scene: a choice (no `lead`), a route or a timer (`lead` is before the link)."""

    text: str
    target: str
    lead: str
    where: Where = field(compare=False)
    target_where: Where = field(compare=False)
    details: list[Written] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    reach: int = field(default=2, compare=False)
    indent: int = field(default=0, compare=False)

    @property
    def kind(self) -> Literal["choice", "route", "timer"]:
        if not self.lead:
            return "choice"
        return "timer" if self.lead.lower().startswith("after") else "route"


@dataclass(slots=True)
class SceneText:
    title: str
    where: Where = field(compare=False)
    lines: list[Line] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    attributes: list[Written] = field(default_factory=list)
    beyond: int = 0


@dataclass(slots=True)
class Document:
    front: FrontMatter
    heading: Written | None = None
    briefing: list[Line] = field(default_factory=list)
    scenes: list[SceneText] = field(default_factory=list)
    glossary: list[Written] = field(default_factory=list)
