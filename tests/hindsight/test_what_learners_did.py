"""What learners did in a call, in fives: nobody's reply can be read off it."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from tests.attempts.kettle import publish_again
from tests.attempts.playing import CALL
from tests.attempts.strangers import play
from tests.attempts.test_what_a_call_costs import counting
from tests.browsing import Browser
from tests.people import Cast
from training.accounts.models import AuditEntry
from training.attempts.models import AttemptKind
from training.clock import now
from training.database import db
from training.hindsight.page import CallPage, call_page
from training.hindsight.plays import Group
from training.hindsight.rows import SceneRows

PAGE = f"/studio/calls/{CALL}"
PRACTICE = AttemptKind.PRACTICE


def page_now(number: int = 0) -> CallPage:
    db.session.remove()
    return call_page(db.session(), CALL, number, now())


def scene(place: int, number: int = 0) -> SceneRows:
    return page_now(number).scenes[place]


def shares(place: int, group: Group = Group.FIRST) -> list[int | None]:
    """Percent of each reply of a scene, in the order of the file."""
    return [reply.shares[group] for reply in scene(place).replies]


def seen(browser: Browser) -> str:
    """The page without the token of its forms, which changes by itself."""
    return re.sub(r'name="csrf_token" value="[^"]*"', "", browser.get(PAGE).text)


def five_say(*choices: int, times: int = 5, **more: object) -> list[int]:
    return [play(*choices, after=number, **more) for number in range(times)]  # type: ignore[arg-type]


def test_four_people_are_too_few(tova: Browser) -> None:
    five_say(1, 1, 1, times=4)

    page = tova.get(PAGE).text

    assert "Too few people have played" in page
    assert "Nothing can be told yet" in page
    assert shares(0) == [None, None, None]


def test_from_five_on_shares_stand_in_the_table_and_on_the_arrows(tova: Browser) -> None:
    for minute, said in enumerate([(1, 1, 1), (1, 1, 1), (1, 3), (2, 2, 1), (2, 3)]):
        play(*said, after=minute)

    page = tova.get(PAGE)

    assert shares(0) == [60, 40, 0]
    assert page_now().shares["canary-opening-scene", "canary-middle-scene"] == 100
    assert re.search(r'class="map__words"[^>]*>100 %<', page.text)
    assert "Kettles hum." in page.text
    assert shares(2) == [None, None], "three of them came so far"


@pytest.mark.parametrize("more", [1, 4])
def test_six_and_nine_read_like_five_and_ten_do_not(tova: Browser, more: int) -> None:
    five_say(1, 1, 1)
    five = seen(tova)

    for _person in range(more):
        play(2, 2, 1, after=60)

    assert seen(tova) == five
    for _person in range(5 - more):
        play(2, 2, 1, after=60)
    assert shares(0) == [50, 50, 0]


def test_nobody_s_second_try_changes_what_their_first_said(tova: Browser) -> None:
    people = five_say(1, 1, 1)
    before = shares(0)
    for who in people[:4]:
        play(2, 2, 1, who=who, after=60)

    assert shares(0) == before
    assert shares(0, Group.LATER) == [None, None, None]
    play(2, 2, 1, who=people[4], after=60)
    for who in people:
        play(3, 2, 1, who=who, after=120)
    assert shares(0, Group.LATER) == [0, 100, 0], "a third try is counted nowhere"


def test_practice_counts_apart_once_a_person_and_copies_never(tova: Browser) -> None:
    five_say(2, 2, 1, kind=PRACTICE, copied=1)
    assert shares(0, Group.PRACTICE) == [None, None, None]
    for who in five_say(1, 1, 1, kind=PRACTICE):
        play(2, 2, 1, who=who, kind=PRACTICE, after=60)

    assert shares(0, Group.PRACTICE) == [100, 0, 0]
    assert shares(0, Group.FIRST) == [None, None, None]
    assert page_now().basis is Group.PRACTICE


def test_a_mended_typo_keeps_its_figures_and_another_score_begins_anew(tova: Browser, tmp_path: Path) -> None:
    five_say(1, 1, 1)
    publish_again(tmp_path / "words", "Kettles hum.", "All kettles hum.")
    five_say(2, 2, 1)
    reworded = tova.get(PAGE).text
    assert shares(0) == [50, 50, 0]
    assert "All kettles hum." in reworded
    assert "revisions 1, 2" in reworded

    publish_again(tmp_path / "score", "Own it +2, temper -1, set", "Own it +3, temper -1, set")

    assert shares(0) == [None, None, None]
    assert "Other structure or scoring is counted apart" in tova.get(PAGE).text
    assert scene(0, 1).people[Group.FIRST] == 10
    assert tova.get(f"{PAGE}?revision=1").status_code == 200


def test_half_of_the_people_s_time_is_told_to_the_nearest_five_seconds(kettles: None) -> None:
    for minute, seconds in enumerate((3, 4, 12, 90, 4000)):
        play(1, 1, 1, after=minute, seconds=seconds)

    assert scene(0).seconds[Group.FIRST] == 10


def test_endings_are_told_by_share(kettles: None) -> None:
    for minute, said in enumerate([(1, 1, 1), (1, 1, 1), (1, 1, 2), (1, 3), (1, 0)]):
        play(*said, after=minute)

    assert [ending.shares[Group.FIRST] for ending in page_now().endings] == [40, 20, 40]
    assert [reply.text is None for reply in scene(1).replies] == [False, False, False, True], "silence"
    assert shares(1) == [60, 0, 20, 20]


def test_where_five_people_left_is_told_and_stays_told_when_one_comes_back(tova: Browser) -> None:
    five_say(1, times=4)
    five_say(times=3, kind=PRACTICE)
    assert scene(1).left == 0
    play(1, after=9)

    assert scene(1).left == 5
    assert "left here" in tova.get(PAGE).text
    assert scene(0).left == 0, "three left at the beginning"
    play(1, began=now() - timedelta(days=2))
    assert scene(1).left == 5, "two days are a pause"


def test_what_somebody_away_for_a_week_says_later_leaves_the_figure_as_it_is(kettles: None) -> None:
    five_say(1, 1, 1, seconds=8 * 24 * 3600)

    assert scene(0).left == 5
    assert scene(1).left == 0, "each of them left first at the beginning"


def test_the_page_costs_five_statements_however_many_played(tova: Browser) -> None:
    five_say(1, 1, 1)
    page_now()
    db.session.remove()
    with counting() as few:
        call_page(db.session(), CALL, 0, now())
    five_say(2, 2, 1, times=20)
    db.session.remove()
    with counting() as many:
        call_page(db.session(), CALL, 0, now())

    assert len(few) == len(many) == 5, many


def test_the_export_holds_checks_and_no_practice_and_is_written_down(tova: Browser) -> None:
    for minute, said in enumerate([(1, 1, 1), (1, 1, 1), (1, 3), (2, 2, 1), (2, 3)]):
        play(*said, after=minute)
    without = tova.get(f"{PAGE}/replies.csv").data
    five_say(3, 2, 1, kind=PRACTICE)

    reply = tova.get(f"{PAGE}/replies.csv")

    assert reply.data == without
    assert reply.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert rows[1][:8] == [
        "Canary opening scene",
        '"Tell me when it hums."',
        "Canary middle scene",
        rows[1][3],
        "5",
        "60",
        "5",
        "",
    ]
    assert db.session.scalars(
        select(AuditEntry.subject).where(AuditEntry.action == "replies to a call as CSV")
    ).all() == [CALL, CALL]


def test_no_cell_of_the_export_becomes_a_formula(tova: Browser, tmp_path: Path) -> None:
    publish_again(tmp_path / "sum", '"Kettles hum."', "=SUM(A1)")
    five_say(2, 2, 1)

    assert '"\'=SUM(A1)"' in tova.get(f"{PAGE}/replies.csv").data.decode("utf-8-sig")


def test_learners_and_leads_see_none_of_it(app: Flask, cast: Cast, kettles: None) -> None:
    for person in (cast.ana, cast.ben):
        browser = Browser(app).sign_in(person)
        assert browser.get(PAGE).status_code == 404
        assert browser.get(f"{PAGE}/replies.csv").status_code == 404


def test_a_call_or_a_revision_that_is_not_there_is_not_there(tova: Browser) -> None:
    assert tova.get("/studio/calls/no-such-call").status_code == 404
    for odd in ("9", "x", "-1", "9999999"):
        assert tova.get(f"{PAGE}?revision={odd}").status_code == 404
