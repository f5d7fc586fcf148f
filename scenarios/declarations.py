"""The front matter's names: skills, meters, flags, lessons and allowances, checked as they are declared."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.diagnostics import Problems, quoted
from scenarios.fields import SILENCEABLE
from scenarios.names import Catalogue, Names
from scenarios.scenario import Meter
from scenarios.slugs import did_you_mean, fold, slug

if TYPE_CHECKING:
    from scenarios.document import Where
    from scenarios.front_matter import FrontMatter
    from scenarios.yaml_chunks import Placed

MOST_METERS, MOST_FLAGS, WIDEST = 4, 8, 20
METER = re.compile(r"(\d{1,4}) of (\d{1,4})")
RESERVED = {"set", "clear", "if", "unless", "once", "otherwise", "after", "not", "and", "or", "is"}


def declare(front: FrontMatter, catalogue: Catalogue | None, problems: Problems) -> tuple[Names, list[Meter]]:
    """The names to resolve against, and the meters in their order."""
    names = Names(unread={kind for kind in ("skill", "meter", "flag") if unread(front, f"{kind}s")})
    declare_skills(front, names, catalogue, problems)
    meters = declare_meters(front, names, problems)
    declare_flags(front, names, problems)
    if catalogue is not None:
        check_lessons(front, catalogue, problems)
    check_allowances(front, problems)
    return names, meters


def unread(front: FrontMatter, field: str) -> bool:
    """Whether there is no front matter, or it has this field in a form that cannot be read."""
    return front.body_line == 1 or (field in front.places and field not in front.items)


def fresh(name: str, where: Where, names: Names, problems: Problems) -> bool:
    """Whether a name can be declared: it has letters, is no word of the language, and is not taken."""
    key = fold(name)
    if not key or key in RESERVED or not key[0].isalpha():
        mend = "Choose a name that begins with a letter and is no word of the language."
        problems.add("S308", where, f"{quoted(name)} cannot be a name.", mend)
        return False
    taken = names.kind(name)
    names.used.discard(key)
    if taken:
        problems.add(
            "S308", where, f"{quoted(name)} is declared already, as a {taken}.", "Choose another name."
        )
    return not taken


def declare_skills(front: FrontMatter, names: Names, catalogue: Catalogue | None, problems: Problems) -> None:
    for item in front.items.get("skills", []):
        where = (item.line, item.column)
        if not fresh(item.text, where, names, problems):
            continue
        key = fold(item.text)
        names.skills[key] = key
        if catalogue is not None and key not in catalogue.skills:
            known = "The catalogue has: " + ", ".join(catalogue.skills) + "."
            mend = did_you_mean(item.text, catalogue.skills, known)
            problems.add("S205", where, f"{quoted(item.text)} is no skill in the catalogue.", mend)


def declare_meters(front: FrontMatter, names: Names, problems: Problems) -> list[Meter]:
    meters: list[Meter] = []
    items = front.items.get("meters", [])
    for item in items[:MOST_METERS]:
        where = (item.line, item.column)
        if not fresh(item.key, where, names, problems):
            continue
        found = METER.fullmatch(item.text.lower())
        start, most = (int(found[1]), int(found[2])) if found else (0, WIDEST)
        if not found:
            problems.add(
                "S309", where, f"{quoted(item.text)} is not a meter.", "Write it like `temper: 6 of 10`."
            )
        elif start > most or not 1 <= most <= WIDEST:
            mend = f"Start within 0 and the most, and let the most be {WIDEST} or less."
            problems.add("S309", where, f"{quoted(item.text)} is out of range.", mend)
        meter = Meter(slug(item.key), min(start, most, WIDEST), min(most, WIDEST))
        names.meters[fold(item.key)] = (meter.name, meter.most)
        meters.append(meter)
    over(items, MOST_METERS, "meters", problems)
    return meters


def declare_flags(front: FrontMatter, names: Names, problems: Problems) -> None:
    items = front.items.get("flags", [])
    for item in items[:MOST_FLAGS]:
        if fresh(item.text, (item.line, item.column), names, problems):
            names.flags[fold(item.text)] = slug(item.text)
    over(items, MOST_FLAGS, "flags", problems)


def over(items: list[Placed], most: int, what: str, problems: Problems) -> None:
    if len(items) > most:
        where = (items[most].line, items[most].column)
        mend = f"Keep the {most} that the replies turn on."
        problems.add("S144", where, f"There are {len(items)} {what}; {most} is the most.", mend)


def check_lessons(front: FrontMatter, catalogue: Catalogue, problems: Problems) -> None:
    known = sorted(catalogue.lessons)
    for item in front.items.get("lessons", []):
        if fold(item.text) not in catalogue.lessons:
            mend = did_you_mean(item.text, known, "Name a file of content/lessons, without its .md.")
            problems.add("S204", (item.line, item.column), f"No lesson is called {quoted(item.text)}.", mend)


def check_allowances(front: FrontMatter, problems: Problems) -> None:
    for item in front.items.get("allow", []):
        code = item.key.upper()
        if code not in SILENCEABLE:
            mend = did_you_mean(
                item.key, SILENCEABLE, "Only T and W diagnostics can be allowed; mend this one."
            )
            problems.add("S315", (item.line, item.column), f"{quoted(item.key)} cannot be allowed.", mend)
