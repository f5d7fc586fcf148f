"""A participant is made at a person's first answer, once."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.people import Cast
from training.accounts.participant import Participant, participant_for
from training.database import transaction


def test_a_persons_answers_are_kept_under_one_id(cast: Cast, session: Session) -> None:
    with transaction() as writing:
        first = participant_for(writing, cast.ana)
    with transaction() as writing:
        again = participant_for(writing, cast.ana)
        other = participant_for(writing, cast.omar)

    assert first == again != other
    assert session.scalar(select(func.count()).select_from(Participant)) == 2
