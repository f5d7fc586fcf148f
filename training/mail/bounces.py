"""One pass over the mailbox of what came back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from training.clock import now
from training.database import db, transaction
from training.mail.coming_back import Taken, take_in
from training.mail.mailbox import open_mailbox
from training.mail.reports import read_report
from training.settings import Settings

# The rest has the next pass: a job keeps nobody waiting for a mailbox that was flooded.
MOST_AT_ONCE = 500
NOT_UNDERSTOOD = "no delivery report, left there for a person"


@dataclass
class Passed:
    """What one pass read, as counts by what it came to; and how many are left for the next."""

    counts: Counter[str] = field(default_factory=Counter)
    left: int = 0

    def __str__(self) -> str:
        if not self.counts and not self.left:
            return "nothing new in the mailbox"
        words = [f"{count} {what}" for what, count in sorted(self.counts.items())]
        if self.left:
            words.append(f"{self.left} wait for the next pass")
        return f"{self.counts.total()} read: {', '.join(words)}"


def read_bounces(settings: Settings, *, stop: Callable[[], bool] = lambda: False) -> Passed:
    """Read what is new in the mailbox and take in each delivery report; needs an application context.

    A message is marked as read once what it says is written down: whoever dies in between reads it twice,
    which changes nothing. Raises AwayError where the mailbox cannot be read.
    """
    done = Passed()
    with open_mailbox(settings) as mailbox:
        found = mailbox.unread()
        done.left = max(0, len(found) - MOST_AT_ONCE)
        for uid in found[:MOST_AT_ONCE]:
            if stop():
                break
            taken = _take_in(mailbox.read(uid))
            done.counts[taken] += 1
            if taken != Taken.TOO_EARLY:
                mailbox.mark_read(uid)
    return done


def _take_in(content: bytes) -> str:
    report = read_report(content)
    if report is None:
        return NOT_UNDERSTOOD
    try:
        with transaction() as session:
            return take_in(session, report, now())
    finally:
        db.session.remove()
