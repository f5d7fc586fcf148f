"""The files of a content folder, and what each may point to."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from scenarios import Catalogue, load_catalogue
from scenarios.slugs import fold
from training.library.formats.pictures import FOLDER, Media
from training.library.models import Kind

FOLDERS = {
    "skills": Kind.SKILL,
    "lessons": Kind.LESSON,
    "scenarios": Kind.SCENARIO,
    "modules": Kind.MODULE,
}
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
LONGEST_SLUG = 80


def address_from(words: str, most: int = LONGEST_SLUG) -> str:
    """The address that a title or a file's name makes; empty where it makes none."""
    address = fold(words)[:most].strip("-")
    return address if SLUG.fullmatch(address) else ""


@dataclass(frozen=True)
class SourceFile:
    """One file: `path` is what people are shown."""

    kind: Kind
    slug: str
    path: Path

    @property
    def folder(self) -> str:
        return f"{self.kind}s"


@dataclass(frozen=True)
class Shelf:
    """What stands in a content folder: slugs by kind, and the skills' titles."""

    slugs: dict[Kind, frozenset[str]] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=Catalogue)
    media: Media = field(default_factory=Media)

    def has(self, folder: str, slug: str) -> bool:
        return folder in FOLDERS and slug in self.slugs.get(FOLDERS[folder], frozenset())


def find_files(content: Path) -> list[SourceFile]:
    """Every `.md` file of the four folders, in name order. Others, `.play` files too, are left alone."""
    return [
        SourceFile(kind, path.stem, path)
        for folder, kind in FOLDERS.items()
        for path in sorted((content / folder).glob("*.md"))
        if not path.name.startswith(".")
    ]


def find_shelf(content: Path) -> Shelf:
    files = find_files(content)
    slugs = {kind: frozenset(one.slug for one in files if one.kind is kind) for kind in Kind}
    return Shelf(slugs, load_catalogue(content), Media(content / FOLDER))
