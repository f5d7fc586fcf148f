"""The table that any scorer of these calls must reproduce."""

from __future__ import annotations

import pytest

from scenarios import Compiled, last_decision, replay, score
from tests.scenarios.writing import compiled_of, written


def five_turns() -> str:
    """Five turns: 3 points keeps the call going, 1 keeps it going, 0 loses the caller at once."""
    scenes = []
    for turn in range(1, 6):
        best, fair, lost = (
            (f"turn-{turn + 1}", f"turn-{turn + 1}", "lost") if turn < 5 else ("won", "kept", "lost")
        )
        scenes.append(
            f"## Turn {turn}\n\n> **Marcus:** Well?\n\n"
            f'- ["Best {turn}."](#{best})\n  - Restrain +3\n'
            f'- ["Fair {turn}."](#{fair})\n  - Restrain +1\n'
            f'- ["Lost {turn}."](#{lost})\n'
        )
    ends = (
        "## Won\n\n**Ending:** success — Good.\n\n## Kept\n\n**Ending:** partial — Fine.\n\n"
        "## Lost\n\n**Ending:** failure — Gone.\n"
    )
    return written("\n".join(scenes) + "\n" + ends)


@pytest.fixture(scope="module")
def call() -> Compiled:
    return compiled_of(five_turns())


@pytest.mark.parametrize(
    ("choices", "shown", "passed"),
    [
        pytest.param([1, 1, 1, 1, 1], 100, True, id="best five times"),
        pytest.param([1, 1, 1, 1, 2], 87, True, id="best four times, mediocre last"),
        pytest.param([1, 1, 1, 1, 3], 80, False, id="best four times, then the caller is lost"),
        pytest.param([2, 2, 2, 2, 2], 33, False, id="mediocre five times"),
        pytest.param([1, 3], 20, False, id="best, then lost at turn two"),
        pytest.param([3], 0, False, id="lost at turn one"),
    ],
)
def test_six_plays_score_as_they_deserve(
    call: Compiled, choices: list[int], shown: int, passed: bool
) -> None:
    result = score(replay(call, choices))
    assert (result.shown, result.passed) == (shown, passed)


def test_the_costs_of_a_play_add_up_to_what_it_lost(call: Compiled) -> None:
    result = score(replay(call, [2, 1, 2, 3]))
    assert sum(one.cost for one in result.decisions) == result.best - result.earned == 10


@pytest.mark.parametrize("choices", [[1], [2, 1], [2, 1, 2, 3]])
def test_the_last_turn_is_judged_by_itself_as_it_is_among_all(call: Compiled, choices: list[int]) -> None:
    play = replay(call, choices)

    assert last_decision(play) == score(play).decisions[-1]


def test_a_reply_that_costs_little_is_fair_and_one_that_leaves_only_failure_is_weak(call: Compiled) -> None:
    bands = [one.band for one in score(replay(call, [1, 2, 1, 1, 3])).decisions]
    assert bands == ["strong", "fair", "strong", "strong", "weak"]


def test_a_call_that_goes_on_has_neither_ending_nor_pass(call: Compiled) -> None:
    result = score(replay(call, [1, 1]))
    assert (result.ending, result.passed, result.shown) == (None, False, 40)
