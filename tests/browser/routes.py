"""Which replies to give and to take back to see every kind of ending of a call: worked out by the engine."""

from collections import deque
from dataclasses import dataclass

from scenarios import Compiled, Play, choose, replay, start


@dataclass(frozen=True)
class Leg:
    """Take the last `back` replies back, then say on until `play` has ended."""

    back: int
    play: Play

    @property
    def ending(self) -> str:
        assert self.play.ending is not None
        return self.play.ending.outcome

    @property
    def steps(self) -> int:
        return self.back + len(self.play.choices)


def shortest(begun: Play) -> dict[str, Play]:
    """From here on a shortest play, without silence, to each kind of ending."""
    found: dict[str, Play] = {}
    seen: set[int] = set()
    queue = deque([begun])
    while queue:
        play = queue.popleft()
        if play.state in seen:
            continue
        seen.add(play.state)
        if play.ending is not None:
            found.setdefault(play.ending.outcome, play)
            continue
        queue.extend(choose(play, offer.index) for offer in play.offers)
    return found


def unanswered(compiled: Compiled) -> list[Play]:
    """Where a line waits only so long: a shortest play in which the first such line gets no answer."""
    queue = deque([start(compiled)])
    seen: set[int] = set()
    while queue:
        play = queue.popleft()
        if play.timer is not None:
            return [min(shortest(choose(play, 0)).values(), key=lambda one: len(one.choices))]
        if play.state not in seen:
            seen.add(play.state)
            queue.extend(choose(play, offer.index) for offer in play.offers)
    return []


def kinds_of_ending(compiled: Compiled) -> set[str]:
    return {scene.ending.outcome for scene in compiled.scenario.scenes if scene.ending}


def every_ending(compiled: Compiled, *, silent: bool) -> list[Leg]:
    """A short way through every kind of ending; where `silent`, its first play leaves a line unanswered."""
    first = unanswered(compiled) if silent else list(shortest(start(compiled)).values())
    return min((_from(compiled, play) for play in first), key=lambda legs: sum(leg.steps for leg in legs))


def _from(compiled: Compiled, play: Play) -> list[Leg]:
    legs = [Leg(0, play)]
    while left := kinds_of_ending(compiled) - {leg.ending for leg in legs}:
        legs.append(_nearest(compiled, legs[-1].play, left))
    return legs


def _nearest(compiled: Compiled, play: Play, kinds: set[str]) -> Leg:
    """The shortest way from the end of a play to an ending of one of these kinds."""
    ways = [
        Leg(back, there)
        for back in range(1, len(play.choices) + 1)
        for kind, there in shortest(replay(compiled, play.choices[:-back])).items()
        if kind in kinds
    ]
    return min(ways, key=lambda leg: 2 * leg.back + len(leg.play.choices) - len(play.choices))
