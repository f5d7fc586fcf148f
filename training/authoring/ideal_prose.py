"""The best call of a scenario as plain prose, in the very form that one can be begun from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from scenarios import Compiled, Line, best_choices, choose, start

_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>])")
_STRONG = re.compile(r"\*\*(.+?)\*\*|(?<!\w)__(.+?)__(?!\w)")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?!\s)([^*]+?)(?<!\s)\*(?![\w*])|(?<!\w)_(?!\s)([^_]+?)_(?!\w)")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")


def ideal_prose(compiled: Compiled) -> str:
    """One line for each thing said or told on the best way through, `compiled` being one that was proved.

    What the inner voice and the coach say is left out.
    """
    play = start(compiled)
    lines = list(_told(play.opening))
    for index in best_choices(play):
        play = choose(play, index)
        turn = play.turns[-1]
        lines.append(f"You: {bare(turn.said or '')}")
        lines += [*_told(turn.reaction), *_told(turn.followed)]
    if play.ending is not None and play.ending.text:
        lines.append(f"({bare(play.ending.text)})")
    return "\n\n".join(lines) + "\n"


def _told(lines: tuple[Line, ...]) -> Iterator[str]:
    for line in lines:
        if line.kind == "speech":
            yield f"{line.speaker}: {bare(line.text)}"
        elif line.kind == "narration":
            yield f"({bare(line.text)})"


def bare(text: str) -> str:
    """Markdown without its marks, on one line."""
    words = _LINK.sub(r"\1", text)
    for pattern in (_STRONG, _EMPHASIS):
        words = pattern.sub(lambda found: found[1] or found[2], words)
    return " ".join(_ESCAPE.sub(r"\1", words).replace("&lt;", "<").split())
