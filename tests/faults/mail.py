"""A mailing to many while its senders are killed: counted at the server, nobody twice, nobody lost.

    python -m tests.faults.mail [--recipients 10000] [--only sqlite|postgresql]

Two senders work at once. One of them is killed again and again at a random moment, and the clock jumps past
its leases each time, also under the feet of the one that lives.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from tests.databases import migrate, settings_for
from tests.faults.mail_server import Misbehaving, Whim, misbehaving, whim_of
from tests.run import postgres
from training import clock, create_app
from training.database import db, transaction
from training.mail.composition import Composed
from training.mail.delivery import deliver_waiting
from training.mail.mailing import Recipient, queue_mailing
from training.mail.models import Message, MessageState
from training.mail.slots import slot
from training.mail.stopping import suppress
from training.settings import Settings

SENDERS = 2
# Of a thousand addresses, how many the server has a whim for; the others are taken at once.
_WHIMS = {Whim.GONE: 10, Whim.GREY: 30, Whim.FULL: 10, Whim.DROPS: 5, Whim.TAKES: 3, Whim.CLOSES: 3}
_UNSUBSCRIBED_ONE_IN = 100
_TIP = Composed(
    subject="The tip of the week",
    text=f"Hello {slot('name')},\n\nhttps://example.org/t/tip/{slot('token')}\n",
    html=f'<p>Hello {slot("name")}, <a href="https://example.org/t/tip/{slot("token")}">read</a></p>',
)


@dataclass
class Verdict:
    """What the server counted beside what the site wrote down."""

    states: Counter[str]
    kills: int
    seconds: float
    doubled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    sent_though_unsubscribed: list[str] = field(default_factory=list)
    uncertain: list[str] = field(default_factory=list)
    uncertain_and_taken: int = 0

    @property
    def is_clean(self) -> bool:
        return not (self.doubled or self.lost or self.sent_though_unsubscribed)

    def __str__(self) -> str:
        told = ", ".join(f"{count} {state}" for state, count in sorted(self.states.items()))
        return (
            f"{told}; {self.kills} kills in {self.seconds:.0f} s\n"
            f"doubled {len(self.doubled)}, silently lost {len(self.lost)}, sent though unsubscribed"
            f" {len(self.sent_though_unsubscribed)}; of the {len(self.uncertain)} uncertain the server took"
            f" {self.uncertain_and_taken}\nuncertain: {', '.join(self.uncertain)}"
        )


class Trial:
    """One mailing, its server and its senders."""

    def __init__(self, app: Flask, server: Misbehaving, smtp_url: str, seed: int) -> None:
        self.app = app
        self.server = server
        settings: Settings = app.extensions["settings"]
        self.settings = replace(settings, smtp_url=smtp_url, mail_from="Zanshin <z@example.org>")
        self.dice = random.Random(seed)
        # Seconds that the clock is ahead, in this process and in every sender.
        self.ahead: Synchronized[float] = multiprocessing.get_context("fork").Value("d", 0.0)
        self.kills = 0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead.value)

    def queue(self, count: int) -> list[str]:
        """Freeze the recipients; returns the addresses that unsubscribe afterwards."""
        whims = [whim for whim, share in _WHIMS.items() for _ in range(share)]
        people = []
        for number in range(count):
            place = self.dice.randrange(1000)
            whim = whims[place] if place < len(whims) else Whim.KIND
            values = {"name": f"Person {number}", "token": f"{number:043d}"}
            people.append(Recipient(str(number), f"{whim}-{number}@example.org", values))
        unsubscribe = f"https://example.org/t/unsubscribe/{slot('token')}"
        with transaction() as session:
            queue_mailing(
                session,
                key="tip",
                purpose="tip",
                composed=_TIP,
                recipients=people,
                unsubscribe_url=unsubscribe,
            )
        return [one.to for one in people[::_UNSUBSCRIBED_ONE_IN]]

    def unsubscribe(self, addresses: list[str]) -> None:
        with transaction() as session:
            for address in addresses:
                suppress(session, address, purpose="tip", reason="unsubscribed", at=self.now())

    def start_sender(self) -> int:
        db.session.remove()
        child = os.fork()
        if child:
            return child
        try:
            with clock.running(self.now):
                while True:
                    with self.app.app_context():
                        deliver_waiting(self.settings)
                    time.sleep(0.05)
        finally:
            os._exit(1)

    def left(self) -> int:
        db.session.remove()
        open_states = (MessageState.QUEUED, MessageState.SENDING)
        counted = select(func.count()).where(Message.state.in_(open_states))
        return db.session().scalar(counted) or 0

    def run(self, pause: tuple[float, float]) -> None:
        """Until nothing is queued and nothing in anybody's hand."""
        senders = [self.start_sender() for _ in range(SENDERS)]
        try:
            while self.left():
                time.sleep(self.dice.uniform(*pause))
                place = self.dice.randrange(SENDERS)
                _kill(senders[place])
                self.kills += 1
                with self.ahead.get_lock():
                    self.ahead.value += 300
                senders[place] = self.start_sender()
        finally:
            for sender in senders:
                _kill(sender)

    def judge(self, unsubscribed: list[str], seconds: float) -> Verdict:
        db.session.remove()
        rows = list(db.session().scalars(select(Message).order_by(Message.id)))
        verdict = Verdict(Counter(row.state for row in rows), self.kills, seconds)
        verdict.doubled = [name for name, count in self.server.taken.items() if count > 1]
        for row in rows:
            taken, address = self.server.taken[row.public_id], row.to_address or ""
            is_refused = whim_of(address) is Whim.GONE
            if row.state == MessageState.UNCERTAIN:
                verdict.uncertain.append(address)
                verdict.uncertain_and_taken += taken
            elif (row.state == MessageState.SENT) != bool(taken) or (
                row.state == MessageState.FAILED and not is_refused
            ):
                verdict.lost.append(f"{address} is {row.state}: {row.problem}")
            if address in unsubscribed and row.state != MessageState.SUPPRESSED:
                verdict.sent_though_unsubscribed.append(address)
        return verdict


def _kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)


def run(app: Flask, count: int, seed: int, pause: tuple[float, float]) -> Verdict:
    """A mailing to `count` people with a kill after every `pause`, judged by what the server counted."""
    with misbehaving() as (server, smtp_url):
        trial = Trial(app, server, smtp_url, seed)
        unsubscribed = trial.queue(count)
        trial.unsubscribe(unsubscribed)
        started = time.monotonic()
        trial.run(pause)
        return trial.judge(unsubscribed, time.monotonic() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description="A mailing while its senders are killed.")
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args()
    clean = True
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        print(f"{kind}: {wanted.recipients} recipients, seed {wanted.seed}", flush=True)
        with (
            tempfile.TemporaryDirectory(prefix="zanshin-mail-") as name,
            postgres() if kind == "postgresql" else nullcontext(f"sqlite:///{name}/trial.sqlite3") as url,
        ):
            migrate(url, Path(name))
            app = create_app(settings_for(url, Path(name)))
            with app.app_context():
                verdict = run(app, wanted.recipients, wanted.seed, (0.2, 1.5))
                db.session.remove()
                db.engine.dispose()
        print(verdict, flush=True)
        clean = clean and verdict.is_clean
    return 0 if clean else 1


if __name__ == "__main__":
    sys.exit(main())
