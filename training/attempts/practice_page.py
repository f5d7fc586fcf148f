"""What can be practised: every call, who is calling, and how far the learner is with it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.attempts.caller import TEMPER, Caller, caller_of
from training.attempts.calls import Mark, list_marks
from training.attempts.last_time import LastTime, judge_again
from training.attempts.models import Attempt, AttemptKind, Step
from training.library.models import Kind
from training.library.queries import Published, list_published, load_scenario
from training.viewer import Viewer


@dataclass(frozen=True)
class CallSeen:
    """One call of the list. `open_turn`: the turn at which a call under way goes on, or 0."""

    slug: str
    title: str
    summary: str
    minutes: int
    caller: Caller
    temper: int
    temper_high: int
    open_turn: int
    last: LastTime | None


def practice_page(session: Session, viewer: Viewer) -> tuple[CallSeen, ...]:
    """Every published call: those under way first, then by title."""
    marks = list_marks(session, viewer)
    steps = _steps_of(session, [mark for mark in marks if not mark.is_open])
    seen = [_seen(session, call, marks, steps) for call in list_published(session, Kind.SCENARIO)]
    return tuple(sorted(seen, key=lambda one: not one.open_turn))


Steps = dict[str, tuple[int, list[int]]]


def _steps_of(session: Session, finished: list[Mark]) -> Steps:
    """Revision and choices of the newest finished attempt at each scenario."""
    newest = {mark.scenario_id: mark.public_id for mark in reversed(finished)}
    rows = session.execute(
        select(Attempt.public_id, Attempt.revision_id, Step.choice)
        .join(Step, Step.attempt_id == Attempt.id)
        .where(Attempt.public_id.in_(newest.values()))
        .order_by(Step.attempt_id, Step.number)
    )
    found: Steps = {}
    for public_id, revision_id, choice in rows:
        found.setdefault(public_id, (revision_id, []))[1].append(choice)
    return found


def _seen(session: Session, call: Published, marks: tuple[Mark, ...], steps: Steps) -> CallSeen:
    written = load_scenario(session, call.revision_id).compiled.scenario
    own = [mark for mark in marks if mark.scenario_id == call.item_id]
    going = next((mark for mark in own if mark.is_open and mark.kind is AttemptKind.CHECK), None)
    going = going or next((mark for mark in own if mark.is_open), None)
    temper = next((meter for meter in written.meters if meter.name == TEMPER), None)
    return CallSeen(
        slug=call.slug,
        title=call.title,
        summary=call.summary,
        minutes=call.minutes,
        caller=caller_of(written),
        temper=temper.start if temper else 1,
        temper_high=temper.most if temper else 5,
        open_turn=going.step_count + 1 if going else 0,
        last=next((_last(session, mark, steps) for mark in own if mark.public_id in steps), None),
    )


def _last(session: Session, mark: Mark, steps: Steps) -> LastTime | None:
    revision_id, choices = steps[mark.public_id]
    assert mark.finished_at is not None  # noqa: S101  # only finished attempts have steps here
    return judge_again(session, mark.public_id, mark.finished_at, revision_id, choices)
