"""Reads for a learner's own pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from training.assignments.queries import open_assignments
from training.assignments.rules import ModuleProgress, module_progress
from training.attempts.looking_back import LookingBack, finished_calls, looked_at, looking_back
from training.errors import NotFoundError
from training.library.builds import ModuleEntry
from training.library.models import Kind
from training.library.queries import Published, list_published, load_module, load_scenario
from training.notices import Notice
from training.reports.done import Done, done_by
from training.today.notices import list_notices
from training.today.rules import (
    OwedModule,
    address_of_entry,
    entry_state,
    modules_before,
    next_owed,
    owed_modules,
)
from training.today.shown import Name, list_shown


@dataclass(frozen=True)
class Caller:
    """The face at the door, and how it looks: the temper at the start, of `most`."""

    portrait: str
    temper: int
    most: int


@dataclass(frozen=True)
class NextStep:
    """The one thing to do next: an entry of a module. `about` is None where it is not published."""

    module: OwedModule
    entry: ModuleEntry
    about: Published | None
    caller: Caller | None

    @property
    def url(self) -> str:
        return address_of_entry(self.entry.kind, self.entry.slug)


@dataclass(frozen=True)
class Today:
    """A learner's first page. `notices` by their kind, the first to come first."""

    tip: Published | None
    step: NextStep | None
    owed: tuple[OwedModule, ...]
    back: LookingBack
    notices: Mapping[str, Sequence[Notice]]

    @property
    def has_finished(self) -> bool:
        return bool(self.owed) and self.step is None


def today_page(session: Session, person_id: int, today: date, at: datetime) -> Today:
    """Five statements: what is owed, what is done, the calls finished, what the page names, what is new."""
    owed, _done = _owed(session, person_id, today)
    module, calls = next_owed(owed), finished_calls(session, person_id)
    entry = module.next_entry if module else None
    names = looked_at(calls) | ({(entry.kind, entry.slug)} if entry else set())
    tip, live = list_shown(session, today, names)
    return Today(
        tip,
        _next_step(session, module, live),
        owed,
        looking_back(calls, live, at),
        list_notices(session, person_id, at),
    )


def _owed(session: Session, person_id: int, today: date) -> tuple[tuple[OwedModule, ...], Done]:
    asked = open_assignments(session, person_id)
    done = done_by(session, person_id)
    return owed_modules(asked, done.completions, done.passed, today), done


def _next_step(
    session: Session, module: OwedModule | None, live: Mapping[Name, Published]
) -> NextStep | None:
    if module is None or module.next_entry is None:
        return None
    about = live.get((module.next_entry.kind, module.next_entry.slug))
    return NextStep(module, module.next_entry, about, _caller(session, about))


def _caller(session: Session, about: Published | None) -> Caller | None:
    """Who rings, where the step is a call."""
    if about is None or about.kind is not Kind.SCENARIO:
        return None
    written = load_scenario(session, about.revision_id).compiled.scenario
    temper = next((meter for meter in written.meters if meter.name == "temper"), None)
    portrait = written.portrait or written.speaker.lower()
    return Caller(portrait, temper.start if temper else 1, temper.most if temper else 5)


@dataclass(frozen=True)
class EntryLine:
    """One line of a module's page. `state`: done, next, later or suggestion."""

    entry: ModuleEntry
    state: str

    @property
    def url(self) -> str:
        return address_of_entry(self.entry.kind, self.entry.slug)


@dataclass(frozen=True)
class Before:
    """A module that comes before another, and whether the learner has finished it."""

    module: Published
    is_finished: bool


@dataclass(frozen=True)
class ModulePage:
    """A module as one learner sees it. `owed` is None where nobody asked them for it.

    `after` is what else they owe, `follows` the module that names this one as coming before it.
    """

    about: Published
    html: Markup
    language: str
    lines: tuple[EntryLine, ...]
    progress: ModuleProgress
    owed: OwedModule | None
    after: OwedModule | None
    before: tuple[Before, ...]
    follows: Published | None


def module_page(session: Session, slug: str, person_id: int, today: date) -> ModulePage:
    """A published module with the learner's own state in it. Raises NotFoundError."""
    modules = {one.slug: one for one in list_published(session, Kind.MODULE)}
    if slug not in modules:
        raise NotFoundError
    about = modules[slug]
    build = load_module(session, about.revision_id)
    owed, done = _owed(session, person_id, today)
    progress = module_progress(build.entries, done.completions, done.passed)
    lines = tuple(
        EntryLine(entry, entry_state(entry.rule, place, progress))
        for place, entry in enumerate(build.entries)
    )
    mine = next((one for one in owed if one.asked.slug == slug), None)
    before = tuple(Before(one, _is_finished(session, one, done)) for one in modules_before(about, modules))
    return ModulePage(
        about,
        build.html,
        build.language,
        lines,
        progress,
        mine,
        next_owed(owed, but=slug),
        before,
        next((one for one in modules.values() if about in modules_before(one, modules)), None),
    )


def _is_finished(session: Session, module: Published, done: Done) -> bool:
    entries = load_module(session, module.revision_id).entries
    return module_progress(entries, done.completions, done.passed).is_finished


@dataclass(frozen=True)
class ModuleList:
    """What the learner owes, and what else there is."""

    owed: tuple[tuple[Published, OwedModule], ...]
    others: tuple[Published, ...]
    before: Mapping[str, tuple[Published, ...]]


def module_list(session: Session, person_id: int, today: date) -> ModuleList:
    """Every published module, those that the learner owes first."""
    modules = {one.slug: one for one in list_published(session, Kind.MODULE)}
    owed, _done = _owed(session, person_id, today)
    mine = tuple((modules[one.asked.slug], one) for one in owed if one.asked.slug in modules)
    asked = {one.asked.slug for one in owed}
    before = {slug: modules_before(one, modules) for slug, one in modules.items()}
    return ModuleList(mine, tuple(one for slug, one in modules.items() if slug not in asked), before)
