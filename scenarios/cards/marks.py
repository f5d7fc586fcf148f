"""How good a reply is: three bands over the points of its skills, and the marks that stand for a band."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal, get_args

from scenarios.cards.trial import RefusedError
from scenarios.document import Written
from scenarios.effects import CHANGE, CONDITION, MINUS
from scenarios.slugs import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scenarios.cards.sheet import Sheet
    from scenarios.cards.trial import Change
    from scenarios.document import Entry, SceneText

Band = Literal["good", "middling", "harmful"]
BANDS: tuple[Band, ...] = get_args(Band)
MARKS: dict[Band, str] = {"good": "+2", "middling": "+1", "harmful": "-1"}
DETAIL = re.compile(r"([ \t]*[-*+][ \t]*)(.*)", re.S)


def is_effects(detail: Written) -> bool:
    text = detail.text.rstrip(". ")
    return text.lower() != "once" and not CONDITION.match(text)


def mark_of(part: str, skills: set[str]) -> tuple[str, int] | None:
    """The skill as it is written and its points, where this part of a line of effects is of a skill."""
    found = CHANGE.fullmatch(part.translate(MINUS).strip().rstrip(".;"))
    if found is None or fold(found["name"].rstrip(": ")) not in skills:
        return None
    return found["name"].rstrip(": "), int(found["sign"] + found["amount"][:6])


def marks_of(sheet: Sheet, entry: Entry) -> Iterator[tuple[str, int]]:
    """The skills that a reply trains, as written, with their points."""
    skills = {fold(one) for one in sheet.skills}
    for detail in filter(is_effects, entry.details):
        for part in detail.text.split(","):
            if mark := mark_of(part, skills):
                yield mark


def band_of(sheet: Sheet, entry: Entry) -> Band:
    """Good from two points on, harmful below none, middling between."""
    points = sum(amount for _, amount in marks_of(sheet, entry))
    return "good" if points >= 2 else "harmful" if points < 0 else "middling"


def skill_of(sheet: Sheet, scene: SceneText, entry: Entry | None) -> str:
    """The declared skill that a reply trains first, or the one most trained around it; empty without any."""
    declared = {fold(one): one for one in sheet.skills}
    if entry and (own := [fold(name) for name, _ in marks_of(sheet, entry)]):
        return declared[own[0]]
    around = Counter(
        fold(name) for one in scene.entries for name, points in marks_of(sheet, one) if points > 0
    )
    return declared[around.most_common(1)[0][0]] if around else next(iter(sheet.skills), "")


def written_skill(sheet: Sheet, skill: str) -> str:
    """A skill as the replies of this text write it."""
    for scene in sheet.document.scenes:
        for entry in scene.entries:
            for name, _ in marks_of(sheet, entry):
                if fold(name) == fold(skill):
                    return name
    words = " ".join(re.split(r"[-_ ]+", skill))
    return words[:1].upper() + words[1:]


def mark(sheet: Sheet, band: Band, skill: str) -> str:
    if fold(skill) not in {fold(one) for one in sheet.skills}:
        raise RefusedError("Name the skills of this call in its front matter first.", "skill")
    return f"{written_skill(sheet, skill)} {MARKS[band]}"


def change_band(change: Change, entry: Entry, band: Band, skill: str) -> None:
    """Put one mark in the place of the reply's marks; its meters, flags and conditions stay."""
    sheet, new = change.sheet, mark(change.sheet, band, skill)
    skills = {fold(one) for one in sheet.skills}
    effects = [at for at, detail in enumerate(entry.details) if is_effects(detail)]
    chosen = next(
        (at for at in effects if has_mark(entry.details[at], skills)), effects[0] if effects else -1
    )
    if chosen < 0:
        end = sheet.span(entry.where).last
        indent = " " * entry.reach
        change.add(end, [f"{indent}- {new}"])
        entry.details.insert(0, Written(new))
        return
    for at in reversed(effects):
        detail = entry.details[at]
        if at == chosen or has_mark(detail, skills):
            parts = remade(detail.text, skills, new if at == chosen else "")
            write_detail(change, entry, at, ", ".join(parts))


def has_mark(detail: Written, skills: set[str]) -> bool:
    return any(mark_of(part, skills) for part in detail.text.split(","))


def remade(text: str, skills: set[str], new: str) -> list[str]:
    """The parts of a line of effects without its skills, and the new mark where the first of them stood."""
    parts = list[str]()
    for part in text.split(","):
        if mark_of(part, skills):
            if new and new not in parts:
                parts.append(new)
        elif part.strip():
            parts.append(part.strip())
    return parts if not new or new in parts else [new, *parts]


def write_detail(change: Change, entry: Entry, at: int, text: str) -> None:
    detail = entry.details[at]
    span = change.sheet.span(detail.where)
    if not text:
        change.replace(span.first, span.last, [])
        del entry.details[at]
        return
    found = DETAIL.fullmatch(change.sheet.raw(span.first))
    lead = found[1] if found else " " * entry.reach + "- "
    change.replace(span.first, span.last, [lead + text])
    entry.details[at] = Written(text)
