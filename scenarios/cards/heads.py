"""The head of a reply: its words and its address, changed where they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from scenarios.cards.trial import RefusedError
from scenarios.cards.words import link_words, shown_link_words
from scenarios.links import address, closing_bracket

if TYPE_CHECKING:
    from scenarios.cards.trial import Change
    from scenarios.document import Entry

ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+")


def change_head(change: Change, entry: Entry, words: str, target: str) -> None:
    """Give a reply other words and another scene to lead to, each only where it differs."""
    sheet = change.sheet
    span = sheet.span(entry.where)
    raw = "\n".join(sheet.raw(number) for number in range(span.first, span.last + 1))
    open_at = raw.index("[")
    close = open_at + closing_bracket(raw[open_at:])
    inner, end = address(raw[close + 1 :])
    if close < open_at or end < 0:
        raise RefusedError("This reply is written in a way that only the Markdown can change.", "words")
    new = link_words(words)
    if not new:
        raise RefusedError("Write what you say.", "words")
    said = raw[open_at + 1 : close]
    if new != link_words(shown_link_words(entry.text)):
        said = entry.text = new
    if target and target != sheet.target_of(entry.target):
        inner, entry.target = f"#{target}", target
    after = raw[close + 1 :]
    made = f"{raw[: open_at + 1]}{said}](" + inner + after[end:]
    if made != raw:
        change.replace(span.first, span.last, made.split("\n"))
