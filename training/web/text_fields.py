"""Text that people type: one form of Unicode, and no characters that hide or reorder the others."""

import unicodedata

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import ValidationError

# Bidirectional overrides and isolates make a text read as something else than it says.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
_LINE_ENDS = frozenset("\n\t")


def normal(value: str | None) -> str:
    """A field's filter: NFC, plain line ends, no space around it. A missing field is an empty one."""
    text = (value or "").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text).strip()


def is_plain(text: str, *, lines: bool = False) -> bool:
    """No control characters (but line ends and tabs where `lines`), no NUL, nothing that reorders."""
    return not any(
        character in _REORDERING
        or (unicodedata.category(character) in ("Cc", "Cs") and not (lines and character in _LINE_ENDS))
        for character in text
    )


class PlainText:
    """A validator: the text holds only what can be seen, as it is seen."""

    def __init__(self, *, lines: bool = False) -> None:
        self.lines = lines

    def __call__(self, _form: object, field: Field) -> None:
        if not is_plain(field.data or "", lines=self.lines):
            raise ValidationError(_l("This holds invisible characters. Type it instead of pasting it."))
