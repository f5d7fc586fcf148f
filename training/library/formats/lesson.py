"""A lesson: `content/lessons/<slug>.md`, with at most one decision, `## Your call`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from scenarios import Field, LessonDecision, Line, a_slug, read_decision, split_decision, whole
from scenarios.fields import language
from scenarios.front_matter import FrontMatter, read_fields
from scenarios.slugs import did_you_mean, fold
from training.library.formats.drafts import Draft, Rendered
from training.library.formats.findings import Findings
from training.library.formats.prose import check_prose, find_pictures, report_missing, take_glossary
from training.library.formats.shelf import Shelf, SourceFile
from training.library.models import Kind
from training.rendering import Form, Piece

_WEEK = re.compile(r"(\d{4})-W(\d{1,2})", re.IGNORECASE)
WORDS_A_MINUTE = 180


def a_day(value: str) -> date:
    """A day such as 2026-11-23, or a week such as 2026-W48, which stands for its Monday."""
    try:
        if week := _WEEK.fullmatch(value):
            return date.fromisocalendar(int(week[1]), int(week[2]), 1)
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("Write a day like 2026-11-23, or a week like 2026-W48.") from None


def yes_or_no(value: str) -> bool:
    if value.lower() in ("yes", "no", "true", "false"):
        return value.lower() in ("yes", "true")
    raise ValueError("Write yes or no.")


def open_or_closed(value: str) -> bool:
    if value.lower() in ("open", "closed"):
        return value.lower() == "open"
    raise ValueError("Write open or closed.")


FIELDS = (
    Field("title", required=True, default=""),
    Field("teaser", required=True, default=""),
    Field("date", read=a_day),
    Field("week", read=a_day),
    Field("minutes", read=whole(1, 60), default=0),
    Field("topics", "many", default=(), commas=True),
    Field("skills", "many", default=(), commas=True),
    Field("scenario", read=a_slug, default=""),
    Field("related", "many", read=a_slug, default=(), commas=True),
    Field("aliases", "many", read=a_slug, default=(), commas=True),
    Field("language", read=language, default="en"),
    Field("author", default=""),
    Field("discussion", read=open_or_closed, default=True),
    Field("draft", read=yes_or_no, default=False),
)


@dataclass(frozen=True)
class LessonText:
    """The prose, the decision below it, and where to go on."""

    text: Piece
    decision: LessonDecision | None
    values: dict[str, Any]

    def _block(self, text: str) -> Piece:
        return Piece(text, Form.BLOCK, "lessons", self.text.glossary)

    def _lines(self) -> list[Line]:
        if self.decision is None:
            return []
        replies = self.decision.replies
        said = [line for reply in replies for line in (*reply.reaction, *reply.thoughts, *reply.coaching)]
        return [*self.decision.prompt, *said]

    def pieces(self) -> list[Piece]:
        labels = [_label(reply.text) for reply in self.decision.replies] if self.decision else []
        return [self.text, *(self._block(line.text) for line in self._lines()), *labels]

    def build(self, html: Rendered) -> dict[str, Any]:
        def lines(*held: Line) -> list[list[str]]:
            return [[line.kind, line.speaker, html[self._block(line.text)]] for line in held]

        replies = [
            {
                "text": html[_label(reply.text)],
                "band": reply.band,
                "reaction": lines(*reply.reaction, *reply.thoughts),
                "coaching": lines(*reply.coaching),
            }
            for reply in (self.decision.replies if self.decision else ())
        ]
        return {
            "html": html[self.text],
            "prompt": lines(*self.decision.prompt) if self.decision else [],
            "replies": replies,
            "language": self.values["language"],
            "scenario": self.values["scenario"],
            "related": list(self.values["related"]),
            "takes_comments": self.values["discussion"],
        }


def _label(text: str) -> Piece:
    return Piece(text, Form.INLINE, "lessons")


def read_lesson(
    text: str, file: SourceFile, shelf: Shelf, problems: Findings
) -> tuple[Draft | None, Counter[str]]:
    """The draft, and how many decisions train each skill (one, or none)."""
    front = read_fields(text, FIELDS, problems)
    body, glossary = take_glossary(front.body)
    prose, section, line = split_decision(body, front.body_line)
    check_prose(prose, front.body_line, "lessons", shelf, problems, pictures=True)
    if not prose.strip():
        problems.add(
            "L705", (front.body_line, 1), "Nothing stands under the front matter.", "Write the text."
        )
    _check_neighbours(front, shelf, problems)
    decision = None
    if section is not None:
        check_prose(section, line, "lessons", shelf, problems)
        reading = read_decision(section, line, path=problems.path, catalogue=shelf.catalogue)
        problems.found.extend(one for one in reading.diagnostics if one.code != "S104")
        decision = reading.decision
    if problems.stop:
        return None, Counter()
    pictures = find_pictures(prose, shelf)
    shown = tuple((href, one.address, one.width, one.height) for href, one in pictures)
    article = Piece(prose.strip(), Form.ARTICLE, "lessons", glossary, shown)
    draft = _draft(text, file, front.values, LessonText(article, decision, front.values))
    return replace(draft, pictures=tuple(one for _href, one in pictures)), Counter(
        {name for reply in (decision.replies if decision else ()) for name, _ in reply.points}
    )


def _check_neighbours(front: FrontMatter, shelf: Shelf, problems: Findings) -> None:
    values: dict[str, Any] = front.values
    skills = {fold(name) for name in shelf.catalogue.skills}
    for item in front.items.get("skills", []):
        if fold(item.text) not in skills:
            mend = did_you_mean(item.text, shelf.catalogue.skills, "Add it to content/skills/.")
            problems.add("S205", (item.line, item.column), f'"{item.text}" is not a skill.', mend)
    for slug in values["aliases"]:
        if shelf.has("lessons", slug):
            message = f'"{slug}.md" is there itself, so its address leads to it and not to this lesson.'
            problems.add("L717", front.where("aliases"), message, "Take the name out, or rename that file.")
    if values["scenario"] and not shelf.has("scenarios", values["scenario"]):
        report_missing("L703", "scenarios", values["scenario"], front.where("scenario"), shelf, problems)
    for slug in values["related"]:
        if not shelf.has("lessons", slug):
            report_missing("L703", "lessons", slug, front.where("related"), shelf, problems)


def _draft(text: str, file: SourceFile, values: dict[str, Any], body: LessonText) -> Draft:
    words = len(body.text.text.split())
    return Draft(
        kind=Kind.LESSON,
        slug=file.slug,
        source=text,
        title=values["title"],
        summary=values["teaser"],
        minutes=values["minutes"] or max(1, round(words / WORDS_A_MINUTE)),
        tip_on=values["date"] or values["week"],
        author=values["author"],
        topics=values["topics"],
        refers_to=(
            *(f"skill/{fold(name)}" for name in values["skills"]),
            *([f"scenario/{values['scenario']}"] if values["scenario"] else []),
            *(f"lesson/{slug}" for slug in values["related"]),
            *(f"alias/{slug}" for slug in values["aliases"]),
        ),
        hidden=values["draft"],
        body=body,
    )
