"""Reads for a learner's own pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy import Date, bindparam
from sqlalchemy.orm import Session

from training.assignments.queries import open_assignments
from training.assignments.rules import ModuleProgress, module_progress
from training.attempts.checks import NewCheck, new_checks
from training.attempts.looking_back import LookingBack, looking_back
from training.errors import NotFoundError
from training.hindsight.news import News, list_news
from training.library.builds import ModuleEntry
from training.library.models import Item, Kind, Publication
from training.library.queries import (
    Published,
    as_published,
    list_published,
    load_module,
    load_scenario,
    published,
)
from training.reports.done import NOTHING, Done, done_by
from training.returns.queries import Waiting, list_waiting
from training.today.rules import (
    OwedModule,
    address_of_entry,
    entry_state,
    modules_before,
    next_owed,
    owed_modules,
)

# Built once, not at each request.
_NEWEST_TIP = (
    published()
    .where(Publication.tip_on <= bindparam("today", type_=Date()))
    .order_by(Publication.tip_on.desc())
    .limit(1)
)
_ENTRY = published().where(Item.kind == bindparam("kind"), Item.slug == bindparam("slug"))


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
    """A learner's first page."""

    tip: Published | None
    step: NextStep | None
    owed: tuple[OwedModule, ...]
    back: LookingBack
    new_checks: tuple[NewCheck, ...]
    returns: tuple[Waiting, ...]
    news: tuple[News, ...]

    @property
    def has_finished(self) -> bool:
        return bool(self.owed) and self.step is None


def today_page(session: Session, person_id: int, today: date, at: datetime) -> Today:
    """Eleven statements at most: owed, done, the next step, the tip, calls, new checks, returns, news."""
    owed, _done = _owed(session, person_id, today)
    back = looking_back(session, person_id, at)
    return Today(
        tip_of_the_week(session, today),
        _next_step(session, next_owed(owed)),
        owed,
        back,
        new_checks(session, person_id),
        tuple(list_waiting(session, person_id)),
        list_news(session, person_id, at),
    )


def tip_of_the_week(session: Session, today: date) -> Published | None:
    """The lesson whose date came last."""
    row = session.execute(_NEWEST_TIP, {"today": today}).first()
    return as_published(row) if row is not None else None


def _owed(session: Session, person_id: int, today: date) -> tuple[tuple[OwedModule, ...], Done]:
    asked = open_assignments(session, person_id)
    done = done_by(session, person_id).get(person_id, NOTHING)
    return owed_modules(asked, done.completions, done.passed, today), done


def _next_step(session: Session, module: OwedModule | None) -> NextStep | None:
    if module is None or module.progress.next is None:
        return None
    entry = module.asked.entries[module.progress.next]
    row = session.execute(_ENTRY, {"kind": entry.kind, "slug": entry.slug}).first()
    about = as_published(row) if row is not None else None
    return NextStep(module, entry, about, _caller(session, about))


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
