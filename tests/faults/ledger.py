"""What one learner said, and what came back: the only thing that the oracle believes of a run."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Told:
    """One attempt. `sure[n]` is the place acknowledged for step n; `maybe[n]` holds every place sent."""

    sure: dict[int, int] = field(default_factory=dict)
    maybe: dict[int, set[int]] = field(default_factory=dict)

    @property
    def newest(self) -> int:
        return max(self.sure, default=0)


@dataclass
class Ledger:
    """Attempts by public id, what happened how often, and what must never happen, in words."""

    told: dict[str, Told] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def begin(self, attempt: str) -> Told:
        return self.told.setdefault(attempt, Told())

    def sent(self, attempt: str, step: int, place: int) -> None:
        """Noted before it is sent: from now on it may be recorded."""
        self.begin(attempt).maybe.setdefault(step, set()).add(place)

    def acknowledged(self, attempt: str, step: int, place: int) -> None:
        """The 303 came back: it must be recorded, for ever."""
        before = self.begin(attempt).sure.setdefault(step, place)
        self.counts["acknowledged"] += 1
        if before != place:
            self.wrong.append(f"{attempt}: step {step} was acknowledged as {before} and as {place}")

    def refused(self, what: str, status: int | None) -> None:
        """A forgery came back as `status`; None where the server died. Only a refusal or silence is right."""
        self.counts["forged"] += 1
        if status is not None and (status < 400 or (status >= 500 and status != 503)):
            self.wrong.append(f"{what} was answered with {status}")

    def saw(self, status: int | None) -> None:
        """Every answer is counted; a 500 is a bug whatever was killed."""
        self.counts[str(status or "no answer")] += 1
        if status == 500:
            self.wrong.append("a page answered 500")
