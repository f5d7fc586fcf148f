"""When a skill comes back, by the FSRS model of forgetting, in whole days. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from fsrs import Card, Rating, Scheduler, State

# The first return is about three days away: sooner, it would only be remembered.
SHORTEST = timedelta(days=3)
# Nothing stays away for longer than half a year.
LONGEST_DAYS = 180
MOST_WAITING = 2
_RATINGS = {"weak": Rating.Again, "fair": Rating.Hard, "strong": Rating.Good}
_SCHEDULER = Scheduler(
    learning_steps=(), relearning_steps=(), maximum_interval=LONGEST_DAYS, enable_fuzzing=False
)


@dataclass(frozen=True)
class Memory:
    """What is known of how well a skill sits."""

    stability: float
    difficulty: float
    reviewed_at: datetime


@dataclass(frozen=True)
class Scheduled:
    """After an answer: the new memory, and how long until the skill returns."""

    memory: Memory
    wait: timedelta


def begins(band: str) -> bool:
    """Whether an answer of that band makes its skill return."""
    return band in ("weak", "fair")


def after_answer(before: Memory | None, band: str, at: datetime) -> Scheduled:
    """What an answer changes. A clock that was set back counts as no time."""
    card = Card(card_id=1, due=at)
    if before is not None:
        at = max(at, before.reviewed_at)
        card = Card(
            card_id=1,
            state=State.Review,
            stability=before.stability,
            difficulty=before.difficulty,
            due=before.reviewed_at,
            last_review=before.reviewed_at,
        )
    card, _log = _SCHEDULER.review_card(card, _RATINGS[band], at)
    if card.stability is None or card.difficulty is None:
        raise ValueError("a reviewed card has its figures")
    wait = max(timedelta(days=(card.due - at).days), SHORTEST)
    memory = Memory(card.stability, card.difficulty, at)
    return Scheduled(memory, wait)
