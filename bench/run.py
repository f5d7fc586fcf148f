"""`make bench`: the site beside the bare limit, in alternating windows of one run.

    python -m bench.run [--seconds 2] [--rounds 5] [--people 1 16 64 256] [--data 1] [--only sqlite]

A ratio is the median of the ratios of each round. Where something else used the machine, none is judged.
--data 10 runs on ten times the people, teams and attempts that others have left in the database.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench import bare, judging
from bench.deeds import BarePlayer, Player, Reader
from bench.judging import Turns, at_least, at_most
from bench.machine import Noise, describe, memory
from bench.pages import count_statements, pages, readers, sign_ins, weight
from bench.person import Deed, Window, measure
from bench.site import Stage, staged

CALL = "the-attacking-customer"
HOLD_PEOPLE, HOLD_SECONDS = 64, 60.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=float, default=2.0, help="how long a window is")
    parser.add_argument("--rounds", type=int, default=5, help="how many windows of each")
    parser.add_argument("--people", type=int, nargs="+", default=[1, 16, 64, 256], help="how many at once")
    parser.add_argument("--data", type=int, default=1, help="how many times the usual data is there before")
    parser.add_argument("--hold", type=float, default=HOLD_SECONDS, help="how long 64 people step on end")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args()
    print(describe(), flush=True)
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        with (
            tempfile.TemporaryDirectory(prefix="zanshin-bench-") as folder,
            staged(kind, Path(folder), max(*wanted.people, HOLD_PEOPLE), wanted.data) as stage,
        ):
            bench(stage, kind, wanted)


def bench(stage: Stage, kind: str, wanted: argparse.Namespace) -> None:
    """Every figure of one database."""
    first, share = stage.first_answer
    judged = at_most(first, judging.FIRST_ANSWER, share)
    print(f"\n{kind}: first answer {first:.2f} s after the start, {judged}")
    print(f"{'':17}{'people':>7}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'of bare':>9}", flush=True)
    steps = {count: compare(stage, kind, count, wanted.seconds, wanted.rounds) for count in wanted.people}
    _together(steps)
    alone(stage, wanted.seconds)
    hold(stage, wanted.hold)
    held = memory(stage.pid)
    judged = at_most(held.server_and_workers, judging.MEMORY_MB)
    print(f"memory of the server and its workers: {held.server_and_workers:.0f} MB, {judged}")
    print(
        f"its workers alone: {held.workers:.0f} MB; with the processes for the jobs: {held.whole:.0f} MB",
        flush=True,
    )


def compare(stage: Stage, kind: str, count: int, seconds: float, rounds: int) -> Turns:
    """A step and a lesson, ours and the bare limit's, in turns. What came of the steps."""
    sessions, numbers = stage.sessions[:count], range(1, count + 1)
    players = [Player(stage.port, session, CALL, with_script=True) for session in sessions]
    plain_players = [Player(stage.port, session, CALL, with_script=False) for session in sessions]
    bare_players = [BarePlayer(stage.bare_port, bare.cookie(number)) for number in numbers]
    for player in players:
        player.go_on()
    readers = [Reader(stage.port, f"session={session}", stage.lesson_path) for session in sessions]
    visitors = [Reader(stage.port, "", stage.lesson_path) for _session in sessions]
    bare_readers = [Reader(stage.bare_port, bare.cookie(number), "/lesson") for number in numbers]
    _rewind(stage, bare_players)
    pairs: list[tuple[str, Sequence[Deed], Sequence[Deed]]] = [
        ("step", [one.step for one in players], [one.step for one in bare_players]),
        ("step, no script", [one.step for one in plain_players], [one.step for one in bare_players]),
        ("lesson", [one.read for one in readers], [one.read for one in bare_readers]),
        ("lesson, visitor", [one.read for one in visitors], [one.read for one in bare_readers]),
    ]
    found = {}
    for what, ours, theirs in pairs:
        if what == "step, no script":
            for player in plain_players:
                player.go_on()
        found[what] = in_turns(stage, kind, what, ours, theirs, seconds, rounds)
    everybody: list[BarePlayer | Player | Reader] = [*players, *plain_players, *bare_players]
    for person in [*everybody, *readers, *visitors, *bare_readers]:
        person.line.close()
    return found["step"]


