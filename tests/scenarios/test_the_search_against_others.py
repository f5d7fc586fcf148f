"""The reduced search against the plain one, and against walking every play of small scenarios."""

from __future__ import annotations

from random import Random

import pytest

from scenarios import (
    NotOnOfferError,
    Play,
    Scenario,
    UnprovableError,
    choose,
    compile_scenario,
    prove,
    score,
    start,
)
from scenarios.diagnostics import Problems
from scenarios.graph import Graph, explore
from scenarios.machine import Machine
from scenarios.reading import parse
from scenarios.values import best_totals, reaching, worst_totals
from tests.scenarios.generated import generate
from tests.scenarios.writing import LONG

MANY = 1500 if LONG else 300


def generated(seed: int, **size: int) -> Scenario:
    problems = Problems("call.md")
    _, scenario = parse(generate(seed, **size), None, problems)
    assert scenario is not None, "\n".join(map(str, problems.found))
    return scenario


def facts(graph: Graph) -> tuple[object, ...]:
    """What must not depend on how the states were found."""
    best, worst = best_totals(graph), worst_totals(graph)
    offered = {(graph.scene(at), edge[0]) for at, edges in enumerate(graph.edges) for edge in edges}
    hopeful = reaching(graph, graph.is_end, silence=False)
    return (
        bool(best.loop) or best.totals[0],
        bool(worst.loop) or worst.totals[0],
        {graph.scene(at) for at in range(len(graph.states))},
        offered,
        all(hopeful),
        graph.route_cycle >= 0,
    )


def test_the_reduced_search_agrees_with_the_plain_one() -> None:
    smaller = 0
    for seed in range(MANY):
        machine = Machine(generated(seed, scenes=3 + seed % 5, meters=seed % 3, flags=seed % 4))
        reduced, plain = explore(machine), explore(machine, reduced=False)
        assert reduced.complete
        assert facts(reduced) == facts(plain), seed
        assert len(reduced.states) <= len(plain.states)
        smaller += len(reduced.states) < len(plain.states)
    assert smaller > MANY / 2


def every_play(play: Play, chance: float = 1.0) -> list[tuple[Play, float]]:
    """All complete plays without silence, with the probability that clicking at random makes each."""
    if play.finished:
        return [(play, chance)]
    share = chance / len(play.offers)
    return [done for offer in play.offers for done in every_play(choose(play, offer.index), share)]


def test_walking_every_play_of_small_scenarios_gives_the_same_figures() -> None:
    walked = seed = 0
    while walked < (300 if LONG else 40):
        seed += 1
        proof = prove(scenario := generated(seed, scenes=4, meters=1, flags=1))
        if not proof.ok or proof.plays is None or proof.plays > 500:
            continue
        plays = [(score(play), len(play.choices), chance) for play, chance in every_play(begun(scenario))]
        totals = [result.earned for result, _, _ in plays]
        lengths = [length for _, length, _ in plays]
        assert len(plays) == proof.plays
        assert (max(totals), min(totals)) == (proof.best, proof.worst)
        assert (min(lengths), max(lengths)) == (proof.shortest, proof.longest)
        assert proof.expected == pytest.approx(sum(result.earned * chance for result, _, chance in plays))
        assert proof.pass_by_luck == pytest.approx(
            sum(chance for result, _, chance in plays if result.passed)
        )
        walked += 1


def begun(scenario: Scenario) -> Play:
    return start(compile_scenario(scenario))


def test_the_costs_of_random_plays_add_up_exactly() -> None:
    random = Random(3)
    done = seed = 0
    while done < 2000:
        seed += 1
        try:
            compiled = compile_scenario(generated(seed, scenes=6, meters=2, flags=2))
        except UnprovableError:
            continue
        for _ in range(50):
            play = start(compiled)
            while not play.finished and len(play.choices) < 200:
                picks = [offer.index for offer in play.offers] + ([0] if play.timer else [])
                play = choose(play, random.choice(picks))
            result = score(play)
            lost = sum(one.cost for one in result.decisions)
            if play.finished:
                assert lost == result.best - result.earned
                assert all(one.cost >= 0 for one in result.decisions if one.said is not None)
                done += 1


def test_a_pushed_distribution_sums_to_one() -> None:
    for seed in range(60):
        proof = prove(generated(seed))
        if proof.ok:
            assert sum(proof.endings.values()) == pytest.approx(1, abs=1e-8)


def test_what_a_scene_does_not_offer_is_refused() -> None:
    compiled = compile_scenario(generated(1))
    for wrong in (-1, 0, 9, 99):
        with pytest.raises(NotOnOfferError):
            choose(start(compiled), wrong)
