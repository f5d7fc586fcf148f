"""What the fictional people have done before today, through the same services as everybody."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.attempts.models import AttemptKind
from training.demo.people import Path
from training.demo.playing import careless, play_call
from training.huddles.service import begin_huddle, reveal_huddle, write_note
from training.huddles.sources import from_tip
from training.library.completions import complete_lesson
from training.library.models import Kind
from training.library.queries import find_published, load_lesson, load_module
from training.returns.service import schedule_returns
from training.viewer import Viewer

PRACTISED = "the-wrong-order"
FOUND_HARD = "sharpen-your-delivery"
A_DAY = timedelta(days=1)


def follow(session: Session, person: Person, path: Path, at: datetime) -> None:
    """Do these entries of a module, one each day or so, from `at` on."""
    module = load_module(session, find_published(session, Kind.MODULE, path.module).revision_id)
    for place in path.places:
        entry = module.entries[place - 1]
        if entry.kind is Kind.LESSON:
            _answer(session, person, entry.slug, at)
        else:
            for number, taste in enumerate(path.tries):
                seed = f"{person.email}:{entry.slug}:{number}"[:32]
                at = play_call(session, _viewer(person), entry.slug, AttemptKind.CHECK, taste, seed, at)
                at += timedelta(hours=3)
        at += timedelta(hours=5)


def practise(session: Session, person: Person, at: datetime) -> None:
    """Take a call for practice: it must show nowhere, so the demo has some."""
    seed = f"{person.email}:practice"[:32]
    play_call(session, _viewer(person), PRACTISED, AttemptKind.PRACTICE, careless, seed, at)


def find_hard(session: Session, person: Person, at: datetime) -> None:
    """Answer a tip's decision badly some days ago: another one on the same skill is back today."""
    tip = find_published(session, Kind.LESSON, FOUND_HARD)
    replies = load_lesson(session, tip.revision_id).replies
    weak = next((reply.index for reply in replies if reply.band == "weak"), None)
    complete_lesson(session, person.id, tip, at - 4 * A_DAY, reply=weak)
    schedule_returns(session, at, at.date())


def huddle(session: Session, team_id: int, lead: Person, note: str, at: datetime) -> None:
    """Hold a huddle on the tip of that day, and keep what the team agreed on."""
    chosen = from_tip(session, at.date())
    if chosen is None:
        return
    held = begin_huddle(session, team_id, chosen, lead.id, at)
    reveal_huddle(session, held.public_id, at)
    write_note(session, held.id, note, lead.id, at)


def _answer(session: Session, person: Person, slug: str, at: datetime) -> None:
    tip = find_published(session, Kind.LESSON, slug)
    replies = load_lesson(session, tip.revision_id).replies
    strong = next((reply.index for reply in replies if reply.band == "strong"), None)
    complete_lesson(session, person.id, tip, at, reply=strong)


def _viewer(person: Person) -> Viewer:
    return Viewer(
        person.id, person.public_id, person.name, person.is_trainer, person.is_admin, False, 0, False
    )
