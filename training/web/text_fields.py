"""Text that people type: one form of Unicode, and no characters that hide or reorder the others."""

import unicodedata

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

# Bidirectional overrides and isolates make a text read as something else than it says.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_LINE_ENDS = frozenset("\n\t")
_OTHER_LINE_ENDS = str.maketrans({"\u2028": "\n", "\u2029": "\n"})
# Letters by their category, and yet nothing is drawn for them.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def normal(value: str | None) -> str:
    """A field's filter: NFC, plain line ends, no space around it. A missing field is an empty one."""
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
    text = text.translate(_OTHER_LINE_ENDS)
    return unicodedata.normalize("NFC", text).strip()


def is_plain(text: str, *, lines: bool = False) -> bool:
    """No control characters (but line ends and tabs where `lines`), no NUL, nothing that reorders."""
    return not any(
        character in _REORDERING or (_is_no_text(character) and not (lines and character in _LINE_ENDS))
        for character in text
    )


def _is_no_text(character: str) -> bool:
    """A control character, half of a pair, or a code point that is for ever nobody's: HTML refuses them."""
    code = ord(character)
    for_nobody = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return for_nobody or unicodedata.category(character) in ("Cc", "Cs")


def showable(text: str) -> str:
    """What of it a page may hold: a form that is shown again must be good HTML, whatever was sent."""
    return "".join(one for one in text if one in _LINE_ENDS or not _is_no_text(one))


def can_be_seen(text: str) -> bool:
    """Something in the text is drawn: not only spaces, joiners and other characters without a shape."""
    return any(unicodedata.category(one)[0] in "LNPS" and one not in _BLANK for one in text)


class PlainText:
    """A validator: the text holds only what can be seen, as it is seen. It may be empty."""

    def __init__(self, *, lines: bool = False) -> None:
        self.lines = lines

    def __call__(self, _form: object, field: Field) -> None:
        text = field.data or ""
        if not is_plain(text, lines=self.lines) or (text and not can_be_seen(text)):
            raise ValidationError(_l("This holds invisible characters. Type it instead of pasting it."))
