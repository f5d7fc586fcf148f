"""A copy of what is published: the same text under a title and an address of its own."""

from __future__ import annotations

import re

from scenarios.tools.scaffold import quoted

_FIELD = re.compile(r"(?P<name>[A-Za-z_]+)\s*:\s*(?P<value>.*)")
# A copy is asked for no week of its own, and answers to no earlier name.
_LEFT_OUT = {"date", "week", "aliases"}


def copy_text(source: str, title: str) -> str:
    """`source` with the title, and with what can hold of one item alone left out; all else as it was."""
    lines = source.split("\n")
    fences = [at for at, line in enumerate(lines[:300]) if line.strip() == "---"][:2]
    if len(fences) < 2:
        return source
    kept, old, is_dropped = list[str](), "", False
    for line in lines[fences[0] + 1 : fences[1]]:
        found = _FIELD.match(line)
        if found is None:  # what goes on with the field above
            kept += [] if is_dropped else [line]
            continue
        is_dropped = found["name"] in _LEFT_OUT or found["name"] == "title"
        if found["name"] == "title":
            old = found["value"].strip()
            kept.append(f"title: {quoted(title)}" + ("\r" if line.endswith("\r") else ""))
        elif not is_dropped:
            kept.append(line)
    body = [_heading(line, old, title) for line in lines[fences[1] + 1 :]]
    return "\n".join([*lines[: fences[0] + 1], *kept, lines[fences[1]], *body])


def _heading(line: str, old: str, title: str) -> str:
    """The first heading repeats the title; where it says something else, it stays."""
    words = line.removeprefix("# ").strip()
    if not line.startswith("# ") or not old or words not in (old, old.strip("\"'")):
        return line
    return f"# {title}" + ("\r" if line.endswith("\r") else "")
