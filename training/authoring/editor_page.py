"""The page on which a draft is written: its text, what is wrong with it, its map and how it will look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from scenarios import Diagnostic
from training.authoring.checking import Checked
from training.authoring.models import Draft, DraftSave
from training.authoring.previews import Preview, open_preview
from training.authoring.scene_map import SceneMap, scene_map
from training.library.builds import ScenarioBuild
from training.library.models import Kind


@dataclass(frozen=True)
class Problem:
    """One diagnostic. `play` is the shortest play that shows it, as an address has it: "1,2,0"."""

    code: str
    is_error: bool
    message: str
    mend: str
    line: int
    column: int
    play: str | None


@dataclass(frozen=True)
class DraftSeen:
    """A draft as its page names it. `saved_by` is empty where that person is gone."""

    public_id: str
    kind: Kind
    slug: str
    version: int
    saved_at: datetime
    saved_by: str
    saved_by_id: int | None
    is_closed: bool
    is_new: bool

    @property
    def file(self) -> str:
        return f"{self.slug}.md"


@dataclass(frozen=True)
class EditorPage:
    """`text` is what stands in the field: the newest save, or what was typed and is not saved yet; `version`
    is the save that it was written on.

    `is_old`: the text cannot be shown as it is, so the last good preview still is.
    """

    draft: DraftSeen
    text: str
    version: int
    is_saved: bool
    checked: Checked
    problems: tuple[Problem, ...]
    allowed: tuple[tuple[Problem, str], ...]
    preview: Preview | None
    is_old: bool
    map: SceneMap | None
    scenes: tuple[tuple[str, str], ...]
    skills: tuple[str, ...]

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines() or [""]


def draft_seen(draft: Draft, newest: DraftSave) -> DraftSeen:
    return DraftSeen(
        draft.public_id,
        Kind(draft.kind),
        draft.slug,
        draft.version,
        newest.saved_at,
        newest.saved_by.name if newest.saved_by else "",
        newest.saved_by_id,
        draft.closed_at is not None,
        draft.base_revision_id is None,
    )


def editor_page(
    draft: Draft, newest: DraftSave, text: str, checked: Checked, scene: str, written_on: int | None = None
) -> EditorPage:
    """The page of a text that was just checked. Without a build of its own it keeps the draft's last one.

    `written_on` is the save on which a text was written that is not saved; None for the newest save itself.
    """
    seen = draft_seen(draft, newest)
    drawn = draft.version if checked.body else draft.preview_version
    preview = open_preview(seen.kind, checked.body or draft.preview, drawn, scene)
    build = preview.build if preview else None
    call = build.compiled if isinstance(build, ScenarioBuild) else None
    return EditorPage(
        draft=seen,
        text=text,
        version=seen.version if written_on is None else written_on,
        is_saved=written_on is None,
        checked=checked,
        problems=tuple(problem_of(one) for one in checked.diagnostics),
        allowed=tuple((problem_of(one), why) for one, why in checked.allowed),
        preview=preview,
        is_old=preview is not None and not checked.body,
        map=scene_map(call) if call is not None else None,
        scenes=tuple((one.slug, one.title) for one in call.scenario.scenes) if call else (),
        skills=checked.skills,
    )


def problem_of(found: Diagnostic) -> Problem:
    play = None if found.play is None else ",".join(map(str, found.play))
    return Problem(
        found.code,
        found.severity == "error",
        found.message,
        found.mend,
        found.line,
        found.column,
        play,
    )
