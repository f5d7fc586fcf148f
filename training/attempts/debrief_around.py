"""What a debrief takes from elsewhere: names, lessons, last time, sharing, what others said, what is next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from scenarios import Band, Play
from training.attempts.calls import DeskCard, Piece, list_desk_cards, list_pieces
from training.attempts.checks import Check, check_of
from training.attempts.debrief_page import DebriefPage
from training.attempts.hints import hints_asked
from training.attempts.last_time import LastTime, time_before
from training.attempts.others_said import OthersSaid, others_said
from training.attempts.sharing import Sharing, sharing_of
from training.attempts.what_next import ToPractise, slipped, to_practise
from training.library.models import Kind
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
    attempt, skills = page.attempt, slipped([(skill.slug, skill.bands) for skill in page.skills])
    return AroundIt(
        skills=_skill_rows(session, page),
        lessons=list_pieces(session, Kind.LESSON, page.lessons),
        cards=list_desk_cards(session, viewer) if page.ended_badly else (),
        before=time_before(session, attempt),
        sharing=sharing_of(session, attempt, viewer),
        hints=hints_asked(session, attempt),
        others=others_said(session, attempt, scenario, play),
        practise=to_practise(session, skills, call=attempt.slug, lessons=page.lessons),
        check=check_of(session, viewer, attempt.scenario_id) if attempt.is_check else None,
    )


def around_shared(session: Session, page: DebriefPage) -> AroundIt:
    """For a lead whom it is shared with: this call alone, nothing of any other."""
    return AroundIt(_skill_rows(session, page), list_pieces(session, Kind.LESSON, page.lessons))


def _skill_rows(session: Session, page: DebriefPage) -> tuple[SkillRow, ...]:
    pieces = list_pieces(session, Kind.SKILL, [skill.slug for skill in page.skills])
    titles = {piece.slug: piece.title for piece in pieces}
    return tuple(
        SkillRow(skill.slug, titles.get(skill.slug) or skill.slug.replace("-", " ").capitalize(), skill.bands)
        for skill in page.skills
    )
