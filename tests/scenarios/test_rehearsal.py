"""Plays that begin anywhere, and what each reply costs wherever it is on offer."""

import pytest

from scenarios import (
    Compiled,
    best_choices,
    choose,
    replay,
    score,
    start,
    start_at,
    weigh,
    weigh_everywhere,
    without_proof,
)
from tests.browser.calls import compiled_call

SLUG = "the-attacking-customer"


@pytest.fixture
def compiled() -> Compiled:
    return compiled_call(SLUG)


def test_the_best_choices_lose_nothing(compiled: Compiled) -> None:
    play = replay(compiled, best_choices(start(compiled)))

    assert play.finished
    assert score(play).shown == 100


def test_a_reply_weighs_what_the_score_takes_for_it(compiled: Compiled) -> None:
    play = start(compiled)
    while not play.finished:
        weights = weigh(play)
        for offer in play.offers:
            decision = score(choose(play, offer.index)).decisions[-1]
            assert (weights[offer.index].cost, weights[offer.index].band) == (decision.cost, decision.band)
        play = choose(play, play.offers[-1].index)


def test_the_lightest_weight_of_a_reply_is_one_that_it_has_somewhere(compiled: Compiled) -> None:
    first = weigh(start(compiled))
    everywhere = weigh_everywhere(compiled)

    for index, weight in first.items():
        assert everywhere[start(compiled).scene, index].cost <= weight.cost


def test_meters_are_clamped_and_flags_set(compiled: Compiled) -> None:
    scenario = compiled.scenario
    menu = next(scene for scene in scenario.scenes if scene.choices)

    play = start_at(compiled, menu.slug, {"temper": 99}, scenario.flags)

    assert play.meters["temper"] == 10
    assert play.flags == frozenset(scenario.flags)
    with pytest.raises(KeyError):
        start_at(compiled, "nowhere", {}, ())


def test_without_a_proof_it_plays_and_weighs_nothing(compiled: Compiled) -> None:
    play = start(without_proof(compiled.scenario))

    assert choose(play, play.offers[0].index).turns[0].scene == play.scene
    assert weigh(play) == {}
    assert best_choices(play) == ()
