"""Which passwords are too easily guessed: pure. Length does the work; no signs or capitals are demanded."""

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum
from functools import cache
from pathlib import Path

from training.accounts.passwords import MAX_LENGTH

COMMON_FILE = Path(__file__).with_name("common_passwords.txt")
_LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
_RUNS = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "1qaz2wsx3edc4rfv",
)


class Weakness(Enum):
    """What is wrong with a password that somebody wants to have."""

    SHORT = "short"
    LONG = "long"
    COMMON = "common"
    ABOUT_YOU = "about you"
    PATTERN = "pattern"


@cache
def common_passwords() -> frozenset[str]:
    """Passwords that are tried first, as `_folded` leaves them."""
    return frozenset(_folded(line) for line in COMMON_FILE.read_text(encoding="utf-8").split())


def find_weakness(password: str, *, min_length: int, about: Iterable[str] = ()) -> Weakness | None:
    """Why this password will not do, or None. `about`: the person's name, address, number, and so on."""
    normal = unicodedata.normalize("NFC", password)
    if len(normal) < min_length:
        return Weakness.SHORT
    if len(normal) > MAX_LENGTH:
        return Weakness.LONG
    letters = _letters(normal)
    known = {
        _letters(part) for text in about for part in (text, *re.split(r"[\s@.]+", text)) if len(part) > 2
    }
    if letters in known or _without(letters, known) <= 3:
        return Weakness.ABOUT_YOU
    if _is_pattern(normal.casefold()):
        return Weakness.PATTERN
    return Weakness.COMMON if _folded(normal) in common_passwords() else None


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())


def _folded(text: str) -> str:
    """Pa55word!2024 and p a s s w o r d are one guess."""
    bare = re.sub(r"[\d\W_]+$", "", text.casefold())
    return _letters(bare.translate(_LOOKALIKES))


def _without(letters: str, known: set[str]) -> int:
    """How many characters are left when all that is known of the person is taken out."""
    rest = letters
    for part in sorted((part for part in known if len(part) > 3), key=len, reverse=True):
        rest = rest.replace(part, "")
    return len(rest) if rest != letters else len(letters)


def _is_pattern(text: str) -> bool:
    """One thing over and over, or a walk along the alphabet or the keyboard."""
    if len(set(text)) <= 3 or re.fullmatch(r"(.{1,6}?)\1+.{0,5}", text):
        return True
    rest = text
    for run in (*_RUNS, *(run[::-1] for run in _RUNS)):
        for size in range(len(run), 3, -1):
            for start in range(len(run) - size + 1):
                rest = rest.replace(run[start : start + size], "")
    letters_left = re.sub(r"[\d\W_]", "", rest)
    return len(rest) <= 2 or (rest != text and len(rest) <= 6 and len(letters_left) <= 2)
