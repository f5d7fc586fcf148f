"""The way into a call: who you are, what you know, what is practised, and who will see what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup
from sqlalchemy.orm import Session

from training.assignments.coaching import coaching_asked
from training.attempts.caller import TEMPER, Caller, caller_of
from training.attempts.calls import DeskCard, Mark, Piece, list_desk_cards, list_marks, list_pieces
from training.attempts.checks import check_of
from training.attempts.lines import reply_text
from training.attempts.models import AttemptKind
from training.library.models import Kind
from training.library.queries import Published, load_scenario
from training.viewer import Viewer


@dataclass(frozen=True)
class DoorPage:
    """`practice` and `check` are the viewer's open attempts; `is_due` where a check may be taken, `passed_at`
    where it is done. `coaching`: when the coach speaks in practice, "now" or "end".
    """

    slug: str
    title: str
    language: str
    summary: Markup
    you: str
    caller: Caller
    temper: int
    temper_high: int
    facts: tuple[Markup, ...]
    minutes: int
    turns: int
    skills: tuple[Piece, ...]
    coaching: str
    warning: Markup | None
    cards: tuple[DeskCard, ...]
    practice: Mark | None
    check: Mark | None
    is_due: bool
    due_on: date | None
    passed_at: datetime | None
    finished: tuple[Mark, ...]


def door_page(session: Session, call: Published, viewer: Viewer) -> DoorPage:
    scenario = load_scenario(session, call.revision_id)
    written = scenario.compiled.scenario
    marks = list_marks(session, viewer, call.item_id)
    asked = check_of(session, viewer, call.item_id, call.slug)
    is_due = asked is not None and asked.passed_at is None
    temper = next((meter for meter in written.meters if meter.name == TEMPER), None)
    return DoorPage(
        slug=call.slug,
        title=written.title,
        language=written.language,
        summary=reply_text(scenario, written.summary),
        you=written.you,
        caller=caller_of(written),
        temper=temper.start if temper else 1,
        temper_high=temper.most if temper else 5,
        facts=tuple(reply_text(scenario, fact) for fact in written.facts),
        minutes=call.minutes,
        turns=scenario.compiled.usual_length,
        skills=list_pieces(session, Kind.SKILL, written.skills),
        coaching=coaching_asked(session, viewer.id, call.slug) or written.feedback,
        warning=reply_text(scenario, written.warning) if written.warning else None,
        cards=list_desk_cards(session, viewer),
        practice=_open(marks, AttemptKind.PRACTICE),
        check=_open(marks, AttemptKind.CHECK),
        is_due=is_due,
        due_on=asked.assignment.due_on if asked and is_due else None,
        passed_at=asked.passed_at if asked else None,
        finished=tuple(mark for mark in marks if not mark.is_open),
    )


def _open(marks: tuple[Mark, ...], kind: AttemptKind) -> Mark | None:
    return next((mark for mark in marks if mark.is_open and mark.kind is kind), None)
