"""`new`: a scenario to begin with. The ideal path stands first, and the file proves as it is."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios.slugs import slug
from scenarios.tools.files import InputError, write_output

if TYPE_CHECKING:
    from argparse import Namespace

HEAD = """\
---
title: {title}
summary: Say in one sentence what the learner practises.
you: Sam, on the desk
customer: {customer}
facts:
  - Write what Sam knows before the call
skills: [restrain, redirect, recuse]
meters:
  temper: 5 of 10
---
# {title}

Set the scene in two or three sentences: the day, the place, what went wrong.
"""

# The strong reply moves through all places, so that no fixed place and no fixed length gives it away.
STEP = """
## Step {number}

> **{name}:** What {name} says at step {number}.

"""
STRONG = """\
- ["The strong reply of step {number}."](#{onward})
  - {skill} +2, temper -1
  > **{name}:** How {name} takes it at step {number}.
"""
TEMPTING = """\
- ["A tempting mistake at step {number}: kind, quick, and it solves nothing for anybody."](#{onward})
  - temper +1
  > **{name}:** What it gets Sam at step {number}.
  >
  > **Coach:** Why a good person says this at step {number}, and what it costs.
"""
WEAK = """\
- ["A weak one."](#it-boils-over)
  - {skill} -1, temper +2
  > **{name}:** Where it hurts at step {number}.
  >
  > **Coach:** What {name} heard at step {number}.
"""
TAIL = """
## It boils over

{name} has had enough. One reply is left.

- ["I will get somebody who can decide this. I tell them everything, so you need not."](#handed-over)
  - Recuse +1, temper -1
- ["Hand it on, without a word."](#lost)
  - Recuse -1, temper +1
  > **{name}:** Not again from the start.
  >
  > **Coach:** A hand-over without the story begins the quarrel once more.
- ["A last try to be right."](#lost)
  - Restrain -2, temper +2
  > **{name}:** Goodbye.
  >
  > **Coach:** By now nothing that Sam says is heard.

## Solved

**Ending:** success — What {name} leaves with

## Handed over

**Ending:** partial — Who finishes it, and how

## Lost

**Ending:** failure — What {name} tells others
"""
SKILLS = ("Restrain", "Redirect", "Recuse")


def new(options: Namespace) -> int:
    """Write a scenario that checks without an error; an existing file is never overwritten."""
    if not 3 <= options.decisions <= 12:
        raise InputError("--decisions: write a number from 3 to 12.")
    if not slug(options.title) or not options.customer.split():
        raise InputError("--title and --customer: write a name with a letter in it.")
    text = scaffold(options.title, options.customer, options.decisions)
    if options.file == "-":
        sys.stdout.write(text)
        return 0
    path = Path(options.file)
    if path.exists():
        raise InputError(f"{path}: the file is there already.")
    write_output(path, text)
    print(f"{path}: written. Now `python -m scenarios check {path}`.")
    return 0


def scaffold(title: str, customer: str, decisions: int) -> str:
    name = customer.replace(",", " ").split()[0]
    parts = [
        HEAD.format(title=quoted(title), customer=quoted(customer)).replace(
            f"# {quoted(title)}", f"# {title}"
        )
    ]
    for number in range(1, decisions + 1):
        onward = f"step-{number + 1}" if number < decisions else "solved"
        skill = SKILLS[(number - 1) % len(SKILLS)]
        replies = [TEMPTING, WEAK]
        replies.insert(number % 3, STRONG)
        text = STEP + "".join(replies)
        parts.append(text.format(number=number, onward=onward, skill=skill, name=name))
    return "".join(parts) + TAIL.format(name=name)


def quoted(value: str) -> str:
    """A value for the front matter, in quotation marks where YAML would misread it."""
    plain = (
        value[:1].isalnum()
        and not any(sign in value for sign in (": ", " #", '"', "\\"))
        and value[-1] != ":"
    )
    return value if plain else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
