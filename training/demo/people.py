"""Who the fictional people are, and how far each has come. All at example.invalid, which nobody owns."""

from dataclasses import dataclass

from training.demo.playing import Taste, careful, hasty, with_slips

TEAM = "Morning desk"
DESK_CARD = """You may end a call **after one clear warning**. Say it calmly, then do it.

- **Takes over:** Dana, on 41. Tell her the whole story first.
- **Before you change an account:** postcode and the last four digits of the number on file.
- After a hard call, take five minutes. Nobody asks why.
"""
HUDDLE_NOTE = "What I can promise is that I ring you at four, with news or without."


@dataclass(frozen=True)
class MainPerson:
    """Somebody to sign in as. `role` is what the table that is printed calls them."""

    role: str
    name: str

    @property
    def email(self) -> str:
        return address_of(self.name)


@dataclass(frozen=True)
class Path:
    """What somebody did of a module: the places of its entries, from 1, and the tries at its checks."""

    module: str
    places: tuple[int, ...]
    tries: tuple[Taste, ...] = (careful,)


@dataclass(frozen=True)
class Learner:
    """Somebody of the team who is only seen, not signed in as."""

    name: str
    paths: tuple[Path, ...]


def address_of(name: str) -> str:
    return f"{name.split()[0].lower()}@example.invalid"


ADMIN = MainPerson("admin", "Ruth Adeyemi")
TRAINER = MainPerson("trainer", "Tomas Vale")
LEAD = MainPerson("lead", "Maeve Corrigan")
NEW_HIRE = MainPerson("new hire", "Teo Lindqvist")
MAIN = (NEW_HIRE, LEAD, TRAINER, ADMIN)
NEW_HIRE_PATH = Path("first-week", (1, 2, 3))

FIRST_WEEK, HARD_CALLS = "first-week", "hard-calls"
_ALL = (1, 2, 3, 4)
LEARNERS = (
    Learner("Ayla Demir", (Path(FIRST_WEEK, _ALL), Path(HARD_CALLS, (1, 2, 3, 4, 5, 7, 9)))),
    Learner("Bruno Castellan", (Path(FIRST_WEEK, _ALL, (hasty, careful)), Path(HARD_CALLS, (1, 2, 3)))),
    Learner(
        "Chidi Nwosu",
        (Path(FIRST_WEEK, _ALL, (with_slips(frozenset({2})),)), Path(HARD_CALLS, (1, 2, 3, 4))),
    ),
    Learner("Freya Holm", (Path(FIRST_WEEK, _ALL, (with_slips(frozenset({1})),)),)),
    Learner("Gwen Pritchard", (Path(FIRST_WEEK, (1, 2, 4)),)),
    Learner("Ibrahim Saleh", (Path(FIRST_WEEK, _ALL), Path(HARD_CALLS, (1, 2), (hasty,)))),
)
