"""A line was wrong: once it is mended, whoever practised it looks at that one decision again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.attempts.kettle import publish_again
from tests.attempts.playing import CALL, Player
from tests.browsing import Browser
from training.hindsight.models import Recheck

WORDS = "It said two days. It is four."
WITHDRAWAL = f"/studio/history/scenario/{CALL}/withdrawal"
NOTICE = "A line you practised was put right"
MIDDLE = "canary-middle-scene"


@pytest.fixture
def withdrawn(ana: Player, debriefed: str, tova: Browser) -> str:
    assert "Canary middle scene" in tova.get(WITHDRAWAL).text
    assert tova.post(WITHDRAWAL, {"words": WORDS, "scene": MIDDLE}).status_code == 303
    return debriefed


def recheck_address(ana: Player) -> str:
    today = ana.browser.get("/").text
    assert NOTICE in today
    found = re.search(r"/rechecks/\d+", today)
    assert found is not None
    return found[0]


def test_nothing_is_to_be_looked_at_before_it_is_mended(ana: Player, withdrawn: str) -> None:
    assert NOTICE not in ana.browser.get("/").text
    assert WORDS in ana.debrief(withdrawn)


def test_that_one_decision_is_answered_on_the_mended_revision(
    ana: Player, withdrawn: str, tmp_path: Path, session: Session
) -> None:
    publish_again(tmp_path, "A new one is with you on Thursday.", "A new one is with you in four days.")
    address = recheck_address(ana)
    page = ana.browser.get(address).text
    assert WORDS in page
    assert "A new one is with you in four days." in page
    assert "Kettles hum." not in page, "that one decision, and no other"

    assert ana.browser.post(f"{address}/answers", {"choice": 2}).status_code == 303
    assert ana.browser.post(f"{address}/answers", {"choice": 1}).status_code == 303

    after = ana.browser.get(address).text
    assert "I shall look into it." in after
    assert "A stronger line:" in after
    assert session.scalars(select(Recheck.choice)).all() == [2], "the first pick stays"
    assert NOTICE not in ana.browser.get("/").text
    assert WORDS in ana.debrief(withdrawn), "the old debrief keeps the correction"


def test_whoever_never_played_it_and_whoever_plays_the_mended_one_has_nothing_to_look_at(
    ana: Player, omar: Player, withdrawn: str, tmp_path: Path
) -> None:
    publish_again(tmp_path, "A new one is with you on Thursday.", "A new one is with you in four days.")
    later = omar.start()
    omar.says(later, 1, 1, 1)
    address = recheck_address(ana)

    assert NOTICE not in omar.browser.get("/").text
    assert omar.browser.get(address).status_code == 404
    assert omar.browser.post(f"{address}/answers", {"choice": 1}).status_code == 404
    assert WORDS not in omar.debrief(later)


@pytest.mark.parametrize("choice", ["", "0", "4", "9", "x", "11"])
def test_what_is_not_on_offer_is_refused(ana: Player, withdrawn: str, tmp_path: Path, choice: str) -> None:
    publish_again(tmp_path, "A new one is with you on Thursday.", "A new one is with you in four days.")

    assert ana.browser.post(f"{recheck_address(ana)}/answers", {"choice": choice}).status_code == 422


def test_where_the_decision_is_gone_the_word_alone_is_read(
    ana: Player, debriefed: str, tova: Browser, tmp_path: Path
) -> None:
    tova.post(WITHDRAWAL, {"words": WORDS})
    publish_again(tmp_path, "A new one is with you on Thursday.", "A new one is with you in four days.")
    address = recheck_address(ana)
    assert "I have read it" in ana.browser.get(address).text

    assert ana.browser.post(f"{address}/answers").status_code == 303

    assert NOTICE not in ana.browser.get("/").text
    assert "Back to Today" in ana.browser.get(address).text
