"""What only shows when files are read together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scenarios import Diagnostic
from training.library.formats import Draft, DraftReading
from training.library.formats.findings import Finding
from training.library.formats.lesson import LessonText
from training.library.formats.module import ModuleText
from training.library.models import Kind


def check_crossings(readings: Sequence[DraftReading]) -> dict[str, list[Diagnostic]]:
    """By path: a module that asks for an answer where nothing is asked, or that comes after itself; a lesson
    that nobody would find.

    Only files that were read just now can be judged: what is unchanged was judged when it came.
    """
    drafts = [(one.path, one.draft) for one in readings if one.draft is not None]
    silent = {
        draft.slug
        for _path, draft in drafts
        if isinstance(draft.body, LessonText) and draft.body.decision is None
    }
    listed = {name for _path, draft in drafts if draft.kind is Kind.MODULE for name in draft.refers_to}
    found: dict[str, list[Diagnostic]] = {}
    circles = _circles({draft.slug: before_it(draft) for _path, draft in drafts if draft.kind is Kind.MODULE})
    for path, draft in drafts:
        if isinstance(draft.body, ModuleText):
            found[path] = [
                Finding(
                    "L712",
                    f'"{entry.title}" has no decision, so it can never be answered.',
                    "Write — read instead, or add ## Your call to the lesson.",
                    path,
                    entry.line,
                    1,
                )
                for entry in draft.body.entries
                if entry.rule == "answer" and entry.slug in silent
            ]
            if draft.slug in circles:
                message = f"It comes after itself: {' → '.join(circles[draft.slug])}."
                mend = "Take one of these names out of `after:`."
                found[path].append(Finding("L718", message, mend, path, 1, 1))
        elif draft.kind is Kind.LESSON and draft.tip_on is None and f"lesson/{draft.slug}" not in listed:
            message = "This lesson has no date, and no module that changed with it lists it."
            mend = "Give it a date, or list it in a module."
            found[path] = [Finding("L715", message, mend, path, 1, 1)]
    return found


def before_it(module: Draft) -> tuple[str, ...]:
    """The modules that it names as coming before it."""
    named = (name.removeprefix("module/") for name in module.refers_to if name.startswith("module/"))
    return tuple(name for name in named if name != module.slug)


def _circles(before: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """By module that comes after itself: the shortest way round, beginning and ending with it."""
    found = {}
    for start in before:
        ways, met = [[start]], set[str]()
        while ways and start not in found:
            way = ways.pop(0)
            for name in before.get(way[-1], ()):
                if name == start:
                    found[start] = [*way, start]
                    break
                if name not in met:
                    met.add(name)
                    ways.append([*way, name])
    return found
