"""A call really played, step by step, as somebody at the keys would play it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from scenarios import Play, choose, last_decision, start
from training.attempts.models import AttemptKind
from training.attempts.own import find_attempt
from training.attempts.rules import Answer
from training.attempts.service import record_choice
from training.attempts.starting import start_attempt
from training.library.models import Kind
from training.library.queries import find_published, load_scenario
from training.viewer import Viewer

Taste = Callable[[Play], int]
A_TURN = timedelta(seconds=35)


def costs(play: Play) -> dict[int, int]:
    """What each reply on offer costs, by its authored index."""
    return {offer.index: last_decision(choose(play, offer.index)).cost for offer in play.offers}


def careful(play: Play) -> int:
    """A reply that costs nothing."""
    return min(costs(play).items(), key=lambda item: (item[1], item[0]))[0]


def careless(play: Play) -> int:
    """The reply that costs most."""
    return max(costs(play).items(), key=lambda item: (item[1], -item[0]))[0]


def hasty(play: Play) -> int:
    """Careful on one turn, careless on the next."""
    return careful(play) if len(play.turns) % 2 == 0 else careless(play)


def with_slips(at: frozenset[int]) -> Taste:
    """Careful, but for the turns in `at`, counted from 1, where the second best reply is given."""

    def pick(play: Play) -> int:
        if len(play.turns) + 1 not in at or len(play.offers) < 2:
            return careful(play)
        return sorted(costs(play).items(), key=lambda item: (item[1], item[0]))[1][0]

    return pick


def play_call(
    session: Session, viewer: Viewer, slug: str, kind: AttemptKind, taste: Taste, seed: str, at: datetime
) -> datetime:
    """Play a published call from its first line to its end; returns when it ended."""
    call = find_published(session, Kind.SCENARIO, slug)
    public_id = start_attempt(session, viewer, call, kind, seed, at)
    attempt = find_attempt(session, public_id, viewer)
    compiled = load_scenario(session, attempt.revision_id).compiled
    play = start(compiled)
    while not play.finished:
        at += A_TURN
        choice = taste(play)
        play = choose(play, choice)
        record_choice(session, attempt.id, Answer(len(play.turns), choice, play), at)
    return at
