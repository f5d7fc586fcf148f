"""What Omar said back about his finished call, and two stories of his."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from training.accounts.participant import Participant
from training.attempts.models import Attempt
from training.clock import now
from training.hindsight.models import Remark, Story
from training.library.models import Correction, Revision, RevisionBuild

FINISHED, REMARK, TOLD, READ = "omarsfinished222", "omarsremark22222", "omarsstory222222", "omarsotherstory2"
ARGUMENTS = {
    "remarks.new": {"public_id": FINISHED, "number": "1"},
    "remarks.create": {"public_id": FINISHED, "number": "1"},
    "inbox.answer": {"public_id": REMARK},
    "inbox.begin": {"public_id": TOLD},
    "inbox.close": {"public_id": READ},
    "rechecks.show": {"number": "999"},
    "rechecks.answer": {"number": "999"},
}
FORMS = {
    "remarks.create": {"text": "I would have asked."},
    "inbox.answer": {"words": "Thank you."},
    "inbox.begin": {"kind": "scenario", "title": "Of a story"},
    "stories.create": {"text": "It rang."},
}


def add_what_was_said_back(session: Session, omar: int) -> None:
    """About his only call, which is finished."""
    his = select(Attempt).join(Participant, Participant.id == Attempt.participant_id)
    attempt = session.scalars(his.where(Participant.person_id == omar)).one()
    attempt.public_id = FINISHED
    session.add(Remark(public_id=REMARK, person_id=omar, attempt_id=attempt.id, number=1, text="No."))
    _finish_as_it_was(session, attempt)
    for public_id in (TOLD, READ):
        session.add(Story(public_id=public_id, person_id=omar, text="It rang."))


def _finish_as_it_was(session: Session, attempt: Attempt) -> None:
    """A revision before the first, built like it, that he finished; a line of it was wrong."""
    built = session.scalars(
        select(RevisionBuild).where(RevisionBuild.revision_id == attempt.revision_id)
    ).one()
    old = Revision(item_id=attempt.scenario_id, number=0, source="", content_hash="")
    session.add(old)
    session.flush()
    session.add(RevisionBuild(revision_id=old.id, format=built.format, body=built.body))
    his = {"participant_id": attempt.participant_id, "scenario_id": attempt.scenario_id}
    session.add(Attempt(**his, revision_id=old.id, seed="0", finished_at=now()))
    session.add(Correction(id=999, item_id=attempt.scenario_id, number=0, words="It was wrong."))
