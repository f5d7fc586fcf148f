"""A passphrase to offer: words that are easily typed, picked at random."""

import secrets
from functools import cache
from pathlib import Path

WORDS_FILE = Path(__file__).with_name("passphrase_words.txt")
WORD_COUNT = 5


@cache
def words() -> tuple[str, ...]:
    """The words to pick from, nine bits each."""
    return tuple(WORDS_FILE.read_text(encoding="ascii").split())


def suggest_passphrase() -> str:
    """Five words with spaces: 45 bits, which argon2id and a throttle make plenty."""
    return " ".join(secrets.choice(words()) for _ in range(WORD_COUNT))
