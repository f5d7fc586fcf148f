"""The judge: reads the tables by hand and plays every call again from its text, by the engine alone.

Nothing of `training.attempts` is asked: what it promises is what is being judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, text

from scenarios import (
    Compiled,
    NotOnOfferError,
    Play,
    choose,
    compile_scenario,
    read_scenario,
    score,
    shown_order,
    start,
)
from tests.faults.ledger import Ledger, Told

_ATTEMPTS = """
    SELECT a.id, a.public_id, a.seed, a.step_count, a.finished_at, a.set_aside_at, a.ending, a.percent,
           a.passed, a.participant_id, a.scenario_id, a.kind, a.origin_id, a.copied_steps, r.source
    FROM attempt a JOIN revision r ON r.id = a.revision_id ORDER BY a.id
"""
_STEPS = "SELECT attempt_id, number, choice FROM step ORDER BY attempt_id, number"
CLOSE = 1e-9


@dataclass
class Verdict:
    """What was found, in words; `counts` says how much was looked at.

    `memory` are the site's megabytes, again and again; `waits`: when each answer came, and after how long.
    """

    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    waits: list[tuple[float, float]] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.doubled or self.wrong)

    def __str__(self) -> str:
        seen = ", ".join(f"{count} {what}" for what, count in sorted(self.counts.items()))
        return f"{len(self.lost)} lost, {len(self.doubled)} doubled, {len(self.wrong)} wrong ({seen})"


def judge(engine: Engine, ledgers: Iterable[Ledger]) -> Verdict:
    """Compare the database with everything that was said to it and acknowledged by it."""
    verdict, told = Verdict(), dict[str, Told]()
    for ledger in ledgers:
        told |= ledger.told
        verdict.counts += ledger.counts
        verdict.wrong += ledger.wrong
    with engine.connect() as connection:
        attempts = [row._asdict() for row in connection.execute(text(_ATTEMPTS))]
        steps: dict[int, list[tuple[int, int]]] = {row["id"]: [] for row in attempts}
        for attempt_id, number, choice in connection.execute(text(_STEPS)):
            steps[attempt_id].append((number, choice))
    _count_open(attempts, verdict)
    compiled: dict[str, Compiled] = {}
    for row in attempts:
        verdict.counts["attempts"] += 1
        verdict.counts["steps"] += len(steps[row["id"]])
        if row["source"] not in compiled:
            compiled[row["source"]] = _compile(row["source"])
        _judge_one(row, steps, told.pop(row["public_id"], None), compiled[row["source"]], verdict)
    verdict.lost += [f"{public_id}: the whole attempt" for public_id in told]
    return verdict


def _compile(source: str) -> Compiled:
    scenario = read_scenario(source).scenario
    assert scenario is not None
    return compile_scenario(scenario)


def _count_open(attempts: list[dict[str, Any]], verdict: Verdict) -> None:
    live = [row for row in attempts if row["finished_at"] is None and row["set_aside_at"] is None]
    held = Counter((row["participant_id"], row["scenario_id"], row["kind"]) for row in live)
    verdict.doubled += [f"{key}: {count} open attempts" for key, count in held.items() if count > 1]


def _judge_one(
    row: dict[str, Any],
    steps: dict[int, list[tuple[int, int]]],
    told: Told | None,
    compiled: Compiled,
    verdict: Verdict,
) -> None:
    own, name, copied = steps[row["id"]], row["public_id"], row["copied_steps"]
    if [number for number, _choice in own] != list(range(1, len(own) + 1)):
        verdict.doubled.append(f"{name}: its steps are numbered {[number for number, _choice in own]}")
        return
    if row["step_count"] != len(own):
        verdict.wrong.append(f"{name}: it says {row['step_count']} steps and has {len(own)}")
    if copied and own[:copied] != steps[row["origin_id"]][:copied]:
        verdict.wrong.append(f"{name}: its copied steps are not those of where it came from")
    # The answer to a start can be lost with the server: nobody knew of the attempt, so nobody played it.
    told = told or Told()
    play = start(compiled)
    for number, choice in own:
        places = {offer.index: place for place, offer in enumerate(shown_order(play, row["seed"]), 1)}
        if number > copied:
            _judge_step(f"{name} step {number}", told, number, places.get(choice, 0), verdict)
        try:
            play = choose(play, choice)
        except NotOnOfferError:
            verdict.wrong.append(f"{name}: step {number} was not on offer")
            return
    if told.newest > len(own):
        verdict.lost.append(f"{name}: {told.newest} steps were acknowledged, {len(own)} are there")
    _judge_result(row, play, verdict)


def _judge_step(name: str, told: Told, number: int, place: int, verdict: Verdict) -> None:
    if number in told.sure:
        if told.sure[number] != place:
            verdict.lost.append(f"{name}: {told.sure[number]} was acknowledged, {place} is there")
    elif place not in told.maybe.get(number, ()):
        verdict.wrong.append(f"{name}: {place} is there, and nobody said it")


def _judge_result(row: dict[str, Any], play: Play, verdict: Verdict) -> None:
    stored = (row["ending"], row["percent"], row["passed"])
    if play.ending is None:
        if row["finished_at"] is not None or stored != (None, None, None):
            verdict.wrong.append(f"{row['public_id']}: it has a result and no end")
        return
    verdict.counts["scores"] += 1
    fair = score(play)
    right = (
        row["finished_at"] is not None
        and row["ending"] == play.ending.outcome
        and row["percent"] is not None
        and abs(row["percent"] - fair.percent) < CLOSE
        and bool(row["passed"]) == fair.passed
    )
    if not right:
        verdict.wrong.append(
            f"{row['public_id']}: stored {stored}, replayed {play.ending.outcome} {fair.percent}"
        )
