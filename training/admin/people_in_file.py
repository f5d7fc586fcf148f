"""The rows of a file gathered by person: who is in it, and for which teams. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask_babel import gettext as _

from training.admin.rows import Entry, Problem


@dataclass
class Listed:
    """Somebody in the file. `places` are their rows that name a team, by the team's name in small letters."""

    number: int
    name: str
    email: str | None
    staff_number: str | None
    places: dict[str, Entry] = field(default_factory=dict)


class Gathering:
    """Takes entries one by one; a person may have several, each for another team."""

    def __init__(self) -> None:
        self.people: list[Listed] = []
        self.problems: list[Problem] = []
        self._by_email: dict[str, Listed] = {}
        self._by_number: dict[str, Listed] = {}

    def take(self, entry: Entry) -> None:
        """Add the entry to its person, or say what is wrong beside the rows before it."""
        known = self._known(entry)
        if len(known) > 1:
            self._refuse(
                entry,
                _(
                    "The e-mail address is in row %(one)s, the staff number in row %(two)s.",
                    one=known[0].number,
                    two=known[1].number,
                ),
            )
            return
        person = known[0] if known else self._add(entry)
        if known and (words := _disagreement(person, entry)):
            self._refuse(entry, words)
            return
        self._complete(person, entry)
        if entry.team:
            person.places[entry.team.casefold()] = entry

    def _known(self, entry: Entry) -> list[Listed]:
        found = [
            person
            for person in (
                self._by_email.get(entry.email or ""),
                self._by_number.get(entry.staff_number or ""),
            )
            if person is not None
        ]
        return found[:1] if len(found) == 2 and found[0] is found[1] else found

    def _add(self, entry: Entry) -> Listed:
        person = Listed(entry.number, entry.name, entry.email, entry.staff_number)
        self.people.append(person)
        return person

    def _complete(self, person: Listed, entry: Entry) -> None:
        """What one row leaves out another may say."""
        person.name = person.name or entry.name
        person.email = person.email or entry.email
        person.staff_number = person.staff_number or entry.staff_number
        if person.email:
            self._by_email[person.email] = person
        if person.staff_number:
            self._by_number[person.staff_number] = person

    def _refuse(self, entry: Entry, words: str) -> None:
        self.problems.append(Problem(entry.number, words))


def _disagreement(person: Listed, entry: Entry) -> str:
    """Why this row cannot be of the same person as the row before it; "" where it can."""
    if entry.team.casefold() in person.places or not entry.team:
        return str(_("The same person is in row %(row)s.", row=_row_of(person, entry)))
    pairs = (
        (_("name"), person.name, entry.name),
        (_("e-mail address"), person.email, entry.email),
        (_("staff number"), person.staff_number, entry.staff_number),
    )
    for what, before, here in pairs:
        if before and here and before != here:
            return str(_("Row %(row)s gives the same person another %(what)s.", row=person.number, what=what))
    return ""


def _row_of(person: Listed, entry: Entry) -> int:
    place = person.places.get(entry.team.casefold())
    return place.number if place else person.number


def gather(entries: Iterable[Entry]) -> Gathering:
    """Everybody in the file, in its order."""
    gathering = Gathering()
    for entry in entries:
        gathering.take(entry)
    return gathering
