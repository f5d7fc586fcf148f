"""A good call as a draft: a scene a turn, the good reply in place, and the rest as a to-do list."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scenarios import slug
from scenarios.slugs import fold
from scenarios.tools.scaffold import quoted as field_value
from training.authoring.ideal_path import IdealPath, Turn

__all__ = [
    "TAIL",
    "TAKEN",
    "TEMPTING",
    "WORSE",
    "Cast",
    "field_value",
    "head_of",
    "plain",
    "quote",
    "said",
    "shown_skill",
    "skeleton",
]
LONGEST_HEADING = 36
_ENDS = "How it ends"
_SPECIAL = re.compile(r"[\\`\[\]]")
# What would open a heading, a quote, a list item, or an attribute such as **Note:**
_OPENS = re.compile(r"[#>]|[-+*](?:\s|$)|\*\*[^*]*:")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_HEADING_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
HEAD = """\
---
title: {title}
summary: "To do: say in one sentence what the learner practises."
you: {you}
customer: {customer}
skills: [{skills}]
meters:
  temper: 5 of 10
---
# {heading}

{briefing}
"""
TEMPTING = """\
- ["To do: a reply that many kind people would give here, and that costs something."](#{onward})
  - temper +1
  > **{name}:** To do: how {name} takes it.
  >
  > **Coach:** To do: why one says it, and what it costs.
"""
WORSE = """\
- ["To do: a short one that makes it worse."](#{onward})
  - {skill} -1, temper +3
  > **{name}:** To do: where it hurts.
  >
  > **Coach:** To do: what {name} hears in it.
"""
TAIL = """
## How it ends

- If temper is 8 or more: [{name} has had enough](#it-goes-wrong)
- If temper is 5 or more: [{name} leaves it at that](#half-way)
- Otherwise: [It goes well](#it-goes-well)

## It goes well

**Ending:** success — To do: what {name} leaves with.

## Half way

**Ending:** partial — To do: what is still open.

## It goes wrong

**Ending:** failure — To do: what {name} tells others.
"""
TAKEN = ("How it ends", "It goes well", "Half way", "It goes wrong")


@dataclass(frozen=True)
class Cast:
    """Who is in a call: `customer` and `you` as the front matter has them, and the skills it trains."""

    title: str
    customer: str
    you: str
    skills: Sequence[str]

    @property
    def name(self) -> str:
        """The customer's first name, which their lines bear."""
        return self.customer.replace(",", " ").split()[0]


def head_of(cast: Cast, opening: Iterable[str]) -> str:
    """The front matter and the briefing, of paragraphs of Markdown."""
    return HEAD.format(
        title=field_value(cast.title),
        heading=plain(cast.title),
        you=field_value(cast.you),
        customer=field_value(cast.customer),
        skills=", ".join(cast.skills),
        briefing="\n\n".join(opening) or "To do: set the scene in two or three sentences.",
    )


def skeleton(cast: Cast, path: IdealPath) -> str:
    """The text of a draft that reads without a slip, and lists as problems what is still to be written."""
    head = head_of(cast, map(plain, path.opening))
    headings = headings_of(path.turns)
    scenes = [
        _scene(cast, turn, number, headings, path.closing if number == len(path.turns) - 1 else [])
        for number, turn in enumerate(path.turns)
    ]
    return head + "".join(scenes) + TAIL.format(name=cast.name)


def _scene(cast: Cast, turn: Turn, number: int, headings: list[str], closing: list[str]) -> str:
    onward = slug(headings[number + 1] if number + 1 < len(headings) else _ENDS)
    skill = shown_skill(cast.skills[number % len(cast.skills)])
    good = f"- [{said(' '.join(turn.yours))}](#{onward})\n  - {skill} +2, temper -1\n"
    if closing:
        good += quote(cast.name, closing, "  ")
    words = {"onward": onward, "skill": skill, "name": cast.name}
    replies = [TEMPTING.format(**words), WORSE.format(**words)]
    # The good reply moves through all places: none of them gives it away.
    replies.insert((number + 1) % 3, good)
    told = "".join(f"{plain(one)}\n\n" for one in turn.told)
    speech = f"{quote(cast.name, turn.theirs)}\n" if turn.theirs else ""
    return f"\n## {headings[number]}\n\n{told}{speech}{''.join(replies)}"


def headings_of(turns: Sequence[Turn]) -> list[str]:
    """A heading for each turn: the first words said in it, no two with one address."""
    taken, found = set(map(fold, TAKEN)), list[str]()
    for number, turn in enumerate(turns, 1):
        heading = first_words(" ".join((*turn.theirs, *turn.told)), f"Turn {number}")
        if fold(heading) in taken:
            heading = f"{heading}, turn {number}"
        taken.add(fold(heading))
        found.append(heading)
    return found


def first_words(text: str, otherwise: str) -> str:
    words = _HEADING_WORD.findall(text)[:5]
    while len(words) > 1 and len(" ".join(words)) > LONGEST_HEADING:
        words.pop()
    while len(words) > 2 and len(words[-1]) < 4:  # "The delivery never came and" ends a word too late
        words.pop()
    heading = " ".join(words)[:LONGEST_HEADING]
    return heading[:1].upper() + heading[1:] if fold(heading) else otherwise


def plain(text: str) -> str:
    """Words that mean nothing but themselves in Markdown; emphasis with * or _ stays."""
    escaped = _TAG.sub("&lt;", _SPECIAL.sub(lambda found: f"\\{found[0]}", text))
    return f"\\{escaped}" if _OPENS.match(escaped) else escaped


def said(text: str) -> str:
    """A reply in quotation marks, those that it came with left alone."""
    words = plain(text)
    if words[:1] in "\"“'‘«" and words[-1:] in "\"”'’»":
        return words
    return f"“{words}”" if '"' in words else f'"{words}"'


def shown_skill(name: str) -> str:
    return name.replace("-", " ").capitalize()


def quote(name: str, said: Sequence[str], indent: str = "") -> str:
    return f"{indent}>\n".join(f"{indent}> **{name}:** {_unquoted(one)}\n" for one in said)


def _unquoted(text: str) -> str:
    """What a customer says stands without quotation marks, for the name before it says who speaks."""
    words = text.strip()
    if len(words) > 2 and words[0] in '"“' and words[-1] in '"”' and not set(words[1:-1]) & set('"“”'):
        words = words[1:-1]
    return plain(words)
