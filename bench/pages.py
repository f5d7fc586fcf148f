"""Pages that the bare limit has no like of: how fast, how heavy, of how many statements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.crowd import PASSWORD, TEAM_PATH
from bench.deeds import Player, Reader, SignIn
from bench.site import Stage
from tests.statements import counted_statements
from training.database import db


@dataclass(frozen=True)
class Page:
    """What it is called here, and where it is; `cookies` are those of the people who look."""

    name: str
    path: str
    sessions: list[str]


def pages(stage: Stage, call: str, people: int) -> list[Page]:
    """Each with so many who look at it. A debrief is looked at by its learner alone, in many browsers."""
    learners = stage.sessions[:people]
    return [
        Page("Today", "/", learners),
        Page("calls", "/scenarios", learners),
        Page("tips", "/tips", learners),
        Page("call", _open_call(stage, call), [stage.sessions[0]] * people),
        Page("lesson", stage.lesson_path, learners),
        Page("debrief", _debrief(stage, call), [stage.sessions[-1]] * people),
        Page("team", TEAM_PATH, [stage.sessions[0]] * people),
        Page("sign-in", "/sign-in", [""] * people),
    ]


def readers(stage: Stage, page: Page) -> list[Reader]:
    return [
        Reader(stage.port, f"session={session}" if session else "", page.path) for session in page.sessions
    ]


def sign_ins(stage: Stage) -> list[Callable[[], None]]:
    """One sign-in each for a few people: the throttle holds more from one network back."""
    return [SignIn(stage.port, address, PASSWORD).sign_in for address in stage.crowd.addresses]


def count_statements(stage: Stage, page: Page) -> int:
    """The SQL of one request, the transaction's own marks left out."""
    client = stage.app.test_client()
    base = f"http://127.0.0.1:{stage.port}"
    if page.sessions[0]:
        client.set_cookie("session", page.sessions[0], domain="127.0.0.1")
    client.get(page.path, base_url=base)  # what is remembered by the process
    with stage.app.app_context():
        engine = db.engine
    with counted_statements(engine) as seen:
        answer = client.get(page.path, base_url=base)
    assert answer.status_code == 200, (page.path, answer.status_code)
    return sum(not one.startswith(("BEGIN", "PRAGMA")) for one in seen)


def weight(stage: Stage, page: Page) -> int:
    """Bytes of its HTML, as they are before they are pressed."""
    reader = readers(stage, page)[0]
    _status, answer = reader.line.ask("GET", page.path)
    reader.line.close()
    return len(answer.partition(b"\r\n\r\n")[2])


def _open_call(stage: Stage, call: str) -> str:
    player = Player(stage.port, stage.sessions[0], call, with_script=True)
    player.go_on()
    player.step()
    if not player.attempt:  # that was the end of a call which the same person had begun before
        player.step()
    player.line.close()
    return player.attempt


def _debrief(stage: Stage, call: str) -> str:
    """Play a call to its end, the first reply each time."""
    player = Player(stage.port, stage.sessions[-1], call, with_script=True)
    player.go_on()
    attempt = player.attempt
    while player.attempt:
        player.step()
    player.line.close()
    return f"{attempt}/debrief"
