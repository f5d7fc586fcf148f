"""The moments of a call at which a skill could be shown: one a decision, nothing averaged away."""

from __future__ import annotations

from collections.abc import Sequence

from scenarios import Band, Decision, Play
from scenarios.score import differing_skills


def moments_of(play: Play, judged: Sequence[Decision], after: int = 0) -> dict[str, list[Band]]:
    """How each skill of the call went, oldest first, at the decisions after so many turns."""
    found: dict[str, list[Band]] = {skill: [] for skill in play.compiled.scenario.skills}
    for step, decision in list(zip(play.steps, judged, strict=True))[after:]:
        if decision.is_decision:
            for skill in differing_skills(play.compiled, step):
                found[skill].append(decision.band)
    return found


def turning_point(judged: Sequence[Decision]) -> int:
    """The turn that cost most, 0 where none cost anything."""
    worst = max(judged, key=lambda one: one.cost, default=None)
    return worst.turn if worst is not None and worst.cost > 0 else 0
