"""Before the end of a check, no byte tells what a reply is worth, where it leads or what else there is."""

from __future__ import annotations

import re
from collections import deque

import pytest
from flask import Flask

from scenarios import Compiled, Play, choose, start
from tests.attempts.playing import CALL, Player, choices_of, find_row
from tests.people import Cast
from tests.scenarios.writing import LONG
from training.accounts.participant import participant_for
from training.attempts.models import Attempt, AttemptKind, Step
from training.clock import now
from training.database import db, transaction
from training.library.models import Kind
from training.library.queries import Published, ScenarioBuild, list_published, load_scenario

TELLS = re.compile(r"canary|take that back|\bstrong\b|\bfair\b|\bweak\b|\bpoints\b|\d+ of 7", re.IGNORECASE)


def secrets_of(build: ScenarioBuild, play: Play) -> set[str]:
    """Every text of the call that this play has not met, as a page would write it, and all inner names."""
    scenario = build.compiled.scenario
    met = {offer.choice.text for offer in play.offers} | {turn.said for turn in play.turns}
    met |= {play.hint, play.ending.text if play.ending else None, *scenario.facts}
    for lines in [play.opening, *((*turn.reaction, *turn.followed) for turn in play.turns)]:
        met |= {line.text for line in lines if line.kind in ("narration", "speech")}
    met |= {meaning for _word, meaning in build.glossary}
    unmet = {str(build.inline(text)) for text in build.compiled.texts() if text not in met}
    names = {scene.slug for scene in scenario.scenes} | {scene.title for scene in scenario.scenes}
    shown = " ".join(str(build.inline(text)) for text in met if text)
    return {text for text in unmet | names | set(scenario.flags) if len(text) > 12 and text not in shown}


def told(page: str, secrets: set[str]) -> set[str]:
    """The secrets on a page. Its words for a lost line are the same on every page, so they are left out."""
    said = re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL)
    return {secret for secret in secrets if secret in said} | set(TELLS.findall(said))


def test_a_check_tells_nothing_before_its_end(ana: Player, assigned: int) -> None:
    attempt = ana.start(CALL, kind="check")
    build = load_scenario(db.session(), find_row(attempt).revision_id)
    play = start(build.compiled)
    for step, place in ((1, 2), (2, 1)):
        page = ana.page(attempt) + ana.page(attempt, f"?step={step}&pick=1")
        assert not told(page, secrets_of(build, play))
        assert not told(ana.say(attempt, step, place).get_data(as_text=True), secrets_of(build, play))
        play = choose(play, choices_of(attempt)[-1])
    assert not told(ana.page(attempt), secrets_of(build, play))
    for refused in (ana.say(attempt, 1, 1), ana.say(attempt, 9, 1), ana.say(attempt, 3, 9)):
        assert not told(refused.get_data(as_text=True), secrets_of(build, play))


def test_the_lists_and_the_door_tell_nothing_of_an_open_check(ana: Player, assigned: int) -> None:
    attempt = ana.start(CALL, kind="check")
    ana.says(attempt, 2)
    build = load_scenario(db.session(), find_row(attempt).revision_id)
    nothing_met = secrets_of(build, start(build.compiled)) - {build.compiled.scenario.summary}

    for path in ("/scenarios", f"/scenarios/{CALL}", f"/attempts/{attempt}/debrief"):
        page = ana.browser.get(path).get_data(as_text=True)
        assert not {secret for secret in nothing_met if secret in page}


def test_the_last_page_of_a_check_leaves_the_judgement_to_the_debrief(ana: Player, assigned: int) -> None:
    attempt = ana.start(CALL, kind="check")
    ana.says(attempt, 2, 1, 1)

    page = ana.page(attempt)

    assert "Petra sleeps through on Thursday" in page
    assert not TELLS.search(re.sub(r"<template.*?</template>", "", page, flags=re.DOTALL))


def shortest_plays(compiled: Compiled) -> list[Play]:
    """A shortest play to every scene that asks for a reply, with each set of flags and of replies on offer.

    What meters are at changes only the numbers that the stage shows, once the replies on offer are the same.
    SCENARIOS_LONG=1 takes each of those states too: six thousand pages.
    """
    found: dict[object, Play] = {}
    seen: set[int] = set()
    queue = deque([start(compiled)])
    while queue:
        play = queue.popleft()
        if play.finished or play.state in seen:
            continue
        seen.add(play.state)
        alike = (play.scene, play.flags, tuple(offer.index for offer in play.offers))
        found.setdefault(play.state if LONG else alike, play)
        queue.extend(choose(play, offer.index) for offer in play.offers)
        if play.timer is not None:
            queue.append(choose(play, 0))
    return list(found.values())


def put_check(person_id: int, call: Published, play: Play) -> str:
    """An open check that stands at `play`; the one before it is set aside, as only a test can."""
    with transaction() as session:
        attempt = Attempt(
            participant_id=participant_for(session, person_id),
            scenario_id=call.item_id,
            revision_id=call.revision_id,
            kind=AttemptKind.CHECK,
            seed="0" * 32,
            step_count=len(play.choices),
        )
        for other in session.query(Attempt).filter(Attempt.set_aside_at.is_(None)):
            other.set_aside_at = now()
        session.flush()
        session.add(attempt)
        session.flush()
        for number, choice in enumerate(play.choices, 1):
            session.add(Step(attempt_id=attempt.id, number=number, choice=choice))
        return attempt.public_id


@pytest.mark.slow
def test_no_shipped_call_tells_anything_in_any_state(app: Flask, cast: Cast, published: None) -> None:
    """Each scene, state of flags and choice of replies of each call that ships, taken as a check."""
    ana, pages = Player(app, cast.ana), 0
    for call in list_published(db.session(), Kind.SCENARIO):
        build = load_scenario(db.session(), call.revision_id)
        for play in shortest_plays(build.compiled):
            page = ana.page(put_check(cast.ana, call, play))
            quiet = {secret for secret in secrets_of(build, play) if secret in page}
            assert not quiet, (call.slug, play.choices)
            assert "data-coach" not in page
            pages += 1
    assert pages > 150