def _together(steps: dict[int, Turns]) -> None:
    """What more people get done together, and how long the slowest of many wait."""
    if 1 in steps and 16 in steps:
        more, share = steps[16].rate / steps[1].rate, max(steps[16].share, steps[1].share)
        print(f"16 people step {more:.2f} times as often as one: {at_least(more, judging.TOGETHER, share)}")
    if 64 in steps:
        slow = steps[64].p99 / steps[64].bare_p99
        judged = at_most(slow, judging.SLOWEST, steps[64].share)
        print(f"p99 of a step with 64 people is {slow:.2f} times the bare limit's: {judged}", flush=True)


def _rewind(stage: Stage, players: Sequence[BarePlayer]) -> None:
    """Go on where the same people stopped in an earlier, smaller crowd."""
    for player in players:
        _status, page = player.line.ask("GET", "/page")
        player.said = int(page.rpartition(b"<p>")[2].partition(b"</p>")[0])


def in_turns(
    stage: Stage,
    kind: str,
    what: str,
    ours: Sequence[Deed],
    theirs: Sequence[Deed],
    seconds: float,
    rounds: int,
) -> Turns:
    noise = Noise([os.getpid(), stage.pid, stage.bare_pid, *stage.database_pids])
    measure(ours, seconds / 4)  # caches and connections, not counted
    measure(theirs, seconds / 4)
    pairs = [(measure(ours, seconds), measure(theirs, seconds)) for _round in range(rounds)]
    share = noise.share()
    ratio = statistics.median(mine.rate / bare_one.rate for mine, bare_one in pairs if bare_one.rate)
    judged = at_least(ratio, judging.RATES[what.partition(",")[0], kind], share)
    rate, p99 = tell(what, len(ours), [mine for mine, _bare in pairs], f"{ratio:9.2f}  {judged}")
    _rate, bare_p99 = tell("  bare", len(ours), [bare_one for _mine, bare_one in pairs])
    return Turns(rate, p99, bare_p99, share)


def alone(stage: Stage, seconds: float) -> None:
    """Pages that the bare limit has no like of, and people who sign in."""
    print(f"{'':17}{'people':>7}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'SQL':>6}{'bytes':>8}")
    for page in pages(stage, CALL, 16):
        lookers = readers(stage, page)
        deeds: list[Deed] = [one.read for one in lookers]
        measure(deeds, seconds / 4)
        heavy = weight(stage, page)
        more = f"{count_statements(stage, page):6}{heavy:8}  {at_most(heavy, judging.WEIGHT)}"
        tell(page.name, len(lookers), [measure(deeds, seconds)], more)
        for reader in lookers:
            reader.line.close()
    times = []
    for sign_in in sign_ins(stage):
        begun = time.perf_counter()
        sign_in()
        times.append(time.perf_counter() - begun)
    print(f"signing in by password, one after another: {statistics.median(times) * 1000:.0f} ms", flush=True)


def hold(stage: Stage, seconds: float) -> None:
    """So many people step for so long: nobody may meet an error, or wait long."""
    players = [Player(stage.port, one, CALL, with_script=True) for one in stage.sessions[:HOLD_PEOPLE]]
    for player in players:
        player.go_on()
    noise = Noise([os.getpid(), stage.pid, stage.bare_pid, *stage.database_pids])
    window = measure([player.step for player in players], seconds)
    slowest = max(window.times, default=0.0)
    judged = at_most(slowest, judging.LONGEST_WAIT, noise.share())
    tell(f"{seconds:.0f} s of steps", HOLD_PEOPLE, [window], f"  the slowest {slowest:.2f} s, {judged}")
    for player in players:
        player.line.close()


def tell(what: str, count: int, windows: Sequence[Window], more: str = "") -> tuple[float, float]:
    """One line; the rate a second, and the slowest hundredth in seconds."""
    whole = Window(1.0, [one for window in windows for one in window.times])
    rate = statistics.median(window.rate for window in windows)
    p50, p99 = whole.quantile(0.5) * 1000, whole.quantile(0.99) * 1000
    errors = [error for window in windows for error in window.errors]
    wrong = f"  {len(errors)} errors: {errors[0]}" if errors else ""
    print(f"{what:17}{count:7}{rate:10.0f}{p50:9.1f}{p99:9.1f}{more}{wrong}", flush=True)
    return rate, p99 / 1000


if __name__ == "__main__":
    main()
