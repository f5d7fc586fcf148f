"""All that the site keeps about somebody, as one zip: a page to read, and the same as JSON."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scenarios import replay
from training.accounts.models import Person
from training.accounts.participant import Participant
from training.attempts.models import Attempt, Step
from training.errors import UnavailableError
from training.library.queries import load_scenario
from training.privacy.owned import Owner, owned_rows

PAGE, DATA = "your-data.html", "your-data.json"


@dataclass(frozen=True)
class CallTaken:
    """One call as it was: what was said in it, in order; None where nothing was said."""

    title: str
    kind: str
    started_at: datetime
    finished_at: datetime | None
    ending: str | None
    percent: float | None
    said: tuple[str | None, ...]


@dataclass(frozen=True)
class OwnData:
    """What is in the file. `tables` holds the rows as they are stored, secrets left out."""

    name: str
    made_at: datetime
    calls: tuple[CallTaken, ...]
    tables: dict[str, list[dict[str, Any]]]


def owner_of(session: Session, person_id: int) -> Owner:
    person = session.get_one(Person, person_id)
    participant = session.scalar(select(Participant.id).where(Participant.person_id == person_id))
    return Owner(person.id, participant, person.public_id, person.email)


def own_data(session: Session, person_id: int, at: datetime) -> OwnData:
    """Everything about this person: a statement a table, and one for each call not met before."""
    owner = owner_of(session, person_id)
    tables = {table.name: rows for table, rows in owned_rows(session, owner) if rows}
    name = session.get_one(Person, person_id).name
    return OwnData(name, at, _calls(session, owner), tables)


def as_zip(data: OwnData, page: str) -> bytes:
    """The file: `page` is the readable form of `data`."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(PAGE, page)
        archive.writestr(DATA, json.dumps(asdict(data), ensure_ascii=False, indent=1, default=_plain))
    return body.getvalue()


def _calls(session: Session, owner: Owner) -> tuple[CallTaken, ...]:
    mine = Attempt.participant_id == owner.participant_id
    attempts = session.scalars(select(Attempt).where(mine).order_by(Attempt.id)).all()
    choices: dict[int, list[int]] = {}
    steps = select(Step.attempt_id, Step.choice).join(Attempt, Attempt.id == Step.attempt_id).where(mine)
    for attempt_id, choice in session.execute(steps.order_by(Step.attempt_id, Step.number)):
        choices.setdefault(attempt_id, []).append(choice)
    return tuple(_call(session, attempt, choices.get(attempt.id, [])) for attempt in attempts)


def _call(session: Session, attempt: Attempt, choices: list[int]) -> CallTaken:
    title, said = _in_words(session, attempt.revision_id, choices)
    return CallTaken(
        title=title or attempt.scenario.slug,
        kind=attempt.kind,
        started_at=attempt.started_at,
        finished_at=attempt.finished_at,
        ending=attempt.ending,
        percent=attempt.percent,
        said=said,
    )


def _in_words(session: Session, revision_id: int, choices: list[int]) -> tuple[str, tuple[str | None, ...]]:
    """The call's title and what was said; nothing where an old revision was not built for this release."""
    try:
        compiled = load_scenario(session, revision_id).compiled
    except UnavailableError:
        return "", ()
    return compiled.scenario.title, tuple(turn.said for turn in replay(compiled, choices).turns)


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return f"{len(value)} bytes"
    raise TypeError(type(value).__name__)
