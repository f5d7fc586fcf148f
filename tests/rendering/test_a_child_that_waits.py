"""The next child loads the renderer ahead of time, and has all of its limits to itself."""

from collections.abc import Iterator

import pytest

from training.rendering import Piece, RenderingError, batch, render
from training.rendering.ahead import NextChild

HOSTILE = "[" * 8000


@pytest.fixture
def waiting() -> Iterator[NextChild]:
    made = NextChild(batch.start_child)
    yield made
    made.end()


def test_it_renders_what_any_child_would(waiting: NextChild) -> None:
    pieces = [Piece("*One*"), Piece("Two")]

    assert [render(pieces, ahead=True) for _ in range(3)] == [render(pieces)] * 3


def test_each_child_is_used_once(waiting: NextChild) -> None:
    waiting.make_ready()
    first = waiting.take()
    waiting.make_ready()
    second = waiting.take()

    assert first.pid != second.pid
    for child in (first, second):
        child.kill()
        child.communicate()


def test_one_that_died_while_it_waited_is_replaced(waiting: NextChild) -> None:
    waiting.make_ready()
    dead = waiting.take()
    dead.kill()
    dead.wait()
    waiting.waiting = dead

    child = waiting.take()
    assert child.poll() is None
    for one in (dead, child):
        one.kill()
        one.communicate()


def test_a_hostile_text_costs_its_own_child_alone() -> None:
    with pytest.raises(RenderingError):
        render([Piece(HOSTILE)], ahead=True)

    assert render([Piece("Good")], ahead=True) == ["<p>Good</p>"]
