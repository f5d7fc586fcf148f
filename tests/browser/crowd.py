"""People who took the check of a call before the browser opens: made by the test, below the browser."""

from __future__ import annotations

import subprocess
import sys

from scenarios import choose, start
from tests.browser.site import ROOT, Site
from training import create_app
from training.accounts.participant import Participant
from training.attempts.models import Attempt, AttemptKind, Step
from training.attempts.rules import result_of
from training.clock import now
from training.database import transaction
from training.demo.playing import careful, careless, hasty
from training.library.models import Kind
from training.library.queries import find_published, load_scenario

TASTES = (careful, hasty, careful, careless, hasty)


def crowd(site: Site, slug: str, people: int) -> None:
    """So many strangers play the published call to its end, one after another."""
    command = [sys.executable, "-m", "tests.browser.crowd", slug, str(people)]
    subprocess.run(command, cwd=ROOT, env=site.environ, check=True, capture_output=True)


def _play(slug: str, number: int) -> None:
    with transaction() as session:
        call = find_published(session, Kind.SCENARIO, slug)
        play = start(load_scenario(session, call.revision_id).compiled)
        while not play.finished:
            play = choose(play, TASTES[number % len(TASTES)](play))
        result = result_of(play)
        assert result is not None
        session.add(stranger := Participant())
        session.flush()
        attempt = Attempt(
            participant_id=stranger.id,
            scenario_id=call.item_id,
            revision_id=call.revision_id,
            kind=AttemptKind.CHECK,
            seed="0" * 32,
            step_count=len(play.choices),
            finished_at=now(),
            ending=result.ending,
            percent=result.percent,
            passed=result.passed,
        )
        attempt.steps = [Step(number=at, choice=said) for at, said in enumerate(play.choices, 1)]
        session.add(attempt)


def main() -> None:
    slug, people = sys.argv[1], int(sys.argv[2])
    with create_app().app_context():
        for number in range(people):
            _play(slug, number)


if __name__ == "__main__":
    main()
