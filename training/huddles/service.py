"""What happens in a huddle: it begins, people vote, it is revealed, and the team keeps a note."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete, exists, func, select, text, update
from sqlalchemy.orm import Session

from training.errors import ConflictError, InvalidError, NotFoundError
from training.huddles.decisions import Chosen
from training.huddles.models import Huddle, HuddleCount, HuddleNote, HuddleVote, Way
from training.huddles.rules import MOST_VOTES, OPEN_FOR, new_code
from training.teams.models import Team

_CAST = text(
    "INSERT INTO huddle_vote (huddle_id, browser_hash, reply) VALUES (:huddle, :browser, :reply)"
    " ON CONFLICT (huddle_id, browser_hash) DO UPDATE SET reply = excluded.reply"
)


def hash_of_browser(public_id: str, secret: str) -> str:
    """What is stored of a browser's cookie: another name in each huddle, so no two can be joined."""
    return hashlib.sha256(f"{public_id} {secret}".encode()).hexdigest()


def begin_huddle(session: Session, team_id: int, chosen: Chosen, by: int, at: datetime) -> Huddle:
    """A new huddle of the team, open for some hours; one that was open closes."""
    # Two leads who press the button at the same moment: one after the other.
    session.execute(select(Team.id).where(Team.id == team_id).with_for_update())
    close_huddles(session, at, team_id=team_id)
    huddle = Huddle(
        team_id=team_id,
        revision_id=chosen.revision_id,
        kind=chosen.kind,
        title=chosen.title,
        scene=chosen.scene,
        replies=" ".join(str(reply) for reply in chosen.replies),
        bands=" ".join(chosen.bands),
        code=_free_code(session),
        made_by_id=by,
        made_at=at,
        closes_at=at + OPEN_FOR,
    )
    session.add(huddle)
    session.flush()
    return huddle


def _free_code(session: Session) -> str:
    code = new_code()
    while session.scalar(select(exists().where(Huddle.code == code))):
        code = new_code()
    return code


def open_huddle(session: Session, team_id: int, at: datetime) -> Huddle | None:
    """The huddle that the team has open, if any."""
    return session.scalar(
        select(Huddle).where(Huddle.team_id == team_id, Huddle.closed_at.is_(None), Huddle.closes_at > at)
    )


def cast_vote(session: Session, public_id: str, browser_hash: str, reply: int, at: datetime) -> None:
    """Keep a browser's vote, or change it. Raises ConflictError once voting is over.

    Raises InvalidError for a reply that is not among those shown, NotFoundError where nothing is open.
    """
    # Shared by voters, against whoever closes: no vote comes after the count, and with it a cookie's hash.
    huddle = session.scalar(
        select(Huddle).where(Huddle.public_id == public_id, Huddle.closes_at > at).with_for_update(read=True)
    )
    if huddle is None:
        raise NotFoundError
    if huddle.closed_at is not None:
        raise ConflictError(_("Voting is over. Look up: the replies are being talked about."))
    if str(reply) not in huddle.replies.split():
        raise InvalidError(_("That reply is not one of those shown. Nothing was changed."))
    mine = HuddleVote.huddle_id == huddle.id, HuddleVote.browser_hash == browser_hash
    if not session.scalar(select(exists().where(*mine))):
        voted = session.scalar(select(func.count()).where(HuddleVote.huddle_id == huddle.id)) or 0
        if voted >= MOST_VOTES:
            raise InvalidError(_("This huddle has all the votes it can hold. Raise a hand instead."))
    session.execute(_CAST, {"huddle": huddle.id, "browser": browser_hash, "reply": reply})


def count_hands(session: Session, public_id: str, counts: Mapping[int, int]) -> None:
    """Keep how many hands went up for each reply, in place of what was typed before; until the reveal."""
    huddle = _locked(session, public_id)
    if huddle.revealed_at is not None:
        raise ConflictError(_("This was revealed already, so the count stays as it was."))
    session.execute(
        delete(HuddleCount).where(HuddleCount.huddle_id == huddle.id, HuddleCount.way == Way.HANDS)
    )
    _keep_counts(session, huddle.id, Way.HANDS, counts)


def reveal_huddle(session: Session, public_id: str, at: datetime) -> None:
    """End the voting and show what the coach says; twice is harmless."""
    huddle = _locked(session, public_id)
    _close(session, huddle, at)
    if huddle.revealed_at is None:
        huddle.revealed_at = at
        session.flush()


def write_note(session: Session, huddle_id: int, words: str, by: int, at: datetime) -> None:
    """Keep how the team will say it; no words take the note away."""
    note = session.scalar(select(HuddleNote).where(HuddleNote.huddle_id == huddle_id))
    if note is None:
        note = HuddleNote(huddle_id=huddle_id)
        session.add(note)
    note.text, note.author_id, note.written_at = words, by, at
    if not words:
        session.expunge(note) if note in session.new else session.delete(note)
    session.flush()


def close_huddles(session: Session, at: datetime, *, team_id: int | None = None) -> int:
    """Close the huddles whose hours are over, or the one that a team has open; returns how many.

    The votes become counts, and what was kept of browsers goes.
    """
    query = select(Huddle).where(Huddle.closed_at.is_(None)).with_for_update()
    query = query.where(Huddle.closes_at <= at) if team_id is None else query.where(Huddle.team_id == team_id)
    found = session.scalars(query).all()
    for huddle in found:
        _close(session, huddle, at)
    return len(found)


def _locked(session: Session, public_id: str) -> Huddle:
    huddle = session.scalar(select(Huddle).where(Huddle.public_id == public_id).with_for_update())
    if huddle is None:
        raise NotFoundError
    return huddle


def _close(session: Session, huddle: Huddle, at: datetime) -> None:
    if huddle.closed_at is not None:
        return
    votes = HuddleVote.huddle_id == huddle.id
    rows = session.execute(select(HuddleVote.reply, func.count()).where(votes).group_by(HuddleVote.reply))
    _keep_counts(session, huddle.id, Way.PHONES, {row[0]: row[1] for row in rows})
    session.execute(delete(HuddleVote).where(votes))
    session.execute(update(Huddle).where(Huddle.id == huddle.id).values(closed_at=at, code=None))
    session.refresh(huddle)


def _keep_counts(session: Session, huddle_id: int, way: Way, counts: Mapping[int, int]) -> None:
    session.add_all(
        HuddleCount(huddle_id=huddle_id, way=way, reply=reply, count=count)
        for reply, count in counts.items()
        if count
    )
    session.flush()
