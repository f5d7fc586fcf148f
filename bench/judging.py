"""What is aimed at, and whether a run may say that it was reached."""

from __future__ import annotations

from dataclasses import dataclass

from bench.machine import OTHERS_MAY_USE

# The least share of the bare limit's rate, by what is done and where.
RATES = {
    ("step", "sqlite"): 0.5,
    ("step", "postgresql"): 0.55,
    ("lesson", "sqlite"): 0.6,
    ("lesson", "postgresql"): 0.6,
}
# At 64 people: at most so many times the bare limit's p99.
SLOWEST = 2.0
# 16 people together get at least so many times done what one gets done.
TOGETHER = 1.2
MEMORY_MB, FIRST_ANSWER = 130.0, 1.5
# While 64 people step for a minute: the longest that one may wait, in seconds.
LONGEST_WAIT = 2.0
# A page's HTML, in bytes.
WEIGHT = 12_000


@dataclass(frozen=True)
class Turns:
    """What came of windows in turns: how many a second, and the slowest hundredth in seconds.

    `share` of the machine was used by others meanwhile.
    """

    rate: float
    p99: float
    bare_p99: float
    share: float


def at_least(figure: float, aim: float, share: float = 0.0) -> str:
    return _judged(figure >= aim, f"at least {aim:g}", share)


def at_most(figure: float, aim: float, share: float = 0.0) -> str:
    return _judged(figure <= aim, f"at most {aim:g}", share)


def _judged(met: bool, aim: str, share: float) -> str:
    if share > OTHERS_MAY_USE:
        return f"noisy, not judged ({share:.0%} of the machine was used by others)"
    return f"{'met' if met else 'NOT MET'} ({aim})"
