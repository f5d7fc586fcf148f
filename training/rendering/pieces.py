"""What is rendered: one piece of Markdown and what must be known to render it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Form(StrEnum):
    """ARTICLE: a page's prose, whose headings get ids. BLOCK: paragraphs, lists. INLINE: phrasing only."""

    ARTICLE = "article"
    BLOCK = "block"
    INLINE = "inline"


@dataclass(frozen=True)
class Piece:
    """One piece of Markdown.

    `folder` is the one of content/ that the file lies in: links to `x.md` and `../lessons/x.md` are read
    from there. `glossary` holds (words, meaning): their first mention is marked with its meaning, except
    INLINE, which may stand inside a button or a link. `pictures` holds (how the text names it, address,
    width, height): any other picture leaves only its words.
    """

    text: str
    form: Form = Form.BLOCK
    folder: str = ""
    glossary: tuple[tuple[str, str], ...] = ()
    pictures: tuple[tuple[str, str, int, int], ...] = ()

    def to_json(self) -> dict[str, Any]:
        # Not `asdict`: it copies the glossary, which the pieces of a file share, deeply for each of them.
        return {
            "text": self.text,
            "form": self.form,
            "folder": self.folder,
            "glossary": self.glossary,
            "pictures": self.pictures,
        }

    @staticmethod
    def from_json(held: dict[str, Any]) -> Piece:
        glossary = tuple((word, meaning) for word, meaning in held["glossary"])
        pictures = tuple((href, address, width, height) for href, address, width, height in held["pictures"])
        return Piece(held["text"], Form(held["form"]), held["folder"], glossary, pictures)
