"""A scene's entries into choices, routes and a timer, with every name resolved."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.effects import MINUS, read_condition, read_details
from scenarios.scenario import Choice, Route, Timer

if TYPE_CHECKING:
    from scenarios.addresses import Addresses
    from scenarios.document import Entry, Line, SceneText
    from scenarios.names import Names

AFTER = re.compile(r"(?i)after\s+(\d{1,3})\s+seconds?")
LONGEST_TIMER = 600


def read_choices(scene: SceneText, names: Names, addresses: Addresses, problems: Problems) -> list[Choice]:
    entries = [entry for entry in scene.entries if entry.kind == "choice"]
    return [read_choice(index, entry, names, addresses, problems) for index, entry in enumerate(entries, 1)]


def read_choice(index: int, entry: Entry, names: Names, addresses: Addresses, problems: Problems) -> Choice:
    read = read_details(entry.details, names, problems)
    target = addresses.find(entry.target, entry.target_where) if entry.target else None
    return Choice(
        index=index,
        text=entry.text,
        target=target or "",
        points=tuple(read.points.items()),
        changes=tuple(read.changes.items()),
        sets=tuple(read.sets),
        clears=tuple(read.clears),
        conditions=tuple(read.conditions),
        once=read.once,
        reaction=of_kind(entry.lines, "narration", "speech"),
        thoughts=of_kind(entry.lines, "thought"),
        coaching=of_kind(entry.lines, "coach"),
        where=entry.where,
    )


def of_kind(lines: list[Line], *kinds: str) -> tuple[Line, ...]:
    return tuple(line for line in lines if line.kind in kinds)


def read_routes(scene: SceneText, names: Names, addresses: Addresses, problems: Problems) -> list[Route]:
    """The scene's routes; one after `Otherwise` is never asked."""
    routes: list[Route] = []
    closed = False
    for entry in scene.entries:
        if entry.kind != "route":
            continue
        if closed:
            fault = f"{quoted(entry.text)} stands after Otherwise, which takes everything."
            problems.add("S313", entry.where, fault, "Move it above Otherwise.")
        condition = None
        if entry.lead.lower() in {"otherwise", "else"}:
            closed = True
        else:
            condition = read_condition(entry.lead.translate(MINUS), entry.where, names, problems)
            if condition is None and not problems.stop:
                mend = "Write If, a condition, a colon and the link."
                problems.add("S306", entry.where, f"{quoted(entry.lead)} is no condition.", mend)
        target = addresses.find(entry.target, entry.target_where) if entry.target else None
        routes.append(Route(entry.text, target or "", condition, entry.where))
    return routes


def read_timer(scene: SceneText, addresses: Addresses, problems: Problems) -> Timer | None:
    """The scene's timer, which must stand last in a menu of choices."""
    timers = [entry for entry in scene.entries if entry.kind == "timer"]
    if not timers:
        return None
    entry = timers[0]
    if len(timers) > 1:
        problems.add("S140", timers[1].where, "A scene has one timer at most.", "Keep one of the two.")
    elif scene.entries[-1] is not entry:
        problems.add(
            "S140", entry.where, "The timer is not the last of the menu.", "Move it under the last choice."
        )
    if not any(other.kind == "choice" for other in scene.entries):
        mend = "Write the replies above it."
        problems.add("S140", entry.where, "A timer stands where there is no choice to make.", mend)
    found = AFTER.fullmatch(entry.lead.strip())
    seconds = int(found[1]) if found else 0
    if not 1 <= seconds <= LONGEST_TIMER:
        mend = f"Write it like `After 30 seconds: [..](#..)`, with 1 to {LONGEST_TIMER} seconds."
        problems.add("S141", entry.where, f"{quoted(entry.lead)} is no time.", mend)
    target = addresses.find(entry.target, entry.target_where) if entry.target else None
    return Timer(entry.text, target or "", seconds, entry.where)
