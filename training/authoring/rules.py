"""What holds of drafts whatever the database: sizes, line ends, which old saves may go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

MOST_BYTES = 256 * 1024
MOST_SAVES = 400
FRESH = timedelta(hours=1)
STEP = timedelta(minutes=10)


@dataclass(frozen=True)
class SaveMark:
    """When a save was made, and whether by hand: enough to decide whether it stays."""

    number: int
    saved_at: datetime
    by_hand: bool


def is_too_long(text: str) -> bool:
    return len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES


def as_posted(posted: str, before: str) -> str:
    """What somebody meant whose browser sent `posted` from a form that held `before`.

    Browsers send every line end as CR LF. A text that says the same keeps its very bytes; any other gets the
    line ends that its earlier self mostly had. NUL, which PostgreSQL cannot hold, is nobody's meaning.
    """
    plain = _plain(posted.replace("\0", ""))
    if plain == _plain(before):
        return before
    return plain.replace("\n", "\r\n") if 2 * before.count("\r\n") > before.count("\n") > 0 else plain


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def superfluous(saves: Iterable[SaveMark], at: datetime) -> list[int]:
    """Numbers of the saves that may go: of the editor's own ones older than an hour, all but the last in
    each ten minutes; and, of all, what is beyond the newest four hundred. The first save always stays.
    """
    newest_first = sorted(saves, key=lambda one: one.number, reverse=True)
    gone, seen, kept = list[int](), set[int](), 0
    for save in newest_first[:-1]:
        window = int(save.saved_at.timestamp() // STEP.total_seconds())
        is_thinned = not save.by_hand and at - save.saved_at > FRESH and window in seen
        if is_thinned or kept >= MOST_SAVES - 1:
            gone.append(save.number)
        else:
            kept += 1
            seen.add(window)
    return gone
