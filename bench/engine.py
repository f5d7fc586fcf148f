"""How fast the scenario engine is: `python bench/engine.py`.

Each figure is the processor time of the best of several runs. The yardstick is a CommonMark parser
reading the same file in the same run, so that figures of different machines can be compared.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from markdown_it import MarkdownIt  # noqa: E402 - the path above makes the script run from anywhere

from scenarios import Compiled, compile_scenario, prove, read_scenario, replay, score  # noqa: E402
from scenarios.diagnostics import Problems  # noqa: E402
from scenarios.reading import parse  # noqa: E402
from scenarios.scenario import Scenario  # noqa: E402
from tests.scenarios.calls import long_call  # noqa: E402


def best_of(work: Callable[[], object], seconds: float = 0.5) -> float:
    """The least processor time of one run, over at least three and about `seconds`."""
    times: list[float] = []
    ends = time.perf_counter() + seconds
    while len(times) < 3 or time.perf_counter() < ends:
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def scanned(text: str) -> Scenario:
    problems = Problems("bench")
    _, scenario = parse(text, None, problems)
    if scenario is None:
        raise SystemExit("\n".join(map(str, problems.found)))
    return scenario


def row(label: str, text: str) -> None:
    """One line: size, scan, prove, the whole check, and the yardstick."""
    scenario = scanned(text)
    proof = prove(scenario)
    body = text.split("\n---\n", 1)[1]
    parser = MarkdownIt("commonmark")
    figures = [
        best_of(lambda: scanned(text)),
        best_of(lambda: prove(scenario)),
        best_of(lambda: read_scenario(text)),
        best_of(lambda: parser.parse(body)),
    ]
    shown = "".join(f"{figure * 1000:11.1f}" for figure in figures)
    print(f"{label:<34}{len(text) // 1024:5} KiB{proof.states:8,}{shown}")


def best_choices(compiled: Compiled, most: int) -> list[int]:
    """The choices of a call that loses nothing, up to `most`."""
    choices: list[int] = []
    play = replay(compiled, choices)
    while not play.finished and len(choices) < most:
        costs = {offer.index: score(replay(compiled, [*choices, offer.index])) for offer in play.offers}
        choices.append(min(costs, key=lambda index: costs[index].decisions[-1].cost))
        play = replay(compiled, choices)
    return choices


def replays() -> None:
    compiled = compile_scenario(scanned(long_call(40, meters=2, flags=3)))
    choices = best_choices(compiled, 20)
    once = best_of(lambda: replay(compiled, choices))
    judged = best_of(lambda: score(replay(compiled, choices)))
    stored = compiled.to_json()
    loaded = best_of(lambda: Compiled.from_json(stored))
    rate = len(choices) / once
    print(f"\nreplay of {len(choices)} choices: {once * 1000:.3f} ms ({rate:,.0f} choices a second)")
    print(f"replay and score: {judged * 1000:.3f} ms")
    print(f"compiled form: {len(stored) // 1024} KiB of JSON, read in {loaded * 1000:.1f} ms")


def main() -> None:
    heads = "".join(f"{head:>11}" for head in ("scan", "prove", "check", "CommonMark"))
    print(f"{'milliseconds':<34}{'size':>9}{'states':>8}{heads}")
    for scenes in (10, 20, 60, 120, 197):
        row(f"{scenes} scenes, 1 meter, 2 flags", long_call(scenes, meters=1, flags=2))
    for meters in (0, 1, 2, 3):
        row(f"60 scenes, {meters} meters, 2 flags", long_call(60, meters=meters, flags=2))
    for flags in (0, 4, 8):
        row(f"60 scenes, 1 meter, {flags} flags", long_call(60, meters=1, flags=flags))
    for path in sorted((ROOT / "content" / "scenarios").glob("*.md")):
        row(path.stem[:33], path.read_text(encoding="utf-8"))
    replays()


if __name__ == "__main__":
    main()
