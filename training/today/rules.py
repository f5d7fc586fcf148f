"""What a learner's first page says, and when. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from training.assignments.queries import AskedModule
from training.assignments.rules import Completions, ModuleProgress, Passed, Rule, days_late, module_progress
from training.library.queries import Published


@dataclass(frozen=True)
class OwedModule:
    """A module that the learner owes, and how far they are in it."""

    asked: AskedModule
    progress: ModuleProgress
    days_late: int


def owed_modules(
    asked: Sequence[AskedModule], completions: Completions, passed: Passed, today: date
) -> tuple[OwedModule, ...]:
    """Each module once, in the order given (first due first), however many teams ask for it."""
    found: dict[str, OwedModule] = {}
    for one in asked:
        progress = module_progress(one.entries, completions, passed)
        late = 0 if progress.is_finished else days_late(one.due_on, today)
        found.setdefault(one.slug, OwedModule(one, progress, late))
    return tuple(found.values())


def next_owed(owed: Sequence[OwedModule], but: str = "") -> OwedModule | None:
    """The first module with something left to do, other than the one whose slug is `but`."""
    return next((one for one in owed if one.progress.next is not None and one.asked.slug != but), None)


def modules_before(module: Published, modules: Mapping[str, Published]) -> tuple[Published, ...]:
    """Those of `modules` that are to come before `module`, as its author named them."""
    names = [name.removeprefix("module/") for name in module.refers_to if name.startswith("module/")]
    return tuple(modules[name] for name in names if name in modules and name != module.slug)


def part_of_day(at: datetime) -> str:
    """morning until noon, afternoon until six, evening until late; `at` in the site's own zone."""
    if 5 <= at.hour < 12:
        return "morning"
    return "afternoon" if 12 <= at.hour < 18 else "evening"


def address_of_entry(kind: str, slug: str) -> str:
    """Where an entry of a module is done."""
    return f"/tips/{slug}" if kind == "lesson" else f"/scenarios/{slug}"


def entry_state(rule: str, place: int, progress: ModuleProgress) -> str:
    """How an entry is drawn: done, next, later, or as a suggestion, which is never done."""
    if rule == Rule.PRACTISE:
        return "suggestion"
    if progress.done_at[place] is not None:
        return "done"
    return "next" if place == progress.next else "later"
