"""Making the week's issue: once, with its recipients frozen in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from training.accounts.sessions import hash_of, new_secret
from training.library.models import Kind
from training.library.queries import Published, find_published
from training.mail.mailing import Recipient, queue_mailing
from training.mail.slots import slot
from training.tips.composing import ReaderLinks, again_mail, compose_tip, tip_mail
from training.tips.managing import PURPOSE
from training.tips.models import TipDelivery, TipIssue, TipWeek
from training.tips.planning import list_lessons, sent_items
from training.tips.queries import is_resting
from training.tips.readers import Reader, list_readers, slots_in_use
from training.tips.returning import Again, FindAgain, nothing_returns
from training.tips.rules import Week, choose_tip, due_at, newest_open


def mailing_key(week: Week, revision_id: int | None = None) -> str:
    """Under which name the outbox knows the issue of a week; with the revision of a decision that came back,
    the mail of those to whom it did.
    """
    return f"{PURPOSE}:{week}" if revision_id is None else f"{PURPOSE}:{week}:{revision_id}"


def make_due_issues(
    session: Session,
    at: datetime,
    *,
    site_zone: str,
    base_url: str,
    returning: FindAgain = nothing_returns,
) -> list[TipIssue]:
    """Make the issue of this week once the first reader's moment has come; needs an application context.

    A week that passed while nothing ran is sent once, now, to those whose moment of this week is still to
    come; the others get this week's alone, and older weeks nobody: never a heap. A site that runs for the
    first time begins with the first week that it sees whole.
    """
    week = newest_open(at)
    before = week.plus(-1)
    last, is_first = _last_look(session, before), not _has_looked(session)
    is_waking = _last_look(session, week) is None
    _look(session, week, at)
    if is_resting(session):
        return []
    made = []
    maker = _Maker(session, at, base_url, returning)
    if is_waking and _is_open(session, before):
        readers = list_readers(session, site_zone)
        if _slept_through(_moments(readers, before), last, session, before):
            made += maker.make(before, _latecomers(readers, before, week, at))
    if _is_open(session, week) and _may_be_due(session, week, site_zone, at):
        moments = _moments(list_readers(session, site_zone), week)
        if any(moment <= at for _one, moment in moments):
            if is_first:
                _pass_over(session, week, at)
            else:
                made += maker.make(week, moments)
    return made


def _may_be_due(session: Session, week: Week, site_zone: str, at: datetime) -> bool:
    """Whether anybody's moment of the week can have come: a look that costs next to nothing on most days."""
    return any(due_at(week, slot) <= at for slot in slots_in_use(session, site_zone))


def _moments(readers: Sequence[Reader], week: Week) -> list[tuple[Reader, datetime]]:
    """Who gets the tip of that week, and when."""
    return [(one, moment) for one in readers if (moment := one.sends_at(week)) is not None]


def _slept_through(
    moments: Sequence[tuple[Reader, datetime]], last: datetime | None, session: Session, week: Week
) -> bool:
    """Whether nothing ran from the first moment of that week on, though something had run before it."""
    if not moments or not _has_looked(session, until=week):
        return False
    return last is None or last < min(moment for _one, moment in moments)


def _latecomers(
    readers: Sequence[Reader], before: Week, week: Week, at: datetime
) -> list[tuple[Reader, datetime]]:
    """Who gets the tip of the week before now: everybody whose moment of this week is still to come."""
    found = []
    for one in readers:
        moment, next_moment = one.sends_at(before), one.sends_at(week)
        if moment is not None and (next_moment is None or next_moment > at):
            found.append((one, max(moment, at)))
    return found


@dataclass(frozen=True)
class _Maker:
    """What making an issue needs, whichever week's it is."""

    session: Session
    at: datetime
    base_url: str
    returning: FindAgain

    def make(self, week: Week, moments: Sequence[tuple[Reader, datetime]]) -> list[TipIssue]:
        session = self.session
        tip = choose_tip(week, list_lessons(session), sent_items(session))
        if tip is None or not moments:
            return []
        published = find_published(session, Kind.LESSON, tip.slug)
        issue = _insert(session, week, published, self.at)
        if issue is None:
            return []
        again = self.returning(session, [one.returns_to for one, _ in moments if one.returns_to], self.at)
        mail, links = tip_mail(session, published, week), slotted_links(self.base_url)
        for revision_id, recipients in _freeze(session, issue, moments, again).items():
            came_back = again_mail(session, revision_id) if revision_id is not None else None
            queue_mailing(
                session,
                key=mailing_key(week, revision_id),
                purpose=PURPOSE,
                composed=compose_tip(mail, links, came_back),
                recipients=recipients,
                unsubscribe_url=f"{self.base_url}/t/tip-stop/{slot('stop')}",
            )
        return [issue]


