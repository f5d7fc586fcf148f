"""The mail of a tip: the decision itself, before anything else."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from training.errors import NotFoundError
from training.library.builds import HtmlLine, LessonBuild
from training.library.models import Kind
from training.library.queries import Published, find_published, load_lesson, title_of
from training.mail.composition import Composed, compose
from training.tips.rules import Week

TEMPLATE = "weekly_tip"


@dataclass(frozen=True)
class Spoken:
    """Something said or told, as plain text. `speaker` is "" for what is told."""

    speaker: str
    text: str


@dataclass(frozen=True)
class MailedReply:
    """One reply, counted from 1, as plain text."""

    index: int
    text: str


@dataclass(frozen=True)
class MailedCall:
    """The call in which the tip can be practised."""

    slug: str
    title: str
    summary: str
    minutes: int
    portrait: str


@dataclass(frozen=True)
class TipMail:
    """All that the mail says of its tip. Nothing of it differs from reader to reader."""

    title: str
    summary: str
    minutes: int
    week: int
    language: str
    prompt: tuple[Spoken, ...]
    replies: tuple[MailedReply, ...]
    call: MailedCall | None


@dataclass(frozen=True)
class AgainMail:
    """A decision that came back, as the mail of those to whom it did carries it."""

    title: str
    language: str
    prompt: tuple[Spoken, ...]
    replies: tuple[MailedReply, ...]


@dataclass(frozen=True)
class ReaderLinks:
    """Where one reader's links lead; or, in a mail to many, with slots where theirs differ."""

    tip: str
    stop: str
    change: str
    again: str = ""


def tip_mail(session: Session, published: Published, week: Week) -> TipMail:
    """The mail of a published lesson, as it is now."""
    lesson = load_lesson(session, published.revision_id)
    return TipMail(
        title=published.title,
        summary=published.summary,
        minutes=published.minutes,
        week=week.number,
        language=lesson.language,
        prompt=_prompt(lesson),
        replies=_replies(lesson),
        call=call_of(session, lesson),
    )


def again_mail(session: Session, revision_id: int) -> AgainMail:
    """The decision of a published lesson, for whom it comes back."""
    lesson = load_lesson(session, revision_id)
    title = title_of(session, revision_id)
    return AgainMail(title, lesson.language, _prompt(lesson), _replies(lesson))


def compose_tip(mail: TipMail, links: ReaderLinks, again: AgainMail | None = None) -> Composed:
    """The three texts; needs an application context."""
    return compose(TEMPLATE, {"mail": mail, "links": links, "again": again})


def call_of(session: Session, lesson: LessonBuild) -> MailedCall | None:
    """The call that goes with a lesson, while it is published."""
    if not lesson.scenario:
        return None
    try:
        found = find_published(session, Kind.SCENARIO, lesson.scenario)
    except NotFoundError:
        return None
    return MailedCall(found.slug, found.title, found.summary, found.minutes, found.portrait)


def _prompt(lesson: LessonBuild) -> tuple[Spoken, ...]:
    return tuple(map(_spoken, lesson.prompt))


def _replies(lesson: LessonBuild) -> tuple[MailedReply, ...]:
    return tuple(MailedReply(reply.index, reply.text.striptags()) for reply in lesson.replies)


def _spoken(line: HtmlLine) -> Spoken:
    return Spoken(line.speaker, line.text.striptags())
