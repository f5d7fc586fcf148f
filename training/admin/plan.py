"""What a file would change, decided before anything is written. Pure."""

import hashlib
from collections import defaultdict
from dataclasses import dataclass, field

from flask_babel import gettext as _
from flask_babel import ngettext

from training.admin.known import Known, KnownPerson, KnownTeam, Place
from training.admin.people_in_file import Gathering, Listed
from training.admin.rows import Entry, Problem
from training.teams.models import Role


@dataclass(frozen=True)
class Choices:
    """What whoever imports decided: unknown teams are made; people leave the teams not named for them;
    new people with an address are invited."""

    make_teams: bool = False
    move: bool = False
    invite: bool = False


@dataclass(frozen=True)
class Join:
    """Somebody takes a place. `who` is a person's id, or for a new one their place in `Plan.new`, from -1
    downwards; `team` is a team's id, or the name of one that is made. `instead` ends with it."""

    who: int
    team: int | str
    role: Role
    instead: Place | None = None


@dataclass(frozen=True)
class Change:
    """What is changed of somebody who is here: their name, or a staff number where there was none."""

    person: KnownPerson
    name: str
    staff_number: str | None


@dataclass
class Plan:
    """What would be written. With problems, nothing is."""

    problems: list[Problem] = field(default_factory=list)
    new: list[Listed] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    new_teams: dict[str, str] = field(default_factory=dict)
    joins: list[Join] = field(default_factory=list)
    ends: list[Place] = field(default_factory=list)
    unchanged: int = 0
    touched: set[int] = field(default_factory=set)
    public_ids: dict[int, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not (self.new or self.touched or self.new_teams)

    @property
    def fingerprint(self) -> str:
        """The same for the same changes: what was looked at is what is done."""
        said = hashlib.sha256()
        for part in (self.new, self.changes, sorted(self.new_teams.items()), self.joins, self.ends):
            said.update(repr(part).encode())
        return said.hexdigest()


class Planner:
    """Compares everybody in a file with what the site knows."""

    def __init__(self, known: Known, choices: Choices) -> None:
        self.known = known
        self.choices = choices
        self.plan = Plan()
        self._unknown_teams: dict[str, list[Entry]] = defaultdict(list)
        self._rows: dict[int, int] = {}

    def compare(self, gathering: Gathering) -> Plan:
        """The plan for everybody in the file."""
        self.plan.problems += gathering.problems
        for listed in gathering.people:
            self._person(listed)
        for entries in self._unknown_teams.values():
            self._unknown_team(entries)
        self._leads_stay()
        self.plan.problems.sort(key=lambda problem: problem.row)
        return self.plan

    def _person(self, listed: Listed) -> None:
        by_email = self.known.by_email.get(listed.email or "")
        by_number = self.known.by_number.get(listed.staff_number or "")
        person = by_email or by_number
        if by_email and by_number and by_email != by_number:
            self._refuse(
                listed, _("The e-mail address and the staff number are of two different people here.")
            )
        elif person is not None:
            self._known_person(listed, person)
        elif not listed.name:
            self._refuse(listed, _("There is no name, and nobody here has this address or number."))
        else:
            self.plan.new.append(listed)
            self._places(listed, -len(self.plan.new), ())

    def _known_person(self, listed: Listed, person: KnownPerson) -> None:
        if words := _conflict(listed, person):
            self._refuse(listed, words)
            return
        self._rows[person.id] = listed.number
        self.plan.public_ids[person.id] = person.public_id
        name, number = listed.name or person.name, listed.staff_number or person.staff_number
        if (name, number) != (person.name, person.staff_number):
            self.plan.changes.append(Change(person, name, number))
            self.plan.touched.add(person.id)
        self._places(listed, person.id, self.known.places.get(person.id, ()))
        if person.is_disabled and person.id in self.plan.touched:
            words = _("%(name)s is disabled. Enable them first, or leave the row out.", name=person.name)
            self._refuse(listed, words)
        if person.id not in self.plan.touched:
            self.plan.unchanged += 1

    def _places(self, listed: Listed, who: int, held: list[Place] | tuple[()]) -> None:
        wanted: set[int] = set()
        for called, entry in listed.places.items():
            team = self._team(called, entry)
            if team is None:
                continue
            if isinstance(team, str):
                self._join(Join(who, team, entry.role or Role.LEARNER))
                continue
            if team.id in wanted:
                self._refuse(entry, _("The same person is in this team by another row."))
                continue
            wanted.add(team.id)
            current = next((place for place in held if place.team_id == team.id), None)
            if current is None or (entry.role is not None and entry.role != current.role):
                self._join(Join(who, team.id, entry.role or Role.LEARNER, current))
        if self.choices.move and listed.places:
            for place in held:
                if place.team_id not in wanted:
                    self.plan.ends.append(place)
                    self.plan.touched.add(who)

    def _join(self, join: Join) -> None:
        self.plan.joins.append(join)
        if join.who > 0:
            self.plan.touched.add(join.who)

    def _team(self, called: str, entry: Entry) -> KnownTeam | str | None:
        """The team that a row names; the name of one to be made; None where there is a problem."""
        found = self.known.find_team(called)
        open_ones = [team for team in found if not team.is_archived]
        if len(open_ones) == 1:
            return open_ones[0]
        if len(open_ones) > 1:
            slugs = ", ".join(team.slug for team in open_ones)
            words = _(
                "Several teams are called “%(team)s”. Write one of: %(slugs)s.", team=entry.team, slugs=slugs
            )
            self.plan.problems.append(Problem(entry.number, words))
            return None
        if found:
            words = _("The team “%(team)s” is archived.", team=entry.team)
            self.plan.problems.append(Problem(entry.number, words))
            return None
        if self.choices.make_teams:
            return self.plan.new_teams.setdefault(called, entry.team)
        self._unknown_teams[called].append(entry)
        return None

    def _unknown_team(self, entries: list[Entry]) -> None:
        """Said once a team, not once a row."""
        first, more = entries[0], len(entries) - 1
        words = _("There is no team “%(team)s”. Mend its name, or let it be made.", team=first.team)
        if more:
            words += " " + ngettext("(And in %(num)s more row.)", "(And in %(num)s more rows.)", more)
        self.plan.problems.append(Problem(first.number, words))

    def _leads_stay(self) -> None:
        """No team that has a lead may be left without one."""
        ended = [join.instead for join in self.plan.joins if join.instead] + self.plan.ends
        losing = [place for place in ended if place.role is Role.LEAD]
        taking = {join.team for join in self.plan.joins if join.role is Role.LEAD}
        for place in losing:
            gone = {other.person_id for other in losing if other.team_id == place.team_id}
            if place.team_id not in taking and not self.known.leads.get(place.team_id, set()) - gone:
                words = _("Nobody else leads their team, so they stay its lead. Name another lead first.")
                self.plan.problems.append(Problem(self._rows.get(place.person_id, 0), words))

    def _refuse(self, said: Listed | Entry, words: str) -> None:
        self.plan.problems.append(Problem(said.number, words))


def _conflict(listed: Listed, person: KnownPerson) -> str:
    """Why the file cannot be about this person. Whoever has the address can sign in: no file changes it."""
    if listed.email and listed.email != person.email:
        return str(
            _(
                "%(name)s has another e-mail address here, or none. People change theirs themselves.",
                name=person.name,
            )
        )
    if listed.staff_number and person.staff_number and listed.staff_number != person.staff_number:
        return str(_("%(name)s has another staff number here.", name=person.name))
    return ""
