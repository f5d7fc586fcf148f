"""The processes of the site: granian with the workers that measured best, and one that does the jobs."""

import gc
import os
import signal
import time

from flask import current_app
from granian.constants import Interfaces
from granian.server import MPServer as Granian

from training.database import db
from training.operations.binding import Binding
from training.operations.keeping_jobs import Keeping
from training.operations.large_pieces import give_back_large_pieces
from training.settings import Settings
from training.web.i18n import read_ahead

# Longer than any page takes, one that waits for the database's lock included; what kills us waits for 30 s.
ANSWER_WITHIN = 20


def run_server(binding: Binding, settings: Settings) -> None:
    """Serve until told to stop; then finish what is being answered or sent, and return."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001  # werkzeug's public name
    # Connections do not survive being shared between processes: each process opens its own.
    db.engine.dispose()
    give_back_large_pieces()
    _share_what_is_loaded()
    keeping = Keeping(app)
    os.register_at_fork(after_in_child=_leave_ctrl_c_to_the_server)
    try:
        while not served_to_the_end(server_for(binding, settings)):
            app.logger.error("the server's workers died twice within seconds; starting them again")
            time.sleep(1)
    finally:
        keeping.stop()


def _share_what_is_loaded() -> None:
    """Before the first fork. What is loaded by now stays for good, so no process need look at it again.

    A collector that looks at an object writes to its page, which gives each process a copy of its own: with
    five processes that was 100 MB of 340.
    """
    read_ahead()
    gc.collect()
    gc.freeze()


def server_for(binding: Binding, settings: Settings) -> Granian:
    return Granian(
        "app:app",
        address=binding.host,
        port=binding.port,
        interface=Interfaces.WSGI,
        workers=settings.workers or os.cpu_count() or 1,
        # More threads in a process tripled the slowest answers: Python runs one at a time anyway.
        blocking_threads=1,
        workers_kill_timeout=ANSWER_WITHIN,
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


def _leave_ctrl_c_to_the_server() -> None:
    """Ctrl+C reaches every process of a terminal; the server then tells its workers.

    A worker that is told again while it heeds the first time waits for itself until it is killed.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
