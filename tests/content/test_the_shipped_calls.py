"""What every call that ships keeps to, and the plays that are known to end as they should."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from scenarios import (
    Choice,
    Compiled,
    Proof,
    Reading,
    choose,
    compile_scenario,
    load_catalogue,
    prove,
    read_scenario,
    score,
    start,
)

CONTENT = Path(__file__).parents[2] / "content"
CALLS = sorted(path.stem for path in (CONTENT / "scenarios").glob("*.md"))
PLAY = re.compile(r"(?P<choices>\d(?:,\d)*) => \d+ [a-z0-9-]+ (passed|failed)")
each_call = pytest.mark.parametrize("call", CALLS)


@cache
def reading_of(call: str) -> Reading:
    path = CONTENT / "scenarios" / f"{call}.md"
    return read_scenario(path.read_bytes(), path=path.name, catalogue=load_catalogue(CONTENT))


@cache
def compiled_of(call: str) -> Compiled:
    scenario = reading_of(call).scenario
    assert scenario is not None
    return compile_scenario(scenario)


@cache
def proof_of(call: str) -> Proof:
    return prove(compiled_of(call))


def replies_of(call: str) -> Iterator[tuple[str, Choice]]:
    """Every reply of a call, with the name of its scene."""
    for scene in compiled_of(call).scenario.scenes:
        yield from ((scene.title, choice) for choice in scene.choices)


def played(call: str, choices: str) -> str:
    """What the play of these choices, counted among those on offer, shows at its end."""
    play = start(compiled_of(call))
    for number in map(int, choices.split(",")):
        assert not play.finished, f"{call} ends before {choices} does"
        play = choose(play, play.offers[number - 1].index if number else 0)
    assert play.finished, f"{choices} stops before {call} does"
    result = score(play)
    return f"{choices} => {result.shown} {play.scene} {'passed' if result.passed else 'failed'}"


def known_plays(call: str) -> list[str]:
    return (CONTENT / "scenarios" / f"{call}.play").read_text("utf-8").splitlines()


@each_call
def test_a_call_has_no_problem_and_silences_no_warning(call: str) -> None:
    reading = reading_of(call)
    assert [str(one) for one in reading.diagnostics] == []
    assert reading.scenario is not None
    assert reading.scenario.allow == ()


@each_call
def test_luck_and_habits_do_not_pass_a_call(call: str) -> None:
    proof = proof_of(call)
    assert proof.complete
    assert proof.pass_by_luck < 0.10
    assert [name for name, robot in proof.robots.items() if robot.passed] == []


@each_call
def test_a_call_has_room_for_a_conversation_and_three_ways_to_end(call: str) -> None:
    assert 10 <= len(compiled_of(call).scenario.scenes) <= 25
    assert 5 <= proof_of(call).decisions <= 8
    assert len(proof_of(call).endings) >= 3


@each_call
def test_every_reply_is_met_with_something_in_the_story(call: str) -> None:
    unmet = [f"{scene}: {choice.text}" for scene, choice in replies_of(call) if not choice.reaction]
    assert unmet == []


@each_call
def test_nobody_shouts_in_print(call: str) -> None:
    assert "!" not in (CONTENT / "scenarios" / f"{call}.md").read_text("utf-8")


@each_call
def test_the_known_plays_end_as_they_should(call: str) -> None:
    for line in known_plays(call):
        known = PLAY.fullmatch(line)
        assert known, f"{call}.play: {line}"
        assert played(call, known["choices"]) == line


@each_call
def test_the_known_plays_go_from_the_best_call_to_the_worst(call: str) -> None:
    shown = [int(line.split()[2]) for line in known_plays(call)]
    assert shown == sorted(shown, reverse=True)
    assert (shown[0], shown[-1]) == (100, 0)
    assert len(shown) >= 3


def test_a_call_and_its_pair_name_each_other() -> None:
    pairs = {call: compiled_of(call).scenario.pair for call in CALLS if compiled_of(call).scenario.pair}
    assert pairs == {other: call for call, other in pairs.items()}
    assert pairs


def test_every_skill_is_trained_by_six_decisions_at_least() -> None:
    trained: Counter[str] = Counter()
    for call in CALLS:
        for scene in compiled_of(call).scenario.scenes:
            trained.update({skill for choice in scene.choices for skill, _points in choice.points})
    assert min(trained[skill] for skill in load_catalogue(CONTENT).skills) >= 6
