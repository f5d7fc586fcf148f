"""A file and the item that the site publishes of it: which of the two has changed since they last agreed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from difflib import unified_diff
from enum import Enum
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.library.formats import find_files
from training.library.models import Item, Kind, Publication, Revision

Key = tuple[Kind, str]
MOST_LINES = 60


class Side(Enum):
    """How a file and its item stand to each other; the value says it to people."""

    SAME = "the same"
    FILE = "the file is newer"
    SITE = "the site is newer"
    BOTH = "both changed"
    NEW = "a new file"
    STUDIO = "made in the studio, no file yet"
    GONE = "its file is gone"
    DOWN = "taken down on the site"


@dataclass(frozen=True)
class Held:
    """An item: hash and text of what is live, empty where nothing is; the hash of its file last time."""

    item_id: int
    live: str
    source: str
    last: str


def stand(file: str, held: Held | None) -> Side:
    """`file` is the hash of the file, empty where there is none."""
    live, last = (held.live, held.last) if held else ("", "")
    if file and not live:
        return Side.NEW if not last else Side.DOWN if last == file else Side.BOTH
    if not file:
        return Side.STUDIO if not last else Side.GONE if last == live else Side.BOTH
    if file == live:
        return Side.SAME
    if not last or last not in (file, live):
        return Side.BOTH
    return Side.SITE if last == file else Side.FILE


def list_held(session: Session) -> dict[Key, Held]:
    """Every item there ever was, by kind and address. One statement, which reads the live texts."""
    rows = session.execute(
        select(Item.id, Item.kind, Item.slug, Item.file_hash, Revision.content_hash, Revision.source)
        .outerjoin(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .outerjoin(Revision, Revision.id == Publication.revision_id)
    )
    return {
        (Kind(row.kind), row.slug): Held(row.id, row.content_hash or "", row.source or "", row.file_hash)
        for row in rows
    }


def file_hashes(content: Path) -> dict[Key, str]:
    """The hash of every file; one that cannot be read is there all the same, and like no other."""
    found: dict[Key, str] = {}
    for file in find_files(content):
        try:
            found[file.kind, file.slug] = hashlib.sha256(file.path.read_bytes()).hexdigest()
        except OSError:
            found[file.kind, file.slug] = "unreadable"
    return found


def sides(files: dict[Key, str], held: dict[Key, Held]) -> dict[Key, Side]:
    """How everything stands that has a file or is live."""
    keys = sorted({*files, *(key for key, one in held.items() if one.live)})
    return {key: stand(files.get(key, ""), held.get(key)) for key in keys}


def path_of(content: Path, key: Key) -> Path:
    return content / f"{key[0]}s" / f"{key[1]}.md"


def name_of(key: Key) -> str:
    """How the commands call it: scenarios/x."""
    return f"{key[0]}s/{key[1]}"


def shown_difference(content: Path, key: Key, held: Held) -> str:
    """The first lines in which the file and the site differ."""
    path = path_of(content, key)
    text = path.read_bytes().decode("utf-8", "replace") if path.exists() else ""
    lines = unified_diff(held.source.splitlines(), text.splitlines(), "the site", str(path), lineterm="", n=1)
    found = [line for _at, line in zip(range(MOST_LINES), lines, strict=False)]
    return "\n".join(found)
