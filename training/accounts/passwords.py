"""Passwords: how they are hashed, and how one is checked without telling whether the person exists."""

import unicodedata
from functools import cache

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

MAX_LENGTH = 256
# Hashes of random passwords that nobody kept: an unknown person costs what a known one costs.
_NOBODY = {
    False: "$argon2id$v=19$m=19456,t=2,p=1$RLUaKcJyict+NSYnAVVo0Q$"
    "zyCw+BY7Eg57EvhpoJQ2MMHd3HK1AFDMjelQIrfL0pM",
    True: "$argon2id$v=19$m=8,t=1,p=1$r67R37UEFvlZjkFEylLV5g$8fVk+TkJWvp+H6HjDjjohAqp9+w26aiGls1zuB25yn0",
}


@cache
def hasher(cheap: bool) -> PasswordHasher:
    """argon2id at 19 MiB and two passes; `cheap` is for tests and demonstrations alone."""
    if cheap:
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    return PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, type=Type.ID)


def as_hashed(password: str) -> str:
    """The same password typed on another keyboard is the same password."""
    return unicodedata.normalize("NFC", password)


def hash_password(password: str, *, cheap: bool) -> str:
    return hasher(cheap).hash(as_hashed(password))


def verify_password(stored: str | None, password: str, *, cheap: bool) -> bool:
    """Whether `password` is the one that was hashed. Costs one hash for nobody's (`None`) too."""
    try:
        return hasher(cheap).verify(stored or _NOBODY[cheap], as_hashed(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def needs_rehash(stored: str, *, cheap: bool) -> bool:
    """True for a hash made with other costs than today's."""
    return hasher(cheap).check_needs_rehash(stored)
