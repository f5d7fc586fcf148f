"""The processes of the site: granian with the workers that measured best, and one that sends mail."""

import multiprocessing
import os
import signal
import threading
import time
from multiprocessing.process import BaseProcess

from flask import Flask, current_app
from granian.constants import Interfaces
from granian.server import MPServer as Granian

from training.database import db
from training.mail.delivery import deliver_waiting
from training.operations.binding import Binding
from training.settings import Settings

MAIL_EVERY = 5.0
# Longer than any page takes. A worker that hears Ctrl+C and then its parent may wait for itself for ever.
STOP_WITHIN = 3


def run_server(binding: Binding, settings: Settings) -> None:
    """Serve until told to stop; then finish what is being answered or sent, and return."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # werkzeug's public name
    # Connections do not survive being shared between processes: each process opens its own.
    db.engine.dispose()
    sender = start_sender(app, settings)
    try:
        while not served_to_the_end(server_for(binding, settings)):
            app.logger.error("the server's workers died twice within seconds; starting them again")
            time.sleep(1)
            if not sender.is_alive():
                sender = start_sender(app, settings)
    finally:
        sender.terminate()
        sender.join(STOP_WITHIN)


def server_for(binding: Binding, settings: Settings) -> Granian:
    return Granian(
        "app:app",
        address=binding.host,
        port=binding.port,
        interface=Interfaces.WSGI,
        workers=settings.workers or os.cpu_count() or 1,
        # More threads in a process tripled the slowest answers: Python runs one at a time anyway.
        blocking_threads=1,
        workers_kill_timeout=STOP_WITHIN,
        log_enabled=False,
        respawn_failed_workers=True,
    )


def served_to_the_end(server: Granian) -> bool:
    """Whether it stopped because it was told to. It gives up by itself when a worker dies twice in 5.5 s."""
    try:
        server.serve()
    except SystemExit:
        return bool(server.interrupt_signal)
    return True


def start_sender(app: Flask, settings: Settings) -> BaseProcess:
    """A process that sends what waits in the outbox, so that no page waits for a mail server.

    Forked before the server has threads, so that it shares the memory of what is loaded already.
    """
    process = multiprocessing.get_context("fork").Process(
        target=send_mail, args=(app, settings, os.getpid()), name="mail", daemon=True
    )
    process.start()
    return process


def send_mail(app: Flask, settings: Settings, parent: int) -> None:
    """Work on the outbox every few seconds until told to stop, or until the server is gone."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_signal: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C reaches everybody; the server tells us when
    while not stop.wait(MAIL_EVERY) and os.getppid() == parent:
        with app.app_context():
            try:
                deliver_waiting(settings)
            except Exception:  # the next round tries again; a process that dies would stop all mail
                app.logger.exception("the outbox could not be worked on")
