"""A Word file as blocks of Markdown: headings, list items, paragraphs and the rows of tables, in order."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Literal

from training.authoring.uploads import MOST_ENTRIES

MOST_PART = 6 * 1024 * 1024
MOST_UNPACKED = 24 * 1024 * 1024
MAIN_PART = "word/document.xml"
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_UNREADABLE = (
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    SyntaxError,  # what lxml raises for XML that is none
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
)

What = Literal["title", "heading", "item", "text", "row", "lost"]


@dataclass(frozen=True)
class Block:
    """A piece of the file. `text` is Markdown; "lost" names what could not be taken over."""

    what: What
    text: str
    level: int = 0


class NoWordError(ValueError):
    """The file is no Word file that can be read; `reason` says why: "locked", "big", "broken"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def is_word(body: bytes) -> bool:
    """Whether these bytes are packed as Word packs a .docx."""
    return body.startswith(b"PK\x03\x04") and MAIN_PART.encode() in body


def read_word(body: bytes) -> list[Block]:
    """Its blocks in order; NoWordError where it cannot be read. Nothing outside of the file is looked at."""
    _check(body)
    # The library and the parser beneath it are loaded by whoever sends a file, not at every start.
    from training.authoring.word_text import list_blocks

    try:
        return [block for block in list_blocks(body) if block.text]
    except NoWordError:
        raise
    except _UNREADABLE:
        raise NoWordError("broken") from None


def _check(body: bytes) -> None:
    """Its size before it is unpacked, and that no part of it declares entities."""
    if body.count(b"PK\x01\x02") > MOST_ENTRIES:
        raise NoWordError("big")
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 0x1 for part in parts):
                raise NoWordError("locked")
            xml = [part for part in parts if part.filename.lower().endswith((".xml", ".rels"))]
            # No reader takes more of a part than it declares, so that these sums hold.
            if sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise NoWordError("big")
            if any(part.file_size > MOST_PART for part in xml):
                raise NoWordError("big")
            if any(_DECLARED.search(archive.read(part).replace(b"\x00", b"")) for part in xml):
                raise NoWordError("broken")
    except NoWordError:
        raise
    except _UNREADABLE:
        raise NoWordError("broken") from None
