"""What a learner's first page says, and when. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from training.assignments.queries import AskedModule
from training.assignments.rules import (
    Completions,
    ModuleProgress,
    Passed,
    Rule,
    days_late,
    module_progress,
    waits_for,
)
from training.library.builds import ModuleEntry
from training.library.queries import Published


@dataclass(frozen=True)
class OwedModule:
    """A module that the learner owes, and how far they are in it.

    `waits_for` are the titles of what they owe before it, and have not finished.
    """

    asked: AskedModule
    progress: ModuleProgress
    days_late: int
    waits_for: tuple[str, ...]

    @property
    def next_entry(self) -> ModuleEntry | None:
        """The first that is left to do."""
        return None if self.progress.next is None else self.asked.entries[self.progress.next]


def owed_modules(
    asked: Sequence[AskedModule], completions: Completions, passed: Passed, today: date
) -> tuple[OwedModule, ...]:
    """Each module once, in the order given (first due first), however many teams ask for it."""
    once: dict[str, AskedModule] = {}
    for one in asked:
        once.setdefault(one.slug, one)
    progress = {slug: module_progress(one.entries, completions, passed) for slug, one in once.items()}
    finished = {slug for slug, how_far in progress.items() if how_far.is_finished}
    after = {slug: one.after for slug, one in once.items()}
    return tuple(
        OwedModule(
            one,
            progress[slug],
            0 if slug in finished else days_late(one.due_on, today),
            tuple(once[name].title for name in waits_for(slug, after, finished)),
        )
        for slug, one in once.items()
    )


def next_owed(owed: Sequence[OwedModule], but: str = "") -> OwedModule | None:
    """The first module with something left to do that waits for no other; never the one called `but`."""
    return next(
        (
            one
            for one in owed
            if one.progress.next is not None and not one.waits_for and one.asked.slug != but
        ),
        None,
    )


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
