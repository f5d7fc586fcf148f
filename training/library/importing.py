"""A content folder → what is published: read and build first, then one short transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import text, update
from sqlalchemy.orm import Session

from scenarios import Diagnostic
from training.library.building import Built, build_all
from training.library.crossing import check_crossings
from training.library.formats import Draft, DraftReading, SourceFile, find_files, find_shelf, read_file
from training.library.formats.findings import Finding
from training.library.formats.shelf import FOLDERS
from training.library.models import Item
from training.library.renaming import carry_over
from training.library.search import is_whole, reindex
from training.library.service import Live, content_hash, publish, retire
from training.library.sides import Held, Key, Side, file_hashes, list_held, name_of, sides

Progress = Callable[[str], None]
# Files of these are published; the same text is too, for it may want a build in a new format.
_FILE_WINS = {Side.NEW, Side.FILE, Side.SAME}


@dataclass
class Survey:
    """Every file of a folder that was read: drafts that can be published, and all that is wrong."""

    files: int = 0
    built: list[Built] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    decisions: Counter[str] = field(default_factory=Counter)
    unchanged: int = 0

    @property
    def errors(self) -> int:
        return sum(one.severity == "error" for one in self.diagnostics)

    @property
    def warnings(self) -> int:
        return len(self.diagnostics) - self.errors


@dataclass(frozen=True)
class Summary:
    """What an import did. `kept` are items whose file is bad, so that their last good revision stays.

    `overtaken`: the site has a newer text, or took it down. `refused`: file and site both changed.
    """

    published: int
    unchanged: int
    retired: int
    kept: int
    overtaken: int = 0
    refused: tuple[Key, ...] = ()


def survey(
    content: Path, live: Mapping[Key, Live] | None = None, progress: Progress = lambda _said: None
) -> Survey:
    """Read and build every file of `content`; files whose text is live and built already only when asked
    to check all, that is without `live`."""
    files, shelf, found = find_files(content), find_shelf(content), Survey()
    found.files = len(files)
    readings: list[DraftReading] = []
    for number, file in enumerate(files, 1):
        source = _source(file, found)
        if source is None:
            continue
        if live is not None and _is_live(live.get((file.kind, file.slug)), source):
            found.unchanged += 1
            continue
        readings.append(read_file(source, file, shelf))
        if number % 100 == 0:
            progress(f"{number} of {len(files)} files read")
    for reading in readings:
        found.diagnostics += reading.diagnostics
        found.decisions.update(reading.decisions)
    drafts = _good(readings, check_crossings(readings), found)
    built = build_all(drafts, lambda done: _tell(progress, done, len(drafts)))
    found.built = [one for one in built if not _failed(one, readings, found)]
    return found


def import_content(
    session: Session,
    content: Path,
    found: Survey,
    at: datetime,
    by: str = "",
    take: Collection[str] = (),
) -> Summary:
    """Publish what `survey` found and retire what has no file any more. A bad file changes nothing.

    Nor does a file that the site has overtaken, or one that changed on both sides; for those that `take`
    names, as "scenarios/x", the file wins. What was made in the studio is never retired for want of a file.
    """
    if session.get_bind().dialect.name == "postgresql":
        # Two hosts that start at once both import; on SQLite the write lock already lets one wait.
        session.execute(text("LOCK TABLE item IN SHARE ROW EXCLUSIVE MODE"))
    held, files = list_held(session), file_hashes(content)
    standing = sides(files, held)
    good = {_key(one.draft): one for one in found.built}
    hidden = {key for key, one in good.items() if one.draft.hidden}
    wins = {key for key, side in standing.items() if side in _FILE_WINS or name_of(key) in take}
    fresh = [key for key in good if key in wins and key not in hidden]
    for key in fresh:
        publish(session, good[key].draft, good[key].body, at, by)
    gone = _gone(content, standing, held, hidden)
    if gone:
        retire(session, [held[key].item_id for key in gone], at)
    agreed = {*fresh, *(key for key, side in standing.items() if side is Side.SAME and key not in gone)}
    _remember(session, {**{key: files[key] for key in agreed}, **dict.fromkeys(gone, "")})
    carry_over(session)
    if not is_whole(session):
        reindex(session)  # an index made after its lessons, or builds that came later
    read = {key for key, side in standing.items() if side is Side.BOTH and key not in wins}
    overtaken = sum(side in (Side.SITE, Side.DOWN) and key in good for key, side in standing.items())
    bad = found.files - len(found.built) - found.unchanged
    return Summary(len(fresh), found.unchanged, len(gone), bad, overtaken, tuple(sorted(read)))


def _key(draft: Draft) -> Key:
    return draft.kind, draft.slug


def _gone(
    content: Path, standing: Mapping[Key, Side], held: Mapping[Key, Held], hidden: set[Key]
) -> list[Key]:
    """What was published from a file that is no longer there, or now says that it is a draft."""
    # A folder that is missing altogether is a slip (half a checkout), not a wish to retire all it held.
    kinds = {kind for folder, kind in FOLDERS.items() if (content / folder).is_dir()}
    hidden_now = {key for key in hidden if standing[key] is Side.FILE}
    gone = {key for key, side in standing.items() if side is Side.GONE and key[0] in kinds}
    return sorted(key for key in gone | hidden_now if held[key].live)


def _remember(session: Session, hashes: Mapping[Key, str]) -> None:
    """The hash at which each file and its item agreed; none for what has no file any more."""
    for (kind, slug), hashed in hashes.items():
        session.execute(
            update(Item)
            .where(Item.kind == kind, Item.slug == slug, Item.file_hash != hashed)
            .values(file_hash=hashed)
        )


def _tell(progress: Progress, done: int, of: int) -> None:
    """Only a long run says how far it is."""
    if of > 100:
        progress(f"{done} of {of} texts built")


def _source(file: SourceFile, found: Survey) -> bytes | None:
    try:
        return file.path.read_bytes()
    except OSError as problem:
        message = f"The file cannot be read: {problem.strerror}."
        found.diagnostics.append(Finding("L714", message, "Check its rights.", str(file.path), 1, 1))
        return None


def _is_live(live: Live | None, source: bytes) -> bool:
    """Whether this very text is live and built: then there is nothing to read."""
    if live is None or not live.is_built:
        return False
    try:
        return content_hash(source.decode()) == live.content_hash
    except UnicodeDecodeError:
        return False


def _good(
    readings: Sequence[DraftReading], crossings: Mapping[str, list[Diagnostic]], found: Survey
) -> list[Draft]:
    """The drafts that nothing stops, other files taken into account."""
    good = []
    for reading in readings:
        crossed = crossings.get(reading.path, [])
        found.diagnostics += crossed
        if reading.draft is not None and not any(one.severity == "error" for one in crossed):
            good.append(reading.draft)
    return good


def _failed(built: Built, readings: Sequence[DraftReading], found: Survey) -> bool:
    if not built.failure:
        return False
    path = next(one.path for one in readings if one.draft is built.draft)
    found.diagnostics.append(Finding("L713", built.failure, "Write it more plainly.", path, 1, 1))
    return True
