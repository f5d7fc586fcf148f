"""The names that a scenario declares: skills, meters and flags, each looked up tolerantly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.slugs import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Catalogue:
    """What stands around a scenario: skills by slug with their titles, and the lessons' slugs."""

    skills: Mapping[str, str] = field(default_factory=dict)
    lessons: Collection[str] = frozenset()


def load_catalogue(content_dir: Path) -> Catalogue:
    """The skills (with titles from their front matter, or their slugs) and lessons of a content folder."""
    skills = {path.stem: title_of(path) for path in sorted((content_dir / "skills").glob("*.md"))}
    lessons = frozenset(path.stem for path in (content_dir / "lessons").glob("*.md"))
    return Catalogue(skills, lessons)


def title_of(path: Path) -> str:
    """The title in a file's front matter, or its name where none can be read."""
    try:
        head = path.read_text(encoding="utf-8")[:4000]
    except (OSError, UnicodeDecodeError):
        return path.stem
    for line in head.splitlines():
        if line.startswith("title:"):
            return line.removeprefix("title:").strip().strip("\"'") or path.stem
    return path.stem


@dataclass
class Names:
    """The declared names by folded key; `used` collects what conditions and effects mention.

    `unread` are the kinds whose field could not be read, so that nothing is known about their names.
    """

    skills: dict[str, str] = field(default_factory=dict)
    meters: dict[str, tuple[str, int]] = field(default_factory=dict)
    flags: dict[str, str] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)
    unread: set[str] = field(default_factory=set)

    def kind(self, name: str) -> str:
        """What a name is: skill, meter, flag, or nothing ("")."""
        key = fold(name)
        for kind, known in (("skill", self.skills), ("meter", self.meters), ("flag", self.flags)):
            if key in known:
                self.used.add(key)
                return kind
        return ""

    def skill(self, name: str) -> str:
        return self.skills[fold(name)]

    def meter(self, name: str) -> str:
        return self.meters[fold(name)][0]

    def most(self, name: str) -> int:
        return self.meters[fold(name)][1]

    def flag(self, name: str) -> str:
        return self.flags[fold(name)]

    def report(
        self, code: str, where: tuple[int, int], name: str, kinds: tuple[str, ...], problems: Problems
    ) -> None:
        """Report an unknown name; not where its field could not be read, which has been said already."""
        if not self.unread & set(kinds):
            fault = f"{quoted(name)} is not a {' or a '.join(kinds)}."
            problems.add(code, where, fault, self.suggestion(name, *kinds))

    def suggestion(self, name: str, *kinds: str) -> str:
        """A mend for an unknown name: the nearest of these kinds, or where to declare it."""
        known: list[str] = []
        for kind, names in (("skill", self.skills.values()), ("flag", self.flags.values())):
            known += names if kind in kinds else []
        known += [meter for meter, _ in self.meters.values()] if "meter" in kinds else []
        fields = " or ".join(f"`{kind}s:`" for kind in kinds)
        return did_you_mean(name, known, f"Declare it under {fields} in the front matter.")
