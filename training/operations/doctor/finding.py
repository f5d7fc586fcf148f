"""One thing that was looked at, and how it was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """Also the exit status of `flask doctor`: the worst one found."""

    WELL = 0
    ADVICE = 1
    WRONG = 2


@dataclass(frozen=True)
class Finding:
    """`said` is how it is; `mend` is what to do, and is empty where nothing needs doing."""

    about: str
    level: Level
    said: str
    mend: str = ""

    def __str__(self) -> str:
        mark = {Level.WELL: "well  ", Level.ADVICE: "advice", Level.WRONG: "WRONG "}[self.level]
        return f"{mark}  {self.about}: {self.said}" + (f"\n        → {self.mend}" if self.mend else "")


def well(about: str, said: str) -> Finding:
    return Finding(about, Level.WELL, said)


def advice(about: str, said: str, mend: str) -> Finding:
    return Finding(about, Level.ADVICE, said, mend)


def wrong(about: str, said: str, mend: str) -> Finding:
    return Finding(about, Level.WRONG, said, mend)
