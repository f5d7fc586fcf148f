"""A skill: `content/skills/<slug>.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scenarios import Field
from scenarios.diagnostics import Problems
from scenarios.fields import language
from scenarios.front_matter import read_fields
from training.library.formats.drafts import Draft, Rendered
from training.library.formats.prose import check_prose, take_glossary
from training.library.formats.shelf import Shelf, SourceFile
from training.library.models import Kind
from training.rendering import Form, Piece

FIELDS = (
    Field("title", required=True, default=""),
    Field("summary", required=True, default=""),
    Field("language", read=language, default="en"),
    Field("author", default=""),
)


@dataclass(frozen=True)
class Article:
    """One text that fills a page."""

    text: Piece
    language: str

    def pieces(self) -> list[Piece]:
        return [self.text]

    def build(self, html: Rendered) -> dict[str, Any]:
        return {"html": html[self.text], "language": self.language}


def read_skill(text: str, file: SourceFile, shelf: Shelf, problems: Problems) -> Draft | None:
    front = read_fields(text, FIELDS, problems)
    body, glossary = take_glossary(front.body)
    check_prose(body, front.body_line, "skills", shelf, problems)
    if not body.strip():
        problems.add(
            "L705", (front.body_line, 1), "Nothing stands under the front matter.", "Write the text."
        )
    if problems.stop:
        return None
    values: dict[str, Any] = front.values
    return Draft(
        kind=Kind.SKILL,
        slug=file.slug,
        source=text,
        title=values["title"],
        summary=values["summary"],
        author=values["author"],
        body=Article(Piece(body.strip(), Form.ARTICLE, "skills", glossary), values["language"]),
    )
