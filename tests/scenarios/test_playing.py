"""A play is a fold over choices: what is offered, what meters and flags do, in which order replies show."""

from __future__ import annotations

from itertools import pairwise

import pytest

from scenarios import NotOnOfferError, Play, choose, compile_scenario, replay, score, shown_order, start
from tests.scenarios.writing import EXAMPLE, compiled_of, reading_of, scenario_of, written

LOOP = """
## Hub

- ["Once only."](#hub)
  - Once
  - Restrain +1, temper +9, set warned
- ["Down."](#hub)
  - temper -9, clear warned
- ["Out."](#done)
  - If not warned
- ["Out, warned."](#done)
  - If warned and temper is 10
  - Restrain +1
- ["Out anyhow."](#gone)

## Done

**Ending:** success — Out

## Gone

**Ending:** failure — Gone
"""
FRONT = "meters:\n  temper: 6 of 10\nflags: [warned]\n"


@pytest.fixture(scope="module")
def hub() -> Play:
    return start(compiled_of(written(LOOP, FRONT)))


def offered(play: Play) -> list[int]:
    return [offer.index for offer in play.offers]


def test_a_choice_marked_once_is_gone_for_the_rest_of_the_play(hub: Play) -> None:
    assert offered(hub) == [1, 2, 3, 5]
    after = choose(hub, 1)
    assert offered(after) == [2, 4, 5]
    with pytest.raises(NotOnOfferError):
        choose(after, 1)


def test_meters_stay_within_their_ends_and_flags_are_on_or_off(hub: Play) -> None:
    up = choose(hub, 1)
    assert (dict(up.meters), up.flags) == ({"temper": 10}, frozenset({"warned"}))
    down = choose(choose(up, 2), 2)
    assert (dict(down.meters), down.flags) == ({"temper": 0}, frozenset())


def test_a_play_is_never_changed_and_replays_alike(hub: Play) -> None:
    after = choose(choose(hub, 2), 1)
    assert hub.choices == ()
    assert replay(hub.compiled, after.choices) == after
    assert replay(hub.compiled, [2, 1]).turns == after.turns


def test_nothing_is_offered_after_an_ending(hub: Play) -> None:
    done = choose(hub, 3)
    assert done.finished
    assert done.offers == ()
    for choice in range(7):
        with pytest.raises(NotOnOfferError):
            choose(done, choice)


def test_silence_is_accepted_only_where_the_scene_has_a_timer() -> None:
    play = start(compile_scenario(scenario_of(EXAMPLE)))
    with pytest.raises(NotOnOfferError):
        choose(play, 0)
    offer = choose(play, 2)
    assert offer.timer is not None
    assert offer.timer.seconds == 30
    assert choose(offer, 0).scene == "kicked"
    assert choose(offer, 0).turns[-1].said is None


def test_conditional_replies_never_reorder_the_others() -> None:
    compiled = compile_scenario(scenario_of(EXAMPLE))
    for seed in map(str, range(40)):
        with_one = [offer.index for offer in shown_order(replay(compiled, [2]), seed)]
        without = [offer.index for offer in shown_order(replay(compiled, [3]), seed)]
        assert [index for index in with_one if index != 1] == without


def test_the_order_shown_differs_between_seeds_and_not_between_reloads() -> None:
    play = replay(compile_scenario(scenario_of(EXAMPLE)), [2])
    orders = {tuple(offer.index for offer in shown_order(play, str(seed))) for seed in range(200)}
    assert len(orders) == 24
    assert shown_order(play, "one") == shown_order(replay(play.compiled, [2]), "one")


def test_a_fixed_order_is_the_author_s() -> None:
    play = start(compiled_of(EXAMPLE.replace("pass: 75", "pass: 75\norder: fixed")))
    assert shown_order(play, "any") == play.offers


def test_a_failure_never_passes_and_a_call_may_ask_for_success() -> None:
    partial = [2, 3]
    lenient = EXAMPLE.replace("pass: 75", "pass: 0")
    assert score(replay(compiled_of(lenient), partial)).passed
    strict = lenient.replace("pass: 0", "pass: 0\npass_ending: success")
    assert not score(replay(compiled_of(strict), partial)).passed
    assert not score(replay(compiled_of(lenient), [2, 4])).passed


def test_the_shortest_play_that_shows_a_problem_does_show_it() -> None:
    stuck = EXAMPLE.replace('- ["One more kick', '- ["One more try"](#no-way)\n- ["One more kick').replace(
        "## Driving off", '## No way\n\n- ["Never."](#walked-out)\n  - If temper is 0\n\n## Driving off'
    )
    (problem,) = [one for one in reading_of(stuck).diagnostics if one.code == "P401"]
    assert problem.play is not None
    trapped = scenario_of(stuck)
    titles = walk(trapped.scenes[0].slug, problem.play, stuck)
    assert titles[-1] == "no-way"
    assert len(problem.play) == 3


def walk(first: str, picks: tuple[int, ...], text: str) -> list[str]:
    """The scenes that picks lead through, in the same file made sound by one more choice."""
    sound = text.replace('["Never."](#walked-out)\n', '["Well."](#walked-out)\n- ["Never."](#walked-out)\n')
    play = start(compiled_of(sound))
    scenes = [first]
    for pick in picks:
        play = choose(play, play.offers[pick - 1].index if pick else 0)
        scenes.append(play.scene)
    assert all(one != other for one, other in pairwise(scenes))
    return scenes
