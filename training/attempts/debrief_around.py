"""What a debrief takes from elsewhere: names, lessons, last time, sharing, what others said, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scenarios import Band, Play
from training.attempts.calls import DeskCard, Piece, list_desk_cards
from training.attempts.checks import Check, check_of
from training.attempts.debrief_page import DebriefPage
from training.attempts.last_time import LastTime, time_before
from training.attempts.noted import noted
from training.attempts.others_said import OthersSaid, others_said
from training.attempts.pieces import Pieces, list_around
from training.attempts.sharing import Sharing, list_leads
from training.attempts.what_next import ToPractise, slipped, to_practise
from training.library.queries import ScenarioBuild
from training.viewer import Viewer


@dataclass(frozen=True)
class SkillRow:
    """A row of the sampler."""

    slug: str
    name: str
    bands: tuple[Band, ...]


@dataclass(frozen=True)
class AroundIt:
    """`hints`: the turns at which one was asked for. `others`: what others said, by turn.

    `check`: the check of this call that is asked for now. For a lead only `skills` and `lessons` are there.
    """

    skills: tuple[SkillRow, ...]
    lessons: tuple[Piece, ...]
    cards: tuple[DeskCard, ...] = ()
    before: LastTime | None = None
    sharing: Sharing | None = None
    hints: frozenset[int] = frozenset()
    others: Mapping[int, OthersSaid] | None = None
    practise: tuple[ToPractise, ...] = ()
    check: Check | None = None

    def name_of(self, skill: str) -> str:
        return next(row.name for row in self.skills if row.slug == skill)


def around_it(
    session: Session, page: DebriefPage, scenario: ScenarioBuild, play: Play, viewer: Viewer
) -> AroundIt:
    """For the learner's own eyes."""
    attempt, weak = page.attempt, slipped([(skill.slug, skill.bands) for skill in page.skills])
    pieces = list_around(session, skills=_skills(page), lessons=page.lessons, slipped=weak)
    beside = noted(session, attempt)
    return AroundIt(
        skills=_skill_rows(page, pieces),
        lessons=_lessons(page, pieces),
        cards=list_desk_cards(session, viewer) if page.ended_badly else (),
        before=time_before(session, attempt),
        sharing=Sharing(list_leads(session, viewer), beside.shared_since),
        hints=beside.hints,
        others=others_said(session, attempt.scenario_id, beside.revisions, scenario, play),
        practise=to_practise(pieces.training, weak, call=attempt.slug, lessons=page.lessons),
        check=check_of(session, viewer, attempt.scenario_id, attempt.slug) if attempt.is_check else None,
    )


def around_shared(session: Session, page: DebriefPage) -> AroundIt:
    """For a lead whom it is shared with: this call alone, nothing of any other."""
    pieces = list_around(session, skills=_skills(page), lessons=page.lessons)
    return AroundIt(_skill_rows(page, pieces), _lessons(page, pieces))


def _skills(page: DebriefPage) -> list[str]:
    return [skill.slug for skill in page.skills]


def _lessons(page: DebriefPage, pieces: Pieces) -> tuple[Piece, ...]:
    return tuple(pieces.lessons[slug] for slug in page.lessons if slug in pieces.lessons)


def _skill_rows(page: DebriefPage, pieces: Pieces) -> tuple[SkillRow, ...]:
    return tuple(
        SkillRow(skill.slug, _title(pieces.skills.get(skill.slug), skill.slug), skill.bands)
        for skill in page.skills
    )


def _title(skill: Piece | None, slug: str) -> str:
    return skill.title if skill is not None else slug.replace("-", " ").capitalize()
