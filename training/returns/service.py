"""Taking answers in, offering decisions again, and answering them."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date, datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from training.errors import InvalidError
from training.library.models import Completion, Kind
from training.library.queries import Published, list_published, load_lesson
from training.library.rules import ANSWER, skills_in
from training.returns.answers import AT_ONCE, Given, mark_taken, new_answers
from training.returns.models import ReturnCard
from training.returns.rules import MOST_WAITING, Memory, after_answer, begins


def schedule_returns(session: Session, at: datetime, today: date) -> str:
    """Read what was answered since, and offer what is due: at most two at a time to anybody.

    What is due beyond that stays where it is until one of them is answered, so a holiday makes no heap.
    """
    answers = new_answers(session)
    mark_taken(session, answers)
    for one in answers:
        for skill in one.skills:
            _take_in(session, one, skill)
    return f"{len(answers)} answers, {_offer(session, at, today)} offered"


def _take_in(session: Session, answer: Given, skill: str) -> None:
    card = session.scalars(
        select(ReturnCard).where(
            ReturnCard.participant_id == answer.participant_id, ReturnCard.skill == skill
        )
    ).one_or_none()
    if card is None and not begins(answer.band):
        return
    review(session, card, answer, skill)


def review(session: Session, card: ReturnCard | None, answer: Given, skill: str) -> None:
    """Move a skill's return by an answer."""
    before = Memory(card.stability, card.difficulty, card.reviewed_at) if card else None
    scheduled = after_answer(before, answer.band, answer.at)
    if card is None:
        card = ReturnCard(participant_id=answer.participant_id, skill=skill, missed_item_id=answer.item_id)
        session.add(card)
    card.stability, card.difficulty = scheduled.memory.stability, scheduled.memory.difficulty
    card.reviewed_at = scheduled.memory.reviewed_at
    card.due_on = answer.at.date() + scheduled.wait
    card.missed_item_id = answer.item_id
    card.waits_since = None
    session.flush()


def _offer(session: Session, at: datetime, today: date) -> int:
    """Put a decision to each card that is due, the longest due first."""
    due = session.scalars(
        select(ReturnCard)
        .where(ReturnCard.due_on <= today, ReturnCard.waits_since.is_(None))
        .order_by(ReturnCard.due_on, ReturnCard.id)
        .limit(AT_ONCE)
    ).all()
    if not due:
        return 0
    people = {card.participant_id for card in due}
    waiting = _waiting(session, people)
    by_skill = _decisions(session, today)
    answered = _answered(session, people)
    offered = 0
    for card in due:
        if waiting[card.participant_id] >= MOST_WAITING:
            continue
        lesson = _another(by_skill[card.skill], card, answered)
        if lesson is None:
            continue
        card.item_id, card.revision_id = lesson.item_id, lesson.revision_id
        card.waits_since, card.reply = at, None
        waiting[card.participant_id] += 1
        offered += 1
    session.flush()
    return offered


def _waiting(session: Session, people: set[int]) -> Counter[int]:
    counted = session.execute(
        select(ReturnCard.participant_id, func.count())
        .where(ReturnCard.participant_id.in_(people), ReturnCard.waits_since.is_not(None))
        .group_by(ReturnCard.participant_id)
    )
    return Counter(dict(iter(counted)))


def _decisions(session: Session, today: date) -> dict[str, list[Published]]:
    """By skill, the lessons that people can read today and that have a decision."""
    found: dict[str, list[Published]] = defaultdict(list)
    for lesson in list_published(session, Kind.LESSON):
        is_readable = lesson.tip_on is None or lesson.tip_on <= today
        if is_readable and load_lesson(session, lesson.revision_id).replies:
            for skill in skills_in(lesson.refers_to):
                found[skill].append(lesson)
    return found


def _answered(session: Session, people: set[int]) -> set[tuple[int, int]]:
    rows = session.execute(
        select(Completion.participant_id, Completion.item_id).where(
            Completion.participant_id.in_(people), Completion.how == ANSWER
        )
    )
    return {(participant_id, item_id) for participant_id, item_id in rows}


def _another(lessons: list[Published], card: ReturnCard, answered: set[tuple[int, int]]) -> Published | None:
    """Another decision than the one that was missed and the one that came last, a new one if there is any."""
    others = [one for one in lessons if one.item_id not in (card.missed_item_id, card.item_id)]
    fresh = [one for one in others if (card.participant_id, one.item_id) not in answered]
    return next(iter(fresh or others), None)


def answer_return(session: Session, card: ReturnCard, reply: int, at: datetime) -> None:
    """Take the answer to a decision that came back: the first is the one that counts.

    Kept with the card alone; it moves no progress and no figure. Raises InvalidError for a reply that is
    not on offer.
    """
    if card.revision_id is None or card.item_id is None:
        raise InvalidError
    given = load_lesson(session, card.revision_id).reply(reply)
    if given is None:
        raise InvalidError
    if card.waits_since is None:
        return
    missed = card.missed_item_id
    answer = Given("return", card.id, card.participant_id, card.item_id, given.band, (card.skill,), at)
    card.reply = reply
    review(session, card, answer, card.skill)
    if not begins(given.band):
        card.missed_item_id = missed


def forget_returns(session: Session, participant_id: int) -> None:
    """Nothing of it is kept without its owner."""
    session.execute(delete(ReturnCard).where(ReturnCard.participant_id == participant_id))
