"""Mails a minute: the site's sender beside a bare loop that keeps no ledger, in alternating windows.

    python -m bench.mail [--mails 400] [--rounds 5] [--only sqlite|postgresql]

The bare loop puts values of the same size into the same bytes and hands them over one connection to the same
SMTP server on this computer. What the site does besides: it writes down durably that each mail begins, and
what became of it. A ratio is the median of the ratios of each round.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import smtplib
import socket
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from aiosmtpd.smtp import SMTP, Envelope, Session
from flask import Flask

from bench.machine import describe
from tests.databases import migrate, settings_for
from tests.run import postgres
from training import create_app
from training.clock import now
from training.database import db, transaction
from training.mail.composition import Composed, compose
from training.mail.delivery import deliver_waiting
from training.mail.mailing import Recipient, queue_mailing
from training.mail.mime import MailingMime
from training.mail.models import Mailing
from training.mail.slots import slot
from training.settings import Settings

AIM = 0.5
UNSUBSCRIBE = f"https://training.example.org/t/unsubscribe/{slot('token')}"


class Taking:
    """Takes every mail and forgets it. Like the servers in use it lets commands be said at once."""

    async def handle_EHLO(  # noqa: N802
        self, _server: SMTP, session: Session, _envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return ["250-PIPELINING", *responses]

    async def handle_DATA(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return "250 OK"


def _serve(port: int) -> None:
    async def serve() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: SMTP(Taking(), loop=loop), "127.0.0.1", port)
        await server.serve_forever()

    asyncio.run(serve())


@contextmanager
def smtp_server() -> Iterator[str]:
    """A server in a process of its own, so that it takes no time from the senders' interpreter."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = int(one.getsockname()[1])
    process = multiprocessing.get_context("fork").Process(target=_serve, args=(port,), daemon=True)
    process.start()
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.05)
    yield f"smtp://127.0.0.1:{port}"
    process.terminate()
    process.join()


def composed() -> Composed:
    """A mail of the site's own make, with a text as long as a tip's."""
    mail = compose("sign_in_link", {"name": slot("name"), "token": slot("token")})
    words = "Say what you will do next, and by when, before you say why it went wrong.\n" * 25
    return Composed("The tip of the week", mail.text + words, mail.html.replace("</p>", f" {words}</p>", 1))


def people(count: int) -> list[Recipient]:
    return [
        Recipient(
            str(number),
            f"person{number}@example.org",
            {"name": f"Person {number}", "token": f"{number:043d}"},
        )
        for number in range(count)
    ]


def bare(mail: MailingMime, smtp_url: str, to: list[Recipient]) -> float:
    """Mails a second of the loop that keeps no ledger."""
    parts = urlsplit(smtp_url)
    token, name, address = "t" * 43, "Person 0", "nobody@example.org"
    whole = mail.render("p" * 16, address, now(), {"name": name, "token": token})
    started = time.perf_counter()
    with smtplib.SMTP(parts.hostname or "", parts.port or 25) as smtp:
        for one in to:
            content = whole.replace(token.encode(), one.values["token"].encode())
            content = content.replace(name.encode(), one.values["name"].encode())
            smtp.sendmail("z@example.org", one.to, content.replace(address.encode(), one.to.encode()))
    return len(to) / (time.perf_counter() - started)


def ours(settings: Settings, key: str, mail: Composed, to: list[Recipient]) -> float:
    """Mails a second from the outbox to the server; freezing the recipients is not counted."""
    with transaction() as session:
        queue_mailing(
            session, key=key, purpose="tip", composed=mail, recipients=to, unsubscribe_url=UNSUBSCRIBE
        )
    started = time.perf_counter()
    done = deliver_waiting(settings)
    seconds = time.perf_counter() - started
    if done.counts != {"sent": len(to)}:
        raise RuntimeError(f"not everything was sent: {done}")
    return len(to) / seconds


def compare(app: Flask, kind: str, mails: int, rounds: int) -> None:
    settings: Settings = app.extensions["settings"]
    mail, to = composed(), people(mails)
    shape = Mailing(key="", purpose="tip", subject=mail.subject, text=mail.text, html=mail.html)
    shape.unsubscribe_url = UNSUBSCRIBE
    ratios, figures = [], []
    with smtp_server() as smtp_url:
        settings = replace(settings, smtp_url=smtp_url)
        mime = MailingMime(shape, settings)
        size = len(mime.render("p" * 16, to[0].to, now(), to[0].values))
        print(f"\n{kind}: mails of {size / 1000:.1f} kB, {mails} a window, {rounds} rounds", flush=True)
        for number in range(rounds):
            slow = bare(mime, smtp_url, to)
            fast = ours(settings, f"tip:{number}", mail, to)
            figures.append((slow, fast))
            ratios.append(fast / slow)
    bare_rate, our_rate = (statistics.median(column) * 60 for column in zip(*figures, strict=True))
    ratio = statistics.median(ratios)
    verdict = "meets" if ratio >= AIM else "MISSES"
    print(f"bare loop {bare_rate:8.0f} mails a minute")
    print(
        f"the site  {our_rate:8.0f} mails a minute, {ratio:.2f} of bare: {verdict} the aim of {AIM}",
        flush=True,
    )
    alone = time.perf_counter()
    for one in to:
        mime.render("p" * 16, one.to, now(), one.values)
    print(f"rendering {len(to) / (time.perf_counter() - alone) * 60:8.0f} mails a minute")


def main() -> None:
    parser = argparse.ArgumentParser(description="Mails a minute beside a loop that keeps no ledger.")
    parser.add_argument("--mails", type=int, default=400, help="How many in a window.")
    parser.add_argument("--rounds", type=int, default=5, help="How many windows of each.")
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args()
    print(describe(), flush=True)
    for kind in [wanted.only] if wanted.only else ["sqlite", "postgresql"]:
        with (
            tempfile.TemporaryDirectory(prefix="zanshin-bench-mail-") as name,
            postgres() if kind == "postgresql" else nullcontext(f"sqlite:///{name}/bench.sqlite3") as url,
        ):
            migrate(url, Path(name))
            app = create_app(settings_for(url, Path(name)))
            with app.app_context():
                compare(app, kind, wanted.mails, wanted.rounds)
                db.session.remove()
                db.engine.dispose()


if __name__ == "__main__":
    main()
