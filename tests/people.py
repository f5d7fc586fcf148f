"""The fixed cast. Everybody's password is PASSWORD."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from training.accounts.models import Person
from training.teams.models import Membership, Role, Team

PASSWORD = "correct horse battery staple"
# argon2id of PASSWORD at the cheapest profile, made once: hashing is tested where it belongs.
PASSWORD_HASH = (
    "$argon2id$v=19$m=8,t=1,p=1$lbVYd7wTvVtWlO8gPM62rQ$Bpy6CX3gwWnNHnFbWldpk2zl+qtnHFWYzL5rG6rm8lk"
)


@dataclass(frozen=True)
class Cast:
    """Ids, so that nothing depends on which session loaded whom."""

    ana: int
    ben: int
    tova: int
    ada: int
    omar: int
    lena: int
    morning_desk: int
    night_desk: int


def make_cast(session: Session) -> Cast:
    """Two teams and six people. Omar must see nothing of Ana's."""
    names = {
        "ana": "Ana Duarte",
        "ben": "Ben Okafor",
        "tova": "Tova Lindgren",
        "ada": "Ada Quist",
        "omar": "Omar Haddad",
        "lena": "Lena Brandt",
    }
    people = {
        key: Person(name=name, email=f"{key}@example.invalid", password_hash=PASSWORD_HASH)
        for key, name in names.items()
    }
    people["tova"].is_trainer = True
    people["ada"].is_admin = True
    morning = Team(slug="morning-desk", name="Morning desk")
    night = Team(slug="night-desk", name="Night desk")
    session.add_all([*people.values(), morning, night])
    session.flush()
    for team, key, role in (
        (morning, "ana", Role.LEARNER),
        (morning, "ben", Role.LEAD),
        (night, "omar", Role.LEARNER),
        (night, "lena", Role.LEAD),
    ):
        session.add(Membership(team_id=team.id, person_id=people[key].id, role=role))
    session.flush()
    ids = {key: person.id for key, person in people.items()}
    return Cast(**ids, morning_desk=morning.id, night_desk=night.id)
