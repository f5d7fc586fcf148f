"""What a new draft begins with: a small one of its kind that checks as it stands, and says what to write."""

from __future__ import annotations

from scenarios.tools.scaffold import quoted, scaffold
from training.library.models import Kind

DECISIONS = 4
CUSTOMER = "Marcus Bell, a customer"
LESSON = """\
---
title: {title}
teaser: Say in one sentence what the reader will do differently.
draft: no
---
Begin with what happens at the desk. Then the one thing to do about it.

## Your call

> **Customer:** What somebody says at the desk.

- "A reply that many would give."
  > **Coach:** What the customer hears in it.
- "A reply that helps."
  - {skill} +2
  > **Coach:** Why it helps.
"""
MODULE = """\
---
title: {title}
summary: Say in one sentence whom it is for, and what they can do afterwards.
---
Two or three sentences to begin with.

1. [The first lesson](../lessons/{lesson}.md) — read
"""
SKILL = """\
---
title: {title}
summary: Say in one sentence what it is.
---
What it is, what good sounds like, and what it is mistaken for.
"""


def blank_text(kind: Kind, title: str, lesson: str, skill: str) -> str:
    """The text of a new draft. `lesson` is one that a module may list, `skill` one that a reply may train."""
    if kind is Kind.SCENARIO:
        return scaffold(title, CUSTOMER, DECISIONS)
    text = {Kind.LESSON: LESSON, Kind.MODULE: MODULE, Kind.SKILL: SKILL}[kind]
    return text.format(title=quoted(title), lesson=lesson, skill=skill)
