"""A module: `content/modules/<slug>.md`, a numbered list of links with what counts as done."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from scenarios import Field, a_slug, whole
from scenarios.diagnostics import Problems, quoted
from scenarios.fields import language
from scenarios.front_matter import read_fields
from scenarios.slugs import did_you_mean
from training.library.formats.drafts import Draft, Rendered
from training.library.formats.prose import check_prose, report_missing, take_glossary
from training.library.formats.shelf import FOLDERS, Shelf, SourceFile
from training.library.models import Kind
from training.rendering import Form, Piece, read_target

FIELDS = (
    Field("title", required=True, default=""),
    Field("summary", required=True, default=""),
    Field("minutes", read=whole(0, 600), default=0),
    Field("after", "many", read=a_slug, default=(), commas=True),
    Field("language", read=language, default="en"),
    Field("author", default=""),
)
RULES = {Kind.LESSON: ("read", "answer"), Kind.SCENARIO: ("check", "practise")}
_ITEM = re.compile(r"\s{0,3}(?:\d+[.)]|[-*+])\s+(?P<rest>.*)")
_ENTRY = re.compile(r"\[(?P<title>[^\]]+)\]\((?P<href>[^)\s]+)\)\s*(?:[—–-]+\s*(?P<rule>\S.*?))?\s*")


@dataclass(frozen=True)
class Entry:
    """One line of the list: `rule` is read, answer, check or practise."""

    kind: Kind
    slug: str
    title: str
    rule: str
    line: int


@dataclass(frozen=True)
class ModuleText:
    """The introduction and the list below it."""

    text: Piece
    entries: tuple[Entry, ...]
    language: str

    def pieces(self) -> list[Piece]:
        return [self.text]

    def build(self, html: Rendered) -> dict[str, Any]:
        entries = [[one.kind, one.slug, one.title, one.rule] for one in self.entries]
        return {"html": html[self.text], "entries": entries, "language": self.language}


def read_module(text: str, file: SourceFile, shelf: Shelf, problems: Problems) -> Draft | None:
    front = read_fields(text, FIELDS, problems)
    body, glossary = take_glossary(front.body)
    prose, entries = _split(body, front.body_line, shelf, problems)
    check_prose(prose, front.body_line, "modules", shelf, problems)
    values: dict[str, Any] = front.values
    for slug in values["after"]:
        if not shelf.has("modules", slug) or slug == file.slug:
            report_missing("L703", "modules", slug, front.where("after"), shelf, problems)
    if not entries and not problems.stop:
        problems.add(
            "L707",
            (front.body_line, 1),
            "No list of lessons and calls stands in this module.",
            "Write a line for each: 1. [Title](../lessons/x.md) — answer",
        )
    if problems.stop:
        return None
    piece = Piece(prose.strip(), Form.ARTICLE, "modules", glossary)
    return Draft(
        kind=Kind.MODULE,
        slug=file.slug,
        source=text,
        title=values["title"],
        summary=values["summary"],
        minutes=values["minutes"],
        author=values["author"],
        refers_to=(
            *(f"{one.kind}/{one.slug}" for one in entries),
            *(f"module/{slug}" for slug in values["after"]),
        ),
        body=ModuleText(piece, tuple(entries), values["language"]),
    )


def _split(body: str, first_line: int, shelf: Shelf, problems: Problems) -> tuple[str, list[Entry]]:
    """The prose with the list's lines left empty, and the list."""
    prose, entries = [], list[Entry]()
    for number, line in enumerate(body.split("\n"), first_line):
        item = _ITEM.fullmatch(line)
        prose.append("" if item else line)
        if item is None:
            continue
        entry = _read_entry(item["rest"], (number, item.start("rest") + 1), shelf, problems)
        if entry is None:
            continue
        if any((one.kind, one.slug) == (entry.kind, entry.slug) for one in entries):
            message = f"{quoted(entry.title)} stands in the list twice."
            problems.add("L711", (number, 1), message, "Keep one of the two.")
        entries.append(entry)
    return "\n".join(prose), entries


def _read_entry(rest: str, where: tuple[int, int], shelf: Shelf, problems: Problems) -> Entry | None:
    found = _ENTRY.fullmatch(rest)
    target = read_target(found["href"], "modules") if found else None
    if found is None or target is None or FOLDERS.get(target.folder) not in RULES:
        problems.add(
            "L708",
            where,
            f"{quoted(rest)} is not a line of a module.",
            "Write [Title](../lessons/x.md) — answer, or [Title](../scenarios/x.md) — check.",
        )
        return None
    kind, rule = FOLDERS[target.folder], (found["rule"] or "").lower()
    if not shelf.has(target.folder, target.slug):
        report_missing("L701", target.folder, target.slug, where, shelf, problems)
    if rule not in RULES[kind]:
        _report_rule(kind, rule, where, problems)
        return None
    return Entry(kind, target.slug, found["title"], rule, where[0])


def _report_rule(kind: Kind, rule: str, where: tuple[int, int], problems: Problems) -> None:
    fitting = RULES[kind]
    words = f"A {kind} can be {' or '.join(fitting)}: write it after the link, as in — {fitting[0]}."
    if any(rule in words for words in RULES.values()):
        problems.add("L710", where, f"{quoted(rule)} does not fit a {kind}.", words)
    elif rule:
        problems.add("L709", where, f"{quoted(rule)} is no rule.", did_you_mean(rule, fitting, words))
    else:
        problems.add("L709", where, "What counts as done is not said.", words)