def slotted_links(base_url: str) -> ReaderLinks:
    """The links of a mail to many, with slots for what is each reader's own."""
    return ReaderLinks(
        tip=f"{base_url}/t/tip/{slot('tip')}",
        stop=f"{base_url}/t/tip-stop/{slot('stop')}",
        change=f"{base_url}/{slot('change')}",
        again=f"{base_url}/t/again/{slot('again')}",
    )


def _insert(session: Session, week: Week, tip: Published, at: datetime) -> TipIssue | None:
    """The issue, or None where somebody else made this week's: the index decides."""
    made = TipIssue(
        year=week.year, week=week.number, item_id=tip.item_id, revision_id=tip.revision_id, made_at=at
    )
    try:
        with session.begin_nested():
            session.add(made)
    except IntegrityError:
        return None
    return made


def _freeze(
    session: Session,
    issue: TipIssue,
    moments: Sequence[tuple[Reader, datetime]],
    again: Mapping[int, Again],
) -> dict[int | None, list[Recipient]]:
    """A delivery for each reader, with secrets that only their mail will hold.

    The recipients by the revision of the decision that came back to them: theirs is another mail than that
    of everybody else, whose is always there.
    """
    rows: list[dict[str, object]] = []
    recipients: dict[int | None, list[Recipient]] = {None: []}
    for reader, moment in moments:
        own, stop = new_secret(), new_secret()
        row = {"issue_id": issue.id, "subscription_id": reader.subscription_id, "due_at": moment}
        rows.append(row | {"tip_hash": hash_of(own), "stop_hash": hash_of(stop)})
        change = "account/weekly-tip" if reader.has_account else "subscriptions/new"
        values = {"tip": own, "stop": stop, "change": change}
        mine = again.get(reader.returns_to) if reader.returns_to is not None else None
        if mine is not None:
            values["again"] = mine.secret
        group = recipients.setdefault(mine.revision_id if mine else None, [])
        group.append(Recipient(reader.key, reader.address, values, moment))
    session.execute(insert(TipDelivery), rows)
    return recipients


def _is_open(session: Session, week: Week) -> bool:
    """Neither made nor skipped."""
    made = select(TipIssue.id).where(TipIssue.year == week.year, TipIssue.week == week.number)
    found = session.get(TipWeek, (week.year, week.number))
    return session.scalar(made) is None and (found is None or found.skipped_at is None)


def _last_look(session: Session, week: Week) -> datetime | None:
    """When the site last looked, in that week, whether the tip was due."""
    found = session.get(TipWeek, (week.year, week.number))
    return found.looked_at if found is not None else None


def _look(session: Session, week: Week, at: datetime) -> None:
    """Note that the site is awake in this week."""
    found = _week(session, week)
    found.looked_at = max(at, found.looked_at or at)
    session.flush()


def _pass_over(session: Session, week: Week, at: datetime) -> None:
    _week(session, week).skipped_at = at
    session.flush()


def _week(session: Session, week: Week) -> TipWeek:
    found = session.get(TipWeek, (week.year, week.number))
    if found is None:
        found = TipWeek(year=week.year, week=week.number)
        session.add(found)
    return found


def _has_looked(session: Session, until: Week | None = None) -> bool:
    """Whether the site was ever awake; with `until`, in that week or before it."""
    looked = select(TipWeek.year).where(TipWeek.looked_at.is_not(None)).limit(1)
    if until is not None:
        in_year = and_(TipWeek.year == until.year, TipWeek.week <= until.number)
        looked = looked.where(or_(TipWeek.year < until.year, in_year))
    return session.scalar(looked) is not None
