"""One decision of a mended call, for those who practised the line that was wrong."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from scenarios import Play, best_choices, choose, shown_order, start, start_at, weigh, weigh_everywhere
from scenarios.scenario import Choice
from training.accounts.participant import Participant
from training.attempts.models import Attempt
from training.errors import NotFoundError
from training.hindsight.models import Recheck
from training.library.builds import ScenarioBuild
from training.library.models import Correction, Item, Publication, Revision
from training.library.queries import load_scenario
from training.viewer import Viewer


@dataclass(frozen=True)
class ReplySeen:
    index: int
    text: Markup
    band: str
    coach: tuple[Markup, ...]

    @property
    def value(self) -> int:
        """What is posted."""
        return self.index


@dataclass(frozen=True)
class RecheckPage:
    """`replies` is empty where the decision is gone: then there is only the word to read.

    `picked` is what was said, None before; `is_done` holds once it was looked at.
    """

    correction_id: int
    revision_id: int
    slug: str
    title: str
    language: str
    words: str
    heard: tuple[tuple[str, Markup], ...]
    replies: tuple[ReplySeen, ...]
    is_done: bool
    picked: ReplySeen | None

    @property
    def stronger(self) -> ReplySeen | None:
        """A reply that costs nothing, where another was picked."""
        if self.picked is None or self.picked.band == "strong":
            return None
        return next((reply for reply in self.replies if reply.band == "strong"), None)


def find_recheck(session: Session, correction_id: int, viewer: Viewer) -> RecheckPage:
    """For somebody who finished the call as it was, once a mended revision is live; else NotFoundError."""
    row = session.execute(
        select(Correction, Item.slug, Publication.revision_id)
        .join(Item, Item.id == Correction.item_id)
        .join(Publication, (Publication.item_id == Item.id) & Publication.ended_at.is_(None))
        .join(Revision, Revision.id == Publication.revision_id)
        .where(
            Correction.id == correction_id,
            Revision.number > Correction.number,
            finished_as_it_was(viewer.id),
        )
    ).first()
    if row is None:
        raise NotFoundError
    build = load_scenario(session, row.revision_id)
    done = session.scalar(
        select(Recheck)
        .join(Participant, Participant.id == Recheck.participant_id)
        .where(Participant.person_id == viewer.id, Recheck.correction_id == correction_id)
    )
    play = _standing_in(build, row.Correction.scene)
    replies = _replies(build, play) if play is not None else ()
    choice = done.choice if done is not None and done.revision_id == row.revision_id else None
    return RecheckPage(
        correction_id,
        row.revision_id,
        row.slug,
        build.title,
        build.compiled.scenario.language,
        row.Correction.words,
        _heard(build, play) if play is not None else (),
        replies,
        done is not None,
        next((reply for reply in replies if reply.index == choice), None),
    )


def finished_as_it_was(person_id: int | ColumnElement[int]) -> ColumnElement[bool]:
    """Whether they finished the corrected call in a revision that was still wrong; beside a Correction."""
    played = aliased(Revision)
    return (
        exists()
        .where(
            Participant.person_id == person_id,
            Attempt.participant_id == Participant.id,
            Attempt.scenario_id == Correction.item_id,
            Attempt.finished_at.is_not(None),
            played.id == Attempt.revision_id,
            played.number <= Correction.number,
        )
        .correlate(Correction)
    )


def _standing_in(build: ScenarioBuild, scene: str) -> Play | None:
    """A play that stands in that scene: the best call's, where it comes by; None where the scene is gone."""
    scenes = {one.slug: one for one in build.compiled.scenario.scenes}
    if scene not in scenes or not scenes[scene].choices:
        return None
    play = start(build.compiled)
    for index in best_choices(play):
        if play.scene == scene:
            return play
        play = choose(play, index)
    return start_at(build.compiled, scene, {}, ())


def _replies(build: ScenarioBuild, play: Play) -> tuple[ReplySeen, ...]:
    """Shuffled as in a call; judged as the play stands, or else where each costs least."""
    least = {
        index: one for (scene, index), one in weigh_everywhere(build.compiled).items() if scene == play.scene
    }
    weights = least | weigh(play)
    return tuple(
        ReplySeen(
            offer.index,
            build.inline(offer.choice.text),
            weights[offer.index].band,
            _coach(build, offer.choice),
        )
        for offer in shown_order(play, build.compiled.key)
        if offer.index in weights
    )


def _coach(build: ScenarioBuild, choice: Choice) -> tuple[Markup, ...]:
    return tuple(build.html(line.text) for line in choice.coaching)


def _heard(build: ScenarioBuild, play: Play) -> tuple[tuple[str, Markup], ...]:
    """What the customer says in the scene: (speaker, words)."""
    spoken = [line for line in play.here.lines if line.kind in ("speech", "narration")]
    return tuple((line.speaker or "", build.html(line.text)) for line in spoken)
