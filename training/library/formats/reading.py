"""Read any content file: bytes in, a draft or every problem out. Never raises on any text."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from scenarios.diagnostics import in_reading_order
from scenarios.graph import BUDGET
from scenarios.source import read_text
from training.library.formats.drafts import Draft, DraftReading
from training.library.formats.findings import Findings
from training.library.formats.lesson import read_lesson
from training.library.formats.module import read_module
from training.library.formats.scenario import CallText, decisions_of, read_call
from training.library.formats.shelf import LONGEST_SLUG, SLUG, Shelf, SourceFile
from training.library.formats.skill import read_skill
from training.library.models import Kind
from training.library.rules import skills_in


def read_file(source: bytes, file: SourceFile, shelf: Shelf, *, budget: int = BUDGET) -> DraftReading:
    """The draft of one file. `shelf` is the content folder around it, for what it points to.

    `budget` is how many states of a call are searched at most.
    """
    problems = Findings(str(file.path))
    if not SLUG.fullmatch(file.slug) or len(file.slug) > LONGEST_SLUG:
        problems.add(
            "L706",
            (1, 1),
            f'"{file.slug}.md" cannot become an address.',
            f"Use small letters, digits and single hyphens, {LONGEST_SLUG} characters at most.",
        )
    decisions: Counter[str] = Counter()
    draft: Draft | None
    if file.kind is Kind.SCENARIO:
        draft = read_call(source, file, shelf, problems, budget)
        decisions = (
            decisions_of(draft.body.compiled) if draft and isinstance(draft.body, CallText) else decisions
        )
    else:
        text = read_text(source, problems)
        if not text and problems.stop:
            draft = None
        elif file.kind is Kind.LESSON:
            draft, decisions = read_lesson(text, file, shelf, problems)
        else:
            read = read_module if file.kind is Kind.MODULE else read_skill
            draft = read(text, file, shelf, problems)
    if draft is not None and not _fits(draft, problems):
        draft = None
    if draft is not None:
        draft = replace(draft, source=source.decode("utf-8"))  # its very bytes, so that an export writes them
    return DraftReading(problems.path, draft, in_reading_order(problems.found), decisions)


def _fits(draft: Draft, problems: Findings) -> bool:
    """Whether what lists show of it fits the database's columns; says what does not."""
    lengths = {
        "title": (draft.title, 200),
        "summary": (draft.summary, 400),
        "author": (draft.author, 120),
        "portrait": (draft.portrait, 40),
        "topics": ("|".join(draft.topics), 390),
        "skills": (_skills_of_a_tip(draft), 400),
    }
    for name, (text, most) in lengths.items():
        if len(text) > most:
            message = f'"{name}" has {len(text)} characters; {most} are the most.'
            problems.add("L716", (1, 1), message, "Say it more briefly.")
    return not problems.stop


def _skills_of_a_tip(draft: Draft) -> str:
    """As an answer to the tip keeps them (`TipAnswer.skills`); nothing for what is no tip."""
    if draft.kind is not Kind.LESSON:
        return ""
    return " ".join(skills_in(draft.refers_to))
