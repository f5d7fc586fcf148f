"""Taking in a delivery report: which mail it is about, and what follows from it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from training.mail.models import Message, MessageState
from training.mail.reports import Fate, Report
from training.mail.stopping import note_refusal
from training.mail.transport import says_nobody_is_there

_HANDED_OVER = (MessageState.SENT, MessageState.UNCERTAIN)
_UNDER_WAY = (MessageState.QUEUED, MessageState.SENDING)
# A status that gives no reason: then the server's own words count.
_NO_REASON = ("", "5.0.0", "4.0.0")


class Taken(StrEnum):
    """What a report came to, in the words in which a pass over the mailbox counts them."""

    CAME_BACK = "came back"
    DELAYED = "delayed"
    NOTHING_NEW = "said nothing new"
    TOO_EARLY = "on mail that is still under way"
    NOT_OURS = "on no mail of ours"


def take_in(session: Session, report: Report, at: datetime) -> Taken:
    """Write down what a report says of the one mail that it names. Again, it changes nothing.

    A mail is known by the name that we gave it, which only it carries; an address in a report proves
    nothing, so nobody can switch off a stranger's mail. The address itself is counted against only where
    the report is about it, and says that nobody is there.
    """
    found = session.scalars(select(Message).where(Message.public_id.in_(report.names)).limit(1)).first()
    if found is None:
        return Taken.NOT_OURS
    if found.state in _UNDER_WAY:
        return Taken.TOO_EARLY
    fate, is_own = _judge(report, found.to_address or "")
    if fate.action == "failed":
        return _came_back(session, found, fate, at, is_own=is_own)
    if fate.action == "delayed":
        return _delayed(session, found, fate)
    return Taken.NOTHING_NEW


def _judge(report: Report, to: str) -> tuple[Fate, bool]:
    """The fate that counts, the worst first; and whether it is that of the address that we wrote to."""
    own = [fate for fate in report.fates if to.lower() in fate.recipients]
    order = {"failed": 0, "delayed": 1}
    return min(own or report.fates, key=lambda fate: order.get(fate.action, 2)), bool(own)


def _came_back(session: Session, message: Message, fate: Fate, at: datetime, *, is_own: bool) -> Taken:
    hashed = message.address_hash
    done = session.execute(
        update(Message)
        .where(Message.id == message.id, Message.state.in_(_HANDED_OVER))
        .values(state=MessageState.RETURNED, problem=_reason(message, fate))
        .returning(Message.id)
    )
    if done.first() is None:
        return Taken.NOTHING_NEW
    if is_own and hashed and _says_nobody_is_there(fate):
        note_refusal(session, hashed, at)
    return Taken.CAME_BACK


def _delayed(session: Session, message: Message, fate: Fate) -> Taken:
    """Their server goes on trying: worth a word in the log, and nothing else."""
    done = session.execute(
        update(Message)
        .where(Message.id == message.id, Message.state == MessageState.SENT, Message.problem == "")
        .values(problem=_reason(message, fate))
        .returning(Message.id)
    )
    return Taken.DELAYED if done.first() is not None else Taken.NOTHING_NEW


def _reason(message: Message, fate: Fate) -> str:
    """Status and words. Words may name an address: they go with a mail whose own is still kept."""
    words = fate.said if message.to_address is not None else ""
    return f"{fate.status or fate.action} {words}".strip()[:250]


def _says_nobody_is_there(fate: Fate) -> bool:
    return says_nobody_is_there(
        fate.said if fate.status in _NO_REASON else f"{fate.status} {fate.said}".strip()
    )
