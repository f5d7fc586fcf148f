"""Fast enough to check at every keystroke and to replay at every step, beside a CommonMark parser."""

from __future__ import annotations

import time
from collections.abc import Callable

from markdown_it import MarkdownIt

from scenarios import compile_scenario, prove, replay
from scenarios.diagnostics import Problems
from scenarios.reading import parse
from tests.scenarios.calls import long_call
from tests.scenarios.writing import scenario_of

SIXTY = long_call(60, meters=1, flags=2)


def cost(work: Callable[[], object], runs: int = 7) -> float:
    """The least processor time of one run, in milliseconds."""
    times: list[float] = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times) * 1000


def test_sixty_scenes_are_scanned_faster_than_a_markdown_parser_reads_them() -> None:
    parser = MarkdownIt("commonmark")
    body = SIXTY.split("\n---\n", 1)[1]
    assert cost(lambda: parse(SIXTY, None, Problems("call.md"))) < 0.8 * cost(lambda: parser.parse(body))


def test_sixty_scenes_are_proved_in_under_a_tenth_of_a_second() -> None:
    scenario = scenario_of(SIXTY)
    assert cost(lambda: prove(scenario)) < 100


def test_twenty_choices_are_replayed_in_well_under_a_millisecond() -> None:
    compiled = compile_scenario(scenario_of(SIXTY))
    choices = [1] * 20
    assert cost(lambda: replay(compiled, choices), runs=50) < 0.3
