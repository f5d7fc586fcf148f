"""How a scene ends a call: its attribute changed, added or taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scenarios.cards.trial import RefusedError
from scenarios.cards.voicing import last_row, take_out
from scenarios.cards.words import plain, without_tags
from scenarios.document import Written
from scenarios.resolve import ENDING
from scenarios.slugs import fold
from scenarios.voices import voice_of

if TYPE_CHECKING:
    from scenarios.cards.trial import Change
    from scenarios.document import SceneText


def ending_of(scene: SceneText) -> Written | None:
    return next((one for one in scene.attributes if fold(one.name) == "ending"), None)


def ending_parts(written: Written | None) -> tuple[str, str]:
    """The outcome and what happened, as written; both empty where there is no ending."""
    found = ENDING.fullmatch(written.text) if written else None
    return (found["kind"].lower(), found["text"].strip()) if found else ("", written.text if written else "")


def change_ending(change: Change, scene: SceneText, outcome: str, typed: str) -> None:
    written = ending_of(scene)
    old = ending_parts(written)
    words = " ".join(plain(typed).split())
    if (outcome, words) == (old[0], " ".join(old[1].split())):
        return
    text = without_tags(f"{outcome} — {words or scene.title}")
    if written is None:
        add_ending(change, scene, text)
        return
    span = change.sheet.span(written.where)
    at = next(at for at, one in enumerate(scene.attributes) if one is written)
    if not outcome:
        take_out(change, span)
        del scene.attributes[at]
        return
    raw = change.sheet.raw(span.first)
    found = voice_of(raw.lstrip(" \t"))
    if found is None:
        raise RefusedError("This ending is written in a way that only the Markdown can change.", "ending")
    lead = raw[: len(raw) - len(raw.lstrip(" \t")) + found.start("said")].rstrip()
    change.replace(span.first, span.last, [f"{lead} {text}"])
    scene.attributes[at] = Written(text, name=written.name)


def add_ending(change: Change, scene: SceneText, text: str) -> None:
    end = change.sheet.scene_end(scene)
    gap = [""] if last_row(change, end).strip() else []
    change.add(end, [*gap, f"**Ending:** {text}"])
    scene.attributes.append(Written(text, name="Ending"))
