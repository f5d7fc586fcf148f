"""Small content files that nothing is wrong with."""

SKILL = """
---
title: Restrain
summary: Keep your voice level.
---
Let the first three seconds go by.
"""
LESSON = """
---
title: Seeing it coming
teaser: Three moves are left.
date: 2026-01-05
topics: [heat]
skills: [restrain]
---
The first is to *keep* your own temperature.

## Your call

> **Ana:** It broke.

- "It worked when it left."
  - Restrain -1
  > **Coach:** He hears an accusation.
- "What did it do?"
  - Restrain +2
  > **Ana:** It hummed.
"""
CALL = """
---
title: A short call
summary: Somebody is cross for a moment.
you: Sam, at the desk
customer: Marcus Bell, floor fitter
skills: [restrain]
meters:
  temper: 5 of 10
pass: 60
lessons: [seeing-it-coming]
---
You are at the desk.

## At the desk

> **Marcus:** It broke.

- ["It worked."](#gone)
  - Restrain -1, temper +2
  > **Marcus:** Did it.
  >
  > **Coach:** He hears an accusation.
- ["What did it *do*?"](#mended)
  - Restrain +2, temper -1
  > **Marcus:** It hummed.

## Mended

**Ending:** success — He nods

## Gone

**Ending:** failure — He leaves
"""
MODULE = """
---
title: First week
summary: One lesson and one call.
minutes: 10
---
Begin here.

1. [Seeing it coming](../lessons/seeing-it-coming.md) — answer
2. [A short call](../scenarios/a-short-call.md) — check
"""
FILES = {
    "skills/restrain.md": SKILL,
    "lessons/seeing-it-coming.md": LESSON,
    "scenarios/a-short-call.md": CALL,
    "modules/first-week.md": MODULE,
}
