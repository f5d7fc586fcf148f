"""`make bench`: the site beside the bare limit, in alternating windows of one run.

    python -m bench.run [--seconds 2] [--rounds 5] [--people 1 16 64] [--only sqlite|postgresql]

A ratio is the median of the ratios of each round. Where something else used the machine, none is judged.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench import bare
from bench.deeds import BarePlayer, Player, Reader
from bench.machine import OTHERS_MAY_USE, Noise, describe, memory_mb
from bench.person import Deed, Window, measure
from bench.site import Stage, staged

CALL = "the-attacking-customer"
# The least share of the bare limit's rate, by what is done and where.
AIMS = {
    ("step", "sqlite"): 0.5,
    ("step", "postgresql"): 0.55,
    ("lesson", "sqlite"): 0.6,
    ("lesson", "postgresql"): 0.6,
}


def main() -> None:
    parser = argparse.ArgumentParser(description="The site beside the least that an honest step needs.")
    parser.add_argument("--seconds", type=float, default=2.0, help="How long a window is.")
    parser.add_argument("--rounds", type=int, default=5, help="How many windows of each.")
    parser.add_argument("--people", type=int, nargs="+", default=[1, 16, 64], help="How many at once.")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args()
    print(describe(), flush=True)
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        with (
            tempfile.TemporaryDirectory(prefix="zanshin-bench-") as folder,
            staged(kind, Path(folder), max(wanted.people)) as stage,
        ):
            print(f"\n{kind}: first answer {stage.first_answer:.1f} s after the start", flush=True)
            print(
                f"{'':17}{'people':>7}{'a second':>10}{'p50 ms':>9}{'p99 ms':>9}{'of bare':>9}",
                flush=True,
            )
            for count in wanted.people:
                compare(stage, kind, count, wanted.seconds, wanted.rounds)
            alone(stage, wanted.seconds)
            print(f"memory of the server and its workers: {memory_mb(stage.pid):.0f} MB", flush=True)


def compare(stage: Stage, kind: str, count: int, seconds: float, rounds: int) -> None:
    """A step and a lesson, ours and the bare limit's, in turns."""
    sessions, numbers = stage.sessions[:count], range(1, count + 1)
    players = [Player(stage.port, session, CALL, with_script=True) for session in sessions]
    plain_players = [Player(stage.port, session, CALL, with_script=False) for session in sessions]
    bare_players = [BarePlayer(stage.bare_port, bare.cookie(number)) for number in numbers]
    for player in players:
        player.begin()
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
    for what, ours, theirs in pairs:
        if what == "step, no script":
            for player in plain_players:
                player.begin()  # goes on in the call that the same person has open
        in_turns(stage, kind, what, ours, theirs, seconds, rounds)
    everybody: list[BarePlayer | Player | Reader] = [*players, *plain_players, *bare_players]
    for person in [*everybody, *readers, *visitors, *bare_readers]:
        person.line.close()


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
) -> None:
    noise = Noise([os.getpid(), stage.pid, stage.bare_pid, *stage.database_pids])
    measure(ours, seconds / 4)  # caches and connections, not counted
    measure(theirs, seconds / 4)
    pairs = [(measure(ours, seconds), measure(theirs, seconds)) for _round in range(rounds)]
    share = noise.share()
    ratio = statistics.median(mine.rate / bare_one.rate for mine, bare_one in pairs if bare_one.rate)
    judged = _judge(ratio, AIMS[what.partition(",")[0], kind], share)
    tell(what, len(ours), [mine for mine, _bare in pairs], f"{ratio:9.2f}  {judged}")
    tell("  bare", len(ours), [bare_one for _mine, bare_one in pairs])


def _judge(ratio: float, aim: float, share: float) -> str:
    if share > OTHERS_MAY_USE:
        return f"noisy, not judged ({share:.0%} of the machine was used by others)"
    return f"{'met' if ratio >= aim else 'NOT MET'} (at least {aim:g})"


def alone(stage: Stage, seconds: float) -> None:
    """Pages that the bare limit has no like of."""
    for what, path in (("today", "/"), ("sign-in", "/sign-in"), ("calls", "/scenarios")):
        cookies = [f"session={session}" if what != "sign-in" else "" for session in stage.sessions[:16]]
        readers = [Reader(stage.port, cookie, path) for cookie in cookies]
        measure([one.read for one in readers], seconds / 4)
        tell(what, len(readers), [measure([one.read for one in readers], seconds)])
        for reader in readers:
            reader.line.close()


def tell(what: str, count: int, windows: Sequence[Window], more: str = "") -> None:
    whole = Window(1.0, [one for window in windows for one in window.times])
    rate = statistics.median(window.rate for window in windows)
    p50, p99 = whole.quantile(0.5) * 1000, whole.quantile(0.99) * 1000
    errors = [error for window in windows for error in window.errors]
    wrong = f"  {len(errors)} errors: {errors[0]}" if errors else ""
    print(f"{what:17}{count:7}{rate:10.0f}{p50:9.1f}{p99:9.1f}{more}{wrong}", flush=True)


if __name__ == "__main__":
    main()
