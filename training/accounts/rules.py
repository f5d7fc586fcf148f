"""What people may type as an address, a staff number or a code: pure."""

import re
import secrets
import unicodedata

NAME_LENGTH = 120
STAFF_NUMBER_LENGTH = 40
# No 0, O, 1, I or L: a code is read out over a noisy floor.
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 8
_STAFF_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9./_-]*")


def clean_staff_number(text: str) -> str:
    """A staff number as it is kept: capitals, no spaces; raises ValueError where it is not one."""
    number = unicodedata.normalize("NFKC", text).replace(" ", "").upper()
    if len(number) > STAFF_NUMBER_LENGTH or not _STAFF_NUMBER.fullmatch(number):
        raise ValueError("not a staff number")
    return number


def clean_identifier(text: str) -> str:
    """What somebody typed to say who they are, as `email` or `staff_number` would hold it; "" for neither."""
    if "@" in text:
        return unicodedata.normalize("NFC", text).strip().lower()
    try:
        return clean_staff_number(text)
    except ValueError:
        return ""


def new_code() -> str:
    """Eight characters, 39 bits: enough for fifteen minutes behind a throttle."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


def clean_code(text: str) -> str:
    """A code as it is kept, however it was spaced or written; "" where it cannot be one."""
    code = re.sub(r"[\s-]+", "", text).upper()
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else ""


def spaced_code(code: str) -> str:
    """A code as it is shown: two groups of four."""
    return f"{code[:4]} {code[4:]}"
