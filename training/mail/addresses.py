"""What counts as one e-mail address: decided here, as parsers take the first of two and let NUL through."""

import re
import unicodedata

MAX_LENGTH = 254
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
# Letters that older and newer rules write as different domains: mail would go to somebody else's.
_AMBIGUOUS = re.compile("[\u00df\u03c2\u200c\u200d]")
_DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


class AddressError(ValueError):
    """The text is not one e-mail address that we can write to."""


def clean_address(text: str) -> str:
    """The one address in `text`, its domain in lower case; raises AddressError for anything else.

    An international domain is given as mail servers know it (`xn--…`).
    """
    address = unicodedata.normalize("NFC", text).strip(" ")
    local, at, domain = address.rpartition("@")
    domain = _ascii(domain).lower()
    if not at or len(address) > MAX_LENGTH or len(local) > 64:
        raise AddressError("not one e-mail address")
    if not _LOCAL.fullmatch(local) or not _DOMAIN.fullmatch(domain):
        raise AddressError("not one e-mail address")
    return f"{local}@{domain}"


def _ascii(domain: str) -> str:
    if domain.isascii() or _AMBIGUOUS.search(domain) or len(domain) > MAX_LENGTH:
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain
