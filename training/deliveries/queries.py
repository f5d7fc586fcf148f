"""Mail as trainers and administrators see it. Addresses are read for administrators alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training.errors import NotFoundError
from training.mail.models import Mailing, Message, MessageState
from training.mail.reasons import Reason, reason_of
from training.tips.issuing import mailing_key
from training.tips.models import TipAnswer, TipIssue
from training.tips.rules import Week

SHOWN = 52
PAGE = 100
# The key of a mailing that is a part of an issue: “tip:2026-W47:12” goes with “tip:2026-W47”.
_PART = "%:%:%"
BY_NAME = (MessageState.FAILED, MessageState.RETURNED, MessageState.UNCERTAIN)


@dataclass(frozen=True)
class Issue:
    """One mailing, counted. `answered` is how many replied to its decision."""

    public_id: str
    subject: str
    made_at: datetime
    counts: dict[str, int]
    answered: int

    def count(self, state: str) -> int:
        return self.counts.get(state, 0)

    @property
    def waiting(self) -> int:
        return self.count(MessageState.QUEUED) + self.count(MessageState.SENDING)

    @property
    def has_names(self) -> bool:
        """Whether anybody of it did not get it, or may not have."""
        return any(map(self.count, BY_NAME))


@dataclass(frozen=True)
class Line:
    """One mail in the log. `address` is empty after thirty days."""

    public_id: str
    at: datetime
    purpose: str
    address: str
    state: str
    problem: str

    @property
    def reason(self) -> Reason:
        return reason_of(self.problem)


@dataclass(frozen=True)
class Log:
    """A page of the log, newest first; `older` is where the next one begins, 0 where there is none."""

    lines: tuple[Line, ...]
    older: int


def list_issues(session: Session) -> list[Issue]:
    """The newest issues, a year of weeks; four statements."""
    first = select(Mailing).where(Mailing.key.not_like(_PART)).order_by(Mailing.id.desc()).limit(SHOWN)
    return _counted(session, list(session.scalars(first)))


def find_issue(session: Session, public_id: str) -> Issue:
    """Raises NotFoundError."""
    mailing = session.scalars(select(Mailing).where(Mailing.public_id == public_id)).one_or_none()
    if mailing is None:
        raise NotFoundError
    return _counted(session, [mailing])[0]


def _counted(session: Session, mailings: list[Mailing]) -> list[Issue]:
    parts = _parts(session, mailings)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    by_state = (
        select(Message.mailing_id, Message.state, func.count())
        .where(Message.mailing_id.in_(parts))
        .group_by(Message.mailing_id, Message.state)
    )
    for mailing_id, state, count in session.execute(by_state):
        counts[parts[mailing_id or 0]][state] += count
    answers = select(TipIssue.year, TipIssue.week, func.count(TipAnswer.id))
    answers = answers.join(TipAnswer, TipAnswer.issue_id == TipIssue.id).group_by(
        TipIssue.year, TipIssue.week
    )
    answered = {mailing_key(Week(year, week)): count for year, week, count in session.execute(answers)}
    return [
        Issue(one.public_id, one.subject, one.created_at, dict(counts[one.key]), answered.get(one.key, 0))
        for one in mailings
    ]


def _parts(session: Session, mailings: Sequence[Mailing]) -> dict[int, str]:
    """By id the mailings that are one issue with one of these, and its key.

    Whoever has a decision come back to them gets another mail than the others, of the same issue.
    """
    if not mailings:
        return {}
    found = {one.id: one.key for one in mailings}
    others = select(Mailing.id, Mailing.key).where(Mailing.key.like(_PART), Mailing.id > min(found))
    keys = set(found.values())
    for mailing_id, key in session.execute(others):
        whole = ":".join(key.split(":")[:2])
        if whole in keys:
            found[mailing_id] = whole
    return found


def list_by_name(session: Session, public_id: str) -> list[Line]:
    """Those of a mailing that did not arrive, or may not have."""
    mailings = session.scalars(select(Mailing).where(Mailing.public_id == public_id)).all()
    rows = session.scalars(
        select(Message)
        .where(Message.mailing_id.in_(_parts(session, mailings)), Message.state.in_(BY_NAME))
        .order_by(Message.state, Message.id)
    )
    return [_line(row) for row in rows]


def read_log(session: Session, state: str, before: int) -> Log:
    """All mail, newest first, of one state or any."""
    query = select(Message).order_by(Message.id.desc()).limit(PAGE + 1)
    if state:
        query = query.where(Message.state == state)
    if before:
        query = query.where(Message.id < before)
    rows = session.scalars(query).all()
    older = rows[PAGE - 1].id if len(rows) > PAGE else 0
    return Log(tuple(_line(row) for row in rows[:PAGE]), older)


def _line(row: Message) -> Line:
    at = row.sent_at or row.created_at
    return Line(row.public_id, at, row.purpose, row.to_address or "", row.state, row.problem)
