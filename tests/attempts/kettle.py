"""The call about a kettle, as files: all that it needs, and how a test publishes it once more."""

from __future__ import annotations

from pathlib import Path

from tests.attempts.playing import CALL
from tests.library_content import write_content
from training.clock import now
from training.database import transaction
from training.library.importing import survey
from training.library.service import publish

KETTLE = Path(__file__).with_name("kettle.md").read_text(encoding="utf-8")
IN_ORDER = KETTLE.replace("pass: 75", "pass: 75\norder: fixed").replace(
    "that hums\nsummary", "in order\nsummary"
)
SKILL = "---\ntitle: {}\nsummary: What it is.\n---\nMore of what it is.\n"
LESSON = (
    "---\ntitle: It is not personal\nteaser: It never was.\nskills: [own-it]\n---\nIt was about the kettle.\n"
)
MODULE = """---
title: Nights
summary: One call, for people who answer at night.
minutes: 10
---
One call.

1. [The kettle in order](../scenarios/the-kettle-in-order.md) — check
2. [The kettle that hums](../scenarios/the-kettle-that-hums.md) — practise
"""
NEEDED = {
    "skills/own-it.md": SKILL.format("Own it"),
    "skills/redirect.md": SKILL.format("Redirect"),
    "lessons/it-is-not-personal.md": LESSON,
}


def publish_again(folder: Path, old: str, new: str) -> None:
    """The call in order published once more, with `new` for `old`."""
    assert old in IN_ORDER
    found = survey(
        write_content(folder / "content", {**NEEDED, f"scenarios/{CALL}.md": IN_ORDER.replace(old, new)})
    )
    one = next(one for one in found.built if one.draft.slug == CALL)
    with transaction() as session:
        publish(session, one.draft, one.body, now())
