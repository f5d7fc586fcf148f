"""Two requests at once: one row, one answer, no 500."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from flask import Flask

from tests.attempts.playing import CALL, Player, choices_of, find_row
from tests.people import Cast
from training.attempts import views
from training.attempts.rules import Answer, answer_to


def at_once(deeds: Sequence[Callable[[], int]]) -> list[int]:
    """Do all of them at the same moment, each in a thread and application context of its own."""
    start, codes, lock = threading.Barrier(len(deeds)), list[int](), threading.Lock()

    def run(deed: Callable[[], int]) -> None:
        start.wait(10)
        code = deed()
        with lock:
            codes.append(code)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(codes)


def deed(player: Player, attempt: str, step: int, choice: int) -> Callable[[], int]:
    """One reply by the plain client, its token taken beforehand."""
    return posting(player, f"/attempts/{attempt}/steps", step=step, choice=choice)


def posting(player: Player, path: str, **fields: object) -> Callable[[], int]:
    """One POST by the plain client, its token taken beforehand."""
    token, client, base = player.browser.token(), player.browser.client, player.browser.base_url
    cookies = {name: cookie.value for (_domain, _path, name), cookie in (client._cookies or {}).items()}  # noqa: SLF001
    header = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def post() -> int:
        fresh = player.browser.app.test_client(use_cookies=False)
        body = {"csrf_token": token, **fields}
        return fresh.post(path, data=body, base_url=base, headers={"Cookie": header}).status_code

    return post


@pytest.mark.slow
def test_many_double_clicks_at_the_same_moment_make_one_step_each(ana: Player) -> None:
    for _round in range(8):
        attempt = ana.start()

        codes = at_once([deed(ana, attempt, 1, 1)] * 4)

        assert codes == [303] * 4
        assert choices_of(attempt) == [1]
        ana.start(**{"from": attempt, "after": 0})


@pytest.mark.slow
def test_two_tabs_with_two_replies_keep_the_first(ana: Player, app: Flask, cast: Cast) -> None:
    for _round in range(8):
        attempt = ana.start()

        codes = at_once([deed(ana, attempt, 1, 1), deed(ana, attempt, 1, 2)])

        assert codes == [303, 409]
        assert len(choices_of(attempt)) == 1
        assert find_row(attempt).step_count == 1
        ana.start(**{"from": attempt, "after": 0})


def test_a_step_that_meets_a_play_on_is_not_recorded(ana: Player, monkeypatch: pytest.MonkeyPatch) -> None:
    """The learner went back in another tab between the step's reading and its writing."""
    attempt = ana.start()
    ana.says(attempt, 1)
    go_back = posting(ana, f"/scenarios/{CALL}/attempts", **{"from": attempt, "after": 0})

    def judge_slowly(*arguments: Any) -> Answer | None:
        answer = answer_to(*arguments)
        monkeypatch.setattr(views, "answer_to", answer_to)
        assert at_once([go_back]) == [303]
        return answer

    monkeypatch.setattr(views, "answer_to", judge_slowly)

    assert ana.say(attempt, 2, 1).status_code == 409
    assert choices_of(attempt) == [1]
    assert find_row(attempt).step_count == 1
    assert find_row(attempt).set_aside_at is not None
