"""Names: the address of a heading, names matched tolerantly, and "did you mean"."""

from __future__ import annotations

import difflib
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

ACCENT = re.compile("[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")
KEPT = ("L", "M", "N", "Pc")


def slug(text: str) -> str:
    """The address of a heading by GitHub's rule: lower case, punctuation dropped, spaces to hyphens."""
    kept = (
        letter
        for letter in text.strip().lower()
        if letter in "- " or unicodedata.category(letter).startswith(KEPT)
    )
    return "".join(kept).replace(" ", "-")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """A key under which names match whatever their case, accents, spaces and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "-".join(WORD.findall(ACCENT.sub("", decomposed)))


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that the author probably meant, or None."""
    wanted = fold(name)
    by_key = {fold(candidate): candidate for candidate in known}
    near = [key for key in by_key if abs(len(key) - len(wanted)) <= max(2, len(wanted) // 2)]
    matches = difflib.get_close_matches(wanted[:80], near, n=1, cutoff=0.6)
    return by_key[matches[0]] if matches else None


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A mend: the nearest known name as a question, or `otherwise`."""
    near = closest(name, known)
    return f'Did you mean "{near}"?' if near else otherwise
