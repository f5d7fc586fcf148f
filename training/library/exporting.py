"""What is published → files, byte by byte; a file that somebody changed is never written over unasked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.orm import Session

from training.library.formats.pictures import FOLDER
from training.library.media import names_in, sent_body
from training.library.models import Item
from training.library.service import content_hash
from training.library.sides import Held, Key, Side, file_hashes, list_held, name_of, path_of, sides

_WRITTEN = {Side.SITE, Side.STUDIO}
_REFUSED = {Side.BOTH, Side.GONE}


@dataclass(frozen=True)
class Exported:
    """What an export did. `refused` were left as they are, since their files changed or are gone."""

    written: tuple[Key, ...]
    refused: tuple[Key, ...]
    newer_files: tuple[Key, ...]


def export_content(session: Session, content: Path, take: Collection[str] = ()) -> Exported:
    """Write what the site has newer; what `take` names, as "scenarios/x", whatever its file says."""
    held = list_held(session)
    standing = sides(file_hashes(content), held)
    wanted = {key for key in standing if name_of(key) in take and key in held and held[key].live}
    # A folder that is not there at all was not emptied by anybody: it is filled.
    wanted |= {key for key, side in standing.items() if side is Side.GONE and _has_no_folder(content, key)}
    written = [key for key, side in standing.items() if side in _WRITTEN or key in wanted]
    for key in written:
        _write(path_of(content, key), held[key].source.encode())
    _write_pictures(session, content, [held[key].source for key in written])
    agreed = [*written, *(key for key, side in standing.items() if side is Side.SAME)]
    _remember(session, [held[key] for key in agreed])
    return Exported(
        tuple(written),
        tuple(key for key, side in standing.items() if side in _REFUSED and key not in wanted),
        tuple(key for key, side in standing.items() if side is Side.FILE and key not in wanted),
    )


def _has_no_folder(content: Path, key: Key) -> bool:
    return not path_of(content, key).parent.is_dir()


def _write_pictures(session: Session, content: Path, texts: Collection[str]) -> None:
    """The pictures that were sent to the site and stand in these texts; one that is a file already stays."""
    for name in sorted(set().union(*map(names_in, texts))):
        path = content / FOLDER / name
        body = None if path.exists() else sent_body(session, name)
        if body is not None:
            _write(path, body)


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all: a reader never finds half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(body)
    beside.replace(path)


def _remember(session: Session, held: list[Held]) -> None:
    for one in held:
        if one.last != content_hash(one.source):
            session.execute(
                update(Item).where(Item.id == one.item_id).values(file_hash=content_hash(one.source))
            )
    session.flush()
