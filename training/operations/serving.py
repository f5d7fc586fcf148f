"""The server process: granian, with the workers and threads that measured best."""

import os
import threading

from flask import Flask, current_app
from granian import Granian
from granian.constants import Interfaces

from training.mail.delivery import deliver_waiting
from training.operations.binding import Binding
from training.settings import Settings

MAIL_EVERY = 5.0


def run_server(binding: Binding, settings: Settings) -> None:
    """Serve until told to stop. Mail leaves from a thread of the parent process, so no page waits for it."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # werkzeug's public name
    stop = threading.Event()
    threading.Thread(target=_send_mail, args=(app, settings, stop), daemon=True).start()
    server = Granian(
        "app:app",
        address=binding.host,
        port=binding.port,
        interface=Interfaces.WSGI,
        workers=settings.workers or os.cpu_count() or 1,
        # More threads in a process tripled the slowest answers: Python runs one at a time anyway.
        blocking_threads=1,
        log_enabled=False,
        respawn_failed_workers=True,
    )
    server.serve()
    stop.set()


def _send_mail(app: Flask, settings: Settings, stop: threading.Event) -> None:
    while not stop.wait(MAIL_EVERY):
        with app.app_context():
            try:
                deliver_waiting(settings)
            except Exception:  # the next round tries again; a thread that dies would stop all mail in silence
                app.logger.exception("the outbox could not be worked on")
