"""The complete example of the language, with the figures that an independent prover gave for it."""

from __future__ import annotations

import pytest

from scenarios import Compiled, Proof, compile_scenario, prove, replay, score, start
from tests.scenarios.writing import EXAMPLE, reading_of, scenario_of


@pytest.fixture(scope="module")
def proof() -> Proof:
    return prove(scenario_of(EXAMPLE))


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compile_scenario(scenario_of(EXAMPLE))


def test_it_is_read_without_an_error() -> None:
    assert reading_of(EXAMPLE).ok


def test_the_search_finds_thirteen_states_and_their_totals(proof: Proof) -> None:
    assert (proof.states, proof.best, proof.worst) == (13, 7, -4)


def test_there_are_twenty_four_plays_with_silence_and_eighteen_without(proof: Proof) -> None:
    assert (proof.plays_with_silence, proof.plays) == (24, 18)


def test_a_random_clicker_earns_little_and_passes_a_fifth_of_the_time(proof: Proof) -> None:
    assert round(proof.expected, 2) == 2.11
    assert round(proof.pass_by_luck, 3) == 0.208
    shares = {slug: round(chance, 3) for slug, chance in proof.endings.items()}
    assert shares == {"driving-off": 0.111, "handed-over": 0.444, "walked-out": 0.444}


def test_no_robot_passes(proof: Proof) -> None:
    scores = {name: robot.score for name, robot in proof.robots.items()}
    assert scores == {"first": 71, "last": 0, "longest": 57, "shortest": 0}
    assert not any(robot.passed for robot in proof.robots.values())


def test_the_shortest_call_has_two_replies_and_the_longest_four(proof: Proof) -> None:
    assert (proof.shortest, proof.longest, proof.decisions) == (2, 4, 2)


def test_silence_costs_two_or_one_when_the_fault_is_not_known(compiled: Compiled) -> None:
    known, unknown = score(replay(compiled, [2, 0])), score(replay(compiled, [3, 0]))
    assert known.decisions[-1].cost == 2
    assert unknown.decisions[-1].cost == 1


def test_the_best_call_is_strong_throughout_and_passes(compiled: Compiled) -> None:
    best = score(replay(compiled, [2, 1]))
    assert (best.percent, best.shown, best.passed) == (100.0, 100, True)
    assert [one.band for one in best.decisions] == ["strong", "strong"]
    assert best.ending is not None
    assert best.ending.text == "Marcus leaves with a working sander"


def test_the_first_reply_is_explained_by_its_consequence_and_apart_from_it_by_the_coach(
    compiled: Compiled,
) -> None:
    play = replay(compiled, [1])
    (turn,) = play.turns
    assert turn.said is not None
    assert turn.said.startswith('"It was tested before it left.')
    assert turn.reaction == ()
    assert [line.text for line in turn.thoughts] == ["So I broke it. That is what he is saying."]
    assert [line.text for line in turn.coaching] == ["It may be true. He hears an accusation."]
    assert [line.text for line in turn.followed] == ["Are you calling me a liar?"]
    assert (dict(turn.before), dict(turn.after)) == ({"temper": 6}, {"temper": 8})


def test_the_play_opens_with_the_briefing_and_the_first_scene(compiled: Compiled) -> None:
    play = start(compiled)
    assert [line.kind for line in play.opening] == ["narration", "speech"]
    assert [offer.index for offer in play.offers] == [1, 2, 3]
    assert not play.finished


def test_the_conditional_reply_is_offered_only_to_who_knows_the_fault(compiled: Compiled) -> None:
    assert [offer.index for offer in replay(compiled, [2]).offers] == [1, 2, 3, 4]
    assert [offer.index for offer in replay(compiled, [3]).offers] == [2, 3, 4]


def test_the_debrief_names_the_best_reply_and_what_would_have_followed(compiled: Compiled) -> None:
    first = score(replay(compiled, [1, 3, 2])).decisions[0]
    assert first.best_reply.startswith('"A morning gone')
    assert [line.text for line in first.best_follows] == ["Sparks, then nothing. And my tiler goes at four!"]


def test_moments_of_a_skill_are_counted_only_where_the_replies_differ_in_it(compiled: Compiled) -> None:
    skills = score(replay(compiled, [2, 3])).skills
    assert (skills["restrain"].strong, skills["restrain"].fair, skills["restrain"].weak) == (1, 1, 0)
    assert (skills["recuse"].strong, skills["recuse"].fair, skills["recuse"].weak) == (0, 1, 0)
