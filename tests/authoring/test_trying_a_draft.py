"""A trainer plays a draft from anywhere and reads its proof; nothing of it is kept."""

import re
from html import unescape

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scenarios import Catalogue, load_catalogue, read_scenario
from tests.authoring.conftest import Open
from tests.authoring.writing import CALL, CONTENT, save, source_of
from tests.browsing import Browser
from training.attempts.models import Attempt


def catalogue() -> Catalogue:
    return load_catalogue(CONTENT)


def replies(text: str) -> list[str]:
    """The addresses of the replies on a page that plays."""
    return [unescape(found) for found in re.findall(r'<a class="choice" href="([^"]+)"', text)]


def test_a_play_goes_on_by_links_and_is_kept_nowhere(tova: Browser, opened: Open, session: Session) -> None:
    page = tova.get(f"{opened('scenario', CALL)}/play")
    turns = 0
    while links := replies(page.text):
        page = tova.get(links[0].partition("#")[0])
        turns += 1

    assert turns > 2
    assert re.search(r"\d+%, (not )?passed", page.text)
    assert session.scalar(select(func.count()).select_from(Attempt)) == 0


def test_a_play_can_begin_in_any_scene_with_any_meters(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    reading = read_scenario(source_of("scenario", CALL), catalogue=catalogue())
    assert reading.scenario is not None

    for scene in reading.scenario.scenes:
        page = tova.get(f"{address}/play?scene={scene.slug}&meter-temper=9")
        assert page.status_code == 200
        assert "9 of 10" in page.text


def test_what_cannot_be_read_in_an_address_is_left_out(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)

    for query in ("play=9,9", "play=x", "scene=nowhere", "meter-nothing=3", "meter-temper=-2", "flag=none"):
        assert tova.get(f"{address}/play?{query}").status_code == 200, query
    assert "The text has changed since." in tova.get(f"{address}/play?play=9").text


def test_each_problem_of_the_proof_leads_to_the_play_that_shows_it(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    text = source_of("scenario", CALL)
    first = text.index("](#")
    stuck = text[:first] + "](#a-wall" + text[text.index(")", first) :]
    save(tova, address, stuck + '\n## A wall\n\n- ["Push."](#a-wall)\n', 1)

    page = tova.get(address)
    links = [unescape(one) for one in re.findall(r'href="([^"]+/play\?play=[^"]*)"', page.text)]

    assert links
    assert "A wall" in tova.get(links[0]).text


def test_the_proof_tells_luck_robots_endings_and_the_best_call(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    proof = read_scenario(source_of("scenario", CALL), catalogue=catalogue()).proof
    assert proof is not None

    page = tova.get(f"{address}/proof")

    assert f"The best call earns {proof.best} points in about {proof.decisions} decisions" in page.text
    for name in ("always the first reply", "always the last", "always the longest", "always the shortest"):
        assert name in page.text
    best = re.search(r'href="([^"]+/play\?play=[^"]+)">Click through it', page.text)
    assert best is not None
    assert "100%, passed" in tova.get(unescape(best[1])).text


def test_a_draft_that_does_not_prove_says_so(tova: Browser, opened: Open) -> None:
    address = opened("scenario", CALL)
    save(tova, address, source_of("scenario", CALL) + "\n## Nobody comes\n", 1)

    assert "It does not prove yet" in tova.get(f"{address}/proof").text


def test_only_calls_are_played_and_proved(tova: Browser, opened: Open) -> None:
    address = opened("skill", "redirect")

    assert tova.get(f"{address}/play").status_code == 404
    assert tova.get(f"{address}/proof").status_code == 404


def test_every_shipped_call_is_drawn_played_and_proved(tova: Browser, opened: Open) -> None:
    for path in sorted((CONTENT / "scenarios").glob("*.md")):
        address = opened("scenario", path.stem)
        assert "Nobody gets through without reading" in tova.get(f"{address}/proof").text, path.stem
        assert tova.get(f"{address}/play").status_code == 200
