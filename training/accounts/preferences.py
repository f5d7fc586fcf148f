"""What a person chose for themselves, kept in `person.preferences` and read with its types."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from training.accounts.models import Person

PACES = (1, 2, 3)
_CHOSEN = select(Person.preferences).where(Person.id == bindparam("person_id"))


@dataclass(frozen=True)
class Preferences:
    """How a call behaves for this person.

    `number_keys`: keys 1 to 4 move to a reply. `call_clock`: the call's clock is shown. `timed_lines`: lines
    that wait only so long do so. `pace`: they wait 1, 2 or 3 times as long. `say_first`: the replies are held
    back until the person has said a line of their own.
    """

    number_keys: bool = True
    call_clock: bool = True
    timed_lines: bool = False
    pace: int = 1
    say_first: bool = False


def read_preferences(stored: Mapping[str, Any]) -> Preferences:
    """The preferences in `person.preferences`; whatever is missing or odd is as for a new person."""
    usual = Preferences()

    def switch(name: str) -> bool:
        value = stored.get(name)
        return value if isinstance(value, bool) else bool(getattr(usual, name))

    pace = stored.get("pace")
    return Preferences(
        number_keys=switch("number_keys"),
        call_clock=switch("call_clock"),
        timed_lines=switch("timed_lines"),
        pace=pace if pace in PACES and not isinstance(pace, bool) else usual.pace,
        say_first=switch("say_first"),
    )


def preferences_of(session: Session, person_id: int) -> Preferences:
    """What this person chose."""
    stored = session.connection().execute(_CHOSEN, {"person_id": person_id}).scalar_one()
    return read_preferences(stored)


def write_preferences(session: Session, person_id: int, chosen: Preferences) -> None:
    """Keep what this person chose; what other pages keep beside it stays."""
    person = session.get_one(Person, person_id)
    person.preferences = {**person.preferences, **asdict(chosen)}
    session.flush()
