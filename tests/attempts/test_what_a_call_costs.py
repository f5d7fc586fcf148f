"""A step is the site's hottest path: it costs four statements, and its page two, however long the call is."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask

from tests.attempts.playing import Player, find_row
from tests.people import Cast
from tests.statements import counted_statements
from training.database import db

HUMS = "the-kettle-that-hums"


@contextmanager
def counting() -> Iterator[list[str]]:
    """The statements that ask or change something: the marks of transactions are left out."""
    with counted_statements(db.engine) as seen:
        asked: list[str] = []
        yield asked
        asked += [statement for statement in seen if not statement.startswith("BEGIN")]


@pytest.mark.parametrize("prefer", ["", "return=representation"])
@pytest.mark.parametrize("said", [0, 1, 2])
def test_a_step_costs_four_statements(ana: Player, said: int, prefer: str) -> None:
    """With its page, where a script asks for it, as without."""
    attempt = ana.start()
    ana.says(attempt, *[1] * said)
    ana.page(attempt)
    token = ana.browser.token()

    with counting() as statements:
        path, fields = f"/attempts/{attempt}/steps", {"step": said + 1, "choice": 1, "csrf_token": token}
        headers, base = {"Prefer": prefer} if prefer else {}, ana.browser.base_url
        response = ana.browser.client.post(path, data=fields, headers=headers, base_url=base)

    assert response.status_code == (200 if prefer else 303)
    assert len(statements) <= 4, statements


def test_a_double_click_costs_two_and_writes_nothing(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1)
    token = ana.browser.token()

    with counting() as statements:
        fields = {"step": 1, "choice": 1, "csrf_token": token}
        ana.browser.client.post(f"/attempts/{attempt}/steps", data=fields, base_url=ana.browser.base_url)

    assert len(statements) == 2
    assert all(statement.lstrip().startswith("SELECT") for statement in statements)


def test_the_page_of_a_call_costs_two_statements(ana: Player) -> None:
    attempt = ana.start()
    ana.says(attempt, 1)
    ana.page(attempt)

    with counting() as statements:
        ana.page(attempt)

    assert len(statements) <= 2, statements


def test_the_list_of_calls_does_not_cost_more_for_each_call_played(ana: Player) -> None:
    ana.browser.get("/scenarios")
    with counting() as before:
        ana.browser.get("/scenarios")
    for slug in ("the-kettle-in-order", HUMS):
        attempt = ana.start(slug)
        ana.says(attempt, 1)

    with counting() as after:
        ana.browser.get("/scenarios")

    assert len(after) <= len(before) + 1, after


def test_a_debrief_costs_seven_statements(ana: Player) -> None:
    for _time in range(2):
        attempt = ana.start()
        ana.says(attempt, 1, 2, 1)
    ana.debrief(attempt)

    with counting() as statements:
        ana.debrief(attempt)

    assert len(statements) <= 7, statements


def test_a_page_of_a_call_is_light(ana: Player) -> None:
    attempt = ana.start()

    page = gzip.compress(ana.page(attempt).encode(), 9)

    assert len(page) <= 10_000


def test_lists_and_debriefs_are_light_whatever_faces_they_show(
    app: Flask, cast: Cast, published: None
) -> None:
    """Faces in numbers are pictures that the browser keeps; the call's own face is drawn in its page."""
    ana = Player(app, cast.ana)
    attempt = ana.start("an-ordinary-first-call")
    while "data-go" not in (page := ana.page(attempt, f"?step={find_row(attempt).step_count + 1}")):
        ana.say(attempt, find_row(attempt).step_count + 1, 1)
    assert "The call is over" in page
    turns = find_row(attempt).step_count
    ana.browser.get("/scenarios")

    for path, most in (
        ("/scenarios", 12_000),
        ("/scenarios/the-attacking-customer", 14_000),
        (f"/attempts/{attempt}", 20_000),
        (f"/attempts/{attempt}/debrief", 12_000 + 2_400 * turns),
        (f"/attempts/{attempt}/other-side", 20_000),
    ):
        page = ana.browser.get(path).get_data(as_text=True)
        assert len(page.encode()) <= most, path
